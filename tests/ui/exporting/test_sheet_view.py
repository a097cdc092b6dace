"""Pages are turned and zoomed by keys; paper on a printer has exactly the page's size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from luthier_desktop.domain.geometry import Line, Point
from luthier_desktop.domain.paper import Sheet, Stroke
from luthier_desktop.ui.exporting import printing
from luthier_desktop.ui.exporting.sheet_painter import Page, page_of
from luthier_desktop.ui.exporting.sheet_view import SheetView

A4_MM, TABLOID_MM = (210.0, 297.0), (279.4, 431.8)
BAR = Stroke((Line(Point(20.0, 50.0), Point(120.0, 50.0)),), 0.5)
POINTS = 72 / 25.4


def page(wide_mm: float, high_mm: float) -> Page:
    return page_of(Sheet(wide_mm, high_mm, (BAR,)))


def at_once(
    work: Callable[[], Any], done: Callable[[Any], None], _: Callable[[Exception], None]
) -> None:
    done(work())


@pytest.fixture
def view(qapp: QApplication) -> Iterator[SheetView]:
    owner = QWidget()
    shown = SheetView(at_once, owner)
    shown.resize(400, 500)
    owner.show()
    shown.show_pages((page(*A4_MM), page(*A4_MM[::-1]), page(*TABLOID_MM)))
    yield shown
    owner.close()
    owner.deleteLater()


def test_keys_turn_the_pages_and_stop_at_both_ends(view: SheetView) -> None:
    area = view.findChild(QWidget, "sheetPage")
    seen = []
    for key in (Qt.Key.Key_PageUp, *3 * [Qt.Key.Key_PageDown], Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(area, key)
        seen.append(view.page_number)
    assert seen == [1, 2, 3, 3, 1, 3]


def test_a_page_is_in_sight_as_a_whole_until_it_is_zoomed(view: SheetView) -> None:
    area = view.findChild(QWidget, "sheetPage")
    fitted = view.px_per_mm
    assert view.image is not None
    room = view.findChild(QWidget, "sheetPage").size()
    assert view.image.width() <= room.width()
    assert view.image.height() <= room.height()
    QTest.keyClick(area, Qt.Key.Key_Plus)
    assert view.px_per_mm == pytest.approx(1.25 * fitted)
    QTest.keyClick(area, Qt.Key.Key_1)
    true = view.px_per_mm
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert view.px_per_mm == true
    view.zoom(20)
    assert view.image.width() * view.image.height() <= 20.2e6
    QTest.keyClick(area, Qt.Key.Key_0)
    QTest.keyClick(area, Qt.Key.Key_Home)
    assert view.px_per_mm == pytest.approx(fitted)


def test_paper_on_a_printer_is_as_large_as_the_page_and_a_mm_is_a_mm(
    qapp: QApplication, tmp_path: Path
) -> None:
    from pypdf import PdfReader
    from PySide6.QtPrintSupport import QPrinter

    pages = (page(*A4_MM), page(*A4_MM[::-1]), page(*TABLOID_MM))
    printer = printing.new_printer(pages)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.print_pages(pages, printer)
    found = PdfReader(tmp_path / "printed.pdf").pages
    for printed, drawn in zip(found, pages, strict=True):
        box = printed.mediabox
        assert float(box.width) == pytest.approx(drawn.width_mm * POINTS, abs=0.6)
        assert float(box.height) == pytest.approx(drawn.height_mm * POINTS, abs=0.6)
    assert any(length == pytest.approx(100.0, abs=0.05) for length in lengths_mm(found[0]))


def lengths_mm(printed: Any) -> list[float]:
    """Return how long each straight line of a page is on paper, left to right."""
    reached: list[float] = []
    lengths: list[float] = []

    def visit(operator: bytes, operands: list[Any], matrix: list[float], _: list[float]) -> None:
        if operator in (b"m", b"l"):
            reached.append(matrix[0] * float(operands[0]) / POINTS)
        if operator == b"l":
            lengths.append(reached[-1] - reached[-2])

    printed.extract_text(visitor_operand_before=visit)
    return lengths


def test_paper_that_the_printer_does_not_have_is_refused(qapp: QApplication) -> None:
    class Letter:
        def __init__(self) -> None:
            self.layout = printing.layout_of(page(215.9, 279.4))

        def pageLayout(self) -> Any:
            return self.layout

        def printerName(self) -> str:
            return "Office"

    with pytest.raises(printing.NotPrinted, match="216 x 279 mm, but this page is 210 x 297 mm"):
        printing._require_paper(Letter(), page(*A4_MM))  # type: ignore[arg-type]  # no printer here


def test_a_page_or_a_failure_that_comes_after_the_end_finds_nothing_to_show(
    qapp: QApplication,
) -> None:
    owner, late = QWidget(), []

    def later(*given: Callable[[Any], None]) -> None:
        late.append(given)

    view = SheetView(later, owner)
    view.show_pages((page(*A4_MM),))
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for work, done, failed in late:
        done(work())
        failed(ValueError("no page"))
    assert late
