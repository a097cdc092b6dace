"""The tables of a cut list, as the window shows them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QTableView, QWidget

from luthier_desktop.domain.cut_list.table import Column, Table
from luthier_desktop.ui.exporting.cut_tables import CutTableModel, CutTables

PARTS = Table(
    "parts",
    "Parts",
    (Column("part", "part"), Column("width_mm", "width", "mm"), Column("cut", "to cut")),
    (("strip", 2.5, 4), ("<b>bar</b>", None, 12)),
)
STOCK = Table("stock", "Stock", (Column("form", "form"),), (("sheet",),))


def test_a_table_shows_its_cells_and_the_chosen_one_stays_chosen(qapp: QApplication) -> None:
    owner = QWidget()
    seen = CutTables(owner)
    seen.show_tables((STOCK, PARTS), "Ring 1: Fill in how deep the channel is.")
    which, view = seen.findChild(QComboBox), seen.findChild(QTableView)
    model = view.model()
    assert isinstance(model, CutTableModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    which.setCurrentIndex(1)
    seen.show_tables((STOCK, PARTS), "")
    assert which.currentText() == "Parts (2)"
    across = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    cells = [[model.index(row, at).data() for at in range(3)] for row in range(2)]
    assert across == ["part", "width (mm)", "to cut"]
    assert cells == [["strip", "2.50", "4"], ["<b>bar</b>", "", "12"]]
    owner.deleteLater()
