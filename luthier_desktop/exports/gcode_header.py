"""The comments at the head of a G-code file: which design, for which bit, and where zero is.

A name that a stranger wrote reaches the file through ``machine_name`` alone: it can end no comment
and begin no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luthier_desktop.domain.cutting.plan_values import CutPlan, Groove, Tabs
from luthier_desktop.domain.outgoing_text import machine_name

_POSTS = {"grbl": "GRBL 1.1", "mach3": "MACH3 AND MACH4", "linuxcnc": "LINUXCNC"}


class CutHeader(NamedTuple):
    """What a file says of itself besides its plan; texts as they were given.

    ``run_id`` and ``ledger_number`` are those of the run that saved the snapshot ``snapshot_id``,
    empty for a design that is not saved. ``decisions`` names each check that passes by a decision
    only.
    """

    design_name: str
    design_sha256: str
    setup_name: str
    tool_name: str
    machine_name: str
    verdict: str
    run_id: str = ""
    ledger_number: int = 0
    snapshot_id: str = ""
    decisions: Sequence[str] = ()


def comment(text: str) -> str:
    """Return a comment of its own line, as all three controllers write it."""
    return f"({text})"


def header_lines(plan: CutPlan, header: CutHeader) -> Iterator[str]:
    """Return the comments at the head of a file."""
    for text in (*_about(plan, header), *_stock(plan), *_zero(plan)):
        yield comment(text)


def _about(plan: CutPlan, header: CutHeader) -> Iterator[str]:
    options = plan.options
    yield f"{_POSTS[options.post]} - {options.part.upper()} - UNITS MM"
    yield f"DESIGN {machine_name(header.design_name)}"
    yield f"SHA256 {machine_name(header.design_sha256[:32])}"
    if header.design_sha256[32:]:
        yield f"SHA256 {machine_name(header.design_sha256[32:])}"
    yield from _record(header)
    yield f"SETUP {_named(header.setup_name)}"
    yield f"MACHINE {_named(header.machine_name)}"
    yield f"BIT {_named(header.tool_name)}"
    yield f"BIT DIAMETER {plan.numbers.diameter_mm:.4f} - ONE BIT - NO TOOL CHANGE"
    yield f"VERDICT {machine_name(header.verdict)}"
    for decision in header.decisions:
        yield f"DECIDED {machine_name(decision)}"


def _record(header: CutHeader) -> Iterator[str]:
    """Say where the design stands in the log."""
    yield f"RUN {machine_name(header.run_id) if header.run_id else 'NOT SAVED'}"
    if header.ledger_number:
        yield f"LEDGER NUMBER {header.ledger_number}"
    if header.snapshot_id:
        yield f"SNAPSHOT {machine_name(header.snapshot_id)}"


def _named(name: str) -> str:
    return machine_name(name) if name.strip() else "NOT NAMED"


def _stock(plan: CutPlan) -> Iterator[str]:
    yield f"TOP {plan.numbers.top_thickness_mm:.3f} THICK WHEN THIS IS CUT - MEASURE IT"
    for groove in plan.grooves:
        yield _groove(groove)
    if plan.options.part == "soundhole":
        yield from _hold(plan)
    finish = plan.options.finish_allowance_mm if plan.options.part == "channel" else 0.0
    if finish:
        yield f"WALLS LAST - {plan.options.direction.upper()} - UP TO {finish:.3f} LEFT FOR THEM"
    else:
        yield f"{plan.options.direction.upper()} - NO LIGHT PASS ALONG THE WALLS"
    yield f"TIME ABOUT {plan.seconds / 60:.1f} MINUTES - AN ESTIMATE"


def _groove(groove: Groove) -> str:
    radii = f"R {groove.inner_mm:.4f} TO {groove.outer_mm:.4f}"
    return f"CUTS {radii} - DEPTH {groove.depth_mm:.4f}"


def _hold(plan: CutPlan) -> Iterator[str]:
    """Say what keeps the disc from flying, and what lies under the top."""
    tabs, options = plan.grooves[0].tabs, plan.options
    if tabs is None:
        yield f"SKIN OF {options.skin_mm:.3f} HOLDS THE DISC - CUT IT WITH A KNIFE"
    else:
        yield from _tabs(tabs, options.breakthrough_mm)
    yield "CUT THIS LAST - AFTER THE INLAY IS LEVEL"


def _tabs(tabs: Tabs, breakthrough_mm: float) -> Iterator[str]:
    yield f"{tabs.number} TABS {tabs.width_mm:.2f} WIDE HOLD THE DISC - CUT THEM WITH A KNIFE"
    yield f"SCRAP BOARD UNDER THE TOP - CUTS {breakthrough_mm:.3f} INTO IT"


def _zero(plan: CutPlan) -> Iterator[str]:
    yield "ZERO X Y AT THE CENTRE OF THE SOUNDHOLE - Z ON THE TOP FACE"
    yield "Y PLUS TOWARDS THE FINGERBOARD - Z PLUS UP"
    yield "ZERO WITH THIS BIT - NO TOOL LENGTH OFFSET IN USE"
    yield f"BEGIN WITH THE BIT FREE ABOVE THE FACE - IT LIFTS TO {plan.options.safe_z_mm:.3f}"
    yield f"NO CLAMP HIGHER THAN {plan.options.safe_z_mm:.3f} ABOVE THE FACE"
    if plan.options.post == "mach3":
        yield "G4 IS IN SECONDS - SET GENERAL CONFIG OF MACH SO"
