"""The document that a picture carries: plain bytes in a frame, found again without a parser.

``LUTHIER-SNAPSHOT-1:`` + the document's length in bytes + ``:`` + base64 of it (RFC 4648,
padded, on one line) + ``:END``. All of it is ASCII and means nothing to XML, so that it stands
unchanged in an SVG, in an uncompressed iTXt chunk of a PNG and in an uncompressed stream of a PDF.
"""

from __future__ import annotations

import base64
import re

from luthier_desktop.domain.errors import InputRefused

HEAD, END = b"LUTHIER-SNAPSHOT-1:", b":END"
LARGEST_FILE_BYTES = 64 * 1024 * 1024
LARGEST_DOCUMENT_BYTES = 2 * 1024 * 1024

_LENGTH = re.compile(rb"([1-9][0-9]{0,6}):")


def payload_text(document: bytes) -> str:
    """Return the frame that a picture carries the document in.

    Raises:
        InputRefused: The document is larger than a reader takes.
    """
    if len(document) > LARGEST_DOCUMENT_BYTES:
        raise InputRefused(
            f"What the picture is to carry has {len(document)} bytes and may have "
            f"{LARGEST_DOCUMENT_BYTES}: shorten the notes, or send the design by itself."
        )
    frame = HEAD + b"%d:" % len(document) + base64.b64encode(document) + END
    return frame.decode("ascii")


def find_payload(data: bytes, what: str = "The file") -> bytes | None:
    """Return the document that stands in *data*, or None when no frame begins there.

    The bytes are searched, whatever kind of file they are; nothing of it is parsed.

    Raises:
        InputRefused: The file is too large, holds more than one frame, or the frame is damaged;
            the sentence names the place.
    """
    if len(data) > LARGEST_FILE_BYTES:
        raise InputRefused(
            f"{what} has more than {LARGEST_FILE_BYTES} bytes (64 MiB), too many for a picture "
            "that is searched for a design: open the share file in place of it."
        )
    start = data.find(HEAD)
    if start < 0:
        return None
    second = data.find(HEAD, start + 1)
    if second >= 0:
        raise InputRefused(
            f"{what} carries more than one design, at byte {start} and at byte {second}: a "
            "picture carries one, so this file was put together; open the share file instead."
        )
    return _framed(data, start, what)


def _framed(data: bytes, start: int, what: str) -> bytes:
    """Return the document of the frame that begins at *start*."""
    length = _LENGTH.match(data, start + len(HEAD))
    if length is None:
        raise _damaged(what, start, "its length is missing")
    size = int(length.group(1))
    if size > LARGEST_DOCUMENT_BYTES:
        raise _damaged(what, start, f"its length {size} is over {LARGEST_DOCUMENT_BYTES} bytes")
    begin = length.end()
    end = begin + 4 * ((size + 2) // 3)
    if data[end : end + len(END)] != END:
        raise _damaged(what, start, f"it does not end after the {size} bytes that it announces")
    document = _decoded(data[begin:end])
    if document is None or len(document) != size:
        raise _damaged(what, start, "its base64 is not what was written")
    return document


def _decoded(text: bytes) -> bytes | None:
    """Return what canonical base64 stands for, or None."""
    try:
        document = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return document if base64.b64encode(document) == text else None


def _damaged(what: str, start: int, fault: str) -> InputRefused:
    return InputRefused(
        f"{what} carries a design at byte {start} that is damaged: {fault}. "
        "Ask for the picture or the share file again."
    )
