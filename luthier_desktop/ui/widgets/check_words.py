"""The words and numbers of a check as a luthier reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.findings import Input, Rule
from luthier_desktop.domain.feasibility.risk import Lane, Status
from luthier_desktop.domain.lengths import Unit, inch_fraction
from luthier_desktop.ui import units
from luthier_desktop.ui.widgets.check_fields import MISSING
from luthier_desktop.ui.widgets.check_rows import CheckRow

LONGEST_TEXT = 2000
MOST_DECIMALS = 9
OTHER_DECIMALS = 2
NO_VALUE = "\u2013"
NO_LIMIT = frozenset({"", "-", NO_VALUE})

CONFIDENCE: Final = {
    "H": "high: a named source",
    "M": "medium: one source, or several weak ones",
    "L": "low: an estimate",
}

LANES: Final = {
    Lane.LAYOUT: "Layout",
    Lane.CHANNEL: "Channel",
    Lane.BENDING: "Bending",
    Lane.TILES: "Tiles",
    Lane.MACHINING: "Machining",
    Lane.FIT: "Fit",
    Lane.FINISH: "Finish",
}

_DECIMALS = {"mm": 3, "deg": 1, "°": 1}
_TIGHT_UNITS = frozenset({"°", "%"})
_UNITS = {"degrees": "°", "degree": "°", "deg": "°", "ratio": "", "count": "", "none": "", "-": "",
          "minutes": "min"}


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Show text that may come from a record: whole, with nothing hidden in it."""
    return shown(text, LONGEST_TEXT)


def told(sentence: str) -> str:
    """Show a sentence of the rules, which speak in mm, with its lengths in the unit shown."""
    return plain(units.worded(sentence))


def number(value: float, decimals: int = 3) -> str:
    """Write *value* with at most *decimals* decimals and a point, as the rules do."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "\u2212")


def with_unit(text: str, unit: str) -> str:
    """Put *unit* behind the number *text*."""
    unit = _UNITS.get(unit, unit)
    if not unit:
        return text
    return f"{text}{unit}" if unit[0] in _TIGHT_UNITS else f"{text}\u00a0{unit}"


def amount(value: float, unit: str, decimals: int = 3) -> str:
    """Write a number of the rules with its unit, a length in the unit that is shown."""
    if unit == Unit.MM and units.unit() is Unit.INCH:
        shown = inch_fraction(value) or number(value / Unit.INCH.in_mm, decimals + 1)
        return f'{shown}"'.replace("-", "\u2212").replace(".", units.decimal())
    return with_unit(number(value, decimals).replace(".", units.decimal()), unit)


def unit_of(row: CheckRow) -> str:
    """Return the unit of the row's value, "" when it has none or its rule is not known."""
    return row.rule.unit if row.rule else ""


def value_text(row: CheckRow) -> str:
    """Write the value so that it is never shown equal to a limit that it misses."""
    if row.value is None:
        return "" if row.status is Status.NA else NO_VALUE
    limit = _limit(row)
    unit = unit_of(row)
    decimals = _DECIMALS.get(unit, OTHER_DECIMALS)
    text = amount(row.value, unit, decimals)
    if limit is not None and round(row.value - limit, MOST_DECIMALS):
        while text == amount(limit, unit, decimals) and decimals < MOST_DECIMALS:
            decimals += 1
            text = amount(row.value, unit, decimals)
    return text


def limit_text(row: CheckRow) -> str:
    """Say what the check asks for: of a problem the next better limit, else the limit kept.

    A green check without a margin passed for another reason than its limit.
    """
    if row.status is Status.UNKNOWN:
        return "a value is missing" if row.inputs.get(MISSING) else "gives no number"
    lead = _LEADS.get(row.status)
    if lead is None or (row.status is Status.GREEN and row.margin is None):
        return ""
    limit = _limit(row)
    if limit is None:
        phrase = told(_limit_phrase(row))
        return f"{lead} {phrase}" if phrase else ""
    shown = amount(limit, unit_of(row))
    return f"{lead} {shown}" if row.status is Status.GREEN else (
        f"{lead} {_direction(row, limit)} {shown}"
    )


_LEADS: Final = {
    Status.RED: "needs",
    Status.YELLOW: "green:",
    Status.GREEN: "limit",
}


def _direction(row: CheckRow, limit: float) -> str:
    """Say on which side of *limit* the value of a problem should lie."""
    value = row.value or 0.0
    green, yellow = row.limit("green_limit"), row.limit("yellow_limit")
    known = green is not None and yellow is not None and green != yellow
    is_floor = green > yellow if known else value < limit  # type: ignore[operator]  # known
    if is_floor:
        return "at least"
    return "within" if value < 0 else "at most"


def _limit_phrase(row: CheckRow) -> str:
    """Return the rule's own words for the limit next to the row's status."""
    if row.rule is None:
        return ""
    wanted = row.rule.yellow if row.status is Status.RED else row.rule.green
    return row.rule.green if wanted.strip() in NO_LIMIT else wanted


def _limit(row: CheckRow) -> float | None:
    """Return the limit next to the row's status where it is one number."""
    if row.status is Status.RED:
        yellow = row.limit("yellow_limit")
        return row.limit("green_limit") if yellow is None else yellow
    return row.limit("green_limit")


def limits_text(row: CheckRow) -> str:
    """List the limits, one a line, with the number in force where it depends on the case."""
    rule = row.rule
    if rule is None:
        return ""
    listed = []
    for word, text, name in (
        ("Green", rule.green, "green_limit"),
        ("Yellow", rule.yellow, "yellow_limit"),
        ("Red", rule.red, ""),
    ):
        if text.strip() in NO_LIMIT:
            continue
        in_force = row.limit(name) if name in row.inputs else None
        here = "" if in_force is None else f" (here {amount(in_force, rule.unit)})"
        listed.append(f"{word}: {told(text)}{here}")
    return "\n".join(listed)


def place_text(row: CheckRow) -> str:
    """Say which ring the check looks at; "" when it looks at the whole."""
    return "" if row.ring_index is None else f"ring\u00a0{row.ring_index}"


def margin_text(row: CheckRow) -> str:
    """Say in words how far the value is from the limit; "" without a margin."""
    if row.margin is None:
        return ""
    away = amount(abs(row.margin), unit_of(row))
    if not row.margin:
        return "exactly at the limit"
    if row.status is Status.GREEN:
        return f"{away} to spare"
    if row.status is Status.RED:
        return f"{away} beyond the limit"
    return f"{away} away from {'red' if row.margin > 0 else 'green'}"


def confidence_text(rule: Rule) -> str:
    """Put the letter of the source's confidence into words."""
    return CONFIDENCE.get(rule.confidence[:1].upper(), plain(rule.confidence))


def spoken(row: CheckRow, word: str) -> str:
    """Say the whole row in one breath, for a screen reader; *word* is the status in words."""
    parts = (plain(row.title), place_text(row), word.lower(), value_text(row), limit_text(row))
    return ", ".join(part for part in parts if part and part != NO_VALUE)


def input_value(value: Input, unit: str) -> str:
    """Write a number that was put into a formula, or a word."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        decimals = _DECIMALS.get(unit, 3)
        return amount(float(value), unit, decimals)
    word = str(value)
    return plain(word.replace("_", " ") if word.isidentifier() else word)
