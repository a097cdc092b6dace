"""Painting one ring: bands with their grain bent round, pieces one by one, joints."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from luthier_desktop.domain.geometry import RingRadii, sector
from luthier_desktop.domain.patterns.family import END_GRAIN
from luthier_desktop.ui.design_editor.paints import LARGE_MM2, Fills, Paints
from luthier_desktop.ui.design_editor.ribbons import paint_ribbon
from luthier_desktop.ui.design_editor.ring_paths import Band, PiecePath, Rapport, RingPaths
from luthier_desktop.ui.widgets.outlines import add_outline, annulus_path

STRETCH_MM = 4.0
OVERLAP_MM = 0.25
FIGURE_PX = 4.0
JOINT_MM = 0.08
LEAST_JOINT_PX = 0.3
PIECES_A_STEP = 400
MOST_KEPT_FILLS = 2500
INSET_PX = 0.6


Step = Callable[[QPainter], None]


def paint_ring(painter: QPainter, ring: RingPaths, paints: Paints) -> None:
    """Fill the ring piece by piece over the dark of its glue joints."""
    ground(painter, ring, paints)
    painter.save()
    painter.scale(ring.scale, ring.scale)
    for step in steps(ring, paints):
        step(painter)
    painter.restore()


def ground(painter: QPainter, ring: RingPaths, paints: Paints) -> None:
    """Fill the ring with the dark of its glue joints, up to below its edges.

    The pieces smooth the edges, so that the ground can do without, which is quick.
    """
    inner_mm, outer_mm = ring.radii
    inset_mm = min(INSET_PX / paints.px_per_mm, ring.radii.width_mm / 4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    within = RingRadii(inner_mm + inset_mm, outer_mm - inset_mm)
    painter.fillPath(annulus_path(within), _joint_colour(ring, paints))
    painter.restore()


def steps(ring: RingPaths, paints: Paints) -> Iterator[Step]:
    """Give what paints the ring bit by bit, each for a painter in mm, as if nothing was moved."""
    if ring.bands or ring.ribbons:
        yield partial(_paint_bent, ring=ring, paints=paints)
    if ring.rapport is not None and paints.is_plain(ring.rapport.largest_mm2):
        yield from _rapport_steps(ring.rapport, paints)
    else:
        yield from _piece_steps(ring, paints)
    if ring.joints is not None and paints.px_per_mm * JOINT_MM >= LEAST_JOINT_PX:
        yield partial(_paint_joints, joints=ring.joints, colour=_joint_colour(ring, paints))


def mean_colour(ring: RingPaths, paints: Paints) -> QColor:
    """Return what the ring's woods look like from afar."""
    colours = [paints.colour(wood) for wood in sorted(ring.materials)]
    count = len(colours)
    return QColor(
        sum(one.red() for one in colours) // count,
        sum(one.green() for one in colours) // count,
        sum(one.blue() for one in colours) // count,
    )


def _paint_bent(painter: QPainter, ring: RingPaths, paints: Paints) -> None:
    for band in ring.bands:
        _paint_band(painter, band, paints)
    for ribbon in ring.ribbons:
        paint_ribbon(painter, ribbon, paints)


def paint_pieces(
    painter: QPainter, pieces: Iterable[PiecePath], paints: Paints, ends: bool
) -> None:
    """Fill pieces, with *ends* showing the ends of their fibres."""
    fill = painter.fillPath
    brush = paints.brush
    for path, material_id, grain_deg, area_mm2 in pieces:
        fill(path, brush(material_id, grain_deg, area_mm2, ends))


def _piece_steps(ring: RingPaths, paints: Paints) -> Iterator[Step]:
    """Fill piece by piece; of a ring that is not too large the brushes are found only once."""
    pieces, ends = iter(ring.pieces), ring.ring.pattern_type in END_GRAIN
    if len(ring.pieces) > MOST_KEPT_FILLS:
        while some := tuple(islice(pieces, PIECES_A_STEP)):
            yield partial(paint_pieces, pieces=some, paints=paints, ends=ends)
        return
    fills = paints.fills.get(ring.pieces)
    if fills is None:
        fills = paints.fills[ring.pieces] = [
            (path, paints.brush(material_id, grain_deg, area_mm2, ends))
            for path, material_id, grain_deg, area_mm2 in pieces
        ]
    for first in range(0, len(fills), PIECES_A_STEP):
        yield partial(_fill, fills=fills[first : first + PIECES_A_STEP])


def _fill(painter: QPainter, fills: Fills) -> None:
    fill = painter.fillPath
    for path, brush in fills:
        fill(path, brush)


def _rapport_steps(rapport: Rapport, paints: Paints) -> Iterator[Step]:
    """Fill the small pieces of one material together, once for each time that they come."""
    fills = [(path, paints.plain(material_id)) for material_id, path in rapport.paths]
    turns = max(1, PIECES_A_STEP // len(fills))
    for first in range(0, rapport.times, turns):
        some = range(first, min(first + turns, rapport.times))
        yield partial(_paint_turns, fills=fills, turns=some, step_deg=360.0 / rapport.times)


def _paint_turns(
    painter: QPainter, fills: list[tuple[QPainterPath, QBrush]], turns: range, step_deg: float
) -> None:
    painter.save()
    painter.rotate(turns.start * step_deg)
    for _ in turns:
        for path, brush in fills:
            painter.fillPath(path, brush)
        painter.rotate(step_deg)
    painter.restore()


def _paint_joints(painter: QPainter, joints: QPainterPath, colour: QColor) -> None:
    painter.strokePath(joints, QPen(colour, JOINT_MM))


def _paint_band(painter: QPainter, band: Band, paints: Paints) -> None:
    """Paint a bent strip stretch by stretch, each turned to the ring and shifted along it.

    The strip's ends meet at 12 o'clock, where the fingerboard hides them.
    """
    radii, material_id = band
    if radii.width_mm * paints.px_per_mm < FIGURE_PX:
        painter.fillPath(annulus_path(radii), paints.plain(material_id))
        return
    around_mm = 2 * math.pi * radii.mean_mm
    count = max(12, math.ceil(around_mm / STRETCH_MM))
    step_deg, step_mm = 360 / count, around_mm / count
    stretch = QPainterPath()
    add_outline(stretch, sector(radii, 0.0, step_deg * (1 + OVERLAP_MM / step_mm)))
    brush = QBrush(paints.brush(material_id, 90.0, LARGE_MM2))
    flat = brush.transform()
    turned = QTransform().rotate(step_deg / 2)
    painter.save()
    for number in range(count):
        along = QTransform.fromTranslate(-number * step_mm, 0)
        brush.setTransform(flat * along * turned)
        painter.fillPath(stretch, brush)
        painter.rotate(step_deg)
    painter.restore()


def _joint_colour(ring: RingPaths, paints: Paints) -> QColor:
    colours = (paints.colour(wood) for wood in sorted(ring.materials))
    darkest = min(colours, key=QColor.lightness)
    return darkest.darker(115)
