"""Repair: what is damaged or missing comes back from a copy, if the ledger knows its hash.

Nothing that is sound is touched. What is damaged is first kept in ``quarantine/`` and told by an
event; only then the good bytes take its place.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from luthier_desktop.domain.errors import InputRefused, LuthierError, NotFound, StorageFailed
from luthier_desktop.domain.verification import NotRestored, RepairReport
from luthier_desktop.storage.atomic import put_once, read_file, storage_failure
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.layout import LEDGER, STORE_FILE, run_path
from luthier_desktop.storage.ledger import FIRST_PREV, NewEvent, ReadEvent, StoredFile
from luthier_desktop.storage.parsing import RECORD_LIMITS
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.store_file import was_migrated_from
from luthier_desktop.storage.withdrawal import deleted_by

_NO_COPY = "no file of this name in the copy has the bytes that the ledger recorded"
_PURGED = "run.purged"
_BY_HAND = "close the program and put the copy's file in its place by hand"
_NO_HASH = "no sound event behind it tells which bytes it had"


class Repair:
    """One repair of a store from the copy in *folder*: a backup, or any copy of the data."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._store = store
        self._folder = folder
        self._progress = progress
        self._cancelled = cancelled
        self._purged: set[str] = set()
        self._copies: dict[str, list[Path]] | None = None
        self._restored: list[str] = []
        self._quarantined: list[str] = []
        self._left: list[NotRestored] = []

    def run(self) -> RepairReport:
        """Restore what can be restored and say what could not.

        Raises:
            NotFound: There is no such folder.
            InputRefused: The folder is part of the store itself.
            StoreReadOnly: The store is open for viewing only.
            StorageFailed: The disk failed; what was restored until then stays restored.
        """
        self._store.state.require_writable()
        self._require_copy()
        ended = self._restore_events() and self._restore_files()
        if any(path.startswith(LEDGER + "/") for path in self._restored):
            self._store.index.rebuild()
        return RepairReport(
            restored=tuple(self._restored),
            quarantined=tuple(self._quarantined),
            not_restored=tuple(self._left),
            cancelled=not ended,
        )

    def _require_copy(self) -> None:
        if not self._folder.is_dir():
            raise NotFound(f"{self._folder} is no folder; name the folder of a backup or copy.")
        inside, data = self._folder.resolve(), self._store.layout.data.resolve()
        if inside == data or inside.is_relative_to(data):
            raise InputRefused(
                f"{self._folder} lies in the store itself; name the folder of a backup or copy."
            )

    def _restore_events(self) -> bool:
        """Go back from the newest event: each sound one tells the hash of the one before."""
        last, after = self._store.ledger.last_seq(), ""
        for seq in range(last, 0, -1):
            if self._is_over(last - seq, 2 * last):
                return False
            event = self._event(seq)
            if after not in ("", FIRST_PREV) and (event is None or event.sha256 != after):
                self._restore(self._event_path(seq), after)
                event = self._event(seq)
            elif event is None or event.members is None:
                self._left.append(NotRestored(path=self._event_path(seq), reason=_NO_HASH))
            members = event.members if event else None
            after = members["prev"] if members else ""
            if members and members["event"] == _PURGED:
                self._note_purge(str(members["run_id"]))
            self._purged.update(deleted_by(event) if event else ())
        return True

    def _note_purge(self, run_id: str) -> None:
        with contextlib.suppress(InputRefused):
            self._purged.add(run_path(run_id))

    def _restore_files(self) -> bool:
        last = self._store.ledger.last_seq()
        seen: set[int] = set()
        for seq in range(1, last + 1):
            if self._is_over(last + seq, 2 * last):
                return False
            event = self._event(seq)
            for file in event.members["files"] if event and event.members else ():
                if hash(file["path"]) not in seen and file["path"] not in self._purged:
                    seen.add(hash(file["path"]))
                    if not self._is_sound(file["path"], file["sha256"]):
                        self._restore(file["path"], file["sha256"])
        return True

    def _restore(self, path: str, sha256: str) -> None:
        """Put the good bytes of a file in its place, and keep aside what stood there."""
        try:
            real = self._store.layout.real(path)
        except InputRefused as error:
            self._left.append(NotRestored(path=path, reason=error.sentence.rstrip(".")))
            return
        if path == STORE_FILE:
            self._left.append(NotRestored(path=path, reason=_BY_HAND))
            return
        data = self._good_copy(path, sha256)
        if data is None:
            self._left.append(NotRestored(path=path, reason=_NO_COPY))
            return
        try:
            self._set_aside(path, real)
            put_once(real, data, self._store.calls)
        except StorageFailed:
            raise
        except (LuthierError, OSError) as error:
            self._left.append(NotRestored(path=path, reason=str(error).rstrip(".")))
            return
        self._restored.append(path)

    def _set_aside(self, path: str, real: Path) -> None:
        try:
            found = read_file(real, self._store.calls)
        except FileNotFoundError:
            return
        except OSError as error:
            raise storage_failure(error, real) from error
        stem, dot, suffix = real.name.rpartition(".")
        name = f"{stem}-{sha256_hex(found)[:12]}{dot}{suffix}"
        aside = StoredFile.of(f"quarantine/{name}", found)
        put_once(self._store.layout.real(aside.path), found, self._store.calls)
        row = {"path": path, "reason": "It was damaged; its copy took its place."}
        self._store.journal.append(NewEvent("file.quarantined", None, (aside,), row))
        self._store.calls.unlink(real)
        self._quarantined.append(aside.path)

    def _good_copy(self, path: str, sha256: str) -> bytes | None:
        for candidate in self._candidates(path):
            try:
                if candidate.stat().st_size > RECORD_LIMITS.size_bytes:
                    continue
                data = read_file(candidate, self._store.calls)
            except OSError:
                continue
            if sha256_hex(data) == sha256:
                return data
        return None

    def _candidates(self, path: str) -> Iterator[Path]:
        """Give the file at its own place in the copy, then every other one of its name."""
        yield self._folder / path
        if self._copies is None:
            self._copies = _by_name(self._folder)
        yield from self._copies.get(path.rpartition("/")[2], ())

    def _is_sound(self, path: str, sha256: str) -> bool:
        if was_migrated_from(self._store.layout, path, sha256, self._store.calls):
            return True
        try:
            data = read_file(self._store.layout.real(path), self._store.calls)
        except InputRefused:
            return True  # such a path is never opened; verify tells of its event
        except OSError:
            return False
        return sha256_hex(data) == sha256

    def _event(self, seq: int) -> ReadEvent | None:
        try:
            return self._store.ledger.read(seq)
        except StorageFailed:
            return None

    def _event_path(self, seq: int) -> str:
        return self._store.layout.logical(self._store.layout.event_path(seq))

    def _is_over(self, done: int, total: int) -> bool:
        if self._progress is not None:
            self._progress(done, total)
        return self._cancelled is not None and self._cancelled()


def _by_name(folder: Path) -> dict[str, list[Path]]:
    """Find every file below *folder* by its name, links left out."""
    found: dict[str, list[Path]] = {}
    for at, _, names in os.walk(folder):
        for name in names:
            found.setdefault(name, []).append(Path(at) / name)
    return found
