"""PINs: which may be chosen, and how long nobody may try after wrong ones. Pure.

A PIN says who acted; it is no barrier to somebody who holds the files.
"""

from __future__ import annotations

import unicodedata

from luthier_desktop.domain.operators import Role

LONGEST_PIN = 64
SHORTEST_PIN: dict[Role, int] = {"viewer": 4, "operator": 4, "lead": 6}
"""At least 6 characters for a lead. Source: storage reference 6.2."""

MOST_COMMON = frozenset(
    {
        *("1234", "1111", "0000", "1212", "7777"),
        *("1004", "2000", "4444", "2222", "6969"),
    }
)
"""The ten most common PINs. Source: DataGenetics, PIN analysis, 2012."""

FREE_FAILURES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 900
"""After the fifth wrong PIN 30 s, doubled with each further one up to 15 min."""

_RUNS = ("0123456789", "9876543210")
_RUN_DIGITS = 4


def as_typed(pin: str) -> str:
    """Return *pin* in one form, whatever keyboard typed it."""
    return unicodedata.normalize("NFKC", pin)


def pin_refusal(pin: str, role: Role) -> str:
    """Say in one sentence why *pin* cannot be chosen for a *role*; empty when it can."""
    shortest = SHORTEST_PIN[role]
    if len(pin) < shortest:
        return f"A PIN of a {role} has at least {shortest} characters; this one has {len(pin)}."
    if len(pin) > LONGEST_PIN:
        return f"A PIN has at most {LONGEST_PIN} characters; this one has {len(pin)}."
    if not pin.isprintable() or pin != pin.strip():
        return "A PIN has no blanks at its ends and no characters that cannot be seen."
    if pin in MOST_COMMON or _is_plain(pin):
        return "This PIN is among the first that anybody would try; choose another one."
    return ""


def wait_s(failures: int) -> int:
    """Return how many seconds no PIN is looked at after so many wrong ones in a row."""
    if failures < FREE_FAILURES:
        return 0
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_WAIT_S << doublings, LONGEST_WAIT_S)


def _is_plain(pin: str) -> bool:
    """Tell whether it is one character again and again, or digits in their order."""
    is_run = pin.isdecimal() and len(pin) >= _RUN_DIGITS and any(pin in run for run in _RUNS)
    return len(set(pin)) == 1 or is_run
