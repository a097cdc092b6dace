"""The settings of the workshop as one value: gathered for a backup, and put in force by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from luthier_desktop.domain.catalogue import MACHINE, TOOL
from luthier_desktop.domain.entries import EntryKind, read_alone
from luthier_desktop.domain.errors import Conflict, InputRefused, LuthierError
from luthier_desktop.domain.materials import MATERIAL
from luthier_desktop.domain.settings_backup import KeptEntry, KeptSetup, Settings
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.catalogue import Catalogue, Shelf
from luthier_desktop.services.workshop_log import STARTER_ID, WorkshopLog
from luthier_desktop.storage.atomic import read_file
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.layout import entry_path, setup_path
from luthier_desktop.storage.parsing import RECORD_LIMITS
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.workshop_rows import (
    EntryRow,
    HeldSetup,
    ShelfName,
    WorkshopRow,
)

KINDS: dict[ShelfName, EntryKind[Any]] = {
    "materials": MATERIAL,
    "tools": TOOL,
    "machines": MACHINE,
}
_MOST_VERSIONS = 10_000
_NEVER_BY_HAND = 2
"""A file of the first version would be taken for one put there by hand, if no event followed."""
Paths = Callable[[int], str]


class Gathered(NamedTuple):
    """The settings as they are now, and a sentence for what could not be read."""

    settings: Settings
    left_out: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The hash of the settings alone."""
        return settings_sha256(self.settings)


class Resulting(NamedTuple):
    """The state that a backup puts in force, and the documents that it needs besides."""

    row: WorkshopRow
    documents: tuple[Document, ...]


def settings_sha256(settings: Settings) -> str:
    """Return the hash that tells one content from another."""
    return sha256_hex(canonical_bytes(settings.told()))


class WorkshopSettings:
    """Gathers the settings and turns gathered ones into a state of the workshop."""

    def __init__(
        self, store: Callable[[], Store], workshop: WorkshopLog, catalogue: Catalogue
    ) -> None:
        self._store = store
        self._workshop = workshop
        self._catalogue = catalogue

    def gather(self) -> Gathered:
        """Return all settings as they are in force now."""
        state, left_out = self._workshop.state(), []
        self.look()
        setups = []
        for held in state.setups.values():
            try:
                setups.append(self._kept_setup(held))
            except LuthierError as error:
                left_out.append(error.sentence)
        shelves = {name: self._entries(name) for name in KINDS}
        left_out += [*state.doubts, *self._catalogue.problems()]
        settings = Settings(in_use=state.in_use, setups=tuple(setups), **shelves)
        return Gathered(settings, tuple(left_out))

    def look(self) -> None:
        """Let the catalogue show what was put in force."""
        self._catalogue.look()

    def is_untouched(self) -> bool:
        """Tell whether nothing is the user's own: the starter setup and what ships."""
        return self.gather() == Gathered(Settings(), ())

    def check(self, settings: Settings, what: str) -> None:
        """Make sure that settings from a backup can be put in force.

        Raises:
            InputRefused: An entry breaks a rule of its kind, or an id stands twice.
        """
        ids = [kept.setup_id for kept in settings.setups]
        if settings.in_use not in (None, STARTER_ID, *ids):
            raise InputRefused(f"{what}: in_use names a setup that it does not hold.")
        if len(set(ids)) != len(ids):
            raise InputRefused(f"{what}: a setup_id stands twice.")
        for name, kind in KINDS.items():
            kept = _entries_of(settings, name)
            if len({each.entry_id for each in kept}) != len(kept):
                raise InputRefused(f"{what}: an id stands twice in {name}.")
            for each in kept:
                read_alone(kind, each.entry, each.entry_id, f"{what}, {name}")

    def resulting(self, settings: Settings) -> Resulting:
        """Return the state that *settings* put in force, wholly.

        Raises:
            StorageFailed: The documents that stand there cannot be read.
        """
        documents: list[Document] = []
        setups = tuple(self._held(kept, documents) for kept in settings.setups)
        entries = tuple(
            self._entry_row(name, kept, documents)
            for name in KINDS
            for kept in _entries_of(settings, name)
        )
        row = WorkshopRow(
            in_use=settings.in_use,
            setups=setups,
            entries=(*entries, *self._taken_away(settings)),
        )
        return Resulting(row, tuple(documents))

    def _kept_setup(self, held: HeldSetup) -> KeptSetup:
        what = f"The setup {held.setup_id}"
        data = self._store().documents.get(held.path, what)
        setup = take_in(data, what).read_as(Setup)
        told = {name: value for name, value in held.plain().items() if name != "path"}
        return KeptSetup(setup=setup, **told)

    def _entries(self, name: ShelfName) -> tuple[KeptEntry, ...]:
        shelf: Shelf[Any] = getattr(self._catalogue, name)
        return tuple(
            KeptEntry(
                entry_id=shelf.kind.id_of(listed.entry),
                locked=listed.locked,
                entry={"schema": shelf.kind.schema, **listed.entry.plain()},
            )
            for listed in shelf.entries
            if listed.origin == "own"
        )

    def _held(self, kept: KeptSetup, documents: list[Document]) -> HeldSetup:
        data = canonical_bytes(kept.setup.plain())
        path = self._place(data, lambda number: setup_path(kept.setup_id, number), documents)
        told = {name: value for name, value in kept.plain().items() if name != "setup"}
        return HeldSetup(path=path, **told)

    def _entry_row(self, name: ShelfName, kept: KeptEntry, documents: list[Document]) -> EntryRow:
        data = canonical_bytes(kept.entry)
        path = self._place(
            data,
            lambda number: entry_path(name, kept.entry_id, number),
            documents,
            first_new=_NEVER_BY_HAND,
        )
        return EntryRow(
            kind=name,
            entry_id=kept.entry_id,
            path=path,
            locked=kept.locked,
            hand_sha256=self._hand_sha256(name, kept.entry_id),
        )

    def _taken_away(self, settings: Settings) -> Iterator[EntryRow]:
        """Give the entries that only a file put there by hand tells of, and no backup."""
        known = self._workshop.state().entries
        for name in KINDS:
            stay = {kept.entry_id for kept in _entries_of(settings, name)}
            for kept in self._entries(name):
                if kept.entry_id not in stay and (name, kept.entry_id) not in known:
                    yield EntryRow(
                        action="entry_removed",
                        kind=name,
                        entry_id=kept.entry_id,
                        hand_sha256=self._hand_sha256(name, kept.entry_id),
                    )

    def _hand_sha256(self, name: ShelfName, entry_id: str) -> str | None:
        """Return the hash of the file that somebody put into the folder; None without one."""
        store, path = self._store(), entry_path(name, entry_id)
        if store.names(path):
            return None
        data = _bytes_at(store, path)
        return None if data is None else sha256_hex(data)

    def _place(
        self, data: bytes, path_of: Paths, documents: list[Document], first_new: int = 1
    ) -> str:
        """Return where these bytes are vouched for, else a free place for their document."""
        store, new = self._store(), ""
        for version in range(1, _MOST_VERSIONS):
            path = path_of(version)
            found, told = _bytes_at(store, path), store.index.file(path)
            if told is not None and found == data and told.sha256 == sha256_hex(data):
                return path
            if told is None and found in (None, data) and version >= first_new and not new:
                new = path
            if told is None and found is None and new:
                documents.append(Document(new, data))
                return new
        raise Conflict(f"There are too many versions of {path_of(1)}.")


def _entries_of(settings: Settings, name: ShelfName) -> tuple[KeptEntry, ...]:
    kept: tuple[KeptEntry, ...] = getattr(settings, name)
    return kept


def _bytes_at(store: Store, logical_path: str) -> bytes | None:
    """Return what stands there; None when nothing does, and nothing where it is unreadable."""
    try:
        return read_file(store.layout.real(logical_path), store.calls, RECORD_LIMITS.size_bytes)
    except FileNotFoundError:
        return None
    except OSError:
        return b""
