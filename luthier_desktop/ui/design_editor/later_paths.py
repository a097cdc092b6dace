"""Building the paths of large designs off the window's thread, ring by ring."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import lay_out, piece_count
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.ring_paths import Pieces, RingPaths, ring_paths

LARGE_DESIGN = 6000
"""A design of so many pieces is built later: all at once would hold the window up."""
LARGE_RING = 150

Result = TypeVar("Result")


class Run(Protocol):
    """Does work on a worker and hands its result to the window's thread."""

    def __call__(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None: ...


class LaterPaths(QObject):
    """Builds rings when there is time; ``arrived`` comes when one can be drawn."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self._asked: set[str] = set()
        self._built: dict[str, RingPaths] = {}

    def is_large(self, design: RosetteParamSpec) -> bool:
        """Return whether *design* has too many pieces to be built at once."""
        if self.run is None:
            return False
        bands = zip(design.ring_params, ring_radii(design), strict=True)
        return sum(_count(ring, radii) for ring, radii in bands) >= LARGE_DESIGN

    def ring(self, ring: RingParam, radii: RingRadii) -> RingPaths:
        """Return the ring's paths, or its bare band until they are built."""
        known = self._built.get(ring.identity)
        if known is not None and known.ring == ring and known.radii == radii:
            return known
        count = _count(ring, radii)
        if count < LARGE_RING:
            return ring_paths(ring, radii)
        self._ask(ring.identity, partial(ring_paths, ring, radii))
        woods = frozenset(lay_out(ring, radii).materials)
        return RingPaths(ring, radii, radii, (), _none(count), None, woods, waits=True)

    def forget(self, identity: str) -> None:
        """Let go of paths that were taken over."""
        self._built.pop(identity, None)

    def _ask(self, identity: str, work: Callable[[], RingPaths]) -> None:
        if self.run is not None and identity not in self._asked:
            self._asked.add(identity)
            self.run(
                partial(_undisturbed, work),
                partial(self._take, identity),
                partial(self._fail, identity),
            )

    def _take(self, identity: str, built: RingPaths) -> None:
        self._asked.discard(identity)
        self._built[identity] = built
        self.arrived.emit()

    def _fail(self, identity: str, error: Exception) -> None:
        self._asked.discard(identity)
        raise error


def _count(ring: RingParam, radii: RingRadii) -> int:
    return int(piece_count(lay_out(ring, radii)))


def _none(count: int) -> Pieces:
    return Pieces(count, tuple)


def _undisturbed(work: Callable[[], RingPaths]) -> RingPaths:
    """Build without a search for garbage, which would hold up the window's thread as well."""
    with _no_collection():
        built = work()
        built.pieces.build()
        return built


@contextmanager
def _no_collection() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
