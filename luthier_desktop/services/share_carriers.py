"""What carries a document: its own file, a picture or PDF, or the text of a QR code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.exports.payload import HEAD, LARGEST_FILE_BYTES, find_payload
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.parsing import SHARE_LIMITS

_PICTURE_LIMITS = replace(SHARE_LIMITS, size_bytes=LARGEST_FILE_BYTES)
_PICTURES = (b"\x89PNG\r\n", b"%PDF-", b"<svg", b"<?xml", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_BLANKS = b" \t\r\n"
_QR = b"LUTHIER1"


class Named(NamedTuple):
    """What the QR code of a large design carries in place of it: an id and a hash."""

    id: str
    design_sha256: str


def document_of(source: bytes | Path, what: str) -> bytes | Named:
    """Return the document that *source* is or carries; of a picture nothing else is looked at.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no regular file of its size, or a picture without a document, or with
            a damaged one.
    """
    data = source
    if isinstance(data, Path):
        data = read_regular_file(data, what, _PICTURE_LIMITS)
    if data.lstrip(_BLANKS).startswith((b"{", b"[")):
        return data
    if data.lstrip(_BLANKS).startswith(_QR):
        return _scanned(data, what)
    if HEAD in data:
        return find_payload(data, what) or b""
    if data.startswith(_PICTURES):
        raise InputRefused(
            f"{what} is a picture that carries no design; ask for the share file, or for the "
            "picture as it was exported."
        )
    return data


def carries(path: Path) -> bool:
    """Tell whether a picture seems to carry a document, damaged or not.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no regular file of its size.
    """
    return HEAD in read_regular_file(path, path.name, _PICTURE_LIMITS)


def _scanned(data: bytes, what: str) -> bytes | Named:
    from luthier_desktop.exports.qr import NamedDesign, read_qr_text

    try:
        found = read_qr_text(data.decode("ascii"), what)
    except UnicodeDecodeError:
        raise InputRefused(
            f"{what} is not the text of a QR code; scan or copy it again."
        ) from None
    return Named(found.id, found.design_sha256) if isinstance(found, NamedDesign) else found
