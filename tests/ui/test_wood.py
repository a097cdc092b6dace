"""Paints that look like wood."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import Material, MaterialCatalogue, read_materials
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ring_painting import paint_ring
from luthier_desktop.ui.design_editor.ring_paths import RingPaths, ring_paths
from luthier_desktop.ui.design_editor.wood import WoodPaints
from luthier_desktop.ui.design_editor.wood_figures import as_raw, draw_sheet
from luthier_desktop.ui.design_editor.wood_means import MEANS

pytestmark = pytest.mark.usefixtures("qapp")
FILE = Path(__file__).parents[2] / "resources" / "catalogue" / "materials.json"


@pytest.fixture(scope="module")
def materials() -> MaterialCatalogue:
    return read_materials(json.loads(FILE.read_text(encoding="utf-8")))


@pytest.fixture
def paints(materials: MaterialCatalogue) -> WoodPaints:
    return WoodPaints(materials)


def _bytes(image: QImage) -> bytes:
    return bytes(image.constBits())


def _sheet(material: Material, *, finished: bool = True) -> QImage:
    return draw_sheet(material.look, material.material_id, finished=finished)


def _material(materials: MaterialCatalogue, material_id: str) -> Material:
    material = materials.get(material_id)
    assert material is not None
    return material


def _painted(paints: WoodPaints, material_id: str, grain_deg: float = 0.0) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(image.rect(), paints.brush(material_id, grain_deg, QPointF(0, 0), 8.0))
    painter.end()
    return image


def _apart(one: QColor, other: QColor) -> int:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def _roughness(image: QImage, dx: int, dy: int) -> float:
    """How much the lightness changes from pixel to pixel in one direction, on average."""
    steps = [
        abs(image.pixelColor(x, y).lightness() - image.pixelColor(x + dx, y + dy).lightness())
        for x in range(0, image.width() - 1, 3)
        for y in range(0, image.height() - 1, 3)
    ]
    return sum(steps) / len(steps)


def test_every_material_of_the_catalogue_has_a_paint_of_its_own(
    materials: MaterialCatalogue, paints: WoodPaints
) -> None:
    painted = {_bytes(_painted(paints, material.material_id)) for material in materials}
    assert len(painted) == len(materials)


def test_the_same_material_gives_the_same_bytes_each_time(materials: MaterialCatalogue) -> None:
    for material in materials:
        assert _bytes(_sheet(material)) == _bytes(_sheet(material))


def test_finished_wood_differs_from_raw(materials: MaterialCatalogue) -> None:
    for material in materials:
        assert _bytes(_sheet(material)) != _bytes(_sheet(material, finished=False))


def test_the_mean_colour_of_a_paint_stays_near_the_colour_of_the_look(
    materials: MaterialCatalogue, paints: WoodPaints
) -> None:
    for material in materials:
        if material.kind != "shell":
            colour = paints.plain_colour(material.material_id)
            assert _apart(colour, QColor(material.look.finished)) <= 40, material.material_id


def test_the_noted_mean_colours_are_those_of_the_drawn_sheets(
    materials: MaterialCatalogue, paints: WoodPaints
) -> None:
    for material in materials:
        noted = QColor(MEANS[material.material_id])
        drawn = paints.drawn_mean(material.material_id)
        assert _apart(noted, drawn) <= 2, f"{material.material_id}: note {drawn.name()}"


def test_the_mean_colour_of_raw_wood_is_known_without_its_sheet(
    paints: WoodPaints, materials: MaterialCatalogue
) -> None:
    for material_id in ("koa", "holly", "gaboon_ebony", "sitka_spruce", "abalone"):
        told = paints.plain_colour(material_id, finished=False)
        assert _apart(told, paints.drawn_mean(material_id, finished=False)) <= 4
        look = _material(materials, material_id).look
        assert as_raw(QColor(look.finished), look) == QColor(look.raw)


def test_cut_ends_are_of_the_colour_of_their_wood(materials: MaterialCatalogue) -> None:
    for material_id in ("indian_rosewood", "brazilian_rosewood", "holly", "pear", "cherry"):
        look = _material(materials, material_id).look
        ends = draw_sheet(look, material_id, finished=True, end_grain=True)
        mean = ends.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
        assert _apart(mean.pixelColor(0, 0), QColor(MEANS[material_id])) <= 10


def test_a_mosaic_shows_cut_ends_and_a_ladder_long_grain(materials: MaterialCatalogue) -> None:
    wood = WoodPaints(materials)
    paints = Paints(materials, wood)
    paints.zoom_to(40.0)
    radii = RingRadii(50.0, 53.0)
    for family, ends in (("MOSAIC", True), ("MEANDER", True), ("CHECKER", True),
                         ("LADDER", False), ("CUSTOM", False)):
        plain = {"ring_index": 0, "width_mm": 3.0, "pattern_type": family,
                 "materials": ["indian_rosewood", "holly"]}  # fmt: skip
        ring = ring_paths(RingParam.read(plain, "ring"), radii)
        image = QImage(120, 120, QImage.Format.Format_RGB32)
        long_grain, cut = (
            _with_brushes(image, ring, paints, materials, taken) for taken in (False, True)
        )
        assert _bytes(_with_ring(image, ring, paints)) == _bytes(cut if ends else long_grain)
        assert _bytes(long_grain) != _bytes(cut)


def test_the_finish_is_switched_for_pieces_and_mean_colours(
    materials: MaterialCatalogue,
) -> None:
    paints = Paints(materials)
    paints.zoom_to(8.0)
    finished = (paints.colour("koa"), paints.brush("koa", 0.0, 100.0).textureImage())
    paints.show_finish(False)
    raw = (paints.colour("koa"), paints.brush("koa", 0.0, 100.0).textureImage())
    assert raw[0] != finished[0]
    assert raw[1] != finished[1]
    paints.show_finish(True)
    assert (paints.colour("koa"), paints.brush("koa", 0.0, 100.0).textureImage()) == finished


def _with_ring(image: QImage, ring: RingPaths, paints: Paints) -> QImage:
    drawn = image.copy()
    drawn.fill(Qt.GlobalColor.black)
    painter = QPainter(drawn)
    painter.scale(40, 40)
    painter.translate(0, 53.0)
    paint_ring(painter, ring, paints)
    painter.end()
    return drawn


def _with_brushes(
    image: QImage, ring: RingPaths, paints: Paints, materials: MaterialCatalogue, ends: bool
) -> QImage:
    """Draw the ring with one kind of grain, whatever its family is made of."""

    class OneKind(Paints):
        def brush(
            self, material_id: str, grain_deg: float, area_mm2: float, end_grain: bool = False
        ) -> QBrush:
            return paints.brush(material_id, grain_deg, area_mm2, ends)

    one_kind = OneKind(materials)
    one_kind.zoom_to(40.0)
    return _with_ring(image, ring, one_kind)


def test_a_material_without_a_noted_mean_colour_is_drawn_for_it(
    materials: MaterialCatalogue,
) -> None:
    own = _material(materials, "koa").model_copy(update={"material_id": "our_koa"})
    colour = WoodPaints(MaterialCatalogue([own])).plain_colour("our_koa")
    assert _apart(colour, QColor(MEANS["koa"])) <= 25


def test_ebony_is_nearly_black_and_holly_nearly_white(paints: WoodPaints) -> None:
    assert paints.plain_colour("gaboon_ebony").lightness() < 40
    assert paints.plain_colour("holly").lightness() > 210
    assert paints.plain_colour("holly", finished=False).lightness() > 230


def test_growth_lines_run_along_the_grain_and_turn_with_it(paints: WoodPaints) -> None:
    upright = _painted(paints, "sitka_spruce", 0.0)
    lying = _painted(paints, "sitka_spruce", 90.0)
    assert _roughness(upright, 1, 0) > 2 * _roughness(upright, 0, 1)
    assert _roughness(lying, 0, 1) > 2 * _roughness(lying, 1, 0)


@pytest.mark.parametrize("material_id", ["sitka_spruce", "indian_rosewood", "koa", "abalone"])
def test_the_edges_of_a_sheet_meet_when_it_is_repeated(
    materials: MaterialCatalogue, material_id: str
) -> None:
    sheet = _sheet(_material(materials, material_id))
    last = sheet.width() - 1

    places = range(0, sheet.width(), 8)

    def across(x: int, other: int) -> int:
        return sum(_apart(sheet.pixelColor(x, at), sheet.pixelColor(other, at)) for at in places)

    def along(y: int, other: int) -> int:
        return sum(_apart(sheet.pixelColor(at, y), sheet.pixelColor(at, other)) for at in places)

    assert across(0, last) <= 1.2 * max(across(x, x + 1) for x in range(0, last, 2))
    assert along(0, last) <= 1.2 * max(along(y, y + 1) for y in range(1, last, 2))


def test_pieces_of_different_grain_show_different_parts_of_the_sheet(paints: WoodPaints) -> None:
    first = paints.brush("indian_rosewood", 10.0, QPointF(0, 0), 8.0).transform()
    second = paints.brush("indian_rosewood", 11.0, QPointF(0, 0), 8.0).transform()
    moved = first.map(QPointF(0, 0)) - second.map(QPointF(0, 0))
    assert abs(moved.x()) + abs(moved.y()) > 8


def test_panning_carries_the_figure_along(paints: WoodPaints) -> None:
    here = paints.brush("koa", 33.0, QPointF(0, 0), 8.0).transform()
    there = paints.brush("koa", 33.0, QPointF(12, 5), 8.0).transform()
    assert there.map(QPointF(3, 4)) - here.map(QPointF(3, 4)) == QPointF(12, 5)


@pytest.mark.parametrize("px_per_mm", [0.5, 3.0, 8.0, 16.0, 60.0])
def test_a_sheet_covers_32_mm_at_every_scale(paints: WoodPaints, px_per_mm: float) -> None:
    brush = paints.brush("cherry", 0.0, QPointF(0, 0), px_per_mm)
    width_px = brush.textureImage().width() * brush.transform().m11()
    assert width_px == pytest.approx(32.0 * px_per_mm)


def test_small_scales_use_coarser_sheets(paints: WoodPaints) -> None:
    def width(px_per_mm: float) -> int:
        return paints.brush("cherry", 0.0, QPointF(0, 0), px_per_mm).textureImage().width()

    assert [width(scale) for scale in (16.0, 8.0, 4.0, 2.0, 0.1)] == [512, 256, 128, 64, 64]


def test_end_grain_shows_no_lines_along_the_piece(paints: WoodPaints) -> None:
    brush = paints.end_grain_brush("indian_rosewood", 0.0, QPointF(0, 0), 16.0)
    side = paints.brush("indian_rosewood", 0.0, QPointF(0, 0), 16.0)
    assert _bytes(brush.textureImage()) != _bytes(side.textureImage())
    assert not paints.end_grain_brush("abalone", 0.0, QPointF(0, 0), 16.0).textureImage().isNull()


def test_an_unknown_material_gets_a_neutral_hatch(paints: WoodPaints) -> None:
    brush = paints.brush("unobtainium", 0.0, QPointF(0, 0), 8.0)
    assert brush.style() is Qt.BrushStyle.BDiagPattern
    assert paints.plain_colour("unobtainium").isValid()
    end = paints.end_grain_brush("unobtainium", 0.0, QPointF(0, 0), 8.0)
    assert end.style() is Qt.BrushStyle.BDiagPattern
