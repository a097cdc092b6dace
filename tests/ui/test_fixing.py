"""From a red verdict to a fix: looked for, drawn as a preview, done as one step, judged again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.desk import Desk, wait_until
from tests.ui.feasibility_panel.rows import find, shown


def too_deep(desk: Desk, depth_mm: float = 3.0) -> RosetteParamSpec:
    """A starter with a channel that goes through its 2.8 mm top."""
    starter = desk.workbench.studio.presets.starters()[0].design
    top = (starter.top or TopPlate()).model_copy(update={"thickness_mm": 2.8})
    channel = (starter.channel or Channel()).model_copy(update={"depth_mm": depth_mm})
    return starter.model_copy(update={"top": top, "channel": channel})


def checks(desk: Desk) -> CheckView:
    view = desk.find("checksView")
    assert isinstance(view, CheckView)
    return view


def fixes(desk: Desk) -> list[str]:
    return [row for row in shown(checks(desk)) if row.startswith("Fix: ")]


@pytest.fixture
def red(desk: Desk) -> Desk:
    """A window with a red design whose fixes were found; its setup's name is known."""
    desk.workbench.editor.set_design(too_deep(desk))
    wait_until(lambda: bool(fixes(desk)))
    return desk


def pictured(desk: Desk) -> Any:
    return desk.find("designCanvas").grab().toImage()


def test_a_fix_is_one_named_step_that_clears_its_check(red: Desk) -> None:
    editor = red.workbench.editor
    before = editor.design()
    view = checks(red)
    view.setFocus()
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    QTest.keyClick(view, Qt.Key.Key_Return)
    after = editor.design()
    assert editor.undo_stack.count() == 1
    assert editor.undo_stack.undoText().startswith("Fix C1: channel depth 3 to ")
    assert after.channel is not None
    assert after == before.model_copy(update={"channel": after.channel})
    scored = red.workbench.studio.feasibility.preview(after)
    assert scored.risk_bucket is not RiskBucket.RED
    editor.undo_stack.undo()
    assert editor.design() == before


def test_pointing_draws_a_preview_and_changes_nothing(red: Desk) -> None:
    editor = red.workbench.editor
    before, drawn = editor.design(), pictured(red)
    changed: list[object] = []
    editor.designChanged.connect(changed.append)
    view = checks(red)
    red.focus("checksView")
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    assert pictured(red) != drawn
    red.focus("runLogTable")
    assert pictured(red) == drawn
    assert editor.design() == before
    assert changed == []
    assert editor.undo_stack.count() == 0
    assert red.log.table.model().rowCount() == 0


def test_a_check_records_the_design_and_not_its_preview(red: Desk) -> None:
    view = checks(red)
    red.focus("checksView")
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    recorded: list[Any] = []
    red.workbench.recorded.connect(recorded.append)
    red.press("check_design")
    assert recorded[0].design.channel.depth_mm == 3.0
    assert fixes(red)


def test_the_fixes_of_an_earlier_design_are_never_shown(red: Desk) -> None:
    editor = red.workbench.editor
    editor.set_design(too_deep(red, 2.6), "deeper")
    assert fixes(red) == []
    editor.set_design(too_deep(red, 2.5), "less deep")
    wait_until(lambda: bool(fixes(red)))
    assert fixes(red)[0].startswith("Fix: Channel depth 2.5 → ")


def test_an_answer_that_comes_too_late_is_dropped(red: Desk) -> None:
    workbench = red.workbench
    workbench.fixing._look()  # the answer is on its way …
    workbench.editor.set_design(too_deep(red, 2.6), "deeper")  # … for a design that is gone
    red.settle()
    assert not any("3 →" in row for row in fixes(red))


def test_the_selected_ring_and_the_zoom_stay_when_a_fix_is_applied(red: Desk) -> None:
    editor = red.workbench.editor
    editor.focus_field("width_mm", 2)
    editor.fit_selection()
    canvas: Any = red.find("designCanvas")
    view_before = canvas.view
    view = checks(red)
    red.focus("checksView")
    view.setCurrentIndex(find(view, "Fix: Channel depth"))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert canvas.view == view_before
    assert editor._document.selected_position == 2


def test_the_setup_in_use_is_named_where_its_values_are_assumed(desk: Desk) -> None:
    desk.workbench.editor.set_design(too_deep(desk).model_copy(update={"top": None}))
    name = desk.workbench.studio.setups.last_known().name
    model, assumed = checks(desk).model(), find(checks(desk), "Assumed inputs")
    told = [model.index(at, 0, assumed).data() for at in range(model.rowCount(assumed))]
    assert f"top's wood = sitka spruce, from the setup '{name}'" in told
