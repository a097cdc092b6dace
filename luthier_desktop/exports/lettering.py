"""How wide a line of text is in the program's font, nearly: so that none is cut off."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iIjl.,:;'|!()[]ft ")
_WIDE = frozenset("MWmw@%&")
_NARROW_EM, _USUAL_EM, _CAPITAL_EM, _WIDE_EM = 0.36, 0.62, 0.76, 1.0


def width_mm(text: str, size_mm: float) -> float:
    """Return at most how wide *text* is in letters of this size."""
    return size_mm * sum(map(_width_em, text))


def fitted(text: str, size_mm: float, room_mm: float) -> str:
    """Return *text*, cut with an ellipsis where it is wider than its room."""
    if width_mm(text, size_mm) <= room_mm:
        return text
    left_mm = room_mm - size_mm * _WIDE_EM
    kept = 0
    for letter in text:
        left_mm -= size_mm * _width_em(letter)
        if left_mm < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, size_mm: float, room_mm: float, most_lines: int) -> list[str]:
    """Return *text* in lines that fit, broken between words; the last one is cut if need be."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most_lines and width_mm(longer, size_mm) > room_mm:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, size_mm, room_mm) for line in lines]


def _width_em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2000:
        return _WIDE_EM
    return _CAPITAL_EM if letter.isupper() or letter.isdigit() else _USUAL_EM
