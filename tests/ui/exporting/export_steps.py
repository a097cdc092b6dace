"""What is done at the Export dialog, as its user does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from luthier_desktop.ui.exporting.export_dialog import ExportDialog
from luthier_desktop.ui.exporting.print_dialog import PrintDialog
from tests.ui.desk import Desk, dialog, wait_until


def export_dialog(desk: Desk, command: str = "export_design") -> ExportDialog:
    """Open the Export dialog by its command."""
    desk.press(command)
    asked = dialog("exportFileDialog")
    assert isinstance(asked, ExportDialog)
    return asked


def part(owner: QWidget, name: str) -> QWidget:
    """Return the widget with this objectName."""
    found = owner.findChild(QWidget, name)
    assert found is not None, name
    return found


def told(owner: QWidget, name: str) -> str:
    """Return what a label says."""
    found = part(owner, name)
    assert isinstance(found, QLabel)
    return found.text()


def click(owner: QWidget, name: str) -> None:
    """Press a button."""
    button = part(owner, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(asked: ExportDialog, format_id: str, desk: Desk) -> None:
    """Choose a format and wait for its preview."""
    asked.begin(format_id, keeps=False)
    wait_until(lambda: "being drawn" not in asked.preview.words())
    desk.settle()


def place(asked: ExportDialog | PrintDialog, desk: Desk, path: Path) -> str:
    """Say where the file is to stand; return the name that was suggested."""
    click(asked, "exportWrite" if isinstance(asked, ExportDialog) else "printSave")
    chooser = dialog("exportPlaceDialog")
    assert isinstance(chooser, QFileDialog)
    suggested = Path(chooser.selectedFiles()[0]).name
    chooser.fileSelected.emit(str(path))
    chooser.close()
    desk.settle()
    return suggested
