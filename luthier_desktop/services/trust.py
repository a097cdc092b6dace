"""What lets others, and oneself later, trust the log: witnesses, letters, the signing key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused, NotFound, StorageFailed
from luthier_desktop.domain.run import RUN_ID_PATTERN
from luthier_desktop.domain.verification import LogFinding, VerifyReport
from luthier_desktop.services.actor import Actor
from luthier_desktop.services.ids import require_id
from luthier_desktop.services.runs import required_reason
from luthier_desktop.storage.against import Copy, Outside
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.evidence import read_evidence, read_witness
from luthier_desktop.storage.incoming import read_regular_file
from luthier_desktop.storage.key_rotation import EpochKeys
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.merkle import leaf_hash, tree_root
from luthier_desktop.storage.store import Store
from luthier_desktop.storage.verify import Cancelled, Level, Progress, verify
from luthier_desktop.storage.witness import Proven, Witness, prove
from luthier_desktop.storage.witness_maker import WitnessMaker, event_number, newest_note
from luthier_desktop.storage.witness_store import WitnessStore

__all__ = ["Proven", "Trust", "Witness"]


class RunLetters(NamedTuple):
    """Where a run stands in the log, and the letters that witness the log up to it.

    Without letters ``fault`` says why.
    """

    ledger_number: int
    letters: str
    fault: str = ""


class Trust:
    """Makes, keeps and judges what shows that the log is still the one that was signed."""

    def __init__(self, store: Callable[[], Store], actor: Actor) -> None:
        self._store = store
        self._actor = actor
        self._letters: dict[str, RunLetters] = {}

    def verify(
        self,
        level: Level = "full",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        *,
        witnesses: Sequence[str | bytes] = (),
        against: Path | None = None,
    ) -> VerifyReport:
        """Verify the log as `Runs.verify` does, also against what somebody else holds of it.

        *witnesses* are files, folders, the letters of a sheet, or the bytes of a file; *against*
        is a folder with a copy of the data directory.

        Raises:
            NotFound: A file or the folder does not exist.
            InputRefused: It is no witness or copy of this log.
        """
        store = self._store()
        if against is not None and not against.is_dir():
            raise NotFound(f"There is no folder {against}; check the name.")
        copy = Copy(store, against) if against is not None else None
        shown = [read_evidence(witness, store.store_id) for witness in witnesses]
        outside = Outside((*shown, *(copy.presented() if copy else ())), copy)
        report = verify(store, level, progress, cancelled, outside)
        return report.model_copy(update={"notes": tuple(self.notes())})

    def notes(self) -> list[str]:
        """Say what is worth knowing and no problem: where the signing key is, or its loss."""
        told = self._store().checkpoints.key_note()
        return [told] if told else []

    def letters(self) -> str:
        """Return the newest checkpoint for a printed sheet, as in ``1042 ABCD EFGH IJKL MNOP``.

        Nothing is signed for it; without a checkpoint the text is empty.
        """
        store = self._store()
        if not store.checkpoints.files.sizes():
            return ""
        checkpoint = newest_note(store).checkpoint
        return str(Letters.of(checkpoint.size, checkpoint.root))

    def letters_of(self, run_id: str) -> RunLetters:
        """Return the letters of the log as it was when a run was recorded.

        They stay the same whatever is recorded later. A log that cannot be read has none.

        Raises:
            NotFound: There is no such run.
        """
        if run_id not in self._letters:
            store = self._store()
            store.catch_up()
            seq = event_number(store, run_id)
            try:
                letters = str(Letters.of(seq, tree_root(map(leaf_hash, _events(store, seq)))))
            except StorageFailed as error:
                return RunLetters(seq, "", error.sentence)
            self._letters[run_id] = RunLetters(seq, letters)
        return self._letters[run_id]

    def witness(self, run_id: str) -> Witness:
        """Make the ``witness`` of a run for a share file; a checkpoint is signed where it lacks.

        Raises:
            InputRefused: This is no id.
            NotFound: There is no such run.
            StorageFailed: The log cannot be signed now, or is damaged.
        """
        store = self._store()
        store.catch_up()
        seq = event_number(store, require_id(run_id, RUN_ID_PATTERN, "run"))
        if seq > max(store.checkpoints.files.sizes(), default=0):
            store.state.require_writable()
            store.checkpoints.make()
            store.catch_up()
        return WitnessMaker(store).of_event(seq)

    def prove(self, member: object, contents: Sequence[bytes] = ()) -> Proven:
        """Say what the ``witness`` member of a share file proves of *contents*.

        None is unsigned; what is no witness does not match.
        """
        if member is None:
            return prove(None)
        try:
            return prove(Witness.read(member, "The witness"), contents)
        except InputRefused as error:
            return Proven("does_not_match", error.sentence)

    def keep(self, witness: Witness) -> tuple[LogFinding, ...]:
        """Keep somebody's witness; what it contradicts is told.

        Raises:
            InputRefused: It proves nothing.
            StorageFailed: It is not known to be saved.
        """
        store = self._store()
        store.state.require_writable()
        return WitnessStore(store.layout, store.calls).keep(witness)

    def look(self, witness: Witness) -> tuple[bool, tuple[LogFinding, ...]]:
        """Say whether the log of *witness* was seen here before, and what it contradicts.

        Nothing is kept.
        """
        store = self._store()
        return WitnessStore(store.layout, store.calls).look(witness)

    def keep_file(self, path: Path) -> tuple[str, tuple[LogFinding, ...]]:
        """Keep the witness in a file: its member as JSON, or a checkpoint of this very log.

        Return whose it is, and what it contradicts.

        Raises:
            NotAllowed: A viewer may not.
            NotFound: There is no such file.
            InputRefused: There is no witness in it, or it proves nothing.
            StorageFailed: It is not known to be saved.
        """
        self._actor.require("keep_witness")
        data = read_regular_file(path, str(path))
        if not data.strip():
            raise InputRefused(f"{shown(str(path), 200)} is empty: there is no witness in it.")
        if data.lstrip().startswith(b"{"):
            witness = read_witness(data, str(path))
            return str(witness.checkpoint.origin), self.keep(witness)
        note = Note.read(data, str(path))
        self._keep_own(note, path)
        return str(note.checkpoint.origin), ()

    def rotate_key(self, reason: str, *, is_lost: bool = False) -> int:
        """Let a new key sign the log from here on; return the event's number.

        Where the old key *is_lost* and cannot sign the change, a new epoch begins.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: No reason is given, or it is too long.
            StorageFailed: The old key is lost without *is_lost* saying so, the log is damaged,
                or this is not known to be saved.
        """
        self._actor.require("rotate_key")
        store = self._store()
        store.state.require_writable()
        change = store.checkpoints.begin_epoch if is_lost else store.checkpoints.rotate
        seq = change(required_reason(reason))
        store.catch_up()
        return seq

    def _keep_own(self, note: Note, path: Path) -> None:
        store = self._store()
        store.state.require_writable()
        keys = EpochKeys()
        for event in store.ledger.events():
            if event is not None:
                keys.tell(event)
        epoch = keys.at(note.checkpoint.origin, note.checkpoint.size)
        if epoch is None:
            raise InputRefused(
                f"{path} is a checkpoint of another log ({note.checkpoint.origin}), and a "
                "checkpoint alone brings no key to check it by; give the whole witness as JSON."
            )
        WitnessStore(store.layout, store.calls).keep_own(note, epoch.public_key)


def _events(store: Store, last: int) -> Iterator[bytes]:
    """Read the events of the log up to number *last*."""
    for seq in range(1, last + 1):
        data = store.ledger.bytes_of(seq)
        if data is None:
            raise StorageFailed(f"Event {seq} of the log is missing; run `luthier logs verify`.")
        yield data
