"""Builds stores, runs and rows for the tests of storage."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
from collections.abc import Callable
from pathlib import Path

from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.session import Session
from luthier_desktop.storage.store import Recorded, Store

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
"""Campaigns and benchmarks leave the user's own keychain alone as well."""

opened = contextlib.ExitStack()
"""The stores that a test has opened; conftest.py closes them after each test."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
HASH = "0" * 64


class Clock:
    """A clock that goes on by one second with each look."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        minutes, second = divmod(self.seconds, 60)
        hours, minute = divmod(minutes, 60)
        day, hour = divmod(hours, 24)
        return f"2026-01-{22 + day:02d}T{hour:02d}:{minute:02d}:{second:02d}.000000Z"


def tokens(seed: int = 1) -> Callable[[int], str]:
    """Return a source of ids that never repeats one with the same *seed*."""
    source = random.Random(seed)
    return lambda length: "".join(source.choices(ALPHABET, k=length))


def layout_in(folder: Path, **environ: str) -> StoreLayout:
    return StoreLayout.of(folder / "data", folder / "cache", folder / "config", environ)


def open_store(
    folder: Path, *, seed: int = 1, clock: Callable[[], str] | None = None, calls: OsCalls = OS
) -> Store:
    """Open the store in *folder*; it is closed at the end of the test that opened it."""
    return open_layout(layout_in(folder), clock or Clock(), seed=seed, calls=calls)


def open_layout(
    layout: StoreLayout, clock: Callable[[], str], *, seed: int = 1, calls: OsCalls = OS
) -> Store:
    session = Session("cli", "bench", "luthier", "1.0")
    store = Store.open(layout, clock, tokens(seed), session, calls)
    return opened.enter_context(store)


_numbers = itertools.count(1_000_000_000)  # beyond the numbers that tests give themselves


def run_id(number: int | None = None, day: str = "20260122") -> str:
    return f"run_{day}_{number if number is not None else next(_numbers):016d}"


def artifact(identity: str, **changes: object) -> RunArtifact:
    plain: dict[str, object] = {
        "schema": "luthier.run/1",
        "run_id": identity,
        "created_at_utc": "2026-01-22T10:11:12.123456Z",
        "event_type": "feasibility.checked",
        "mode": "art_studio",
        "tool_id": None,
        "status": "OK",
        "request_summary": {},
        "request": {"design": {"design_id": "dsg_1", "name": "Rose", "ring_params": []}},
        "feasibility": None,
        "decision": {
            "risk_level": "GREEN",
            "score": 91.5,
            "block_reason": None,
            "warnings": ["no rings"],
            "details": {},
        },
        "hashes": {"feasibility_sha256": HASH, "request_sha256": HASH, "design_sha256": HASH},
        "outputs": {},
        "operator": OWNER.plain(),
        "app": {"name": "luthier-desktop", "version": "1.0"},
        "parent_run_ids": [],
        "meta": {},
    }
    return RunArtifact.read(plain | changes, identity)


def record(
    store: Store, identity: str | None = None, snapshot: SnapshotRow | None = None,
    **changes: object,
) -> Recorded:
    run = artifact(identity or run_id(), **changes)
    return store.record(run, RunRow.of(run, "cli", snapshot=snapshot))
