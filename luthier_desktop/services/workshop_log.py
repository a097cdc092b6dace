"""What the ledger tells of the workshop: its setups, the one in use, own catalogue entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.errors import InputRefused, RecordDamaged
from luthier_desktop.services.workshop_state import EMPTY, EntryKey, WorkshopState
from luthier_desktop.storage.layout import CATALOGUE, setup_path
from luthier_desktop.storage.ledger import ReadEvent, StoredFile
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.workshop_rows import (
    EntryRow,
    HeldSetup,
    SetupRow,
    WorkshopRow,
)

SETUP_CHANGED: Literal["setup.changed"] = "setup.changed"
RESTORED: Literal["backup.restored"] = "backup.restored"
STARTER_ID = "setup_workshop"
"""The setup that ships; its document is no file of the store."""
_COMES = ("imported", "created", "changed", "restored")

Mark = tuple[int, int, int, int]


class _Told(NamedTuple):
    """What one event says, taken out of it once."""

    seq: int
    setup: SetupRow | None = None
    entries: tuple[EntryRow, ...] = ()
    workshop: WorkshopRow | None = None
    files: tuple[StoredFile, ...] = ()
    at_utc: str = ""
    doubt: RecordDamaged | None = None


class WorkshopLog:
    """Folds the events of the workshop; *records* returns None while nothing was recorded.

    An event is read again only when its file looks another than at the last look.
    """

    def __init__(self, records: Callable[[], Store | None]) -> None:
        self._records = records
        self._read: dict[Mark, _Told] = {}
        self._marks: tuple[Mark, ...] = ()
        self._state = EMPTY

    def state(self) -> WorkshopState:
        """Return the workshop as of now; a damaged event is told as a doubt."""
        store = self._records()
        if store is None:
            return EMPTY
        store.catch_up()
        if store.index.stale:
            return _folded(_told(event) for event in _events(store))
        marks = tuple(_mark(store, seq) for seq in _numbers(store))
        if marks != self._marks:
            self._read = {
                mark: self._read.get(mark) or _told(_event(store, mark[0])) for mark in marks
            }
            self._state = _folded(self._read.values())
            self._marks = marks
        return self._state


def _numbers(store: Store) -> list[int]:
    of_both = (store.index.numbers_of(event) for event in (SETUP_CHANGED, RESTORED))
    return sorted(seq for numbers in of_both for seq in numbers)


def _mark(store: Store, seq: int) -> Mark:
    try:
        found = store.calls.stat(store.layout.event_path(seq))
    except OSError:
        return seq, 0, 0, 0
    return seq, found.st_ino, found.st_size, found.st_mtime_ns


def _event(store: Store, seq: int) -> ReadEvent:
    return store.ledger.read(seq) or ReadEvent(seq, "", None, "it is missing")


def _events(store: Store) -> list[ReadEvent]:
    """Read the events from the ledger alone: what the index would list cannot be asked."""
    both = [*store.events_of(SETUP_CHANGED), *store.events_of(RESTORED)]
    return sorted(both, key=lambda event: event.seq)


def _told(event: ReadEvent) -> _Told:
    if event.members is None:
        return _Told(event.seq, doubt=_doubt(event.seq, event.fault))
    row, what = event.members["row"] or {}, f"The row of event {event.seq}"
    if not row.keys() & {"setup", "entries", "workshop"}:
        return _Told(event.seq, doubt=_doubt(event.seq, "it says nothing that can be read"))
    try:
        return _Told(
            event.seq,
            _read(SetupRow, row.get("setup"), what),
            tuple(EntryRow.read(entry, what) for entry in row.get("entries") or ()),
            _read(WorkshopRow, row.get("workshop"), what),
            tuple(
                StoredFile(file["path"], file["sha256"], file["bytes"])
                for file in event.members["files"]
            ),
            event.members["at_utc"],
        )
    except (InputRefused, TypeError) as error:
        return _Told(event.seq, doubt=_doubt(event.seq, str(error)))


def _read(kind: type[Any], plain: Any, what: str) -> Any:
    return None if plain is None else kind.read(plain, what)


def _doubt(seq: int, fault: str) -> RecordDamaged:
    return RecordDamaged(
        f"Event {seq} of the log, which tells of a change of the workshop, is damaged: "
        f"{fault.rstrip('.')}. Restore it from a backup, or put a setup in use anew: "
        "luthier setups use ID.",
        fault,
        "",
    )


def _folded(events: Any) -> WorkshopState:
    fold = _Fold()
    for told in events:
        fold.take(told)
    return fold.state()


class _Fold:
    """The state while event after event is taken in."""

    def __init__(self) -> None:
        self._setups: dict[str, HeldSetup] = {}
        self._removed: dict[str, HeldSetup] = {}
        self._entries: dict[EntryKey, EntryRow] = {}
        self._files: dict[str, StoredFile] = {}
        self._rest = EMPTY

    def state(self) -> WorkshopState:
        return replace(
            self._rest,
            setups=self._setups,
            removed=self._removed,
            entries=self._entries,
            files=self._files,
        )

    def take(self, told: _Told) -> None:
        if told.doubt is not None:
            doubts = (*self._rest.doubts, told.doubt.sentence)
            self._rest = replace(self._rest, in_use=None, doubt=told.doubt, doubts=doubts)
        for file in told.files:
            if file.path.startswith(f"{CATALOGUE}/"):
                self._files[file.path] = file
        for entry in told.entries:
            self._entries[entry.kind, entry.entry_id] = entry
        if told.setup is not None:
            self._take_setup(told.setup, told.at_utc)
        if told.workshop is not None:
            self._switch(told.workshop)

    def _take_setup(self, row: SetupRow, at_utc: str) -> None:
        held = self._setups.get(row.setup_id)
        if row.action == "used":
            self._rest = replace(self._rest, in_use=row.setup_id, doubt=None)
        elif row.action in _COMES:
            self._come(row, at_utc)
        elif row.action == "removed" and held is not None:
            self._removed[row.setup_id] = self._setups.pop(row.setup_id)
        elif row.action in ("locked", "unlocked") and held is not None:
            locked = {"locked": row.action == "locked"}
            self._setups[row.setup_id] = held.model_copy(update=locked)

    def _come(self, row: SetupRow, at_utc: str) -> None:
        """Let a setup come; a changed one takes the place of the one that it was."""
        again = self._setups.get(row.setup_id) or self._removed.pop(row.setup_id, None)
        before = self._setups.get(row.replaces or "")
        origin = before or again
        came = HeldSetup(
            setup_id=row.setup_id,
            path=row.path or setup_path(row.setup_id),
            name=row.setup_name,
            locked=row.action == "restored" and again is not None and again.locked,
            origin_id=origin.origin_id if origin else row.origin_id,
            origin_sha256=origin.origin_sha256 if origin else row.origin_sha256,
            replaces=row.replaces,
            at_utc=origin.at_utc if origin else at_utc,
        )
        if row.action == "changed" and row.replaces is not None:
            self._setups = dict(_replaced(self._setups, row.replaces, came))
            self._move_along(row)
        else:
            self._setups[row.setup_id] = came

    def _move_along(self, row: SetupRow) -> None:
        """Let the setup in use be the changed one, when it was the one before."""
        in_use = self._rest.in_use
        if in_use == row.replaces or (in_use is None and _is_first(row, self._rest)):
            self._rest = replace(self._rest, in_use=row.setup_id)

    def _switch(self, row: WorkshopRow) -> None:
        """Put a whole state in force; what is not in it can be brought back."""
        self._removed |= self._setups
        self._setups = {held.setup_id: held for held in row.setups}
        for setup_id in self._setups:
            self._removed.pop(setup_id, None)
        gone = {key: self._gone(entry) for key, entry in self._entries.items()}
        now = {(entry.kind, entry.entry_id): entry for entry in row.entries}
        self._entries = gone | {key: self._kept(key, entry) for key, entry in now.items()}
        self._rest = WorkshopState(in_use=row.in_use)

    def _gone(self, entry: EntryRow) -> EntryRow:
        last_path = entry.path or entry.last_path
        change = {"action": "entry_removed", "path": None, "last_path": last_path}
        return entry.model_copy(update=change)

    def _kept(self, key: EntryKey, entry: EntryRow) -> EntryRow:
        """Keep in mind which file was put into the folder by hand."""
        before = self._entries.get(key)
        if entry.hand_sha256 is not None or before is None:
            return entry
        return entry.model_copy(update={"hand_sha256": before.hand_sha256})


def _is_first(row: SetupRow, rest: WorkshopState) -> bool:
    """Tell whether the starter, which was in use, was replaced."""
    return rest.doubt is None and row.replaces == STARTER_ID


def _replaced(
    setups: Mapping[str, HeldSetup], before_id: str, came: HeldSetup
) -> Iterator[tuple[str, HeldSetup]]:
    """Set *came* in the place of the one that it replaces, at the end when that is not there."""
    for setup_id, held in setups.items():
        if setup_id == before_id:
            yield came.setup_id, came
        elif setup_id != came.setup_id:
            yield setup_id, held
    if before_id not in setups:
        yield came.setup_id, came
