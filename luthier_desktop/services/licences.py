"""The licences of the parts that the program stands on, as they ship with it."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.paths import resource


class Licences(NamedTuple):
    """The list of parts, and the texts of the two licences that Qt is under."""

    parts: str
    lgpl: str
    gpl: str


def read_licences() -> Licences:
    """Read the three texts."""
    folder = resource("licences")
    names = ("THIRD_PARTY.md", "LGPL-3.0.txt", "GPL-3.0.txt")
    parts, lgpl, gpl = ((folder / name).read_text(encoding="utf-8") for name in names)
    return Licences(_in_columns(parts), lgpl, gpl)


def _in_columns(table: str) -> str:
    """Return a Markdown table as lines: ``part: licence``, and below it what it is used for."""
    lines = []
    for row in table.splitlines():
        cells = [cell.strip().replace("`", "") for cell in row.strip().strip("|").split("|")]
        if not row.startswith("|"):
            lines.append(row.removeprefix("# "))
        elif not set(cells[0]) <= {"-"} and cells[0] != "part":
            lines += [f"{cells[0]}: {cells[1]}", f"    {cells[2]}"]
    return "\n".join(lines).strip()
