"""Time and chance, handed in from outside so that tests can hold them still."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Protocol

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and lower-case letters without i, l, o and u: 5 bits a character."""


class Clock(Protocol):
    """Where times and random ids come from."""

    def now(self) -> str:
        """Return the time as ``2026-01-22T10:11:12.123456Z``."""

    def token(self, length: int) -> str:
        """Return *length* random characters of `ALPHABET`."""


class SystemClock:
    """The machine's clock in UTC and the system's randomness."""

    def now(self) -> str:
        return utc_text(datetime.now(UTC))

    def token(self, length: int) -> str:
        return "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(length))


def utc_text(moment: datetime) -> str:
    """Write a moment with its zone as the records do: UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_id(clock: Clock, kind: str) -> str:
    """Make an id such as ``dsg_4g7k…``: the kind and 80 random bits."""
    return f"{kind}_{clock.token(16)}"


def new_run_id(clock: Clock, created_at_utc: str) -> str:
    """Make a run's id; it begins with the UTC day that is the record's folder for ever."""
    return new_id(clock, f"run_{created_at_utc[:10].replace('-', '')}")
