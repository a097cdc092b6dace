"""The feasibility panel: the verdict, what it is worth, and why, live and recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from luthier_desktop.domain.feasibility.findings import Rule, Scored
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.ui import style, units
from luthier_desktop.ui.feasibility_panel.verdict_badge import Standing, VerdictBadge
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.widgets import check_words as words
from luthier_desktop.ui.widgets.check_decision import Decision
from luthier_desktop.ui.widgets.check_fixes import fixes_of, worded
from luthier_desktop.ui.widgets.check_rows import (
    NO_ROWS,
    CheckKey,
    CheckRows,
    rows_from_scored,
)
from luthier_desktop.ui.widgets.check_view import CheckView

WIDEST_BUTTON_GAP = 2 * style.GRID


class FeasibilityPanel(QWidget):
    """Shows one score at a time: as a preview, as a recorded run, or as out of date.

    ``fieldRequested(path, ring_index)`` asks the editor for the field that holds a number,
    ``ringHovered(ring_index)`` for a ring to stand out, ``checkRequested()`` to check and record.
    ``fixPreviewed(fix)`` asks to show what a fix would do, None to stop; ``fixChosen(fix)`` to
    apply it. ``decisionRequested(check_id, ring_index)`` asks for a decision on that check.
    """

    fieldRequested = Signal(str, object)
    ringHovered = Signal(object)
    checkRequested = Signal()
    fixPreviewed = Signal(object)
    fixChosen = Signal(object)
    decisionRequested = Signal(str, object)

    def __init__(
        self, parent: QWidget | None = None, rules: Mapping[str, Rule] = RULES
    ) -> None:
        super().__init__(parent)
        self._rules = rules
        self.setObjectName("feasibilityPanel")
        self.setAccessibleName(tr("Feasibility"))
        self._setup_name = ""
        self._scored: Scored | None = None
        self._rows = NO_ROWS
        self._badge = VerdictBadge(self)
        self._state = _wrapped("feasibilityState", self)
        self._reason = _wrapped("feasibilityReason", self)
        self._standing = Standing.NONE
        self._gate = _wrapped("gateState", self)
        self._said = _wrapped("feasibilitySaid", self)
        self._checks = CheckView(self)
        self._checks.setObjectName("checksView")
        self._only_problems = QCheckBox(tr("&Only problems"), self)
        self._only_problems.setObjectName("onlyProblems")
        self._check_button = QPushButton(tr("Check and record"), self)
        self._check_button.setObjectName("checkButton")
        self._arrange()
        self._connect()
        self._tell(Standing.NONE, tr("Nothing checked yet"))

    def _arrange(self) -> None:
        set_tool_tip(self._only_problems, tr("Show only what is red, yellow or unknown."))
        set_tool_tip(self._check_button, tr("Judge the design and record the answer (F5)."))
        below = QHBoxLayout()
        below.setSpacing(WIDEST_BUTTON_GAP)
        below.addWidget(self._only_problems)
        below.addStretch(1)
        below.addWidget(self._check_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * style.GRID] * 4)
        column.setSpacing(style.GRID)
        column.addWidget(self._badge)
        column.addWidget(self._state)
        column.addWidget(self._reason)
        column.addWidget(self._gate)
        column.addWidget(self._said)
        column.addLayout(below)
        column.addWidget(self._checks, 1)
        self.setFocusProxy(self._checks)

    def _connect(self) -> None:
        self._checks.fieldRequested.connect(self.fieldRequested)
        self._checks.ringHovered.connect(self.ringHovered)
        self._checks.fixPreviewed.connect(self.fixPreviewed)
        self._checks.fixChosen.connect(self.fixChosen)
        self._checks.decisionRequested.connect(self.decisionRequested)
        self._only_problems.toggled.connect(self._checks.set_only_problems)
        self._check_button.clicked.connect(self._ask_for_check)
        units.display().changed.connect(self._tell_reason)

    def _ask_for_check(self) -> None:
        self.checkRequested.emit()

    def set_setup_name(self, name: str) -> None:
        """Name the setup that assumed inputs come from; seen with the next score."""
        self._setup_name = name

    def show_preview(self, scored: Scored) -> None:
        """Show a score that is not recorded; cheap enough for every step of a drag."""
        self._show(scored, Standing.PREVIEW, tr("Preview, not recorded"))

    def show_recorded(self, scored: Scored, run_id: str, seq: int) -> None:
        """Show the score of a recorded run."""
        self._show(
            scored, Standing.RECORDED, tr("Recorded as {0}, number {1}").format(run_id, seq)
        )

    def show_stale(self) -> None:
        """Say that what is shown no longer belongs to the design; fixes and decisions go."""
        if self._scored is not None:
            self._forget_gate()
            self._show_rows(_bare(self._rows))
            self._tell(Standing.STALE, tr("Out of date: press F5"))

    def show_fixes(
        self,
        fixes: Mapping[CheckKey, Sequence[Remedy]],
        sensitivity: Mapping[CheckKey, str] = NO_ROWS.sensitivity,
    ) -> None:
        """Show the fixes of the score that is shown, and how sure each check is.

        The next preview takes them away: its design is another one.
        """
        if self._scored is not None:
            numbers = [ring.ring_index for ring in self._scored.rings]
            sure = {key: worded(text) for key, text in sensitivity.items()}
            rows = self._rows._replace(fixes=fixes_of(fixes, numbers), sensitivity=sure)
            self._show_rows(rows)

    def show_decisions(
        self, decisions: Mapping[CheckKey, Decision], gate: str, detail: str = ""
    ) -> None:
        """Show what was and can be decided; *gate* says whether the design may be cut.

        The gate is told of a recorded verdict only. The next preview takes all of it away.
        """
        if self._scored is not None:
            self._show_rows(self._rows._replace(decisions=decisions))
            self._gate.setText(tr(gate))
            set_tool_tip(self._gate, detail)
            self._show_gate()

    def chosen_check(self) -> CheckKey | None:
        """Return the check that the chosen row tells of, if it tells of one."""
        return self._checks.chosen_check()

    def say(self, sentence: str) -> None:
        """Say *sentence* above the checks until another score is shown."""
        self._said.setText(tr(sentence))
        self._said.setVisible(bool(sentence))

    def _forget_gate(self) -> None:
        self._gate.setText("")
        set_tool_tip(self._gate, "")

    def _show_gate(self) -> None:
        is_told = self._standing is Standing.RECORDED and bool(self._gate.text())
        self._gate.setVisible(is_told)

    def _show(self, scored: Scored, standing: Standing, sentence: str) -> None:
        rows = rows_from_scored(scored, self._rules, self._setup_name)
        if standing is Standing.RECORDED and scored == self._scored:
            rows = rows._replace(
                fixes=self._rows.fixes,
                sensitivity=self._rows.sensitivity,
                decisions=self._rows.decisions,
            )
        else:
            self._forget_gate()
        self.say("")
        self._scored = scored
        self._show_rows(rows)
        self._tell(standing, sentence)

    def _show_rows(self, rows: CheckRows) -> None:
        self._rows = rows
        self._checks.show_rows(rows)

    def _tell(self, standing: Standing, sentence: str) -> None:
        scored = self._scored
        self._standing = standing
        self._show_gate()
        self._state.setText(tr(sentence))
        if scored is None:
            self._badge.show_verdict(None, None, standing)
            self._reason.hide()
            return
        self._badge.show_verdict(scored.risk_bucket, scored.score, standing)
        self._tell_reason()

    def _tell_reason(self) -> None:
        reason = "" if self._scored is None else _reason(self._scored)
        self._reason.setText(tr(reason))
        self._reason.setVisible(bool(reason))


def _bare(rows: CheckRows) -> CheckRows:
    return rows._replace(
        fixes=None, sensitivity=NO_ROWS.sensitivity, decisions=NO_ROWS.decisions
    )


def _reason(scored: Scored) -> str:
    """Say why there is no verdict, where no check below says it."""
    if scored.risk_bucket is not RiskBucket.UNKNOWN or scored.binding is not None:
        return ""
    why = words.told(scored.warnings[0]) if scored.warnings else "nothing could be judged"
    return f"Why: {why}"


def _wrapped(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
