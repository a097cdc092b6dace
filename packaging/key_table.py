#!/usr/bin/env python3
"""Write the README's key table from the command table, so that the two cannot differ."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- keys: made by packaging/key_table.py -->", "<!-- end of keys -->"
_WHERE = {
    "window": "anywhere",
    "runLogTable": "in the table of runs",
    "snapshotBrowser": "in the snapshots",
    "snapshotList": "in the list of snapshots",
    "runLog": "in the run log",
    "designCanvas": "on the canvas",
    "designEditor": "in the editor",
    "ringTable": "in the ring table",
}


def table() -> str:
    """Return the key table of every command that has a key, as Markdown."""
    from luthier_desktop.ui.commands import COMMANDS

    rows = ["| key | command | where |", "|---|---|---|"]
    for command in COMMANDS:
        if not command.sequences:
            continue
        keys = ", ".join(f"`{key}`" for key in command.sequences)
        name = command.text.replace("&", "").rstrip("…")
        rows.append(f"| {keys} | {name} | {_WHERE.get(command.scope, command.scope)} |")
    return "\n".join(rows)


def with_table(text: str) -> str:
    """Return the README *text* with its key table made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
