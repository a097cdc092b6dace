"""When the log was verified is told by events, and one thirtieth of its files is due each day."""

from __future__ import annotations

from pathlib import Path

import pytest

from luthier_desktop.domain.verification import Care, Verified
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage import verified
from tests.services.builders import FakeClock

PART = Verified(
    level="slice 29", at_utc="2026-01-22T23:59:59.000000Z", events=1, runs=1, damage=0,
    warnings=0, infos=0,
)  # fmt: skip


def report(level: str) -> dict[str, object]:
    counts = {"damage": 0, "warning": 1, "info": 2}
    witness = {"at_utc": "2026-01-19T08:00:00.000000Z"}
    return {"level": level, "events": 9, "runs": 7, "counts": counts, "last_witness": witness}


@pytest.mark.parametrize(
    ("level", "now", "due"),
    [
        ("slice 29", "2026-01-22T23:59:59.5Z", None),
        ("slice 29", "2026-01-23T00:00:01Z", 30),
        ("slice 30", "2026-01-23T00:00:01Z", 1),
        ("slice 1", "2026-03-01T00:00:01Z", 2),
        ("slice 29", "2026-01-01T00:00:00Z", None),  # a clock that was set back
    ],
)
def test_the_next_thirtieth_is_due_on_the_next_day(level: str, now: str, due: int | None) -> None:
    care = Care(part=PART.model_copy(update={"level": level}))
    assert verified.due_part(care, now) == due
    assert verified.due_part(Care(), now) == 1


def test_the_newest_event_repeats_what_the_one_before_it_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_studio(tmp_path, clock=FakeClock()) as studio:
        assert studio.upkeep.look_back() == (None, 0)
        whole = studio.upkeep.note_verified(Care(), report("full"))
        both = studio.upkeep.note_verified(whole, report("slice 4"))
        assert studio.upkeep.look_back().care == both
    assert both.whole is not None
    assert both.part is not None
    assert (both.whole.level, both.part.level, both.whole.problems) == ("full", "slice 4", 1)
    assert both.whole.witness == "2026-01-19T08:00:00.000000Z"


def test_a_long_way_back_is_gone_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verified, "_AT_ONCE", 2)
    with open_studio(tmp_path, clock=FakeClock()) as studio:
        care = studio.upkeep.note_verified(Care(), report("full"))  # events 1 and 2
        for _ in range(5):
            studio.store().record_event("baseline.set", {"snapshot_id": None})
        assert studio.upkeep.look_back() == (care, 0)  # the index names it
        studio.store().index._open().close()
        look, steps = studio.upkeep.look_back(), 1
        while look.care is None and look.rest:
            look, steps = studio.upkeep.look_back(look.rest), steps + 1
        assert (look.care, steps) == (care, 3)
