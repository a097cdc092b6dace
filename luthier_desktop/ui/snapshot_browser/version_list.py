"""The versions of one snapshot: the line of its parents, then others of the same design."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from luthier_desktop.domain.snapshot import SnapshotVersion
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.snapshot_browser import words

_OTHER = "same design, another line"


class VersionList(QListWidget):
    """``chosen`` carries the id of the version that was activated."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("snapshotVersions")
        self.setAccessibleName(tr("Versions; Enter goes to one"))
        self.itemActivated.connect(self._choose)

    def show_versions(self, versions: Sequence[SnapshotVersion], snapshot_id: str) -> None:
        """List the versions, the present one among them."""
        self.clear()
        name = next(
            (each.entry.name for each in versions if each.entry.snapshot_id == snapshot_id), ""
        )
        for version in versions:
            item = QListWidgetItem(tr(_line(version, name, snapshot_id)), self)
            item.setData(Qt.ItemDataRole.UserRole, version.entry.snapshot_id)
            if version.entry.snapshot_id == snapshot_id:
                item.setFont(style.sized(bold=True))
                self.setCurrentItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    # Qt overrides

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing."""


def _line(version: SnapshotVersion, name: str, snapshot_id: str) -> str:
    entry = version.entry
    parts = [
        words.version(entry),
        words.saved_at(entry),
        words.verdict(entry),
        shown(entry.name, 40) if entry.name != name else "",
        "this one" if entry.snapshot_id == snapshot_id else "",
        words.BASELINE_SIGN + " baseline" if entry.baseline else "",
        words.DELETED.lower() if entry.deleted else "",
        _OTHER if version.by == "design" else "",
    ]
    return " · ".join(part for part in parts if part)
