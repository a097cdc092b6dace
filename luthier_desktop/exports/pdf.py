"""Sheets of paper as a PDF: exact pages, no scaling, no clock, the letters and the design in it.

Same sheets, same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.paper import Sheet


class PdfAbout(NamedTuple):
    """What a reader tells of the file: its title, the record of what is drawn, what it is for."""

    title: str
    record: str = ""
    subject: str = ""


def pdf_bytes(sheets: Sequence[Sheet], about: PdfAbout, payload: str = "") -> bytes:
    """Write one page a sheet; the same arguments are the same bytes everywhere.

    *payload* stands in the file's metadata as it is, to be found by a search of its bytes.

    Raises:
        InputRefused: There is no sheet.
    """
    if not sheets:
        raise InputRefused("There is nothing to print: choose the template or the shop sheet.")
    from luthier_desktop.exports.pdf_file import PdfFile  # reportlab takes 80 ms to load

    file = PdfFile()
    for sheet in sheets:
        file.add_page(sheet)
    return file.closed(about.title, about.record, about.subject, payload)
