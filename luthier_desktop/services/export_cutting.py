"""G-code of a design: planned, written, and read again before anybody gets it."""

from __future__ import annotations

from luthier_desktop.domain.cutting.expectation import expect_cut
from luthier_desktop.domain.cutting.interpreter import check_gcode
from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.domain.errors import ProgramFault
from luthier_desktop.domain.gate import GateCheck
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.workshop import Machine, Tool
from luthier_desktop.exports.gcode import gcode_bytes
from luthier_desktop.exports.gcode_header import CutHeader
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.judging import judge


def gcode(draft: Draft, options: GcodeOptions) -> bytes:
    """Write the G-code, which an interpreter that knows nothing of the plan has read again.

    Raises:
        InputRefused: A value is missing, or the cut cannot be made with this bit and machine.
        ProgramFault: The interpreter refuses the file.
    """
    request = draft.request
    data = gcode_bytes(cut_plan(draft, options), _header(draft))
    faults = check_gcode(data, expect_cut(request.design, request.setup, options))
    if faults:
        first = faults[0]
        line = f"line {first.line}: " if first.line else ""
        more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
        raise ProgramFault(
            "The G-code was not written, for its own check refuses it, which is a bug of this "
            f"program: {line}{first.sentence}{more} Please report it with the design."
        )
    return data


def cut_plan(draft: Draft, options: GcodeOptions) -> CutPlan:
    """Plan the moves of the bit.

    Raises:
        InputRefused: A value is missing, or the cut cannot be made with this bit and machine.
    """
    return plan_cut(draft.request.design, draft.request.setup, options)


def _header(draft: Draft) -> CutHeader:
    subject, setup = draft.subject, draft.request.setup
    tool, machine = setup.tool or Tool(), setup.machine or Machine()
    scored = judge(draft.request).scored
    judged = subject.notes._replace(risk=scored.risk_bucket.value, score=scored.score)
    return CutHeader(
        design_name=subject.notes.name,
        design_sha256=subject.notes.design_sha256,
        setup_name=setup.name or setup.setup_id or "",
        tool_name=tool.name or tool.tool_id or "",
        machine_name=machine.name or machine.machine_id or "",
        verdict=judged.verdict,
        run_id=subject.run_id or "",
        ledger_number=0 if subject.record is None else subject.record.ledger_number,
        snapshot_id=subject.snapshot_id or "",
        decisions=[_decided(check) for check in draft.gate(draft.request).lifted],
    )


def _decided(check: GateCheck) -> str:
    """Name a check and the run of its decision, in as many letters as a comment may have."""
    finding, ruling = check.finding, check.lifted_by
    ring = "" if finding.ring_index is None else f" R{finding.ring_index}"
    return f"{finding.check_id}{ring} {'' if ruling is None else ruling.run_id}"
