"""The letters of print, measured in the font that is embedded: Inter, without kerning.

All that is written onto a sheet passes `printable`, so that a control character shows its number
and a letter that the font lacks becomes an empty box.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from luthier_desktop import paths
from luthier_desktop.domain.display import in_full
from luthier_desktop.exports import lettering

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

LACKING = "□"
CAP_HEIGHT_EM = 0.727
"""How high a capital letter of Inter is, in parts of the letters' size."""

_FILES = {False: "Inter-Regular.ttf", True: "Inter-SemiBold.ttf"}
_EM = 1000
_BRACKETS = {ord("\u27e8"): "[", ord("\u27e9"): "]"}
"""The font has no angle brackets, which stand round the number of a control character."""


@cache
def letters(*, bold: bool) -> TTFont:
    """Return the font as it is measured and embedded."""
    from reportlab.pdfbase.ttfonts import TTFont  # 70 ms, and only for print

    name = _FILES[bold]
    return TTFont(
        name.removesuffix(".ttf"),
        str(paths.resource("fonts") / name),
        asciiReadable=False,
        shapable=False,
    )


def printable(text: str, *, bold: bool = False) -> str:
    """Return *text* with every letter seen: controls as ``[U+202E]``, unknown ones as a box."""
    plain = in_full(text).translate(_BRACKETS)
    known = letters(bold=bold).face.charWidths
    return "".join([letter if ord(letter) in known else LACKING for letter in plain])


def text_width_mm(text: str, size_mm: float, *, bold: bool = False) -> float:
    """Return how wide *text* is printed."""
    return lettering.width_mm(printable(text, bold=bold), size_mm, _em(bold))


def fitted_text(text: str, size_mm: float, room_mm: float, *, bold: bool = False) -> str:
    """Return *text* as it is printed, cut with an ellipsis where it is wider than its room."""
    return lettering.fitted(printable(text, bold=bold), size_mm, room_mm, _em(bold))


def wrapped_text(
    text: str, size_mm: float, room_mm: float, most_lines: int, *, bold: bool = False
) -> list[str]:
    """Return *text* in lines that fit, broken between words; the last one is cut if need be."""
    plain = printable(text, bold=bold)
    return lettering.wrapped(plain, size_mm, room_mm, most_lines, _em(bold))


def _em(bold: bool) -> lettering.LetterEm:
    return partial(_letter_em, letters(bold=bold).face.charWidths)


def _letter_em(widths: dict[int, float], letter: str) -> float:
    return widths[ord(letter)] / _EM
