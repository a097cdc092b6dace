"""What a shop sheet says of feasibility: the verdict, what decides it, who let what pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luthier_desktop.domain.cut_list.words import listed
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status, gravity
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.gate import GateCheck, place_of
from luthier_desktop.exports.shop_sheet_notes import Note, Section, sections
from luthier_desktop.exports.shop_sheet_view import ShopView

_TO_WATCH = frozenset({Status.RED, Status.UNKNOWN, Status.YELLOW})
_LONGEST_REASON = 1000
_SAME = 5e-10


def rings_text(rings: Sequence[int]) -> str:
    """Write the rings that something is said of, with a blank before it: `` rings 1 and 4``."""
    if not rings:
        return ""
    return f" {'ring' if len(rings) == 1 else 'rings'} {listed(map(str, rings))}"


def verdict_words(view: ShopView) -> str:
    """Return the verdict as a word and a number."""
    risk, score = view.scored.risk_bucket.value, view.scored.score
    return risk if score is None else f"{risk} {score:.1f}"


def verdict_sections(view: ShopView) -> tuple[Section, ...]:
    """Return what stands beside the picture, the most important first."""
    return sections(
        (
            Section("What decides", tuple(_binding(view))),
            Section("Decisions in force", (*_decisions(view), Note(_cutting(view), "G-code"))),
            Section("Also to watch", tuple(_watched(view))),
        )
    )


def _binding(view: ShopView) -> Iterator[Note]:
    binding = view.scored.binding
    if binding is None:
        is_green = view.scored.risk_bucket is RiskBucket.GREEN
        told = () if is_green else view.scored.warnings[:1]
        yield Note(told[0] if told else "No check is in the way.")
        return
    yield Note(RULES[binding.check_id].title, place_of(binding))
    numbers = _numbers(binding)
    if numbers:
        yield Note(numbers)
    yield Note(binding.message)


def _numbers(finding: Finding) -> str:
    """Say the value, the green limit and how far it is from a limit, in the rule's unit."""
    if finding.value is None:
        return ""
    rule = RULES[finding.check_id]
    unit = f" {rule.unit}" if rule.unit else ""
    parts = [f"{finding.value:.4g}{unit}"]
    if rule.green not in ("", "-"):
        parts.append(f"green: {rule.green}")
    if finding.margin is not None and abs(finding.margin) > _SAME:
        parts.append(f"{abs(finding.margin):.3g}{unit} to the next limit")
    return "; ".join(parts)


def _decisions(view: ShopView) -> Iterator[Note]:
    for check in view.gate.lifted:
        yield from _decision(check)
    for warning in view.gate.warnings:
        yield Note(warning, "!")
    if not view.gate.lifted:
        yield Note("None.")


def _decision(check: GateCheck) -> Iterator[Note]:
    ruling = check.lifted_by
    if ruling is None:
        return
    who = f"{shown(ruling.operator.name)} ({ruling.operator.role})"
    yield Note(f"{ruling.kind} by {who}, run {ruling.run_id}", place_of(check.finding))
    yield Note(f"“{shown(ruling.reason, _LONGEST_REASON)}”")


def _watched(view: ShopView) -> Iterator[Note]:
    """Tell every check that is not green, besides the binding one, the gravest first."""
    binding = view.scored.binding
    found = [one for one in view.scored.findings if one.status in _TO_WATCH and one is not binding]
    places: dict[tuple[Status, str, str], list[int]] = {}
    for finding in sorted(found, key=lambda one: gravity(one.status)):
        rings = places.setdefault((finding.status, finding.check_id, finding.message), [])
        rings += [] if finding.ring_index is None else [finding.ring_index]
    for (status, check, message), rings in places.items():
        yield Note(f"{status.value}: {message}", f"{check}{rings_text(rings)}")


def _cutting(view: ShopView) -> str:
    if view.gate.open:
        return "may be written for this design and setup."
    closed = len(view.gate.closed)
    if not closed:
        return view.gate.in_the_way[0]
    checks = "1 check stands" if closed == 1 else f"{closed} checks stand"
    return f"is not written: {checks} in the way."
