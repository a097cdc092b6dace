"""Reading backups of settings: each against the ledger, its form and its own hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luthier_desktop.domain.errors import InputRefused, NotFound, RecordDamaged
from luthier_desktop.domain.settings_backup import SettingsBackup
from luthier_desktop.services.backup_log import Backed, BackupLog, Told
from luthier_desktop.services.backup_states import Verified
from luthier_desktop.storage.backup_files import read_backup
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import readable
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import lies_there


class BackupReader:
    """Finds backups by their names and proves them; *records* as everywhere."""

    def __init__(self, records: Callable[[], Store | None], store: Callable[[], Store]) -> None:
        self._store = store
        self._log = BackupLog(records)

    def all(self) -> Backed:
        """Return what the log tells of every backup."""
        return self._log.told()

    def newest(self) -> Told | None:
        """Return the backup that was made last and is not deleted."""
        return self._log.newest()

    def told(self, name: str) -> Told:
        """Return what the log tells of one backup.

        Raises:
            NotFound: It tells of none of this name.
        """
        found = (told for told in self._log.told().backups if told.name == name)
        told = next(found, None)
        if told is None:
            raise NotFound(f"The log tells of no backup {name}; see `luthier backups list`.")
        return told

    def verified(self, told: Told) -> Verified:
        """Say whether a backup is as it was written."""
        if told.deletion is not None:
            return Verified(told, "deleted", deletion_sentence(told))
        try:
            backup = self.read(told)
        except RecordDamaged as damage:
            there = lies_there(self._store().ground, told.file.path)
            return Verified(told, "damaged" if there else "missing", damage.reason)
        except InputRefused as newer:
            return Verified(told, "damaged", newer.sentence)
        return Verified(told, "verified", "", backup.settings.counts(), backup.left_out)

    def read(self, told: Told) -> SettingsBackup:
        """Return a backup.

        Raises:
            InputRefused: It is one of a newer version.
            RecordDamaged: It is damaged or missing.
        """
        data, reason = read_backup(self._store().ground, told.file)
        what = f"Backup {told.name}"
        if not reason:
            try:
                plain = parse_strict(data, what, RECORD_LIMITS)
                backup = SettingsBackup.of_document(plain, what)
                reason = _form_fault(plain, data, told)
            except InputRefused as error:
                if "newer version" in error.sentence:
                    raise
                reason = error.sentence.rstrip(".")
        if reason:
            raise RecordDamaged(
                f"{what} is damaged: {reason} ({told.file.path}). It was left in place; take "
                "another backup, or restore its file from a full backup.",
                reason,
                readable(data),
            )
        return backup


def _form_fault(plain: dict[str, Any], data: bytes, told: Told) -> str:
    """Say what is wrong inside a backup whose bytes are those that were recorded."""
    if canonical_bytes(plain) != data:
        return "its bytes are not in canonical form"
    if plain["name"] != told.name:
        return "it names itself otherwise than its file"
    if sha256_hex(canonical_bytes(plain["settings"])) != plain["settings_sha256"]:
        return "its settings are not those that its own hash tells"
    return ""


def deletion_sentence(told: Told) -> str:
    """Say when a backup was deleted, by whom and why; nothing when it was not."""
    deletion = told.deletion
    if deletion is None:
        return ""
    return (
        f"Backup {told.name} was deleted on {deletion.at_utc[:10]} by {deletion.operator_id}: "
        f"{deletion.reason.rstrip('.')}."
    )
