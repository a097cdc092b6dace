"""Small pictures of snapshots: drawn off the window's thread as they come into sight, and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotEntry
from luthier_desktop.services.snapshots import Kept
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.style import GRID

SIDE_PX = 21 * GRID
MOST_PICTURES = 300
"""So many pictures are kept, some 8 MB; those not looked at for longest are drawn again."""
MOST_WAITING = 60

Read = Callable[[str], Kept]
Draw = Callable[[RosetteParamSpec, int, float], QImage]


class _Wish(NamedTuple):
    key: tuple[str, float]
    snapshot_id: str


class Thumbnails(QObject):
    """Pictures by what a design is made of, so that versions that look alike share one.

    ``drawn`` comes when there is one more; ``found(id, reason)`` tells of a snapshot that was
    read: why it is damaged, or "".
    """

    drawn = Signal()
    found = Signal(str, str)

    def __init__(
        self, read: Read, draw: Draw, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._draw = draw
        self._background = background
        self._pictures: OrderedDict[tuple[str, float], QPixmap] = OrderedDict()
        self._waiting: OrderedDict[tuple[str, float], str] = OrderedDict()
        self._lacking: set[str] = set()
        self._busy: _Wish | None = None
        self._times = 0

    def __len__(self) -> int:
        return len(self._pictures)

    def picture(self, entry: SnapshotEntry, pixel_ratio: float) -> QPixmap | None:
        """Return the picture of a snapshot, or None and draw it, the one asked last first."""
        key = (entry.design_sha256 or entry.snapshot_id, pixel_ratio)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        is_busy = self._busy is not None and self._busy.key == key
        if entry.snapshot_id not in self._lacking and not is_busy:
            self._waiting[key] = entry.snapshot_id
            self._waiting.move_to_end(key)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._go_on()
        return None

    def forget(self) -> None:
        """Draw everything anew: the woods are shown in another way."""
        self._pictures.clear()
        self._lacking.clear()
        self._times += 1
        self.drawn.emit()

    def _go_on(self) -> None:
        if self._busy is None and self._waiting:
            self._busy = wish = _Wish(*self._waiting.popitem())
            work = partial(self._read, wish.snapshot_id)
            self._background.run(work, partial(self._was_read, wish), self._failed)

    def _was_read(self, wish: _Wish, kept: Kept) -> None:
        self.found.emit(wish.snapshot_id, str(kept.document.get("reason", "")))
        if kept.design is None:
            self._lacking.add(wish.snapshot_id)
            self._end()
            return
        work = partial(self._draw, kept.design, SIDE_PX, wish.key[1])
        done = partial(self._was_drawn, wish, self._times)
        self._background.run_long(work, done, self._failed)

    def _was_drawn(self, wish: _Wish, times: int, image: QImage) -> None:
        if times == self._times:
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(wish.key[1])
            self._pictures[wish.key] = picture
            if len(self._pictures) > MOST_PICTURES:
                self._pictures.popitem(last=False)
        self._end()
        self.drawn.emit()

    def _failed(self, _: Exception) -> None:
        """Leave a gap where a picture would be: the details say what is wrong."""
        if self._busy is not None:
            self._lacking.add(self._busy.snapshot_id)
        self._end()

    def _end(self) -> None:
        self._busy = None
        self._go_on()
