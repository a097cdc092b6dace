"""Runs as text for the clipboard: ids, hashes, paths, records, rows, commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.command_text import Shell, list_command, run_command
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.exports import log_table
from luthier_desktop.exports.log_table import Line
from luthier_desktop.storage.document_store import read_proven
from luthier_desktop.storage.layout import run_path
from luthier_desktop.storage.store import Store

CopyForm = Literal[
    "id", "sha256", "path", "json", "csv", "markdown", "show_command", "reproduce_command"
]
MOST_RUNS = 100_000
MOST_CHARACTERS = 32 * 2**20
AT_ONCE = 250
"""So many runs are read in one go; between two of them the list can be asked."""
_SHELL: Shell = "windows" if sys.platform == "win32" else "posix"


class CopiedPart(NamedTuple):
    """The texts of some runs, and how many of them have none: their record is gone or damaged."""

    texts: tuple[str, ...]
    left_out: int = 0


class CopyText:
    """Collects the parts of one copy and joins them."""

    def __init__(self, form: CopyForm, count: int) -> None:
        """Begin a copy of *count* runs.

        Raises:
            InputRefused: They are too many.
        """
        if count > MOST_RUNS:
            raise InputRefused(
                f"{count:,} runs are too many to copy; at most {MOST_RUNS:,} are. "
                "“Export the list” writes any number of them into a file."
            )
        self._form = form
        self._texts: list[str] = []
        self._characters = 0
        self.left_out = 0

    def add(self, part: CopiedPart) -> None:
        """Take the next part.

        Raises:
            InputRefused: It became too long for a clipboard.
        """
        self._texts += part.texts
        self.left_out += part.left_out
        self._characters += sum(map(len, part.texts))
        if self._characters > MOST_CHARACTERS:
            raise InputRefused(
                f"Nothing was copied: these runs make more than {MOST_CHARACTERS // 2**20} MB of "
                "text. Copy fewer, or use “Export the list” or “Export runs with proof”."
            )

    @property
    def count(self) -> int:
        """How many runs are in it."""
        return len(self._texts)

    def text(self) -> str:
        """Return all of it."""
        if self._form == "csv":
            return log_table.csv_head() + "".join(self._texts)
        if self._form == "markdown":
            return log_table.markdown_head() + "".join(self._texts)
        if self._form == "json" and len(self._texts) != 1:
            return "[\n" + ",\n".join(self._texts) + "\n]\n"
        return "\n".join(self._texts)


class RunCopies:
    """Makes the texts, some runs at a time."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def part(self, form: CopyForm, seqs: Sequence[int]) -> CopiedPart:
        """Return the texts of the runs with these numbers, in their order."""
        store = self._store()
        if form in ("csv", "markdown"):
            row = log_table.csv_row if form == "csv" else log_table.markdown_row
            return CopiedPart(tuple(map(row, lines_of(store, store.entries_at(seqs)))))
        entries = store.lists.entries_at(seqs)
        if form == "json":
            texts = _records(store, entries)
        elif form == "sha256":
            texts = [line.sha256 for line in lines_of(store, entries)]
        else:
            texts = [self._text(store, form, entry) for entry in entries]
        found = tuple(text for text in texts if text)
        return CopiedPart(found, len(entries) - len(found))

    def command_of(self, query: RunQuery) -> str:
        """Return the ``luthier`` command that lists what *query* asks for."""
        return list_command(query, self._data_dir(), _SHELL)

    def _text(self, store: Store, form: CopyForm, entry: RunEntry) -> str:
        if form == "path":
            return str(store.layout.real(run_path(entry.run_id)))
        if form in ("show_command", "reproduce_command"):
            verb = form.removesuffix("_command")
            return run_command(verb, entry.run_id, self._data_dir(), _SHELL)
        return entry.run_id

    def _data_dir(self) -> str:
        data = self._store().layout.data
        return "" if data == paths.data_dir() else str(data)


def lines_of(store: Store, entries: Sequence[RunEntry]) -> list[Line]:
    """Return *entries* with the hashes of their records, as the ledger has them."""
    files = store.lists.files([run_path(entry.run_id) for entry in entries])
    found = ((entry, files.get(run_path(entry.run_id))) for entry in entries)
    return [Line(entry, file.sha256 if file else "") for entry, file in found]


def _records(store: Store, entries: Sequence[RunEntry]) -> list[str]:
    """Return the records as they are stored; "" for one whose bytes are not the recorded ones."""
    files = store.lists.files([run_path(entry.run_id) for entry in entries])
    texts = []
    for entry in entries:
        file = files.get(run_path(entry.run_id))
        data, reason = (
            (b"", "unknown") if file is None else read_proven(store.layout, file, store.calls)
        )
        texts.append("" if reason else data.decode())
    return texts
