"""The verdict: shown three ways, told for what it is worth, never better than it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.ui import style
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.feasibility_panel.verdict_badge import VerdictBadge
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import label

RUN_ID = "run_20260122_0123456789abcdef"


def badge_of(panel: FeasibilityPanel) -> VerdictBadge:
    badge = panel.findChild(VerdictBadge, "verdictBadge")
    assert badge is not None
    return badge


def backdrop(panel: FeasibilityPanel) -> str:
    badge = badge_of(panel)
    middle = QPoint(badge.width() // 2, 6)
    return badge.grab().toImage().pixelColor(middle).name()


@pytest.mark.parametrize(
    ("scored", "word"),
    [
        (scores.RED, "Red"),
        (scores.YELLOW, "Yellow"),
        (scores.GREEN, "Green"),
        (scores.UNKNOWN, "Unknown"),
    ],
)
def test_a_verdict_has_its_own_colour_glyph_and_word(
    panel: FeasibilityPanel, scored: Scored, word: str
) -> None:
    panel.show_preview(scored)
    sign = style.risk_sign(scored.risk_bucket)
    assert badge_of(panel).word == sign.word == word
    assert backdrop(panel) == sign.soft
    others = {"RED", "YELLOW", "GREEN", "UNKNOWN"} - {scored.risk_bucket.value}
    assert sign.glyph not in {style.risk_sign(other).glyph for other in others}


def test_the_score_is_shown_to_one_decimal(panel: FeasibilityPanel) -> None:
    panel.show_preview(scores.RED)
    assert badge_of(panel).score_text == "31.4"


def test_a_screen_reader_hears_verdict_score_and_what_they_are_worth(
    panel: FeasibilityPanel,
) -> None:
    panel.show_preview(scores.RED)
    said = badge_of(panel).accessibleName()
    assert said == "Verdict: Red, score 31.4 of 100, preview, not recorded"


def test_without_rings_the_verdict_is_unknown_with_a_dash_and_the_reason(
    panel: FeasibilityPanel,
) -> None:
    panel.show_preview(scores.NO_RINGS)
    assert badge_of(panel).word == "Unknown"
    assert badge_of(panel).score_text == "\u2013"
    reason = label(panel, "feasibilityReason")
    assert reason.isVisible()
    assert reason.text() == "Why: no rings"


def test_the_reason_goes_when_checks_tell_it(panel: FeasibilityPanel) -> None:
    panel.show_preview(scores.NO_RINGS)
    panel.show_preview(scores.UNKNOWN)
    assert not label(panel, "feasibilityReason").isVisible()


def test_unknown_never_looks_like_a_pass(panel: FeasibilityPanel) -> None:
    green = style.risk_sign("GREEN")
    for scored in (scores.UNKNOWN, scores.NO_RINGS):
        panel.show_preview(scored)
        assert backdrop(panel) != green.soft
        assert badge_of(panel).word != green.word
    assert style.risk_sign("UNKNOWN").glyph != green.glyph


def test_before_any_check_nothing_is_claimed(panel: FeasibilityPanel) -> None:
    assert badge_of(panel).word == "Not checked"
    assert badge_of(panel).score_text == "\u2013"
    assert label(panel, "feasibilityState").text() == "Nothing checked yet"
    assert backdrop(panel) != style.risk_sign("GREEN").soft


def test_a_preview_says_that_it_is_not_recorded(panel: FeasibilityPanel) -> None:
    panel.show_preview(scores.GREEN)
    assert label(panel, "feasibilityState").text() == "Preview, not recorded"


def test_a_recorded_score_names_its_run_and_number(panel: FeasibilityPanel) -> None:
    panel.show_recorded(scores.GREEN, RUN_ID, 1234)
    assert label(panel, "feasibilityState").text() == f"Recorded as {RUN_ID}, number 1234"


def test_a_preview_after_a_recorded_score_no_longer_names_the_run(
    panel: FeasibilityPanel,
) -> None:
    panel.show_recorded(scores.GREEN, RUN_ID, 1234)
    panel.show_preview(scores.GREEN)
    assert RUN_ID not in label(panel, "feasibilityState").text()


def test_a_stale_score_says_so_and_loses_its_colour(panel: FeasibilityPanel) -> None:
    panel.show_recorded(scores.GREEN, RUN_ID, 1234)
    panel.show_stale()
    assert label(panel, "feasibilityState").text() == "Out of date: press F5"
    assert backdrop(panel) == style.tokens().panel
    assert "out of date" in badge_of(panel).accessibleName()


def test_nothing_checked_cannot_go_stale(panel: FeasibilityPanel) -> None:
    panel.show_stale()
    assert label(panel, "feasibilityState").text() == "Nothing checked yet"


def test_the_button_asks_for_a_check(panel: FeasibilityPanel, qtbot: QtBot) -> None:
    button = panel.findChild(QPushButton, "checkButton")
    assert button is not None
    with qtbot.waitSignal(panel.checkRequested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_hostile_text_in_the_labels_stays_plain(panel: FeasibilityPanel) -> None:
    hostile = "<b>bold</b>\u202etxt"
    panel.show_preview(scores.NO_RINGS._replace(warnings=(hostile,)))
    for name in ("feasibilityState", "feasibilityReason"):
        assert label(panel, name).textFormat() is Qt.TextFormat.PlainText
    assert label(panel, "feasibilityReason").text() == "Why: <b>bold</b>\u27e8U+202E\u27e9txt"
