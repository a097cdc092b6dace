"""How text from outside is shown: on one line, with nothing hidden in it."""

from __future__ import annotations

import unicodedata

LONGEST_SHOWN = 80
_HIDING = frozenset(
    (
        *(0x00AD, 0x061C, 0x180E, 0x2028, 0x2029, 0x2060, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Write *text* so that control, direction and zero-width characters are seen.

    Such a character becomes ``⟨U+202E⟩``; text longer than *longest* ends in an ellipsis.
    """
    if len(text) > longest:
        return "".join(map(_visible, text[: longest - 1])) + "…"
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if code in _HIDING or unicodedata.category(character) in ("Cc", "Cs", "Co"):
        return f"⟨U+{code:04X}⟩"
    return character
