r"""A query of the run log as one line of text, and back.

    verdict:red,yellow event:snapshot.saved since:2026-11-16 tool:"1.0 mm" plain words

Values of one filter are alternatives; filters and words must all hold. Quotes hold blanks, commas
and what looks like a filter together; in them ``\"``, ``\\``, ``\n`` and ``\u{202e}`` are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.run import RunQuery, SortKey, Source
from luthier_desktop.domain.time_words import (
    LocalClock,
    require_time,
    since_utc,
    until_utc,
    written_since,
    written_until,
)

LONGEST_LINE = 4000
FILTERS = {
    "verdict": "risk",
    "event": "event",
    "status": "status",
    "tool": "tool",
    "material": "material",
    "operator": "operator",
    "source": "source",
    "tag": "tag",
    "design": "design",
    "mode": "mode",
}
"""What a filter is called in a line, and in a query."""
_SINGLE = ("since", "until", "hidden", "sort", "reverse")
_ALSO = {"risk": "verdict"}
_CHOICES = {
    "verdict": ("green", "yellow", "red", "unknown"),
    "source": get_args(Source),
    "hidden": ("yes", "no"),
    "reverse": ("yes", "no"),
    "sort": get_args(SortKey),
}
_KEY = re.compile(r"([A-Za-z_]{2,}):")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE_VALUE = re.compile(r"[^\s,]+")
_BARE_WORD = re.compile(r"\S+")
_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HIGHEST_CODE = 0x10FFFF


class QueryRefused(InputRefused):
    """A line that is no query; the fault stands from *start* to *end*."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(f"Column {start + 1}: {sentence}", f"column {start + 1}")
        self.start = start
        self.end = end


class WrittenQuery(NamedTuple):
    """A query as it is written: *asked* without its times, which are settled by a clock."""

    asked: RunQuery
    since: str = ""
    until: str = ""

    def settled(self, clock: LocalClock) -> RunQuery:
        """Return the query as of now."""
        times: dict[str, Any] = {}
        if self.since:
            times["since"] = since_utc(self.since, clock)
        if self.until:
            times["until"] = until_utc(self.until, clock)
        return self.asked.model_copy(update=times) if times else self.asked

    def text(self) -> str:
        """Return the line."""
        return " ".join(_terms(self))

    @classmethod
    def of(cls, query: RunQuery, clock: LocalClock) -> WrittenQuery:
        """Write a query; of a page, its length and place are left out."""
        nowhere = {"since": None, "until": None, "limit": 50, "cursor": None}
        since = written_since(query.since, clock) if query.since else ""
        until = written_until(query.until, clock) if query.until else ""
        return cls(query.model_copy(update=nowhere), since, until)


def parse_query(text: str, clock: LocalClock) -> RunQuery:
    """Return the query that a line means now.

    Raises:
        QueryRefused: It is none; the sentence names the place.
    """
    return parse(text).settled(clock)


def format_query(query: RunQuery, clock: LocalClock) -> str:
    """Write a query as a line that means the same."""
    return WrittenQuery.of(query, clock).text()


def parse(text: str) -> WrittenQuery:
    """Read a line.

    Raises:
        QueryRefused: It is no query; the sentence names the place.
    """
    if len(text) > LONGEST_LINE:
        raise QueryRefused(
            f"a filter has at most {LONGEST_LINE:,} characters; this one has {len(text):,}.",
            LONGEST_LINE,
            len(text),
        )
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for term in _read(text):
        if term.name:
            _take(term, found)
        else:
            words += term.values[0].split()
    return _query(found, " ".join(words))


class _Term(NamedTuple):
    """A filter with its values, or with no name a word."""

    name: str
    values: list[str]
    start: int
    end: int


def _read(text: str) -> Iterator[_Term]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        key = _KEY.match(text, at)
        term = _filter(text, key) if key else _word(text, at)
        at = term.end
        yield term


def _word(text: str, start: int) -> _Term:
    value, end = _value(text, start, _BARE_WORD)
    return _Term("", [value], start, end)


def _filter(text: str, key: re.Match[str]) -> _Term:
    start, at = key.start(), key.end()
    name = _ALSO.get(key[1].casefold(), key[1].casefold())
    if name not in FILTERS and name not in _SINGLE:
        end = _end_of(text, start)
        raise QueryRefused(
            f"there is no filter {key[1]}:, only {': '.join((*FILTERS, *_SINGLE))}:; "
            f'to look for the word itself, quote it: "{text[start:end][:40]}".',
            start,
            end,
        )
    values: list[str] = []
    while True:
        if at >= len(text) or text[at].isspace() or text[at] == ",":
            raise QueryRefused(f"a value is missing after {name}:.", start, max(at, key.end()))
        value, at = _value(text, at, _BARE_VALUE)
        values.append(value)
        if at >= len(text) or text[at] != ",":
            return _Term(name, values, start, at)
        at += 1


def _value(text: str, at: int, bare: re.Pattern[str]) -> tuple[str, int]:
    if text[at] != '"':
        found = bare.match(text, at)
        if found is None:
            raise QueryRefused("a value is missing.", at, at + 1)
        return found[0], found.end()
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        raise QueryRefused("this quote is not closed.", at, len(text))
    end = quoted.end()
    if end < len(text) and not text[end].isspace() and (bare is _BARE_WORD or text[end] != ","):
        raise QueryRefused("a blank is missing after the closing quote.", at, end + 1)
    return _unescaped(quoted), end


def _unescaped(quoted: re.Match[str]) -> str:
    def one(found: re.Match[str]) -> str:
        if found[2] is not None and int(found[2], 16) <= _HIGHEST_CODE:
            return chr(int(found[2], 16))
        if found[1] in _ESCAPES:
            return _ESCAPES[found[1]]
        start = quoted.start(1) + found.start()
        raise QueryRefused(
            'after \\ comes one of " \\ n r t, or u{…} with the number of a character.',
            start,
            start + 2,
        )

    return _ESCAPE.sub(one, quoted[1])


def _end_of(text: str, start: int) -> int:
    found = _BARE_WORD.match(text, start)
    return found.end() if found else start


def _take(term: _Term, found: dict[str, list[str]]) -> None:
    name, values = term.name, term.values
    if "" in values:
        raise QueryRefused(f"a value of {name}: is empty.", term.start, term.end)
    if name in _SINGLE and (len(values) > 1 or name in found):
        raise QueryRefused(f"{name}: takes one value, once.", term.start, term.end)
    if name in _CHOICES:
        values = [value.casefold() for value in values]
        for value in values:
            if value not in _CHOICES[name]:
                raise QueryRefused(
                    f"{name}: is one of {', '.join(_CHOICES[name])}, not {value[:40]!r}.",
                    term.start,
                    term.end,
                )
    if name in ("since", "until"):
        values = [values[0] if values[0].endswith("Z") else _folded(values[0])]
        try:
            require_time(values[0])
        except InputRefused as refused:
            raise QueryRefused(f"{name}: {refused.sentence}", term.start, term.end) from None
    found.setdefault(name, []).extend(values)


def _folded(value: str) -> str:
    """Let words be of any letter case; a time keeps its T."""
    return value.casefold() if value[0].isalpha() or value[-1:].isalpha() else value


def _query(found: dict[str, list[str]], words: str) -> WrittenQuery:
    members: dict[str, Any] = {
        FILTERS[name]: tuple(dict.fromkeys(_stored(name, value) for value in values))
        for name, values in found.items()
        if name in FILTERS
    }
    for name in ("hidden", "reverse"):
        members[name] = found.get(name) == ["yes"]
    if "sort" in found:
        members["sort"] = found["sort"][0]
    asked = RunQuery(**members, text=words or None)
    return WrittenQuery(asked, *(found.get(name, [""])[0] for name in ("since", "until")))


def _stored(name: str, value: str) -> str:
    return value.upper() if name == "verdict" else value


def _terms(written: WrittenQuery) -> Iterator[str]:
    asked = written.asked
    for name, member in FILTERS.items():
        values = getattr(asked, member)
        if values:
            yield f"{name}:{','.join(_quoted(_written(name, value)) for value in values)}"
    singles = {
        "since": written.since,
        "until": written.until,
        "hidden": "yes" if asked.hidden else "",
        "sort": "" if asked.sort == "seq" else asked.sort,
        "reverse": "yes" if asked.reverse else "",
    }
    yield from (f"{name}:{_quoted(value)}" for name, value in singles.items() if value)
    for word in (asked.text or "").split():
        yield _quoted(word) if _KEY.match(word) else _quoted(word, within="")


def _written(name: str, value: str) -> str:
    return value.casefold() if name in _CHOICES else value


def _quoted(value: str, within: str = ",") -> str:
    """Write a value: in quotes where it would be read in another way, with nothing hidden."""
    is_plain = in_full(value) == value and not re.search(r"\s", value)
    is_apart = not within or (within not in value and not _KEY.match(value))
    if value and is_plain and is_apart and not value.startswith('"'):
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    hides = in_full(character) != character
    return f"\\u{{{ord(character):x}}}" if hides else character
