"""The tree of checks: what comes first, what opens, what survives an update."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.ui import style
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import find, shown, told


def test_the_check_that_decides_comes_first_with_its_message(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    first = view.model().index(0, 0)
    assert first.data() == (
        "Decides the verdict: Residual top, red, 0.4\u00a0mm, needs at least 0.8\u00a0mm"
    )
    assert first.data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "Only 0.4 mm of top is left under a 2.4 mm channel; at least 0.8 mm is needed."
    )


def test_nothing_decides_a_green_verdict(panel: FeasibilityPanel, view: CheckView) -> None:
    panel.show_preview(scores.GREEN)
    assert not any(row.startswith("Decides") for row in told(view.model()))


def test_checks_stand_by_lane_in_the_order_of_lanes_then_warnings_and_assumed_inputs(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    assert told(view.model())[1:] == [
        "Layout, green, 1 green, 1 advice",
        "Channel, red, 1 red, 1 green",
        "Tiles, yellow, 1 yellow, 1 green, 1 not judged",
        "Warnings, 1",
        "Assumed inputs, 3",
    ]


def test_in_a_lane_problems_come_first_and_the_rest_waits_in_a_closed_row(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.YELLOW)
    lane = find(view, "Tiles")
    assert view.isExpanded(lane)
    problem, rest = told(view.model(), lane)
    assert problem == (
        "The tiles close, ring\u00a02, yellow, 0.06\u00a0mm, green: at most 0.03\u00a0mm"
    )
    assert rest == "1 green, 1 not judged"
    assert not view.isExpanded(find(view, rest, lane))
    assert not view.isExpanded(find(view, "Channel"))


def test_a_screen_reader_hears_a_check_in_one_breath(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    row = find(view, "Residual top")
    said = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Residual top, red, 0.4\u00a0mm, needs at least 0.8\u00a0mm"


def test_a_check_opens_to_why(panel: FeasibilityPanel, view: CheckView) -> None:
    panel.show_preview(scores.RED)
    assert told(view.model(), find(view, "Residual top")) == [
        "Only 0.4 mm of top is left under a 2.4 mm channel; at least 0.8 mm is needed.",
        "Formula: t_rout - d - back",
        "top thickness when routed = 2.8\u00a0mm",
        "channel depth d = 2.4\u00a0mm",
        "taken from the back = 0\u00a0mm",
        "Margin: 0.4\u00a0mm beyond the limit",
        (
            "Limits: Green: at least 1.2 mm (here 1.2\u00a0mm)\n"
            "Yellow: 0.8 to 1.2 mm (here 0.8\u00a0mm)\n"
            "Red: less than 0.8 mm"
        ),
        "Source: half the thickness: jsevy.com",
        "Confidence: high: a named source",
    ]


def test_confidence_is_told_in_words(panel: FeasibilityPanel, view: CheckView) -> None:
    panel.show_preview(scores.RED)
    said = {
        title: told(view.model(), find(view, title))[-1]
        for title in ("Residual top", "Inlay left", "The tiles close")
    }
    assert said == {
        "Residual top": "Confidence: high: a named source",
        "Inlay left": "Confidence: medium: one source, or several weak ones",
        "The tiles close": "Confidence: low: an estimate",
    }


def test_an_assumed_input_says_where_it_comes_from(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.set_setup_name("Workshop")
    panel.show_preview(scores.RED)
    assert told(view.model(), find(view, "Assumed inputs")) == [
        "channel depth = 1.6\u00a0mm, from the setup 'Workshop'",
        "top's wood = sitka spruce, from the setup 'Workshop'",
        "taken from the face = 0\u00a0mm, the default",
    ]


def test_only_problems_leaves_out_all_that_is_in_order(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.RED)
    box = panel.findChild(QCheckBox, "onlyProblems")
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert shown(view) == [
        "Decides the verdict: Residual top, red, 0.4\u00a0mm, needs at least 0.8\u00a0mm",
        "Channel, red, 1 red",
        "Residual top, red, 0.4\u00a0mm, needs at least 0.8\u00a0mm",
        "Tiles, yellow, 1 yellow",
        "The tiles close, ring\u00a02, yellow, 0.06\u00a0mm, green: at most 0.03\u00a0mm",
        "Warnings, 1",
        "Material efficiency is not given: the stock used has not been worked out.",
    ]


def test_only_problems_says_so_when_there_are_none(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.GREEN)
    view.set_only_problems(True)
    assert shown(view) == ["No problems: no check is red, yellow or unknown."]


def test_an_update_keeps_what_is_open_and_chosen(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    check = find(view, "The tiles close, ring\u00a02")
    view.expand(check)
    view.setCurrentIndex(find(view, "Formula", check))
    panel.show_preview(scores.YELLOW)
    again = find(view, "The tiles close, ring\u00a02", find(view, "Tiles"))
    assert view.isExpanded(again)
    assert view.currentIndex() == find(view, "Formula", again)


def test_a_check_that_moves_among_the_greens_stays_open_and_chosen(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    check = find(view, "Residual top", find(view, "Channel"))
    view.expand(check)
    view.setCurrentIndex(check)
    panel.show_preview(scores.GREEN)
    assert view.isExpanded(find(view, "Residual top"))
    assert view.currentIndex() == find(view, "Residual top, green")


def test_the_deciding_row_stays_open_when_another_check_decides(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    view.expand(view.model().index(0, 0))
    panel.show_preview(scores.YELLOW)
    assert view.isExpanded(view.model().index(0, 0))
    assert "Formula: C / N - p" in shown(view)


def test_a_lane_that_was_closed_by_hand_stays_closed(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.RED)
    view.collapse(find(view, "Tiles"))
    panel.show_preview(scores.UNKNOWN)
    assert not view.isExpanded(find(view, "Tiles"))


def test_a_lane_opens_by_itself_when_it_gets_a_problem(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.GREEN)
    assert not view.isExpanded(find(view, "Channel"))
    panel.show_preview(scores.RED)
    assert view.isExpanded(find(view, "Channel"))


def test_hostile_text_is_shown_as_it_is(panel: FeasibilityPanel, view: CheckView) -> None:
    hostile = scores.finding("<img src=x>\u202e", scores.R, 1.0, None, message="<b>\n</b>")
    panel.show_preview(scores.scored(RiskBucket.RED, 1.0, [hostile], hostile, ("<i>w</i>",)))
    first = view.model().index(0, 0)
    assert "<img src=x>\u27e8U+202E\u27e9" in first.data()
    described = first.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "<b>\u27e8U+000A\u27e9</b>"
    assert first.data(Qt.ItemDataRole.ToolTipRole) is None
    assert "<i>w</i>" in shown(view)


def test_no_text_is_wider_or_taller_than_its_row(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    long = scores.RESIDUAL_RED._replace(message="wood " * 60 + "x" * 400)
    panel.show_preview(scores.RED._replace(findings=(long,), binding=long))
    view.expandAll()
    for width in (340, 420, 700):
        panel.resize(width, 600)
        view.doItemsLayout()
        tops = [view.visualRect(i).top() for i in _visible(view)]
        heights = [view.visualRect(i).height() for i in _visible(view)]
        assert all(
            top + height <= below
            for (top, below), height in zip(pairwise(tops), heights, strict=False)
        )
        assert max(view.visualRect(i).right() for i in _visible(view)) < view.width()
    narrow, wide = _message_height(panel, view, 340), _message_height(panel, view, 700)
    assert narrow > wide > 40


def test_rows_grow_with_their_text_in_view_and_when_scrolled_to(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    short = [scores.finding("T1", scores.R, 1.0, -0.9, ring) for ring in range(30)]
    long = [found._replace(message="wood " * 80) for found in short]
    panel.show_preview(scores.scored(RiskBucket.RED, 1.0, short, short[0]))
    for ring in (0, 29):
        view.expand(find(view, f"The tiles close, ring\u00a0{ring}, red"))
    view.expand(view.model().index(0, 0))
    first, last = (_visible(view)[0], find(view, "The tiles close, ring\u00a029, red"))
    before = view.visualRect(first).height()
    changed = long[0]
    panel.show_preview(scores.scored(RiskBucket.RED, 1.0, [*short[:29], long[29]], changed))
    QApplication.processEvents()
    assert view.visualRect(first).height() > before + 40
    view.scrollToBottom()
    QApplication.processEvents()
    message = view.model().index(0, 0, last)
    assert str(message.data()).startswith("wood")
    assert view.visualRect(message).height() > 40


def _visible(view: CheckView) -> list[QModelIndex]:
    found = []
    index = view.model().index(0, 0)
    while index.isValid():
        found.append(index)
        index = view.indexBelow(index)
    return found


def _message_height(panel: FeasibilityPanel, view: CheckView, width: int) -> int:
    panel.resize(width, 600)
    view.doItemsLayout()
    return view.visualRect(view.model().index(0, 0)).height()


def test_the_tree_paints_in_both_themes(
    panel: FeasibilityPanel, view: CheckView, qapp: object
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    panel.show_preview(scores.RED)
    view.expandAll()
    pictures = []
    for theme in (style.DARK, style.LIGHT):
        style.apply(app, theme)
        app.processEvents()
        image = view.viewport().grab().toImage()
        pictures.append(image.pixelColor(view.width() - 40, 5).name())
        assert pictures[-1] == style.risk_sign("RED").soft
    assert pictures[0] != pictures[1]
