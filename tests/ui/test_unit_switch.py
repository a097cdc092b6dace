"""The command that switches millimetres and inches, seen in the whole window."""

from __future__ import annotations

import json
import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_table import RingTable
from luthier_desktop.ui.widgets.check_view import CheckView
from luthier_desktop.ui.widgets.fields import LengthField
from tests.ui.desk import Desk, OpenDesk, wait_until
from tests.ui.feasibility_panel.rows import everything


def button(desk: Desk) -> QToolButton:
    """Return the tool bar's button that shows the unit."""
    bar = desk.window.findChild(QToolBar, "toolBar")
    assert bar is not None
    found = bar.widgetForAction(desk.window.commands["switch_unit"])
    assert isinstance(found, QToolButton)
    return found


def test_the_button_says_the_unit_and_it_is_there_at_the_next_start(open_desk: OpenDesk) -> None:
    desk = open_desk()
    assert button(desk).text() == "Unit: mm"
    assert button(desk).visibleRegion().boundingRect().width() == button(desk).width()
    QTest.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert button(desk).text() == "Unit: inch"
    units.use(Unit.MM)  # as another program would begin
    desk = open_desk()
    assert json.loads(desk.state_file.read_bytes())["unit"] == "in"
    assert units.unit() is Unit.INCH
    assert button(desk).text() == "Unit: inch"


def test_what_is_being_typed_is_taken_in_the_unit_it_was_typed_in(desk: Desk) -> None:
    table = desk.window.findChild(RingTable, "ringTable")
    assert table is not None
    table.edit_cell(0, Column.WIDTH)
    QTest.keyClicks(QApplication.focusWidget(), "2.25")
    desk.press("switch_unit")
    assert desk.workbench.editor.design().ring_params[0].width_mm == 2.25
    assert table.hasFocus()
    field = next(
        one for one in desk.window.findChildren(LengthField) if one.accessibleName() == "Width"
    )
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3/32")
    desk.press("switch_unit")
    assert desk.workbench.editor.design().ring_params[0].width_mm == 2.38125
    assert field.hasFocus()
    assert field.text() == "2.38125 mm"


def test_the_history_is_in_millimetres_and_told_in_the_unit(desk: Desk) -> None:
    table = desk.window.findChild(RingTable, "ringTable")
    assert table is not None
    table.edit_cell(0, Column.WIDTH)
    QTest.keyClicks(QApplication.focusWidget(), '3/32"')
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    desk.settle()
    undo = desk.window.commands["undo"]
    assert "2.5 to 2.38125 mm" in undo.text()
    desk.press("switch_unit")
    assert 'Width of ring 0: 0.0984" to 3/32"' in undo.text()


def test_the_checks_follow_and_stay_recorded(desk: Desk) -> None:
    desk.press("check_design")
    view = desk.window.findChild(CheckView, "checksView")
    state = desk.find("feasibilityState")
    assert view is not None
    wait_until(lambda: not desk.workbench.fixing._resting.isActive())
    desk.settle()  # what the verdict rests on is worked out when the design has come to rest
    before = everything(view.model())
    said = _text(state)
    assert "\u00a0mm" in str(view.model().index(0, 0).data()) or "mm" in json.dumps(before)
    desk.press("switch_unit")
    assert everything(view.model()) != before
    assert _lengths_in_mm(everything(view.model())) == []
    assert _text(state) == said
    assert said.startswith("Recorded as")
    desk.press("switch_unit")
    assert everything(view.model()) == before


def _lengths_in_mm(rows: object) -> list[str]:
    """List what still tells mm; formulas and sources are quoted as they are."""
    if isinstance(rows, list | tuple):
        return [text for row in rows for text in _lengths_in_mm(row)]
    text = str(rows)
    is_quoted = text.startswith(("Formula", "Source"))
    return [text] if re.search(r"\d[ \u00a0]mm(?![\w/²])", text) and not is_quoted else []


def _text(label: QWidget) -> str:
    return str(label.property("text"))
