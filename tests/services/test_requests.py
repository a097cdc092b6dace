from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.feasibility.rules import RULES_VERSION
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.designs import design_sha256, read_design
from luthier_desktop.services.requests import Request
from tests.services.builders import SMOKE, design, plain_design

SETUP = Setup.read({"schema": "luthier.setup/1", "name": "Bench"}, "setup")
NO_MATERIALS = MaterialCatalogue([])


def request_of(plain: dict[str, Any]) -> Request:
    return Request(RosetteParamSpec.read(plain, "design"), SETUP, NO_MATERIALS)


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    if isinstance(value, list):
        return [shuffled(member, chance) for member in value]
    return value


def test_the_smoke_design_hashes_as_computed_by_hand() -> None:
    by_hand = (
        b'{"inner_diameter_mm":20,"outer_diameter_mm":100,"ring_params":[],'
        b'"soundhole_edge":"wood"}'
    )
    smoke = RosetteParamSpec.read(SMOKE, "design")
    assert design_sha256(smoke) == hashlib.sha256(by_hand).hexdigest()


def test_the_smoke_request_hashes_as_computed_by_hand() -> None:
    by_hand = (
        b'{"design":{"inner_diameter_mm":20,"outer_diameter_mm":100,"ring_params":[],'
        b'"soundhole_edge":"wood"},"materials":{},'
        b'"setup":{"name":"Bench","schema":"luthier.setup/1"},'
        b'"versions":{"rules_version":"%s"}}' % RULES_VERSION.encode()
    )
    assert request_of(SMOKE).sha256() == hashlib.sha256(by_hand).hexdigest()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**9))
def test_the_order_of_keys_does_not_change_the_hash(seed: int) -> None:
    other = shuffled(plain_design(), random.Random(seed))
    assert design_sha256(RosetteParamSpec.read(other, "design")) == design_sha256(design())


def test_120_and_120_0_are_the_same_length() -> None:
    whole = read_design(json.dumps(plain_design(outer_diameter_mm=120)).encode(), "design")
    point = read_design(json.dumps(plain_design(outer_diameter_mm=120.0)).encode(), "design")
    assert design_sha256(whole) == design_sha256(point)
    assert request_of(plain_design(outer_diameter_mm=120)).sha256() == request_of(
        plain_design(outer_diameter_mm=120.0)
    ).sha256()


def test_names_and_identities_do_not_change_the_hash() -> None:
    named = plain_design(name="Another name", design_id="dsg_other")
    named["ring_params"] = [
        {**ring, "ring_id": f"other{ring['ring_index']}", "locked": True}
        for ring in named["ring_params"]
    ]
    assert design_sha256(RosetteParamSpec.read(named, "design")) == design_sha256(design())
    assert request_of(named).sha256() == request_of(plain_design()).sha256()


def test_a_width_changes_both_hashes() -> None:
    wider = plain_design()
    wider["ring_params"][1]["width_mm"] = 5.01
    assert request_of(wider).sha256() != request_of(plain_design()).sha256()
    assert design_sha256(RosetteParamSpec.read(wider, "design")) != design_sha256(design())


def test_the_setup_changes_the_request_and_not_the_design() -> None:
    other = request_of(plain_design())._replace(setup=Setup())
    assert other.sha256() != request_of(plain_design()).sha256()


def test_the_program_version_is_recorded_and_not_hashed() -> None:
    recorded = request_of(plain_design()).plain()
    assert set(recorded["versions"]) == {"app", "rules_version"}


def test_a_request_names_the_materials_that_are_drawn_or_judged() -> None:
    lines = plain_design()
    lines["ring_params"][1] |= {
        "pattern_type": "LINES",
        "materials": ["pear"],
        "pattern": {"lines": [{"material_id": "boxwood", "thickness_mm": 1.0}]},
    }
    assert request_of(lines).material_ids() == ("boxwood", "holly", "pear", "sitka_spruce")


def test_the_setups_top_counts_where_the_design_names_none() -> None:
    setup = Setup.read({"top": {"material_id": "redwood"}}, "setup")
    plain = plain_design(top={"thickness_mm": 2.8})
    request = Request(RosetteParamSpec.read(plain, "design"), setup, NO_MATERIALS)
    assert "redwood" in request.material_ids()
    assert "redwood" not in Request(design(), setup, NO_MATERIALS).material_ids()


def test_every_material_that_a_pattern_names_is_named_by_its_request() -> None:
    patterns: dict[str, dict[str, Any]] = {
        "LINES": {"lines": [{"material_id": "pear", "thickness_mm": 1.0}]},
        "CUSTOM": {"grid": [["holly", "cherry"]]},
        "INLAY": {"shapes": [{"kind": "dot", "size_mm": 1.0, "material_id": "abalone"}]},
        "ROPE": {"outline_material_id": "bone"},
        "WHEAT_EAR": {"backing_material_id": "wenge"},
    }
    rings = [
        {"ring_index": index, "width_mm": 4.0, "pattern_type": family, "pattern": pattern}
        for index, (family, pattern) in enumerate(patterns.items())
    ]
    plain = {"inner_diameter_mm": 90.0, "outer_diameter_mm": 130.0, "ring_params": rings}
    assert request_of(plain).material_ids() == (
        "abalone", "bone", "cherry", "holly", "pear", "wenge"
    )
