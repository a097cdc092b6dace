"""Fixes for what the checks find: looked for on the worker, drawn as a preview, done as a step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feasibility.advice import Advice
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.remedies.fields import apply
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.widgets.check_fix import Fix
from luthier_desktop.ui.widgets.pauses import REST_MS, pause

_NO_SETUP = Setup()


class Fixing(QObject):
    """Looks for fixes when the design has come to rest; an answer for another one is dropped."""

    def __init__(
        self,
        background: Background,
        studio: Studio,
        editor: DesignEditor,
        panel: FeasibilityPanel,
        messages: Messages,
    ) -> None:
        super().__init__(panel)
        self._background = background
        self._studio = studio
        self._editor = editor
        self._panel = panel
        self._messages = messages
        self._waiting: tuple[RosetteParamSpec, Scored] | None = None
        self._resting = pause(self, REST_MS)
        self._resting.timeout.connect(self._look)
        panel.fixPreviewed.connect(self._preview)
        panel.fixChosen.connect(self._apply)

    def look_for(self, design: RosetteParamSpec, scored: Scored) -> None:
        """Look for fixes of *design* unless another one follows at once, as in a drag."""
        self._waiting = (design, scored)
        self._resting.start()

    def close(self) -> None:
        """Look for nothing more."""
        self._resting.stop()

    def _look(self) -> None:
        if self._waiting is not None:
            design, scored = self._waiting
            work = partial(self._studio.feasibility.advise, design, scored)
            done = partial(self._show, design)
            self._background.run(work, done, self._messages.fail)

    def _show(self, design: RosetteParamSpec, advice: Advice) -> None:
        if self._waiting is not None and self._waiting[0] is design:
            sure = {key: found.text for key, found in advice.sensitivities.items()}
            self._panel.show_fixes(advice.remedies, sure)

    def _fixed(self, fix: Fix) -> RosetteParamSpec:
        return apply(fix.remedy, self._editor.design(), _NO_SETUP)[0]

    def _preview(self, fix: Fix | None) -> None:
        """Draw what a fix would make of the design, as long as it is pointed at."""
        if fix is None:
            self._editor.preview(None)
            return
        try:
            self._editor.preview(self._fixed(fix), fix.text)
        except LuthierError:
            self._editor.preview(None)

    def _apply(self, fix: Fix) -> None:
        try:
            after = self._fixed(fix)
        except LuthierError as error:
            self._messages.fail(error)
            return
        self._editor.set_design(after, fix.undo_name, in_place=True)
