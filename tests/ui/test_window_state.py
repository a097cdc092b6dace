"""What the window remembers is plain JSON; anything odd in it counts as nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.ui.window_state import SCHEMA, WindowState
from tests.ui.desk import Desk, OpenDesk, wait_until


def test_what_is_remembered_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "config" / "window.json"
    state = WindowState(str(path))
    state.remember(theme="dark", size=[1200, 700], log_visible=False, log_height=240)
    assert state.save()
    assert json.loads(path.read_bytes()) == {
        "schema": SCHEMA, "theme": "dark", "size": [1200, 700],
        "log_visible": False, "log_height": 240,
    }
    again = WindowState(str(path))
    assert again.text("theme", ("light", "dark"), "light") == "dark"
    assert again.numbers("size", 2) == [1200, 700]
    assert again.flag("log_visible", True) is False
    assert again.number("log_height", 1) == 240


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"schema": "other/1", "theme": "dark"}', b"\x80\x04",
     b'{"theme": "dark"}', b'{"schema": "luthier.window/1", "theme": ' + b"[" * 2000],
)
def test_a_damaged_or_foreign_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    assert WindowState(str(path)).text("theme", ("light", "dark"), "light") == "light"


def test_values_of_the_wrong_kind_count_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    members = {"theme": "pink", "size": [-5, 1e9], "log_height": "tall", "log_visible": 3}
    path.write_text(json.dumps({"schema": SCHEMA, **members}), encoding="utf-8")
    state = WindowState(str(path))
    assert state.text("theme", ("light", "dark"), "light") == "light"
    assert state.numbers("size", 2) == []
    assert state.number("log_height", 7) == 7
    assert state.flag("log_visible", True) is True


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    state = WindowState(str(blocked / "window.json"))
    state.remember(theme="dark")
    assert not state.save()


def test_what_was_chosen_outlives_a_program_that_is_killed(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.press("switch_theme")
    desk.press("switch_unit")
    desk.press("switch_finish")
    desk.log.columns.show_column("tool", not desk.log.columns.is_shown("tool"))
    desk.window.dock("log").hide()
    desk.settle()
    wait_until(lambda: _kept(desk).get("log_visible") is False)
    desk.settle()
    kept = _kept(desk)
    assert (kept["theme"], kept["unit"], kept["woods_after_finish"]) == ("dark", "in", False)
    assert ("tool" in kept["log_columns_shown"]) is desk.log.columns.is_shown("tool")


def test_the_woods_stay_raw_at_the_next_start(open_desk: OpenDesk) -> None:
    open_desk().press("switch_finish")
    assert not open_desk().workbench.editor.canvas.picture.paints.is_finished


def _kept(desk: Desk) -> dict[str, Any]:
    data = desk.state_file.read_bytes() if desk.state_file.exists() else b"{}"
    found: dict[str, Any] = json.loads(data)
    return found
