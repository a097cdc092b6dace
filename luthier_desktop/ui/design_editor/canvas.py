"""The canvas: the rosette true to scale, with selection, handles, zoom and pan."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
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
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import dimension_lines, overlay
from luthier_desktop.ui.design_editor.ahead import Judge
from luthier_desktop.ui.design_editor.annotations import Annotations
from luthier_desktop.ui.design_editor.canvas_layer import Layer
from luthier_desktop.ui.design_editor.description import described
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edge_tool import EdgeTool
from luthier_desktop.ui.design_editor.edits import position_of
from luthier_desktop.ui.design_editor.handles import ring_under
from luthier_desktop.ui.design_editor.later_paths import LaterPaths, Run
from luthier_desktop.ui.design_editor.navigation import Navigation
from luthier_desktop.ui.design_editor.photo_tool import Mode, PhotoTool
from luthier_desktop.ui.design_editor.picture import Frame, Picture
from luthier_desktop.ui.design_editor.surroundings import Surroundings, surroundings
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.design_editor.viewport import Look, Viewport
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.drops import dropped_file
from luthier_desktop.ui.widgets.pauses import pause

SETTLE_MS = 60
FINISH_S = 0.008
_KEY = Qt.Key
_STEPS = {_KEY.Key_PageUp: 1, _KEY.Key_PageDown: -1}


_PHOTO_CURSORS = {
    Mode.MOVE: Qt.CursorShape.SizeAllCursor,
    Mode.CALIBRATE: Qt.CursorShape.CrossCursor,
}


class DesignCanvas(QWidget):
    """One painter widget: a cached picture, and over it what changes quickly.

    ``photoDropped`` carries the path of a file that was dropped on it.
    """

    photoDropped = Signal(str)

    def __init__(
        self, document: DesignDocument, materials: MaterialCatalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._later = LaterPaths(self)
        self._later.arrived.connect(self.update)
        self._picture = Picture(materials, self._later)
        self._notes = Annotations()
        self._viewport = Viewport(self)
        self._viewport.moved.connect(self.update)
        self._navigation = Navigation(self, self._viewport)
        self._navigation.grasped.connect(self._show_cursor)
        self._edges = EdgeTool(self, document, self._viewport, self._around)
        self._edges.changed.connect(self._follow_hand)
        self._photos = PhotoTool(self, document, self._viewport)
        self._photos.changed.connect(self._follow_hand)
        self.layer: Layer | None = None
        self._ghost: RosetteParamSpec | None = None
        self._ghost_note = ""
        self._has_dimensions = False
        self._settling = pause(self, SETTLE_MS)
        self._settling.timeout.connect(self.update)
        self._finishing = QTimer(self)
        self._finishing.setInterval(0)
        self._finishing.timeout.connect(self._finish)
        self.setObjectName("designCanvas")
        self.setAccessibleName(tr("Rosette drawing"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
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
            self._describe()

    def show_margins(self, heats: Mapping[str, float]) -> None:
        """Tint the rings by these margins during a drag, by ring identity."""
        self._notes.heats = heats

    def judge_with(self, judge: Judge) -> None:
        """Ask *judge* what lies ahead of a drag."""
        self._edges.judge = judge

    def build_with(self, run: Run) -> None:
        """Build large designs with *run*, off the window's thread."""
        self._later.run = run

    @property
    def is_finished(self) -> bool:
        """Whether all is drawn as it is, and nothing stands in."""
        return self._picture.is_exact and not self._settling.isActive()

    @property
    def edges(self) -> EdgeTool:
        """The tool that moves the edges of the selected ring."""
        return self._edges

    @property
    def photos(self) -> PhotoTool:
        """The photo under the drawing."""
        return self._photos

    @property
    def has_dimensions(self) -> bool:
        """Whether diameters and widths are written into the drawing."""
        return self._has_dimensions

    def switch_dimensions(self) -> None:
        """Write diameters and widths into the drawing, or no longer."""
        self._has_dimensions = not self._has_dimensions
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

    def zoom_in(self) -> None:
        """Show the middle of the drawing larger."""
        self._navigation.zoom(1)

    def zoom_out(self) -> None:
        """Show more of the drawing."""
        self._navigation.zoom(-1)

    def cancel_drag(self) -> bool:
        """Give up a drag in progress; True when there was one."""
        return self._edges.cancel()

    def _follow(self, design: RosetteParamSpec) -> None:
        self._edges.follow(design)
        self._ghost = None
        self._viewport.fit_again(design)
        if self.isVisible():
            self._settling.start()
        self._describe()

    def _finish(self) -> None:
        """Paint a little more of a large design; show what came of it."""
        if self._picture.advance(FINISH_S):
            self.update()
        if not self._picture.has_more or not self.isVisible():
            self._finishing.stop()

    def _follow_hand(self) -> None:
        self._show_cursor()
        self.update()

    def _describe(self) -> None:
        design = self._document.design
        around = self._around(design)
        text = described(design, self._document.selected_position, self._notes.verdicts, around)
        self.setAccessibleDescription(tr(text))
        self.update()

    def _around(self, design: RosetteParamSpec) -> Surroundings:
        return surroundings(design, self._notes.assumed)

    def _area(self) -> QRectF:
        return QRectF(self.rect())

    def _selected_radii(self) -> RingRadii | None:
        return self._edges.selected_radii()

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
        if self._edges.nudge(event):
            return True
        if key in _STEPS:
            return self._step_selection(_STEPS[key])
        if key == _KEY.Key_Escape:
            return self._close_innermost()
        if key == _KEY.Key_F:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.fit_selection if shifted else self.fit_all)()
            return True
        if key == _KEY.Key_0:
            self.fit_all()
            return True
        return self._navigation.press_key(event, pans=self._document.selected_id is None)

    def _close_innermost(self) -> bool:
        """Give up a drag, the photo, a layer, else the selection: then the arrows pan."""
        if self.cancel_drag() or self._photos.cancel():
            return True
        if self.layer is not None:
            self.layer.leave()
            return True
        if self._document.selected_id is None:
            return False
        self._document.select(None)
        return True

    def _show_cursor(self) -> None:
        shape = self._navigation.cursor()
        if shape is None:
            shape = _PHOTO_CURSORS.get(self._photos.mode)
        if shape is None and self._edges.has_edge:
            shape = Qt.CursorShape.SizeHorCursor
        if shape is None:
            self.unsetCursor()
        else:
            self.setCursor(shape)

    def paint_overlay(self, painter: QPainter, design: RosetteParamSpec) -> None:
        """Draw what changes quickly: marks or tints, dimensions, handles, the scale."""
        selected = position_of(design, self._document.selected_id)
        dragging = self._edges.is_dragging
        self._photos.paint(painter)
        self._notes.paint(painter, design, selected, self.view, tinted=dragging)
        if self._has_dimensions and not dragging:
            around = self._around(design)
            dimension_lines.paint(painter, design, around, self.view, self._area())
        if self.layer is not None and not dragging:
            ratio = self.devicePixelRatioF()
            self.layer.paint(painter, self.view.transform(), self.size(), ratio)
        if self._ghost is None or dragging:
            self._edges.paint(painter)
        else:
            overlay.paint_ghost(painter, self._ghost_note, self._area())
        overlay.paint_scale_bar(painter, self.view, self._area())
        if self.hasFocus():
            overlay.paint_focus(painter, self._area())

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._navigation.gesture(event):
            return True
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        ghost = None if self._edges.is_dragging else self._ghost
        design = ghost or self._document.design
        around = self._around(design)
        frame = Frame(self.view, self.size(), self.devicePixelRatioF(), around)
        painter = QPainter(self)
        hurried = self._settling.isActive()
        painter.drawPixmap(0, 0, self._picture.pixmap(design, frame, hurried=hurried))
        if self._picture.has_more:
            self._finishing.start()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_overlay(painter, design)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._viewport.fits and not self._edges.is_dragging:
            self.fit_all()

    def hideEvent(self, event: QHideEvent) -> None:
        self._settling.stop()
        self._finishing.stop()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._navigation.press(event) or event.button() is not Qt.MouseButton.LeftButton:
            return
        if not self._photos.press(event) and not self._edges.press(event):
            self._document.select(ring_under(self._document.design, event.position(), self.view))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._navigation.move(event) and not self._photos.move(event):
            self._edges.move(event)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        if not self._navigation.release() and not self._photos.release():
            self._edges.release()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.photoDropped.emit(dropped_file(event))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._edges.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._navigation.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._do_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._navigation.release_key(event)
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._navigation.forget_space()
        super().focusOutEvent(event)
        self.update()
