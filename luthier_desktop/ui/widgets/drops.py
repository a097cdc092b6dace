"""What is dropped on the window."""

from __future__ import annotations

from PySide6.QtGui import QDropEvent


def dropped_file(event: QDropEvent) -> str:
    """Return the path of the one local file that is dropped, or ""."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
