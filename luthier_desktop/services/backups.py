"""Backups of the workshop's settings: made, shown, verified, restored, deleted.

A backup holds all that is the user's own - setups, tools, machines, materials - and stands once,
under a name that is its time. Restoring one is a single event: it is in force whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from luthier_desktop import __version__
from luthier_desktop.domain.compare import Changes as Difference
from luthier_desktop.domain.errors import (
    Conflict,
    NotAllowed,
    NotFound,
)
from luthier_desktop.domain.permissions import may
from luthier_desktop.domain.settings_backup import SettingsBackup, difference
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.backup_deeds import backup_deed
from luthier_desktop.services.backup_log import Told
from luthier_desktop.services.backup_reader import BackupReader, deletion_sentence
from luthier_desktop.services.backup_states import (
    Created,
    Deleted,
    Foreign,
    Restored,
    Shelf,
    Verified,
    foreign_of,
)
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.recorder import Attachments, Recorder
from luthier_desktop.services.recording import Stamp
from luthier_desktop.services.runs import required_reason
from luthier_desktop.services.workshop_settings import (
    Gathered,
    WorkshopSettings,
)
from luthier_desktop.storage.backup_files import (
    backup_path,
    remove_deleted,
    require_backup_name,
    strangers,
)
from luthier_desktop.storage.backup_rows import (
    BACKUP_CREATED,
    BACKUP_DELETED,
    BACKUP_RESTORED,
    BackupFile,
    BackupRow,
)
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.document_store import Document
from luthier_desktop.storage.full_backup import backup_stamp, later
from luthier_desktop.storage.parsing import RECORD_LIMITS, parse_strict
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.withdrawal import lies_there

MOST_BACKUPS = 60
"""Beyond so many, the oldest give way (our own estimate: a year of one change a week)."""
KEPT_BACKUPS = 50
"""So many stay then, so that ten deletions are one record."""
BEFORE_A_CHANGE = "before a change of the workshop"
AT_EXIT = "at the end of a session"
BY_HAND = "made by hand"
_RETIRED = f"more than {MOST_BACKUPS} backups: the oldest gave way"
_MOST_NAMES = 1000
_MOST_CHANGES = 500


class Backups:
    """The backups of one store; *records* is None while nothing was ever recorded."""

    def __init__(
        self,
        records: Callable[[], Store | None],
        store: Callable[[], Store],
        recorder: Recorder,
        actor: Actor,
        settings: WorkshopSettings,
    ) -> None:
        self._records = records
        self._store = store
        self._recorder = recorder
        self._actor = actor
        self._settings = settings
        self._reader = BackupReader(records, store)

    def create(self, reason: str = BY_HAND) -> Created:
        """Back the settings up, also when they are as in the newest backup.

        Raises:
            NotAllowed: A viewer may not.
            InputRefused: The reason is too long, or the settings are too large for one file.
            StorageFailed: It is not known to be saved.
        """
        self._recorder.require("settings_backup")
        return self._create(required_reason(reason), self._settings.gather(), automatic=False)

    def create_if_changed(self, reason: str) -> Created | None:
        """Back the settings up unless the newest backup holds the same; None says that it does.

        Raises:
            NotAllowed: A viewer may not.
            StorageFailed: It is not known to be saved.
        """
        self._recorder.require("settings_backup")
        gathered = self._settings.gather()
        if self._is_kept(gathered):
            return None
        return self._create(required_reason(reason), gathered, automatic=True)

    def before_change(self) -> Created | None:
        """Keep the settings as they are before they are changed; cheap when they are kept.

        While nothing was ever the user's own there is nothing to keep.

        Raises:
            NotAllowed: A viewer may not.
            StorageFailed: It is not known to be saved.
        """
        self._recorder.require("settings_backup")
        if self._reader.newest() is None and self._settings.is_untouched():
            return None
        return self.create_if_changed(BEFORE_A_CHANGE)

    def at_exit(self) -> Created | None:
        """Keep what was changed in this session; nothing where there is no log or no right.

        Raises:
            StorageFailed: It is not known to be saved.
        """
        store = self._records()
        if store is None or not store.state.writable:
            return None
        if not may(self._actor.look(), "settings_backup"):
            return None
        if self._reader.newest() is None and self._settings.is_untouched():
            return None
        return self.create_if_changed(AT_EXIT)

    def require_name(self, name: str) -> str:
        """Return the name of a backup without its ending.

        Raises:
            InputRefused: It can be none.
        """
        return require_backup_name(name)

    def load(self, name: str) -> SettingsBackup:
        """Return a backup, proven against the ledger, its form and its own hash.

        Raises:
            InputRefused: This is no name of a backup, or it is one of a newer version.
            NotFound: There is no such backup, or it was deleted.
            RecordDamaged: It is damaged or missing.
        """
        told = self._reader.told(require_backup_name(name))
        if told.deletion is not None:
            raise NotFound(f"{deletion_sentence(told)} Its hash is kept.")
        return self._reader.read(told)

    def verify(self, name: str) -> Verified:
        """Say whether a backup is as it was written, or was deleted.

        Raises:
            InputRefused: This is no name of a backup.
            NotFound: The log tells of no such backup.
        """
        return self._reader.verified(self._reader.told(require_backup_name(name)))

    def difference(self, name: str) -> Difference:
        """Return what restoring a backup would change: from ``a``, as it is, to ``b``.

        Raises:
            InputRefused: As `load`, or it cannot be put in force.
            NotFound: As `load`.
            RecordDamaged: As `load`.
        """
        return difference(self._settings.gather().settings, self._sound(name).settings)

    def restore(self, name: str) -> Restored:
        """Put the settings of a backup in force, wholly and in one event.

        The settings before are backed up first, so that restoring that one undoes it.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: As `difference`.
            NotFound: There is no such backup, or it was deleted.
            RecordDamaged: It is damaged or missing; nothing was changed.
            StorageFailed: It is not known to be saved; the settings are as they were.
        """
        self._recorder.require("restore_backup")
        backup = self._sound(name)
        changed = difference(self._settings.gather().settings, backup.settings)
        if not changed:
            return Restored(backup.name, (), None, None, None, NOTHING)
        before = self.create_if_changed(f"before restoring {backup.name}")
        before_name = before.told.name if before else self._newest_name()
        resulting = self._settings.resulting(backup.settings)
        row = BackupRow(name=backup.name, settings_sha256=backup.settings_sha256)
        request = {
            "action": "restore",
            "before": before_name,
            "settings_sha256": backup.settings_sha256,
            "changes": [change.plain() for change in changed[:_MOST_CHANGES]],
            "changes_in_all": len(changed),
        }
        deed = backup_deed(BACKUP_RESTORED, row, request)
        attached = Attachments(resulting.documents, workshop=resulting.row)
        done = self._recorder.write(deed, self._recorder.stamp(), attached)
        self._store().catch_up()
        self._settings.look()
        changes = Changes(runs=True, setups=True, catalogue=True)
        return Restored(backup.name, changed, before_name, done.run_id, done.seq, changes)

    def delete(self, name: str, reason: str) -> Deleted:
        """Delete a backup; its event and its hash stay.

        Raises:
            NotAllowed: Only a lead may; and no damaged one, for damage stays in sight.
            InputRefused: This is no name of a backup, or no reason is given.
            NotFound: There is no such backup.
            Conflict: It was deleted before.
            StorageFailed: It is not known to be saved, or the file is still there.
        """
        self._recorder.require("delete_backup")
        reason = required_reason(reason)
        told = self._reader.told(require_backup_name(name))
        if told.deletion is not None:
            raise Conflict(deletion_sentence(told))
        found = self._reader.verified(told)
        if found.state != "verified":
            raise NotAllowed(
                f"Backup {told.name} was not deleted: it is {found.state} ({found.reason}), and "
                "damage stays in sight. Restore its file from a full backup first."
            )
        return self._delete((told,), reason)

    def inspect_foreign(self, path: Path) -> Foreign:
        """Say what a backup of the web ToolBox holds and lacks; nothing is kept of it.

        Raises:
            NotFound: There is no such file.
            InputRefused: It is no such backup.
        """
        return foreign_of(path)

    def list(self) -> Shelf:
        """Return the backups, the newest first, and what else lies in their folder.

        Raises:
            StorageFailed: The folder cannot be listed.
        """
        store, backed = self._records(), self._reader.all()
        if store is None:
            return Shelf((), (), ())
        there = [told for told in backed.backups if told.deletion is None]
        known = {told.file.path for told in backed.backups}
        found = tuple(self._reader.verified(told) for told in there)
        return Shelf(found, strangers(store.ground, known), backed.doubts)

    def _create(self, reason: str, gathered: Gathered, *, automatic: bool) -> Created:
        stamp = self._recorder.stamp()
        for name in _names(stamp.created_at_utc):
            store, path = self._store(), backup_path(name)
            if store.names(path) or lies_there(store.ground, path):
                continue
            why = (reason, automatic)
            backup = _backup(name, why, gathered, stamp, store.store_id)
            try:
                told = self._write(backup, path, stamp)
            except Conflict:  # another program took the name just now
                continue
            self._retire()
            return Created(told, backup.left_out, Changes(runs=True))
        raise Conflict("No name was free for the backup; check the clock of this computer.")

    def _write(self, backup: SettingsBackup, path: str, stamp: Stamp) -> Told:
        data = canonical_bytes(backup.document())
        parse_strict(data, "The backup", RECORD_LIMITS)  # too large a one could not be read
        file = BackupFile(
            name=backup.name, path=path, sha256=sha256_hex(data), size_bytes=len(data)
        )
        row = BackupRow(
            name=backup.name,
            reason=backup.reason,
            automatic=backup.automatic,
            settings_sha256=backup.settings_sha256,
            file=file,
        )
        request = {"action": "create", "reason": backup.reason}
        request["settings_sha256"] = backup.settings_sha256
        deed = backup_deed(BACKUP_CREATED, row, request, {"backup": file.plain()})
        done = self._recorder.write(deed, stamp, Attachments((Document(path, data),)))
        self._store().catch_up()
        told = self._reader.told(backup.name)
        self._reader.read(told)
        return told._replace(run_id=done.run_id)

    def _retire(self) -> None:
        """Let the oldest give way, those made by hand last, and never the newest good one."""
        there = [told for told in self._reader.all().backups if told.deletion is None]
        if len(there) <= MOST_BACKUPS:
            return
        good = [told for told in there if self._reader.verified(told).state == "verified"]
        surplus = len(good) - KEPT_BACKUPS
        oldest = sorted(good[1:], key=lambda told: (not told.automatic, told.seq))
        if surplus > 0:
            self._delete(tuple(oldest[:surplus]), _RETIRED)

    def _delete(self, backups: tuple[Told, ...], reason: str) -> Deleted:
        files = tuple(told.file for told in backups)
        name = backups[0].name if len(backups) == 1 else None
        row = BackupRow(name=name, reason=reason, deleted=files)
        request = {"action": "delete", "reason": reason, "names": [one.name for one in files]}
        deed = backup_deed(BACKUP_DELETED, row, request)
        done = self._recorder.write(deed, self._recorder.stamp())
        store = self._store()
        remove_deleted(store.ground, (file.path for file in files))
        store.catch_up()
        names = tuple(file.name for file in files)
        return Deleted(names, reason, done.run_id, done.seq, Changes(runs=True))

    def _is_kept(self, gathered: Gathered) -> bool:
        newest = self._reader.newest()
        if newest is None or newest.settings_sha256 != gathered.sha256:
            return False
        return lies_there(self._store().ground, newest.file.path)

    def _newest_name(self) -> str | None:
        newest = self._reader.newest()
        return None if newest is None else newest.name

    def _sound(self, name: str) -> SettingsBackup:
        backup = self.load(name)
        self._settings.check(backup.settings, f"Backup {backup.name}")
        return backup


def _names(at_utc: str) -> Iterator[str]:
    for _ in range(_MOST_NAMES):
        yield f"cam_backup_{backup_stamp(at_utc)}"
        at_utc = later(at_utc)


def _backup(
    name: str, why: tuple[str, bool], gathered: Gathered, stamp: Stamp, store_id: str
) -> SettingsBackup:
    """Put a backup together; *why* is its reason, and whether the program made it by itself."""
    return SettingsBackup(
        name=name,
        created_at_utc=stamp.created_at_utc,
        store_id=store_id,
        run_id=stamp.run_id,
        app_version=__version__,
        operator=stamp.operator,
        reason=why[0],
        automatic=why[1],
        left_out=gathered.left_out,
        settings=gathered.settings,
        settings_sha256=gathered.sha256,
    )
