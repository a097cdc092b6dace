from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.gate import GateVerdict, Ruling, judge_gate
from luthier_desktop.domain.operators import OWNER, Operator, Role

LONG = "fifteen letters"
assert len(LONG) == 15
BUCKETS = [(Status.RED, RiskBucket.RED), (Status.UNKNOWN, RiskBucket.UNKNOWN),
           (Status.YELLOW, RiskBucket.YELLOW)]


def finding(
    check: str = "C4", status: str = "RED", value: float | None = 0.3, ring: int | None = None
) -> Finding:
    return Finding(check, ring, Status(status), value, None, 0.0, {}, "Too little of it.")


def scored(*findings: Finding, bucket: RiskBucket | None = None) -> Scored:
    found = {one.status for one in findings}
    worst = next((bucket for status, bucket in BUCKETS if status in found), RiskBucket.GREEN)
    return Scored(50.0, bucket or worst, findings, (), (), None, (), (), None, None)


def ruling(kind: str, check: str = "C4", **changes: Any) -> Ruling:
    members = {
        "kind": kind,
        "check": check,
        "ring_index": None,
        "reason": LONG,
        "operator": OWNER,
        "request_sha256": "0" * 64,
        "run_id": "run_20260122_0000000000000001",
        "created_at_utc": "2026-01-22T10:11:12.123456Z",
    }
    return Ruling.read(members | changes, "ruling")


def acting(role: Role) -> Operator:
    return Operator(operator_id="anna", name="Anna", role=role, auth="pin")


def gate(one: Finding, *rulings: Ruling) -> GateVerdict:
    return judge_gate(scored(finding("G2", "GREEN"), one), rulings)


@pytest.mark.parametrize(
    ("status", "alone", "accepted", "overridden"),
    [
        ("GREEN", True, True, True),
        ("NOTE", True, True, True),
        ("NA", True, True, True),
        ("YELLOW", False, True, False),
        ("RED", False, False, True),
        ("UNKNOWN", False, False, False),
    ],
)
def test_each_status_opens_by_its_own_kind_of_decision_only(
    status: str, alone: bool, accepted: bool, overridden: bool
) -> None:
    one = finding(status=status)
    assert gate(one).open is alone
    assert gate(one, ruling("accepted")).open is accepted
    assert gate(one, ruling("overridden")).open is overridden
    assert gate(one, ruling("accepted"), ruling("overridden")).open is (accepted or overridden)


@pytest.mark.parametrize(
    ("check", "value", "open_"),
    [
        ("C1", -0.2, False),
        ("C1", 0.0, False),
        ("C1", 4e-10, False),  # 0 at the 9 decimals at which values are compared
        ("C1", 1e-9, True),
        ("C1", 0.3, True),
        ("C1", None, False),
        ("C1b", -0.2, True),
        ("C2", 0.5, False),
        ("C2", 0.999999999, False),
        ("C2", 1.0, True),
        ("C2", 0.9999999996, True),  # 1 at 9 decimals
        ("C2", None, False),
        ("G1", 0.06, False),
        ("G2", 0.5, True),
        ("M8", 1.06, False),
        ("M9", 18001.0, False),
        ("M10", -1.0, True),
    ],
)
def test_what_can_never_be_overridden_stays_red(
    check: str, value: float | None, open_: bool
) -> None:
    verdict = gate(finding(check, "RED", value), ruling("overridden", check))
    assert verdict.open is open_
    said = f"{check} is RED and can never be overridden: Too little of it."
    assert verdict.in_the_way == (() if open_ else (said,))


@pytest.mark.parametrize(("check", "value"), [("C1", 0.9), ("C2", 1.0), ("M8", 1.02)])
def test_their_yellow_can_be_accepted(check: str, value: float) -> None:
    one = finding(check, "YELLOW", value)
    assert gate(one, ruling("accepted", check)).open
    assert not gate(one, ruling("overridden", check)).open


@pytest.mark.parametrize(
    ("kind", "status", "role", "open_"),
    [
        ("accepted", "YELLOW", "viewer", False),
        ("accepted", "YELLOW", "operator", True),
        ("accepted", "YELLOW", "lead", True),
        ("overridden", "RED", "viewer", False),
        ("overridden", "RED", "operator", False),
        ("overridden", "RED", "lead", True),
    ],
)
def test_a_decision_of_somebody_who_may_not_opens_nothing(
    kind: str, status: str, role: Role, open_: bool
) -> None:
    assert gate(finding(status=status), ruling(kind, operator=acting(role))).open is open_


@pytest.mark.parametrize(
    ("kind", "status", "reason", "open_"),
    [
        ("accepted", "YELLOW", "x", True),
        ("accepted", "YELLOW", "", False),
        ("accepted", "YELLOW", " \t\n", False),
        ("accepted", "YELLOW", "\u200b\u2060", False),
        ("accepted", "YELLOW", "x" * 1000, True),
        ("accepted", "YELLOW", "x" * 1001, False),
        ("overridden", "RED", LONG, True),
        ("overridden", "RED", LONG[:-1], False),
        ("overridden", "RED", LONG[:-1] + "    ", False),
        ("overridden", "RED", LONG[:-1] + "\u200b", False),
        ("overridden", "RED", "a" + " " * 20 + "b", False),
    ],
)
def test_a_reason_must_say_something(kind: str, status: str, reason: str, open_: bool) -> None:
    assert gate(finding(status=status), ruling(kind, reason=reason)).open is open_


@pytest.mark.parametrize(
    ("check", "ring", "open_"), [("T4", 1, True), ("T4", 2, False), ("T4", None, False),
                                 ("T5", 1, False)]
)
def test_a_decision_lifts_its_own_check_at_its_own_ring_only(
    check: str, ring: int | None, open_: bool
) -> None:
    one = finding("T4", "YELLOW", ring=1)
    assert gate(one, ruling("accepted", check, ring_index=ring)).open is open_


def test_the_verdict_names_what_stands_in_the_way_and_what_was_lifted() -> None:
    found = scored(
        finding("T4", "YELLOW", ring=1), finding("T4", "YELLOW", ring=2),
        finding("F1", "UNKNOWN", None), finding("C1", "RED", 0.3),
    )
    newest = ruling("accepted", "T4", ring_index=1, run_id="run_20260122_0000000000000002")
    older = ruling("accepted", "T4", ring_index=1)
    verdict = judge_gate(found, (newest, older), ("A record is damaged.",))
    assert not verdict.open
    assert verdict.in_the_way == (
        "C1 is RED and not overridden: Too little of it.",
        "F1 is UNKNOWN and can never be overridden: Too little of it.",
        "T4 ring 2 is YELLOW and not accepted: Too little of it.",
    )
    assert [(one.finding.ring_index, one.lifted_by) for one in verdict.lifted] == [(1, newest)]
    assert [one.open for one in verdict.checks] == [True, False, False, False]
    assert verdict.plain()["lifted"][0]["run_id"] == newest.run_id
    assert verdict.plain()["warnings"] == ["A record is damaged."]


def test_a_design_without_checks_is_never_cut() -> None:
    nothing = scored(bucket=RiskBucket.UNKNOWN)._replace(warnings=("no rings",))
    verdict = judge_gate(nothing, ())
    assert (verdict.open, verdict.in_the_way) == (False, ("The verdict is UNKNOWN: no rings.",))


@pytest.mark.parametrize("bucket", [RiskBucket.RED, RiskBucket.UNKNOWN, RiskBucket.YELLOW])
def test_a_verdict_that_no_check_explains_stays_closed(bucket: RiskBucket) -> None:
    assert not judge_gate(scored(finding(status="GREEN"), bucket=bucket), ()).open


CHECKS = ("C1", "C2", "C4", "G1", "M8", "M9", "T4")
findings = st.builds(
    finding,
    st.sampled_from(CHECKS),
    st.sampled_from([status.value for status in Status]),
    st.one_of(st.none(), st.floats(-2, 2)),
    st.sampled_from([None, 0, 1]),
)
rulings = st.builds(
    lambda kind, check, ring, role, reason: ruling(
        kind, check, ring_index=ring, operator=acting(role), reason=reason
    ),
    st.sampled_from(["accepted", "overridden"]),
    st.sampled_from(CHECKS),
    st.sampled_from([None, 0, 1]),
    st.sampled_from(["viewer", "operator", "lead"]),
    st.sampled_from(["", "dry wood", LONG]),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(findings, max_size=6), st.lists(rulings, max_size=8), st.data())
def test_losing_a_decision_never_opens_the_gate(
    found: list[Finding], decided: list[Ruling], data: st.DataObject
) -> None:
    left = [one for one in decided if data.draw(st.booleans())]
    before, after = judge_gate(scored(*found), decided), judge_gate(scored(*found), left)
    assert not (after.open and not before.open)
    closed = {id(one.finding) for one in before.checks if not one.open}
    assert closed <= {id(one.finding) for one in after.checks if not one.open}
    statuses = {one.status for one in found}
    if Status.UNKNOWN in statuses:
        assert not before.open
    if not decided:
        assert before.open is statuses.isdisjoint({Status.RED, Status.YELLOW, Status.UNKNOWN})
