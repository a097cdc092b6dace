"""The tree of checks under keys and pointer: what opens, which field and which ring it tells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import find

Key = Qt.Key


def use(view: CheckView, index: QModelIndex, qtbot: QtBot, key: Qt.Key = Key.Key_Return) -> None:
    view.setCurrentIndex(index)
    qtbot.keyClick(view, key)


def click(view: CheckView, index: QModelIndex, qtbot: QtBot) -> None:
    view.scrollTo(index)
    place = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_opens_and_closes_a_check(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot, key: Qt.Key
) -> None:
    panel.show_preview(scores.RED)
    check = find(view, "Residual top")
    use(view, check, qtbot, key)
    assert view.isExpanded(check)
    use(view, check, qtbot, key)
    assert not view.isExpanded(check)


def test_arrows_walk_and_open(panel: FeasibilityPanel, view: CheckView, qtbot: QtBot) -> None:
    panel.show_preview(scores.RED)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Key.Key_Right)
    assert view.isExpanded(view.model().index(0, 0))
    qtbot.keyClick(view, Key.Key_Down)
    assert view.currentIndex().data() == "Formula: t_rout - d - back"
    qtbot.keyClick(view, Key.Key_Left)
    qtbot.keyClick(view, Key.Key_Left)
    assert view.currentIndex() == view.model().index(0, 0)
    assert not view.isExpanded(view.model().index(0, 0))


def test_enter_on_a_number_asks_for_its_field(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.RED)
    row = find(view, "channel depth d = 2.4")
    with qtbot.waitSignal(panel.fieldRequested) as asked:
        use(view, row, qtbot)
    assert asked.args == ["channel.depth_mm", None]


def test_a_click_on_a_number_asks_for_the_field_in_its_ring(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.YELLOW)
    view.expand(view.model().index(0, 0))
    with qtbot.waitSignal(panel.fieldRequested) as asked:
        click(view, find(view, "tile length p = 2.5"), qtbot)
    assert asked.args == ["tile_length_mm", 2]


def test_a_click_on_a_check_opens_it(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.RED)
    check = find(view, "Residual top")
    click(view, check, qtbot)
    assert view.isExpanded(check)


def test_what_is_missing_leads_to_the_field_to_fill_in(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    missing = scores.TILES_UNKNOWN._replace(
        inputs={"missing": "ring_params[1].tile_length_mm, channel.depth_mm"}
    )
    panel.show_preview(scores.scored(RiskBucket.UNKNOWN, 50.0, [missing], missing))
    asked: list[object] = []
    panel.fieldRequested.connect(lambda path, ring: asked.append((path, ring)))
    for begins in ("tile length = fill in", "channel depth = fill in"):
        use(view, find(view, begins), qtbot)
    assert asked == [("tile_length_mm", 3), ("channel.depth_mm", None)]


def test_a_number_of_the_setup_says_so_and_leads_nowhere(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    missing = scores.TILES_UNKNOWN._replace(inputs={"missing": "tool.diameter_mm"})
    panel.show_preview(scores.scored(RiskBucket.UNKNOWN, 50.0, [missing], missing))
    row = find(view, "bit diameter")
    assert row.data() == "bit diameter = fill in, in the setup"
    asked: list[object] = []
    panel.fieldRequested.connect(lambda path, ring: asked.append(path))
    use(view, row, qtbot)
    click(view, row, qtbot)
    assert asked == []


def test_choosing_a_ring_s_check_makes_the_ring_stand_out(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.YELLOW)
    told_rings: list[object] = []
    panel.ringHovered.connect(told_rings.append)
    view.setCurrentIndex(find(view, "Channel"))
    view.setCurrentIndex(find(view, "The tiles close, ring\u00a02"))
    view.setCurrentIndex(find(view, "Channel"))
    assert told_rings == [2, None]


def test_the_ring_under_the_pointer_stands_out_until_it_leaves(
    panel: FeasibilityPanel, view: CheckView, qtbot: QtBot
) -> None:
    panel.show_preview(scores.YELLOW)
    told_rings: list[object] = []
    panel.ringHovered.connect(told_rings.append)
    for begins in ("The tiles close, ring\u00a02", "Channel"):
        place = view.visualRect(find(view, begins)).center()
        qtbot.mouseMove(view.viewport(), place)
    assert told_rings == [2, None]


def test_an_update_tells_no_ring_in_passing(panel: FeasibilityPanel, view: CheckView) -> None:
    panel.show_preview(scores.YELLOW)
    view.setCurrentIndex(find(view, "The tiles close, ring\u00a02", find(view, "Tiles")))
    told_rings: list[object] = []
    panel.ringHovered.connect(told_rings.append)
    panel.show_preview(scores.RED)
    panel.show_preview(scores.YELLOW)
    assert told_rings == []


def test_a_chosen_ring_stands_out_only_while_the_tree_has_the_focus(
    panel: FeasibilityPanel, view: CheckView
) -> None:
    panel.show_preview(scores.YELLOW)
    view.setCurrentIndex(find(view, "The tiles close, ring\u00a02"))
    told_rings: list[object] = []
    panel.ringHovered.connect(told_rings.append)
    box = panel.findChild(QCheckBox, "onlyProblems")
    assert box is not None
    box.setFocus()
    panel.show_preview(scores.RED)
    assert told_rings == [None]
    view.setFocus()
    assert told_rings == [None, 2]
