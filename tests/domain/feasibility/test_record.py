"""What a run keeps of a report: short, and every member comes back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from luthier_desktop.domain.feasibility.advice import advise
from luthier_desktop.domain.feasibility.record import kept_remedies, restored, shortened
from luthier_desktop.domain.feasibility.report import joined_report, stored_report
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from tests.domain.feasibility.test_properties import designs
from tests.domain.feasibility.test_properties import scored as scored_plain
from tests.domain.feasibility.workbench import CATALOGUE, SETUP

KEPT = ("id", "ring_index", "status", "value", "margin", "penalty", "inputs")
TOLD = (*KEPT, "message", "remedies")


def full(status: str = "GREEN", ring_index: int | None = 0, **members: Any) -> dict[str, Any]:
    """Return a check with every member."""
    return {"id": "C3", "ring_index": ring_index, "status": status, "value": 2.2, "margin": 0.2,
            "penalty": 0, "inputs": {"b_mm": 2.2, "util": 0.1}, "message": "It holds.",
            "remedies": [], **members}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(designs)
def test_every_member_of_a_stored_check_comes_back(plain):
    answer = scored_plain(plain)
    design, setup = RosetteParamSpec.read(plain, "design"), Setup.read(SETUP, "setup")
    advice = advise(design, setup, CATALOGUE, answer)
    kept = advice._replace(remedies=kept_remedies(advice.remedies, answer))
    report = joined_report(answer, "0" * 64, advice=kept)
    joined = {(one["id"], one["ring_index"]): one for one in report["checks"]}
    for check in restored(stored_report(answer, "0" * 64, advice=advice)["checks"]):
        members = KEPT if check["status"] == "GREEN" else TOLD
        before = joined[check["id"], check["ring_index"]]
        assert check == {name: before[name] for name in members}


def test_the_same_answer_at_another_ring_is_kept_once():
    assert shortened([full(), full(ring_index=1)]) == [
        {"id": "C3", "ring_index": 0, "status": "GREEN", "value": 2.2, "margin": 0.2,
         "inputs": {"b_mm": 2.2, "util": 0.1}},
        {"id": "C3", "ring_index": 1, "status": "GREEN", "value": 2.2, "same": 0},
    ]  # fmt: skip


def test_inputs_and_a_message_that_another_ring_has_are_kept_once():
    inputs = {"b_mm": 2.4, "util": 0.1, "green_limit": 2.0}
    first = full("YELLOW", penalty=0.5, inputs={**inputs, "b_mm": 2.2})
    second = full("YELLOW", penalty=0.5, ring_index=1, inputs=inputs)
    stored = shortened([first, second])
    assert stored[1] == {"id": "C3", "ring_index": 1, "status": "YELLOW", "value": 2.2,
                         "margin": 0.2, "penalty": 0.5, "inputs": {"b_mm": 2.4},
                         "like": 0}  # fmt: skip
    assert restored(stored) == [first, second]


def test_a_yellow_keeps_its_penalty_and_a_red_does_not_need_to():
    yellow, red = full("YELLOW", penalty=0.4), full("RED", penalty=1)
    assert shortened([yellow])[0]["penalty"] == 0.4
    assert "penalty" not in shortened([red])[0]
    assert restored(shortened([red])) == [red]


def test_a_sentence_that_only_lists_what_is_missing_is_made_again():
    unknown = full("UNKNOWN", value=None, margin=None, penalty=0.5,
                   inputs={"missing": "channel.glue"}, message="Fill in channel.glue.")
    (stored,) = shortened([unknown])
    assert stored == {"id": "C3", "ring_index": 0, "status": "UNKNOWN",
                      "inputs": {"missing": "channel.glue"}}  # fmt: skip
    assert restored([stored]) == [unknown]


def test_a_damaged_check_keeps_what_it_says():
    (check,) = restored([{"status": "RED", "message": "Odd.", "like": 7, "inputs": [1]}])
    assert (check["message"], check["inputs"], check["penalty"]) == ("Odd.", {}, 1)
