from __future__ import annotations

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feed_advice import FeedAdvice
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.setup_fields import value_at
from luthier_desktop.services.feeds import Work
from luthier_desktop.services.studio import Studio
from tests.services.builders import design

STARTER = "setup_workshop"


def test_advice_for_the_setup_in_use_is_put_to_use_in_one_step(studio: Studio) -> None:
    advised = studio.feeds.advise(Work())
    assert isinstance(advised.advice, FeedAdvice)
    assert (advised.setup_id, advised.part, advised.material.material_id) == (
        STARTER, "cut", "sitka_spruce",
    )
    done = studio.feeds.use(Work())
    assert studio.runs.count(RunQuery()) == 1
    assert studio.setups.current() == done.setup
    assert value_at(done.setup, "cut.feed_mm_min") == advised.advice.feed_mm_min.best
    lane = [one for one in studio.feasibility.preview(design()).findings if one.check_id[0] == "M"]
    assert {one.status for one in lane} <= {Status.GREEN, Status.NA, Status.NOTE}
    assert studio.feeds.use(Work()).run_id is None


def test_a_bit_and_a_machine_of_the_catalogue_go_into_the_setup(studio: Studio) -> None:
    mine = studio.setup_edits.duplicate(STARTER).setup_id
    machine = studio.catalogue.machines.entries[0].entry.machine_id
    done = studio.feeds.use(Work(mine, "downcut_1_27", machine))
    assert value_at(done.setup, "tool.tool_id") == "downcut_1_27"
    assert value_at(done.setup, "machine.machine_id") == machine
    assert done.before_id == mine
    assert studio.setups.current().setup_id == STARTER


def test_an_inlay_has_its_own_cut(studio: Studio) -> None:
    with pytest.raises(InputRefused, match="--material"):
        studio.feeds.advise(Work(inlay=True))
    done = studio.feeds.use(Work(inlay=True, material_id="bone"))
    assert value_at(done.setup, "cut.feed_mm_min") == 1080.0
    assert value_at(done.setup, "inlay_cut.feed_mm_min") != 720.0


def test_without_a_window_nothing_is_changed(studio: Studio) -> None:
    mine = studio.setup_edits.apply(None, {"tool.runout_mm": 0.3}).setup_id
    with pytest.raises(InputRefused, match="Nothing was changed: M6"):
        studio.feeds.use(Work())
    studio.setup_edits.edit(mine, {"tool.runout_mm": 0.01})
    studio.setup_edits.lock(studio.setups.current().setup_id or "")
    with pytest.raises(Conflict, match="locked"):
        studio.feeds.use(Work())


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Work(tool_id="none"), "no tool 'none'"),
        (Work(machine_id="none"), "no machine 'none'"),
        (Work(material_id="yew"), "no material 'yew'"),
        (Work(setup_id="setup_0000000000000000"), "no setup"),
    ],
)
def test_what_is_not_known_is_told(studio: Studio, work: Work, said: str) -> None:
    with pytest.raises(NotFound, match=said):
        studio.feeds.advise(work)
    with pytest.raises(InputRefused, match="only flat bits"):
        studio.feeds.advise(Work(tool_id="ball_1_8"))


def test_a_setup_that_names_nothing_is_told(studio: Studio) -> None:
    blank = studio.setup_edits.create("Blank").setup_id
    with pytest.raises(InputRefused, match="no bit"):
        studio.feeds.advise(Work(blank))
    with pytest.raises(InputRefused, match="no machine"):
        studio.feeds.advise(Work(blank, "downcut_1_27"))
