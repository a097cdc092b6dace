"""The panels of one window over one studio: edits judged live, checks recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui import units
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.focus_frame import FocusFrames
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import LOG, MainWindow
from luthier_desktop.ui.messages import menu_text, shown
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.palette_key import PaletteKey
from luthier_desktop.ui.widgets.refusals import Refusals
from luthier_desktop.ui.workbench.backing_up import BackingUp
from luthier_desktop.ui.workbench.comparing import ComparingRuns
from luthier_desktop.ui.workbench.copying import Copying
from luthier_desktop.ui.workbench.deciding import Deciding
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.design_tabs import DesignTabs
from luthier_desktop.ui.workbench.dropping import Dropping
from luthier_desktop.ui.workbench.exporting import Exporting
from luthier_desktop.ui.workbench.exporting_list import ExportingList
from luthier_desktop.ui.workbench.filtering import Filtering
from luthier_desktop.ui.workbench.first_look import FirstLook
from luthier_desktop.ui.workbench.first_steps import FirstSteps
from luthier_desktop.ui.workbench.fixing import Fixing
from luthier_desktop.ui.workbench.helping import Helping
from luthier_desktop.ui.workbench.hiding import HidingRuns
from luthier_desktop.ui.workbench.history import History
from luthier_desktop.ui.workbench.inspecting import Inspecting
from luthier_desktop.ui.workbench.journalling import Journalling
from luthier_desktop.ui.workbench.leaving import Leaving
from luthier_desktop.ui.workbench.legacy_import import LegacyImporting
from luthier_desktop.ui.workbench.library import WorkshopLibrary
from luthier_desktop.ui.workbench.open_designs import OpenDesigns
from luthier_desktop.ui.workbench.opening_again import OpeningAgain
from luthier_desktop.ui.workbench.outgoing import Outgoing
from luthier_desktop.ui.workbench.photographs import Photographs
from luthier_desktop.ui.workbench.recovering import Recovering
from luthier_desktop.ui.workbench.ring_commands import RingCommands
from luthier_desktop.ui.workbench.share_files import ShareFiles
from luthier_desktop.ui.workbench.signing_in import SigningIn
from luthier_desktop.ui.workbench.snapshot_library import SnapshotLibrary
from luthier_desktop.ui.workbench.staffing import Staffing
from luthier_desktop.ui.workbench.store_care import StoreCare
from luthier_desktop.ui.workbench.sweeping import Sweeping
from luthier_desktop.ui.workbench.verifying import Verifying

if TYPE_CHECKING:
    from luthier_desktop.domain.feasibility.findings import Scored
    from luthier_desktop.services.feasibility import Checked
    from luthier_desktop.services.snapshots import Saved


_NOTHING_DONE = "There is nothing to undo."
_NOTHING_UNDONE = "Nothing was undone, so there is nothing to do again."


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
        self._title: tuple[str, bool] | None = None
        self._checking: set[OpenDesign] = set()
        self._first = first
        self.studio = open_studio(first.data_dir, source="window", bench=first.bench)
        background.acting = lambda: self.studio.operator.plain()
        self.editor = first.editor
        self.editor.complete()
        self.panel = first.panel
        calls = (self.studio.runs, self.studio.run_list)
        self.log = RunLog(calls, background, window.messages, window.state)
        self.files = DesignFiles(window, background, self.studio, self.editor)
        tabs = _placed_tabs(first.bench_page)
        self.designs = OpenDesigns(self.editor, tabs, self.studio.presets.first)
        self.history = History(window, self.studio, self.editor, self.designs)
        self.library = SnapshotLibrary(window, background, self.studio, self.editor, self.designs)
        self.leaving = Leaving(window, self.designs, tabs, self.files)
        self.journalling = Journalling(background, window.messages, self.studio.drafts)
        self.recovering = Recovering(
            window, background, self.studio, self.designs, self.journalling
        )
        self.rings = RingCommands(window, background, self.studio, self.editor)
        self.care = StoreCare(window, background, self.studio)
        self.verifying = Verifying(window, background, self.studio)
        self.sweeping = Sweeping(window, background, self.studio, self.editor)
        self.fixing = Fixing(background, self.studio, self.editor, self.panel, window.messages)
        self.photographs = Photographs(window, background, self.editor)
        self.outgoing = Outgoing(window, background, self.studio, self.editor, self.files)
        self.dropping = Dropping(window, background, self.studio, self.files, self.photographs)
        self.sharing = ShareFiles(window, background, self.studio, self.files, self.designs)
        self.signing = SigningIn(window, background, self.studio)
        self.staffing = Staffing(window, background, self.studio, self.signing)
        self.workshop = WorkshopLibrary(window, background, self.studio)
        self.backing = BackingUp(window, background, self.studio)
        self.deciding = Deciding(window, background, self.studio, self.panel, self.signing)
        self.hiding = HidingRuns(window, background, self.studio, self.log)
        self.exporting = Exporting(window, background, self.studio, self.log)
        self.of_log = tuple(
            kind(window, background, self.studio, self.log)
            for kind in (Filtering, Copying, ExportingList, Inspecting)
        )
        self.comparing = ComparingRuns(window, background, self.studio, self.log)
        self.legacy = LegacyImporting(window, background, str(self.studio.data_dir))
        self.again = OpeningAgain(window, background, self.studio, self.files)
        self._assemble()

    def begin(self, file: str = "", *, recover: bool = True) -> None:
        """Show what is recorded so far, and a first design unless one is shown already.

        *recover*: offer what a crash left behind.
        """
        if file or not self._first.has_design:
            self.files.begin(file)
        else:
            self._preview(self.editor.design())
            self.ready.emit()
        self.signing.look()
        self.care.look()
        self.history.begin()
        self.log.refresh()
        self.verifying.begin()
        self._window.keep_layout()
        if recover:
            if not file:
                self.recovering.nothingLeft.connect(self.files.gallery.greet)
                self.steps.greet()
            self.recovering.look()

    def close(self) -> None:
        """Let go of the store; the worker must have ended."""
        self.fixing.close()
        self.deciding.close()
        self.outgoing.close()
        self.signing.close()
        self.recovering.close()
        self.journalling.close()
        self.history.close()
        self.designs.end()
        for signal, slot in self._history_slots():  # the history tells of its own end, too late
            signal.disconnect(slot)
        self.backing.keep_at_exit()
        self.studio.close()

    def check(self) -> None:
        """Judge the design on the worker and record the answer."""
        open_design = self.designs.current
        if open_design not in self._checking:
            self._checking.add(open_design)
            self._window.statusBar().showMessage(tr("Checking and recording…"))
            design = self.editor.design()
            work = partial(self.studio.feasibility.check, design)
            done = partial(self._checked, open_design, design)
            self._background.run(work, done, partial(self._not_checked, open_design))

    def _assemble(self) -> None:
        self.helping = Helping(self._window, self._background, self.studio)
        self.steps = FirstSteps(self._window, self.editor, self.log)
        self.recorded.connect(self.steps.was_checked)
        self._window.place(LOG, self.log)
        FocusFrames(self._window)
        self._connect_panels()
        self._connect_commands()

    def _connect_panels(self) -> None:
        self.editor.designChanged.connect(self._preview)
        self.editor.canvas.judge_with(self.studio.feasibility.preview)
        self.editor.canvas.build_with(self._background.run)
        self.panel.fieldRequested.connect(self.editor.focus_field)
        self.panel.ringHovered.connect(self.editor.highlight_ring)
        self.panel.checkRequested.connect(self._ask_to_check)
        self.log.openDesignRequested.connect(self.files.open_recorded)
        self.sharing.recorded.connect(self.log.refresh)
        self.editor.canvas.photoDropped.connect(self.dropping.take_on_canvas)
        self.files.begun.connect(self._begin_with)
        self.outgoing.connect_panels(self.library, self.log, self.deciding)
        self.files.opened.connect(self._show_design)
        self.files.saved.connect(self._saved)
        self.library.made.connect(self.log.watch.look_for)
        self.log.watch.grown.connect(self.library.follow)
        self.library.runWanted.connect(self._show_run)
        self.library.recorded.connect(self.log.refresh)
        self.library.compareWanted.connect(self.comparing.open_snapshots)
        self.sharing.recorded.connect(self.library.refresh)
        self.files.notSaved.connect(self.care.tell_not_recorded)
        for signal, slot in self._history_slots():
            signal.connect(slot)
        self.care.setupFound.connect(self._preview_again)
        self.care.setupFound.connect(self.history.forget_verdicts)
        self.verifying.runRequested.connect(self._show_run)
        self.verifying.listed.connect(self.log.refresh)
        self.legacy.runRequested.connect(self._show_run)
        self.legacy.imported.connect(self.log.refresh)
        self.legacy.imported.connect(self.library.refresh)
        self.signing.changed.connect(self.deciding.look_again)
        self.deciding.setupFound.connect(self._preview_again)
        self.deciding.setupFound.connect(self.history.forget_verdicts)
        self.deciding.recorded.connect(self._decided)
        self.deciding.notRecorded.connect(self.care.tell_not_recorded)
        self.designs.titled.connect(self._retitle)
        self.designs.opened.connect(self.journalling.follow)
        self.designs.closed.connect(self.journalling.forget)
        self.journalling.follow(self.designs.current)
        self._connect_workshop()
        self._window.may_close = self._may_close

    def _ask_to_check(self) -> None:
        self._window.commands.press("check_design")

    def _connect_workshop(self) -> None:
        self.signing.changed.connect(self.workshop.look_again)
        self.workshop.woodsFound.connect(self.editor.show_woods)
        self.workshop.setupFound.connect(self._preview_again)
        self.workshop.setupFound.connect(self.history.forget_verdicts)
        self.workshop.recorded.connect(self.log.refresh)
        self.log.watch.grown.connect(self.workshop.follow)
        self.signing.changed.connect(self.backing.look_again)
        self.backing.recorded.connect(self.log.refresh)
        self.backing.restored.connect(self.workshop.follow)
        self.log.watch.grown.connect(self.backing.follow)

    def _connect_commands(self) -> None:
        commands = self._window.commands
        commands.bind(self.outgoing.commands() | self.library.commands())
        commands.bind(self.comparing.commands())
        commands.bind(self.photographs.commands() | self.legacy.commands())
        owners = (self.files, self.helping, self.verifying, self.sweeping, self.deciding, self.log)
        more = (self.hiding, self.exporting, self.designs, self.leaving, self.recovering)
        staff = (self.signing, self.staffing, self.workshop, self.backing, self.again, self.steps)
        for owner in (*owners, *more, *self.of_log, self.rings, self.history, *staff):
            commands.bind(owner.commands())
        commands.bind(self._slots())
        for scope in (self.editor, self.log, self.log.table):
            commands.attach(scope)
        for canvas in self.editor.findChildren(QWidget, "designCanvas"):
            commands.attach(canvas)
        self.rings.attach()
        commands.allow("undo", _NOTHING_DONE)
        commands.allow("redo", _NOTHING_UNDONE)
        commands.explain({"undo": _NOTHING_DONE, "redo": _NOTHING_UNDONE})
        Refusals(commands, self._window.messages, self._window)
        PaletteKey(commands["command_palette"], self._window)

    def _history_slots(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        history, commands = self.editor.document.histories, self._window.commands
        return (
            (history.undoTextChanged, self._name_undo),
            (history.redoTextChanged, self._name_redo),
            (units.display().changed, self._name_steps),
            (history.canUndoChanged, commands["undo"].setEnabled),
            (history.canRedoChanged, commands["redo"].setEnabled),
        )

    def _slots(self) -> dict[str, Callable[[], object]]:
        editor, history = self.editor, self.editor.document.histories
        return {
            "undo": history.undo,
            "redo": history.redo,
            "check_design": self.check,
            "zoom_in": editor.canvas.zoom_in,
            "zoom_out": editor.canvas.zoom_out,
            "show_dimensions": editor.canvas.switch_dimensions,
            "zoom_fit": editor.fit_all,
            "zoom_selection": editor.fit_selection,
        }

    def _begin_with(self, design: RosetteParamSpec, origin: str) -> None:
        self._show_design(design, origin)
        self.ready.emit()

    def _show_design(self, design: RosetteParamSpec, origin: str) -> None:
        self.designs.bring(design, origin)
        self._window.focus_pane("editor")

    def _may_close(self) -> bool:
        return self.workshop.may_close() and self.leaving.may_close()

    def _show_run(self, run_id: str) -> None:
        self._window.focus_pane("log")
        self.log.show_run(run_id)

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
        title = (self.designs.current.title(), self.designs.current.is_kept())
        if title != self._title:
            self._title = title
            self._window.set_title(*title)

    def _name_steps(self) -> None:
        history = self.editor.document.histories
        self._name_undo(history.undoText())
        self._name_redo(history.redoText())

    def _name_undo(self, text: str) -> None:
        self._window.commands["undo"].setText(tr(f"&Undo {_step_name(text)}".rstrip()))

    def _name_redo(self, text: str) -> None:
        self._window.commands["redo"].setText(tr(f"&Redo {_step_name(text)}".rstrip()))

    def _checked(
        self, open_design: OpenDesign, design: RosetteParamSpec, checked: Checked
    ) -> None:
        self._checking.discard(open_design)
        open_design.keep(design)
        self.log.refresh()
        self._show_recorded(design, checked.scored, checked.run_id or "", checked.seq or 0)
        self._window.statusBar().showMessage(tr(f"Recorded as {checked.run_id}"))
        self.care.tell_recorded(checked.run_id or "")
        self.recorded.emit(checked)

    def _show_recorded(
        self, design: RosetteParamSpec, scored: Scored, run_id: str, seq: int
    ) -> None:
        """Show the recorded answer, unless another design is shown by now."""
        if self.editor.design() == design:
            self._name_setup()
            self.panel.show_recorded(scored, run_id, seq)
            self.deciding.look_now(design, scored)

    def _not_checked(self, open_design: OpenDesign, error: Exception) -> None:
        self._checking.discard(open_design)
        self._window.statusBar().clearMessage()
        self.care.tell_not_recorded(error)

    def _saved(self, open_design: OpenDesign, design: RosetteParamSpec, saved: Saved) -> None:
        self.log.refresh()
        self.library.refresh()
        self._window.messages.say(f"Saved as {saved.snapshot_id}")
        self.care.tell_recorded(saved.snapshot_id)
        open_design.keep(design, "saved")
        self._show_recorded(design, saved.scored, saved.run_id, saved.seq)
        self.leaving.was_saved(open_design)

    def _decided(self, run_id: str) -> None:
        self.log.refresh()
        self.library.refresh()
        self._window.statusBar().showMessage(tr(f"Recorded as {run_id}"))
        self.care.tell_recorded(run_id)

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _placed_tabs(page: QWidget) -> DesignTabs:
    """Return the tabs, put above the editor on its page."""
    tabs, column = DesignTabs(page), page.layout()
    assert isinstance(column, QVBoxLayout)
    column.insertWidget(0, tabs)
    return tabs


def _step_name(text: str) -> str:
    return menu_text(shown(tr(units.worded(text)))) if text else ""
