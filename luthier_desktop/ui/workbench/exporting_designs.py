"""The Export dialog for the design that is shown, for a run's, or for any snapshot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from luthier_desktop.domain.errors import LuthierError, NotFound
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.export_choices import Choices
from luthier_desktop.services.snapshots import Kept
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import SavedAs
from luthier_desktop.ui.exporting.export_dialog import ExportDialog, Wish
from luthier_desktop.ui.exporting.formats import BY_ID, PICTURES, SHARE, TEMPLATE, Format
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.check_fixes import worded
from luthier_desktop.ui.workbench import gate_words
from luthier_desktop.ui.workbench.deciding import Deciding
from luthier_desktop.ui.workbench.export_looks import ExportLooks
from luthier_desktop.ui.workbench.export_source import ExportSource, on_bench
from luthier_desktop.ui.workbench.export_writing import ExportWriting, accepts

_KEEPS = "export_keeps"
_FORMAT = "export_format"
_PICTURE = "export_picture"
_NO_RUN = "No run is chosen."


class _Begin(NamedTuple):
    """What a dialog is opened with; the format "" is the last one."""

    source: ExportSource
    format_id: str


class ExportingDesigns(QObject):
    """Opens the dialog; one at a time, for the window waits while it is open."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        editor: DesignEditor,
        writing: ExportWriting,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._writing = writing
        self._deciding: Deciding | None = None
        self._log: RunLog | None = None
        self._dialog: ExportDialog | None = None
        self._opened = 0
        self._choices = Choices("", {})
        self._decidable: Finding | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about exports call."""
        return {
            "export_design": partial(self.ask, ""),
            "export_share_file": partial(self.ask, SHARE),
            "export_picture": self.ask_for_picture,
            "export_run_design": self.ask_for_run,
        }

    def decide_with(self, deciding: Deciding) -> None:
        """Let decisions that the dialog asks for be made with *deciding*."""
        self._deciding = deciding
        deciding.recorded.connect(self._look_again)

    def export_runs_of(self, log: RunLog) -> None:
        """Let the current run be the one of *log*."""
        self._log = log

    def ask(self, format_id: str) -> None:
        """Ask how the design that is shown is to be exported."""
        self._ask(on_bench(self._editor.open_design), format_id)

    def ask_for_picture(self) -> None:
        """Ask for a picture of the design that is shown, of the kind that was asked for last."""
        self.ask(self._window.state.text(_PICTURE, PICTURES, PICTURES[0]))

    def ask_for_run(self) -> None:
        """Ask how the design of the current run is to be exported."""
        entry = None if self._log is None else self._log.current()
        if entry is None:
            self._window.messages.say(_NO_RUN)
        else:
            work = partial(design_of, self._studio, entry.run_id)
            self._background.run(work, self._ask_for_design, self._window.messages.fail)

    def _ask_for_design(self, design: RosetteParamSpec) -> None:
        self._ask(ExportSource(design), "")

    def ask_to_share(self, snapshot_id: str, _: str = "") -> None:
        """Ask where the share file of a snapshot is to stand."""
        self._ask_for_snapshot(snapshot_id, SHARE)

    def ask_to_draw(self, snapshot_id: str) -> None:
        """Ask how the picture of a snapshot is to be."""
        last = self._window.state.text(_PICTURE, PICTURES, PICTURES[0])
        self._ask_for_snapshot(snapshot_id, last)

    def _ask_for_snapshot(self, snapshot_id: str, format_id: str) -> None:
        work = partial(self._studio.snapshots.get, snapshot_id)
        done = partial(self._ask_for_kept, format_id)
        self._background.run(work, done, self._window.messages.fail)

    def _ask_for_kept(self, format_id: str, kept: Kept) -> None:
        if kept.design is None:
            told = f"{kept.document['snapshot_id']} is damaged and cannot be exported."
            self._window.messages.fail(LuthierError(told))
        else:
            saved = SavedAs.of(kept.document, kept.design)
            self._ask(ExportSource(kept.design, saved), format_id)

    def _ask(self, source: ExportSource, format_id: str) -> None:
        if self._dialog is not None:
            self._dialog.raise_()
            return
        done = partial(self._open, _Begin(source, format_id))
        work = self._studio.export_choices.last
        self._background.run(work, done, self._window.messages.fail)

    def _open(self, begin: _Begin, choices: Choices) -> None:
        if self._dialog is not None:
            return
        self._choices = choices
        if choices.told:
            self._window.messages.say(choices.told)
        source, state = begin.source, self._window.state
        subject = source.subject()
        dialog = ExportDialog(subject, self._options, self._background.run, self._window)
        self._dialog = dialog
        self._opened += 1
        looks = ExportLooks(dialog.preview, self._background, self._studio, self._window.messages)
        dialog.previewWanted.connect(partial(self._look, looks, source))
        dialog.gateWanted.connect(partial(self._ask_gate, source, self._opened))
        dialog.decisionWanted.connect(self._decide)
        dialog.chosen.connect(partial(self._choose, source))
        dialog.finished.connect(looks.close)
        dialog.finished.connect(self._closed)
        last = state.text(_FORMAT, tuple(BY_ID), TEMPLATE)
        dialog.begin(begin.format_id or last, keeps=state.flag(_KEEPS, otherwise=False))
        dialog.open()

    def _options(self, format_: Format) -> Mapping[str, Any]:
        """Return the options of a format as they were chosen last."""
        last = self._choices.options.get(format_.kind)
        return {} if last is None else last.stored()

    def _look(self, looks: ExportLooks, source: ExportSource, wish: Wish) -> None:
        if self._dialog is not None and accepts(self._dialog, wish):
            looks.look(source, wish)

    def _choose(self, source: ExportSource, wish: Wish) -> None:
        dialog = self._dialog
        if dialog is None or not accepts(dialog, wish):
            return
        self._window.state.remember(**{_KEEPS: dialog.keep.is_wanted})
        if wish.format.id in PICTURES:
            self._window.state.remember(**{_PICTURE: wish.format.id})
        self._writing.ask_where(dialog, source, wish)

    def _ask_gate(self, source: ExportSource, number: int) -> None:
        work = partial(self._studio.decisions.gate, source.design)
        done, failed = partial(self._show_gate, number), partial(self._no_gate, number)
        self._background.run(work, done, failed)

    def _show_gate(self, number: int, verdict: GateVerdict) -> None:
        """Show the answer at the dialog that asked; by now another design may be exported."""
        if self._dialog is None or number != self._opened:
            return
        self._decidable, refusals = _decidable(verdict, self._studio.operator)
        told = [*map(worded, (*verdict.in_the_way, *verdict.warnings)), *refusals]
        decides = self._decidable is not None
        self._dialog.show_gate([] if verdict.open else told, decides=decides)

    def _no_gate(self, number: int, error: Exception) -> None:
        """Whatever is in doubt stays closed."""
        dialog = self._dialog if number == self._opened else None
        if isinstance(error, LuthierError) and dialog is not None:
            dialog.show_gate([error.sentence])
        else:
            self._window.messages.fail(error)

    def _decide(self) -> None:
        if self._deciding is not None and self._decidable is not None:
            finding = self._decidable
            self._deciding.ask_about(finding.check_id, finding.ring_index)

    def _look_again(self, _: str) -> None:
        if self._dialog is not None:
            self._dialog.look_again()

    def _closed(self, _: int) -> None:
        self._dialog = None


def _decidable(verdict: GateVerdict, operator: Operator) -> tuple[Finding | None, list[str]]:
    """Return the first check that *operator* may decide on, and why not on any other."""
    open_ones = [one.finding for one in verdict.closed if not gate_words.never(one.finding)]
    refusals = [gate_words.not_by(finding, operator) for finding in open_ones]
    pairs = zip(open_ones, refusals, strict=True)
    allowed = next((finding for finding, refusal in pairs if not refusal), None)
    return allowed, list(dict.fromkeys(filter(None, refusals)))


def design_of(studio: Studio, run_id: str) -> RosetteParamSpec:
    """Return the design that a run is about; on the worker.

    Raises:
        NotFound: There is no such run, or it is about no design.
        RecordDamaged: The run is damaged.
    """
    plain = studio.runs.get(run_id).artifact.request.get("design")
    if not isinstance(plain, dict):
        raise NotFound(f"The run {run_id} is about no design; choose a check or a snapshot.")
    return RosetteParamSpec.read(plain, "The design of this run")
