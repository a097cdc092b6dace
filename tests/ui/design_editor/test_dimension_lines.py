"""Dimension lines: what they say, and that no number stands on another."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import dimension_lines
from luthier_desktop.ui.design_editor.surroundings import surroundings
from luthier_desktop.ui.design_editor.view import fitted


def written(design, width=600, height=500, area_mm=None):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    shown_mm = area_mm or QRectF(-55, -55, 110, 110)
    view = fitted(shown_mm, QSizeF(width, height))
    area = QRectF(0, 0, width, height)
    labels = dimension_lines.paint(painter, design, surroundings(design, {}), view, area)
    painter.end()
    return labels


def many_rings(count):
    rings = [
        {"ring_index": at, "width_mm": 0.3 + 0.01 * at, "materials": ["holly"]}
        for at in range(count)
    ]
    return RosetteParamSpec.read(
        {
            "inner_diameter_mm": 80.0, "outer_diameter_mm": 110.0, "soundhole_diameter_mm": 74.0,
            "ring_params": rings,
        },
        "design",
    )  # fmt: skip


def test_diameters_widths_margin_and_the_hidden_arc_are_written(editor, design):
    # Mean radius 45: acos(42 / 45) = 21.04 degrees to a side, 42.1 in all, 11.7 % of the ring.
    assert {label.text for label in written(design)} == {
        "⌀ 100.00 mm", "⌀ 80.00 mm", "hole ⌀ 74.00 mm", "margin 3.00 mm", "2.00 mm", "5.00 mm",
        "3.00 mm", "hidden 42.1° · 11.7 %",
    }  # fmt: skip


@pytest.mark.parametrize("count", [3, 20, 40])
@pytest.mark.parametrize(
    ("width", "height", "area_mm"),
    [
        (600, 500, None),
        (300, 260, None),
        (240, 200, None),
        (500, 500, QRectF(38, -8, 16, 16)),
        (500, 500, QRectF(-20, -60, 30, 30)),
    ],
)
def test_no_number_stands_on_another_or_outside(editor, count, width, height, area_mm):
    labels = written(many_rings(count), width, height, area_mm)
    area = QRectF(0, 0, width, height)
    assert all(area.contains(label.box) for label in labels)
    assert not [
        (one.text, other.text)
        for one, other in combinations(labels, 2)
        if one.box.intersects(other.box)
    ]


def test_numbers_follow_the_unit_shown(editor, design):
    units.use(Unit.INCH)
    try:
        texts = {label.text for label in written(design)}
    finally:
        units.use(Unit.MM)
    assert '⌀ 3.9370"' in texts


def test_without_a_soundhole_and_a_fingerboard_only_the_rosette_is_measured(editor, design):
    bare = design.model_copy(update={"soundhole_diameter_mm": None, "fingerboard": None})
    texts = {label.text for label in written(bare)}
    assert "⌀ 100.00 mm" in texts
    assert not [text for text in texts if text.startswith(("hole", "margin", "hidden"))]


def test_a_design_without_rings_has_its_diameters(editor, design):
    empty = design.model_copy(update={"ring_params": ()})
    assert "⌀ 80.00 mm" in {label.text for label in written(empty)}


def test_the_canvas_shows_them_on_demand(qtbot, canvas):
    qtbot.waitUntil(lambda: canvas.is_finished)
    before = canvas.grab().toImage()
    canvas.switch_dimensions()
    assert canvas.grab().toImage() != before
    canvas.switch_dimensions()
    assert canvas.grab().toImage() == before
