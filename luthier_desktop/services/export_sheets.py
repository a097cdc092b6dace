"""Sheets of paper of a design: the template, the sheet for the bench, and the PDF of both."""

from __future__ import annotations

from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.paper import Sheet
from luthier_desktop.domain.pdf_options import PdfDocument, PdfOptions
from luthier_desktop.exports import qr
from luthier_desktop.exports.pdf import PdfAbout, pdf_bytes
from luthier_desktop.exports.shop_sheet import shop_sheets
from luthier_desktop.exports.shop_sheet_view import ShopView
from luthier_desktop.exports.template import template_sheets
from luthier_desktop.exports.template_view import TemplateView
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.judging import judge
from luthier_desktop.services.picture_source import around

_SUBJECTS: dict[PdfDocument, str] = {
    "template": "Rosette template at true size",
    "shop_sheet": "Shop sheet of a rosette",
    "both": "Shop sheet of a rosette and its template at true size",
}


def pdf(draft: Draft, options: PdfOptions) -> bytes:
    """Write the sheets as a PDF that is never shrunk.

    Raises:
        InputRefused: The pages are too small for what they are to show together, or too many.
    """
    notes = draft.subject.notes
    about = PdfAbout(notes.name, notes.record, _SUBJECTS[options.document])
    return pdf_bytes(sheets(draft, options), about, draft.payload)


def sheets(draft: Draft, options: PdfOptions) -> tuple[Sheet, ...]:
    """Lay out what the PDF, the preview and the printer paint; the shop sheet comes first.

    Raises:
        InputRefused: The pages are too small for what they are to show together, or too many.
    """
    code = qr.modules(draft.subject.code)
    bench = () if options.document == "template" else _shop_sheets(draft, options, code)
    if options.document == "shop_sheet":
        return bench
    subject = draft.subject
    view = TemplateView(
        design=subject.design,
        setup=subject.setup,
        materials=draft.request.materials,
        around=around(subject.design, subject.setup),
        notes=subject.notes._replace(qr=code),
        record=subject.record,
    )
    return (*bench, *template_sheets(view, options))


def _shop_sheets(draft: Draft, options: PdfOptions, code: tuple[bytes, ...]) -> tuple[Sheet, ...]:
    subject, request = draft.subject, draft.request
    view = ShopView(
        name=subject.notes.name,
        design=request.design,
        setup=request.setup,
        materials=request.materials,
        around=around(request.design, request.setup),
        scored=judge(request).scored,
        gate=draft.gate(request),
        cut_list=cut_list(*request),
        design_sha256=subject.notes.design_sha256,
        qr=code,
        record=subject.record,
    )
    return shop_sheets(view, options)
