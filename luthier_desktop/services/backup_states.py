"""What is told of backups of settings: as they are, and what was done with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from luthier_desktop.domain.compare import Changes as Difference
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.legacy.backups import read_backup
from luthier_desktop.domain.legacy.found import Place
from luthier_desktop.services.backup_log import Told
from luthier_desktop.services.changes import Changes
from luthier_desktop.storage.backup_files import Stranger
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.legacy_folder import LEGACY_LIMITS

State = Literal["verified", "damaged", "missing", "deleted"]


class Verified(NamedTuple):
    """A backup and whether it is as it was written; *reason* says what is wrong with it.

    *counts* tells how many setups, materials, tools, machines and posts it holds.
    """

    told: Told
    state: State
    reason: str = ""
    counts: Mapping[str, int] | None = None
    left_out: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as ``luthier backups list`` and ``verify`` tell it."""
        return {
            **about(self.told),
            "state": self.state,
            "reason_of_state": self.reason or None,
            "counts": None if self.counts is None else dict(self.counts),
            "left_out": list(self.left_out),
        }


class Shelf(NamedTuple):
    """The backups, what else lies in their folder, and what the log cannot tell of them."""

    backups: tuple[Verified, ...]
    strangers: tuple[Stranger, ...]
    doubts: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups list``."""
        return {
            "items": [one.plain() for one in self.backups],
            "strangers": [one._asdict() for one in self.strangers],
            "doubts": list(self.doubts),
        }


class Created(NamedTuple):
    """A backup that was made and read back; *left_out* says what could not be put in."""

    told: Told
    left_out: tuple[str, ...]
    changes: Changes

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups create``."""
        return {**about(self.told), "left_out": list(self.left_out)}


class Restored(NamedTuple):
    """What a restored backup changed; without a run the settings were the same already.

    Restoring *before_name* undoes it.
    """

    name: str
    difference: Difference
    before_name: str | None
    run_id: str | None
    seq: int | None
    changes: Changes

    def plain(self) -> dict[str, Any]:
        """Return it in the form of ``luthier backups restore``."""
        return {
            "name": self.name,
            "changed": self.run_id is not None,
            "changes": [change.plain() for change in self.difference],
            "before": self.before_name,
            "run_id": self.run_id,
            "seq": self.seq,
        }


class Deleted(NamedTuple):
    """The backups that were deleted in one record."""

    names: tuple[str, ...]
    reason: str
    run_id: str
    seq: int
    changes: Changes


class Foreign(NamedTuple):
    """A backup of the web ToolBox: what it holds, what it lacks and what is wrong in it."""

    name: str
    created_at_utc: str | None
    sha256: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...]
    faults: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as ``luthier backups show`` and ``verify`` tell it of such a file."""
        return {
            "name": self.name,
            "format": "web ToolBox",
            "created_at_utc": self.created_at_utc,
            "sha256": self.sha256,
            "holds": list(self.holds),
            "lacks": list(self.lacks),
            "faults": list(self.faults),
        }


def about(told: Told) -> dict[str, Any]:
    """Return what the log tells of a backup."""
    return {
        "name": told.name,
        "created_at_utc": told.created_at_utc,
        "reason": told.reason,
        "automatic": told.automatic,
        "operator": told.operator_id,
        "bytes": told.file.size_bytes,
        "sha256": told.file.sha256,
        "settings_sha256": told.settings_sha256,
        "run_id": told.run_id,
        "seq": told.seq,
    }


def foreign_of(path: Path) -> Foreign:
    """Read a backup of the web ToolBox.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is no such backup.
    """
    incoming = take_in(path, "The backup", LEGACY_LIMITS)
    plain = incoming.plain
    if not isinstance(plain, dict) or "settings" not in plain or "schema" in plain:
        raise InputRefused(
            f"{incoming.what}: this is no backup of settings of the web ToolBox, which has the "
            "members timestamp, version and settings."
        )
    found = read_backup(plain, Place("backups", path.stem))
    return Foreign(
        name=shown(path.name, 200),
        created_at_utc=found.created_at_utc,
        sha256=incoming.sha256,
        holds=found.holds,
        lacks=found.lacks,
        faults=tuple(found.faults),
    )
