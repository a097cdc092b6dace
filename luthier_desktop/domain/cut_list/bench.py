"""What the bench needs besides stock: bits, glue, protection, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.domain.bill.stock import ASSUMPTIONS
from luthier_desktop.domain.cut_list.model import (
    AssumptionLine,
    BitLine,
    GlueLine,
    SafetyLine,
)
from luthier_desktop.domain.cut_list.words import listed
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.workshop import Glue, Tool

GLUES: dict[Glue, tuple[str, str, str]] = {
    "hide": (
        "hot hide glue",
        "Leave 0.1 to 0.3 mm in the channel: the rosette swells.",
        "domain reference 2.3 [S55]",
    ),
    "pva": (
        "wood glue (PVA)",
        "Leave room for swelling, more with more lines.",
        "domain reference 2.3 [S16]",
    ),
    "ca": (
        "thin CA",
        "Seal the spruce with shellac first, fit dry, let the glue wick in.",
        "domain reference 2.1 and 2.3 [S49] [S50] [S57]",
    ),
    "epoxy": ("epoxy", "No room for swelling is needed.", "domain reference 5.4"),
}
"""Each glue's name, what it asks for, and where that is known from."""

_NO_GLUE = GlueLine("not chosen", "Choose the glue in the design or in the setup.", "")
_LUNGS = "domain reference 2.4 and 5.6 [S58] [S59]"


def bit_lines(case: Case) -> tuple[BitLine, ...]:
    """Return the channel's bit, or that it is cut by hand, and the bit of machined rings."""
    use = "channel and soundhole"
    by_hand = BitLine(use, "by hand: knife, chisel and router plane", None, None, "")
    lines = [by_hand if case.kind == "hand" else _bit(use, case.tool)]
    machined = [ring.ring_index for ring in case.rings if ring.ring.made == "machine"]
    if machined:
        rings = "ring" if len(machined) == 1 else "rings"
        lines.append(_bit(f"parts of {rings} {listed(map(str, machined))}", case.inlay_tool))
    return tuple(lines)


def _bit(use: str, tool: Tool) -> BitLine:
    shape = [word for word in (tool.material, tool.geometry) if word]
    name = tool.name or tool.tool_id or "not in the setup"
    return BitLine(use, name, tool.diameter_mm, tool.flutes, ", ".join(shape))


def glue_lines(case: Case) -> tuple[GlueLine, ...]:
    """Return the glue and what it asks for, or that it is still to be chosen."""
    glue = case.channel.glue
    return (_NO_GLUE if glue is None else GlueLine(*GLUES[glue]),)


def safety_lines(used: Iterable[Material], case: Case) -> tuple[SafetyLine, ...]:
    """Return what protects from the dust of the materials used, as S3 judges it, and from fire."""
    woods = list(used)
    mineral = [one for one in woods if one.kind in ("shell", "bone")]
    sensitising = [one for one in woods if one.sensitiser]
    dangers = (("dust cuts the lungs", mineral), ("dust sensitises", sensitising))
    lines = [
        SafetyLine(protection, reason, _names(harmful), in_shop, _LUNGS)
        for reason, harmful in dangers
        if harmful
        for protection, in_shop in (
            ("extraction", case.shop.extraction),
            ("respirator", case.shop.respirator),
        )
    ]
    if mineral:
        lines.append(
            SafetyLine("work it wet", "dust cuts the lungs", _names(mineral), None, _LUNGS)
        )
    burning = [one for one in woods if one.kind == "celluloid"]
    if burning:
        fire = "no flame, no hot iron beyond warm"
        source = "domain reference 3.10 [S25] [S87]"
        lines.append(SafetyLine(fire, "it burns", _names(burning), None, source))
    return tuple(lines)


def _names(materials: Iterable[Material]) -> tuple[str, ...]:
    return tuple(material.name for material in materials)


def assumption_lines(case: Case) -> tuple[AssumptionLine, ...]:
    """Return what the bill takes for granted, and what setup or defaults filled in."""
    bill = [
        AssumptionLine(one.name, f"{one.value:g} {one.unit}".strip(), one.meaning, one.source)
        for one in ASSUMPTIONS
    ]
    filled = [
        AssumptionLine(one.path, _value(one.value), "the design does not say it", one.origin)
        for one in case.assumed
    ]
    return (*bill, *filled)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
