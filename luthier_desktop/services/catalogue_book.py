"""Own catalogue entries as documents: read, given a free name, and recorded when changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.base import Value, shown
from luthier_desktop.domain.entries import EntryKind
from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.materials import MATERIAL
from luthier_desktop.services.catalogue import MOST_OWN_ENTRIES, Catalogue, Listed, Shelf
from luthier_desktop.services.recorder import Attachments, Recorded, Recorder
from luthier_desktop.services.recording import Deed, without_report
from luthier_desktop.services.requests import reduced_sha256, versions
from luthier_desktop.services.workshop_log import SETUP_CHANGED, WorkshopLog
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.layout import entry_path
from luthier_desktop.storage.workshop_rows import EntryRow, ShelfName

_MOST_VERSIONS = 100_000


class Draft(NamedTuple):
    """An entry as it shall be, and what it was; ``copied_from`` where it was made of another.

    *brought_in* tells that a file put into the folder by hand has nothing newer to say.
    """

    entry: Value
    before: Value | None
    copied_from: str | None = None
    brought_in: bool = False


class CatalogueBook:
    """Reads and records own entries.

    *before_change* keeps the settings as they are before one of them is changed.
    """

    def __init__(
        self,
        recorder: Recorder,
        log: WorkshopLog,
        catalogue: Catalogue,
        before_change: Callable[[], object],
    ) -> None:
        self._recorder = recorder
        self._log = log
        self.catalogue = catalogue
        self._before_change = before_change

    def shelf(self, kind: ShelfName) -> Shelf[Any]:
        """Return the entries of a kind after a look for changes.

        Raises:
            InputRefused: There is no such kind.
        """
        if kind not in ("materials", "tools", "machines"):
            raise InputRefused(f"{shown(kind)} is none of materials, tools and machines.")
        self.catalogue.look()
        found: Shelf[Any] = getattr(self.catalogue, kind)
        return found

    def row(self, kind: ShelfName, entry_id: str) -> EntryRow | None:
        """Return what the ledger tells of an entry."""
        return self._log.state().entries.get((kind, entry_id))

    def removed(self, kind: ShelfName) -> tuple[str, ...]:
        """Name the entries that were removed and whose last document is known."""
        entries = self._log.state().entries.values()
        return tuple(
            row.entry_id
            for row in entries
            if row.kind == kind and row.path is None and row.last_path is not None
        )

    def live(self, kind: ShelfName, entry_id: str) -> Listed[Any]:
        """Return an entry, also one that ships.

        Raises:
            NotFound: There is none.
        """
        shelf = self.shelf(kind)
        listed = shelf.get(entry_id)
        if listed is None:
            raise NotFound(
                f"There is no {shelf.kind.word} {shown(entry_id)}; see `luthier catalogue {kind}`."
            )
        return listed

    def own(self, kind: ShelfName, entry_id: str, deed: str) -> Value:
        """Return an own entry that is about to be *deed*, such as "changed".

        Raises:
            NotFound: There is none.
            Conflict: It ships, or is locked.
        """
        listed, word = self.live(kind, entry_id), kind.removesuffix("s")
        if listed.origin == "shipped":
            raise Conflict(
                f"The {word} {entry_id} ships with the program and cannot be {deed}; make one of "
                f"your own of it: luthier catalogue duplicate {kind} {entry_id} NEW_ID."
            )
        if listed.locked:
            raise Conflict(
                f"The {word} {entry_id} is locked and cannot be {deed}; unlock it first: "
                f"luthier catalogue unlock {kind} {entry_id}."
            )
        entry: Value = listed.entry
        return entry

    def require_free(self, kind: ShelfName, entry_id: str) -> None:
        """Refuse an id that is taken, in whatever letter case, or one entry too many.

        Raises:
            Conflict: It is taken, or there are 1,000 own entries.
        """
        shelf = self.shelf(kind)
        folded = entry_id.casefold()
        for listed in shelf.entries:
            other = shelf.kind.id_of(listed.entry)
            if other.casefold() == folded:
                raise Conflict(f"There is a {shelf.kind.word} {other} already; choose another id.")
        self.require_room(kind, 1)

    def require_room(self, kind: ShelfName, more: int) -> None:
        """Refuse more own entries than are read.

        Raises:
            Conflict: There would be more than 1,000.
        """
        own = sum(listed.origin == "own" for listed in self.shelf(kind).entries)
        if own + more > MOST_OWN_ENTRIES:
            raise Conflict(
                f"{more:,} more {kind} would make {own + more:,} of your own; at most "
                f"{MOST_OWN_ENTRIES:,} are kept. Remove some first."
            )

    def keep(
        self, kind: ShelfName, drafts: Iterable[Draft], request: Mapping[str, Any]
    ) -> Recorded:
        """Record entries as they shall be from now on, all of them in one event."""
        of, drafts = kind_of(kind), tuple(drafts)
        documents, rows = [], []
        for draft in drafts:
            document, row = self._document(kind, of, draft)
            documents.append(document)
            rows.append(row)
        self._before_change()
        stamp = self._recorder.stamp()
        before = {of.id_of(one.entry): _plain(one.before) for one in drafts}
        after = {of.id_of(one.entry): _plain(one.entry) for one in drafts}
        deed = _deed("entry_changed", kind, before, after, request)
        return self._write(deed, stamp, Attachments(documents, entries=rows))

    def note(
        self,
        kind: ShelfName,
        row: EntryRow,
        change: tuple[Any, Any],
        request: Mapping[str, Any],
        documents: tuple[Document, ...] = (),
    ) -> Recorded:
        """Record a change that makes no entry new, from the first of *change* to the second."""
        self._before_change()
        stamp = self._recorder.stamp()
        before, after = ({row.entry_id: one} for one in change)
        deed = _deed(row.action, kind, before, after, request)
        return self._write(deed, stamp, Attachments(documents, entries=(row,)))

    def document_of(self, kind: ShelfName, entry: Value) -> Document:
        """Return the document of an entry under a name that is free, or holds it already."""
        of = kind_of(kind)
        data = canonical_bytes({"schema": of.schema, **entry.plain()})
        for version in range(1, _MOST_VERSIONS):
            path = entry_path(kind, of.id_of(entry), version)
            if _is_free(self.catalogue.folder / kind / path.rpartition("/")[2], data):
                return Document(path, data)
        raise Conflict(f"There are too many versions of {of.id_of(entry)}; choose another id.")

    def _document(
        self, kind: ShelfName, of: EntryKind[Any], draft: Draft
    ) -> tuple[Document, EntryRow]:
        document, entry_id = self.document_of(kind, draft.entry), of.id_of(draft.entry)
        known = self.row(kind, entry_id)
        row = EntryRow(
            kind=kind,
            entry_id=entry_id,
            path=document.logical_path,
            hand_sha256=known.hand_sha256
            if known is not None and not draft.brought_in
            else self.hand_sha256(kind, entry_id),
            copied_from=draft.copied_from or (known.copied_from if known else None),
        )
        return document, row

    def hand_sha256(self, kind: ShelfName, entry_id: str) -> str | None:
        """Return the hash of the file that somebody put into the folder under this id."""
        path = entry_path(kind, entry_id)
        if path in self._log.state().files:
            return None
        try:
            return sha256_hex(read_file(self.catalogue.folder / kind / f"{entry_id}.json"))
        except OSError:
            return None

    def _write(self, deed: Deed, stamp: Any, attachments: Attachments) -> Recorded:
        done = self._recorder.write(deed, stamp, attachments)
        self.catalogue.look()
        return done


def kind_of(kind: ShelfName) -> EntryKind[Any]:
    """Return the kind of entry that stands in the folder *kind*."""
    from luthier_desktop.domain.catalogue import MACHINE, TOOL

    kinds: dict[str, EntryKind[Any]] = {"materials": MATERIAL, "tools": TOOL, "machines": MACHINE}
    return kinds[kind]


def _plain(entry: Value | None) -> dict[str, Any] | None:
    return None if entry is None else entry.plain()


def _deed(
    action: str, kind: ShelfName, before: Any, after: Any, request: Mapping[str, Any]
) -> Deed:
    ids = list(after or before)
    told = {"action": action, "kind": kind, "entry_id": ids[0] if len(ids) == 1 else None}
    asked = {"before": before, "after": after, **request, "versions": versions()}
    asked = {"action": action, "kind": kind, **asked}
    return Deed(
        event_type=SETUP_CHANGED,
        status="OK",
        decision=without_report(told),
        request=asked,
        request_sha256=reduced_sha256(asked),
        summary={**told, "entries": len(ids)},
    )


def _is_free(path: Path, data: bytes) -> bool:
    try:
        return read_file(path, most=len(data)) == data
    except FileNotFoundError:
        return True
    except OSError:
        return False
