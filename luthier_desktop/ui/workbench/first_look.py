"""The first look: editor and verdict over a starter design, before all else is built."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.services.bench import open_bench
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.main_window import EDITOR, FEASIBILITY, MainWindow


class FirstLook(QObject):
    """The panels that show a design; the workbench takes them over.

    ``painted`` comes once, when the canvas was painted for the first time.
    """

    painted = Signal()

    def __init__(self, window: MainWindow, data_dir: str = "") -> None:
        super().__init__(window)
        self._window = window
        units.use(Unit(window.unit))
        self.data_dir = Path(data_dir) if data_dir else None
        self.bench = open_bench(self.data_dir)
        self.editor = DesignEditor(self.bench.materials, later=True)
        self.bench_page = _page(self.editor)
        self.panel = FeasibilityPanel()
        self.has_design = False
        self._canvas = self.editor.findChild(QWidget, "designCanvas")
        assert self._canvas is not None
        self._canvas.installEventFilter(self)

    def show(self, *, starter: bool) -> None:
        """Show the panels, with the first starter design and its verdict if it is wanted.

        What fails here is left to the workbench, which does it again and tells of it.
        """
        if starter:
            self._show_starter()
        self._window.place(EDITOR, self.bench_page)
        self._window.place(FEASIBILITY, self.panel)
        if self.has_design:
            self.editor.fit_all()
            self._window.focus_pane(EDITOR)

    def _show_starter(self) -> None:
        try:
            design = self.bench.presets.first()
            scored = self.bench.preview(design)
        except LuthierError:
            return
        self.editor.set_design(design)
        self.editor.show_verdicts(scored)
        self.panel.set_setup_name(self.bench.setup.name or self.bench.setup.setup_id or "")
        self.panel.show_preview(scored)
        self.has_design = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint of the canvas."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False


def _page(editor: DesignEditor) -> QWidget:
    """Return the page of the editor's pane, with room for tabs above the editor."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(editor, 1)
    return page
