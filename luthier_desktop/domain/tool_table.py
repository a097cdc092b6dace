"""A list of bits as a CSV table: written with safe cells, read strictly, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luthier_desktop.domain.base import shown
from luthier_desktop.domain.catalogue import ToolEntry
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import Property
from luthier_desktop.domain.outgoing_text import CSV_MARK, csv_line

TEXTS = ("tool_id", "name", "shape", "material", "geometry", "center_cutting")
FIGURES = (
    *("diameter_mm", "flutes", "flute_length_mm", "stickout_mm", "shank_diameter_mm"),
    *("runout_mm", "max_rpm", "angle_deg"),
)
COLUMNS = (*TEXTS, *FIGURES, "source", "confidence", "remark")
"""``source`` and ``confidence`` are those of the diameter; a table holds one of each a line."""

REQUIRED = ("tool_id", "name", "diameter_mm")
MOST_LINES = 1000
_LONGEST_CELL = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def written(entries: Iterable[ToolEntry]) -> bytes:
    """Return the table of *entries*; no cell is a formula to a spreadsheet."""
    lines = [CSV_MARK + csv_line(COLUMNS)]
    for entry in entries:
        texts = [getattr(entry, name) for name in TEXTS]
        figures = [getattr(entry, name) for name in FIGURES]
        numbers = [None if found is None else found.value for found in figures]
        diameter = entry.diameter_mm
        lines.append(
            csv_line([*texts, *numbers, diameter.source, diameter.confidence, entry.remark])
        )
    return "".join(lines).encode()


def read_table(
    data: bytes, what: str, known: Mapping[str, ToolEntry], source: str
) -> tuple[ToolEntry, ...]:
    """Read a table; a value that *known* has already keeps its source and other values.

    Other values are of the line's own ``source``, else of *source*.

    Raises:
        InputRefused: A line or column is none; the sentence names both, and what is allowed.
    """
    lines = _lines(data, what)
    columns = _columns(lines, what)
    found: dict[str, ToolEntry] = {}
    for number, cells in lines[1:]:
        if not any(cells):
            continue
        at = f"{what}, line {number}"
        if len(cells) != len(columns):
            raise InputRefused(
                f"{at}: it has {len(cells)} columns, but the first line has {len(columns)}."
            )
        entry = _entry(dict(zip(columns, map(str.strip, cells), strict=True)), at, known, source)
        if entry.tool_id in found:
            raise InputRefused(f"{at}, column tool_id: {entry.tool_id} stands twice; remove one.")
        found[entry.tool_id] = entry
    return tuple(found.values())


def _lines(data: bytes, what: str) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputRefused(
            f"{what}, line {line}: this is no UTF-8; save it as CSV UTF-8."
        ) from None
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = []
    try:
        for cells in reader:
            found.append((reader.line_num, cells))
            if len(found) > MOST_LINES + 1:
                raise InputRefused(
                    f"{what}: it has more than {MOST_LINES:,} bits; split it into several."
                )
    except csv.Error as error:
        raise InputRefused(f"{what}, line {reader.line_num}: {error}; mend the quotes.") from None
    if not found:
        raise InputRefused(f"{what}: it is empty; the first line names the columns.")
    return found


def _columns(lines: Sequence[tuple[int, list[str]]], what: str) -> list[str]:
    columns = [cell.strip() for cell in lines[0][1]]
    for name in columns:
        if name not in COLUMNS:
            raise InputRefused(
                f"{what}, line 1: {shown(name)} is no column; the columns are "
                f"{', '.join(COLUMNS)}."
            )
        if columns.count(name) > 1:
            raise InputRefused(f"{what}, line 1: the column {name} stands twice; remove one.")
    for name in REQUIRED:
        if name not in columns:
            raise InputRefused(f"{what}, line 1: the column {name} is missing; it is required.")
    return columns


def _entry(
    cells: Mapping[str, str], at: str, known: Mapping[str, ToolEntry], source: str
) -> ToolEntry:
    plain: dict[str, Any] = {}
    before = known.get(cells["tool_id"])
    for name, cell in cells.items():
        if not cell or name in ("source", "confidence"):
            continue
        where = f"{at}, column {name}"
        if len(cell) > _LONGEST_CELL:
            raise InputRefused(f"{where}: it has more than {_LONGEST_CELL} characters.")
        if name in FIGURES:
            plain[name] = _figure(_number(cell, where), name, cells, before, source)
        elif name == "center_cutting":
            plain[name] = _flag(cell, where)
        else:
            plain[name] = cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA else cell
    try:
        return ToolEntry.read(plain, at)
    except InputRefused as error:
        column = error.path.split(".")[0]
        told = error.sentence.replace(
            f"{at}: ", f"{at}, column {column}: " if column else f"{at}: "
        )
        raise InputRefused(told, error.path) from None


def _number(cell: str, where: str) -> float:
    plain = cell.replace(",", ".", 1)
    if not plain.lstrip("+-").replace(".", "", 1).isdecimal() or not plain.isascii():
        raise InputRefused(f"{where}: must be a number such as 3.175, but is {shown(cell)}.")
    return float(plain)


def _flag(cell: str, where: str) -> bool:
    if cell.casefold() not in _FLAGS:
        raise InputRefused(f"{where}: must be true or false, but is {shown(cell)}.")
    return _FLAGS[cell.casefold()]


def _figure(
    value: float,
    name: str,
    cells: Mapping[str, str],
    before: ToolEntry | None,
    source: str,
) -> dict[str, Any]:
    kept: Property | None = getattr(before, name, None)
    if kept is not None and kept.value == value:
        return kept.plain()
    return {
        "value": value,
        "source": cells.get("source") or source,
        "confidence": cells.get("confidence") or "M",
    }
