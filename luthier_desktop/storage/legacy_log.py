"""What of the web ToolBox stands in the log already; one program at a time brings more in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from luthier_desktop.storage.adoption import Adoption
from luthier_desktop.storage.import_turn import import_turn
from luthier_desktop.storage.store import Store

LEGACY = "legacy.imported"


class LegacyLog:
    """The records that were brought in: by the hash of their bytes, and by kind and old id."""

    def __init__(self) -> None:
        self._run_ids: dict[str, str] = {}
        self._hashes: dict[tuple[str, str], list[str]] = {}

    def run_of(self, sha256: str) -> str | None:
        """Return the run that brought these bytes in; None when none did."""
        return self._run_ids.get(sha256)

    def others(self, kind: str, legacy_id: str, sha256: str) -> list[str]:
        """Return the runs that brought other bytes in under the same old id."""
        hashes = self._hashes.get((kind, legacy_id), ())
        return [self._run_ids[other] for other in hashes if other != sha256]

    def add(self, kind: str, legacy_id: str, sha256: str, run_id: str) -> None:
        """Take note of a record that stands in the log."""
        if sha256 not in self._run_ids:
            self._run_ids[sha256] = run_id
            self._hashes.setdefault((kind, legacy_id), []).append(sha256)


@contextmanager
def importing(store: Store) -> Iterator[LegacyLog]:
    """Give what stands in the log, complete: nobody else imports or adopts meanwhile.

    A run that an interrupted import left without its event is taken into the log first.

    Raises:
        Conflict: Another program imports, or takes orphans in.
        StorageFailed: The log cannot be read or written.
    """
    with import_turn(store):
        Adoption(store.ground, store.ledger, store.index, store.journal).finish(LEGACY)
        store.catch_up()
        yield _read(store)


def _read(store: Store) -> LegacyLog:
    known = LegacyLog()
    for seq in _numbers(store):
        event = store.ledger.read(seq)
        row = event.members["row"] if event is not None and event.members is not None else None
        if not isinstance(row, dict):
            continue
        told = row.get("legacy")
        if isinstance(told, dict):
            sha256, run_id = str(told.get("sha256")), str(row.get("run_id"))
            known.add(str(told.get("kind")), str(told.get("id")), sha256, run_id)
    return known


def _numbers(store: Store) -> Iterable[int]:
    if store.index.stale or store.index.is_building:
        return range(1, store.ledger.last_seq() + 1)
    return reversed(store.index.numbers_of(LEGACY))
