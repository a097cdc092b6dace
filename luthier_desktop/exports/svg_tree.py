"""Building an SVG with the standard library's XML, and writing it the same every time."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from luthier_desktop.domain.outgoing_text import xml_legal
from luthier_desktop.exports.payload import HEAD

_EMPTY, _FULL = b"<metadata />", (b"<metadata>", b"</metadata>")
_BROKEN_HEAD = b"&#%d;%s" % (HEAD[0], HEAD[1:])
__all__ = ["NAMESPACE", "Element", "add", "add_text", "written"]

NAMESPACE = "http://www.w3.org/2000/svg"


def add(parent: Element, tag: str, **attributes: str) -> Element:
    """Add an element; ``_`` in an attribute's name stands for ``-``."""
    return SubElement(parent, tag, {key.replace("_", "-"): attributes[key] for key in attributes})


def add_text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    """Add an element that holds *text*, whoever wrote it."""
    element = add(parent, tag, **attributes)
    element.text = xml_legal(text)
    return element


def written(root: Element, payload: str) -> bytes:
    """Return the document's bytes; the one empty ``metadata`` element takes *payload*.

    A name that holds the payload's own mark is written so that a byte search passes it by.
    """
    text = tostring(root, encoding="unicode").encode("utf-8").replace(HEAD, _BROKEN_HEAD)
    if payload:
        text = text.replace(_EMPTY, payload.encode("ascii").join(_FULL), 1)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text + b"\n"
