"""Lengths as they are typed and read: mm and inches, fractions and sums.

A length is typed as ``2.5``, ``2.5 mm``, ``0.1in``, ``3/32"``, ``1 1/16`` or ``2*1.5+0.2``; a
number without a unit is in the unit that is shown. ``1 1/16`` is one and a sixteenth, ``1-1/16``
is a subtraction. Letters, names and functions are refused; nothing is ever evaluated as code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused

MM_PER_INCH = 25.4
FINEST_FRACTION = 64
LONGEST_TEXT = 100
LARGEST_MM = 2.0**53 - 1
_EXACT_MM = 1e-6
"""The quantum of stored lengths: within it a length is that fraction of an inch."""

_INCH_WORDS = ('"', "in", "inch", "inches", "″", "''", "”")
_MM_WORDS = ("mm",)
_SIGNS = str.maketrans("\u00d7\u00b7\u00f7\u2236\u2044\u2212\u2013", "**///--")
"""Signs of print for times, divided by and minus."""

_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(\d+\s+)?\d+/\d+(?![\d.])|\d+\.?\d*|\.\d+)"
    r"|(?P<unit>[a-zA-Z]+|''|[\"″”])"
    r"|(?P<sign>[-+*/()])",
    re.ASCII,
)


class Unit(StrEnum):
    """A unit that lengths are shown and typed in; the model itself is in mm."""

    MM = "mm"
    INCH = "in"

    @property
    def other(self) -> Unit:
        """The unit that is not shown."""
        return Unit.INCH if self is Unit.MM else Unit.MM

    @property
    def in_mm(self) -> float:
        """How many mm one of this unit is."""
        return 1.0 if self is Unit.MM else MM_PER_INCH


class _Token(NamedTuple):
    """A piece of the text; *at* counts from 1."""

    kind: str
    text: str
    at: int


class _Quantity(NamedTuple):
    """A value, in mm when it is a length, else a bare number."""

    value: float
    is_length: bool


def parse_length(text: str, what: str, unit: Unit = Unit.MM, decimal: str = ".") -> float:
    """Read a length in mm; a number without a unit is in *unit*, *what* names the field.

    *decimal* "," is the sign of a comma locale; a point is understood there as well, and a comma
    between digits is understood in every locale, never as a sign of thousands.

    Raises:
        InputRefused: The text is no length; the sentence says where and what can be typed.
    """
    return _Reader(text, what, unit, decimal).length()


def length_text(
    length_mm: float, unit: Unit = Unit.MM, decimal: str = ".", least_decimals: int = 2
) -> str:
    """Write a length with its unit: ``2.50 mm``, ``3/32"``, ``0.0985"``.

    Reading it again gives the length to 0.001 mm; whole mm figures and 64ths give it exactly.
    """
    if unit is Unit.MM:
        return f"{_decimals(length_mm, least_decimals, 6, decimal)} mm"
    fraction = inch_fraction(length_mm)
    if fraction is not None:
        return f'{fraction}"'
    return f'{_decimals(length_mm / MM_PER_INCH, 4, 6, decimal)}"'


def length_in(length_mm: float, unit: Unit, decimals: int = 2, decimal: str = ".") -> str:
    """Write the bare number of a length in *unit*, with two decimals more in inches."""
    digits = decimals if unit is Unit.MM else decimals + 2
    return _decimals(length_mm / unit.in_mm, digits, digits, decimal)


def other_unit_text(length_mm: float, unit: Unit, decimal: str = ".") -> str:
    """Write a length in the unit that is not shown: ``2.38 mm``, ``≈ 3/32" (0.0945")``."""
    if unit is Unit.INCH:
        return length_text(length_mm, Unit.MM, decimal)
    exact = inch_fraction(length_mm)
    if exact is not None:
        return f'{exact}"'
    inches = f'{_decimals(length_mm / MM_PER_INCH, 4, 4, decimal)}"'
    nearest = _fraction_text(_nearest_fraction(length_mm))
    return f'≈ {nearest}" ({inches})' if nearest != "0" else inches


def change_text(before_mm: float | None, after_mm: float | None) -> str:
    """Say a change of a length, in mm: ``2.5 to 3.0 mm``, ``set to 3.0 mm``."""
    after = "" if after_mm is None else length_text(after_mm, least_decimals=1)
    if before_mm is None:
        return f"set to {after}"
    before = length_text(before_mm, least_decimals=1)
    if after_mm is None:
        return f"{before} taken away"
    return f"{before.removesuffix(' mm')} to {after}"


def inch_fraction(length_mm: float) -> str | None:
    """Return a length as inches and 64ths or coarser, or None where it is none of them."""
    if not abs(length_mm) < 1e9:
        return None
    nearest = _nearest_fraction(length_mm)
    if abs(float(nearest) * MM_PER_INCH - length_mm) > _EXACT_MM:
        return None
    return _fraction_text(nearest)


def _nearest_fraction(length_mm: float) -> Fraction:
    return Fraction(round(length_mm / MM_PER_INCH * FINEST_FRACTION), FINEST_FRACTION)


def _fraction_text(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 1)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole} {rest}" if whole else f"{sign}{rest}"


def _decimals(value: float, least: int, most: int, decimal: str) -> str:
    text = f"{value:.{most}f}"
    if float(text) == 0.0:
        text = text.removeprefix("-")
    whole, _, digits = text.partition(".")
    digits = digits.rstrip("0").ljust(least, "0")
    return f"{whole}{decimal}{digits}" if digits else whole


class _Reader:
    """Reads sums, products, fractions and units; one look ahead, no recursion without a bound."""

    def __init__(self, text: str, what: str, unit: Unit, decimal: str) -> None:
        self._text = text.strip()
        self._what = what
        self._unit = unit
        self._decimal = decimal
        self._tokens: list[_Token] = []
        self._next = 0

    def length(self) -> float:
        """Return the whole text as a length in mm."""
        if not self._text:
            raise self._refusal("nothing is typed")
        if len(self._text) > LONGEST_TEXT:
            raise self._refusal(f"it is longer than {LONGEST_TEXT} characters")
        self._tokens = list(self._split())
        found = self._as_length(self._sum())
        if self._next < len(self._tokens):
            raise self._unexpected(self._tokens[self._next])
        if not (math.isfinite(found) and abs(found) <= LARGEST_MM):
            raise self._refusal("it is too large")
        return found

    def _split(self) -> Iterator[_Token]:
        text = re.sub(r"(?<=\d),(?=\d)|(?<!\d),(?=\d)|(?<=\d),(?!\d)", ".", self._text)
        text = text.translate(_SIGNS)
        for sign, fraction in _VULGAR.items():
            text = text.replace(sign, f" {fraction}")
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                raise self._refusal(f"{text[at]!r} has no place in a length")
            if token.lastgroup != "space":
                yield _Token(str(token.lastgroup), token.group(), at + 1)
            at = token.end()

    def _sum(self) -> _Quantity:
        left = self._product()
        while (sign := self._take("+", "-")) is not None:
            right = self._product()
            if left.is_length != right.is_length:
                left, right = (_Quantity(self._as_length(one), True) for one in (left, right))
            value = left.value + right.value if sign == "+" else left.value - right.value
            left = _Quantity(value, left.is_length)
        return left

    def _product(self) -> _Quantity:
        left = self._factor()
        while (sign := self._take("*", "/")) is not None:
            left = self._times(left, self._factor(), sign)
        return left

    def _times(self, left: _Quantity, right: _Quantity, sign: str) -> _Quantity:
        if sign == "*":
            if left.is_length and right.is_length:
                raise self._refusal("a length times a length is an area")
            return _Quantity(left.value * right.value, left.is_length or right.is_length)
        if right.value == 0.0:
            raise self._refusal("it divides by zero")
        if right.is_length and not left.is_length:
            raise self._refusal("a number divided by a length is no length")
        return _Quantity(left.value / right.value, left.is_length and not right.is_length)

    def _factor(self) -> _Quantity:
        negative = False
        while (sign := self._take("+", "-")) is not None:
            negative ^= sign == "-"
        found = self._primary()
        if self._next < len(self._tokens) and self._tokens[self._next].kind == "unit":
            found = self._with_unit(found, self._tokens[self._next])
            self._next += 1
        return _Quantity(-found.value, found.is_length) if negative else found

    def _primary(self) -> _Quantity:
        if self._next >= len(self._tokens):
            raise self._refusal("something is missing at its end")
        token = self._tokens[self._next]
        self._next += 1
        if token.kind == "number":
            return _Quantity(self._number(token), False)
        if token.text == "(":
            inside = self._sum()
            if self._take(")") is None:
                raise self._refusal("a bracket is not closed")
            return inside
        raise self._unexpected(token)

    def _number(self, token: _Token) -> float:
        *whole, last = token.text.split()
        numerator, slash, denominator = last.partition("/")
        if not slash:
            return float(last)
        if int(denominator) == 0:
            raise self._refusal("it divides by zero")
        return float(sum(map(int, whole)) + Fraction(int(numerator), int(denominator)))

    def _with_unit(self, found: _Quantity, token: _Token) -> _Quantity:
        word = token.text.lower()
        if found.is_length:
            raise self._refusal(f"it names its unit twice, at {token.text!r}")
        if word in _INCH_WORDS:
            return _Quantity(found.value * MM_PER_INCH, True)
        if word in _MM_WORDS:
            return _Quantity(found.value, True)
        raise self._refusal(f'{token.text!r} is no unit: mm, in and " are known')

    def _as_length(self, found: _Quantity) -> float:
        return found.value if found.is_length else found.value * self._unit.in_mm

    def _take(self, *signs: str) -> str | None:
        if self._next < len(self._tokens) and self._tokens[self._next].text in signs:
            self._next += 1
            return self._tokens[self._next - 1].text
        return None

    def _unexpected(self, token: _Token) -> InputRefused:
        return self._refusal(f"{token.text!r} at character {token.at} is not expected there")

    def _refusal(self, why: str) -> InputRefused:
        example = f'2{self._decimal}5 mm, 3/32" or 2*1{self._decimal}5+0{self._decimal}2'
        shown = repr(self._text[:LONGEST_TEXT]) if self._text else "this"
        return InputRefused(f"{self._what}: {shown} is not a length: {why}. Type {example}.")
