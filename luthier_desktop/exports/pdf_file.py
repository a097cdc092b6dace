"""The file round the pages, as reportlab writes it: nothing of the day or the machine in it."""

from __future__ import annotations

from hashlib import md5
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.paper import Sheet
from luthier_desktop.exports.payload import HEAD
from luthier_desktop.exports.pdf_page import POINTS_A_MM, draw_page
from luthier_desktop.exports.print_letters import letters

PRODUCER = "Luthier Desktop"
_VERSION = (1, 7)
_SETTINGS = {"useA85": 0, "pdfComments": 0, "pdfMultiLine": 0}
"""What a user's own settings of reportlab could change in the bytes."""
_VIEWER = {"PrintScaling": "None", "Duplex": "Simplex", "DisplayDocTitle": "true"}
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:luthier="urn:luthier-desktop:1:">'
    "<luthier:snapshot>{payload}</luthier:snapshot>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="r"?>\n'
)
_SEED = b"a reportlab document946684800.0"
"""What the id of an invariant file is made of first; the texts of the file follow."""
_MARK, _SEEN_MARK = HEAD.decode(), HEAD.decode().replace("-", "\u2011")
"""A title that holds the payload's own mark gets other hyphens: a byte search passes it by."""


class _Info(pdfdoc.PDFInfo):
    """The document's information without dates: there is no clock in an export."""

    def format(self, document: Any) -> Any:
        """Return the dictionary as it is written."""
        told = {"Title": self.title, "Subject": self.subject, "Keywords": self.keywords}
        told = {name: text for name, text in told.items() if text}
        told["Producer"] = told["Creator"] = PRODUCER
        texts = {name: pdfdoc.PDFString(text) for name, text in told.items()}
        return pdfdoc.PDFDictionary(texts).format(document)


class PdfFile:
    """A PDF while its pages are added."""

    def __init__(self) -> None:
        for name, value in _SETTINGS.items():
            setattr(rl_config, name, value)
        for bold in (False, True):
            pdfmetrics.registerFont(letters(bold=bold))
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(1, 1),
            pageCompression=1,
            invariant=1,
            pdfVersion=_VERSION,
            initialFontName=letters(bold=False).fontName,  # type: ignore[arg-type]  # a slip there
        )
        # Else the file's id would begin with SOURCE_DATE_EPOCH where that is set.
        self._document.signature = md5(_SEED, usedforsecurity=False)

    @property
    def _document(self) -> Any:
        return self._canvas._doc  # type: ignore[attr-defined]  # no other way to it

    def add_page(self, sheet: Sheet) -> None:
        """Draw *sheet* on a page of its size."""
        size = (sheet.width_mm * POINTS_A_MM, sheet.height_mm * POINTS_A_MM)
        self._canvas.setPageSize(size)
        for name in ("crop", "trim"):
            self._canvas.setCropBox((0, 0, *size), name)
        draw_page(self._canvas, sheet)
        self._canvas.showPage()

    def closed(self, title: str, record: str, subject: str, payload: str) -> bytes:
        """Return the whole file; *payload* stands in its metadata as it is."""
        document = self._document
        document.info = info = _Info()
        info.title, info.keywords, info.subject = map(_told, (title, record, subject))
        for name, value in _VIEWER.items():
            self._canvas.setViewerPreference(name, value)
        if payload:
            document.Catalog.Metadata = _metadata(payload)
        self._canvas.save()
        return self._file.getvalue()


def _told(text: str) -> str:
    return in_full(text).replace(_MARK, _SEEN_MARK)


def _metadata(payload: str) -> Any:
    """Return the payload as XMP, whose stream is meant to be found without a PDF reader."""
    stream = pdfdoc.PDFStream(content=_PACKET.format(payload=payload).encode(), filters=[])
    stream.dictionary["Type"] = pdfdoc.PDFName("Metadata")
    stream.dictionary["Subtype"] = pdfdoc.PDFName("XML")
    return stream
