"""Decisions below the checks: offered by status, told at the check, gone with the design."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.gate import Ruling, judge_gate
from luthier_desktop.domain.operators import OWNER, Operator
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_view import CheckView
from luthier_desktop.ui.workbench.gate_words import decisions_of, gate_line
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import find, label, shown, told

ACCEPT, OVERRIDE = "Accept this yellow…", "Override this red…"
VIEWER = Operator(operator_id="vera", name="Vera", role="viewer", auth="pin")
SPARE = Ruling.read(
    {"kind": "accepted", "check": "T1", "ring_index": 2, "reason": "the joint is\nfilled",
     "operator": OWNER, "request_sha256": "0" * 64, "run_id": "run_1",
     "created_at_utc": "2026-01-22T10:00:00.000000Z"},
    "The ruling",
)


def show(
    panel: FeasibilityPanel, scored: Scored, *rulings: Ruling, operator: Operator = OWNER
) -> None:
    verdict = judge_gate(scored, rulings)
    panel.show_decisions(decisions_of(verdict, operator), *gate_line(verdict))


def test_a_yellow_can_be_accepted_directly_below_the_check_that_decides(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.YELLOW)
    show(panel, scores.YELLOW)
    assert shown(view)[1] == ACCEPT
    view.setCurrentIndex(find(view, ACCEPT))
    assert panel.chosen_check() == ("T1", 2)
    with qtbot.waitSignal(panel.decisionRequested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["T1", 2]


def test_a_click_asks_for_the_decision(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.RED)
    show(panel, scores.RED)
    place = view.visualRect(find(view, OVERRIDE)).center()
    with qtbot.waitSignal(panel.decisionRequested) as asked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["C1", None]


def test_opening_the_why_leaves_the_decision_directly_under_the_check(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.YELLOW)
    show(panel, scores.YELLOW)
    view.setCurrentIndex(find(view, "Decides the verdict"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert shown(view)[1] == ACCEPT
    assert shown(view).count(ACCEPT) == 1


def test_every_other_red_or_yellow_check_has_its_decision_inside(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    show(panel, scores.RED)
    assert ACCEPT in told(view.model(), find(view, "The tiles close, ring\u00a02"))
    assert ACCEPT not in told(view.model(), find(view, "Residual top, red"))


def test_a_red_that_breaks_the_top_says_that_nobody_can_override_it(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    through = scores.RESIDUAL_RED._replace(value=0.0, margin=-0.8)
    red = scores.scored(RiskBucket.RED, 20.0, (through,), through)
    panel.show_preview(red)
    show(panel, red)
    never = find(view, "This red can never be overridden.")
    assert never.row() == 1
    asked: list[object] = []
    panel.decisionRequested.connect(asked.append)
    view.setCurrentIndex(never)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked == []


def test_a_viewer_is_told_who_may_decide(panel: FeasibilityPanel, view: CheckView) -> None:
    panel.show_preview(scores.YELLOW)
    show(panel, scores.YELLOW, operator=VIEWER)
    assert shown(view)[1] == (
        "Vera (viewer) may not accept a yellow check; an operator or a lead may."
    )


@pytest.mark.parametrize("scored", [scores.GREEN, scores.UNKNOWN])
def test_nothing_is_offered_where_nothing_can_be_decided(
    panel: FeasibilityPanel, view: CheckView, scored: Scored
) -> None:
    panel.show_preview(scored)
    show(panel, scored)
    assert not find(view, "Accept").isValid()
    assert not find(view, "Override").isValid()


def test_an_accepted_check_tells_the_reason_and_its_why_tells_who_and_where(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.YELLOW)
    show(panel, scores.YELLOW)
    view.setCurrentIndex(find(view, ACCEPT))
    show(panel, scores.YELLOW, SPARE)
    assert not find(view, ACCEPT).isValid()
    head = view.model().index(0, 0)
    assert head.data().endswith(", Accepted: the joint is filled")
    assert view.currentIndex() == head
    inside = told(view.model(), head)
    assert inside[0].startswith("Accepted by Owner, recorded as run_1: Accepted: the joint is")


def test_the_next_preview_takes_decisions_and_gate_away(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_recorded(scores.YELLOW, "run_0", 3)
    show(panel, scores.YELLOW, SPARE)
    assert label(panel, "gateState").isVisible()
    panel.say("Accepted by Owner")
    panel.show_preview(scores.YELLOW)
    assert not any("Accept" in row for row in shown(view))
    assert not label(panel, "gateState").isVisible()
    assert not label(panel, "feasibilitySaid").isVisible()


def test_what_is_out_of_date_tells_of_no_decision_and_no_gate(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_recorded(scores.YELLOW, "run_0", 3)
    show(panel, scores.YELLOW, SPARE)
    panel.show_stale()
    assert not any("Accept" in row for row in shown(view))
    assert not label(panel, "gateState").isVisible()


def test_the_gate_is_told_of_a_recorded_verdict_only(panel: FeasibilityPanel) -> None:
    gate = label(panel, "gateState")
    panel.show_preview(scores.YELLOW)
    show(panel, scores.YELLOW)
    assert not gate.isVisible()
    panel.show_recorded(scores.YELLOW, "run_0", 3)
    assert gate.isVisible()
    assert gate.text() == (
        "May be cut: no, because “The tiles close the ring” ring 2 is yellow and not accepted"
    )
    show(panel, scores.YELLOW, SPARE)
    assert gate.text() == "May be cut: yes, 1 check by decision"


def test_a_green_design_may_be_cut(panel: FeasibilityPanel) -> None:
    panel.show_recorded(scores.GREEN, "run_0", 3)
    show(panel, scores.GREEN)
    assert label(panel, "gateState").text() == "May be cut: yes"


def test_a_design_without_rings_may_not_be_cut_and_the_line_says_why(
    panel: FeasibilityPanel,
) -> None:
    panel.show_recorded(scores.NO_RINGS, "run_0", 3)
    show(panel, scores.NO_RINGS)
    assert label(panel, "gateState").text() == (
        "May be cut: no. The verdict is unknown: no rings."
    )


def test_a_damaged_decision_is_told_beside_the_gate(panel: FeasibilityPanel) -> None:
    panel.show_recorded(scores.YELLOW, "run_0", 3)
    verdict = judge_gate(scores.YELLOW, (), ("The decision on T1 ring 2 is damaged.",))
    panel.show_decisions({}, *gate_line(verdict))
    assert label(panel, "gateState").text().splitlines()[1].endswith(" is damaged.")
