"""Making witnesses: what goes out with a shared design, so that its receiver can vouch for us."""

from __future__ import annotations

from luthier_desktop.domain.errors import NotFound, StorageFailed
from luthier_desktop.storage.atomic import read_file, storage_failure
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.key_rotation import EpochKeys
from luthier_desktop.storage.merkle import leaf_hash
from luthier_desktop.storage.merkle_tree import MerkleTree
from luthier_desktop.storage.signing_key import EPOCH_OPENED, KEY_ROTATED
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.witness import Witness

_TELLING = tuple(f'"event":"{event}"'.encode() for event in (EPOCH_OPENED, KEY_ROTATED))


class WitnessMaker:
    """Proves events against the newest checkpoint; the log is read once, for all of them."""

    def __init__(self, store: Store) -> None:
        """Read the log up to its newest checkpoint.

        Raises:
            StorageFailed: There is no checkpoint, or the log is not the one it was made of.
        """
        self._store = store
        self._keys = EpochKeys()
        self._rotations: list[tuple[str, bytes]] = []
        self.note = newest_note(store)
        size = self.note.checkpoint.size
        self._tree = MerkleTree(leaf_hash(self._event(seq)) for seq in range(1, size + 1))
        if self._tree.root() != self.note.checkpoint.root:
            raise StorageFailed(
                f"No witness was made: the log is not the one that checkpoint {size} was made "
                "of. Run `luthier logs verify`."
            )

    def of_run(self, run_id: str) -> Witness:
        """Prove the event of a run.

        Raises:
            NotFound: There is no such run.
            StorageFailed: The checkpoint does not cover it yet.
        """
        return self.of_event(event_number(self._store, run_id))

    def of_event(self, seq: int) -> Witness:
        """Prove event number *seq*.

        Raises:
            StorageFailed: The checkpoint does not cover it yet.
        """
        checkpoint = self.note.checkpoint
        epoch = self._keys.at(checkpoint.origin, checkpoint.size)
        if epoch is None or not 0 < seq <= checkpoint.size:
            raise StorageFailed(
                f"No witness was made: the newest checkpoint covers {checkpoint.size} events "
                f"and not event {seq}."
            )
        origin = str(checkpoint.origin)
        return Witness(
            event=self._bytes(seq),
            index=seq - 1,
            proof=tuple(self._tree.inclusion_proof(seq - 1)),
            note=self.note,
            public_key=epoch.public_key,
            rotations=tuple(data for of, data in self._rotations if of == origin),
        )

    def _event(self, seq: int) -> bytes:
        data = self._bytes(seq)
        if any(telling in data for telling in _TELLING):
            event = self._store.ledger.read(seq)
            if event is not None:
                self._keys.tell(event)
                row = (event.members or {}).get("row") or {}
                if (event.members or {}).get("event") == KEY_ROTATED:
                    self._rotations.append((str(row.get("origin")), data))
        return data

    def _bytes(self, seq: int) -> bytes:
        path = self._store.layout.event_path(seq)
        try:
            return read_file(path, self._store.calls)
        except OSError as error:
            raise storage_failure(error, path) from error


def newest_note(store: Store) -> Note:
    """Return the newest checkpoint.

    Raises:
        StorageFailed: There is none, or it is damaged.
    """
    newest = max(store.checkpoints.files.sizes(), default=0)
    note, fault = store.checkpoints.files.read(newest) if newest else (None, "there is none")
    if note is None:
        raise StorageFailed(
            f"No witness was made: the log has no good checkpoint ({fault}). Run `luthier logs "
            "verify`."
        )
    return note


def event_number(store: Store, run_id: str) -> int:
    """Return the number of the event that a run is recorded by.

    Raises:
        NotFound: There is no such run.
    """
    entries = store.index.entries([run_id])
    if not entries:
        raise NotFound(f"There is no run {run_id}; check the id.")
    return entries[0].seq
