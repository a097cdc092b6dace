"""Who a command acts for: ``--operator``, and the PIN from a descriptor or a prompt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.pins import LONGEST_PIN

if TYPE_CHECKING:
    from luthier_desktop.services.studio import Studio

_MOST_BYTES = 4 * LONGEST_PIN + 2


def sign_in(studio: Studio, operator_id: str, pin: Callable[[], str | None]) -> None:
    """Let *operator_id* act; without operators the owner needs no sign-in.

    *pin* is asked only where one is set.

    Raises:
        NotFound: There is no such operator.
        NotAllowed: The PIN is wrong or missing, or nobody may try now.
        InputRefused: The descriptor cannot be read.
    """
    if operator_id == OWNER.operator_id and not studio.operators.is_set_up():
        return
    typed = pin() if _has_pin(studio, operator_id) else None
    studio.operators.sign_in(operator_id, typed, quiet=True)


def typed_pin(prompt: str, pin_fd: int | None) -> str | None:
    """Return what the descriptor holds, else what is typed at the terminal; None without one.

    Raises:
        InputRefused: The descriptor cannot be read, or holds no PIN.
    """
    if pin_fd is not None:
        return _from_descriptor(pin_fd)
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return str(click.prompt(prompt, hide_input=True, err=True))


def _has_pin(studio: Studio, operator_id: str) -> bool:
    found = (one for one in studio.operators.find() if one.operator_id == operator_id)
    return any(one.has_pin for one in found)


def _from_descriptor(number: int) -> str:
    try:
        data = _first_line(number)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such number can be one"
        raise InputRefused(
            f"The descriptor {number} of --pin-fd cannot be read: {why}.", "pin"
        ) from None
    line, _, _ = data.partition(b"\n")
    try:
        pin = line.rstrip(b"\r").decode()
    except UnicodeDecodeError:
        raise InputRefused("The PIN is not written in UTF-8.", "pin") from None
    if not pin:
        raise InputRefused(f"The descriptor {number} of --pin-fd holds no PIN.", "pin")
    return pin


def _first_line(number: int) -> bytes:
    """Read on until the line ends: a pipe gives what was written so far, maybe half a PIN."""
    data = b""
    while b"\n" not in data and len(data) < _MOST_BYTES:
        more = os.read(number, _MOST_BYTES - len(data))
        if not more:
            break
        data += more
    return data
