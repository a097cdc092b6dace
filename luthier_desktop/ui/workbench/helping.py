"""Help: the handbook, the first steps, what this program is, and the folder of the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from luthier_desktop import __version__
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.handbook.handbook_window import HandbookWindow
from luthier_desktop.ui.language import language
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.workbench.about_dialog import AboutDialog, told_lines

_NO_FOLDER = "No file manager opened it. The folder was copied: {0}"


class Helping(QObject):
    """Opens what helps; the handbook stands beside the work."""

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._handbook: HandbookWindow | None = None
        self._about: AboutDialog | None = None
        QTimer.singleShot(0, self, self._show_icon)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command of help calls."""
        return {
            "handbook": self.open_handbook,
            "log_promises": partial(self.open_handbook, "promises"),
            "moving_pc": partial(self.open_handbook, "moving"),
            "open_data_folder": self.open_data_folder,
            "copy_diagnostics": self.copy_diagnostics,
            "about": self.show_about,
        }

    def open_handbook(self, page_id: str = "") -> None:
        """Show the handbook, at a page if one is named."""
        if self._handbook is None or not isValid(self._handbook):
            from luthier_desktop.services.handbook import read_pages

            self._handbook = HandbookWindow(read_pages(language()), self._window)
        self._handbook.show()
        self._handbook.raise_()
        self._handbook.activateWindow()
        self._handbook.show_page(page_id)

    def open_data_folder(self) -> None:
        """Show the data directory in the system's file manager, or copy its path."""
        folder = str(self._studio.data_dir)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            QGuiApplication.clipboard().setText(folder)
            self._window.messages.say(_NO_FOLDER.format(shown(folder, len(folder))))

    def copy_diagnostics(self) -> None:
        """Copy versions, folders, the state of the log and the last lines of the log file."""
        self._background.run(self._studio.diagnostics, self._copy, self._fail)

    def show_about(self) -> None:
        """Show what this program is."""
        if self._about is not None and isValid(self._about):
            self._about.raise_()
            return
        from luthier_desktop.services.licences import read_licences

        self._about = dialog = AboutDialog(__version__, read_licences(), self._window)
        dialog.copyWanted.connect(self.copy_diagnostics)
        dialog.open()
        self._background.run(self._studio.diagnostics, self._show_state, self._fail)

    def _show_icon(self) -> None:
        from luthier_desktop.ui.widgets.icons import program_icon

        QApplication.setWindowIcon(program_icon())

    def _show_state(self, found: dict[str, Any]) -> None:
        if self._about is not None and isValid(self._about):
            self._about.show_state(told_lines(found))

    def _copy(self, found: dict[str, Any]) -> None:
        QGuiApplication.clipboard().setText("\n".join(told_lines(found)))
        self._window.messages.say("Copied the diagnostics")

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)
