"""Where each file of the store lies: logical paths, as events name them, and real ones."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.operators import OPERATOR_ID_PATTERN
from luthier_desktop.domain.outgoing_text import is_reserved
from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.storage.canonical import sha256_hex

RUNS = "runs/rmos"
SNAPSHOTS = "art_studio/snapshots"
BACKUPS = "cam/backups"
SETUPS = "workshop/setups"
CATALOGUE = "workshop/catalogue"
OPERATORS = "operators"
LEDGER = "ledger"
CHECKPOINTS = "checkpoints"
STORE_FILE = "STORE.json"
ADOPT_LOCK = "adopt.lock"
MIGRATE_LOCK = "migrate.lock"
MIGRATED = "migrated"
EVENTS_A_DIRECTORY = 1000
OVERRIDES = {
    "RMOS_RUNS_DIR": RUNS,
    "ART_STUDIO_SNAPSHOTS_DIR": SNAPSHOTS,
    "CAM_BACKUP_DIR": BACKUPS,
}

_LOGICAL_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_LONGEST_LOGICAL_PATH = 120
_NOT_EVERYWHERE = re.compile(
    r"(?:\A|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|\Z)|\.(?:/|\Z)", re.IGNORECASE
)
"""What Windows takes for a device, with any ending, and a dot that it drops."""
_RUN_ID = re.compile(RUN_ID_PATTERN)
_SNAPSHOT_ID = re.compile(r"snap_[0-9a-hjkmnp-tv-z]{16}")
_SETUP_ID = re.compile(r"setup_[0-9a-hjkmnp-tv-z]{16}")
_ENTRY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OPERATOR_ID = re.compile(OPERATOR_ID_PATTERN)


@dataclass(frozen=True)
class StoreLayout:
    """The directories of one store; runs, snapshots and backups may lie elsewhere."""

    data: Path
    runs: Path
    snapshots: Path
    backups: Path
    cache: Path
    config: Path

    @classmethod
    def of(
        cls, data: Path, cache_root: Path, config_root: Path, environ: Mapping[str, str]
    ) -> Self:
        """Lay out the store in *data*, with the folders that *environ* moves elsewhere."""
        places = {
            folder: Path(environ[name]) if environ.get(name) else data / folder
            for name, folder in OVERRIDES.items()
        }
        return cls(data, places[RUNS], places[SNAPSHOTS], places[BACKUPS], cache_root, config_root)

    def real(self, logical_path: str) -> Path:
        """Return where the file with this logical path lies.

        Raises:
            InputRefused: The path is not one that the store writes; it is never opened.
        """
        if not _is_logical(logical_path):
            raise InputRefused(f"{logical_path[:80]!r} is not a path inside the store.")
        for folder, place in self._moved():
            if logical_path.startswith(folder + "/"):
                return place / logical_path[len(folder) + 1 :]
        return self.data / logical_path

    def logical(self, path: Path) -> str:
        """Return the logical path of a file that lies in the store."""
        for folder, place in self._moved():
            if path.is_relative_to(place):
                return f"{folder}/{path.relative_to(place).as_posix()}"
        return path.relative_to(self.data).as_posix()

    def holds(self, path: Path) -> bool:
        """Whether *path* lies in a folder of the store, also by way of a link or of ``..``."""
        if "\0" in str(path):
            return False
        folder = Path(os.path.realpath(path.parent))
        places = (self.data, *(place for _, place in self._moved()))
        return any(folder.is_relative_to(os.path.realpath(place)) for place in places)

    def _moved(self) -> tuple[tuple[str, Path], ...]:
        return ((RUNS, self.runs), (SNAPSHOTS, self.snapshots), (BACKUPS, self.backups))

    @property
    def ledger(self) -> Path:
        """The directory of the numbered events."""
        return self.data / LEDGER

    def event_path(self, seq: int) -> Path:
        """Return where event number *seq* lies."""
        return self.ledger / f"{seq // EVENTS_A_DIRECTORY:06d}" / f"{seq:09d}.json"

    @property
    def checkpoints(self) -> Path:
        """The directory of the signed checkpoints."""
        return self.data / CHECKPOINTS

    def checkpoint_path(self, size: int) -> Path:
        """Return where the checkpoint over the first *size* events lies."""
        return self.checkpoints / f"{size:09d}.note"

    def index_path(self, store_id: str) -> Path:
        """Return the index's path: one a store, and one a copy of the store."""
        where = sha256_hex(str(self.data.resolve()).encode("utf-8", "surrogatepass"))[:8]
        return self.cache / f"{store_id}-{where}" / "index.sqlite"


def _is_logical(path: str) -> bool:
    return (
        len(path) <= _LONGEST_LOGICAL_PATH
        and _LOGICAL_PATH.fullmatch(path) is not None
        and _NOT_EVERYWHERE.search(path) is None
    )


def run_path(run_id: str) -> str:
    """Return the logical path of a run; its folder is the date in its id.

    Raises:
        InputRefused: The id is not one of a run.
    """
    if not _RUN_ID.fullmatch(run_id):
        raise InputRefused(f"{run_id[:80]!r} is not the id of a run (run_YYYYMMDD_...).")
    day = run_id[4:12]
    return f"{RUNS}/{day[:4]}-{day[4:6]}-{day[6:]}/{run_id}.json"


def snapshot_path(snapshot_id: str) -> str:
    """Return the logical path of a snapshot.

    Raises:
        InputRefused: The id is not one of a snapshot.
    """
    if not _SNAPSHOT_ID.fullmatch(snapshot_id):
        raise InputRefused(f"{snapshot_id[:80]!r} is not the id of a snapshot (snap_...).")
    return f"{SNAPSHOTS}/{snapshot_id}.json"


def setup_path(setup_id: str, version: int = 1) -> str:
    """Return the logical path of a stored setup; a *version* where the first is taken.

    Raises:
        InputRefused: The id is not one of such a setup.
    """
    if not _SETUP_ID.fullmatch(setup_id):
        raise InputRefused(f"{setup_id[:80]!r} is not the id of a stored setup (setup_...).")
    return f"{SETUPS}/{setup_id}{_version(version)}.json"


def entry_path(kind: str, entry_id: str, version: int = 1) -> str:
    """Return the logical path of an own entry of the catalogue; each change is a version.

    Raises:
        InputRefused: The id is not one of an entry.
    """
    if not _ENTRY_ID.fullmatch(entry_id):
        raise InputRefused(
            f"{entry_id[:80]!r} is not an id: 1 to 64 letters, digits, '_' and '-'."
        )
    if is_reserved(entry_id):
        raise InputRefused(
            f"{entry_id!r} is no id: Windows keeps this name for a device; choose another one."
        )
    return f"{CATALOGUE}/{kind}/{entry_id}{_version(version)}.json"


def _version(version: int) -> str:
    return f".{version}" if version > 1 else ""


def operator_path(operator_id: str, token: str) -> str:
    """Return the logical path of a file with a PIN; *token* tells it from earlier ones.

    Raises:
        InputRefused: The id is not one of an operator.
    """
    if not _OPERATOR_ID.fullmatch(operator_id):
        raise InputRefused(f"{operator_id[:80]!r} is not the id of an operator.")
    return f"{OPERATORS}/{operator_id}-{token}.json"
