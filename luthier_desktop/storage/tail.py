"""A quick look at the end of the ledger at each start: is it whole, and linked?

The events of the two highest directories must follow each other without a gap, and each of the
last ones must hold the hash of the one before. All else is left to a verification.
"""

from __future__ import annotations

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.layout import EVENTS_A_DIRECTORY
from luthier_desktop.storage.ledger import FIRST_PREV, Ledger

EVENTS_LOOKED_AT = 64
_DIRECTORIES = 2


def tail_fault(ledger: Ledger) -> str:
    """Say in one sentence what is wrong with the end of the ledger, or nothing."""
    try:
        fault = _gap(ledger) or _broken_link(ledger)
    except StorageFailed as error:
        return error.sentence
    return f"{fault} Run `luthier logs verify`; it says what to do." if fault else ""


def _gap(ledger: Ledger) -> str:
    directories = ledger.directories()[-_DIRECTORIES:]
    expected = int(directories[0].name) * EVENTS_A_DIRECTORY if directories else 0
    for directory in directories:
        for number in ledger.numbers(directory):
            expected = max(expected, 1)
            if number > expected:
                return f"Event {expected:,} is missing from the ledger."
            expected = number + 1
    return ""


def _broken_link(ledger: Ledger) -> str:
    last = ledger.last_seq()
    first = max(1, last - EVENTS_LOOKED_AT + 1)
    before = ledger.read(first - 1) if first > 1 else None
    prev = before.sha256 if before else FIRST_PREV
    for seq, event in enumerate(ledger.events(first, last), start=first):
        if event is None:
            return f"Event {seq:,} is missing from the ledger."
        if event.members is None:
            return f"Event {seq:,} of the ledger is damaged ({event.fault.rstrip('.')})."
        if event.members["prev"] != prev:
            return f"Event {seq:,} of the ledger does not follow the one before it."
        prev = event.sha256
    return ""
