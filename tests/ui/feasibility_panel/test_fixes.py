"""Fixes below the checks: worded for the bench, previewed by pointing, applied by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_fix import Fix
from luthier_desktop.ui.widgets.check_fixes import fixes_of
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import find, shown, told

DEPTH = Remedy("channel.depth_mm", 1.6, 1.4, "C1")
TOP = Remedy("top.thickness_mm", 2.2, 2.6, "C1", "Makes C3 YELLOW.", Status.GREEN)
BIT = Remedy("setup.tool.diameter_mm", 2.0, 1.5875, "C1")
FIXES = {("C1", None): (DEPTH, TOP, BIT)}


def words_of(remedy: Remedy, ring: int | None = None) -> Fix:
    return fixes_of({("C1", ring): (remedy,)}, [4, 7])["C1", ring][0]


@pytest.fixture
def fixed(panel: FeasibilityPanel) -> FeasibilityPanel:
    """The panel with a red score and three fixes of the check that decides it."""
    panel.show_preview(scores.RED)
    panel.show_fixes(FIXES)
    return panel


@pytest.mark.parametrize(
    ("remedy", "text", "step"),
    [
        (DEPTH, "Channel depth 1.6 → 1.4\u00a0mm", "Fix C1: channel depth 1.6 to 1.4\u00a0mm"),
        (
            Remedy("ring_params[1].pattern.count", 60, 58, "T1"),
            "Ring 7 pieces round 60 → 58",
            "Fix C1: ring 7 pieces round 60 to 58",
        ),
        (
            Remedy("channel.clearance_mm", None, 0.05, "F1"),
            "Clearance not given → 0.05\u00a0mm",
            "Fix C1: clearance not given to 0.05\u00a0mm",
        ),
        (
            Remedy("ring_params[0].pattern.lines[2].thickness_mm", 0.9, 0.6, "B1"),
            "Ring 4 line 3 thickness 0.9 → 0.6\u00a0mm",
            "Fix C1: ring 4 line 3 thickness 0.9 to 0.6\u00a0mm",
        ),
        (
            Remedy("top.backed", False, True, "C1"),
            "Backed no → yes",
            "Fix C1: backed no to yes",
        ),
    ],
)
def test_a_fix_is_one_field_with_its_size_and_unit(remedy: Remedy, text: str, step: str) -> None:
    fix = words_of(remedy)
    assert fix.text == text
    assert fix.undo_name == step


def test_a_side_effect_names_the_check_by_its_title() -> None:
    remedy = DEPTH._replace(side_effect="C1b is still YELLOW. Makes C3 at ring 2 RED.")
    notes = words_of(remedy).notes
    assert "C1b" not in notes
    assert "C3" not in notes
    assert notes.endswith("at ring 2 red.")


def test_at_most_three_fixes_are_offered() -> None:
    (found,) = fixes_of({("C1", None): (DEPTH,) * 5}, []).values()
    assert len(found) == 3


def test_fixes_stand_directly_under_the_check_that_decides(
    fixed: FeasibilityPanel, view: CheckView
) -> None:
    rows = shown(view)
    assert rows[0].startswith("Decides the verdict")
    assert rows[1:4] == [
        "Fix: Channel depth 1.6 → 1.4\u00a0mm",
        "Fix: Top thickness 2.2 → 2.6\u00a0mm",
        "Fix: Bit diameter 2 → 1.5875\u00a0mm",
    ]


def test_opening_the_why_leaves_the_fixes_directly_under_the_check(
    fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    closed = shown(view)
    view.setCurrentIndex(find(view, "Decides the verdict"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    opened = shown(view)
    assert opened[:4] == closed[:4]
    assert opened[4].startswith("Formula")
    assert len([row for row in opened if row.startswith("Fix")]) == 3
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert shown(view) == closed


def test_fixes_stand_inside_every_other_red_or_yellow_check(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    panel.show_fixes({("C1", None): (DEPTH,)})
    inside = find(view, "Residual top, red")
    assert inside.data().endswith(", 1 fix")
    assert "Fix: Channel depth 1.6 → 1.4\u00a0mm" in told(view.model(), inside)


def test_a_check_without_a_fix_says_so_only_after_it_was_looked_for(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    sentence = "No single change of one field clears this."
    panel.show_preview(scores.RED)
    assert sentence not in shown(view)
    panel.show_fixes({})
    assert shown(view)[1] == sentence


def test_enter_applies_the_chosen_fix(
    fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    with qtbot.waitSignal(fixed.fixChosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args[0].remedy == DEPTH


def test_a_click_applies_a_fix(fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot) -> None:
    place = view.visualRect(find(view, "Fix: Top thickness")).center()
    with qtbot.waitSignal(fixed.fixChosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0].remedy == TOP


def test_a_fix_of_the_setup_is_only_shown(
    fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    chosen: list[object] = []
    previewed: list[object] = []
    fixed.fixChosen.connect(chosen.append)
    fixed.fixPreviewed.connect(previewed.append)
    index = find(view, "Fix: Bit diameter")
    view.setCurrentIndex(index)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen == []
    assert [one for one in previewed if one is not None] == []
    said = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "In the setup, not in this design: shown only."


def test_choosing_a_row_previews_its_fix_and_leaving_ends_it(
    fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    previewed: list[Fix | None] = []
    fixed.fixPreviewed.connect(previewed.append)
    view.setCurrentIndex(find(view, "Decides the verdict"))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    view.clearFocus()
    assert [None if one is None else one.remedy for one in previewed] == [DEPTH, TOP, None]


def test_pointing_at_a_fix_previews_it_until_the_pointer_leaves(
    fixed: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    previewed: list[Fix | None] = []
    fixed.fixPreviewed.connect(previewed.append)
    view.clearFocus()
    place = view.visualRect(find(view, "Fix: Channel depth")).center()
    qtbot.mouseMove(view.viewport(), place)
    qtbot.waitUntil(lambda: bool(previewed))
    QCursor.setPos(view.mapToGlobal(QPointF(900, 900)).toPoint())
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert [None if one is None else one.remedy for one in previewed] == [DEPTH, None]


def test_the_next_score_takes_the_fixes_and_their_preview_away(
    fixed: FeasibilityPanel, view: CheckView
) -> None:
    previewed: list[object] = []
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    fixed.fixPreviewed.connect(previewed.append)
    fixed.show_preview(scores.YELLOW)
    assert not [row for row in shown(view) if row.startswith("Fix")]
    assert previewed == [None]


def test_recording_the_same_score_keeps_its_fixes(
    fixed: FeasibilityPanel, view: CheckView
) -> None:
    fixed.show_recorded(scores.RED, "run_20260122_0123456789abcdef", 7)
    assert len([row for row in shown(view) if row.startswith("Fix")]) == 3
    fixed.show_stale()
    assert not [row for row in shown(view) if row.startswith("Fix")]


def test_how_sure_a_check_is_stands_in_its_why(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    panel.show_fixes({}, {("C1", None): "holds for +-50 % of the cutting force"})
    sentence = "holds for ±50 % of the cutting force"
    assert f"How sure: {sentence}" in told(view.model(), find(view, "Decides the verdict"))
