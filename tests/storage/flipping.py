"""Flips single bits of stored files and asks the verification what it sees."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import Level, verify

Flip = tuple[Path, int]


@contextmanager
def flipped(path: Path, bit: int) -> Iterator[None]:
    """Turn one bit of a file round for a while."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        was = os.pread(descriptor, 1, bit // 8)
        os.pwrite(descriptor, bytes([was[0] ^ 1 << bit % 8]), bit // 8)
        yield
        os.pwrite(descriptor, was, bit // 8)
    finally:
        os.close(descriptor)


def unseen(store: Store, flips: Iterable[Flip], level: Level = "full") -> list[tuple[str, int]]:
    """Flip each (path, bit) alone; return those that no finding of damage tells of."""
    missed = []
    for path, bit in flips:
        with flipped(path, bit):
            report = verify(store, level)
        assert report.failed is None, (path.name, bit)
        if report.ok or not any(found.severity == "damage" for found in report.findings):
            missed.append((path.name, bit))
    return missed


def every_bit(path: Path) -> Iterator[Flip]:
    path.chmod(0o644)
    return ((path, bit) for bit in range(path.stat().st_size * 8))


def files_of(store: Store) -> list[Path]:
    """List the files of all events, and those that they name."""
    found = {store.layout.event_path(seq) for seq in range(1, store.ledger.last_seq() + 1)}
    for event in store.ledger.events():
        assert event
        assert event.members
        found |= {store.layout.real(file["path"]) for file in event.members["files"]}
    return sorted(found)
