"""The application: hears from the system which files to open, as macOS says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the files that are asked for until somebody can open them."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._files: list[str] = []
        self._open: Callable[[str], object] | None = None

    def listen(self, open_file: Callable[[str], object] | None) -> None:
        """Hand every file to *open_file*, those asked for until now first; None: keep them."""
        self._open = open_file
        while self._files and self._open is not None:
            self._open(self._files.pop(0))

    def take_file(self) -> str:
        """Return the first file that nobody opened yet, which is then the caller's; or ""."""
        return self._files.pop(0) if self._files else ""

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if event.file():
            self._files.append(event.file())
            self.listen(self._open)
        return True


def application() -> Application | None:
    """Return our application, if it is ours that runs."""
    found = QApplication.instance()
    return found if isinstance(found, Application) else None


def asked_file() -> str:
    """Return the file that the system asked for before the window stood, or ""."""
    ours = application()
    return ours.take_file() if ours is not None else ""
