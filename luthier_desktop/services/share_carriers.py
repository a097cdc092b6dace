"""What carries a document: a file of it, or a picture or PDF with it inside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.exports.payload import HEAD, LARGEST_FILE_BYTES, find_payload
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.parsing import SHARE_LIMITS

_PICTURE_LIMITS = replace(SHARE_LIMITS, size_bytes=LARGEST_FILE_BYTES)
_PICTURES = (b"\x89PNG\r\n", b"%PDF-", b"<svg", b"<?xml", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_BLANKS = b" \t\r\n"


def document_of(source: bytes | Path, what: str) -> bytes:
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
    if HEAD in data:
        return find_payload(data, what) or b""
    if data.startswith(_PICTURES):
        raise InputRefused(
            f"{what} is a picture that carries no design; ask for the share file, or for the "
            "picture as it was exported."
        )
    return data
