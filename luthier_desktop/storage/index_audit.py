"""Is the index what the ledger says? Compared without changing either."""

from __future__ import annotations

import tempfile
from pathlib import Path

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.verification import LogFinding
from luthier_desktop.storage.findings import finding
from luthier_desktop.storage.run_index import RunIndex
from luthier_desktop.storage.store import Store


def audit_index(store: Store, last_seq: int, *, deep: bool) -> list[LogFinding]:
    """Compare the index's place with the ledger's end; deep: each row with a fresh index."""
    try:
        seq = store.index.position()[1]
        if seq != last_seq:
            message = f"The list knows {seq} of {last_seq} events."
            return [finding("index_stale", message, path=str(store.index.path))]
        return _compare(store) if deep else []
    except StorageFailed as error:
        return [finding("index_damaged", error.sentence, path=str(store.index.path))]


def _compare(store: Store) -> list[LogFinding]:
    with tempfile.TemporaryDirectory(prefix="luthier-audit-") as folder:
        fresh = RunIndex(Path(folder) / "index.sqlite", store.ledger)
        try:
            fresh.rebuild()
            expected = fresh.dump()
        finally:
            fresh.close()
    found = store.index.dump()
    differing = [name for name, rows in expected.items() if rows != found[name]]
    if not differing:
        return []
    message = f"The list differs from the ledger in: {', '.join(differing)}."
    return [finding("index_damaged", message, path=str(store.index.path))]
