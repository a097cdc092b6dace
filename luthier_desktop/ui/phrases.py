"""Texts of one language for those of another: whole ones, and sentences with holes. Pure.

A catalogue maps English texts to others. Where a sentence has names and numbers in it, both have
holes, numbered from left to right in the English one: ``Ring {0} of {1}`` may become
``Von {1} Ringen der {0}.``. What stands in a hole is itself looked up, so that the name of a wood
is translated within a sentence; a number gets the other language's signs.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

MOST_REMEMBERED = 8192
LONGEST = 4000
MOST_TRIED = 4
DEEPEST = 20
"""A text of nothing but joints is not followed to its end."""
MOST_TOGETHER = 4
FEW_LETTERS = 12
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""Between them stands a name that somebody gave: it is never translated."""
_UNBROKEN = "\u00a0"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:mm|in|kg|rpm|min)\b|[%°])")
_FIRST_PLACE = 0xE000
"""Signs without a meaning that stand for the names while the rest is looked up."""
_HOLE = re.compile(r"\{(\d+)\}")
_KEY_LETTERS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
_FIRST_ONLY = re.compile(r"(?<=[:;]) | \u2013 | → | = | (?=\()")
"""What follows may be one sentence, with such a joint in it too."""
_JOINTS = (
    re.compile(r"\n| · | {2,}|\t"),
    _SENTENCE_END,
    _FIRST_ONLY,
    re.compile(r"(?<=,) | / "),
)
"""Where a text may be put together of several, the plainest joint first."""
_SMALL_NAME = re.compile(r"[a-z]+( [a-z]+){1,3}\Z")
_NAME = re.compile(f"{_ISOLATE}[^{_END_ISOLATE}]*{_END_ISOLATE}")
_WORD = re.compile(r"\b(?!(?:mm|min|rpm|in|kg|MPa)\b)[A-Za-z]{2,}")
"""What another language may say otherwise; units are the same."""
_EDGES = re.compile(
    r"([^\w&(⟨\u2068'\"#+\u2212±-]*(?:[+\u2212-]?\d[\d.,]* )?)(.*?)"
    r"((?: \d[\d.]*)?(?: mm| in)?[\s.,;:…)▾”]*)\Z",
    re.DOTALL,
)
"""A sign or a count before a text and a number or a stop after it stay where they are."""
_NUMBER = re.compile(
    r"(?<![\w.,:/-])([-+\u2212±]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/]|[.,]\d)"
)
_MNEMONIC = re.compile(r"&(?=\w)")


class _Sentence(NamedTuple):
    """A sentence with holes: how it is known, and what it becomes."""

    literals: tuple[str, ...]
    into: str
    letters: int
    mark: str
    """The longest of the literals: a text without it is another sentence."""

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


class _Told(NamedTuple):
    """A text in the other language, and how many letters of words were left as they were."""

    text: str
    left: int


class Phrases:
    """The texts of one language; *decimal* and *group* are its signs within numbers."""

    def __init__(self, texts: Mapping[str, str], decimal: str = ".", group: str = ",") -> None:
        self._whole = _with_variants({key: texts[key] for key in texts if "{" not in key})
        self._decimal, self._group = decimal, group
        self._depth = 0
        self._begun: dict[str, list[_Sentence]] = defaultdict(list)
        self._ended: dict[str, list[_Sentence]] = defaultdict(list)
        self._others: list[_Sentence] = []
        holed = [key for key in texts if "{" in key]
        found = [_sentence(key, texts[key]) for key in holed]
        for sentence in sorted(found, key=lambda one: -one.letters):
            self._add(sentence)
        self.of = lru_cache(MOST_REMEMBERED)(self._of)
        self._known = lru_cache(4 * MOST_REMEMBERED)(self._look_up)

    def _of(self, text: str) -> str:
        """Return *text* in this language; what is not known stays as it is."""
        if not text or len(text) > LONGEST:
            lines = text.split("\n")
            return text if len(lines) == 1 else "\n".join(map(self.of, lines))
        names: list[str] = []

        def kept(name: re.Match[str]) -> str:
            names.append(name[0])
            return chr(_FIRST_PLACE + len(names) - 1)

        told = self._known(_NAME.sub(kept, text).replace(_UNBROKEN, " ")).text
        if _UNBROKEN in text:
            told = _BEFORE_UNIT.sub(_UNBROKEN, told)
        for at, name in enumerate(names):
            told = told.replace(chr(_FIRST_PLACE + at), name)
        return told

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

    def _look_up(self, text: str) -> _Told:
        whole = self._whole.get(text) or self._with_letter(text) or self._as_name(text)
        if whole is not None:
            return _Told(whole, 0)
        if self._depth >= DEEPEST:
            return self._as_it_is(text)
        self._depth += 1
        try:
            return self._best(text)
        finally:
            self._depth -= 1

    def _best(self, text: str) -> _Told:
        ways = (self._filled, self._inner)
        best = self._as_it_is(text)
        for way in ways if not _SENTENCE_END.search(text) else ways[::-1]:
            if best.left:
                told = way(text)
                best = told if told is not None and told.left < best.left else best
        return best

    def _with_letter(self, text: str) -> str | None:
        """Return the text of a menu whose mnemonic was chosen when the menu was made."""
        plain = self._whole.get(text[1:].removesuffix("…")) if text.startswith("&") else None
        return plain and f"&{plain}{'…' if text.endswith('…') else ''}"

    def _as_name(self, text: str) -> str | None:
        """Return the name of a wood that is written small here; two words are no small word."""
        return self._whole.get(text[:1].upper() + text[1:]) if _SMALL_NAME.match(text) else None

    def _as_it_is(self, text: str) -> _Told:
        return _Told(self.number(text), sum(map(len, _WORD.findall(text))))

    def _filled(self, text: str) -> _Told | None:
        """Return what leaves the least as it is, with the most letters of the sentence's own."""
        fitting = heapq.nlargest(MOST_TRIED, self._fitting(text), key=lambda one: one[0].letters)
        best: _Told | None = None
        for sentence, holes in fitting:
            told = self._put_together(sentence, holes)
            if told is not None and (best is None or told.left < best.left):
                best = told
            if best is not None and not best.left:
                break
        return best

    def _fitting(self, text: str) -> Iterator[tuple[_Sentence, list[str]]]:
        for candidates in (
            self._begun.get(text[:_KEY_LETTERS], []),
            self._ended.get(text[-_KEY_LETTERS:], []),
            self._others,
        ):
            for sentence in candidates:
                holes = sentence.holes(text) if sentence.mark in text else None
                if holes is not None:
                    yield sentence, holes

    def _put_together(self, sentence: _Sentence, holes: list[str]) -> _Told | None:
        """Return the sentence filled; a short one is not that of words that nobody knows."""
        parts = [self._known(hole) for hole in holes]
        is_guess = sentence.letters < FEW_LETTERS
        if is_guess and any(
            part.left and " " in hole for part, hole in zip(parts, holes, strict=True)
        ):
            return None
        text = _HOLE.sub(lambda hole: parts[int(hole[1])].text, sentence.into)
        return _Told(text, sum(part.left for part in parts))

    def _inner(self, text: str) -> _Told:
        """Translate what stands between a sign and a stop, or part by part."""
        edges = _EDGES.match(text)
        bare = self._as_it_is(text)
        if edges is not None and edges[2] not in (text, ""):
            known = self._known(edges[2])
            ends = self.number(edges[1]), self.number(edges[3])
            bare = _Told(ends[0] + known.text + ends[1], known.left)
        joint = next((each for each in _JOINTS if each.search(text)), None)
        if joint is None or not bare.left:
            return bare
        parts = self._piecewise(text, joint)
        return parts if parts.left < bare.left else bare

    def _piecewise(self, text: str, joint: re.Pattern[str]) -> _Told:
        """Translate part by part; parts that are one text together stay together."""
        most = 1 if joint is _FIRST_ONLY else None
        ends = [(end.start(), end.end()) for end in islice(joint.finditer(text), most)]
        ends.append((len(text), len(text)))
        told, start, left, at = "", 0, 0, 0
        while at < len(ends):
            longest = min(at + MOST_TOGETHER, len(ends)) - 1
            runs = range(longest, at, -1)
            at = next((last for last in runs if self._is_one(text[start : ends[last][0]])), at)
            stop, after = ends[at]
            known = self._known(text[start:stop])
            told, left = told + known.text + text[stop:after], left + known.left
            start, at = after, at + 1
        return _Told(told, left)

    def _is_one(self, text: str) -> bool:
        return text in self._whole or text.rstrip(",;") in self._whole

    def _number(self, found: re.Match[str]) -> str:
        sign, whole, rest = found[1], found[2], found[3] or ""
        return sign + whole.replace(",", self._group) + rest.replace(".", self._decimal)


def _sentence(key: str, into: str) -> _Sentence:
    literals = tuple(_HOLE.split(key)[::2])
    return _Sentence(literals, into, sum(map(len, literals)), max(literals, key=len))


def _with_variants(texts: dict[str, str]) -> dict[str, str]:
    """Add the texts without their mnemonics and ellipses, and with a capital they begin with."""
    found = dict(texts)
    for key, text in texts.items():
        plain, into = _MNEMONIC.sub("", key), _MNEMONIC.sub("", text)
        found.setdefault(plain, into)
        found.setdefault(plain.removesuffix("…"), into.removesuffix("…"))
        found.setdefault(plain[:1].upper() + plain[1:], into[:1].upper() + into[1:])
    return found
