"""How a snapshot from outside stands to those that are here: new, the same, or another one."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import LuthierError, RecordDamaged
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.share import NEW, Relation
from luthier_desktop.domain.snapshot import Snapshot
from luthier_desktop.services.snapshot_lookup import SnapshotLookup
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.run_row import RunRow, SnapshotRow
from luthier_desktop.storage.store import Store

_IMPORTED, _SAVED = "snapshot.imported", "snapshot.saved"
_MOST_LOOKED_AT = 100


def relation_of(store: Store, lookup: SnapshotLookup, snapshot: Snapshot, sha256: str) -> Relation:
    """Compare a snapshot with those that are listed; *sha256* is that of its very bytes."""
    store.catch_up()
    return (
        _of_own(store, lookup, snapshot.snapshot_id, sha256)
        or _of_imported(store, lookup, snapshot.snapshot_id, sha256)
        or _of_design(store, lookup, snapshot)
        or NEW
    )


def _of_own(store: Store, lookup: SnapshotLookup, told_id: str, sha256: str) -> Relation | None:
    """Compare with the snapshot of the same id, where it was saved here."""
    name = _name(lookup, told_id)
    if name is None:
        return None
    try:
        same = sha256_hex(store.snapshots.get(told_id)) == sha256
    except RecordDamaged:
        same = False
    if same:
        return _same(told_id, name)
    return _differs(told_id, name)


def _of_imported(
    store: Store, lookup: SnapshotLookup, told_id: str, sha256: str
) -> Relation | None:
    """Compare with those that came under the same id before; the newest one counts."""
    query = RunQuery(event=(_IMPORTED,), text=told_id)
    came = [row for row in _rows(store, query) if row.origin_id == told_id]
    for row in came:
        name = _name(lookup, row.snapshot_id)
        if name is not None and row.origin_sha256 == sha256:
            return _same(row.snapshot_id, name)
    for row in came:
        name = _name(lookup, row.snapshot_id)
        if name is not None:
            return _differs(row.snapshot_id, name)
    return None


def _of_design(store: Store, lookup: SnapshotLookup, snapshot: Snapshot) -> Relation | None:
    """Find the newest snapshot of the same design."""
    design_id = snapshot.design.get("design_id")
    if not isinstance(design_id, str):
        return None
    for row in _rows(store, RunQuery(event=(_IMPORTED, _SAVED), design=(design_id,))):
        name = _name(lookup, row.snapshot_id)
        if name is not None:
            told = f"You have another version of this design: {shown(name)}."
            return Relation(kind="version", sentence=told, snapshot_id=row.snapshot_id)
    return None


def _rows(store: Store, query: RunQuery) -> Iterator[SnapshotRow]:
    for seq in store.index.numbers(query)[:_MOST_LOOKED_AT]:
        event = store.ledger.read(seq)
        try:
            row = RunRow.model_validate(((event and event.members) or {}).get("row"))
        except ValidationError:
            continue
        if row.snapshot is not None:
            yield row.snapshot


def _name(lookup: SnapshotLookup, snapshot_id: str) -> str | None:
    """Return the name of a listed snapshot; None where it is not listed."""
    try:
        return lookup.listed(snapshot_id).name
    except LuthierError:
        return None


def _same(snapshot_id: str, name: str) -> Relation:
    told = f"You have this very snapshot already: {shown(name)}."
    return Relation(kind="same", sentence=told, snapshot_id=snapshot_id)


def _differs(snapshot_id: str, name: str) -> Relation:
    told = f"It differs from the one you have under the same id: {shown(name)}."
    return Relation(kind="differs", sentence=told, snapshot_id=snapshot_id)
