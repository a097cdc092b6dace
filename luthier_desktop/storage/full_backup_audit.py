"""Is a full backup whole: each file as its list says, and the log in it beyond doubt?

Nothing is written, and nothing is raised about the files: what is wrong is a fault with its path.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.storage.file_audit import digest_of
from luthier_desktop.storage.full_backup import Watch
from luthier_desktop.storage.full_backup_manifest import (
    DATA,
    MANIFEST,
    Fault,
    Kept,
    Manifest,
    read_manifest,
)
from luthier_desktop.storage.full_backup_records import (
    Records,
    RecordsWalk,
    told_checkpoint,
)
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import Ledger
from luthier_desktop.storage.merkle import Frontier
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.staged_folder import AT_ONCE
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.survey import Ground

LiveState = Literal["extends", "behind", "differs", "other_store", "none"]
_MOST_EXTRA = 20
_HALF = 50
_IN_FLIGHT = 64


@dataclass
class Audited:
    """What was found of a full backup; *known* faults were in the log when it was made."""

    manifest: Manifest
    faults: list[Fault] = field(default_factory=list)
    known: list[Fault] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    records: Records | None = None


class Live(NamedTuple):
    """How the log of this computer stands to a backup, and the sentence that says so."""

    state: LiveState
    message: str


def audit(folder: Path, watch: Watch, calls: OsCalls = OS) -> Audited:
    """Look at the full backup in *folder*.

    Raises:
        NotFound: There is no such folder.
        InputRefused: There is no full backup in it, or its list is damaged.
        Cancel: It was cancelled.
    """
    found = Audited(read_manifest(folder))
    step = watch.steps(len(found.manifest.files), last=_HALF)
    for fault in _files_faults(folder / DATA, found.manifest, calls):
        step()
        if fault is not None:
            found.faults.append(fault)
    found.extra = _extra(folder, found.manifest)
    if not found.faults:
        _audit_records(folder / DATA, found, watch, calls)
    return found


def ground_of(data: Path, calls: OsCalls) -> Ground:
    """Return the ground of a copy of a data directory, in which nothing is moved elsewhere."""
    return Ground(StoreLayout.of(data, data, data, {}), str, calls)


def compare_live(store: Store | None, audited: Audited) -> Live:
    """Say whether the log of this computer goes on from the one in a backup."""
    manifest = audited.manifest
    if store is None:
        return Live("none", "There is no log here to compare it with.")
    if store.store_id != manifest.store_id:
        return Live("other_store", "It is a backup of another log than the one here.")
    last = store.ledger.last_seq()
    if last < manifest.events:
        return Live(
            "behind",
            f"The log here has {last:,} events and the backup {manifest.events:,}: the one here "
            "is older, or its end is missing.",
        )
    root = _root(store.ledger, manifest.events)
    if audited.records is not None and root != audited.records.root:
        return Live(
            "differs",
            f"The first {manifest.events:,} events here are not those of the backup: one of the "
            "two was changed. Verify both before you restore anything.",
        )
    more = last - manifest.events
    events = "1 event" if more == 1 else f"{more:,} events"
    return Live("extends", f"The log here goes on from it, with {events} since.")


def _root(ledger: Ledger, events: int) -> bytes:
    tree = Frontier()
    for event in ledger.events(1, events):
        if event is None:
            return b""
        tree.add(event.leaf)
    return tree.root()


def _audit_records(data: Path, found: Audited, watch: Watch, calls: OsCalls) -> None:
    manifest = found.manifest
    ground = ground_of(data, calls)
    step = watch.steps(manifest.events, first=_HALF)
    found.records = RecordsWalk(ground, manifest.events).run(step)
    faults = [*found.records.faults, *found.records.compare(manifest.files, ground)]
    if told_checkpoint(found.records.note) != manifest.checkpoint:
        faults.append(Fault(MANIFEST, "Its checkpoint is not the one that its list tells."))
    known = {fault.path for fault in manifest.faults}
    for fault in faults:
        (found.known if fault.path in known else found.faults).append(fault)


def _files_faults(data: Path, manifest: Manifest, calls: OsCalls) -> Iterator[Fault | None]:
    """Give for each file of the list what is wrong with it; several are read at once."""

    def look(named: tuple[str, Kept]) -> Fault | None:
        return _file_fault(data, *named, calls)

    with ThreadPoolExecutor(AT_ONCE, "luthier-verify") as pool:
        try:
            yield from _in_order(pool, look, iter(manifest.files.items()))
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ThreadPoolExecutor,
    look: Callable[[tuple[str, Kept]], Fault | None],
    files: Iterator[tuple[str, Kept]],
) -> Iterator[Fault | None]:
    under_way = [pool.submit(look, file) for file in islice(files, _IN_FLIGHT)]
    while under_way:
        fault = under_way.pop(0).result()
        under_way += [pool.submit(look, file) for file in islice(files, 1)]
        yield fault


def _file_fault(data: Path, path: str, kept: Kept, calls: OsCalls) -> Fault | None:
    try:
        sha256, size_bytes, _ = digest_of(data / path, kept.size_bytes, calls, keeps=False)
    except (FileNotFoundError, NotADirectoryError):
        return Fault(path, f"{path} is missing in the backup.")
    except (OSError, LuthierError) as error:
        reason = getattr(error, "strerror", None) or error
        return Fault(path, f"{path} of the backup cannot be read ({reason}).")
    if (size_bytes, sha256) != kept:
        return Fault(path, f"{path} of the backup is damaged: its bytes are not those written.")
    return None


def _extra(folder: Path, manifest: Manifest) -> list[str]:
    """Name files that lie in a backup and do not belong to it; none is ever restored."""
    found = []
    for at, _, names in os.walk(folder):
        for name in names:
            path = Path(at, name).relative_to(folder).as_posix()
            if path != MANIFEST and path.removeprefix(f"{DATA}/") not in manifest.files:
                found.append(path)
    return sorted(found)[:_MOST_EXTRA]
