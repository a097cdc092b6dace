"""Zoom and pan by mouse, touchpad and keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.design_editor.viewport import Viewport

NOTCH = 120.0
PAN_PX, FAR_PAN_PX, NEAR_PAN_PX = 40.0, 160.0, 8.0
_KEY = Qt.Key
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_WAYS = {
    _KEY.Key_Left: QPointF(1, 0),
    _KEY.Key_Right: QPointF(-1, 0),
    _KEY.Key_Up: QPointF(0, 1),
    _KEY.Key_Down: QPointF(0, -1),
}
_CLOSER, _FARTHER = (_KEY.Key_Plus, _KEY.Key_Equal), (_KEY.Key_Minus, _KEY.Key_Underscore)


class Navigation(QObject):
    """Turns events of the canvas into moves of its viewport; each method says whether it did.

    ``grasped``: the hand took hold of the drawing, let it go, or is about to.
    """

    grasped = Signal()

    def __init__(self, canvas: QWidget, viewport: Viewport) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._viewport = viewport
        self._from: QPointF | None = None
        self._space = False

    def cursor(self) -> Qt.CursorShape | None:
        """Return the hand that shows while the drawing can be moved."""
        if self._from is not None:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._space else None

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of the drawing with the middle button, or with Space and the left one."""
        left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (left and self._space):
            self._from = event.position()
            self.grasped.emit()
            return True
        return False

    def move(self, event: QMouseEvent) -> bool:
        """Move the drawing with the hand."""
        if self._from is None:
            return False
        self._viewport.pan(event.position() - self._from)
        self._from = event.position()
        return True

    def release(self) -> bool:
        """Let the drawing go."""
        if self._from is None:
            return False
        self._from = None
        self.grasped.emit()
        return True

    def press_key(self, event: QKeyEvent, *, pans: bool) -> bool:
        """Zoom with + and -, pan with the arrows where *pans* allows, take hold with Space."""
        key = Qt.Key(event.key())
        if key in _CLOSER or key in _FARTHER:
            self.zoom(1 if key in _CLOSER else -1)
        elif pans and key in _WAYS:
            self._viewport.pan(_WAYS[key] * _far(event.modifiers()))
        elif key == _KEY.Key_Space:
            self._space = True
            self.grasped.emit()
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> None:
        """Let go when Space comes up."""
        if event.key() == _KEY.Key_Space and not event.isAutoRepeat():
            self.forget_space()

    def forget_space(self) -> None:
        """Space no longer takes hold, such as when the focus went elsewhere."""
        self._space = False
        self.grasped.emit()

    def zoom(self, notches: float) -> None:
        """Zoom in (positive) or out about the middle of the canvas."""
        self._viewport.zoom(notches, QPointF(self._canvas.rect().center()))

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor with a wheel; two fingers pan, with Ctrl they zoom."""
        turned = event.angleDelta()
        if _is_touchpad(event) and not event.modifiers() & _CTRL:
            by = event.pixelDelta() if event.hasPixelDelta() else turned / 2
            self._viewport.pan(QPointF(by))
        elif turned.y():
            self._viewport.zoom(turned.y() / NOTCH, event.position())
        elif turned.x():
            self._viewport.pan(QPointF(turned.x() / 2, 0.0))
        event.accept()

    def gesture(self, event: QNativeGestureEvent) -> bool:
        """Zoom with a pinch of two fingers, pan with a swipe of them."""
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._viewport.scale(max(0.1, 1.0 + event.value()), event.position())
        elif kind == Qt.NativeGestureType.PanNativeGesture:
            self._viewport.pan(event.delta())
        else:
            return False
        return True


def _is_touchpad(event: QWheelEvent) -> bool:
    """Return whether two fingers scroll: a wheel knows no beginning and end of a scroll."""
    scrolls = event.phase() is not Qt.ScrollPhase.NoScrollPhase
    return event.device().type().name == "TouchPad" or (scrolls and event.hasPixelDelta())


def _far(modifiers: Qt.KeyboardModifier) -> float:
    if modifiers & _SHIFT:
        return FAR_PAN_PX
    return NEAR_PAN_PX if modifiers & _ALT else PAN_PX
