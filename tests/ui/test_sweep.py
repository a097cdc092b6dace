"""What if…: choose a field, see the verdict of each value, take one; or stop."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox

from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.ui.design_editor.field_table import FieldSpec, Kind
from luthier_desktop.ui.workbench.sweep_dialog import SweepDialog
from luthier_desktop.ui.workbench.sweep_fields import Swept
from luthier_desktop.ui.workbench.sweep_table import SweepTable
from tests.ui.desk import Desk, dialog


@pytest.fixture
def asking(desk: Desk) -> SweepDialog:
    """The dialog over a design that is 1.4 mm deep in a 2.8 mm top."""
    editor = desk.workbench.editor
    design = editor.design().model_copy(
        update={"channel": Channel(depth_mm=1.4), "top": TopPlate(thickness_mm=2.8)}
    )
    editor.set_design(design)
    desk.press("sweep_field")
    found = dialog("sweepDialog")
    assert isinstance(found, SweepDialog)
    return found


def choose(
    asking: SweepDialog, which: str, text: str, ends: tuple[str, str], steps: int = 0
) -> None:
    for box in asking.findChildren(QComboBox):
        if box.accessibleName().startswith(which):
            box.setCurrentIndex(box.findText(text))
    for field in asking.findChildren(QLineEdit):
        typed = dict(zip((f"{which}: from", f"{which}: to"), ends, strict=True)).get(
            field.accessibleName()
        )
        if typed:
            field.setText(typed)
    for spin in asking.findChildren(QSpinBox):
        if spin.accessibleName() == f"{which}: steps" and steps:
            spin.setValue(steps)


def press(asking: SweepDialog, name: str) -> None:
    button = asking.findChild(QPushButton, name)
    assert button is not None
    button.click()


def table(asking: SweepDialog) -> SweepTable:
    found = asking.findChild(SweepTable, "sweepTable")
    assert found is not None
    return found


def said(asking: SweepDialog) -> str:
    label = asking.findChild(QLabel, "sweepSaid")
    assert label is not None
    return label.text()


def cells(asking: SweepDialog) -> list[list[str]]:
    model = table(asking).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_each_value_of_a_field_shows_its_verdict_score_and_reason(
    desk: Desk, asking: SweepDialog
) -> None:
    choose(asking, "Field", "Channel depth", ("1.4", "3.0"), 3)
    press(asking, "sweepTry")
    desk.settle()
    model = table(asking).model()
    headings = [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)]
    assert headings == ["1.40 mm (now)", "2.20 mm", "3.00 mm"]
    verdicts = [row[0] for row in cells(asking)]
    assert verdicts[2] == "✗ Red"
    assert cells(asking)[2][2] == "Top left under the channel"
    sign = model.index(2, 0).data(Qt.ItemDataRole.BackgroundRole)
    assert sign is not None
    assert table(asking).hasFocus()
    asking.close()


def test_enter_takes_a_value_as_one_step_and_nothing_is_recorded(
    desk: Desk, asking: SweepDialog
) -> None:
    editor = desk.workbench.editor
    choose(asking, "Field", "Channel depth", ("1.2", "1.6"), 3)
    press(asking, "sweepTry")
    desk.settle()
    found = table(asking)
    found.setCurrentIndex(found.model().index(0, 0))
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert not asking.isVisible()
    design = editor.design()
    assert design.channel is not None
    assert design.channel.depth_mm == 1.2
    assert editor.undo_stack.count() == 1
    assert editor.undo_stack.undoText() == "What if: Channel depth 1.20 mm"
    assert desk.log.table.model().rowCount() == 0


def test_in_inches_the_range_is_in_inches_and_the_history_in_millimetres(
    desk: Desk, asking: SweepDialog
) -> None:
    asking.close()
    desk.press("switch_unit")
    desk.press("sweep_field")
    asking = dialog("sweepDialog")
    assert isinstance(asking, SweepDialog)
    choose(asking, "Field", "Channel depth", ("", ""))
    first = next(
        one for one in asking.findChildren(QLineEdit) if one.accessibleName() == "Field: from"
    )
    assert first.text() == '0.039118"'
    assert "0.9936 mm. The first" in first.toolTip()
    press(asking, "sweepTry")
    desk.settle()
    model = table(asking).model()
    headings = [model.headerData(row, Qt.Orientation.Vertical) for row in (0, 1, 8, 16)]
    assert headings == ['0.039118"', '0.041118"', '0.055118" (now)', '0.071118"']
    table(asking).setCurrentIndex(model.index(0, 0))
    QTest.keyClick(table(asking), Qt.Key.Key_Return)
    assert desk.workbench.editor.design().channel == Channel(depth_mm=0.9936)
    assert desk.workbench.editor.undo_stack.undoText() == "What if: Channel depth 0.9936 mm"


def test_the_wheel_over_the_steps_without_the_focus_does_nothing(asking: SweepDialog) -> None:
    spin = asking.findChildren(QSpinBox)[0]
    table(asking).setFocus()
    before, place = spin.value(), QPointF(spin.rect().center())
    turn = QWheelEvent(
        place, spin.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QCoreApplication.sendEvent(spin, turn)
    assert spin.value() == before
    asking.close()


def test_two_fields_make_a_grid(desk: Desk, asking: SweepDialog) -> None:
    choose(asking, "Field", "Channel depth", ("1.4", "3.0"), 2)
    choose(asking, "And", "Top thickness when routed", ("2.8", "4.0"), 3)
    press(asking, "sweepTry")
    desk.settle()
    grid = cells(asking)
    assert (len(grid), len(grid[0])) == (2, 3)
    assert grid[1][0].startswith("✗ Red ")
    found = table(asking)
    found.setCurrentIndex(found.model().index(1, 2))
    assert said(asking).startswith("Channel depth 3.00 mm, Top thickness when routed 4.00 mm: ")
    QTest.keyClick(found, Qt.Key.Key_Return)
    design = desk.workbench.editor.design()
    assert design.channel is not None
    assert design.top is not None
    assert (design.channel.depth_mm, design.top.thickness_mm) == (3.0, 4.0)
    assert desk.workbench.editor.undo_stack.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [("deep", "2", "'deep' is not a length"), (" ", "2", "type a value to begin")],
)
def test_a_range_that_is_none_is_told_and_nothing_begins(
    desk: Desk, asking: SweepDialog, first: str, last: str, sentence: str
) -> None:
    choose(asking, "Field", "Channel depth", (first, last))
    press(asking, "sweepTry")
    desk.settle()
    assert table(asking).model().rowCount() == 0
    assert said(asking).startswith("✗")
    assert sentence in said(asking)
    asking.close()


def test_more_than_2500_designs_are_refused_in_a_sentence(
    desk: Desk, asking: SweepDialog
) -> None:
    choose(asking, "Field", "Channel depth", ("1", "2"), 60)
    choose(asking, "And", "Top thickness when routed", ("2", "4"), 60)
    press(asking, "sweepTry")
    assert "3,600 designs; a sweep judges at most 2,500" in said(asking)
    asking.close()


def test_stop_leaves_what_was_found_and_another_can_begin(
    desk: Desk, asking: SweepDialog
) -> None:
    choose(asking, "Field", "Channel depth", ("1", "2"), 2500)
    press(asking, "sweepTry")
    press(asking, "sweepStop")
    desk.settle()
    assert said(asking).startswith("Stopped after ")
    choose(asking, "Field", "Channel depth", ("1", "2"), 3)
    press(asking, "sweepTry")
    desk.settle()
    assert len(cells(asking)) == 3
    assert "None" not in str(cells(asking))
    asking.close()


def test_closing_the_dialog_ends_the_sweep(desk: Desk, asking: SweepDialog) -> None:
    choose(asking, "Field", "Channel depth", ("1", "2"), 2500)
    press(asking, "sweepTry")
    asking.close()
    desk.settle()
    assert not desk.program.background.is_busy()
    desk.press("sweep_field")
    dialog("sweepDialog").close()


def test_a_sweep_that_must_wait_says_so_and_then_begins(desk: Desk, asking: SweepDialog) -> None:
    other = threading.Event()
    desk.program.background.run_long(other.wait, _ignore, _ignore)
    choose(asking, "Field", "Channel depth", ("1", "2"), 40)
    press(asking, "sweepTry")
    QCoreApplication.processEvents()
    waiting = said(asking)
    other.set()
    desk.settle()
    assert waiting.startswith("Waiting for other long work to end")
    assert "then 40 designs" in waiting
    assert len(cells(asking)) == 40
    assert "Waiting" not in said(asking)
    asking.close()


def _ignore(_: object) -> None:
    return None


@pytest.mark.parametrize(
    ("kind", "value", "ends"),
    [
        (Kind.LENGTH, 1.6, (0.8, 2.4)),
        (Kind.LENGTH, 3.0, (1.4, 4.6)),
        (Kind.LENGTH, 130.0, (122.0, 138.0)),
        (Kind.LENGTH, 0.05, (0.01, 0.13)),
        (Kind.SIGNED_LENGTH, 0.05, (-0.03, 0.13)),
        (Kind.COUNT, 60, (44, 76)),
        (Kind.COUNT, 2, (1, 10)),
        (Kind.ANGLE, 45.0, (37.0, 53.0)),
        (Kind.LENGTH, None, None),
    ],
)
def test_the_range_begins_round_the_present_value_in_steps_of_the_trade(
    kind: Kind, value: float | None, ends: tuple[float, float] | None
) -> None:
    assert Swept("x", "X", FieldSpec("x", "X", "", kind), value).range() == ends
