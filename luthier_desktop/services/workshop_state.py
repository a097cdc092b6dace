"""The state of the workshop as a value: setups, the one in use, own catalogue entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from luthier_desktop.domain.errors import RecordDamaged
from luthier_desktop.storage.ledger import StoredFile
from luthier_desktop.storage.workshop_rows import EntryRow, HeldSetup, ShelfName, WorkshopRow

EntryKey = tuple[ShelfName, str]
"""An own entry: its kind and its id."""


@dataclass(frozen=True)
class WorkshopState:
    """The workshop as the ledger tells it.

    ``in_use`` is None while no setup was ever put in use (the starter is), or when ``doubt`` says
    why it cannot be known. ``removed`` holds the setups that can be brought back. An entry
    without a path was removed. ``files`` are the documents of entries of all times.
    """

    setups: Mapping[str, HeldSetup] = field(default_factory=dict)
    in_use: str | None = None
    entries: Mapping[EntryKey, EntryRow] = field(default_factory=dict)
    removed: Mapping[str, HeldSetup] = field(default_factory=dict)
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    doubt: RecordDamaged | None = None
    doubts: tuple[str, ...] = ()

    def row(self) -> WorkshopRow:
        """Return the state as one event puts it in force."""
        return WorkshopRow(
            in_use=self.in_use,
            setups=tuple(self.setups.values()),
            entries=tuple(self.entries.values()),
        )


EMPTY = WorkshopState()
