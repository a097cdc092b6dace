"""A DXF file written through ezdxf: nothing in it that differs from one writing to the next."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from luthier_desktop.domain.dxf_options import DxfVersion
from luthier_desktop.exports import dxf_layers
from luthier_desktop.exports.dxf_marks import (
    DxfArc,
    DxfCircle,
    DxfLine,
    DxfMark,
    DxfPolyline,
    DxfText,
)

if TYPE_CHECKING:
    from ezdxf.document import Drawing
    from ezdxf.layouts.layout import Modelspace

_NAMES = {"r2000": "R2000", "r12": "R12"}
_MILLIMETRES, _METRIC, _DECIMAL = 4, 1, 2


def document_bytes(
    marks: Sequence[DxfMark], reach_mm: tuple[float, float, float, float], version: DxfVersion
) -> bytes:
    """Write *marks*; *reach_mm* is the least x and y and the largest that are drawn on."""
    from ezdxf._options import options  # the place for it that ezdxf names
    from ezdxf.filemanagement import new

    # whatever a settings file in the user's folders says
    options.reset()  # type: ignore[no-untyped-call]  # ezdxf leaves it without types
    options.write_fixed_meta_data_for_testing = True
    document = new(_NAMES[version])
    _set_up(document, reach_mm, version)
    for layer in sorted({mark.layer for mark in marks}):
        document.layers.add(layer, color=dxf_layers.colour(layer))
    _add(document.modelspace(), marks, version)
    stream = io.StringIO()
    document.write(stream)
    return stream.getvalue().encode("ascii")


def _set_up(
    document: Drawing, reach_mm: tuple[float, float, float, float], version: DxfVersion
) -> None:
    left, bottom, right, top = reach_mm
    header = document.header
    header["$LUNITS"] = _DECIMAL
    if version != "r12":  # which has neither
        header["$INSUNITS"], header["$MEASUREMENT"] = _MILLIMETRES, _METRIC
    header["$EXTMIN"], header["$EXTMAX"] = (left, bottom, 0.0), (right, top, 0.0)
    header["$LIMMIN"], header["$LIMMAX"] = (left, bottom), (right, top)
    height_mm = 1.05 * max(top - bottom, right - left)
    document.set_modelspace_vport(height_mm, ((left + right) / 2, (bottom + top) / 2))


def _add(space: Modelspace, marks: Iterable[DxfMark], version: DxfVersion) -> None:
    for mark in marks:
        attributes = {"layer": mark.layer}
        if isinstance(mark, DxfPolyline):
            if version == "r12":
                space.add_polyline2d(
                    mark.vertices, format="xyb", close=mark.closed, dxfattribs=attributes
                )
            else:
                space.add_lwpolyline(
                    mark.vertices, format="xyb", close=mark.closed, dxfattribs=attributes
                )
        elif isinstance(mark, DxfCircle):
            space.add_circle(mark.center, mark.radius_mm, dxfattribs=attributes)
        elif isinstance(mark, DxfLine):
            space.add_line(mark.start, mark.end, dxfattribs=attributes)
        elif isinstance(mark, DxfArc):
            ends_deg = (mark.start_deg, mark.end_deg)
            space.add_arc(mark.center, mark.radius_mm, *ends_deg, dxfattribs=attributes)
        else:
            _add_text(space, mark)


def _add_text(space: Modelspace, mark: DxfText) -> None:
    text = space.add_text(mark.text, height=mark.height_mm, dxfattribs={"layer": mark.layer})
    text.dxf.insert = mark.at
