"""Ids from outside: their form is checked before anything is looked up."""

from __future__ import annotations

import re

from luthier_desktop.domain.errors import InputRefused, NotFound

_FROM_OUTSIDE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def require_id(given: str, pattern: str, kind: str) -> str:
    """Return *given* when it can be the id of a *kind*, such as "run".

    Raises:
        InputRefused: It holds characters that no id has, or is too long.
        NotFound: It is an id, though not one of this kind, so there is none of that name.
    """
    if not _FROM_OUTSIDE.fullmatch(given):
        raise InputRefused(
            f"{given[:64]!r} is not an id: an id has 1 to 64 letters, digits, - and _."
        )
    if not re.fullmatch(pattern, given):
        raise not_found(given, kind)
    return given


def not_found(given: str, kind: str) -> NotFound:
    """Say that there is no *kind* under this id."""
    return NotFound(f"There is no {kind} {given} in this store; check the id.")
