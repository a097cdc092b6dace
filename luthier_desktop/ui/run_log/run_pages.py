"""The entries of the runs that were looked at: pages asked for once, the latest kept."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui.run_log.columns import COLUMNS

PAGE_ROWS = 100
KEPT_ENTRIES = 2000


class RunPages:
    """A few thousand entries by their numbers; those seen longest ago are let go."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, RunEntry] = OrderedDict()
        self._texts: dict[int, tuple[RunEntry, dict[int, str]]] = {}
        self._asked: set[int] = set()
        self._damaged: set[int] = set()

    def get(self, seq: int) -> RunEntry | None:
        """Return the entry of a run, if it was fetched."""
        entry = self._entries.get(seq)
        if entry is not None:
            self._entries.move_to_end(seq)
        return entry

    def text(self, entry: RunEntry, column: int) -> str:
        """Return what a column shows of an entry; it is written once while the entry is kept."""
        written = self._texts.get(entry.seq)
        if written is None or written[0] is not entry:
            written = self._texts[entry.seq] = (entry, {})
        text = written[1].get(column)
        if text is None:
            text = written[1][column] = COLUMNS[column].text(entry)
        return text

    def put(self, entries: Iterable[RunEntry]) -> list[int]:
        """Keep *entries*; return their numbers."""
        seqs = []
        for entry in entries:
            is_damaged = entry.damaged or entry.seq in self._damaged
            kept = entry.model_copy(update={"damaged": True}) if is_damaged else entry
            self._entries[entry.seq] = kept
            self._entries.move_to_end(entry.seq)
            self._asked.discard(entry.seq)
            seqs.append(entry.seq)
        while len(self._entries) > KEPT_ENTRIES:
            self._texts.pop(self._entries.popitem(last=False)[0], None)
        return seqs

    def missing(self, seqs: array[int], row: int) -> array[int]:
        """Return what must be fetched of the page of *row*, and take it as asked for."""
        if seqs[row] in self._asked:
            return array("q")
        start = row - row % PAGE_ROWS
        page = seqs[start : start + PAGE_ROWS]
        wanted = array(
            "q", (seq for seq in page if seq not in self._entries and seq not in self._asked)
        )
        self._asked.update(wanted)
        return wanted

    def give_up(self, seqs: Iterable[int] = ()) -> None:
        """Let *seqs* be asked for again after a failure, or all that is under way."""
        self._asked = self._asked.difference(seqs) if seqs else set()

    def forget(self, run_id: str) -> None:
        """Let the entry of a run be fetched anew when it is seen next: it has changed."""
        for seq in [seq for seq, entry in self._entries.items() if entry.run_id == run_id]:
            del self._entries[seq]

    def note_damaged(self, seq: int) -> None:
        """Hold a run for damaged: reading it has just shown that it is."""
        self._damaged.add(seq)
        entry = self._entries.get(seq)
        if entry is not None:
            self._entries[seq] = entry.model_copy(update={"damaged": True})
