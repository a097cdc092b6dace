"""Zoom and pan by touchpad, wheel and keys, and the drawing told in words."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.feasibility.risk import RiskBucket

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def touchpad():
    kind = QInputDevice.DeviceType.TouchPad
    pointer = QPointingDevice.PointerType.Finger
    capabilities = QInputDevice.Capability.Position | QInputDevice.Capability.PixelScroll
    return QPointingDevice("touchpad", 7, kind, pointer, capabilities, 2, 3)


def scroll(canvas, touchpad, pixels, modifiers=NONE):
    place = QPointF(120, 90)
    event = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        pixels,
        pixels * 8,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.ScrollUpdate,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        touchpad,
    )
    QApplication.sendEvent(canvas, event)


def pinch(canvas, touchpad, value, at):
    kind = Qt.NativeGestureType.ZoomNativeGesture
    place = canvas.mapToGlobal(at)
    event = QNativeGestureEvent(kind, touchpad, 2, at, at, place, value, QPointF())
    QApplication.sendEvent(canvas, event)


def test_two_fingers_pan_and_with_ctrl_zoom(canvas, touchpad):
    before = canvas.view
    scroll(canvas, touchpad, QPoint(12, -7))
    assert canvas.view == before.panned(QPointF(12, -7))
    scroll(canvas, touchpad, QPoint(0, 15), CTRL)
    assert canvas.view.px_per_mm == pytest.approx(1.2 * before.px_per_mm)


def test_a_pinch_zooms_where_the_fingers_are(canvas, touchpad):
    at = QPointF(150, 80)
    before, scale = canvas.view.to_mm(at), canvas.view.px_per_mm
    pinch(canvas, touchpad, 0.25, at)
    after = canvas.view.to_mm(at)
    assert canvas.view.px_per_mm == pytest.approx(1.25 * scale)
    assert math.hypot(after.x() - before.x(), after.y() - before.y()) < 1e-9
    pinch(canvas, touchpad, -5.0, at)
    assert canvas.view.px_per_mm > 0


def test_plus_minus_and_nought_zoom(qtbot, canvas):
    canvas.setFocus()
    fitted = canvas.view
    qtbot.keyClicks(canvas, "+")
    assert canvas.view.px_per_mm == pytest.approx(1.2 * fitted.px_per_mm)
    qtbot.keyClicks(canvas, "--")
    assert canvas.view.px_per_mm == pytest.approx(fitted.px_per_mm / 1.2)
    qtbot.keyClicks(canvas, "0")
    assert canvas.view == fitted


def test_escape_selects_no_ring_and_then_the_arrows_move_the_drawing(qtbot, editor, canvas):
    canvas.setFocus()
    before, design = canvas.view, editor.design()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert "No ring is selected." in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view == before.panned(QPointF(-40, -160))
    assert editor.design() is design
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert editor.design().ring_params[0].width_mm == 2.1


def test_the_middle_button_pans(qtbot, canvas):
    before = canvas.view
    qtbot.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(90, 130))
    qtbot.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(90, 130))
    assert canvas.view == before.panned(QPointF(-10, 30))


def test_the_drawing_is_told_in_words_that_follow_the_design(qtbot, editor, canvas):
    canvas._document.select("r1")
    # At 44.5 mm: asin(56 / 89) = 39.0 degrees to a side, but acos(42 / 44.5) = 19.3 is less.
    assert canvas.accessibleDescription().startswith(
        "Rosette, 3 rings, from 80.00 mm to 100.00 mm diameter, soundhole 74.00 mm, the sum "
        "closes. Selected ring 1: Ladder, 5.00 mm wide, radius 42.00 mm to 47.00 mm, "
        "38.6 degrees under the fingerboard."
    )
    canvas.show_verdicts({"r1": RiskBucket.YELLOW, "r0": RiskBucket.GREEN})
    assert "radius 42.00 mm to 47.00 mm, check yellow" in canvas.accessibleDescription()
    assert "Checks: ring 1 yellow." in canvas.accessibleDescription()
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert "0.10 mm too full" in canvas.accessibleDescription()
    assert "5.10 mm wide" in canvas.accessibleDescription()
