"""What the ledger tells of setups: which were brought in, and which one is in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from luthier_desktop.domain.errors import RecordDamaged
from luthier_desktop.storage.ledger import ReadEvent
from luthier_desktop.storage.run_row import SetupRow
from luthier_desktop.storage.store import Store

SETUP_CHANGED: Literal["setup.changed"] = "setup.changed"


class Import(NamedTuple):
    """How a setup first came in."""

    row: SetupRow
    at_utc: str


@dataclass
class Told:
    """The imported setups as they came, and the one that was put in use last.

    ``in_use`` is None when none ever was, or when ``doubt`` says why it cannot be known.
    """

    imports: dict[str, Import] = field(default_factory=dict)
    in_use: str | None = None
    doubt: RecordDamaged | None = None


class SetupLog:
    """Reads the changes of setups; *records* returns None while nothing was ever recorded."""

    def __init__(self, records: Callable[[], Store | None]) -> None:
        self._records = records

    def in_use(self) -> str | None:
        """Return the setup that was put in use last; None when none ever was.

        Raises:
            RecordDamaged: The event that would tell is damaged.
        """
        for event in self._events():
            row = _row(event)
            if row is not None and row.action == "used":
                return row.setup_id
        return None

    def told(self) -> Told:
        """Return all that the ledger tells; a damaged event is told as a doubt."""
        told = Told()
        for event in reversed(list(self._events())):
            try:
                row = _row(event)
            except RecordDamaged as damage:
                told.in_use, told.doubt = None, damage
                continue
            if row is not None and row.action == "used":
                told.in_use, told.doubt = row.setup_id, None
            elif row is not None and event.members is not None:
                told.imports.setdefault(row.setup_id, Import(row, event.members["at_utc"]))
        return told

    def _events(self) -> Iterator[ReadEvent]:
        store = self._records()
        if store is not None:
            yield from store.events_of(SETUP_CHANGED)


def _row(event: ReadEvent) -> SetupRow | None:
    if event.members is None:
        raise RecordDamaged(
            f"Event {event.seq} of the log, which tells of a change of setups, is damaged: "
            f"{event.fault.rstrip('.')}. Restore it from a backup, or put a setup in use anew: "
            "luthier setups use ID.",
            event.fault,
            "",
        )
    row = (event.members["row"] or {}).get("setup")
    return None if row is None else SetupRow.read(row, f"The row of event {event.seq}")
