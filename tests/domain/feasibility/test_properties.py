"""What holds for every design: deeper is never better, order and names never matter."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility import verdict
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.report import hashed_form, stored_report
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status, worst
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.feasibility.verdict import BANDS
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.feasibility.workbench import CATALOGUE, ROWS, SETUP, judged, ring

RANK = {Status.GREEN: 0, Status.YELLOW: 1, Status.RED: 2}
quick = settings(max_examples=60, deadline=None)

lengths = st.floats(0.1, 8.0).map(lambda value: round(value, 3))
material_ids = st.sampled_from([row.material_id for row in ROWS] + ["unobtainium"])
families = st.sampled_from([family.value for family in PatternFamily])


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value or nothing."""
    return st.none() | strategy


def present(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a dictionary whose absent members are left out."""
    return st.fixed_dictionaries(strategies).map(
        lambda plain: {name: value for name, value in plain.items() if value is not None}
    )


rings = present(
    width_mm=lengths,
    pattern_type=families,
    tile_length_mm=optional(lengths),
    gap_before_mm=st.sampled_from([0.0, 0.0, 1.5, 3.0]),
    materials=optional(st.lists(material_ids, max_size=3)),
    made=st.sampled_from(["hand", "bought", "machine"]),
    strip_thickness_mm=optional(lengths),
    bending=optional(st.sampled_from(["cold", "hot", "none"])),
    inlay_thickness_mm=optional(lengths),
)
designs = present(
    outer_diameter_mm=st.floats(100, 160).map(lambda value: round(value, 2)),
    inner_diameter_mm=st.just(90.0),
    soundhole_diameter_mm=optional(st.floats(70, 92)),
    top=optional(
        present(
            material_id=optional(material_ids),
            thickness_mm=optional(lengths),
            face_removal_mm=optional(st.floats(0, 1)),
            backed=optional(st.booleans()),
        )
    ),
    channel=optional(
        present(
            depth_mm=optional(lengths),
            layout=optional(st.sampled_from(["single", "per_ring"])),
            glue=optional(st.sampled_from(["hide", "pva", "ca", "epoxy"])),
            clearance_mm=optional(st.floats(-0.2, 0.8)),
        )
    ),
    fingerboard=optional(
        present(width_mm=optional(st.floats(40, 65)), end_distance_mm=optional(st.floats(30, 60)))
    ),
    ring_params=st.lists(rings, min_size=1, max_size=5),
).map(lambda plain: plain | {"ring_params": [
    one | {"ring_index": index} for index, one in enumerate(plain["ring_params"])
]})  # fmt: skip


def scored(plain: dict[str, Any]) -> Scored:
    """Score a plain design in the workbench's shop."""
    return score(RosetteParamSpec.read(plain, "design"), Setup.read(SETUP, "setup"), CATALOGUE)


@quick
@given(st.floats(0.2, 4.0), st.floats(0.0, 2.0), st.floats(1.5, 5.0))
def test_a_deeper_channel_never_improves_what_is_left_of_the_top(depth, more, thickness):
    shallow, deep = (
        judged("C1", {"channel.depth_mm": one, "top.thickness_mm": thickness})
        for one in (depth, depth + more)
    )
    assert RANK[deep.status] >= RANK[shallow.status]
    assert deep.penalty >= shallow.penalty
    assert deep.value <= shallow.value


@quick
@given(st.floats(0.3, 12.0), st.floats(0.0, 6.0))
def test_a_larger_bit_never_fits_a_channel_better(diameter, more):
    small, large = (judged("C2", {"tool.diameter_mm": one}) for one in (diameter, diameter + more))
    assert RANK[large.status] >= RANK[small.status]
    assert large.penalty >= small.penalty


@quick
@given(st.floats(0.2, 6.0), st.floats(0.0, 4.0), st.sampled_from(["cold", "hot"]))
def test_a_thicker_strip_never_bends_better(thickness, more, bending):
    thin, thick = (
        judged("B1", {"ring_params": [ring(strip_thickness_mm=one, bending=bending)]}, 0)
        for one in (thickness, thickness + more)
    )
    assert RANK[thick.status] >= RANK[thin.status]
    assert thick.penalty >= thin.penalty


@quick
@given(st.floats(1.0, 40.0), st.floats(0.0, 40.0), st.floats(100.0, 4000.0))
def test_more_stickout_never_bends_less(stickout, more, feed):
    changes = {"cut.feed_mm_min": feed, "tool.flute_length_mm": 12.0}
    short, long = (
        judged("M4", changes | {"tool.stickout_mm": one}) for one in (stickout, stickout + more)
    )
    assert RANK[long.status] >= RANK[short.status]
    assert long.penalty >= short.penalty


@quick
@given(designs)
def test_every_finding_is_registered_and_says_something(plain):
    for finding in scored(plain).findings:
        assert RULES[finding.check_id].source
        assert finding.message
        assert 0.0 <= finding.penalty <= 1.0
        if finding.status is Status.UNKNOWN:
            assert "missing" in finding.inputs
        if finding.status in (Status.GREEN, Status.NOTE, Status.NA):
            assert finding.penalty == 0.0
        if finding.status is Status.RED:
            assert finding.penalty == 1.0


@quick
@given(designs)
def test_the_number_stays_in_the_band_of_the_worst_status(plain):
    result = scored(plain)
    assert result.score is not None
    low, high = BANDS[result.risk_bucket]
    assert low <= result.score <= high
    deciding = max(
        (one.status for one in result.findings if one.status.value in BANDS),
        key=["GREEN", "YELLOW", "UNKNOWN", "RED"].index,
    )
    assert result.risk_bucket.value == deciding.value
    if result.binding is not None:
        assert result.binding.status is deciding
        rivals = [one.penalty for one in result.findings if one.status is deciding]
        assert result.binding.penalty == max(rivals)


def shuffled(value: Any, chance: random.Random) -> Any:
    """Bring the keys of every dictionary and the parts of every list into another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = [shuffled(part, chance) for part in value]
        chance.shuffle(parts)
        return parts
    return value


@settings(max_examples=250, deadline=None)
@given(designs, st.integers(0, 2**32))
def test_order_of_keys_and_identities_of_rings_never_matter(plain, seed):
    """``tests.campaigns.orders`` tries the same on 1,000 new designs."""
    assert_order_never_matters(plain, seed, shuffled)


def assert_order_never_matters(
    plain: dict[str, Any], seed: int, shuffle: Callable[[Any, random.Random], Any]
) -> None:
    """Score a design, and once more with other orders and identities; the hash is the same."""
    other = shuffle(plain, random.Random(seed))
    for one in other["ring_params"]:
        one["ring_id"] = f"other-{one['ring_index']}"
    first = hashed_form(stored_report(scored(plain), "0" * 64))
    assert first == hashed_form(stored_report(scored(other), "0" * 64))


@quick
@given(designs)
def test_a_check_more_never_improves_the_number_or_the_verdict(plain):
    findings = scored(plain).findings
    order = [RiskBucket.RED, RiskBucket.UNKNOWN, RiskBucket.YELLOW, RiskBucket.GREEN]
    before = (len(order), 101.0)
    for count in range(len(findings) + 1):
        part = findings[:count]
        by_lane = {lane: [one for one in part if RULES[one.check_id].lane is lane]
                   for lane in Lane}
        bucket = worst(one.status for one in part)
        number = verdict.number_in_band(
            bucket, [verdict.lane_penalty(own) for own in by_lane.values()]
        )
        now = (order.index(bucket), number)
        assert now <= before
        before = now
