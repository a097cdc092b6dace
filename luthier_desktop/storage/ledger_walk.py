"""A way along the ledger: the tree as it grows, and what the events tell of those who sign it."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.key_rotation import EpochKeys
from luthier_desktop.storage.ledger import FIRST_PREV, ReadEvent
from luthier_desktop.storage.merkle import EMPTY_ROOT, Frontier
from luthier_desktop.storage.signing_key import EPOCH_OPENED, KEY_ROTATED

ACKNOWLEDGED = "rollback.acknowledged"
_TELLING = frozenset({EPOCH_OPENED, KEY_ROTATED, ACKNOWLEDGED})


class LedgerWalk:
    """Goes from event to event and keeps the roots at the sizes that were asked for.

    ``told`` are the numbers of the events that say something of epochs.
    """

    def __init__(
        self,
        sizes: Iterable[int] = (),
        frontier: Frontier | None = None,
        prev: str = FIRST_PREV,
        leaf: bytes = EMPTY_ROOT,
    ) -> None:
        """Start at the first event, or behind the tree *frontier* whose last event is known."""
        self.frontier = frontier or Frontier()
        self.leaf = leaf
        self.roots: dict[int, bytes] = {}
        self.keys = EpochKeys()
        self.acknowledged_seq = 0
        self.closed_epoch = 0
        self.told: list[int] = []
        self._prev = prev
        self._sizes = frozenset(sizes)
        self._keep_root()

    @property
    def size(self) -> int:
        """How many events lie behind."""
        return self.frontier.size

    def follow(self, events: Iterable[ReadEvent | None]) -> None:
        """Go on along *events*.

        Raises:
            StorageFailed: One is missing, damaged, or does not follow from the one before.
        """
        for event in events:
            if event is None or event.members is None or event.members["prev"] != self._prev:
                raise StorageFailed(
                    f"No checkpoint was made: event {self.size + 1} of the log is missing, "
                    "damaged or does not follow from the one before. Run `luthier logs verify`."
                )
            self.step(event)

    def step(self, event: ReadEvent) -> None:
        """Take one event, whatever its state, as it is."""
        self.grow(event)
        self.tell(event)

    def grow(self, event: ReadEvent) -> None:
        """Add one event to the tree."""
        self.frontier.add(event.leaf)
        self.leaf, self._prev = event.leaf, event.sha256
        self._keep_root()

    def tell(self, event: ReadEvent) -> None:
        """Note what one event says of epochs and their keys."""
        self.keys.tell(event)
        if event.members is not None and event.members["event"] in _TELLING:
            self.told.append(event.seq)
        if event.members is not None and event.members["event"] == ACKNOWLEDGED:
            closed = (event.members["row"] or {}).get("epoch")
            self.acknowledged_seq = event.seq
            self.closed_epoch = max(self.closed_epoch, closed if isinstance(closed, int) else 0)

    def _keep_root(self) -> None:
        if self.size in self._sizes:
            self.roots[self.size] = self.frontier.root()
