"""Every command of the command table, pressed by its keys in a shown, active window."""

from __future__ import annotations

import pytest

from luthier_desktop.ui.commands import COMMANDS
from tests.ui.desk import Desk, begin_anew, press, wait_until
from tests.ui.key_cases import CASES
from tests.ui.key_steps import CANVAS

BY_ID = {command.id: command for command in COMMANDS}
PRESSES = [(command.id, keys) for command in COMMANDS for keys in command.sequences]
APART = {"quit", "check_design"}
IN_FRONT = {"runLogTable": "focus_run_log", "snapshotList": "focus_snapshots"}
"""What brings a table to the front that may lie behind another tab, in whatever order they run."""


def test_every_command_with_a_key_has_a_case() -> None:
    assert set(CASES) | APART == {command.id for command in COMMANDS if command.sequences}
    assert len(BY_ID) == len(COMMANDS)


@pytest.mark.parametrize(("command_id", "keys"), [p for p in PRESSES if p[0] not in APART])
def test_a_command_does_its_work_when_its_keys_are_pressed(
    keyboard: Desk, command_id: str, keys: str
) -> None:
    case = CASES[command_id]
    begin_anew(keyboard)
    if case.focus in IN_FRONT:
        keyboard.press(IN_FRONT[case.focus])
    keyboard.focus(case.focus)
    before = case.before(keyboard)
    keyboard.focus(case.focus)
    press(keys)
    keyboard.settle()
    assert case.after(keyboard, before)


def test_f5_records_a_run_and_the_log_inserts_its_row(desk: Desk) -> None:
    desk.focus(CANVAS)
    press("F5")
    desk.settle()
    assert desk.log.table.model().rowCount() == 1
    assert desk.log.table.model().index(0, 1).data() == "Checked"


def test_quit_closes_the_window(desk: Desk) -> None:
    desk.focus(CANVAS)
    press("Ctrl+Q")
    wait_until(lambda: not desk.window.isVisible())
