"""A DXF file written through ezdxf: nothing in it that differs from one writing to the next."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from luthier_desktop.domain.dxf_options import DxfVersion
from luthier_desktop.exports import dxf_layers
from luthier_desktop.exports.dxf_marks import (
    DxfArc,
    DxfCircle,
    DxfLine,
    DxfMark,
    DxfPolyline,
)

if TYPE_CHECKING:
    from ezdxf.addons.r12writer import R12FastStreamWriter
    from ezdxf.document import Drawing
    from ezdxf.layouts.layout import Modelspace

Reach = tuple[float, float, float, float]
"""The least x and y of a drawing and the largest."""

_VERSIONS = {"r2000": "AC1015", "r12": "AC1009"}
_MILLIMETRES, _METRIC, _DECIMAL = 4, 1, 2
_ENTITIES = "  0\nSECTION\n  2\nENTITIES\n"


def document_bytes(marks: Sequence[DxfMark], reach: Reach, version: DxfVersion) -> bytes:
    """Write *marks* and a table of the layers that they stand on."""
    from ezdxf._options import options  # the place for it that ezdxf names
    from ezdxf.document import Drawing

    # whatever a settings file in the user's folders says
    options.reset()  # type: ignore[no-untyped-call]  # ezdxf leaves it without types
    options.write_fixed_meta_data_for_testing = True
    document = Drawing.new(_VERSIONS[version])
    _set_up(document, reach, version)
    for layer in sorted({mark.layer for mark in marks}):
        document.layers.add(layer, color=dxf_layers.colour(layer))
    if version == "r2000":
        space = document.modelspace()
        for mark in marks:
            _add(space, mark)
        return _written(document).encode("ascii")
    head, _, _ = _written(document).partition(_ENTITIES)
    return (head + _old_entities(marks)).encode("ascii")


def _written(document: Drawing) -> str:
    stream = io.StringIO()
    document.write(stream)
    return stream.getvalue()


def _set_up(document: Drawing, reach: Reach, version: DxfVersion) -> None:
    left, bottom, right, top = reach
    header = document.header
    header["$LUNITS"] = _DECIMAL
    if version == "r12":  # which knows no units; its entities are written without handles
        header["$HANDLING"] = 0
    else:
        header["$INSUNITS"], header["$MEASUREMENT"] = _MILLIMETRES, _METRIC
    space = document.modelspace()
    space.reset_extents((left, bottom, 0.0), (right, top, 0.0))
    space.reset_limits((left, bottom), (right, top))
    height_mm = 1.05 * max(top - bottom, right - left)
    document.set_modelspace_vport(height_mm, ((left + right) / 2, (bottom + top) / 2))


def _add(space: Modelspace, mark: DxfMark) -> None:
    attributes = {"layer": mark.layer}
    if isinstance(mark, DxfPolyline):
        space.add_lwpolyline(mark.vertices, format="xyb", close=mark.closed, dxfattribs=attributes)
    elif isinstance(mark, DxfCircle):
        space.add_circle(mark.center, mark.radius_mm, dxfattribs=attributes)
    elif isinstance(mark, DxfLine):
        space.add_line(mark.start, mark.end, dxfattribs=attributes)
    elif isinstance(mark, DxfArc):
        ends_deg = (mark.start_deg, mark.end_deg)
        space.add_arc(mark.center, mark.radius_mm, *ends_deg, dxfattribs=attributes)
    else:
        text = space.add_text(mark.text, height=mark.height_mm, dxfattribs=attributes)
        text.dxf.insert = mark.at


def _old_entities(marks: Sequence[DxfMark]) -> str:
    """Write the entities of R12 by the library's quick writer: a corner is an entity there."""
    from ezdxf.addons.r12writer import R12FastStreamWriter

    stream = io.StringIO()
    writer = R12FastStreamWriter(stream)
    for mark in marks:
        _add_old(writer, mark)
    writer.close()
    return stream.getvalue()


def _add_old(writer: R12FastStreamWriter, mark: DxfMark) -> None:
    layer = mark.layer
    if isinstance(mark, DxfPolyline):
        writer.add_polyline_2d(mark.vertices, format="xyb", closed=mark.closed, layer=layer)
    elif isinstance(mark, DxfCircle):
        writer.add_circle(mark.center, mark.radius_mm, layer=layer)
    elif isinstance(mark, DxfLine):
        writer.add_line(mark.start, mark.end, layer=layer)
    elif isinstance(mark, DxfArc):
        ends_deg = (mark.start_deg, mark.end_deg)
        writer.add_arc(mark.center, mark.radius_mm, *ends_deg, layer=layer)
    else:
        writer.add_text(mark.text, mark.at, height=mark.height_mm, layer=layer)
