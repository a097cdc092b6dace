"""Making checkpoints: behind an acknowledgement, and never one that contradicts an older one."""

from __future__ import annotations

from filelock import FileLock, Timeout

from luthier_desktop.domain.errors import Conflict, InputRefused, LuthierError, StorageFailed
from luthier_desktop.storage.atomic import ensure_directory
from luthier_desktop.storage.checkpoint import Checkpoint, Note, public_key_of, sign
from luthier_desktop.storage.checkpoint_files import CheckpointFiles
from luthier_desktop.storage.high_water import HighWater, Mark
from luthier_desktop.storage.key_rotation import EpochKeys, rotation_row
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.ledger import Ledger, NewEvent
from luthier_desktop.storage.ledger_walk import LedgerWalk
from luthier_desktop.storage.merkle import Frontier
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.rollback import Rollback, find_rollback, fits
from luthier_desktop.storage.session import Journal
from luthier_desktop.storage.signing_key import (
    KEY_ROTATED,
    Epoch,
    SigningKey,
    SigningKeys,
)
from luthier_desktop.storage.store_file import own_file
from luthier_desktop.storage.unfinished_walk import UnfinishedWalk

EVENTS_A_CHECKPOINT = 64
EVENTS_A_PIECE = 500
"""So many events are read at once of a log that was never signed: some 30 ms."""
_LOCK_WAIT_S = 10.0


class Checkpoints:
    """Signs what the ledger has become, when enough was added."""

    def __init__(
        self,
        layout: StoreLayout,
        store_id: str,
        ledger: Ledger,
        journal: Journal,
        calls: OsCalls = OS,
    ) -> None:
        self.files = CheckpointFiles(layout, calls)
        self.high_water = HighWater(layout, store_id, calls)
        self.problem = ""
        self._unfinished = UnfinishedWalk(self.high_water.path.with_suffix(".walk.json"), calls)
        self._keys = SigningKeys(layout, store_id, calls)
        self._layout = layout
        self._calls = calls
        self._ledger = ledger
        self._journal = journal
        self._covered: int | None = None

    def rollback(self) -> Rollback | None:
        """Tell whether the log is older than, or another one than, what was seen before.

        The disk is looked at afresh, whatever this program remembers of the ledger.
        """
        return find_rollback(Ledger(self._layout, self._calls), self.files, self.high_water)

    def follow(self, every: int = EVENTS_A_CHECKPOINT) -> bool:
        """Make a checkpoint when this session recorded and *every* events are not covered.

        Return whether one was made. What goes wrong is told by `problem`; it is no reason to
        stop anything else.
        """
        if not self._journal.has_recorded:
            return False
        try:
            return self._make_if_due(every)
        except Timeout:  # another program of this user is making one
            return False
        except (LuthierError, OSError) as error:
            self.problem = str(error)
            self._covered = self._ledger.last_seq()  # the next try after as many events
        return False

    def _make_if_due(self, every: int) -> bool:
        if not self._is_due(every):
            return False
        with self._alone(0):
            if not self._is_due(every) or not self._comes_near():
                return False
            self._make(anew=False)
        self.problem = ""
        return True

    def make(self, *, anew: bool = False) -> Note:
        """Sign the ledger as the files on the disk tell it.

        The tree grows from the one that the mark keeps, which proves itself by its root; *anew*
        reads the log from its start and begins an epoch where none is open.

        Raises:
            StorageFailed: The log is damaged or is not the one that was signed before, or the
                checkpoint is not known to be saved.
        """
        try:
            with self._alone(_LOCK_WAIT_S):
                return self._make(anew)[0]
        except Timeout as error:
            raise _busy() from error

    def key(self) -> SigningKey | None:
        """Return the key that signed the newest checkpoint, where this user holds it.

        Raises:
            StorageFailed: It lies in the keychain, which does not answer now.
        """
        mark = self._read_mark()
        epoch = Epoch.told_by(self._ledger.read(mark.opened_seq)) if mark else None
        return self._keys.of(epoch) if epoch else None

    def rotate(self, reason: str) -> int:
        """Let another key sign from here on and forget the old one; return the event's number.

        Raises:
            StorageFailed: This user lost the old key, the log is damaged, or the change is not
                known to be saved.
        """
        try:
            with self._alone(_LOCK_WAIT_S):
                return self._rotate(reason)
        except Timeout as error:
            raise _busy() from error

    def begin_epoch(self, reason: str) -> int:
        """Give the keys of this user up and sign in a new epoch; return the opening event.

        Raises:
            StorageFailed: The log is damaged, or this is not known to be saved.
        """
        try:
            with self._alone(_LOCK_WAIT_S):
                self._keys.forget()
                whole = LedgerWalk()
                whole.follow(self._ledger.events())
                key = self._open_epoch(whole, reason)
                self._make(anew=True)
                return key.epoch.seq
        except Timeout as error:
            raise _busy() from error

    def key_note(self) -> str:
        """Say where the signing key is kept, or that it is lost; nothing before there is one."""
        lost = self._lost_epoch()
        if not lost:
            return self._keys.note()
        return (
            f"The signing key of epoch {lost} is not on this account: the next checkpoint made "
            "here begins a new epoch, and what was signed stays verifiable. Put the key back, or "
            "begin the epoch now with `luthier logs rotate-key --lost --reason`."
        )

    def _lost_epoch(self) -> int:
        """Return the epoch that was signed here last when its key is gone, else 0."""
        try:
            mark = self._read_mark()
            if mark is not None:
                epoch = Epoch.told_by(self._ledger.read(mark.opened_seq))
                number, key = mark.origin.epoch, epoch.public_key if epoch else None
                return 0 if self._keys.holds(number, key) else number
            newest = max(self.files.sizes(), default=0)
            note = self.files.read(newest)[0] if newest else None
        except (LuthierError, OSError):
            return 0
        return note.checkpoint.origin.epoch if note and not self._keys.holds(1) else 0

    def _rotate(self, reason: str) -> int:
        note, old = self._make(anew=False, may_replace=False)
        origin = note.checkpoint.origin
        seed = self._keys.make(origin)
        row = rotation_row(note.checkpoint, old.seed, seed, reason)
        try:
            seq = self._journal.append(NewEvent(KEY_ROTATED, row=row))
        except LuthierError:
            self._keys.discard(origin, public_key_of(seed))
            raise
        self._make(anew=False)
        self._keys.discard(origin, old.epoch.public_key)
        return seq

    def _alone(self, wait_s: float) -> FileLock:
        """Keep this user's programs from opening an epoch each."""
        folder = self.high_water.path.parent
        ensure_directory(folder, self._calls)
        return FileLock(folder / f"{self.high_water.path.stem}.making.lock", timeout=wait_s)

    def _comes_near(self) -> bool:
        """Read a bounded piece of a log whose end is far; tell whether it is in reach."""
        mark, last = self._fitting_mark(), self._ledger.last_seq()
        if last - (mark.size if mark else 0) <= EVENTS_A_PIECE:
            return True
        sizes = self.files.sizes()
        walk = self._unfinished.read(self._ledger, sizes) or LedgerWalk(sizes)
        end = min(last, walk.size + EVENTS_A_PIECE)
        walk.follow(self._ledger.events(walk.size + 1, end))
        self._require_consistent(walk)
        self._unfinished.keep(walk)
        return last - end <= EVENTS_A_PIECE

    def _make(self, anew: bool, *, may_replace: bool = True) -> tuple[Note, SigningKey]:
        mark = None if anew else self._fitting_mark()
        kept = None if anew else self._unfinished.read(self._ledger, self.files.sizes())
        if kept is not None and kept.size > (mark.size if mark else 0):
            mark, walk = None, kept
            walk.follow(self._ledger.events(walk.size + 1))
        else:
            walk = self._walk(mark)
        self._require_consistent(walk)
        key = self._known_key(mark, walk) or self._held_key(mark, walk, may_replace)
        walk.follow(self._ledger.events(walk.size + 1))
        self._ledger.settle(walk.size)  # a power cut must not take back what was signed
        note = sign(Checkpoint(key.epoch.origin, walk.size, walk.frontier.root()), key.seed)
        self._save(note)
        new = Mark(key.epoch.origin, key.epoch.seq, walk.leaf, walk.frontier)
        self.high_water.raise_to(new)
        self._unfinished.forget()
        self._covered = walk.size
        return note, key

    def highest_epoch(self) -> int:
        """Return the highest epoch of the mark and the checkpoints, which outlive a lost end."""
        notes = (self.files.read(size)[0] for size in self.files.sizes())
        signed = max((note.checkpoint.origin.epoch for note in notes if note), default=0)
        mark = self._read_mark()
        return max(signed, mark.origin.epoch if mark else 0)

    def _is_due(self, every: int) -> bool:
        last = self._ledger.last_seq()
        if self._covered is None or last - self._covered >= every:
            self._covered = max(self.files.sizes(), default=0)  # others make them as well
        return last - self._covered >= every

    def _fitting_mark(self) -> Mark | None:
        """Return the mark when its checkpoint and its last event stand as they stood."""
        mark = self._read_mark()
        if mark is None or not fits(self._ledger, mark):
            return None
        note, _ = self.files.read(mark.size)
        return mark if note is not None and note.checkpoint.root == mark.root else None

    def _read_mark(self) -> Mark | None:
        try:
            return self.high_water.read()
        except InputRefused:
            return None

    def _walk(self, mark: Mark | None) -> LedgerWalk:
        sizes = self.files.sizes()
        if mark is None:
            walk = LedgerWalk(sizes)
        else:
            behind = self._ledger.read(mark.size)
            prev = behind.sha256 if behind else ""
            frontier = Frontier(mark.size, mark.frontier.nodes)
            walk = LedgerWalk(sizes, frontier, prev, mark.leaf)
            epoch = Epoch.told_by(self._ledger.read(mark.opened_seq))
            walk.keys = EpochKeys([epoch] if epoch else [])
        walk.follow(self._ledger.events(walk.size + 1))
        return walk

    def _require_consistent(self, walk: LedgerWalk) -> None:
        """Refuse to sign beside a checkpoint that says otherwise."""
        for size in self.files.sizes():
            note, _ = self.files.read(size) if size in walk.roots else (None, "")
            beyond = size > self._ledger.last_seq()
            if beyond or (note is not None and note.checkpoint.root != walk.roots[size]):
                raise StorageFailed(
                    f"No checkpoint was made: the log is not the one that checkpoint {size} was "
                    "made of. Run `luthier logs verify`, then restore the log from a backup."
                )

    def _known_key(self, mark: Mark | None, walk: LedgerWalk) -> SigningKey | None:
        epoch = walk.keys.at(mark.origin, walk.size) if mark else None
        return self._keys.of(epoch) if epoch else None

    def _held_key(self, mark: Mark | None, walk: LedgerWalk, may_replace: bool) -> SigningKey:
        """Find the newest open epoch of which this user holds the key, or open one.

        Only with *may_replace* one is opened beside another that is open and whose key is lost.
        """
        whole = walk
        if mark is not None:
            whole = LedgerWalk()
            whole.follow(self._ledger.events())
        known = whole.keys.current()
        for epoch in sorted(known, key=lambda epoch: epoch.seq, reverse=True):
            key = self._keys.of(epoch) if epoch.seq > whole.acknowledged_seq else None
            if key is not None:
                return key
        lost = [epoch.origin.epoch for epoch in known if epoch.seq > whole.acknowledged_seq]
        if lost and not may_replace:
            raise StorageFailed(
                f"The key was not changed: the signing key of epoch {max(lost)}, which has to "
                "sign the change, is not on this account. Put it back, or begin a new epoch "
                "with `luthier logs rotate-key --lost --reason`; what was signed stays verifiable."
            )
        return self._open_epoch(whole)

    def _open_epoch(self, whole: LedgerWalk, reason: str = "") -> SigningKey:
        told = max((epoch.origin.epoch for epoch in whole.keys.current()), default=0)
        number = max(told, whole.closed_epoch, self.highest_epoch()) + 1
        append, events = self._journal.append, self._ledger.events
        own = own_file(self._layout, self._calls)
        key = self._keys.open_epoch(number, append, events, reason, (own,))
        if key is None:
            raise StorageFailed("No checkpoint was made: another user opened the epoch first.")
        return key

    def _save(self, note: Note) -> None:
        try:
            self.files.add(note)
        except Conflict as error:
            other, _ = self.files.read(note.checkpoint.size)
            if other is None or other.checkpoint.root != note.checkpoint.root:
                raise StorageFailed(
                    f"No checkpoint was made: another one of {note.checkpoint.size} events says "
                    "otherwise. Run `luthier logs verify`."
                ) from error


def _busy() -> StorageFailed:
    return StorageFailed("No checkpoint was made: another program is making one. Try again.")
