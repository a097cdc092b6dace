"""Texts of one language for those of another: whole ones, and sentences with holes. Pure.

A catalogue maps English texts to others. Where a sentence has names and numbers in it, both have
holes, numbered from left to right in the English one: ``Ring {0} of {1}`` may become
``Von {1} Ringen der {0}.``. What stands in a hole is itself looked up, so that the name of a wood
is translated within a sentence; a number gets the other language's signs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

DEEPEST = 3
MOST_REMEMBERED = 8192
LONGEST = 4000
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""Between them stands a name that somebody gave: it is never translated."""
_HOLE = re.compile(r"\{(\d+)\}")
_KEY_LETTERS = 3
_JOINTS = (
    re.compile(r"\n| · "),
    re.compile(r"(?<=[.!?…]) "),
    re.compile(r"(?<=[:;]) | \u2013 | → "),
    re.compile(r"(?<=,) | / "),
)
"""Where a text may be put together of several, the plainest joint first."""
_NUMBER = re.compile(
    r"(?<![\w.,:/-])([-+\u2212±]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/]|[.,]\d)"
)


class _Sentence(NamedTuple):
    """A sentence with holes: how it is known, and what it becomes."""

    pattern: re.Pattern[str]
    into: str
    letters: int


class Phrases:
    """The texts of one language; *decimal* and *group* are its signs within numbers."""

    def __init__(self, texts: Mapping[str, str], decimal: str = ".", group: str = ",") -> None:
        self._whole = {key: text for key, text in texts.items() if not _HOLE.search(key)}
        self._decimal, self._group = decimal, group
        self._begun: dict[str, list[_Sentence]] = defaultdict(list)
        self._ended: dict[str, list[_Sentence]] = defaultdict(list)
        self._others: list[_Sentence] = []
        for key, text in texts.items():
            if _HOLE.search(key):
                self._add(key, text)
        self.of = lru_cache(MOST_REMEMBERED)(self._of)

    def _of(self, text: str) -> str:
        """Return *text* in this language; what is not known stays as it is."""
        return self._known(text, 0) if text and len(text) <= LONGEST else text

    def number(self, text: str) -> str:
        """Return *text* with the numbers in it written with this language's signs."""
        return _NUMBER.sub(self._number, text)

    def _add(self, key: str, text: str) -> None:
        pieces = _HOLE.split(key)
        literals = pieces[::2]
        pattern = re.compile("(.*?)".join(map(re.escape, literals)) + r"\Z", re.DOTALL)
        sentence = _Sentence(pattern, text, sum(map(len, literals)))
        if len(literals[0]) >= _KEY_LETTERS:
            self._begun[literals[0][:_KEY_LETTERS]].append(sentence)
        elif len(literals[-1]) >= _KEY_LETTERS:
            self._ended[literals[-1][-_KEY_LETTERS:]].append(sentence)
        else:
            self._others.append(sentence)

    def _known(self, text: str, depth: int) -> str:
        if text.startswith(_ISOLATE) and text.find(_END_ISOLATE) == len(text) - 1:
            return text
        whole = self._whole.get(text)
        if whole is not None:
            return whole
        if depth > DEEPEST:
            return self.number(text)
        filled = self._filled(text, depth)
        if filled is not None:
            return filled
        return self._piecewise(text, depth)

    def _filled(self, text: str, depth: int) -> str | None:
        """Return the sentence with the most letters of its own that fits."""
        candidates = (
            *self._begun.get(text[:_KEY_LETTERS], ()),
            *self._ended.get(text[-_KEY_LETTERS:], ()),
            *self._others,
        )
        best: tuple[int, re.Match[str], str] | None = None
        for sentence in candidates:
            if best is not None and sentence.letters <= best[0]:
                continue
            match = sentence.pattern.match(text)
            if match is not None:
                best = (sentence.letters, match, sentence.into)
        if best is None:
            return None
        found = best[1].groups()
        return _HOLE.sub(lambda hole: self._known(found[int(hole[1])], depth + 1), best[2])

    def _piecewise(self, text: str, depth: int) -> str:
        """Translate part by part, where a text is put together of several."""
        joint = next((each for each in _JOINTS if each.search(text)), None)
        if joint is None:
            return self.number(text)
        parts, start = [], 0
        for end in joint.finditer(text):
            parts += [self._known(text[start : end.start()], depth), end.group()]
            start = end.end()
        parts.append(self._known(text[start:], depth))
        return "".join(parts)

    def _number(self, found: re.Match[str]) -> str:
        sign, whole, rest = found[1], found[2], found[3] or ""
        return sign + whole.replace(",", self._group) + rest.replace(".", self._decimal)
