"""Every family is painted where the domain says that its pieces lie, near and from afar."""

from __future__ import annotations

import math
import random

import pytest
from PySide6.QtGui import QImage, QPainter

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ribbons import ribbon
from luthier_desktop.ui.design_editor.ring_painting import paint_ring
from luthier_desktop.ui.design_editor.ring_paths import ring_paths
from tests.domain.measuring import contains, places

RADII = RingRadii(40.0, 46.0)
DARK, LIGHT = "gaboon_ebony", "holly"
SIDE_PX = 640
LOOKS = 30
CLEAR_MM = 0.2
"""Places this near to another wood may show both."""


def ring(family):
    """A ring of two woods that cannot be taken for each other."""
    return RingParam.read(
        {"ring_index": 0, "width_mm": 6.0, "pattern_type": family, "materials": [DARK, LIGHT]},
        "ring",
    )


def painted(one, catalogue, px_per_mm):
    """Paint the right side of the ring, 9 o'clock of the picture at the soundhole's centre."""
    image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32)
    image.fill(0)
    paints = Paints(catalogue)
    paints.zoom_to(px_per_mm)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-40 * px_per_mm + SIDE_PX / 2, SIDE_PX / 2)
    painter.scale(px_per_mm, px_per_mm)
    paint_ring(painter, ring_paths(one, RADII), paints)
    painter.end()
    return image


def boxed(drawing):
    """Return the pieces with the rectangles round them, so that few are asked for a place."""
    boxes = []
    for piece in drawing.pieces:
        xs, ys = zip(*places(piece.outline), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys), piece))
    return boxes


def wood_at(boxes, place):
    x, y = place
    found = {
        piece.material_id
        for left, right, top, bottom, piece in boxes
        if left <= x <= right and top <= y <= bottom and contains(piece, place)
    }
    return found.pop() if len(found) == 1 else None


def around(place, by_mm):
    x, y = place
    return [(x + by_mm * math.cos(k), y + by_mm * math.sin(k)) for k in range(6)]


@pytest.mark.parametrize("px_per_mm", [40.0, 8.0])
@pytest.mark.parametrize("family", PARAMETERS)
def test_a_place_shows_the_wood_of_the_piece_that_it_lies_in(family, px_per_mm, catalogue):
    one, chance, looked = ring(family), random.Random(family), 0
    boxes, image = boxed(draw_ring(one, RADII)), painted(one, catalogue, px_per_mm)
    reach = math.atan(0.45 * SIDE_PX / px_per_mm / 46)
    for _ in range(LOOKS):
        radius_mm = chance.uniform(RADII.inner_mm + CLEAR_MM, RADII.outer_mm - CLEAR_MM)
        angle = chance.uniform(-reach, reach)
        place = (radius_mm * math.cos(angle), radius_mm * math.sin(angle))
        wood = wood_at(boxes, place)
        x, y = (place[0] - 40) * px_per_mm + SIDE_PX / 2, place[1] * px_per_mm + SIDE_PX / 2
        alike = all(wood_at(boxes, near) == wood for near in around(place, CLEAR_MM))
        if wood and alike and 0 <= x < SIDE_PX:
            is_dark = image.pixelColor(int(x), int(y)).lightness() < 100
            assert is_dark == (wood == DARK), (family, place)
            looked += 1
    assert looked >= 5


def test_a_wave_s_grain_follows_its_swing(catalogue):
    band = next(found for found in map(ribbon, draw_ring(ring("WAVE"), RADII).pieces) if found)
    assert band.material_id == LIGHT
    assert band.width_mm == pytest.approx(1.2)
    lean = [one.direction_deg - math.degrees(math.atan2(one.start.x_mm, -one.start.y_mm))
            for one in band.stretches]
    lean = [(one + 180) % 360 - 180 for one in lean]
    # Its steepest way out and in: atan(A N / r) = atan(1.74 x 15 / 43), less what 0.8 mm smooth.
    assert max(lean) == pytest.approx(31, abs=2)
    assert min(lean) == pytest.approx(-31, abs=2)
    steps = [b.along_mm - a.along_mm for a, b in zip(band.stretches, band.stretches[1:],
                                                     strict=False)]
    assert 0.8 <= min(steps) <= max(steps) < 2
