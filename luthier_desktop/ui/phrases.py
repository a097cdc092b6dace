"""Texts of one language for those of another: whole ones, and sentences with holes. Pure.

A catalogue maps English texts to others. Where a sentence has names and numbers in it, both have
holes, numbered from left to right in the English one: ``Ring {0} of {1}`` may become
``Von {1} Ringen der {0}.``. What stands in a hole is itself looked up, so that the name of a wood
is translated within a sentence; a number gets the other language's signs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

DEEPEST = 4
MOST_REMEMBERED = 8192
LONGEST = 4000
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""Between them stands a name that somebody gave: it is never translated."""
_HOLE = re.compile(r"\{(\d+)\}")
_KEY_LETTERS = 3
_JOINTS = (
    re.compile(r"\n| · | {2,}|\t"),
    re.compile(r"(?<=[.!?…]) "),
    re.compile(r"(?<=[:;]) | \u2013 | → "),
    re.compile(r"(?<=,) | / "),
)
"""Where a text may be put together of several, the plainest joint first."""
_EDGES = re.compile(r"([^\w&(⟨\u2068'\"#+\u2212±-]*)(.*?)([\s.:…)]*)\Z", re.DOTALL)
"""A sign before a text and a stop after it stay as they are."""
_NUMBER = re.compile(
    r"(?<![\w.,:/-])([-+\u2212±]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/]|[.,]\d)"
)
_MNEMONIC = re.compile(r"&(?=\w)")


class _Sentence(NamedTuple):
    """A sentence with holes: how it is known, and what it becomes."""

    literals: tuple[str, ...]
    into: str

    @property
    def letters(self) -> int:
        return sum(map(len, self.literals))

    def holes(self, text: str) -> list[str] | None:
        """Return what stands in the holes, or None where *text* is another sentence."""
        first, *middle, last = self.literals
        end = len(text) - len(last)
        if end < len(first) or not text.startswith(first) or not text.endswith(last):
            return None
        found, at = [], len(first)
        for literal in middle:
            place = text.find(literal, at, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(literal)
        return [*found, text[at:end]]


class Phrases:
    """The texts of one language; *decimal* and *group* are its signs within numbers."""

    def __init__(self, texts: Mapping[str, str], decimal: str = ".", group: str = ",") -> None:
        self._whole = _with_variants({key: texts[key] for key in texts if "{" not in key})
        self._decimal, self._group = decimal, group
        self._begun: dict[str, list[_Sentence]] = defaultdict(list)
        self._ended: dict[str, list[_Sentence]] = defaultdict(list)
        self._others: list[_Sentence] = []
        holed = [key for key in texts if "{" in key]
        found = [_Sentence(tuple(_HOLE.split(key)[::2]), texts[key]) for key in holed]
        for sentence in sorted(found, key=lambda one: -one.letters):
            self._add(sentence)
        self.of = lru_cache(MOST_REMEMBERED)(self._of)

    def _of(self, text: str) -> str:
        """Return *text* in this language; what is not known stays as it is."""
        return self._known(text, 0) if text and len(text) <= LONGEST else text

    def number(self, text: str) -> str:
        """Return *text* with the numbers in it written with this language's signs."""
        return _NUMBER.sub(self._number, text)

    def _add(self, sentence: _Sentence) -> None:
        first, last = sentence.literals[0], sentence.literals[-1]
        if len(first) >= _KEY_LETTERS:
            self._begun[first[:_KEY_LETTERS]].append(sentence)
        elif len(last) >= _KEY_LETTERS:
            self._ended[last[-_KEY_LETTERS:]].append(sentence)
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
        return filled if filled is not None else self._inner(text, depth)

    def _filled(self, text: str, depth: int) -> str | None:
        """Return the sentence with the most letters of its own that fits."""
        best: tuple[_Sentence, list[str]] | None = None
        for candidates in self._candidates(text):
            for sentence in candidates:
                if best is not None and sentence.letters <= best[0].letters:
                    break
                holes = sentence.holes(text)
                if holes is not None:
                    best = sentence, holes
                    break
        if best is None:
            return None
        sentence, found = best
        return _HOLE.sub(lambda hole: self._known(found[int(hole[1])], depth + 1), sentence.into)

    def _candidates(self, text: str) -> Iterator[list[_Sentence]]:
        yield self._begun.get(text[:_KEY_LETTERS], [])
        yield self._ended.get(text[-_KEY_LETTERS:], [])
        yield self._others

    def _inner(self, text: str, depth: int) -> str:
        """Translate what stands between a sign and a stop, or part by part."""
        joint = next((each for each in _JOINTS if each.search(text)), None)
        if joint is not None:
            return self._piecewise(text, joint, depth)
        edges = _EDGES.match(text)
        if edges is None or edges[2] in (text, ""):
            return self.number(text)
        return edges[1] + self._known(edges[2], depth + 1) + edges[3]

    def _piecewise(self, text: str, joint: re.Pattern[str], depth: int) -> str:
        parts, start = [], 0
        for end in joint.finditer(text):
            parts += [self._known(text[start : end.start()], depth), end.group()]
            start = end.end()
        parts.append(self._known(text[start:], depth))
        return "".join(parts)

    def _number(self, found: re.Match[str]) -> str:
        sign, whole, rest = found[1], found[2], found[3] or ""
        return sign + whole.replace(",", self._group) + rest.replace(".", self._decimal)


def _with_variants(texts: dict[str, str]) -> dict[str, str]:
    """Add the texts without their mnemonics and ellipses, and with a capital they begin with."""
    found = dict(texts)
    for key, text in texts.items():
        plain, into = _MNEMONIC.sub("", key), _MNEMONIC.sub("", text)
        found.setdefault(plain, into)
        found.setdefault(plain.removesuffix("…"), into.removesuffix("…"))
        found.setdefault(plain[:1].upper() + plain[1:], into[:1].upper() + into[1:])
    return found
