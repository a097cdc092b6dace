"""The tool that moves the edges of the selected ring: handles, drag, and what lies ahead of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import drag_painting, overlay, ring_edits, stack_edits
from luthier_desktop.ui.design_editor.ahead import Ahead, Judge, Span
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.handles import EdgeDrag, Handle, handle_at, handles
from luthier_desktop.ui.design_editor.snapping import RingEdge
from luthier_desktop.ui.design_editor.surroundings import Surroundings
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.design_editor.viewport import Viewport

_KEY = Qt.Key
_NUDGES = {_KEY.Key_Right: 1, _KEY.Key_Up: 1, _KEY.Key_Left: -1, _KEY.Key_Down: -1}
_INNER_NUDGES = (_KEY.Key_Right, _KEY.Key_Left)


class EdgeTool(QObject):
    """Works on the document's selected ring; ``changed`` asks for the overlay to be painted.

    *around* tells what the rosette is seen with. Without a judge nothing is known ahead.
    """

    changed = Signal()

    def __init__(
        self, canvas: QWidget, document: DesignDocument, viewport: Viewport,
        around: Callable[[RosetteParamSpec], Surroundings],
    ) -> None:  # fmt: skip
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._viewport = viewport
        self._around = around
        self._drag: EdgeDrag | None = None
        self._ahead: Ahead | None = None
        self._cursor = QPointF()
        self._holds = 0
        self._looking = QTimer(self)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._look)
        self.held: Handle | None = None
        self.judge: Judge | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether an edge has left its place under the hand."""
        return self._drag is not None and self._drag.begun

    @property
    def has_edge(self) -> bool:
        """Whether the hand is on a handle."""
        return self._drag is not None or self.held is not None

    @property
    def ahead(self) -> tuple[Span, ...]:
        """The widths of the ring that a check would mark, as far as they are known."""
        return () if self._ahead is None else self._ahead.spans

    @property
    def is_looking(self) -> bool:
        """Whether more is about to be known of what lies ahead."""
        return self._looking.isActive()

    def handles(self) -> tuple[Handle, ...]:
        """Return the handles of the selected ring."""
        radii = self.selected_radii()
        return () if radii is None else handles(radii, self._view, self._area())

    def selected_radii(self) -> RingRadii | None:
        """Return where the selected ring lies."""
        position = self._document.selected_position
        return None if position is None else ring_radii(self._document.design)[position]

    def follow(self, design: RosetteParamSpec) -> None:
        """Give the drag up when another edit or an undo came in the middle of it."""
        if self._drag is not None and design is not self._drag.after:
            self._end()

    def cancel(self) -> bool:
        """Give up a drag in progress; True when there was one."""
        if self._drag is None:
            return False
        self._end()
        self._document.drop_preview()
        self.changed.emit()
        return True

    def press(self, event: QMouseEvent) -> bool:
        """Take the handle under the cursor, and begin to look what lies ahead."""
        handle = handle_at(self.handles(), event.position())
        position = self._document.selected_position
        if handle is None or position is None:
            return False
        self.held = handle
        design = self._document.committed
        drag = EdgeDrag(design, position, handle.edge, self._around(design))
        drag.begin(event.position(), self._view)
        self._drag, self._cursor = drag, event.position()
        if self.judge is not None:
            self._ahead = Ahead(drag.width_mm, drag.design_at, self.judge)
            self._looking.start()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Drag the edge; without a drag see which handle lies under the cursor."""
        if self._drag is None:
            self._point(event.position())
            return False
        self._cursor = event.position()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._drag.move(event.position(), self._view, fine=fine):
            self._document.preview(self._drag.after)
        self.changed.emit()
        return True

    def release(self) -> bool:
        """Make the drag one step of the history."""
        if self._drag is None:
            return False
        edit = self._drag.edit
        self._end()
        if edit is None:
            self._document.drop_preview()
        else:
            self._document.attempt(lambda _: edit)
        self.changed.emit()
        return True

    def leave(self) -> None:
        """Forget the handle under the cursor."""
        if self._drag is None:
            self.held = None
            self.changed.emit()

    def nudge(self, event: QKeyEvent) -> bool:
        """Change the selected ring's width by a step; a held key is one entry of the history.

        Ctrl with left or right moves the inner edge instead.
        """
        position, key = self._document.selected_position, Qt.Key(event.key())
        inner = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if position is None or key not in (_INNER_NUDGES if inner else _NUDGES):
            return False
        if not event.isAutoRepeat():
            self._holds += 1
        by_mm = _NUDGES[key] * units.step_mm(event.modifiers())
        self.cancel()
        edge = RingEdge.INNER if inner else RingEdge.OUTER
        self._document.attempt(
            lambda design: _nudged(design, position, edge, by_mm), merge_key=self._holds
        )
        return True

    def paint(self, painter: QPainter) -> None:
        """Draw what lies ahead, the place that the edge is drawn to, the handles, the number."""
        drag, view = self._drag, self._view
        if drag is not None:
            place = next((one.place for one in self.handles() if one.edge is drag.edge), QPointF())
            zones = [
                drag_painting.Zone(
                    drag.radius_mm(span.low_mm),
                    drag.radius_mm(span.high_mm),
                    span.bucket,
                    units.worded(span.word),
                )
                for span in self.ahead
            ]
            drag_painting.paint_zones(painter, zones, place, view, self._area())
            if drag.snap is not None and drag.snap.word:
                drag_painting.paint_snap(painter, drag.snap.radius_mm, view)
        overlay.paint_handles(painter, self.handles(), self.held)
        if drag is not None and drag.begun:
            overlay.paint_note(painter, drag.hint, self._cursor, self._area())

    @property
    def _view(self) -> View:
        return self._viewport.view

    def _area(self) -> QRectF:
        return QRectF(self._canvas.rect())

    def _end(self) -> None:
        self._drag = self._ahead = None
        self._looking.stop()

    def _look(self) -> None:
        if self._ahead is None or not self._ahead.step():
            self._looking.stop()
        self.changed.emit()

    def _point(self, place: QPointF) -> None:
        held = handle_at(self.handles(), place)
        if held != self.held:
            self.held = held
            self.changed.emit()


def _nudged(design: RosetteParamSpec, position: int, edge: RingEdge, by_mm: float) -> Edit | None:
    if edge is RingEdge.INNER:
        return stack_edits.move_inner_edge(design, position, by_mm)
    ring = design.ring_params[position]
    field = "width_mm" if ring.measured_width_mm is None else "measured_width_mm"
    return ring_edits.set_length(design, position, field, round(getattr(ring, field) + by_mm, 6))
