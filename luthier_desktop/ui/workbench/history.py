"""The history as a pane of the window: shown on demand, looked through, branched from."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.edits import position_of
from luthier_desktop.ui.design_editor.history_model import Step
from luthier_desktop.ui.design_editor.history_pane import HistoryPane
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.picture import Picture
from luthier_desktop.ui.main_window import EDITOR, FEASIBILITY, MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.widgets.panes import Pane
from luthier_desktop.ui.workbench.open_designs import OpenDesigns

HISTORY = "history"
_PANE = Pane(HISTORY, "History", "historyList", "right", 0, beside=FEASIBILITY)
_LONGEST_STEM = 9_000
_NO_BREAK = "\u00a0"
_MM = f"{_NO_BREAK}mm"
_NUMBERED = re.compile(r", branch(?: \d+)?$")


class History(QObject):
    """Makes the pane when it is first wanted, beside the feasibility panel as a tab."""

    def __init__(
        self, window: MainWindow, studio: Studio, editor: DesignEditor, designs: OpenDesigns
    ) -> None:
        super().__init__(window)
        self._window = window
        self._studio = studio
        self._editor = editor
        self._designs = designs
        self._dock: QDockWidget | None = None
        self._pane: HistoryPane | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about the history call."""
        return {"show_history": self.toggle, "branch_design": self.branch_here}

    def begin(self) -> None:
        """Show the history as it was left the last time; the verdict stays in sight."""
        if self._window.panes.was_shown(HISTORY):
            self._made()
            self._window.panes.show(HISTORY)

    def toggle(self) -> None:
        """Show the history and give it the focus; put it away when it has the focus."""
        pane, dock = self._made()
        focus = self._window.focusWidget()
        if dock.isVisible() and focus is not None and pane.isAncestorOf(focus):
            self._leave()
            return
        self._window.focus_pane(HISTORY)
        pane.enter()

    def branch_here(self) -> None:
        """Branch from the step that is looked at, or from the present one."""
        open_design = self._editor.open_design
        if self._pane is not None and self._pane.isVisible():
            self.branch(self._pane.step)
        else:
            self._branch(open_design.undo_stack.index(), open_design.committed)

    def branch(self, step: Step) -> None:
        """Open the design of *step* beside the present one."""
        self._branch(step.number, step.design)

    def close(self) -> None:
        """Follow no more."""
        if self._pane is not None:
            self._pane.end()

    def forget_verdicts(self) -> None:
        """Judge the steps anew: the setup in use is another one."""
        if self._pane is not None:
            self._pane.looks.forget()

    def _made(self) -> tuple[HistoryPane, QDockWidget]:
        if self._pane is None or self._dock is None:
            paints = self._editor.canvas.picture.paints.beside()
            picture = Picture(self._studio.materials, paints=paints)
            self._pane = pane = HistoryPane(
                self._editor.document, picture, self._studio.feasibility.preview
            )
            pane.looked.connect(self._preview)
            pane.branchWanted.connect(self.branch)
            pane.left.connect(self._leave)
            self._dock = self._window.panes.adopt(_PANE, pane)
        return self._pane, self._dock

    def _leave(self) -> None:
        if self._dock is not None:
            self._dock.hide()
        self._window.focus_pane(EDITOR)

    def _preview(self, step: Step | None) -> None:
        """Draw a step with the verdict of each of its rings; None: what is on the bench."""
        pane, _ = self._made()
        editor = self._editor
        if step is None:
            editor.preview(None)
            verdict = pane.looks.verdict(editor.design())
        else:
            verdict = pane.looks.verdict(step.design)
            where, judged = _unbroken(step.position_text), _unbroken(verdict.text)
            note = f"{where}, {step.name.replace(' mm', _MM)} · {judged}"
            editor.preview(step.design, note)
        editor.canvas.show_verdicts(dict(verdict.rings))

    def _branch(self, number: int, design: RosetteParamSpec) -> None:
        parent = self._editor.open_design.title()
        branch = design.model_copy(
            update={"design_id": None, "name": self._free_name(design.name or parent)}
        )
        where = f"step {number:,}" if number else "the beginning"
        origin = f"{where} of {parent}"
        open_design = OpenDesign(self._studio.designs.identified(branch), origin, self._designs)
        open_design.undo_stack.resetClean()
        ring_id = self._editor.open_design.selected
        if position_of(branch, ring_id) is not None:
            open_design.selected = ring_id
        self._designs.add(open_design)
        self._window.focus_pane(EDITOR)
        self._window.messages.say(f"Branched from {where} of {shown(parent)}")

    def _free_name(self, name: str) -> str:
        """Return a name for a branch that no open design has: ``X, branch``, ``X, branch 2``."""
        taken = {design.title() for design in self._designs.all()}
        stem = _NUMBERED.sub("", name)[:_LONGEST_STEM]
        number = 1
        while (found := _branch_name(stem, number)) in taken:
            number += 1
        return found


def _unbroken(words: str) -> str:
    """Return words that stay on one line."""
    return words.replace(" ", _NO_BREAK)


def _branch_name(stem: str, number: int) -> str:
    return f"{stem}, branch" if number == 1 else f"{stem}, branch {number}"
