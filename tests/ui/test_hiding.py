"""Hiding, showing again and purging in the run log, with real keys."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from tests.ui.desk import Desk, close_dialog, dialog, label, make_active, press, wait_until

TABLE = "runLogTable"


def ids(desk: Desk) -> list[str]:
    model = desk.log.table.model()
    return [str(desk.log._model.id_at(row)) for row in range(model.rowCount())]


def begun(desk: Desk, row: int) -> str:
    desk.log.table.go_to(row)
    desk.settle()
    desk.focus(TABLE)
    return str(desk.log.table.run_id())


def answer(desk: Desk, name: str, reason: str) -> None:
    asked = dialog(name)
    field = asked.findChild(QPlainTextEdit, "reasonText")
    assert field is not None
    wait_until(field.hasFocus)
    QTest.keyClicks(field, reason)
    press("Ctrl+Return")
    desk.settle()


def verdicts(desk: Desk) -> list[str]:
    model = desk.log.table.model()
    return [str(model.index(row, 3).data()) for row in range(model.rowCount())]


def test_a_hidden_run_leaves_the_list_and_comes_back(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    before = ids(desk)
    run_id = begun(desk, 2)
    press("H")
    answer(desk, "hideDialog", "only a trial")
    assert ids(desk) == before[:2] + before[3:]
    assert desk.log.table.run_id() == before[3]
    desk.focus(TABLE)
    press("Ctrl+H")
    desk.settle()
    assert ids(desk) == [run_id]
    chip = desk.find("filterHidden")
    assert isinstance(chip, QToolButton)
    assert (chip.isChecked(), chip.text().strip()) == (True, "Hidden: only")
    begun(desk, 0)
    desk.press("show_details")
    state = desk.find("runState")
    assert isinstance(state, QLabel)
    assert "only a trial" in state.text()
    desk.focus(TABLE)
    press("Shift+H")
    desk.settle()
    assert ids(desk) == []
    desk.focus(TABLE)
    press("Esc")
    press("Esc")
    desk.settle()
    assert ids(desk) == before


def test_hiding_needs_a_reason_and_can_be_left_alone(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    before = ids(desk)
    begun(desk, 0)
    press("Ctrl+Del")
    asked = dialog("hideDialog")
    send = asked.findChild(QPushButton, "reasonSend")
    assert send is not None
    assert not send.isEnabled()
    make_active(asked)
    press("Ctrl+Return")
    desk.settle()
    close_dialog("hideDialog")
    assert ids(desk) == before


def test_the_box_before_a_purge_names_what_is_lost(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    run_id = begun(desk, 1)
    desk.window.commands["purge_run"].trigger()
    what = dialog("purgeDialog").findChild(QLabel, "reasonWhat")
    assert what is not None
    for words in ("cannot be taken back", "its design, every check", "Kept: its line in the log"):
        assert words in what.text()
    answer(desk, "purgeDialog", "the customer asked")
    assert run_id not in ids(desk)
    desk.press("show_hidden")
    assert verdicts(desk) == ["○ Purged"]
    begun(desk, 0)
    desk.press("show_details")
    assert label(desk, "runVerdict") == "○ Purged"
    for command in ("hide_run", "show_run_again", "purge_run"):
        desk.press(command)
        assert "nothing of it is left but its line" in said(desk)


def test_a_run_that_is_not_hidden_is_not_shown_again(desk_with_runs: Desk) -> None:
    run_id = begun(desk_with_runs, 0)
    desk_with_runs.press("show_run_again")
    assert f"Run {run_id} is not hidden." in said(desk_with_runs)


def said(desk: Desk) -> str:
    return " ".join(each.text() for each in desk.window.findChildren(QLabel) if each.isVisible())


def test_what_is_refused_is_said_in_the_dialog_which_stays(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    run_id = begun(desk, 0)
    (path,) = desk.data_dir.glob(f"runs/rmos/*/{run_id}.json")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    press("H")
    answer(desk, "hideDialog", "only a trial")
    refused = dialog("hideDialog").findChild(QLabel, "reasonSaid")
    assert refused is not None
    assert "damage stays in sight" in refused.text()
    close_dialog("hideDialog")
    assert run_id in ids(desk)


def test_letters_of_hiding_do_nothing_outside_the_table(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.focus("filterVerdict")
    for keys in ("H", "E"):
        press(keys)
    desk.settle()
    named = [w for w in desk.window.findChildren(QWidget) if w.objectName().endswith("Dialog")]
    assert [widget for widget in named if widget.isVisible()] == []
    wait_until(lambda: not desk.program.background.is_busy())
