"""Canonical JSON (RFC 8785) and SHA-256: the bytes that are stored and hashed.

The C encoder of the standard library writes nearly the canonical form. Only numbers such as
``1.0``, ``1e-07`` and keys beyond the basic plane differ; these are mended, the rest is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from luthier_desktop.domain.base import LARGEST_NUMBER
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.storage.json_quotes import split_at_quotes

_ENCODE = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
_DECODE = json.JSONDecoder().decode
_LONGEST_SURE = 2**18  # so few bytes can hold no more values than any limit allows
_LONGEST_SURE_TEXT = 128
_ODD_MARKS = (".0,", ".0}", ".0]", "e+", "e-", "E")
_WHOLE_FLOAT = re.compile(r"\.0(?!\d)")
_NEGATIVE_ZERO = re.compile(r"-0\.0(?!\d)")
_EXPONENT = re.compile(r"(?<![\d.-])-?\d[\d.]*+e[+-]\d+")
_LONG_INTEGER_PART = re.compile(r"(?<![\d.-])-?\d{16,}+(?:\.\d+)?")
_BEYOND_BASIC_PLANE = re.compile("[\U00010000-\U0010ffff]")
_DIGITS_ALIKE = {ord(digit): "0" for digit in "123456789"}
_LONG_RUN = "0" * 16
_LEAVES = frozenset({str, int, float, bool, type(None)})
_TEXT = frozenset({str})


def canonical_bytes(value: Any) -> bytes:
    """Return the RFC 8785 form of *value*, plain JSON data with text keys.

    Raises:
        InputRefused: A number is not finite or beyond 2^53 - 1 as an integer, a text holds half
            a surrogate pair, a key is not text or a type is unknown to JSON.
    """
    try:
        _require_text_keys(value)
        return _canonical(value)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputRefused(f"This value has no canonical JSON form: {error}.") from None


def canonical_object(members: Mapping[str, bytes]) -> bytes:
    """Join *members*, each in canonical form already, into the canonical form of their object."""
    names = sorted(members, key=lambda name: name.encode("utf-16-be"))
    joined = b",".join(_canonical(name) + b":" + members[name] for name in names)
    return b"{" + joined + b"}"


def storable_bytes(record: Any) -> bytes:
    """Return the canonical form of *record*, after a check that no number is beyond 2^53 - 1.

    The keys are trusted to be text, as in a model's dump and in what `canonical_bytes` hashed.

    Raises:
        InputRefused: As `canonical_bytes`, or a float is beyond 2^53 - 1.
    """
    try:
        return _canonical(record, bounded=True)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputRefused(f"This record has no canonical JSON form: {error}.") from None


def canonical_value(data: bytes) -> Any:
    """Return the object in *data* when it is short and in canonical form beyond doubt.

    Equal bytes after encoding anew prove unique keys, finite numbers within 2^53 - 1 in their
    one form, and texts that can be stored, and the C decoder takes a fifth of the time of
    `parse_strict`. The depth is not looked at.

    Raises:
        ValueError: It is not, or this cannot be told in this way; it may be sound all the same.
    """
    if len(data) > _LONGEST_SURE or not data.startswith(b"{") or b'\\"' in data:
        raise ValueError("not for the short way")
    try:
        text = data.decode()
        parts = text.split('"')
        if len(max(parts[1::2], key=len, default="")) > _LONGEST_SURE_TEXT:
            _require_short_keys(parts)
        value = _DECODE(text)
        if not (_needs_no_mending(text, '"'.join(parts[::2])) and _ENCODE(value) == text):
            _require_same(_canonical(value, bounded=True), data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def _needs_no_mending(text: str, outside: str) -> bool:
    """Tell whether the encoder's form is the canonical one; *outside* stands beside the texts."""
    return not (
        any(mark in outside for mark in _ODD_MARKS)
        or _LONG_RUN in outside.translate(_DIGITS_ALIKE)
        or _leaves_basic_plane(text)
    )


def _require_same(encoded: bytes, data: bytes) -> None:
    if encoded != data:
        raise ValueError("not in canonical form")


def _require_short_keys(parts: list[str]) -> None:
    for at in range(1, len(parts) - 1, 2):
        if len(parts[at]) > _LONGEST_SURE_TEXT and parts[at + 1].startswith(":"):
            raise ValueError("a long key")


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of *data* in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _canonical(value: Any, *, bounded: bool = False) -> bytes:
    text: str = _ENCODE(value)
    # Outside and inside of strings alternate: even parts hold the numbers, odd parts the texts.
    parts = split_at_quotes(text) if "\\" in text else text.split('"')
    if _leaves_basic_plane(text) and _has_astral_key(parts):
        if bounded:
            _refuse_large_numbers(value)
        return _reference(value)
    outside = '"'.join(parts[::2])
    mended = _mend_numbers(outside, _shortest_bounded if bounded else _shortest)
    if mended != outside:
        parts[::2] = mended.split('"')
        text = '"'.join(parts)
    return text.encode()


def _mend_numbers(outside: str, write: Callable[[re.Match[str]], str]) -> str:
    # The plain searches take a tenth of the patterns' time, and nearly always find nothing.
    if _LONG_RUN in outside.translate(_DIGITS_ALIKE):
        outside = _LONG_INTEGER_PART.sub(write, outside)
    # After the long ones: an exponent may be written out as a long integer.
    if "e+" in outside or "e-" in outside:
        outside = _EXPONENT.sub(write, outside)
    return _WHOLE_FLOAT.sub("", _NEGATIVE_ZERO.sub("0", outside))


def _require_text_keys(value: Any) -> None:
    """Refuse keys that the encoder would turn into text, in an order that is not canonical."""
    pending: list[Any] = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if not _TEXT.issuperset(map(type, node)):
                _require_text(node)
            pending += [child for child in node.values() if type(child) not in _LEAVES]
        elif isinstance(node, list | tuple):
            pending += [child for child in node if type(child) not in _LEAVES]


def _require_text(keys: Iterable[Any]) -> None:
    for key in keys:
        if not isinstance(key, str):
            raise TypeError(f"the key {key!r} is not text")


def _leaves_basic_plane(text: str) -> bool:
    # Beyond it a character takes two units of UTF-16; counting them is faster than a pattern.
    return not text.isascii() and len(text.encode("utf-16-le")) != 2 * len(text)


def _has_astral_key(parts: list[str]) -> bool:
    keys = (parts[at] for at in range(1, len(parts), 2) if parts[at + 1].startswith(":"))
    return any(_BEYOND_BASIC_PLANE.search(key) for key in keys)


def _shortest(match: re.Match[str]) -> str:
    literal = match.group()
    is_float = "e" in literal or "." in literal
    return _reference(float(literal) if is_float else int(literal)).decode()


def _shortest_bounded(match: re.Match[str]) -> str:
    _refuse_large_numbers(float(match.group()))
    return _shortest(match)


def _reference(value: Any) -> bytes:
    import rfc8785  # only here, so that a store without odd numbers never loads it

    return rfc8785.dumps(value)


def _refuse_large_numbers(value: Any) -> None:
    if isinstance(value, dict):
        for member in value.values():
            _refuse_large_numbers(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _refuse_large_numbers(member)
    elif isinstance(value, float) and abs(value) > LARGEST_NUMBER:
        raise ValueError(f"the number {value!r} is beyond 2^53 - 1")
