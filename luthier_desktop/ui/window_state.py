"""What the window remembers between two starts: a small plain JSON file, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QFile, QFileInfo, QIODevice, QJsonDocument, QSaveFile

SCHEMA = "luthier.window/1"
LARGEST_FILE_BYTES = 65_536
_SIZE_LIMIT = 20_000


class WindowState:
    """Members of ``window.json``; a file that is missing, damaged or foreign counts as empty.

    Qt's own JSON is used because it is there before the first paint at no cost. *path* "" keeps
    everything in memory.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._members: dict[str, Any] = _read(path) if path else {}
        self._changed: Callable[[], None] | None = None

    def watch(self, changed: Callable[[], None] | None) -> None:
        """Let *changed* be called when a member becomes another; None: let nobody."""
        self._changed = changed

    def text(self, name: str, among: tuple[str, ...], otherwise: str) -> str:
        """Return a remembered word, if it is one of *among*."""
        found = self._members.get(name)
        return found if isinstance(found, str) and found in among else otherwise

    def number(self, name: str, otherwise: int) -> int:
        """Return a remembered number of pixels, if it is one."""
        found = self._members.get(name)
        return int(found or 0) if _is_size(found) else otherwise

    def numbers(self, name: str, count: int) -> list[int]:
        """Return *count* remembered numbers of pixels, or nothing."""
        found = self._members.get(name)
        if not isinstance(found, list) or len(found) != count:
            return []
        return [int(item) for item in found] if all(map(_is_size, found)) else []

    def words(self, name: str, among: tuple[str, ...]) -> list[str]:
        """Return the remembered words that are *among*, each once, in their order; or nothing."""
        found = self._members.get(name)
        if not isinstance(found, list):
            return []
        return list(dict.fromkeys(item for item in found if item in among))

    def flag(self, name: str, otherwise: bool) -> bool:
        """Return a remembered yes or no."""
        found = self._members.get(name)
        return found if isinstance(found, bool) else otherwise

    def remember(self, **members: str | int | bool | list[int] | list[str]) -> None:
        """Keep *members* for the next `save`."""
        self._become(self._members | members)

    def forget(self, *names: str) -> None:
        """Drop members, such as the layout when it is reset."""
        self._become({name: self._members[name] for name in self._members if name not in names})

    def save(self) -> bool:
        """Write the file as a whole or not at all; say whether it was written.

        A layout that cannot be kept is no reason to trouble anybody.
        """
        if not self._path:
            return False
        QFileInfo(self._path).absoluteDir().mkpath(".")
        file = QSaveFile(self._path)
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return False
        document = QJsonDocument.fromVariant({"schema": SCHEMA, **self._members})
        file.write(document.toJson(QJsonDocument.JsonFormat.Indented))
        return file.commit()

    def _become(self, members: dict[str, Any]) -> None:
        has_changed, self._members = members != self._members, members
        if has_changed and self._changed is not None:
            self._changed()


def _is_size(found: Any) -> bool:
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return is_number and 0 <= found <= _SIZE_LIMIT


def _read(path: str) -> dict[str, Any]:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return {}
    data: QByteArray = file.read(LARGEST_FILE_BYTES)
    file.close()
    members = QJsonDocument.fromJson(data).toVariant()
    if not isinstance(members, dict) or members.get("schema") != SCHEMA:
        return {}
    return {name: value for name, value in members.items() if name != "schema"}
