"""The table of marked runs: its rows, keys, copies and words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from luthier_desktop.ui.run_compare.table_window import TableWindow
from tests.ui.desk import press


def names(window: TableWindow) -> list[str]:
    return [str(window.model.index(at, 0).data()) for at in range(window.model.rowCount())]


def test_a_table_hides_equal_rows_and_marks_what_is_another(table: TableWindow) -> None:
    told = names(table)
    assert told[:3] == ["Time", "Name", "Verdict"]
    assert "Inner diameter" not in told
    width = told.index("Ring 0, solid: width")
    cells = [str(table.model.index(width, column).data()) for column in (1, 2, 3)]
    assert cells == ["5.00 mm", "≠ 7.00 mm", "5.00 mm"]
    bold = [table.model.index(width, c).data(Qt.ItemDataRole.FontRole) for c in (1, 2)]
    assert bold[0] is None
    assert bold[1].bold() or bold[1].weight() > 500
    table.hiding.click()
    assert "Inner diameter" in names(table)
    assert table.model.rowCount() > len(told)


def test_the_table_is_walked_copied_and_read_out(table: TableWindow) -> None:
    tester = QAbstractItemModelTester(
        table.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    table.hiding.click()
    press("]")
    line = table.model.line(table.table.currentIndex().row())
    assert line is not None
    assert not line.same
    spoken = table.model.index(names(table).index("Verdict"), 0)
    assert "Verdict: ✓ Green" in spoken.data(Qt.ItemDataRole.AccessibleTextRole)
    press("Ctrl+Shift+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines} == {5}
    press("Ctrl+C")
    assert "\u202e" not in QGuiApplication.clipboard().text()
    assert tester.model() is table.model
