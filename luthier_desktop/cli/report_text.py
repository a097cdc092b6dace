"""A feasibility report for people: the verdict, what decides it, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.gate import GateVerdict, place_text

if TYPE_CHECKING:
    from luthier_desktop.services.feasibility import Checked

_SHOWN = ("RED", "UNKNOWN", "YELLOW")
_LONGEST_MESSAGE = 300


def report_lines(checked: Checked, gate: GateVerdict | None = None) -> list[str]:
    """Return the answer to one check, the decisions in force and the place of its record."""
    name = checked.design.name or checked.design.design_id or ""
    verdict = f"{verdict_text(checked.report)}  {shown(name)}".rstrip()
    lines = [verdict, *body_lines(checked.report), *(lifted_lines(gate) if gate else ())]
    lines += ["", _judged_with(checked.report["setup"])]
    if checked.run_id is None:
        return [*lines, "", "not recorded"]
    recorded = f"recorded as {checked.run_id}, number {checked.seq}"
    return [*lines, "", recorded, f"  {checked.path}"]


def _judged_with(setup: dict[str, Any]) -> str:
    name = shown(setup["name"] or "a setup without a name")
    return f"judged with: {name}" + (f" ({setup['setup_id']})" if setup["setup_id"] else "")


def lifted_lines(gate: GateVerdict) -> Iterator[str]:
    """Yield the decisions that open a check, and those that count as absent."""
    if gate.lifted or gate.warnings:
        yield ""
    for ruling in (check.lifted_by for check in gate.lifted):
        if ruling is not None:
            place, who = place_text(ruling.check, ruling.ring_index), shown(ruling.operator.name)
            yield f"{ruling.kind}: {place} by {who}: {shown(ruling.reason, _LONGEST_MESSAGE)}"
    yield from (f"  warning  {shown(text, _LONGEST_MESSAGE)}" for text in gate.warnings)


def verdict_text(report: dict[str, Any]) -> str:
    """Return the verdict and, where there is one, the number."""
    score = report["overall_score"]
    number = "" if score is None else f"  {score:.1f} of 100"
    return f"{report['risk_bucket']}{number}"


def body_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield what decides, the lanes, what is not green, the warnings and what was assumed."""
    if report["binding"] is not None:
        yield f"decided by {_place(report['binding'])}"
        yield from _remedies(report)
    lanes = [f"{lane['lane']} {lane['risk_bucket']}" for lane in report["lanes"]]
    if lanes:
        yield "lanes: " + ", ".join(lanes)
    told = [check for status in _SHOWN for check in report["checks"] if check["status"] == status]
    if told:
        yield ""
    width = max((len(_place(check)) for check in told), default=0)
    for check in told:
        message = shown(check.get("message") or "", _LONGEST_MESSAGE)
        yield f"  {check['status']:<7}  {_place(check):<{width}}  {message}".rstrip()
    yield from _remarks(report)


def _remedies(report: dict[str, Any]) -> Iterator[str]:
    """Yield the single changes that clear the check that decides, the best first."""
    places = ("id", "ring_index")
    deciding = [
        check
        for check in report["checks"]
        if all(check[name] == report["binding"][name] for name in places)
    ]
    lead = "  clear it with  "
    for remedy in (one for check in deciding for one in check.get("remedies", ())):
        change = f"{_value(remedy['from'])} -> {_value(remedy['to'])}"
        effect = remedy.get("side_effect", "")
        told = f"{lead}{shown(remedy['path'])}  {change}  {shown(effect, _LONGEST_MESSAGE)}"
        yield told.rstrip()
        lead = "             or  "


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return shown(str(value).lower() if isinstance(value, bool) else str(value))


def _remarks(report: dict[str, Any]) -> Iterator[str]:
    if report["warnings"]:
        yield ""
        yield from (f"  warning  {shown(text, _LONGEST_MESSAGE)}" for text in report["warnings"])
    notes = sum(check["status"] == "NOTE" for check in report["checks"])
    if report["assumed"] or notes:
        yield ""
    if notes:
        yield f"notes: {notes} (listed with --json)"
    if report["assumed"]:
        origins = [assumed["from"] for assumed in report["assumed"]]
        yield (
            f"assumed: {origins.count('setup')} values from the setup, "
            f"{origins.count('default')} defaults (listed with --json)"
        )


def _place(check: dict[str, Any]) -> str:
    return place_text(str(check["id"]), check["ring_index"])
