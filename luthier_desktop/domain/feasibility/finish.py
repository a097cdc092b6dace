"""Lane S, finish and safety: sanding, bleeding, dust, movement and trade, ring by ring."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.answers import (
    no_material,
    not_judged,
    number,
    unknown,
    unknown_because,
)
from luthier_desktop.domain.feasibility.checks import Check, each_ring
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    advice,
    exact,
    failed,
    passed,
    softly_at_most,
    unscaled_yellow,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.solid import SolidParameters
from luthier_desktop.domain.stack import JOINED_MM

HARDNESS_GREEN = 3.0
MOVE_GREEN_MM, MOVE_FULL_MM = 0.3, 0.7
MOISTURE_PERCENT = 4.0
SHRINK_SPAN = 2900.0
"""Shrinkage from green to dry in % over this is the movement per mm and % of moisture."""


def _known_top(check_id: str, case: Case, ring: RingCase) -> Material | Finding:
    """Return the top's wood, or UNKNOWN when it or the ring's materials are not known."""
    if (answer := no_material(check_id, ring)) is not None:
        return answer
    if case.top.material is not None:
        return case.top.material
    path, material_id = "top.material_id", case.top.material_id
    if material_id is None:
        return unknown(check_id, ring.ring_index, path)
    sentence = f"The top's wood '{material_id}' is not in the catalogue; correct its id."
    return unknown_because(check_id, ring.ring_index, path, sentence)


def sanding(case: Case, ring: RingCase) -> Finding:
    """S1: judge how much harder the ring is than the top it is sanded with: a Janka ratio."""
    top = _known_top("S1", case, ring)
    if isinstance(top, Finding):
        return top
    hardnesses = [one.janka_n.value for one in ring.materials if one.janka_n is not None]
    if ring.has_shell and not hardnesses:
        message = "Shell: level it with a scraper or a hard block."
        return Finding("S1", ring.ring_index, *advice(None), {"shell": True}, message)
    if not hardnesses:
        return not_judged("S1", ring.ring_index, "No hardness is known for this ring.")
    if top.janka_n is None or top.janka_n.value <= 0:
        sentence = f"The catalogue has no hardness for the top's wood '{top.material_id}'."
        return unknown_because("S1", ring.ring_index, "top.material_id", sentence)
    hardest_n, top_n = max(hardnesses), top.janka_n.value
    ratio = hardest_n / top_n
    hard = exact(ratio) > HARDNESS_GREEN or ring.has_shell
    judgement = advice(ratio) if hard else passed(ratio)._replace(margin=HARDNESS_GREEN - ratio)
    inputs: dict[str, Input] = {"ring_janka_n": hardest_n, "top_janka_n": top_n}
    message = _sanding_message(ratio, hard=hard)
    return Finding("S1", ring.ring_index, *judgement, inputs, message)


def _sanding_message(ratio: float, *, hard: bool) -> str:
    shown = f"{number(ratio, 1)} times as hard as the top"
    return f"{shown}: use a hard block." if hard else f"{shown}: it sands flush."


def bleeding(case: Case, ring: RingCase) -> Finding:
    """S2: judge coloured or oily woods beside white ones: in the ring, next to it, in the top."""
    top = _known_top("S2", case, ring)
    if isinstance(top, Finding):
        return top
    culprits = [one for one in ring.materials if one.bleeds is not None]
    if not culprits or not _white_beside(case, ring, top):
        message = "Nothing that bleeds lies beside a white wood."
        return Finding("S2", ring.ring_index, *passed(None), {}, message)
    staining = [one for one in culprits if one.bleeds == "stain"]
    culprit = (staining or culprits)[0]
    inputs: dict[str, Input] = {"material": culprit.material_id}
    if staining:
        message = f"{culprit.name} stains the white wood beside it: seal both with shellac first."
        return Finding("S2", ring.ring_index, *unscaled_yellow(), inputs, message)
    message = f"{culprit.name} is oily: seal it with shellac."
    return Finding("S2", ring.ring_index, *advice(None), inputs, message)


def _white_beside(case: Case, ring: RingCase, top: Material) -> bool:
    """Say whether white wood lies in the ring, touches it, or is the top at its edge."""
    before = case.rings[ring.position - 1] if ring.position else None
    last = ring.position + 1 == len(case.rings)
    after = None if last else case.rings[ring.position + 1]
    touching = [ring]
    if before is not None and ring.ring.gap_before_mm <= JOINED_MM:
        touching.append(before)
    if after is not None and after.ring.gap_before_mm <= JOINED_MM:
        touching.append(after)
    if True in [one.white for near in touching for one in near.materials]:
        return True
    if case.channel.layout == "single":
        return top.white and (before is None or after is None)
    return top.white and len(touching) < 3


def dust(case: Case, ring: RingCase) -> Finding:
    """S3: judge dust that harms the lungs against extraction and respirator."""
    top = _known_top("S3", case, ring)
    if isinstance(top, Finding):
        return top
    mineral = [one for one in ring.materials if one.kind in ("shell", "bone")]
    harmful = mineral or [one for one in ring.materials if one.sensitiser]
    if not harmful:
        message = "No dust beyond that of common wood."
        return Finding("S3", ring.ring_index, *passed(None), {}, message)
    extraction, respirator = case.shop.extraction is True, case.shop.respirator is True
    inputs: dict[str, Input] = {
        "material": harmful[0].material_id,
        "extraction": extraction,
        "respirator": respirator,
    }
    judgement = _judge_dust(extraction + respirator, mineral=bool(mineral))
    message = _dust_message(harmful[0].name, judgement.status, mineral=bool(mineral))
    return Finding("S3", ring.ring_index, *judgement, inputs, message)


def _judge_dust(protections: int, *, mineral: bool) -> Judgement:
    if protections == 2:
        return advice(None)
    return failed(None) if mineral and protections == 0 else unscaled_yellow()


def _dust_message(name: str, status: Status, *, mineral: bool) -> str:
    harm = "dust cuts the lungs" if mineral else "dust sensitises"
    if status is Status.NOTE:
        return f"{name}: {harm}; keep extraction and respirator on."
    if status is Status.RED:
        return f"{name}: {harm}; never cut it without extraction and respirator."
    return f"{name}: {harm}; use extraction and a respirator, both."


def movement(case: Case, ring: RingCase) -> Finding:
    """S4: judge a one-piece plate that moves otherwise than the top: 2 r_out dMC dS/2900, mm."""
    if not _is_plate(ring):
        return not_judged("S4", ring.ring_index, "Only a ring sawn from one plate moves across.")
    top = _known_top("S4", case, ring)
    if isinstance(top, Finding):
        return top
    of_top, of_ring = _shrink_percent(top), [_shrink_percent(one) for one in ring.materials]
    known = [share for share in of_ring if share is not None]
    if of_top is None or len(known) < len(of_ring):
        path = "top.material_id" if of_top is None else ring.path("materials")
        sentence = "The catalogue has no shrinkage for one of these woods."
        return unknown_because("S4", ring.ring_index, path, sentence)
    farthest = max(known, key=lambda share: abs(of_top - share))
    diameter_mm = 2 * ring.radii.outer_mm
    moves_mm = diameter_mm * MOISTURE_PERCENT * abs(of_top - farthest) / SHRINK_SPAN
    judgement = softly_at_most(moves_mm, MOVE_GREEN_MM, MOVE_FULL_MM)
    inputs: dict[str, Input] = {
        "r_out_mm": ring.radii.outer_mm,
        "S_top_percent": of_top,
        "S_ring_percent": farthest,
    }
    message = f"Between seasons the plate and the top differ by {number(moves_mm, 2)} mm" + (
        "." if judgement.status is Status.GREEN else "; wedges instead of one plate do not."
    )
    return Finding("S4", ring.ring_index, *judgement, inputs, message)


def _is_plate(ring: RingCase) -> bool:
    if ring.family is not PatternFamily.SOLID or not isinstance(ring.pattern, SolidParameters):
        return False
    bent = ring.ring.bending not in (None, "none") or ring.ring.strip_thickness_mm is not None
    return not bent and (ring.pattern.pieces or 1) <= 1


def _shrink_percent(material: Material) -> float | None:
    """Return the radial shrinkage in %; 0 for what is not wood, None where it is not known."""
    if material.kind != "wood":
        return 0.0
    return None if material.shrink_radial_percent is None else material.shrink_radial_percent.value


def trade(case: Case, ring: RingCase) -> Finding:
    """S5: say under which CITES appendix a ring's materials stand."""
    top = _known_top("S5", case, ring)
    if isinstance(top, Finding):
        return top
    listed = [one for one in ring.materials if one.cites is not None]
    if not listed:
        message = "No material of this ring is listed by CITES."
        return Finding("S5", ring.ring_index, *passed(None), {}, message)
    worst = min(listed, key=lambda one: one.cites or "")
    inputs: dict[str, Input] = {"material": worst.material_id, "appendix": worst.cites}
    if worst.cites == "I":
        message = f"{worst.name} is in CITES Appendix I: name the paper that allows its sale."
        return Finding("S5", ring.ring_index, *unscaled_yellow(), inputs, message)
    message = f"{worst.name} stands in CITES Appendix II."
    return Finding("S5", ring.ring_index, *advice(None), inputs, message)


CHECKS = (
    Check("S1", each_ring, sanding),
    Check("S2", each_ring, bleeding),
    Check("S3", each_ring, dust),
    Check("S4", each_ring, movement),
    Check("S5", each_ring, trade),
)
