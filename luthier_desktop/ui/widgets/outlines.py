"""Outlines of the domain as painter paths: arcs stay arcs, in millimetres."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPainterPath

from luthier_desktop.domain.geometry import Arc, Edge, Line, Outline, Piece, RingRadii


def piece_path(piece: Piece) -> QPainterPath:
    """Return the closed path of a piece with its holes, in mm."""
    path = QPainterPath()
    add_piece(path, piece)
    return path


def add_piece(path: QPainterPath, piece: Piece) -> None:
    """Add a piece with its holes to *path*."""
    add_outline(path, piece.outline)
    for hole in piece.holes:
        add_outline(path, hole)


def add_outline(path: QPainterPath, outline: Outline) -> None:
    """Add a closed outline to *path*."""
    begun = False
    for edge in outline.edges:
        add_edge(path, edge, begun=begun)
        begun = True
    path.closeSubpath()


def joints_path(joints: Iterable[Edge]) -> QPainterPath:
    """Return the joints between pieces as one path of open lines."""
    path = QPainterPath()
    for joint in joints:
        add_edge(path, joint, begun=False)
    return path


def add_edge(path: QPainterPath, edge: Edge, *, begun: bool) -> None:
    """Add one edge; *begun*: the path stands at its start already.

    Qt counts angles counterclockwise from 3 o'clock, the domain clockwise from 12 o'clock.
    """
    if isinstance(edge, Line):
        if not begun:
            path.moveTo(*edge[0])
        path.lineTo(*edge[1])
    elif isinstance(edge, Arc):
        (x_mm, y_mm), radius_mm, start_deg, sweep_deg = edge
        left, top, side = x_mm - radius_mm, y_mm - radius_mm, 2 * radius_mm
        if not begun:
            path.arcMoveTo(left, top, side, side, 90 - start_deg)
        path.arcTo(left, top, side, side, 90 - start_deg, -sweep_deg)
    else:
        if not begun:
            path.moveTo(*edge.points[0])
        for x_mm, y_mm in edge.points[1:]:
            path.lineTo(x_mm, y_mm)


def circle_path(radius_mm: float) -> QPainterPath:
    """Return the circle about the soundhole's centre."""
    path = QPainterPath()
    path.addEllipse(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm)
    return path


def annulus_path(radii: RingRadii) -> QPainterPath:
    """Return the band between a ring's two radii."""
    path = circle_path(radii.outer_mm)
    path.addPath(circle_path(radii.inner_mm))
    return path
