"""How wide a line of text is, and how it is made to fit: so that none is cut off.

Widths are estimates of the program's font, never too small, for a picture that may be shown in
another one; who knows the letters for certain hands them in (``print_letters``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

LetterEm = Callable[[str], float]
"""How wide one letter is, in parts of the letters' size."""

_NARROW = frozenset("iIjl.,:;'|!()[]ft ")
_WIDE = frozenset("MWmw@%&")
_NARROW_EM, _USUAL_EM, _CAPITAL_EM, _WIDE_EM = 0.36, 0.62, 0.76, 1.0
_ELLIPSIS = "…"


def estimated_em(letter: str) -> float:
    """Return at most how wide a letter of the program's font is."""
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2000:
        return _WIDE_EM
    return _CAPITAL_EM if letter.isupper() or letter.isdigit() else _USUAL_EM


def width_mm(text: str, size_mm: float, em: LetterEm = estimated_em) -> float:
    """Return how wide *text* is in letters of this size."""
    return size_mm * sum(map(em, text))


def fitted(text: str, size_mm: float, room_mm: float, em: LetterEm = estimated_em) -> str:
    """Return *text*, cut with an ellipsis where it is wider than its room."""
    if width_mm(text, size_mm, em) <= room_mm:
        return text
    left_mm = room_mm - size_mm * em(_ELLIPSIS)
    kept = 0
    for letter in text:
        left_mm -= size_mm * em(letter)
        if left_mm < 0:
            break
        kept += 1
    return text[:kept].rstrip() + _ELLIPSIS


def wrapped(
    text: str, size_mm: float, room_mm: float, most_lines: int, em: LetterEm = estimated_em
) -> list[str]:
    """Return *text* in lines that fit, broken between words; the last one is cut if need be."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most_lines and width_mm(longer, size_mm, em) > room_mm:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, size_mm, room_mm, em) for line in lines]
