"""The run log as a table: CSV for spreadsheets, JSON for programs, Markdown for a message.

Each is a function of the entries alone: the same bytes in any process, time zone and language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.outgoing_text import CSV_MARK, Cell, csv_line
from luthier_desktop.domain.run import RunEntry

SCHEMA = "luthier.log/1"
TableFormat = Literal["csv", "json"]
_MARKDOWN_SIGNS = str.maketrans(
    {**{sign: f"\\{sign}" for sign in "\\`*_[]|#~$!"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"}
)
_LINK = re.compile(r"(?i)(https?|ftp|file|mailto)(:)|(www)(\.)|(@)")


class Line(NamedTuple):
    """A run of the log, with the hash of its record's bytes as the ledger has it."""

    entry: RunEntry
    sha256: str


class _Column(NamedTuple):
    title: str
    cell: Callable[[Line], Cell]


_COLUMNS = (
    _Column("number", lambda line: line.entry.seq),
    _Column("time_utc", lambda line: line.entry.created_at_utc),
    _Column("event", lambda line: line.entry.event_type),
    _Column("design", lambda line: line.entry.design_name),
    _Column("verdict", lambda line: line.entry.risk_level),
    _Column("score", lambda line: line.entry.score),
    _Column("warnings", lambda line: line.entry.warnings),
    _Column("status", lambda line: line.entry.status),
    _Column("tool", lambda line: line.entry.tool_id),
    _Column("materials", lambda line: "; ".join(line.entry.material_ids)),
    _Column("operator", lambda line: line.entry.operator),
    _Column("source", lambda line: line.entry.source),
    _Column("mode", lambda line: line.entry.mode),
    _Column("tags", lambda line: "; ".join(line.entry.tags)),
    _Column("damaged", lambda line: line.entry.damaged),
    _Column("hidden", lambda line: line.entry.hidden),
    _Column("purged", lambda line: line.entry.purged),
    _Column("run_id", lambda line: line.entry.run_id),
    _Column("design_id", lambda line: line.entry.design_id),
    _Column("design_sha256", lambda line: line.entry.design_sha256),
    _Column("record_sha256", lambda line: line.sha256),
)
_IN_MARKDOWN = ("time_utc", "event", "design", "verdict", "score", "status", "operator", "run_id")


def csv_head() -> str:
    """Return the line of titles."""
    return csv_line(column.title for column in _COLUMNS)


def csv_row(line: Line) -> str:
    """Return the line of one run; its numbers are written from numbers."""
    return csv_line(column.cell(line) for column in _COLUMNS)


def json_object(line: Line) -> str:
    """Return one run as JSON on one line, its members as ``luthier logs recent`` has them."""
    members: dict[str, Any] = line.entry.model_dump(mode="json")
    members["record_sha256"] = line.sha256
    text = json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


def markdown_head() -> str:
    """Return the two lines that a Markdown table begins with."""
    return f"| {' | '.join(_IN_MARKDOWN)} |\n|{'---|' * len(_IN_MARKDOWN)}\n"


def markdown_row(line: Line) -> str:
    """Return one run as a row; nothing in it is read as markup, and nothing in it hides."""
    cells = {column.title: column.cell(line) for column in _COLUMNS}
    return f"| {' | '.join(markdown_cell(cells[title]) for title in _IN_MARKDOWN)} |\n"


def markdown_cell(value: Cell) -> str:
    """Return the text of one cell."""
    text = "" if value is None else in_full(str(value))
    # Ids are the one thing that is copied out again, and they never need it.
    if re.fullmatch(r"[A-Za-z0-9_.: -]*", text) and not _LINK.search(text):
        return text.replace("__", "\\_\\_")
    return _LINK.sub(_unlinked, text.translate(_MARKDOWN_SIGNS))


def _unlinked(found: re.Match[str]) -> str:
    """Break what a viewer would turn into a link by itself."""
    sign = found[2] or found[4] or found[5]
    return f"{found[1] or found[3] or ''}&#{ord(sign)};"


def pieces(form: TableFormat, lines: Iterable[Line]) -> Iterator[bytes]:
    """Give the file bit by bit: a title, then one bit a run, then the end."""
    if form == "csv":
        yield (CSV_MARK + csv_head()).encode()
        for line in lines:
            yield csv_row(line).encode("utf-8", "replace")
        return
    yield f'{{"schema":"{SCHEMA}","runs":['.encode()
    joint = "\n"
    for line in lines:
        yield f"{joint}{json_object(line)}".encode()
        joint = ",\n"
    yield b"\n]}\n"
