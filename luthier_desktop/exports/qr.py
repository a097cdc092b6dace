"""A design as the text of a QR code, and back.

``LUTHIER1:`` + base45 (RFC 9285) of zlib (level 9) of the normalised design in its RFC 8785 form.
A design that needs a larger code than version 25 is named in place of that:
``LUTHIER1-ID:`` + its ``design_sha256`` + ``:`` + the id of the snapshot, else of the design,
else nothing.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Literal, NamedTuple

from luthier_desktop.domain.errors import InputRefused

WHOLE, NAMED = "LUTHIER1:", "LUTHIER1-ID:"
ErrorLevel = Literal["L", "M", "Q"]
LARGEST_VERSION = 25
LONGEST_TEXT = 4296
"""The most letters that any QR code holds."""
LARGEST_DOCUMENT_BYTES = 2 * 1024 * 1024
QUIET_MODULES = 4

_LEVEL = 9
_MOST_LETTERS: dict[ErrorLevel, int] = {"L": 1853, "M": 1451, "Q": 1041}
"""What version 25 holds in the alphanumeric mode (ISO/IEC 18004)."""
_NAMED_FORM = re.compile(r"LUTHIER1-ID:([0-9a-f]{64}):([A-Za-z0-9_-]{0,64})")
_LINE_ENDS = str.maketrans("", "", "\r\n\t")
_REMEMBERED = 8
"""A code takes 90 ms to make, and a preview asks for the same one at every turn."""


class NamedDesign(NamedTuple):
    """What the text of a large design says: which one it is."""

    design_sha256: str
    id: str


def qr_text(document: bytes, design_sha256: str, id_: str = "", level: ErrorLevel = "M") -> str:
    """Return the text for a design: all of it, or its name where it is too large for a code."""
    import base45  # type: ignore[import-untyped]  # it ships no types; and not at the start

    letters: bytes = base45.b45encode(zlib.compress(document, _LEVEL))
    whole = WHOLE + letters.decode("ascii")
    if len(whole) <= _MOST_LETTERS[level]:
        return whole
    return f"{NAMED}{design_sha256}:{id_}"


def is_qr_text(text: str) -> bool:
    """Tell whether this begins as such a text does."""
    return text.lstrip()[: len(NAMED)].startswith((WHOLE, NAMED))


def read_qr_text(text: str, what: str = "The text") -> bytes | NamedDesign:
    """Return the document that a QR text holds, or the name that it tells.

    Raises:
        InputRefused: It is no such text, is damaged, or unpacks to more than 2 MiB.
    """
    if len(text) > LONGEST_TEXT + 64:
        raise InputRefused(
            f"{what} has {len(text)} characters, but a QR code holds at most {LONGEST_TEXT}: "
            "open the file in place of it."
        )
    text = text.translate(_LINE_ENDS).lstrip()
    if text.startswith(WHOLE):
        return _unpacked(text.removeprefix(WHOLE), what)
    named = _NAMED_FORM.fullmatch(text.rstrip())
    if named is None:
        raise InputRefused(f"{what} is not that of a design's QR code, which begins with {WHOLE}")
    return NamedDesign(named.group(1), named.group(2))


@lru_cache(_REMEMBERED)
def modules(text: str, level: ErrorLevel = "M") -> tuple[bytes, ...]:
    """Return the rows of the QR code, 1 for dark, without the quiet zone."""
    import segno  # not at the start

    code = segno.make_qr(text, error=level, boost_error=False)
    return tuple(bytes(row) for row in code.matrix)


def _unpacked(letters: str, what: str) -> bytes:
    """Unpack base45 and zlib; a blank at the end is a letter that copying may lose or add."""
    for candidate in (letters, letters.rstrip(" "), letters.rstrip(" ") + " "):
        document = _inflated(candidate, what)
        if document is not None:
            return document
    raise InputRefused(f"{what} is damaged or incomplete: scan or copy the whole code again.")


def _inflated(letters: str, what: str) -> bytes | None:
    import base45

    try:
        packed = base45.b45decode(letters)
        inflating = zlib.decompressobj()
        document = inflating.decompress(packed, LARGEST_DOCUMENT_BYTES + 1)
    except (ValueError, zlib.error):
        return None
    if len(document) > LARGEST_DOCUMENT_BYTES:
        raise InputRefused(f"{what} unpacks to more than 2 MiB, too many for a design.")
    return document if inflating.eof and not inflating.unused_data else None
