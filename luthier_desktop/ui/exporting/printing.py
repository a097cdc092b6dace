"""Pages on a printer: each on paper of exactly its size, a mm a mm, nothing shrunk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.lengths import MM_PER_INCH
from luthier_desktop.ui.exporting.sheet_painter import Page, paint_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SAME_MM = 0.6
"""Printers know their paper in points or in tenths of a mm."""


class NotPrinted(LuthierError):
    """The printer took none of the pages, or not on their paper."""


def has_printer() -> bool:
    """Tell whether a printer is set up on this computer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # not at the start

    return bool(QPrinterInfo.availablePrinterNames())


def new_printer(pages: Sequence[Page]) -> QPrinter:
    """Return a printer for these pages, on the whole of their paper, at its own fineness."""
    from PySide6.QtPrintSupport import QPrinter  # not at the start

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    if pages:
        printer.setPageLayout(layout_of(pages[0]))
    return printer


def layout_of(page: Page) -> QPageLayout:
    """Return the paper of a page: its size upright, how it lies, no margins."""
    across = page.width_mm > page.height_mm
    short_mm, long_mm = sorted((page.width_mm, page.height_mm))
    size = QPageSize(
        QSizeF(short_mm, long_mm), QPageSize.Unit.Millimeter, "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )  # fmt: skip
    lies = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, lies, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def print_pages(pages: Sequence[Page], printer: QPrinter) -> None:
    """Print the pages, each on its own paper.

    Raises:
        NotPrinted: The printer has no such paper, or takes nothing.
    """
    painter = QPainter()
    for number, page in enumerate(pages):
        printer.setFullPage(True)
        printer.setPageLayout(layout_of(page))
        _require_paper(printer, page)
        begun = printer.newPage() if number else painter.begin(printer)
        if not begun:
            painter.end()
            raise NotPrinted(
                f"The printer {printer.printerName()} took no page; look whether it is on, or "
                "save the PDF and print that at 100 %."
            )
        paint_page(painter, page, printer.resolution() / MM_PER_INCH, on_screen=False)
    painter.end()


def _require_paper(printer: QPrinter, page: Page) -> None:
    """Refuse paper that the printer would shrink or cut the page for."""
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    wide, high = paper.width() - page.width_mm, paper.height() - page.height_mm
    if abs(wide) > _SAME_MM or abs(high) > _SAME_MM:
        raise NotPrinted(
            f"The printer {printer.printerName()} takes paper of {paper.width():.0f} x "
            f"{paper.height():.0f} mm, but this page is {page.width_mm:.0f} x "
            f"{page.height_mm:.0f} mm; choose another paper, or save the PDF."
        )
