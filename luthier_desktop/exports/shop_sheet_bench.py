"""What a shop sheet says of bits, cuts, glue and safety."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from luthier_desktop.domain.cut_list.model import SafetyLine
from luthier_desktop.domain.cut_list.words import listed
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.lengths import MM_PER_INCH
from luthier_desktop.domain.workshop import Cut, Tool
from luthier_desktop.exports.print_lengths import both_text, mm_text
from luthier_desktop.exports.shop_sheet_notes import Note, Section, bulleted, sections
from luthier_desktop.exports.shop_sheet_verdict import rings_text
from luthier_desktop.exports.shop_sheet_view import ShopView

_SAFETY = ("S2", "S5")
"""What S3 says of dust stands in the cut list."""
_WATER = frozenset({"hide", "pva"})
_SILENT = frozenset({Status.GREEN, Status.NA})


def bench_sections(view: ShopView, case: Case) -> tuple[Section, ...]:
    """Return bits and cuts, glue, and what protects."""
    return sections(
        (
            Section("Bits and cuts", tuple(_cuts(view, case))),
            Section("Glue", bulleted(_glue(view, case))),
            Section("Safety and trade", tuple(_safety(view))),
        )
    )


def _glue(view: ShopView, case: Case) -> Iterator[str]:
    for line in view.cut_list.glue:
        yield f"{line.glue}: {line.advice}"
    fibres = {one.name for ring in case.rings for one in ring.materials if one.kind == "fibre"}
    if fibres and case.channel.glue in _WATER:
        yield f"{listed(map(shown, sorted(fibres)))} swells with water-based glue."


def _cuts(view: ShopView, case: Case) -> Iterator[Note]:
    if case.kind == "hand":
        yield Note("Knife, chisel and router plane: the channel is cut by hand.", "Channel")
    else:
        yield Note(_tool(case.tool), "Channel")
        yield from _cut(case.cut, case.channel.depth_mm)
    if any(ring.ring.made == "machine" for ring in case.rings):
        yield Note(_tool(case.inlay_tool), "Inlay")
        yield from _cut(case.inlay_cut, None)
    if case.machine.name:
        yield Note(shown(case.machine.name), "Machine")
    yield from (
        Note(finding.message, "Time")
        for finding in view.scored.findings
        if finding.check_id == "M11" and finding.status is Status.NOTE
    )


def _tool(tool: Tool) -> str:
    told = [
        shown(tool.name) if tool.name else "",
        "" if tool.diameter_mm is None else both_text(tool.diameter_mm),
        "" if tool.flutes is None else f"{tool.flutes} flutes",
        tool.geometry or "",
        "" if tool.stickout_mm is None else f"{mm_text(tool.stickout_mm)} mm out of the collet",
    ]
    return ", ".join(filter(None, told)) or "The setup names no bit."


def _cut(cut: Cut, depth_mm: float | None) -> Iterator[Note]:
    speeds = [
        "" if cut.spindle_rpm is None else f"{cut.spindle_rpm:,.0f} rpm",
        _feed("feed", cut.feed_mm_min),
        _feed("plunge", cut.plunge_mm_min),
    ]
    ways = [
        _passes(depth_mm, cut.stepdown_mm),
        "" if cut.stepover_ratio is None else f"{cut.stepover_ratio:.0%} step-over",
        _entry(cut),
    ]
    for told in (speeds, ways):
        said = ", ".join(filter(None, told))
        if said:
            yield Note(said, "•")


def _feed(what: str, feed_mm_min: float | None) -> str:
    if feed_mm_min is None:
        return ""
    return f"{what} {feed_mm_min:g} mm/min ({feed_mm_min / MM_PER_INCH:.1f} in/min)"


def _passes(depth_mm: float | None, stepdown_mm: float | None) -> str:
    if stepdown_mm is None:
        return ""
    if depth_mm is None:
        return f"at most {both_text(stepdown_mm)} deep a pass"
    passes = math.ceil(exact(depth_mm / stepdown_mm))
    count = "1 pass" if passes == 1 else f"{passes} equal passes"
    return f"{count} of {both_text(depth_mm / passes)} depth"


def _entry(cut: Cut) -> str:
    if cut.entry == "ramp" and cut.ramp_deg is not None:
        return f"enter by a ramp of {cut.ramp_deg:g}°"
    return "" if cut.entry is None else f"enter by a {cut.entry}"


def _safety(view: ShopView) -> Iterator[Note]:
    dangers: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for line in view.cut_list.safety:
        dangers.setdefault((line.reason, line.material_names), []).append(_protection(line))
    for (reason, names), protections in dangers.items():
        told = listed(protections)
        use = f"{told[:1].upper()}{told[1:]}"
        yield Note(f"{listed(map(shown, names))}: {reason}. {use}.", "•")
    for message, rings in _by_message(view.scored.findings):
        where = f",{rings_text(rings)}." if rings else "."
        yield Note(f"{message.rstrip('.')}{where}", "•")


def _protection(line: SafetyLine) -> str:
    if line.in_shop is None:
        return line.protection
    return f"{line.protection} ({'in the setup' if line.in_shop else 'NOT in the setup'})"


def _by_message(findings: Iterable[Finding]) -> Sequence[tuple[str, list[int]]]:
    """Return each thing that the safety checks say once, and the rings that it is said of."""
    said: dict[str, list[int]] = {}
    for finding in findings:
        if finding.check_id in _SAFETY and finding.status not in _SILENT:
            rings = said.setdefault(finding.message, [])
            rings += [] if finding.ring_index is None else [finding.ring_index]
    return list(said.items())
