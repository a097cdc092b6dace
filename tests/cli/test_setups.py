from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import design_bytes

MINE = json.dumps(
    {"setup_id": "annas", "name": "Anna's <b>\u202eshop", "tool": {"diameter_mm": 2.0}}
).encode()
ITEM = {"setup_id", "name", "in_use", "state", "imported_at_utc", "origin", "locked"}


def imported(luthier: Luthier) -> str:
    answer = luthier("setups", "import", "-", "--json", stdin=MINE)
    assert (answer.code, answer.err) == (0, "")
    return str(answer.json()["setup_id"])


def test_list_shows_the_starter_in_use(luthier: Luthier, data_dir: Path) -> None:
    answer = luthier("setups", "list", "--json")
    assert answer.code == 0
    (item,) = answer.json()["items"]
    assert set(item) == ITEM
    assert (item["setup_id"], item["in_use"], item["state"]) == ("setup_workshop", True, "shipped")
    assert "*  setup_workshop" in luthier("setups", "list").out
    assert not data_dir.exists()


def test_import_keeps_a_file_once(luthier: Luthier, tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    file.write_bytes(MINE)
    first = luthier("setups", "import", file, "--json").json()
    assert set(first) == {
        *("setup_id", "name", "added", "origin", "differs_from", "run_id", "seq"),
    }
    assert first["added"]
    assert first["origin"]["setup_id"] == "annas"
    again = luthier("setups", "import", file, "--json").json()
    assert (again["setup_id"], again["added"], again["run_id"]) == (first["setup_id"], False, None)
    file.write_bytes(MINE.replace(b"2.0", b"1.0"))
    text = luthier("setups", "import", file).out
    assert f"it differs from {first['setup_id']}, which you have" in text
    entries = luthier("logs", "recent", "--event", "setup.changed", "--json").json()["entries"]
    assert len(entries) == 2


def test_show_tells_all_of_a_setup_as_it_is(luthier: Luthier) -> None:
    setup_id = imported(luthier)
    document = luthier("setups", "show", setup_id, "--json").json()
    assert set(document) == ITEM | {"setup"}
    assert document["setup"]["tool"] == {"diameter_mm": 2.0}
    text = luthier("setups", "show", setup_id).out
    assert "diameter_mm 2" in text
    assert "<b>⟨U+202E⟩shop" in text
    assert "setup_workshop (in use)" in luthier("setups", "show").out


def test_what_show_tells_can_be_given_to_a_check(luthier: Luthier, tmp_path: Path) -> None:
    setup = luthier("setups", "show", "--json").json()["setup"]
    file = tmp_path / "setup.json"
    file.write_text(json.dumps(setup), encoding="utf-8")
    single = ("feasibility", "single", "-", "--no-record", "--json")
    given = luthier(*single, "--setup", file, stdin=design_bytes()).json()
    assert given == luthier(*single, stdin=design_bytes()).json()


def test_use_puts_a_setup_in_use_for_every_check_after(luthier: Luthier) -> None:
    setup_id = imported(luthier)
    used = luthier("setups", "use", setup_id, "--json").json()
    assert used["changed"]
    assert (used["setup_id"], used["before_id"]) == (setup_id, "setup_workshop")
    run = luthier("logs", "show", used["run_id"], "--json").json()
    assert (run["event_type"], run["request"]["after"]["setup_id"]) == ("setup.changed", setup_id)
    single = ("feasibility", "single", "-", "--json")
    run_id = luthier(*single, stdin=design_bytes()).json()["run_id"]
    judged = luthier("logs", "show", run_id, "--json").json()
    assert judged["request"]["setup"]["setup_id"] == setup_id
    again = luthier("setups", "use", setup_id)
    assert (again.code, again.out) == (0, f"{setup_id} is in use already\n")
    assert luthier("logs", "rebuild").code == 0
    assert luthier("setups", "show", "--json").json()["setup_id"] == setup_id


def test_a_damaged_setup_is_told_by_exit_code_1(luthier: Luthier, data_dir: Path) -> None:
    setup_id = imported(luthier)
    luthier("setups", "use", setup_id)
    (data_dir / "workshop" / "setups" / f"{setup_id}.json").unlink()
    shown = luthier("setups", "show", setup_id, "--json")
    assert (shown.code, shown.json()["state"], shown.json()["setup"]) == (1, "damaged", None)
    listed = luthier("setups", "list", "--json")
    assert (listed.code, listed.json()["items"][1]["state"]) == (1, "damaged")
    assert "damaged (its file is missing)" in luthier("setups", "show", setup_id).out
    answer = luthier("feasibility", "single", "-", "--json", stdin=design_bytes())
    assert (answer.code, answer.out) == (1, "")
    assert setup_id in answer.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "setup_0000000000000000"), 4),
        (("show", "../x"), 3),
        (("use", "nobody"), 4),
        (("use",), 2),
        (("import", "/nowhere/setup.json"), 4),
        (("import", "-"), 3),
        (("import",), 2),
    ],
)
def test_what_cannot_be_done_is_told_by_the_exit_code(
    luthier: Luthier, arguments: tuple[str, ...], code: int
) -> None:
    answer = luthier("setups", *arguments, stdin=b'{"tool": {"diameter_mm": -1}}')
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1
