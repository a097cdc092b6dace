"""The files that lie in the store and that no event names: orphans, leftovers, foreign files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.layout import (
    ADOPT_LOCK,
    MIGRATE_LOCK,
    MIGRATED,
    RUNS,
    SNAPSHOTS,
    STORE_FILE,
    StoreLayout,
)
from luthier_desktop.storage.os_calls import OS, OsCalls

UNFINISHED_S = 60.0
_TEMPORARY = re.compile(r"\..+\.([0-9]+)\.[0-9a-hjkmnp-tv-z]{12}\.tmp")
_RUN = re.compile(rf"{RUNS}/\d{{4}}-\d\d-\d\d/({RUN_ID_PATTERN})\.json")
_SNAPSHOT = re.compile(rf"{SNAPSHOTS}/snap_[0-9a-hjkmnp-tv-z]{{16}}\.json")
_EVENT = re.compile(r"ledger/([0-9]{6})/([0-9]{9})\.json")
_CHECKPOINT = re.compile(r"checkpoints/[0-9]{9}\.note")
_SEALED = ("runs/", "art_studio/", "ledger/", "checkpoints/")
"""Folders in which each file must be one that the program wrote."""
_KNOWN_TOP = frozenset({STORE_FILE, ADOPT_LOCK, MIGRATE_LOCK})
_KNOWN_FOLDERS = frozenset(
    {
        *("runs", "art_studio", "cam", "ledger", "checkpoints", "witness", "operators"),
        *("quarantine", "rules", "workshop", MIGRATED),
    }
)


@dataclass(frozen=True)
class Ground:
    """Where to look, with which calls and by which clock."""

    layout: StoreLayout
    now: Callable[[], str]
    calls: OsCalls = OS


def survey(ground: Ground, vouched: Container[str]) -> list[LogFinding]:
    """Look at each file that lies in the store and is not in *vouched*."""
    found = []
    for path, entry in _strangers(ground, vouched):
        judged = _judge(ground, path, entry)
        if judged is not None:
            found.append(judged)
    return found


@dataclass(frozen=True)
class Orphans:
    """Files that no event tells of: runs with path and id, and the paths of snapshots.

    Left out are those that may be being saved; ``unfinished`` tells that there is such a run.
    """

    runs: tuple[tuple[str, str], ...]
    snapshots: tuple[str, ...]
    unfinished: bool


def orphans(ground: Ground, vouched: Container[str], youngest_s: float = UNFINISHED_S) -> Orphans:
    """Look for the runs and snapshots that an interruption left without an event."""
    runs, snapshots, unfinished = [], [], False
    for path, entry in _strangers(ground, vouched):
        run, is_snapshot = _RUN.fullmatch(path), _SNAPSHOT.fullmatch(path)
        if not (run or is_snapshot):
            continue  # an event, most of all: a long log has a million that need no look
        is_old = age_s(ground, entry) >= youngest_s
        if run and is_old:
            runs.append((path, run.group(1)))
        elif is_old:
            snapshots.append(path)
        unfinished |= bool(run) and not is_old
    return Orphans(tuple(runs), tuple(snapshots), unfinished)


def temporary_owner(name: str) -> int | None:
    """Return the process that made a temporary file; None when the file is none of ours."""
    match = _TEMPORARY.fullmatch(name)
    return int(match.group(1)) if match else None


def temporaries(ground: Ground) -> list[tuple[str, os.DirEntry[str]]]:
    """List the temporary files that lie in the ground."""
    return [
        (path, entry)
        for path, entry in _strangers(ground, set())
        if temporary_owner(entry.name) is not None
    ]


def age_s(ground: Ground, entry: os.DirEntry[str]) -> float:
    """Return the age of a file in seconds, by the store's clock; 0 when it is gone."""
    try:
        changed_s = entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return 0.0
    return datetime.fromisoformat(ground.now()).timestamp() - changed_s


def _judge(ground: Ground, path: str, entry: os.DirEntry[str]) -> LogFinding | None:
    if temporary_owner(entry.name) is not None:
        return finding("tmp_left", f"{path} is left from a save that did not end.", path=path)
    if _RUN.fullmatch(path):
        if age_s(ground, entry) < UNFINISHED_S:
            return finding("run_unfinished", f"{path} has no event yet.", path=path)
        return finding("run_orphan", f"No event tells of {path}.", path=path)
    if _SNAPSHOT.fullmatch(path):
        if age_s(ground, entry) < UNFINISHED_S:
            return None
        return finding("snapshot_orphan", f"No event tells of {path}.", path=path)
    if _is_ours(path):
        return None
    return finding("foreign_file", f"{path} is no file that this program writes there.", path=path)


def _is_ours(path: str) -> bool:
    if path in _KNOWN_TOP or _CHECKPOINT.fullmatch(path):
        return True
    event = _EVENT.fullmatch(path)
    if event:
        return int(event.group(1)) == int(event.group(2)) // 1000 and int(event.group(2)) > 0
    return path.split("/")[0] in _KNOWN_FOLDERS and not path.startswith(_SEALED)


def _strangers(ground: Ground, vouched: Container[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    layout = ground.layout
    moved = {
        at: place
        for at, place in ((RUNS, layout.runs), (SNAPSHOTS, layout.snapshots))
        if place != layout.data / at
    }
    # A folder that lies inside the data and is looked at under its own name is not met twice.
    elsewhere = frozenset({*moved.values(), layout.backups})
    for path, entry in _walk(ground, layout.data, "", elsewhere):
        if path not in vouched:
            yield path, entry
    for at, place in moved.items():
        for path, entry in _walk(ground, place, f"{at}/"):
            if path not in vouched:
                yield path, entry


def _walk(
    ground: Ground, directory: Path, prefix: str, but: frozenset[Path] = frozenset()
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = ground.calls.scandir(directory)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in sorted(entries, key=_name):
        if not entry.is_dir(follow_symlinks=False):
            yield prefix + entry.name, entry
        elif (inner := Path(entry.path)) not in but:
            yield from _walk(ground, inner, f"{prefix}{entry.name}/", but)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
