"""Lengths as a luthier types and reads them: plain numbers, decimal comma, millimetres."""

from __future__ import annotations

import math
import re

from luthier_desktop.domain.errors import InputRefused

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


def parse_mm(text: str, what: str) -> float:
    """Read a length in mm: ``2.5``, ``2,5`` or ``2.5 mm``; *what* names it in the sentence.

    Raises:
        InputRefused: The text is not a number of millimetres.
    """
    return parse_number(text, "mm", what, "a length in mm; type a number such as 2.5")


def parse_number(text: str, unit: str, what: str, wanted: str) -> float:
    """Read a number with or without its *unit*; *wanted* says what the field takes.

    Raises:
        InputRefused: The text is not a number.
    """
    bare = text.strip().removesuffix(unit).strip()
    if not _NUMBER.fullmatch(bare):
        shown = text.strip() or "nothing"
        raise InputRefused(f"{what}: {shown!r} is not {wanted}.")
    value = float(bare.replace(",", "."))
    if not math.isfinite(value):
        raise InputRefused(f"{what}: {text.strip()!r} is not a finite number.")
    return value


def number_text(value: float, least_decimals: int = 2) -> str:
    """Write a number with at least *least_decimals* and at most six decimals."""
    text = f"{value + 0.0:.6f}"
    whole, decimals = text.split(".")
    decimals = decimals.rstrip("0").ljust(least_decimals, "0")
    return f"{whole}.{decimals}" if decimals else whole


def mm_text(value: float, least_decimals: int = 2) -> str:
    """Write a length with its unit: ``2.50 mm``."""
    return f"{number_text(value, least_decimals)} mm"
