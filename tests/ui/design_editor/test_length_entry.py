"""Lengths typed into real fields and cells, in both units, with a point and with a comma."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QStyle

from luthier_desktop.domain.feasibility.findings import Assumed
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.field_page import FieldPage
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_table import WIDTHS, RingTable
from luthier_desktop.ui.widgets.fields import LengthField
from tests.ui.design_editor.conftest import enter
from tests.ui.design_editor.test_ring_table import type_into

_INCH = Fraction(254, 10)
_IN_MM = {Unit.MM: Fraction(1), Unit.INCH: _INCH}
FEW = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hundredths = st.integers(min_value=10, max_value=99)
wholes = st.integers(min_value=1, max_value=2)
denominators = st.sampled_from([2, 4, 8, 16, 32, 64])


@pytest.fixture(params=["C", "de_DE"])
def sign(request: pytest.FixtureRequest) -> Iterator[str]:
    """The decimal sign of a locale with a point, and of one with a comma."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield "," if request.param == "de_DE" else "."
    QLocale.setDefault(before)


@st.composite
def typed(draw: st.DrawFn, unit: Unit, sign: str) -> tuple[str, Fraction]:
    """Return a text in any form that a luthier types, and what it is in mm."""
    parts, whole, below = draw(hundredths), draw(wholes), draw(denominators)
    above = draw(st.integers(min_value=1, max_value=below - 1))
    number, value = f"0{sign}{parts}", Fraction(parts, 100)
    share = Fraction(above, below)
    return draw(
        st.sampled_from(
            [
                (number, value * _IN_MM[unit]),
                (f"{number} mm", value),
                (f"{number}in", value * _INCH),
                (f'{above}/{below}"', share * _INCH),
                (f"{whole} {above}/{below}", (whole + share) * _IN_MM[unit]),
                (f'{whole} {above}/{below}"', (whole + share) * _INCH),
                (f"{whole}*{number}+0{sign}2", (whole * value + Fraction(1, 5)) * _IN_MM[unit]),
            ]
        )
    )


def width_mm(editor) -> float:
    """Return the width of the second ring."""
    return editor.design().ring_params[1].width_mm


def select_second(editor) -> None:
    """Select the second ring."""
    editor.findChild(RingTable, "ringTable").selectRow(1)


def reaches(mm: Fraction):
    """Compare with a length as it is stored, in millionths of a mm."""
    return pytest.approx(float(mm), abs=6e-7)


@pytest.mark.parametrize("unit", list(Unit))
def test_every_form_typed_into_a_field_is_the_length_that_it_says(
    qtbot, editor, field, sign, unit
):
    units.use(unit)
    select_second(editor)
    width = field("Width")

    @FEW
    @given(typed(unit, sign))
    def holds(one: tuple[str, Fraction]) -> None:
        text, mm = one
        enter(qtbot, width, text)
        assert width.refusal == ""
        assert width_mm(editor) == reaches(mm)
        assert width_mm(editor) == round(width_mm(editor), 6)
        assert units.read(width.text(), "Width") == pytest.approx(width_mm(editor), abs=0.001)

    holds()


@pytest.mark.parametrize("unit", list(Unit))
def test_every_form_typed_into_a_cell_is_the_length_that_it_says(
    qtbot, editor, table, sign, unit
):
    units.use(unit)

    @FEW
    @given(typed(unit, sign))
    def holds(one: tuple[str, Fraction]) -> None:
        text, mm = one
        type_into(qtbot, table, 1, Column.WIDTH, text)
        assert width_mm(editor) == reaches(mm)
        shown = table.model().index(1, Column.WIDTH).data(Qt.ItemDataRole.EditRole)
        assert units.read(shown, "Width") == pytest.approx(width_mm(editor), abs=0.001)

    holds()


def test_switching_a_hundred_times_and_leaving_fields_changes_nothing(
    qtbot, editor, table, inspector, field
):
    enter(qtbot, field("Width"), "2.345678")
    editor.undo_stack.clear()
    before = json.dumps(editor.design().plain())
    fields = [one for one in inspector.findChildren(LengthField) if one.isVisible()]
    assert len(fields) >= 3
    shown = [one.text() for one in fields]
    for turn in range(100):
        units.use(units.unit().other)
        fields[turn % len(fields)].setFocus()
        if turn % 10 == 0:
            type_into(qtbot, table, turn % 3, Column.WIDTH, "")
    table.setFocus()
    assert json.dumps(editor.design().plain()) == before
    assert editor.undo_stack.count() == 0
    assert [one.text() for one in fields] == shown


def test_typing_again_what_is_shown_in_inches_is_no_edit(qtbot, editor, table, field):
    units.use(Unit.INCH)
    table.selectRow(2)
    width = field("Width")
    assert width.text() == '0.11811"'
    enter(qtbot, width, "0.11811")
    qtbot.keyClicks(width, " ")
    enter(qtbot, width, "0.11811 in")
    assert editor.undo_stack.count() == 0
    assert editor.design().ring_params[2].width_mm == 3.0


def test_everything_in_the_editor_follows_the_switch(qtbot, editor, table, canvas, field):
    table.selectRow(2)
    model = table.model()
    enter(qtbot, field("Outer diameter"), "103")
    units.use(Unit.INCH)
    assert field("Width").text() == '0.11811"'
    assert model.index(2, Column.WIDTH).data() == "0.1181"
    assert model.headerData(Column.WIDTH, Qt.Orientation.Horizontal) == "Width in"
    assert model.index(2, Column.INNER).data() == "1.8504"
    assert "In in." in model.headerData(
        Column.INNER, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )
    assert '0.1181" wide' in canvas.accessibleDescription()
    said = editor.findChild(QLabel, "editorStatusText").text()
    assert said.startswith('Rings 0.3937" of 0.4528": 0.0591" short')
    assert " mm" not in said
    units.use(Unit.MM)
    assert field("Width").text() == "3.00 mm"
    assert "3.00 mm wide" in canvas.accessibleDescription()


def test_the_tool_tip_tells_the_other_unit(qtbot, table, field):
    table.selectRow(0)
    enter(qtbot, field("Width"), "2.5")
    assert "≈ 3/32&quot; (0.0984&quot;). The ring" in field("Width").toolTip()
    assert "3/32&quot;" in table.model().index(0, Column.WIDTH).data(Qt.ItemDataRole.ToolTipRole)
    units.use(Unit.INCH)
    assert "2.50 mm. The ring" in field("Width").toolTip()
    assert "2.50 mm. " in table.model().index(0, Column.WIDTH).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    "step",
    [
        (Unit.MM, Qt.KeyboardModifier.NoModifier, 0.1),
        (Unit.MM, Qt.KeyboardModifier.AltModifier, 0.01),
        (Unit.INCH, Qt.KeyboardModifier.NoModifier, 0.396875),
        (Unit.INCH, Qt.KeyboardModifier.ShiftModifier, 1.5875),
        (Unit.INCH, Qt.KeyboardModifier.AltModifier, 0.0254),
    ],
)
def test_an_arrow_steps_the_length_itself_and_not_what_is_shown_of_it(
    qtbot, editor, field, step
):
    unit, held, mm = step
    units.use(unit)
    select_second(editor)
    width = field("Width")
    width.setFocus()
    qtbot.keyClick(width, Qt.Key.Key_Up, held)
    assert width_mm(editor) == round(5.0 + mm, 6)
    qtbot.keyClick(width, Qt.Key.Key_Down, held)
    assert width_mm(editor) == 5.0


def test_refused_text_outlives_a_switch_and_its_reason_is_told_in_the_unit(qtbot, table, field):
    table.selectRow(1)
    width = field("Width")
    enter(qtbot, width, "a lot")
    units.use(Unit.INCH)
    assert width.text() == "a lot"
    assert width.refusal
    qtbot.keyClick(width, Qt.Key.Key_Escape)
    assert width.text() == '0.19685"'


def test_a_comma_is_shown_and_typed_but_never_stored(qtbot, editor, table, field, sign):
    table.selectRow(1)
    width = field("Width")
    enter(qtbot, width, "4,25")
    assert width.text() == f"4{sign}25 mm"
    assert table.model().index(1, Column.WIDTH).data() == f"4{sign}25"
    assert table.model().index(1, Column.OUTER).data() == f"46{sign}25"
    assert editor.undo_stack.undoText() == "Width of ring 1: 5.0 to 4.25 mm"
    assert '"width_mm": 4.25' in json.dumps(editor.design().plain())


def test_the_wheel_over_a_field_without_the_focus_does_nothing(editor, table, field):
    units.use(Unit.INCH)
    table.selectRow(1)
    table.setFocus()
    place = QPointF(field("Width").rect().center())
    turn = QWheelEvent(
        place, field("Width").mapToGlobal(place), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(field("Width"), turn)
    assert editor.undo_stack.count() == 0


def test_a_page_shows_what_the_shop_assumes_in_the_unit(editor, inspector, field):
    inspector.setCurrentIndex(1)
    page = inspector.findChildren(FieldPage)[1]
    assert page.isVisible()
    depth = field("Top thickness when routed")
    inspector.show_assumed({"top.thickness_mm": Assumed("top.thickness_mm", 2.54, "setup")})
    assert depth.placeholderText() == "2.54 mm (shop)"
    units.use(Unit.INCH)
    assert depth.placeholderText() == '0.1000" (shop)'


@pytest.mark.parametrize("unit", list(Unit))
def test_no_number_is_cut_in_its_column(table, unit):
    units.use(unit)
    margin = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    heading = table.horizontalHeader()
    lengths_mm = (0.05, 9.999, 12.38125, 38.496875, 49.999)
    for column in (Column.WIDTH, Column.MEASURED, Column.GAP, Column.TILE):
        room = WIDTHS[column] - margin
        advance = table.fontMetrics().horizontalAdvance
        assert [one for one in lengths_mm if advance(units.figure(one)) > room] == []
        text = table.model().headerData(column, Qt.Orientation.Horizontal)
        assert heading.fontMetrics().horizontalAdvance(text) <= WIDTHS[column]
