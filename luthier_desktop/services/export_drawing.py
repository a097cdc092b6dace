"""From a design to the bytes of a file: one function a kind, each handing over what it needs.

The same draft and options are the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.cut_list import cut_list
from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.dxf_options import DxfOptions
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.parts.part import PartsPlan
from luthier_desktop.domain.parts.plan import plan_parts
from luthier_desktop.domain.parts_options import PartsOptions
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.exports import qr
from luthier_desktop.exports.cut_list_csv import csv_bytes
from luthier_desktop.exports.cut_list_json import json_bytes
from luthier_desktop.exports.dxf import DxfDrawing, dxf_bytes
from luthier_desktop.exports.parts_dxf import parts_dxf
from luthier_desktop.exports.parts_svg import parts_svg
from luthier_desktop.exports.payload import payload_text
from luthier_desktop.exports.png import png_bytes, width_px
from luthier_desktop.exports.svg import Scene, page_size, svg_bytes
from luthier_desktop.services.picture_source import Subject, around
from luthier_desktop.services.requests import Request
from luthier_desktop.storage.canonical import canonical_bytes

_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf")


class Draft(NamedTuple):
    """What a file is made of, and the suffix of its name; the payload stays out of a preview."""

    subject: Subject
    request: Request
    gate: Callable[[Request], GateVerdict]
    suffix: str = ""
    carries: bool = True

    @property
    def payload(self) -> str:
        """The text that lets the file be opened again."""
        return payload_text(self.subject.document) if self.carries else ""


def svg(draft: Draft, options: PictureOptions) -> bytes:
    """Draw a picture true to scale."""
    return svg_bytes(_scene(draft, options), draft.payload)


def png(draft: Draft, options: PictureOptions) -> bytes:
    """Draw a picture in pixels.

    Raises:
        InputRefused: It would have too many pixels.
    """
    scene = _scene(draft, options)
    size = page_size(scene)
    width_px(size, options)  # refuses what is too large before anything is drawn
    fonts = [paths.resource("fonts") / name for name in _FONTS]
    payload = draft.payload
    return png_bytes(svg_bytes(scene, payload), size, options, fonts, payload)


def dxf(draft: Draft, options: DxfOptions) -> bytes:
    """Draw lines, arcs and circles for a machine, one operation a layer.

    Raises:
        InputRefused: It has too many pieces, or the clearance leaves no channel.
    """
    subject, request = draft.subject, draft.request
    drawing = DxfDrawing(request.design, request.setup, request.materials, subject.notes)
    return dxf_bytes(drawing, options)


def bom(draft: Draft, options: BomOptions) -> bytes:
    """Write the cut list, as CSV for a spreadsheet or as JSON by the suffix."""
    listed, notes = bom_list(draft, options), draft.subject.notes
    if draft.suffix == ".json":
        return json_bytes(listed, notes, canonical_bytes)
    return csv_bytes(listed, notes)


def bom_list(draft: Draft, options: BomOptions) -> CutList:
    """Return what is made and bought."""
    request = draft.request
    return cut_list(request.design, request.setup, request.materials, options)


def parts(draft: Draft, options: PartsOptions) -> bytes:
    """Draw the parts that are cut from sheets, as SVG or as DXF by the suffix.

    Raises:
        InputRefused: There are no parts, the bit is not known, or one does not fit on a sheet.
    """
    plan, notes = parts_plan(draft, options), draft.subject.notes
    if draft.suffix == ".svg":
        return parts_svg(plan, notes, draft.payload)
    return parts_dxf(plan, notes, options.version)


def parts_plan(draft: Draft, options: PartsOptions) -> PartsPlan:
    """Lay the parts on sheets.

    Raises:
        InputRefused: There are no parts, the bit is not known, or one does not fit on a sheet.
    """
    return plan_parts(draft.request.design, draft.request.setup, options)


def _scene(draft: Draft, options: PictureOptions) -> Scene:
    subject = draft.subject
    notes = subject.notes
    if options.caption:
        notes = notes._replace(qr=qr.modules(subject.code))
    place = around(subject.design, subject.setup)
    return Scene(subject.design, draft.request.materials, place, notes, options)
