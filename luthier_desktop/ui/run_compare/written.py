"""A comparison as text and as Markdown, to be pasted elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luthier_desktop.domain.display import in_full, shown
from luthier_desktop.services.comparing import Comparison, Side
from luthier_desktop.ui.run_compare.rows import Row
from luthier_desktop.ui.widgets.record_values import verdict_text

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
SAME = "The same: nothing differs but ids and times."


def as_text(found: Comparison, rows: Sequence[Row]) -> str:
    """Write the comparison in lines."""
    return "\n".join([*_head(found), *(_line(row) for row in rows)])


def as_markdown(found: Comparison, rows: Sequence[Row]) -> str:
    """Write the comparison as tables of Markdown; nothing in a name is read as markup."""
    lines = [f"- {escaped(line)}" for line in _head(found)]
    for row in rows:
        if row.heading:
            lines += [
                "",
                f"**{escaped(row.what)}**",
                "",
                "| what | a | b |",
                "| --- | --- | --- |",
            ]
        else:
            lines.append(f"| {' | '.join(map(escaped, row.copied))} |")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    return _MARKS.sub(r"\\\1", in_full(text))


def side_line(side: Side) -> str:
    """Name a side by id, time, verdict and name."""
    time = side.created_at_utc[:19].replace("T", " ")
    parts = (side.id, f"{time} UTC" if time else "", verdict_text(side), shown(side.name))
    return "  ".join(filter(None, parts))


def _head(found: Comparison) -> Iterator[str]:
    yield f"a  {side_line(found.a)}"
    yield f"b  {side_line(found.b)}"
    yield from (f"Damaged: {shown(side.damage, 500)}" for side in found.damage)
    if found.same:
        yield SAME


def _line(row: Row) -> str:
    if row.heading:
        return f"\n{row.what}"
    what, a, b = row.copied
    return in_full(f"  {what}: {a} -> {b}")
