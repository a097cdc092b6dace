"""The list of runs as the window works with it."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio


def test_asking_how_far_the_log_came_makes_no_log(tmp_path: Path) -> None:
    with open_studio(tmp_path / "data") as studio:
        assert studio.run_list.end() == (0, None)
    assert not (tmp_path / "data").exists()


def test_the_end_of_the_log_follows_what_another_program_recorded(tmp_path: Path) -> None:
    with open_studio(tmp_path / "data") as mine, open_studio(tmp_path / "data") as other:
        first = mine.feasibility.check(mine.presets.first())
        assert mine.run_list.end().number == first.seq
        second = other.feasibility.check(other.presets.first())
        found = mine.run_list.end()
        assert found.number == second.seq
        assert found.folder == tmp_path / "data" / "ledger" / "000000"
        assert mine.run_list.number_of(second.run_id or "") == second.seq
        assert mine.run_list.number_of("run_20260122_0000000000000000") is None
        listing = mine.run_list.listing(RunQuery())
        assert list(listing.numbers) == [second.seq, first.seq]
        assert mine.run_list.next_after(RunQuery(), second.seq, 1) == first.seq
