"""Changing the catalogue: one's own materials, tools and machines beside those that ship."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.base import Value
from luthier_desktop.domain.entries import read_alone
from luthier_desktop.domain.entry_change import changed_entry
from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.services.catalogue_book import CatalogueBook, Draft, kind_of
from luthier_desktop.services.catalogue_lists import (
    ListForm,
    list_bytes,
    read_list,
    require_importable,
)
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.recorder import Recorded, Recorder
from luthier_desktop.services.runs import required_reason
from luthier_desktop.storage.export_file import write_new_file
from luthier_desktop.storage.workshop_rows import EntryRow, ShelfName

_CHANGED = Changes(runs=True, setups=True, catalogue=True)


class EntryChanged(NamedTuple):
    """An own entry after a change; without a run when there was nothing to change."""

    kind: ShelfName
    entry_id: str
    entry: Value
    run_id: str | None
    seq: int | None
    changes: Changes


class ListImported(NamedTuple):
    """What a list brought in: the ids that are new, that changed, and that said the same."""

    kind: ShelfName
    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    run_id: str | None
    seq: int | None
    changes: Changes


class ListExported(NamedTuple):
    """A list that was written."""

    path: Path
    size_bytes: int
    entries: int


class CatalogueEdits:
    """Makes and changes own entries; what ships is copied, never changed."""

    most_bytes = 8 * 2**20

    def __init__(self, book: CatalogueBook, recorder: Recorder, actor_name: Any) -> None:
        self._book = book
        self._recorder = recorder
        self._actor_name = actor_name

    def add(self, kind: ShelfName, plain: Mapping[str, Any]) -> EntryChanged:
        """Keep a new entry: its members as the catalogue shows them, with its id.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: A member is missing, unknown or out of its range.
            Conflict: The id is taken, or there are 1,000 own entries.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("edit_catalogue")
        of = kind_of(kind)
        members = {name: value for name, value in plain.items() if name != "schema"}
        entry = of.model.read(members, f"The new {of.word}")
        self._book.require_free(kind, of.id_of(entry))
        return self._kept(kind, Draft(entry, None), {})

    def duplicate(
        self, kind: ShelfName, entry_id: str, new_id: str, name: str | None = None
    ) -> EntryChanged:
        """Make an entry of one's own of any other, with its sources; it can be reset to that.

        Raises:
            NotFound: There is no such entry.
            NotAllowed, InputRefused, Conflict, StorageFailed: As `add`.
        """
        self._recorder.require("edit_catalogue")
        of, source = kind_of(kind), self._book.live(kind, entry_id)
        plain = source.entry.plain() | {of.id_member: new_id}
        plain["name"] = name or f"{source.entry.name[:190]} (own)"
        entry = of.model.read(plain, f"The new {of.word}")
        self._book.require_free(kind, new_id)
        known = self._book.row(kind, entry_id)
        origin = entry_id if source.origin == "shipped" or known is None else known.copied_from
        draft = Draft(entry, None, origin or entry_id)
        return self._kept(kind, draft, {"copied_from": entry_id})

    def edit(
        self,
        kind: ShelfName,
        entry_id: str,
        values: Mapping[str, Any],
        source: str | None = None,
    ) -> EntryChanged:
        """Set some members of an own entry; None empties one.

        A bare number is from *source*, which is whoever acts if none is given; the value of before
        is kept beside it. A property may be given whole, or in part: ``diameter_mm.confidence``.

        Raises:
            NotFound: There is no such entry.
            NotAllowed: Only a lead may.
            InputRefused: There is no such member, or a value is not allowed.
            Conflict: It ships or is locked.
            StorageFailed: The change could not be recorded, so it did not happen.
        """
        self._recorder.require("edit_catalogue")
        of, before = kind_of(kind), self._book.own(kind, entry_id, "changed")
        what = f"The {of.word} {entry_id}"
        found = source or f"set by {self._actor_name()}"
        return self._change(kind, entry_id, before, changed_entry(of, before, values, found, what))

    def reset(self, kind: ShelfName, entry_id: str, path: str) -> EntryChanged:
        """Set one member to what the entry says that this one was copied from.

        Raises:
            As `edit`; Conflict also when it was copied from none that is still there.
        """
        self._recorder.require("edit_catalogue")
        of, before = kind_of(kind), self._book.own(kind, entry_id, "changed")
        row = self._book.row(kind, entry_id)
        listed = self._book.shelf(kind).get(row.copied_from) if row and row.copied_from else None
        if listed is None:
            raise Conflict(
                f"The {of.word} {entry_id} was not copied from an entry that is still there; "
                "set the field itself."
            )
        if path not in of.model.model_fields:
            raise InputRefused(f"The {of.word} {entry_id} has no field {path[:64]!r}.", path)
        value = listed.entry.plain().get(path)
        after = changed_entry(of, before, {path: value}, "", f"The {of.word} {entry_id}")
        return self._change(kind, entry_id, before, after)

    def lock(self, kind: ShelfName, entry_id: str) -> EntryChanged:
        """Keep an own entry from being changed or removed by mistake.

        Raises:
            NotFound: There is no such entry.
            NotAllowed: Only a lead may.
            Conflict: It ships.
        """
        return self._locked(kind, entry_id, locked=True)

    def unlock(self, kind: ShelfName, entry_id: str) -> EntryChanged:
        """Let an own entry be changed again.

        Raises:
            As `lock`.
        """
        return self._locked(kind, entry_id, locked=False)

    def remove(self, kind: ShelfName, entry_id: str, reason: str) -> EntryChanged:
        """Take an own entry out of the catalogue; it can be brought back.

        Raises:
            NotFound: There is no such entry.
            NotAllowed: Only a lead may.
            InputRefused: No reason is given.
            Conflict: It ships or is locked.
        """
        self._recorder.require("edit_catalogue")
        reason = required_reason(reason)
        before = self._book.own(kind, entry_id, "removed")
        row, documents = self._row(kind, entry_id, before)
        row = row.model_copy(
            update={"action": "entry_removed", "path": None, "last_path": row.path}
        )
        change = (before.plain(), None)
        done = self._book.note(kind, row, change, {"reason": reason}, documents)
        return _done(kind, entry_id, before, done)

    def restore(self, kind: ShelfName, entry_id: str) -> EntryChanged:
        """Bring a removed entry back.

        Raises:
            NotFound: No entry of this id was removed.
            NotAllowed: Only a lead may.
            InputRefused: Its file is damaged.
            Conflict: Its id is taken now, or there are 1,000 own entries.
        """
        self._recorder.require("edit_catalogue")
        row = self._book.row(kind, entry_id)
        if row is None or row.path is not None or row.last_path is None:
            raise NotFound(f"No {kind.removesuffix('s')} {entry_id[:64]!r} was removed.")
        self._book.require_free(kind, entry_id)
        entry = self._book.catalogue.document(kind_of(kind), entry_id, row.last_path)
        row = row.model_copy(
            update={"action": "entry_changed", "path": row.last_path, "last_path": None}
        )
        done = self._book.note(kind, row, (None, entry.plain()), {"restored": True})
        return _done(kind, entry_id, entry, done)

    def removed(self, kind: ShelfName) -> tuple[str, ...]:
        """Name the own entries that were removed and can be brought back."""
        return self._book.removed(kind)

    def import_file(
        self, kind: ShelfName, source: bytes | Path, form: ListForm | None = None
    ) -> ListImported:
        """Bring in a list of entries, or one: all of it in one step, or nothing.

        JSON as `export` writes it or one entry's own file; a list of tools also as CSV. An own
        entry of the same id becomes what the list says. *form* tells bytes apart.

        Raises:
            NotAllowed: Only a lead may.
            NotFound: There is no such file.
            InputRefused: It is no such list; names the entry, or the line and column, and what is
                allowed.
            Conflict: An entry ships with other content, is locked, or there would be over 1,000.
            StorageFailed: It could not be saved.
        """
        self._recorder.require("edit_catalogue")
        shelf = self._book.shelf(kind)
        entries, sha256 = read_list(shelf, kind, source, form)
        drafts, same = require_importable(shelf, entries)
        new = [draft for draft in drafts if draft.before is None]
        self._book.require_room(kind, len(new))
        added = tuple(shelf.kind.id_of(draft.entry) for draft in new)
        changed = tuple(shelf.kind.id_of(one.entry) for one in drafts if one.before is not None)
        if not drafts:
            return ListImported(kind, (), (), same, None, None, NOTHING)
        done = self._book.keep(kind, drafts, {"imported_sha256": sha256})
        return ListImported(kind, added, changed, same, done.run_id, done.seq, _CHANGED)

    def export(
        self, kind: ShelfName, target: Path, form: ListForm = "json", *, all_of_them: bool = False
    ) -> ListExported:
        """Write one's own entries, or all, into the new file *target* as `import_file` reads them.

        CSV is for tools, and holds one source a line.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: CSV is asked of materials or machines.
            Conflict: Something stands at *target*.
            StorageFailed: The disk refused.
        """
        self._recorder.require("export")
        found = [
            listed.entry
            for listed in self._book.shelf(kind).entries
            if all_of_them or listed.origin == "own"
        ]
        data = list_bytes(kind, found, form)
        target = target.expanduser().absolute()
        write_new_file(target, data)
        return ListExported(target, len(data), len(found))

    def _kept(self, kind: ShelfName, draft: Draft, request: Mapping[str, Any]) -> EntryChanged:
        done = self._book.keep(kind, (draft,), request)
        return _done(kind, kind_of(kind).id_of(draft.entry), draft.entry, done)

    def _change(self, kind: ShelfName, entry_id: str, before: Value, after: Value) -> EntryChanged:
        if after == before:
            return EntryChanged(kind, entry_id, before, None, None, NOTHING)
        kind_of_it = kind_of(kind)
        read_alone(kind_of_it, {"schema": kind_of_it.schema, **after.plain()}, entry_id, "It")
        return self._kept(kind, Draft(after, before), {})

    def _locked(self, kind: ShelfName, entry_id: str, *, locked: bool) -> EntryChanged:
        self._recorder.require("edit_catalogue")
        listed = self._book.live(kind, entry_id)
        if listed.origin == "shipped":
            raise Conflict(f"{entry_id} ships with the program: it is always locked.")
        if listed.locked == locked:
            return EntryChanged(kind, entry_id, listed.entry, None, None, NOTHING)
        row, documents = self._row(kind, entry_id, listed.entry)
        action = "locked" if locked else "unlocked"
        row = row.model_copy(update={"action": action, "locked": locked})
        change = ({"locked": not locked}, {"locked": locked})
        done = self._book.note(kind, row, change, {}, documents)
        return _done(kind, entry_id, listed.entry, done)

    def _row(self, kind: ShelfName, entry_id: str, entry: Value) -> tuple[EntryRow, Any]:
        """Return the row of an entry; a file put there by hand is taken over as a document."""
        row = self._book.row(kind, entry_id)
        if row is not None and row.path is not None:
            return row, ()
        document = self._book.document_of(kind, entry)
        hand = self._book.hand_sha256(kind, entry_id)
        row = EntryRow(kind=kind, entry_id=entry_id, path=document.logical_path, hand_sha256=hand)
        return row, (document,)


def _done(kind: ShelfName, entry_id: str, entry: Value, done: Recorded) -> EntryChanged:
    return EntryChanged(kind, entry_id, entry, done.run_id, done.seq, _CHANGED)
