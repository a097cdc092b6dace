"""The path of the bit over the drawing; after each edit it is planned anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout

from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services import export_cutting
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.exporting.path_bar import PathBar, PathLayer
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.pauses import REST_MS, pause


class CuttingPath(QObject):
    """Shows the path or takes it away; one that an edit made wrong is never shown."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._bar: PathBar | None = None
        self._number = 0
        self._resting = pause(self, REST_MS)
        self._resting.timeout.connect(self._plan)
        editor.designChanged.connect(self._plan_again)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command calls."""
        return {"show_cutting_path": self.switch}

    @property
    def is_shown(self) -> bool:
        """Whether the path is wanted over the drawing."""
        return self._bar is not None and not self._bar.isHidden()

    def switch(self) -> None:
        """Show the path, or take it away."""
        if self.is_shown:
            self.leave()
            return
        bar = self._bar or self._new_bar()
        bar.show()
        self._plan()

    def leave(self) -> None:
        """Take the path away from the drawing."""
        self._number += 1
        self._resting.stop()
        self._lay(None)
        if self._bar is not None:
            self._bar.hide()
        self._editor.canvas.setFocus()

    def close(self) -> None:
        """Plan nothing more."""
        self._resting.stop()

    def _new_bar(self) -> PathBar:
        drawing = self._editor.canvas.parentWidget()
        assert drawing is not None
        column = drawing.layout()
        assert isinstance(column, QBoxLayout)
        self._bar = bar = PathBar(drawing)
        column.addWidget(bar)
        bar.left.connect(self.leave)
        bar.partChosen.connect(self._plan)
        bar.player.moved.connect(self._editor.canvas.update)
        return bar

    def _plan_again(self, _: RosetteParamSpec) -> None:
        if self.is_shown:
            self._lay(None)
            self._resting.start()

    def _plan(self, _: str = "") -> None:
        """Plan the cut with the options that G-code was exported with last."""
        if self._bar is None:
            return
        self._number += 1
        self._lay(None)
        self._bar.wait()
        work = partial(planned, self._studio, self._editor.design(), self._bar.part)
        done = partial(self._show, self._number)
        self._background.run(work, done, partial(self._fail, self._number))

    def _show(self, number: int, plan: CutPlan) -> None:
        if number == self._number and self._bar is not None:
            self._bar.show_plan(plan)
            self._lay(PathLayer(plan, self._bar.player, self.leave))

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._number and self._bar is not None:
            self._window.messages.fail(error, self._bar.tell)

    def _lay(self, layer: PathLayer | None) -> None:
        self._editor.canvas.layer = layer
        self._editor.canvas.update()


def planned(studio: Studio, design: RosetteParamSpec, part: str) -> CutPlan:
    """Plan the cut of a part; on the worker.

    Raises:
        InputRefused: It cannot be planned: a number is missing, or the bit does not fit.
    """
    last = studio.export_choices.last().options["gcode"].stored()
    options = GcodeOptions.read({**last, "part": part}, "The options")
    return export_cutting.cut_plan(studio.exporting.draft(design), options)
