"""Large designs: the window is never held up, and in the end the picture is the same."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QLineF, QObject, Qt
from PySide6.QtGui import QImage

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.later_paths import LaterPaths
from luthier_desktop.ui.design_editor.path_cache import PathCache
from luthier_desktop.ui.design_editor.ring_layers import Ground, RingLayers


def large(rings=4, count=2000):
    return RosetteParamSpec.read(
        {
            "inner_diameter_mm": 80.0,
            "outer_diameter_mm": 80.0 + 4 * rings,
            "ring_params": [
                {
                    "ring_index": at, "width_mm": 2.0, "pattern_type": "LADDER",
                    "materials": ["holly", "indian_rosewood"], "pattern": {"count": count},
                }
                for at in range(rings)
            ],
        },
        "design",
    )  # fmt: skip


class Lane:
    """Takes work and does it when told, as a worker that is busy would."""

    def __init__(self):
        self.jobs = []

    def run(self, work, done, failed):
        self.jobs.append((work, done))

    def work(self, most=100):
        for _ in range(min(most, len(self.jobs))):
            work, done = self.jobs.pop(0)
            done(work())


@pytest.fixture
def lane(canvas):
    lane = Lane()
    canvas.build_with(lane.run)
    return lane


def finish(qtbot, canvas, lane):
    qtbot.waitUntil(lambda: lane.work() or (canvas.is_finished and not lane.jobs))
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_large_design_shows_its_bands_first_and_then_its_pieces(qtbot, editor, canvas, lane):
    editor.set_design(large())
    coarse = canvas.grab().toImage()
    assert len(lane.jobs) == 4
    middle = canvas.view.to_px(0.0, 41.0).toPoint()
    band = coarse.pixelColor(middle)
    assert 120 < band.lightness() < 190  # between holly and rosewood
    canvas.update()
    assert len(lane.jobs) == 4
    assert finish(qtbot, canvas, lane) != coarse


def test_in_the_end_the_picture_is_the_one_that_is_painted_at_once(
    qtbot, catalogue, editor, canvas, lane
):
    design = large()
    editor.set_design(design)
    canvas._document.select(None)
    later = finish(qtbot, canvas, lane)
    at_once = DesignEditor(catalogue)
    qtbot.addWidget(at_once)
    at_once.resize(editor.size())
    at_once.set_design(design)
    with qtbot.waitExposed(at_once):
        at_once.show()
    other = at_once.canvas
    other._document.select(None)
    qtbot.waitUntil(lambda: other.is_finished)
    ring = canvas.view.to_px(0.0, 0.0)
    assert other.view == canvas.view
    image = other.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for radius_mm in (40.5, 43.0, 46.9):
        for share in range(24):
            way = radius_mm * canvas.view.px_per_mm
            place = (ring + _turned(way, 15.0 * share)).toPoint()
            assert later.pixelColor(place) == image.pixelColor(place)


def _turned(length, angle_deg):
    return QLineF.fromPolar(length, angle_deg).p2()


def test_while_a_ring_is_built_anew_the_old_one_stands_in(qtbot, editor, canvas, lane):
    editor.set_design(large())
    finish(qtbot, canvas, lane)
    editor.document.attempt(lambda one: ring_edits.set_length(one, 1, "width_mm", 2.2))
    qtbot.waitUntil(lambda: not canvas._settling.isActive())
    canvas.grab()
    rings = canvas.picture._rings
    assert not [ring for ring in rings if ring.waits]
    assert [ring.is_exact for ring in rings] == [True, False, False, False]
    finish(qtbot, canvas, lane)
    assert [ring.is_exact for ring in canvas.picture._rings] == [True] * 4


def test_paths_that_come_too_late_are_asked_for_again(qtbot, editor, canvas, lane):
    editor.set_design(large())
    canvas.grab()
    wider = large(count=1998)
    editor.set_design(wider)
    canvas.grab()
    assert len(lane.jobs) == 4
    lane.work(4)
    canvas.grab()
    assert len(lane.jobs) == 4
    finish(qtbot, canvas, lane)
    assert [len(ring.pieces) for ring in canvas.picture._rings] == [1998] * 4


def test_after_a_zoom_the_old_picture_stands_in_until_the_new_one_is_painted(
    qtbot, editor, canvas, lane
):
    editor.set_design(large())
    finish(qtbot, canvas, lane)
    canvas.zoom_in()
    canvas.grab()
    assert not canvas.is_finished
    assert set(canvas.picture._layers._older) == {"r0", "r1", "r2", "r3"}
    finish(qtbot, canvas, lane)
    assert canvas.picture._layers._older == {}


def test_a_small_design_is_built_at_once(editor, canvas, lane):
    editor.set_design(large(rings=2, count=600))
    canvas.grab()
    assert lane.jobs == []
    assert canvas.picture._rings[0].is_exact


def test_a_layer_is_painted_in_slices(qapp, canvas):
    design = large(rings=1)
    (ring,) = PathCache().rings(design, hurried=False)
    layers = RingLayers(canvas.picture.paints)
    ground = Ground(canvas.view, canvas.size(), 1.0)
    pixmap = ground.blank(Qt.GlobalColor.transparent)
    with ground.painter(pixmap) as painter:
        layers.draw(painter, ring, ground, patient=True)
    slices = 0
    while layers.is_unfinished:
        layers.advance(0.0)
        slices += 1
    assert slices >= 2000 / 400


def test_a_large_design_is_built_by_a_worker(qtbot, editor, canvas):
    background = Background()
    canvas.build_with(background.run)
    threads = []
    later = canvas._later
    take = later._take
    later._take = lambda identity, built: (
        threads.append(threading.current_thread()),
        take(identity, built),
    )
    editor.set_design(large())
    canvas.grab()
    with qtbot.waitSignal(background.idle):
        pass
    background.shut_down()
    qtbot.waitUntil(lambda: canvas.is_finished)
    assert threads == [threading.main_thread()] * 4
    assert all(ring.is_exact and not ring.waits for ring in canvas.picture._rings)


def test_a_fault_in_building_is_a_fault_of_the_program(qapp):
    later = LaterPaths(QObject())
    lane = Lane()
    lane.run = lambda work, done, failed: failed(ArithmeticError("a bug"))
    later.run = lane.run
    design = large()
    with pytest.raises(ArithmeticError, match="a bug"):
        later.ring(design.ring_params[0], ring_radii(design)[0])
