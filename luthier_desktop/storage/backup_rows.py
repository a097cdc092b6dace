"""What events say of backups: which was made, put in force or deleted, and of which bytes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from luthier_desktop.domain.base import Flag, Text, Value

BACKUP_CREATED: Literal["backup.created"] = "backup.created"
BACKUP_RESTORED: Literal["backup.restored"] = "backup.restored"
BACKUP_DELETED: Literal["backup.deleted"] = "backup.deleted"
BACKUP_EVENTS = (BACKUP_CREATED, BACKUP_RESTORED, BACKUP_DELETED)


class BackupFile(Value):
    """One backup of settings: its name, where its file is or was, and of which bytes."""

    model_config = ConfigDict(extra="ignore")  # a newer version may have added members

    name: Text
    path: Text
    sha256: Text
    size_bytes: Annotated[int, Field(ge=0)]


class BackupRow(Value):
    """What was done with backups; those that were *deleted* keep their hash here.

    ``kind`` is "settings" or "full". ``settings_sha256`` tells whether settings changed since.
    """

    model_config = ConfigDict(extra="ignore")

    kind: Text = "settings"
    name: Text | None = None
    reason: Text | None = None
    automatic: Flag = False
    settings_sha256: Text | None = None
    file: BackupFile | None = None
    deleted: tuple[BackupFile, ...] = ()


def backup_row(row: Any) -> BackupRow | None:
    """Return what the row of an event says of backups; None where it says nothing readable."""
    told = row.get("backup") if isinstance(row, dict) else None
    try:
        return None if told is None else BackupRow.model_validate(told)
    except ValidationError:
        return None
