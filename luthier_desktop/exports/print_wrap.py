"""Printed text in lines that fit their room: broken between words, and no letter is lost."""

from __future__ import annotations

import re
from functools import lru_cache

from luthier_desktop.exports.print_letters import printable, text_width_mm

_BLANK = " "
_WORD = re.compile(r"\(?(?:≈ )?(?:[0-9]+ )?[0-9]+/[0-9]+\S*|\(?≈ \S+|\(?[0-9][0-9.,]* mm\S*|\S+")
"""A length is one word: a line that ended within ``5 1/32"`` would be read as ``5``."""


def print_lines(
    text: str, size_mm: float, room_mm: float, *, bold: bool = False, begun_mm: float = 0.0
) -> list[str]:
    """Return *text* as it is printed, in lines; a word that is wider than its room is broken.

    ``begun_mm`` of the first line are taken; where its first word does not fit, it stays empty.
    """
    room_em, blank_em = room_mm / size_mm, _width_em(_BLANK, bold)
    lines, used_em = [""], begun_mm / size_mm
    for word in _WORD.findall(seen(text, bold)):
        word_em = _width_em(word, bold)
        gap_em = blank_em if lines[-1] else 0.0
        if used_em + gap_em + word_em <= room_em:
            lines[-1] += _BLANK + word if lines[-1] else word
            used_em += gap_em + word_em
            continue
        lines += [word] if word_em <= room_em else _broken(word, room_em, bold)
        used_em = _width_em(lines[-1], bold)
    return lines if lines[0] or begun_mm else lines[1:]


@lru_cache(maxsize=4096)
def seen(text: str, bold: bool) -> str:
    """Return *text* as it is printed; a page is set in several sizes until it fits."""
    return printable(text, bold=bold)


def _broken(word: str, room_em: float, bold: bool) -> list[str]:
    parts, used_em = [""], 0.0
    for letter in word:
        wide_em = _width_em(letter, bold)
        if parts[-1] and used_em + wide_em > room_em:
            parts.append("")
            used_em = 0.0
        parts[-1] += letter
        used_em += wide_em
    return parts


@lru_cache(maxsize=4096)
def _width_em(word: str, bold: bool) -> float:
    """Return the width in parts of the letters' size; the same words come again and again."""
    return text_width_mm(word, 1.0, bold=bold)
