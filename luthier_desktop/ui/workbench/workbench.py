"""The panels of one window over one studio: edits judged live, checks recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QMessageBox, QWidget

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import LOG, MainWindow
from luthier_desktop.ui.messages import menu_text, shown
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.workbench.deciding import Deciding
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.exporting import Exporting
from luthier_desktop.ui.workbench.first_look import FirstLook
from luthier_desktop.ui.workbench.fixing import Fixing
from luthier_desktop.ui.workbench.hiding import HidingRuns
from luthier_desktop.ui.workbench.store_care import StoreCare
from luthier_desktop.ui.workbench.sweeping import Sweeping
from luthier_desktop.ui.workbench.verifying import Verifying

if TYPE_CHECKING:
    from luthier_desktop.services.feasibility import Checked
    from luthier_desktop.services.snapshots import Saved

_LEAVING = "This design was changed and is neither recorded nor saved."


class Workbench(QObject):
    """Connects the panels with one studio.

    ``ready`` comes when a first design is shown with its verdict; ``recorded`` carries every
    check that was recorded.
    """

    ready = Signal()
    recorded = Signal(object)

    def __init__(self, window: MainWindow, background: Background, first: FirstLook) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._kept: RosetteParamSpec | None = None
        self._title: tuple[str, bool] | None = None
        self._is_checking = False
        self._first = first
        self.studio = open_studio(first.data_dir, source="window", bench=first.bench)
        self.editor = first.editor
        self.editor.complete()
        self.panel = first.panel
        self.log = RunLog(self.studio.runs, background, window.messages)
        self.files = DesignFiles(window, background, self.studio, self.editor)
        self.care = StoreCare(window, background, self.studio)
        self.verifying = Verifying(window, background, self.studio)
        self.sweeping = Sweeping(window, background, self.studio, self.editor)
        self.fixing = Fixing(
            background, self.studio, self.editor, self.panel, window.messages
        )
        self.deciding = Deciding(window, background, self.studio, self.panel)
        self.hiding = HidingRuns(window, background, self.studio, self.log)
        self.exporting = Exporting(window, background, self.studio, self.log)
        window.place(LOG, self.log)
        self._connect_panels()
        self._connect_commands()

    def begin(self, file: str = "") -> None:
        """Show what is recorded so far, and a first design unless one is shown already."""
        if file or not self._first.has_design:
            self.files.begin(file)
        else:
            self._preview(self.editor.design())
            self.ready.emit()
        self.care.look()
        self.log.refresh()
        self.verifying.begin()

    def close(self) -> None:
        """Let go of the store; the worker must have ended."""
        self.fixing.close()
        self.deciding.close()
        for signal, slot in self._history_slots():  # the history tells of its own end, too late
            signal.disconnect(slot)
        self.studio.close()

    def check(self) -> None:
        """Judge the design on the worker and record the answer."""
        if not self._is_checking:
            self._is_checking = True
            self._window.statusBar().showMessage("Checking and recording…")
            design = self.editor.design()
            work = partial(self.studio.feasibility.check, design)
            self._background.run(work, partial(self._checked, design), self._not_checked)

    def is_kept(self) -> bool:
        """Say whether the design stands as it is in a file, a snapshot or a recorded run."""
        return self.editor.undo_stack.isClean() or self.editor.design() == self._kept

    def _connect_panels(self) -> None:
        self.editor.designChanged.connect(self._preview)
        self.panel.fieldRequested.connect(self.editor.focus_field)
        self.panel.ringHovered.connect(self.editor.highlight_ring)
        self.panel.checkRequested.connect(self.check)
        self.log.openDesignRequested.connect(self.files.open_recorded)
        self.files.opened.connect(self._show_design)
        self.files.saved.connect(self._saved)
        self.files.notSaved.connect(self.care.tell_not_recorded)
        for signal, slot in self._history_slots():
            signal.connect(slot)
        self.care.setupFound.connect(self._preview_again)
        self.verifying.runRequested.connect(self._show_run)
        self.verifying.listed.connect(self.log.refresh)
        self.deciding.setupFound.connect(self._preview_again)
        self.deciding.recorded.connect(self._decided)
        self.deciding.notRecorded.connect(self.care.tell_not_recorded)
        self._window.may_close = self._may_close

    def _connect_commands(self) -> None:
        commands = self._window.commands
        owners = (self.files, self.care, self.verifying, self.sweeping, self.deciding, self.log)
        for owner in (*owners, self.hiding, self.exporting):
            commands.bind(owner.commands())
        commands.bind(self._slots())
        for scope in (self.editor, self.log, self.log.table):
            commands.attach(scope)
        for canvas in self.editor.findChildren(QWidget, "designCanvas"):
            commands.attach(canvas)
        commands["undo"].setEnabled(False)
        commands["redo"].setEnabled(False)

    def _history_slots(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        history, commands = self.editor.undo_stack, self._window.commands
        return (
            (history.cleanChanged, self._retitle),
            (history.undoTextChanged, self._name_undo),
            (history.redoTextChanged, self._name_redo),
            (history.canUndoChanged, commands["undo"].setEnabled),
            (history.canRedoChanged, commands["redo"].setEnabled),
        )

    def _slots(self) -> dict[str, Callable[[], object]]:
        editor = self.editor
        return {
            "undo": editor.undo_stack.undo,
            "redo": editor.undo_stack.redo,
            "check_design": self.check,
            "zoom_fit": editor.fit_all,
            "zoom_selection": editor.fit_selection,
            "insert_ring": editor.insert_ring,
            "remove_ring": editor.remove_ring,
            "duplicate_ring": editor.duplicate_ring,
            "move_ring_in": editor.move_ring_in,
            "move_ring_out": editor.move_ring_out,
            "focus_snapshots": self._show_snapshots,
        }

    def _show_design(self, design: RosetteParamSpec, step: str) -> None:
        self.editor.set_design(design, step)
        self._window.focus_pane("editor")
        if not step:
            self.ready.emit()

    def _show_run(self, run_id: str) -> None:
        self._window.focus_pane("log")
        self.log.show_run(run_id)

    def _show_snapshots(self) -> None:
        self._window.focus_pane("log")
        self.log.show_snapshots()

    def _preview(self, design: RosetteParamSpec) -> None:
        """Judge on the window's thread: pure, and quick enough for every step of a drag."""
        try:
            scored = self.studio.feasibility.preview(design)
        except LuthierError as error:
            self.panel.show_stale()
            self.deciding.forget()
            self._fail(error)
            return
        self._name_setup()
        self.panel.show_preview(scored)
        self.editor.show_verdicts(scored)
        self.fixing.look_for(design, scored)
        self.deciding.look_for(design, scored)
        self._retitle()

    def _preview_again(self) -> None:
        self._preview(self.editor.design())

    def _name_setup(self) -> None:
        setup = self.studio.setups.last_known()
        self.panel.set_setup_name(setup.name or setup.setup_id or "")

    def _retitle(self) -> None:
        title = (self.editor.title(), self.editor.undo_stack.isClean())
        if title != self._title:
            self._title = title
            self._window.set_title(*title)

    def _name_undo(self, text: str) -> None:
        self._window.commands["undo"].setText(f"&Undo {_step_name(text)}".rstrip())

    def _name_redo(self, text: str) -> None:
        self._window.commands["redo"].setText(f"&Redo {_step_name(text)}".rstrip())

    def _checked(self, design: RosetteParamSpec, checked: Checked) -> None:
        self._is_checking = False
        self._show_recorded(design, checked)
        self._window.statusBar().showMessage(f"Recorded as {checked.run_id}")
        self.care.tell_recorded(checked.run_id or "")
        self.recorded.emit(checked)

    def _show_recorded(self, design: RosetteParamSpec, checked: Checked) -> None:
        self.log.refresh()
        if self.editor.design() == design:
            self._kept = design
            self._name_setup()
            self.panel.show_recorded(checked.scored, checked.run_id or "", checked.seq or 0)
            self.deciding.look_now(design, checked.scored)

    def _not_checked(self, error: Exception) -> None:
        self._is_checking = False
        self._window.statusBar().clearMessage()
        self.care.tell_not_recorded(error)

    def _saved(self, design: RosetteParamSpec, saved: Saved) -> None:
        self.log.refresh()
        self._window.messages.say(f"Saved as {saved.snapshot_id}")
        self.care.tell_recorded(saved.snapshot_id)
        if self.editor.design() == design:
            self._kept = design
            self.editor.undo_stack.setClean()

    def _decided(self, run_id: str) -> None:
        self.log.refresh()
        self._window.statusBar().showMessage(f"Recorded as {run_id}")
        self.care.tell_recorded(run_id)

    def _may_close(self) -> bool:
        """Close at once when nothing would be lost; else ask, and close on the answer."""
        if self.is_kept():
            return True
        box = QMessageBox(QMessageBox.Icon.Question, "Leave", _LEAVING, parent=self._window)
        box.setObjectName("leaveDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        save = box.addButton("Save snapshot…", QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton("Leave without saving", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        save.clicked.connect(self._save_first)
        leave.clicked.connect(self._leave)
        box.open()
        return False

    def _save_first(self) -> None:
        self.files.ask_for_name()

    def _leave(self) -> None:
        self._window.may_close = None
        QTimer.singleShot(0, self._window, self._window.close)

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _step_name(text: str) -> str:
    return menu_text(shown(text)) if text else ""
