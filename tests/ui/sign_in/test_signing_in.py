"""Signing in and out with real keys: who works is asked for once, shown always, recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QPlainTextEdit, QPushButton, QToolButton

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.sign_in.operator_words import seconds_left
from tests.ui.desk import Desk, close_dialog, dialog, make_active, press, wait_until
from tests.ui.sign_in.conftest import signed_in
from tests.ui.sign_in.shop import (
    BEN_PIN,
    NEW_PIN,
    ROSA_PIN,
    WRONG,
    choose,
    focused,
    is_shown,
    line,
    sign_in,
    text,
    typed,
)

CANVAS = "designCanvas"


def operator(desk: Desk) -> str:
    button = desk.find("operatorButton")
    assert isinstance(button, QToolButton)
    return button.text() if button.isVisible() else ""


def newest(desk: Desk) -> Any:
    entry = desk.workbench.studio.runs.find(RunQuery()).entries[0]
    return desk.workbench.studio.runs.get(entry.run_id).artifact


def test_one_person_alone_sees_no_sign_in_no_name_and_no_pin(desk: Desk) -> None:
    assert desk.window.findChild(QToolButton, "operatorButton") is None
    assert not desk.window.commands["sign_in"].isVisible()
    assert not desk.workbench.signing.idle.timer.isActive()
    desk.press("check_design")
    assert newest(desk).operator.operator_id == "owner"
    assert "Owner" not in " ".join(
        one.text() for one in desk.window.findChildren(QLabel) if one.isVisible()
    )


def test_the_tool_bar_and_the_title_say_that_nobody_is_signed_in(counter: Desk) -> None:
    assert operator(counter) == "▲ Signed out · Sign in…"
    assert counter.window.windowTitle().endswith("signed out")
    button = counter.find("operatorButton")
    assert button.accessibleName() == "Nobody is signed in. Sign in"
    assert not counter.workbench.signing.idle.timer.isActive()


def test_f5_asks_who_works_by_keyboard_and_goes_on_by_itself(counter: Desk) -> None:
    counter.focus(CANVAS)
    press("F5")
    asked = dialog("signInDialog")
    assert text(asked, "signInPurpose") == "Sign in, and this goes on: Check and record."
    sign_in(counter, "Ben", BEN_PIN)
    assert not is_shown("signInDialog")
    who = newest(counter).operator
    assert (who.operator_id, who.role, who.auth) == ("ben", "operator", "pin")
    assert "Ben" in operator(counter)
    assert "operator" in operator(counter)
    assert not counter.window.windowTitle().endswith("signed out")


def test_a_command_is_not_done_when_nobody_signs_in(counter: Desk) -> None:
    before = counter.log.table.model().rowCount()
    counter.press("check_design")
    make_active(dialog("signInDialog"))
    press("Esc")
    counter.settle()
    assert not is_shown("signInDialog")
    assert counter.log.table.model().rowCount() == before


def test_who_may_not_even_then_is_told_so(counter: Desk) -> None:
    before = counter.log.table.model().rowCount()
    counter.press("check_design")
    sign_in(counter, "Ida")
    toast = counter.find("toast")
    assert isinstance(toast, QLabel)
    assert toast.text() == (
        "Only an operator or a lead may record checks; Ida is signed in as viewer."
    )
    assert counter.log.table.model().rowCount() == before


def test_a_wrong_pin_is_told_at_the_field_and_nowhere_kept(counter: Desk) -> None:
    counter.press("sign_in")
    sign_in(counter, "Rosa", WRONG)
    asked = dialog("signInDialog")
    assert "The PIN of Rosa is wrong." in text(asked, "signInSaid")
    pin = line(asked, "signInPin")
    assert pin.text() == ""
    assert pin.hasFocus()
    assert "is wrong" in pin.accessibleDescription()
    assert pin.displayText() == ""
    QTest.keyClicks(pin, ROSA_PIN)
    assert ROSA_PIN not in pin.displayText()
    press("Ctrl+A")
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == ""
    press("Enter")
    assert text(asked, "signInSaid") == "Looking at the PIN…"  # the window did not wait for it
    counter.settle()
    assert "Rosa" in operator(counter)
    kept = [one for one in counter.data_dir.rglob("*.json") if WRONG in one.read_text("utf-8")]
    assert kept == []


def test_after_five_wrong_pins_the_wait_of_the_ledger_is_counted_down(counter: Desk) -> None:
    counter.press("sign_in")
    store = counter.workbench.studio.store()
    for _ in range(5):
        store.record_event("operator.pin_failed", {"operator_id": "ben"})
    counter.workbench.signing.look()
    counter.settle()
    asked = dialog("signInDialog")
    choose(asked, "Ben")
    chosen = counter.workbench.signing.standing.people[1]
    assert 0 < seconds_left(chosen) <= 30
    assert text(asked, "signInSaid").startswith("5 wrong PINs in a row: the next one can be")
    send = asked.findChild(QPushButton, "signInSend")
    assert send is not None
    assert not send.isEnabled()
    choose(asked, "Rosa")
    assert send.isEnabled()
    close_dialog("signInDialog")


def test_who_is_disabled_is_not_offered_and_when_the_others_were_here_is(
    code: str, tmp_path: Path
) -> None:
    with open_studio(tmp_path / "data") as studio:
        studio.operators.sign_in("rosa", ROSA_PIN)
        studio.operators.disable("ben", "left the shop")
    desk = Desk(tmp_path)
    desk.press("sign_in")
    asked = dialog("signInDialog")
    model = desk.workbench.signing._dialog._model  # type: ignore[union-attr]  # it is shown
    rows = [str(model.index(row).data()) for row in range(model.rowCount())]
    assert [row.splitlines()[0] for row in rows] == ["Rosa", "Ida", "Eva"]
    assert "lead · last used: 20" in rows[0]
    assert rows[1].endswith("last used: never")
    asked.close()
    desk.close()


def test_signing_out_keeps_designs_and_undo_and_greys_nothing(as_eva: Desk) -> None:
    desk = as_eva
    desk.press("insert_ring")
    design = desk.workbench.editor.design()
    desk.press("sign_out")
    assert operator(desk).startswith("▲ Signed out")
    assert desk.workbench.editor.design() == design
    assert desk.window.commands["undo"].isEnabled()
    assert desk.window.commands["save_snapshot"].isEnabled()
    desk.press("undo")
    assert desk.workbench.editor.design() != design


def test_the_lock_signs_out_when_key_and_mouse_were_left_alone(as_eva: Desk) -> None:
    idle = as_eva.workbench.signing.idle
    assert idle.timer.interval() == 5 * 60 * 1000
    assert idle.timer.isActive()
    idle.timer.timeout.emit()
    as_eva.settle()
    assert as_eva.workbench.studio.operator.operator_id == "signed_out"
    assert operator(as_eva).startswith("▲ Signed out")
    assert not idle.timer.isActive()
    as_eva.press("check_design")
    chosen = dialog("signInDialog").findChild(QListView, "signInList")
    assert chosen is not None
    assert str(chosen.currentIndex().data()).startswith("Eva\n")
    focused("signInList")
    press("Enter")
    as_eva.settle()
    assert newest(as_eva).operator.operator_id == "eva"


def test_a_touch_begins_the_wait_anew_and_a_long_sleep_ends_it(as_eva: Desk) -> None:
    idle = as_eva.workbench.signing.idle
    handle = as_eva.window.windowHandle()
    idle.timer.stop()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert idle.timer.isActive()
    idle._touched_ms -= 6 * 60 * 1000
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    as_eva.settle()
    assert as_eva.workbench.studio.operator.operator_id == "signed_out"


def test_a_dialog_that_was_open_through_the_lock_loses_nothing_and_goes_on(
    as_eva: Desk,
) -> None:
    as_eva.press("check_design")
    before = as_eva.log.table.model().rowCount()
    as_eva.log.table.go_to(0)
    as_eva.window.commands["hide_run"].trigger()
    reason = dialog("hideDialog").findChild(QPlainTextEdit, "reasonText")
    assert reason is not None
    QTest.keyClicks(reason, "only a trial")
    as_eva.workbench.signing.idle.timer.timeout.emit()
    as_eva.settle()
    make_active(dialog("hideDialog"))
    press("Ctrl+Return")
    as_eva.settle()
    sign_in(as_eva, "Eva")
    wait_until(lambda: not is_shown("hideDialog"))
    as_eva.settle()
    assert as_eva.log.table.model().rowCount() == before - 1


def test_what_a_role_may_not_is_greyed_with_the_reason(counter: Desk) -> None:
    as_ida = signed_in(counter, "ida")
    commands = as_ida.window.commands
    assert not commands["check_design"].isEnabled()
    assert commands.why_not("check_design") == (
        "Only an operator or a lead may record checks; Ida is signed in as viewer."
    )
    assert commands["verify_log"].isEnabled()
    as_ida.focus(CANVAS)
    press("F5")
    toast = as_ida.find("toast")
    assert isinstance(toast, QLabel)
    assert toast.text().startswith("Check and record: Only an operator or a lead may")
    signed_in(as_ida, "eva")
    assert commands["check_design"].isEnabled()


def test_another_program_that_sets_operators_up_ends_the_time_alone(desk: Desk) -> None:
    desk.press("check_design")
    with open_studio(desk.data_dir) as studio:
        studio.operators.add("rosa", "Rosa", "lead")
    desk.press("check_design")
    desk.settle()
    assert operator(desk).startswith("▲ Signed out")
    desk.press("check_design")
    sign_in(desk, "Rosa")
    assert newest(desk).operator.plain() == {
        "operator_id": "rosa",
        "name": "Rosa",
        "role": "lead",
        "auth": "none",
    }


def test_a_lost_pin_is_replaced_by_the_recovery_code_which_is_new_then(
    shop: Desk, code: str
) -> None:
    shop.press("sign_in")
    choose(dialog("signInDialog"), "Rosa")
    press("Alt+L")
    wait_until(lambda: is_shown("recoverDialog"))
    form = dialog("recoverDialog")
    typed(form, {"code": "0000-0000-0000-0000", "pin": NEW_PIN, "pin_again": NEW_PIN})
    press("Enter")
    shop.settle()
    assert "recovery code of Rosa is wrong" in text(form, "formSaid")
    typed(form, {"code": code.upper(), "pin": NEW_PIN, "pin_again": NEW_PIN})
    press("Enter")
    shop.settle()
    shown = dialog("codeDialog")
    assert line(shown, "recoveryCode").text() != code
    make_active(shown)
    press("Esc")
    assert is_shown("codeDialog")
    assert "Tick the box first" in text(shown, "codeSaid")
    press("Alt+C")
    copied = line(shown, "recoveryCode").text()
    wait_until(lambda: QGuiApplication.clipboard().text() == copied)
    press("Space")
    press("Esc")
    wait_until(lambda: not is_shown("codeDialog"))
    assert QGuiApplication.clipboard().text() == ""
    sign_in(shop, "Rosa", NEW_PIN)
    assert "Rosa" in operator(shop)


def test_who_has_no_code_is_sent_to_a_lead(counter: Desk) -> None:
    counter.press("sign_in")
    choose(dialog("signInDialog"), "Ben")
    press("Alt+L")
    asked = dialog("signInDialog")
    wait_until(lambda: "ask a lead to set a new PIN" in text(asked, "signInSaid"))
    assert not is_shown("recoverDialog")
    close_dialog("signInDialog")


def test_host_and_account_stand_in_the_start_of_the_session_alone(as_eva: Desk) -> None:
    as_eva.press("check_design")
    store = as_eva.workbench.studio.store()
    told = [store.ledger.read(seq).members or {} for seq in range(1, store.ledger.last_seq() + 1)]
    for event in told:
        has_host = "host" in (event["row"] or {})
        assert has_host == (event["event"] == "session.started")
    mine = [event for event in told if event["event"] == "feasibility.checked"]
    assert (mine[-1]["operator_id"], mine[-1]["auth"]) == ("eva", "none")
