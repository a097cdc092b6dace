"""Decisions on checks: asked for in a dialog, recorded on the worker, shown while they hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.errors import InputRefused, LuthierError, NotAllowed
from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.decisions import Decided
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.main_window import FEASIBILITY, MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.widgets.check_rows import PROBLEMS, CheckKey, rows_from_scored
from luthier_desktop.ui.widgets.check_words import limit_text, told, value_text
from luthier_desktop.ui.widgets.pauses import REST_MS, pause
from luthier_desktop.ui.workbench import gate_words
from luthier_desktop.ui.workbench.decision_dialog import Asked, DecisionDialog
from luthier_desktop.ui.workbench.signing_in import SigningIn

_NOT_JUDGED = "There is nothing to decide: this design was not judged."
_ALL_WELL = "There is nothing to decide: no check is red or yellow."
_ALL_DECIDED = "There is nothing left to decide: every red and yellow check was decided on."
_FAILED = "This failed; look in the run log whether it was recorded."


class _Judged(NamedTuple):
    """What is on the bench: the design, its score, and the setup it was judged for."""

    design: RosetteParamSpec
    scored: Scored
    setup: Setup


class Deciding(QObject):
    """Asks for decisions and shows what they open; an answer for another design is dropped.

    ``recorded(run_id)`` tells of a decision, ``notRecorded(error)`` of none. ``setupFound`` comes
    when the setup in use is another one than the design was judged for.
    """

    recorded = Signal(str)
    notRecorded = Signal(object)
    setupFound = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        panel: FeasibilityPanel,
        signing: SigningIn,
    ) -> None:
        super().__init__(panel)
        self._window = window
        self._background = background
        self._studio = studio
        self._panel = panel
        self._signing = signing
        self._judged: _Judged | None = None
        self._verdict: GateVerdict | None = None
        self._dialog: DecisionDialog | None = None
        self._asked: tuple[_Judged, Finding] | None = None
        self._resting = pause(self, REST_MS)
        self._resting.timeout.connect(self._look)
        panel.decisionRequested.connect(self.ask_about)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about decisions calls."""
        return {"accept_check": self.ask}

    def look_for(self, design: RosetteParamSpec, scored: Scored) -> None:
        """Ask what holds for *design* unless another one follows at once, as in a drag."""
        self._take(design, scored)
        self._resting.start()

    def look_now(self, design: RosetteParamSpec, scored: Scored) -> None:
        """Ask at once what holds for *design*, whose check was just recorded."""
        self._take(design, scored)
        self._look()

    def look_again(self) -> None:
        """Ask what holds for whoever works now."""
        self._ask_pin()
        self._look()

    def forget(self) -> None:
        """Show no decision: what is on the bench could not be judged."""
        self._resting.stop()
        self._judged = self._verdict = None

    def close(self) -> None:
        """Ask for nothing more."""
        self._resting.stop()

    def ask(self) -> None:
        """Ask for a decision on the chosen check, else on the next that needs one."""
        self._window.dock(FEASIBILITY).show()
        if self._judged is None:
            self._panel.say(_NOT_JUDGED)
            return
        found = next((key for key in self._candidates() if not self._is_lifted(key)), None)
        if found is not None:
            self.ask_about(*found)
        else:
            problems = [f for f in self._judged.scored.findings if f.status in PROBLEMS]
            self._panel.say(_ALL_DECIDED if problems else _ALL_WELL)

    def ask_about(self, check_id: str, ring_index: int | None) -> None:
        """Ask for a decision on this check, or say at the panel why there can be none."""
        finding = self._finding((check_id, ring_index))
        if self._judged is None or finding is None:
            self._panel.say(_NOT_JUDGED)
            return
        never, again = gate_words.never(finding), partial(self.ask_about, check_id, ring_index)
        if not never and not self._signing.admit(gate_words.right_for(finding), again):
            return
        refusal = never or gate_words.not_by(finding, self._studio.operator)
        if refusal:
            self._panel.say(refusal)
            return
        self._asked = (self._judged, finding)
        self._dialog = dialog = DecisionDialog(_asked(*self._asked), self._window)
        self._ask_pin()
        dialog.decided.connect(self._record)
        dialog.finished.connect(self._let_go)
        dialog.open()

    def _take(self, design: RosetteParamSpec, scored: Scored) -> None:
        self._judged = _Judged(design, scored, self._studio.setups.last_known())
        self._verdict = None

    def _look(self) -> None:
        if self._judged is not None:
            self._resting.stop()
            work = partial(self._studio.decisions.gate, self._judged.design)
            done = partial(self._show, self._judged)
            self._background.run(work, done, partial(self._not_told, self._judged))

    def _show(self, judged: _Judged, verdict: GateVerdict) -> None:
        if judged is not self._judged:
            return
        if self._studio.setups.last_known() != judged.setup:
            self.setupFound.emit()
            return
        self._verdict = verdict
        decisions = gate_words.decisions_of(verdict, self._studio.operator)
        self._panel.show_decisions(decisions, *gate_words.gate_line(verdict))

    def _not_told(self, judged: _Judged, error: Exception) -> None:
        """Whatever is in doubt stays closed."""
        if not isinstance(error, LuthierError):
            self._window.messages.fail(error)
        elif judged is self._judged:
            self._panel.show_decisions({}, *gate_words.no_line(error.sentence))

    def _candidates(self) -> list[CheckKey]:
        chosen = self._panel.chosen_check()
        scored = self._judged.scored if self._judged is not None else None
        binding = scored.binding if scored is not None else None
        findings = scored.findings if scored is not None else ()
        problems = [_key(finding) for finding in findings if finding.status in PROBLEMS]
        first = [chosen] if chosen is not None else []
        return [*first, *([_key(binding)] if binding is not None else []), *problems]

    def _is_lifted(self, key: CheckKey) -> bool:
        lifted = self._verdict.lifted if self._verdict is not None else ()
        return any(_key(check.finding) == key for check in lifted)

    def _finding(self, key: CheckKey) -> Finding | None:
        findings = self._judged.scored.findings if self._judged is not None else ()
        return next((finding for finding in findings if _key(finding) == key), None)

    def _ask_pin(self) -> None:
        """Let a lead who has a PIN type it again before a red is overridden."""
        if self._dialog is not None and self._asked is not None:
            operator, is_red = self._studio.operator, _is_red(self._asked[1])
            has_pin = is_red and operator.auth == "pin"
            self._dialog.ask_pin(operator.name if has_pin else "")

    def _record(self, reason: str, pin: str) -> None:
        """Decide on what was seen: this design, judged for that setup."""
        if self._asked is None:
            return
        judged, finding = self._asked
        decisions = self._studio.decisions
        what = (judged.design, *_key(finding), reason, judged.setup)
        work = partial(decisions.accept, *what)
        if _is_red(finding):
            work = partial(decisions.signed(pin or None).override, *what)
        self._background.run(work, partial(self._was_recorded, judged), self._was_not_recorded)

    def _was_recorded(self, judged: _Judged, decided: Decided) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        told = gate_words.recorded(decided.ruling, decided.seq)
        self._show(judged, decided.verdict)
        self._panel.say(told)
        self.recorded.emit(decided.ruling.run_id)

    def _was_not_recorded(self, error: Exception) -> None:
        if self._dialog is not None:
            sentence = error.sentence if isinstance(error, LuthierError) else _FAILED
            self._dialog.refuse(sentence)
            if isinstance(error, InputRefused | NotAllowed):
                return
        self.notRecorded.emit(error)

    def _let_go(self) -> None:
        self._dialog = None


def _key(finding: Finding) -> CheckKey:
    return finding.check_id, finding.ring_index


def _is_red(finding: Finding) -> bool:
    return gate_words.kind_of(finding) == "overridden"


def _asked(judged: _Judged, finding: Finding) -> Asked:
    rows = rows_from_scored(judged.scored, RULES).rows
    row = next(row for row in rows if row.key == _key(finding))
    return Asked(
        kind=gate_words.kind_of(finding),
        status=finding.status.value,
        check=gate_words.heading(finding),
        value=", ".join(part for part in (value_text(row), limit_text(row)) if part),
        message=told(finding.message),
        design=shown(judged.design.name or "without a name"),
    )
