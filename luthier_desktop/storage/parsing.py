"""Strict JSON: the rules for every byte that is parsed, from outside or out of the store.

UTF-8 without a byte order mark, bounded depth and number of values before the parser runs, no
duplicate keys, finite numbers (within 2^53 - 1 in all that the program keeps), bounded texts,
keys and members.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from luthier_desktop.domain.base import LARGEST_NUMBER, LONGEST_PLACE, place
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.json_quotes import split_at_quotes, without_escapes

MIB = 2**20
LONGEST_INTEGER = 17
LONGEST_DECIMAL = 128


@dataclass(frozen=True)
class Limits:
    """How large a document of one kind may be: bytes, values, levels, characters, members.

    A kind whose *large_floats* are allowed is JSON that is only read: what is kept has none.
    """

    size_bytes: int
    nodes: int
    depth: int = 32
    text_characters: int = 10_000
    key_characters: int = 128
    members: int = 200_000
    large_floats: bool = False


DESIGN_LIMITS = Limits(size_bytes=2 * MIB, nodes=200_000, members=256)
"""A design or a setup."""

SHARE_LIMITS = Limits(size_bytes=2 * MIB, nodes=200_000, members=256, text_characters=2 * MIB)
"""A share file, which holds whole documents as texts; each obeys the limits of its own kind."""

BATCH_LIMITS = Limits(size_bytes=64 * MIB, nodes=5_000_000)
"""Up to 10,000 designs in one document; each of them obeys the design's limits besides."""

RECORD_LIMITS = Limits(size_bytes=8 * MIB, nodes=200_000, text_characters=4 * MIB)
"""Our own records, which may hold a foreign file as one text, each sign of it escaped."""

_TOKEN = re.compile(rb'"[^"]*+"?|[\[{]|[\]}]')
_TEXT = re.compile(rb'"[^"]*+"?')
_JSON_SPACE = " \t\r\n"
_BLANKS = _JSON_SPACE.encode()
_NOTHING_FOLLOWS = "nothing follows this comma; remove it"
_SYNTAX_RULES = {
    "Expecting value": "a value is expected here",
    "Expecting property name": "a key in double quotes is expected here",
    "Expecting ':'": "a colon is expected here",
    "Expecting ','": "a comma or the end of the list or object is expected here",
    "Extra data": "something follows the end of the document",
    "Unterminated string": "this text has no closing quote",
    "Invalid control character": "a text holds a control character; write it as \\n or \\u000a",
    "Invalid \\": "a text holds a backslash that begins no escape; write it as \\\\",
}
_WORD = re.compile(r'[^\s,:\[\]{}"]+')


def require_size(size_bytes: int, what: str, limits: Limits) -> None:
    """Refuse a document that has more bytes than its kind may have.

    Raises:
        InputRefused: It has; the sentence names both numbers.
    """
    if size_bytes > limits.size_bytes:
        raise InputRefused(
            f"{what}: the document has {size_bytes:,} bytes; at most {limits.size_bytes:,} bytes "
            "are read."
        )


def parse_strict(data: bytes, what: str, limits: Limits = DESIGN_LIMITS) -> Any:
    """Return the JSON value in *data*; *what* names the document in every sentence.

    Raises:
        InputRefused: The document breaks a rule; the sentence names the place, rule and limit.
    """
    require_size(len(data), what, limits)
    text = _decode(data, what)
    _check_count(data, what, limits)
    _check_depth(data, what, limits)
    value = _load(text, what, limits)
    _Walk(what, limits).check(value)
    return value


def _decode(data: bytes, what: str) -> str:
    if not data.strip(_JSON_SPACE.encode()):
        raise InputRefused(f"{what}: the document is empty; a JSON document is expected.")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise InputRefused(
            f"{what}: byte 0: there is a byte order mark; save the file as UTF-8 without it."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"{what}: byte {error.start}: this is not valid UTF-8; save the file as UTF-8."
        ) from None


def _check_depth(data: bytes, what: str, limits: Limits) -> None:
    """Count the levels in one linear pass, before a parser that recurses sees them."""
    if data.count(b"[") + data.count(b"{") <= limits.depth:
        return
    depth = 0
    for token in _TOKEN.finditer(without_escapes(data)):
        first = token.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > limits.depth:
                raise InputRefused(
                    f"{what}: byte {token.start()}: lists and objects are nested deeper than "
                    f"{limits.depth} levels."
                )
        elif first != b'"':
            depth -= 1


def _check_count(data: bytes, what: str, limits: Limits) -> None:
    """Refuse too many values before any of them is built, and before anything looks at each.

    Each value but the first follows a comma or begins a list or an object; a text is a key or a
    value and has two quotes.
    """
    most = limits.nodes
    if sum(map(data.count, (b",", b"[", b"{"))) < most:
        return
    quotes = data.count(b'"') - data.count(b'\\"')
    bare = b"" if quotes > 4 * most else _bare(data)
    begun = sum(map(bare.count, (b",", b"[", b"{"))) - bare.count(b"[]") - bare.count(b"{}")
    if not bare or begun >= most:
        raise InputRefused(f"{what}: {_too_many(limits)}.")


def _bare(data: bytes) -> bytes:
    """Return a document with one quote for each of its texts, and without blanks."""
    return _TEXT.sub(b'"', without_escapes(data)).translate(None, _BLANKS)


def _too_many(limits: Limits) -> str:
    return f"the document has more than {limits.nodes:,} values"


class _NumberRefused(ValueError):
    """A number breaks a rule; the parser does not tell where, the literal does."""

    def __init__(self, literal: str, rule: str) -> None:
        super().__init__(rule)
        self.literal = literal
        self.rule = rule


class _KeyTwice(ValueError):
    """An object names one key twice."""


def _load(text: str, what: str, limits: Limits) -> Any:
    try:
        return _parser(limits.large_floats).decode(text)
    except _NumberRefused as error:
        raise InputRefused(f"{what}: {_where(text, error.literal)}{error.rule}.") from None
    except _KeyTwice as error:
        raise InputRefused(
            f"{what}: the key {error.args[0]} stands twice in one object; keep one of them."
        ) from None
    except json.JSONDecodeError as error:
        raise InputRefused(f"{what}: {_syntax(text, error)}") from None


def _where(text: str, literal: str) -> str:
    """Name the place of a literal: its byte, and the key that it belongs to."""
    key, before, at = "", "", 0
    for number, part in enumerate(split_at_quotes(text)):
        if number % 2:
            before = part
        else:
            if before and part.lstrip(_JSON_SPACE).startswith(":"):
                key = f", {shown(before)}"
            for word in _WORD.finditer(part):
                if word.group() == literal:
                    return f"byte {_bytes_before(text, at + word.start())}{key}: "
        at += len(part) + 1
    return ""


def _syntax(text: str, error: json.JSONDecodeError) -> str:
    rest = text[error.pos :]
    torn = not rest.strip() or (
        error.msg.startswith("Unterminated string") and "\n" not in rest.rstrip("\n")
    )
    if torn:
        return (
            f"byte {_bytes_before(text, error.pos)}: the document ends in the middle, so it is "
            "torn; take the complete file."
        )
    at, rule = _syntax_rule(text, error)
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return (
        f"byte {_bytes_before(text, at)} (line {line}, column {column}): not valid JSON, {rule}."
    )


def _syntax_rule(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Return the place and the rule in our words: the parser's differ between Pythons."""
    before = text[: error.pos].rstrip(_JSON_SPACE)
    if error.msg.startswith("Illegal trailing comma"):
        return error.pos, _NOTHING_FOLLOWS
    if before.endswith(",") and text[error.pos] in "]}":
        return len(before) - 1, _NOTHING_FOLLOWS
    found = (rule for start, rule in _SYNTAX_RULES.items() if error.msg.startswith(start))
    return error.pos, next(found, "this cannot be read")


def _bytes_before(text: str, at: int) -> int:
    return len(text[:at].encode())


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _KeyTwice(json.dumps(key[:128]))
            seen.add(key)
    return members


def _integer(literal: str) -> int:
    if len(literal) > LONGEST_INTEGER or abs(int(literal)) > LARGEST_NUMBER:
        raise _NumberRefused(literal, f"the number {literal[:40]} is beyond 2^53 - 1")
    return int(literal)


def _bounded_decimal(literal: str) -> float:
    number = float(_short(literal))
    if not abs(number) <= LARGEST_NUMBER:
        raise _NumberRefused(literal, f"the number {literal[:40]} is beyond 2^53 - 1")
    return number


def _finite_decimal(literal: str) -> float:
    number = float(_short(literal))
    if not math.isfinite(number):
        raise _NumberRefused(literal, f"the number {literal[:40]} is beyond any double")
    return number


def _short(literal: str) -> str:
    if len(literal) > LONGEST_DECIMAL:
        raise _NumberRefused(
            literal, f"the number {literal[:40]}... has more than {LONGEST_DECIMAL} characters"
        )
    return literal


def _constant(literal: str) -> NoReturn:
    raise _NumberRefused(literal, f"{literal} is not a number that JSON knows")


@cache
def _parser(large_floats: bool) -> json.JSONDecoder:
    decimal: Callable[[str], float] = _finite_decimal if large_floats else _bounded_decimal
    return json.JSONDecoder(
        object_pairs_hook=_without_duplicates,
        parse_int=_integer,
        parse_float=decimal,
        parse_constant=_constant,
    )


class _Fault(Exception):
    """A rule broken by a value; its place is collected while the walk unwinds."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.path: list[int | str] = []


class _Walk:
    """Counts the values of a parsed document and checks its texts and keys."""

    def __init__(self, what: str, limits: Limits) -> None:
        self._what = what
        self._limits = limits
        self._nodes = 0

    def check(self, value: Any) -> None:
        try:
            self._visit(value)
        except _Fault as fault:
            path = place(tuple(reversed(fault.path)))
            at = f"{shown(path, LONGEST_PLACE)}: " if path else ""
            raise InputRefused(f"{self._what}: {at}{fault.rule}.", path) from None

    def _visit(self, value: Any) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            raise _Fault(_too_many(self._limits))
        if isinstance(value, str):
            self._check_text(value, "the text", self._limits.text_characters)
        elif isinstance(value, dict):
            self._check_members(value)
            for key in value:
                self._check_text(key, "a key", self._limits.key_characters)
            self._visit_members(value.items())
        elif isinstance(value, list):
            self._visit_members(enumerate(value))

    def _check_members(self, value: dict[str, Any]) -> None:
        most = self._limits.members
        if len(value) > most:
            raise _Fault(f"the object has {len(value):,} members; at most {most:,} are allowed")

    def _visit_members(self, members: Any) -> None:
        for step, member in members:
            try:
                self._visit(member)
            except _Fault as fault:
                fault.path.append(step)
                raise

    @staticmethod
    def _check_text(text: str, what: str, most: int) -> None:
        if len(text) > most:
            raise _Fault(f"{what} has {len(text):,} characters; at most {most:,} are allowed")
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise _Fault(f"{what} holds half of a surrogate pair (\\ud800...)") from None
