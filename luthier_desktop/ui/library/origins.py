"""Where the values of a setup's tools and machine are from: looked up in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from luthier_desktop.domain.catalogue import MachineEntry, ToolEntry
from luthier_desktop.ui.library.entry import Entry, Told, Values, bare_at, told_at
from luthier_desktop.ui.library.spec import value_at

_SHELVES = {"tool": ("tools", "tool_id"), "inlay_tool": ("tools", "tool_id"),
            "machine": ("machines", "machine_id")}  # fmt: skip
_OWN = "this setup's own value"


class Origins:
    """Knows the catalogue as it was last read."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, Entry]] = {}

    def show(self, shelf: str, entries: Sequence[Entry]) -> None:
        """Take over the entries of a shelf."""
        self._entries[shelf] = {entry.entry_id: entry for entry in entries}

    def told(self, path: str, plain: Values) -> Told:
        """Tell what is known of a field of a setup: the catalogue's source while it says so."""
        part, _, name = path.partition(".")
        value = value_at(plain, path)
        if part not in _SHELVES or not name or value is None or isinstance(value, str | bool):
            return Told()
        shelf, id_member = _SHELVES[part]
        entry = self._entries.get(shelf, {}).get(str(value_at(plain, f"{part}.{id_member}")))
        if entry is None or bare_at(entry.plain, name) != value:
            return Told(_OWN) if name != "work_area_mm" else Told()
        return told_at(entry.plain, name)

    def part_of(self, shelf: str, entry: Entry) -> Mapping[str, Any]:
        """Return an entry of the catalogue as a part of a setup."""
        if shelf == "machines":
            return MachineEntry.read(dict(entry.plain), "It").machine().plain()
        tool = ToolEntry.read(dict(entry.plain), "It").tool()
        return tool.plain() if tool is not None else {}
