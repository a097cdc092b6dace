"""Whatever stands in a record of the web ToolBox, it is read, told in sentences, and bounded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.legacy.backups import read_backup
from luthier_desktop.domain.legacy.found import Found, Place
from luthier_desktop.domain.legacy.runs import read_run
from luthier_desktop.domain.legacy.snapshots import is_baseline, read_snapshot
from tests import legacy_files as files

PLACE = Place(files.DAY, "run_1")
Reader = Callable[[Any, Place], Found]
KINDS: dict[str, tuple[Reader, dict[str, Any]]] = {
    "run": (read_run, files.run(hashes={"gcode_sha256": "x"}, outputs={"gcode_text": "G0"})),
    "snapshot": (read_snapshot, files.snapshot()),
    "backup": (read_backup, files.backup()),
}
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15) | st.text()
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def members(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk over the places of all members."""
    steps = plain.items() if isinstance(plain, dict) else enumerate(plain)
    for step, member in steps:
        yield (*path, step)
        if isinstance(member, dict | list):
            yield from members(member, (*path, step))


def changed(plain: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(plain))
    at = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return copy


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_member_of_any_kind_ends_the_reading(kind: str, data: st.DataObject) -> None:
    reader, plain = KINDS[kind]
    path = data.draw(st.sampled_from(list(members(plain))))
    found = reader(changed(plain, path, data.draw(ANYTHING)), PLACE)
    assert all(isinstance(fault, str) and fault and len(fault) <= 500 for fault in found.faults)
    assert found.kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_record_of_each_kind_has_no_fault_and_an_empty_one_has(kind: str) -> None:
    reader, _ = KINDS[kind]
    sound = {"run": files.run(), "snapshot": files.snapshot("run_1"), "backup": files.backup()}
    assert reader(sound[kind], PLACE).faults == []
    assert reader({}, PLACE).faults


def test_many_hashes_and_faults_are_bounded() -> None:
    hashes = {f"h{number}": "0" * 64 for number in range(500)}
    found = read_run(files.run(hashes=hashes), PLACE)
    assert len(found.hashes) <= 40
    assert len(found.faults) <= 100


def test_a_hash_of_machine_code_is_worked_out_again() -> None:
    right = "a4e32fe4402666f187ba946fcc166ecbcb5c16bddf1ff05806af75fc36678244"  # of "G0"
    for given_hash, faults in ((right, 0), ("ab" * 32, 1)):
        hashes = {"feasibility_sha256": files.REPORT_SHA256, "gcode_sha256": given_hash}
        found = read_run(files.run(outputs={"gcode_text": "G0"}, hashes=hashes), PLACE)
        assert len(found.faults) == faults


@pytest.mark.parametrize("plain", [None, 3, [], {"baseline": 1}, {"baseline": "true"}])
def test_only_true_makes_a_baseline(plain: Any) -> None:
    assert is_baseline(plain) is False
    assert is_baseline({"baseline": True}) is True
