"""Which events are of one type, told by the ledger alone while its index cannot be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.storage.ledger import Ledger

_NAME = re.compile(rb'\{"at_utc":"[^"\\]*","auth":"[^"\\]*","event":"([^"\\]*)"')
"""How every event begins whose bytes are in canonical form."""


class EventNumbers:
    """Reads each event once, by its first bytes, whatever types are asked for how often.

    What the index last said of a type is kept, so that only newer events are read for it.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, tuple[_End, list[int]]] = {}
        self._read: dict[str, list[int]] = {}
        self._untold: list[int] = []
        self._below, self._end = 0, _End(0, "")

    def end(self) -> tuple[int, str]:
        """Return the last event's number and hash, for `note`."""
        return self._ledger.last_seq(), self._ledger.last_sha256()

    def note(self, event_type: str, numbers: Sequence[int], end: tuple[int, str]) -> None:
        """Keep what the index says of one type, asked when it had come to *end* at least."""
        self._known[event_type] = _End(*end), [seq for seq in numbers if seq <= end[0]]
        self._forget()

    def numbers_of(self, event_type: str) -> list[int]:
        """Return the numbers of all events of one type, newest first."""
        end, numbers = self._known.get(event_type, (_End(0, ""), []))
        if not self._stands(end):
            end, numbers = _End(0, ""), []
        self._read_all_above(end.seq)
        newer = (seq for seq in self._read.get(event_type, ()) if seq > end.seq)
        return sorted((*numbers, *newer), reverse=True)

    def _stands(self, end: _End) -> bool:
        """Tell whether the log still has the event that it ended with."""
        event = self._ledger.read(end.seq) if end.seq else None
        return not end.seq or (event is not None and event.sha256 == end.sha256)

    def _read_all_above(self, below: int) -> None:
        if not self._stands(self._end):
            self._forget()
        end = _End(*self.end())
        if not self._end.seq:
            self._below, self._end = below, _End(below, "")
        again, self._untold = self._untold, []
        older, newer = range(below + 1, self._below + 1), range(self._end.seq + 1, end.seq + 1)
        for seq in (*again, *older, *newer):
            self._read_one(seq)
        self._below, self._end = min(self._below, below), end

    def _read_one(self, seq: int) -> None:
        name = self._name(seq)
        if name is None:
            self._untold.append(seq)
        else:
            self._read.setdefault(name, []).append(seq)

    def _name(self, seq: int) -> str | None:
        begun = _NAME.match(self._ledger.bytes_of(seq) or b"")
        if begun:
            return begun[1].decode("utf-8", "replace")
        event = self._ledger.read(seq)
        return None if event is None or event.members is None else str(event.members["event"])

    def _forget(self) -> None:
        self._read = {}
        self._untold = []
        self._below, self._end = 0, _End(0, "")


class _End(NamedTuple):
    seq: int
    sha256: str
