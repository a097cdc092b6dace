from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import design_bytes

STARTER = "setup_workshop"
MEMBERS = {"setup_id", "name", "before_id", "changed", "run_id", "seq", "setup"}


def mine(luthier: Luthier) -> str:
    return str(changed(luthier, "duplicate", STARTER, "--name", "Mine")["setup_id"])


def changed(luthier: Luthier, *arguments: Any) -> Any:
    answer = luthier("setups", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert set(answer.json()) == MEMBERS
    return answer.json()


def test_a_copy_is_edited_renamed_and_reset(luthier: Luthier) -> None:
    setup_id = mine(luthier)
    luthier("setups", "use", setup_id)
    edit = ("--set", "tool.diameter_mm=1/8 in", "--set", "cut.feed_mm_min=1500", "--name", "Yours")
    done = changed(luthier, "edit", setup_id, *edit)
    assert done["before_id"] == setup_id
    assert (done["name"], done["setup"]["tool"]["diameter_mm"]) == ("Yours", 3.175)
    assert luthier("setups", "show", "--json").json()["setup_id"] == done["setup_id"]
    run = luthier("logs", "show", done["run_id"], "--json").json()
    assert run["request"]["before"]["cut"]["feed_mm_min"] == 1080.0
    again = changed(luthier, "edit", done["setup_id"], "--reset", "cut.feed_mm_min")
    assert again["setup"]["cut"]["feed_mm_min"] == 1080.0
    assert "says this already" in luthier("setups", "edit", again["setup_id"]).out


def test_a_blank_setup_is_made(luthier: Luthier) -> None:
    done = changed(luthier, "create", "--name", "Blank", "--set", "shop.respirator=yes")
    assert done["setup"]["shop"] == {"respirator": True}


def test_a_locked_setup_is_left_alone_and_a_removed_one_comes_back(luthier: Luthier) -> None:
    setup_id = mine(luthier)
    changed(luthier, "lock", setup_id)
    assert luthier("setups", "remove", setup_id, "--reason", "sold").code == 5
    assert luthier("setups", "list", "--json").json()["items"][1]["locked"]
    changed(luthier, "unlock", setup_id)
    changed(luthier, "remove", setup_id, "--reason", "sold")
    assert len(luthier("setups", "list", "--json").json()["items"]) == 1
    (gone,) = luthier("setups", "list", "--removed", "--json").json()["items"]
    assert gone["setup_id"] == setup_id
    changed(luthier, "restore", setup_id)
    assert len(luthier("setups", "list", "--json").json()["items"]) == 2


def test_a_setup_goes_out_and_comes_in(luthier: Luthier, tmp_path: Path) -> None:
    setup_id, file = mine(luthier), tmp_path / "mine.json"
    answer = luthier("setups", "export", setup_id, "--out", file, "--json").json()
    assert answer == {"setup_id": setup_id, "path": str(file), "bytes": file.stat().st_size}
    other = ("--data-dir", tmp_path / "other")
    assert luthier("setups", "import", file, "--json", *other).json()["setup_id"] == setup_id
    assert luthier("setups", "export", setup_id, "--out", file).code == 5


def test_advice_is_given_and_put_to_use(luthier: Luthier) -> None:
    told = luthier("setups", "advice", "--json").json()
    assert set(told) == {
        *("setup_id", "tool", "machine", "material_id", "part", "advice", "check_id", "reason"),
        "used",
    }
    assert set(told["advice"]["feed_mm_min"]) == {"low", "best", "high"}
    text = luthier("setups", "advice").out
    assert "stepdown" in text
    assert "as forces are +-50 %" in text
    used = luthier("setups", "advice", "--use", "--tool", "downcut_1_27", "--json").json()
    assert set(used["used"]) == MEMBERS
    now = luthier("setups", "show", "--json").json()["setup"]
    assert now["tool"]["tool_id"] == "downcut_1_27"
    assert now["cut"]["feed_mm_min"] == used["advice"]["feed_mm_min"]["best"]


def test_without_a_window_the_check_is_named_with_exit_code_1(luthier: Luthier) -> None:
    setup_id = changed(luthier, "duplicate", STARTER)["setup_id"]
    done = changed(luthier, "edit", setup_id, "--set", "tool.runout_mm=0.3")
    answer = luthier("setups", "advice", done["setup_id"], "--use", "--json")
    assert (answer.code, answer.json()["check_id"], answer.json()["used"]) == (1, "M6", None)
    assert "M6 leaves no window" in luthier("setups", "advice", done["setup_id"]).out


def test_a_check_says_which_setup_it_was_judged_with(luthier: Luthier) -> None:
    single = ("feasibility", "single", "-")
    report = luthier(*single, "--json", stdin=design_bytes()).json()
    assert report["setup"]["setup_id"] == STARTER
    assert "judged with: Starter workshop" in luthier(*single, stdin=design_bytes()).out
    assert "(setup_workshop)" in luthier(*single, "--no-record", stdin=design_bytes()).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("edit", STARTER, "--set", "name=x"), 5, "ships with the program"),
        (("edit", "MINE", "--set", "tool.diameter_mm=500"), 3, "from 0.1 to 80 mm"),
        (("edit", "MINE", "--set", "cut.spindle_rpm=-1"), 3, "from 100 to 200,000 rpm"),
        (("edit", "MINE", "--set", "top.material_id=yew"), 3, "not in the catalogue"),
        (("edit", "MINE", "--set", "tool.size=1"), 3, "no field 'tool.size'"),
        (("edit", "MINE", "--set", "tool.flutes"), 3, "has no ="),
        (("edit", "MINE", "--reset", "x"), 3, "no field 'x'"),
        (("advice", "--tool", "none"), 4, "no tool 'none'"),
        (("restore", "setup_0000000000000000"), 4, "was removed"),
        (("create",), 2, "--name"),
    ],
)
def test_what_cannot_be_done_is_told(
    luthier: Luthier, arguments: tuple[str, ...], code: int, said: str
) -> None:
    setup_id = mine(luthier)
    given = [setup_id if one == "MINE" else one for one in arguments]
    answer = luthier("setups", *given)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
