"""The canvas: the rosette true to scale, with selection, handles, zoom and pan."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import overlay, ring_edits, stack_edits
from luthier_desktop.ui.design_editor.annotations import Annotations
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit, position_of
from luthier_desktop.ui.design_editor.handles import (
    EdgeDrag,
    Handle,
    handle_at,
    handles,
)
from luthier_desktop.ui.design_editor.picture import Frame, Picture
from luthier_desktop.ui.design_editor.surroundings import surroundings
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.design_editor.viewport import Look, Viewport
from luthier_desktop.ui.widgets.pauses import pause

NOTCH = 120.0
THIN_PX = 3.0
SETTLE_MS = 60
_KEY = Qt.Key
_NUDGES = {_KEY.Key_Right: 1, _KEY.Key_Up: 1, _KEY.Key_Left: -1, _KEY.Key_Down: -1}
_STEPS = {_KEY.Key_PageUp: 1, _KEY.Key_PageDown: -1}


class DesignCanvas(QWidget):
    """One painter widget: a cached picture, and over it what changes quickly."""

    def __init__(
        self, document: DesignDocument, materials: MaterialCatalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._picture = Picture(materials)
        self._notes = Annotations()
        self._viewport = Viewport(self)
        self._viewport.moved.connect(self.update)
        self._drag: EdgeDrag | None = None
        self._ghost: RosetteParamSpec | None = None
        self._ghost_note = ""
        self._pan_from: QPointF | None = None
        self._space = False
        self._cursor = QPointF()
        self._held: Handle | None = None
        self._holds = 0
        self._settling = pause(self, SETTLE_MS)
        self._settling.timeout.connect(self.update)
        self.setObjectName("designCanvas")
        self.setAccessibleName("Rosette drawing")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        document.changed.connect(self._follow)
        document.selectionChanged.connect(self._describe)
        units.display().changed.connect(self._describe)
        units.display().changed.connect(self.update)

    @property
    def view(self) -> View:
        """Where the millimetres lie on the widget."""
        return self._viewport.view

    @property
    def picture(self) -> Picture:
        """The cached picture with its paints."""
        return self._picture

    def show_verdicts(self, verdicts: dict[str, RiskBucket]) -> None:
        """Mark the rings with these verdicts, by ring identity."""
        if verdicts != self._notes.verdicts:
            self._notes.verdicts = verdicts
            self.update()

    def show_assumed(self, assumed: Mapping[str, object]) -> None:
        """Draw fingerboard and top with the shop's values where the design has none."""
        if assumed != self._notes.assumed:
            self._notes.assumed = assumed
            self.update()

    def point_at(self, ring_id: str | None) -> None:
        """Outline the ring that another panel points at."""
        if ring_id != self._notes.pointed:
            self._notes.pointed = ring_id
            self.update()

    def show_ghost(self, design: RosetteParamSpec | None, note: str = "") -> None:
        """Draw *design* instead of the one on the bench, until None or a change of that."""
        if design is not self._ghost or note != self._ghost_note:
            self._ghost, self._ghost_note = design, note
            self.update()

    def fit_all(self) -> None:
        """Show the whole rosette, now and after a change of size."""
        self._viewport.fit(self._document.design)

    @property
    def look(self) -> Look:
        """How the design is looked at now."""
        return self._viewport.look

    def come_back(self, look: Look | None) -> None:
        """Look at the design as before it left the bench, or at all of it."""
        self._viewport.come_back(look, self._document.design)

    def fit_selection(self) -> None:
        """Show the selected ring large, at 3 o'clock, where its handles are."""
        radii = self._selected_radii()
        if radii is None:
            self.fit_all()
            return
        self._viewport.show_ring(radii)

    def cancel_drag(self) -> bool:
        """Give up a drag in progress; True when there was one."""
        if self._drag is None:
            return False
        self._drag = None
        self._document.drop_preview()
        self.update()
        return True

    def _follow(self, design: RosetteParamSpec) -> None:
        if self._drag is not None and design is not self._drag.after:
            self._drag = None  # another edit or an undo came in the middle
        self._ghost = None
        self._viewport.fit_again(design)
        if self.isVisible():
            self._settling.start()
        self._describe()

    def _describe(self) -> None:
        design = self._document.design
        position = self._document.selected_position
        text = f"{len(design.ring_params)} rings. "
        if position is not None:
            ring = design.ring_params[position]
            text += (
                f"Selected ring {ring.ring_index}: {ring_edits.family_text(ring.pattern_type)}, "
                f"{units.brief(ring.effective_width_mm)} wide. "
            )
        self.setAccessibleDescription(
            text + "Arrows change its width, with Ctrl its inner edge; Page Up and Page Down "
            "select another ring."
        )
        self.update()

    def _area(self) -> QRectF:
        return QRectF(self.rect())

    def _selected_radii(self) -> RingRadii | None:
        position = self._document.selected_position
        return None if position is None else ring_radii(self._document.design)[position]

    def _handles(self) -> tuple[Handle, ...]:
        radii = self._selected_radii()
        return () if radii is None else handles(radii, self.view, self._area())

    def _ring_at(self, place: QPointF) -> str | None:
        """Return the ring under *place*; a thin ring is a little wider to the hand."""
        at = self.view.to_mm(place)
        radius_mm = (at.x() ** 2 + at.y() ** 2) ** 0.5
        design = self._document.design
        found = [
            (max(radii.inner_mm - radius_mm, radius_mm - radii.outer_mm), ring.identity)
            for ring, radii in zip(design.ring_params, ring_radii(design), strict=True)
        ]
        off_mm, ring_id = min(found, default=(THIN_PX, ""))
        return ring_id if off_mm * self.view.px_per_mm <= THIN_PX and ring_id else None

    def _nudge(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """Change the selected ring's width by a step; a held key is one entry of the history.

        Ctrl with left or right moves the inner edge instead.
        """
        position = self._document.selected_position
        inner = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if position is None or (inner and key in (_KEY.Key_Up, _KEY.Key_Down)):
            return False
        if not event.isAutoRepeat():
            self._holds += 1
        by_mm = _NUDGES[key] * units.step_mm(event.modifiers())

        def build(design: RosetteParamSpec) -> Edit | None:
            if inner:
                return stack_edits.move_inner_edge(design, position, by_mm)
            ring = design.ring_params[position]
            field = "width_mm" if ring.measured_width_mm is None else "measured_width_mm"
            wanted_mm = round(getattr(ring, field) + by_mm, 6)
            return ring_edits.set_length(design, position, field, wanted_mm)

        self.cancel_drag()
        self._document.attempt(build, merge_key=self._holds)
        return True

    def _step_selection(self, by: int) -> bool:
        rings = self._document.design.ring_params
        position = self._document.selected_position
        if not rings:
            return False
        wanted = 0 if position is None else min(max(position + by, 0), len(rings) - 1)
        self._document.select(rings[wanted].identity)
        return True

    def _do_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        middle = self._area().center()
        if key in _NUDGES:
            return self._nudge(key, event)
        if key in _STEPS:
            return self._step_selection(_STEPS[key])
        if key == _KEY.Key_Escape:
            return self.cancel_drag()
        if key in (_KEY.Key_Plus, _KEY.Key_Equal, _KEY.Key_Minus):
            self._viewport.zoom(-1 if key == _KEY.Key_Minus else 1, middle)
        elif key == _KEY.Key_F:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.fit_selection if shifted else self.fit_all)()
        elif key == _KEY.Key_Space:
            self._space = True
            self._show_cursor()
        else:
            return False
        return True

    def _show_cursor(self) -> None:
        if self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._held is not None or self._drag is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def _point(self, place: QPointF) -> None:
        """Take in what lies under the cursor while no button is down."""
        held = handle_at(self._handles(), place)
        if held != self._held:
            self._held = held
            self._show_cursor()
            self.update()

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        ghost = self._ghost if self._drag is None else None
        design = ghost or self._document.design
        around = surroundings(design, self._notes.assumed)
        frame = Frame(self.view, self.size(), self.devicePixelRatioF(), around)
        painter = QPainter(self)
        hurried = self._settling.isActive()
        painter.drawPixmap(0, 0, self._picture.pixmap(design, frame, hurried=hurried))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = position_of(design, self._document.selected_id)
        self._notes.paint(painter, design, selected, self.view)
        if ghost is None:
            overlay.paint_handles(painter, self._handles(), self._held)
        else:
            overlay.paint_ghost(painter, self._ghost_note, self._area())
        overlay.paint_scale_bar(painter, self.view, self._area())
        if self._drag is not None and self._drag.begun:
            overlay.paint_note(painter, self._drag.hint, self._cursor, self._area())
        if self.hasFocus():
            overlay.paint_focus(painter, self._area())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._viewport.fits and self._drag is None:
            self.fit_all()

    def hideEvent(self, event: QHideEvent) -> None:
        self._settling.stop()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._cursor = event.position()
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and self._space):
            self._pan_from = event.position()
            self._show_cursor()
        elif left:
            handle = handle_at(self._handles(), event.position())
            position = self._document.selected_position
            if handle is None or position is None:
                self._document.select(self._ring_at(event.position()))
            else:
                self._held = handle
                committed = self._document.committed
                self._drag = EdgeDrag(
                    committed, position, handle.edge, event.position(), self.view
                )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pan_from is not None:
            self._viewport.pan(place - self._pan_from)
            self._pan_from = place
        elif self._drag is not None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if self._drag.move(place, self.view, fine=fine):
                self._document.preview(self._drag.after)
        else:
            self._point(place)
        self._cursor = place
        if self._drag is not None:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton or self._pan_from is not None:
            self._pan_from = None
        elif self._drag is not None:
            edit, self._drag = self._drag.edit, None
            if edit is None:
                self._document.drop_preview()
            else:
                self._document.attempt(lambda _: edit)
        self._show_cursor()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._held = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        touchpad = event.device().type().name == "TouchPad"
        controlled = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if touchpad and not controlled:
            by = event.pixelDelta() if event.hasPixelDelta() else event.angleDelta() / 2
            self._viewport.pan(QPointF(by))
        elif event.angleDelta().y():
            self._viewport.zoom(event.angleDelta().y() / NOTCH, event.position())
        elif event.angleDelta().x():
            self._viewport.pan(QPointF(event.angleDelta().x() / 2, 0.0))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._do_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)
        self.update()
