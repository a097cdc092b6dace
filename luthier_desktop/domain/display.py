"""How text from outside is shown: on one line, with nothing hidden in it."""

from __future__ import annotations

import unicodedata

LONGEST_SHOWN = 80
_HIDING = frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x3164, 0xFFA0))
"""Not of a category that hides, and yet without a sign of their own."""

_SIGNS = frozenset((*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD))
"""Of the category of formats, and yet seen: marks round Arabic and Syriac numbers."""


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Write *text* so that control, direction and zero-width characters are seen.

    Such a character becomes ``⟨U+202E⟩``; text longer than *longest* ends in an ellipsis.
    """
    if len(text) > longest:
        return f"{in_full(text[: longest - 1])}…"
    return in_full(text)


def in_full(text: str) -> str:
    """Write all of *text* as `shown` does: a line that a terminal or a label cannot obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if code in _HIDING or (_hides(character) and code not in _SIGNS):
        return f"⟨U+{code:04X}⟩"
    return character


def _hides(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")
