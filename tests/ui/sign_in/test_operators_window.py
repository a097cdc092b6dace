"""The operators in their window, with real keys: added, changed, disabled, and who may not."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester

from luthier_desktop.domain.operators import OperatorProfile
from luthier_desktop.ui.sign_in.choice_model import ChoiceModel
from luthier_desktop.ui.sign_in.forms import suggested_id
from luthier_desktop.ui.sign_in.operator_model import OperatorModel
from luthier_desktop.ui.sign_in.operators_window import OperatorsWindow
from tests.ui.desk import Desk, close_dialog, dialog, make_active, press, wait_until
from tests.ui.sign_in.conftest import signed_in
from tests.ui.sign_in.shop import BEN_PIN, NEW_PIN, ROSA_PIN, WRONG, is_shown, line, text, typed

ROSA = OperatorProfile(
    operator_id="rosa", name="Rosa", role="lead", has_pin=True, added_at_utc="2026-01-22"
)
BEN = ROSA.model_copy(update={"operator_id": "ben", "name": "Ben", "disabled": True})


def opened(desk: Desk) -> OperatorsWindow:
    desk.press("manage_operators")
    found = dialog("operatorsWindow")
    assert isinstance(found, OperatorsWindow)
    make_active(found)
    return found


def push(desk: Desk, owner: QWidget, name: str) -> None:
    found = owner.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled(), name
    found.click()
    desk.settle()


def send(desk: Desk) -> None:
    press("Enter")
    desk.settle()


def rows(staff: OperatorsWindow) -> list[tuple[str, ...]]:
    model = staff.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(1, 5))
        for row in range(model.rowCount())
    ]


def write_code_down(desk: Desk) -> str:
    shown = dialog("codeDialog")
    code = line(shown, "recoveryCode").text()
    box = shown.findChild(QCheckBox, "codeWritten")
    assert box is not None
    box.click()
    shown.close()
    wait_until(lambda: not is_shown("codeDialog"))
    return code


def test_the_first_one_is_the_lead_and_is_told_what_a_pin_is(desk: Desk) -> None:
    staff = opened(desk)
    assert "You work alone" in text(staff, "operatorsAlone")
    assert "It is no barrier" in text(staff, "operatorsHonest")
    push(desk, staff, "addOperator")
    form = dialog("addOperatorDialog")
    role = form.findChild(QComboBox, "form_role")
    assert role is not None
    assert (role.currentText(), role.isEnabled()) == ("lead", False)
    typed(form, {"name": "Rosa Maria"})
    assert line(form, "form_operator_id").text() == "rosa-maria"
    typed(form, {"pin": "4829", "pin_again": "4829"})
    send(desk)
    assert "A PIN of a lead has at least 6" in text(form, "form_pin_fault")
    assert line(form, "form_pin").hasFocus()
    assert line(form, "form_pin").text() == ""
    typed(form, {"pin": ROSA_PIN, "pin_again": WRONG})
    send(desk)
    assert "The two PINs differ" in text(form, "form_pin_fault")
    typed(form, {"pin": ROSA_PIN, "pin_again": ROSA_PIN})
    send(desk)
    assert len(write_code_down(desk).replace("-", "")) == 16
    assert rows(staff) == [("rosa-maria", "lead", "yes", "active")]
    assert desk.find("operatorButton").accessibleName().startswith("Signed in: \u2068Rosa Mar")
    close_dialog("operatorsWindow")


def test_a_lead_adds_changes_disables_and_enables(shop: Desk) -> None:
    desk = signed_in(shop, "eva")
    staff = opened(desk)
    push(desk, staff, "addOperator")
    form = dialog("addOperatorDialog")
    typed(form, {"name": "Ben", "pin": BEN_PIN, "pin_again": BEN_PIN})
    send(desk)
    assert "The id ben is taken" in text(form, "formSaid")
    typed(form, {"operator_id": "Ben!", "pin": BEN_PIN, "pin_again": BEN_PIN})
    send(desk)
    assert "is no id of an operator" in text(form, "form_operator_id_fault")
    typed(form, {"operator_id": "ben2", "pin": BEN_PIN, "pin_again": BEN_PIN})
    send(desk)
    assert not is_shown("addOperatorDialog")
    assert rows(staff)[4] == ("ben2", "operator", "yes", "active")
    staff.go_to("ben")
    push(desk, staff, "changeRole")
    combo = dialog("roleDialog").findChild(QComboBox, "form_role")
    assert combo is not None
    make_active(dialog("roleDialog"))
    combo.setFocus()
    press("Up")
    send(desk)
    assert rows(staff)[1] == ("ben", "viewer", "yes", "active")
    push(desk, staff, "switchOperator")
    reason = dialog("disableDialog").findChild(QPlainTextEdit, "reasonText")
    assert reason is not None
    make_active(dialog("disableDialog"))
    QTest.keyClicks(reason, "left the shop")
    press("Ctrl+Return")
    desk.settle()
    assert rows(staff)[1] == ("ben", "viewer", "yes", "disabled")
    push(desk, staff, "switchOperator")
    assert rows(staff)[1] == ("ben", "viewer", "yes", "active")
    close_dialog("operatorsWindow")


def test_the_last_lead_stays_and_a_pin_is_changed_with_the_old_one(desk: Desk) -> None:
    desk.workbench.studio.operators.add("rosa", "<b>Rosa</b> & sons", "lead", ROSA_PIN)
    desk.workbench.signing.look()
    desk.settle()
    button = desk.find("operatorButton")
    assert isinstance(button, QToolButton)
    assert "<b>Rosa</b> && sons" in button.text()
    staff = opened(desk)
    push(desk, staff, "switchOperator")
    asked = dialog("disableDialog")
    make_active(asked)
    reason = asked.findChild(QPlainTextEdit, "reasonText")
    assert reason is not None
    QTest.keyClicks(reason, "no need for me")
    press("Ctrl+Return")
    desk.settle()
    assert "last lead" in text(asked, "reasonSaid")
    close_dialog("disableDialog")
    push(desk, staff, "setPin")
    form = dialog("pinDialog")
    typed(form, {"own_pin": WRONG, "pin": NEW_PIN, "pin_again": NEW_PIN})
    send(desk)
    assert "sons is wrong" in text(form, "formSaid")
    typed(form, {"own_pin": ROSA_PIN, "pin": NEW_PIN, "pin_again": NEW_PIN})
    send(desk)
    write_code_down(desk)
    close_dialog("operatorsWindow")
    assert desk.workbench.studio.operators.sign_in("rosa", NEW_PIN).auth == "pin"


def test_who_is_no_lead_sees_why_nothing_can_be_changed(counter: Desk) -> None:
    staff = opened(signed_in(counter, "ida"))
    assert text(staff, "operatorsRefusal") == (
        "Only a lead may manage operators; Ida is signed in as viewer."
    )
    for name in ("addOperator", "changeRole", "setPin", "switchOperator"):
        found = staff.findChild(QPushButton, name)
        assert found is not None
        assert not found.isEnabled()
    assert len(rows(staff)) == 4
    close_dialog("operatorsWindow")


def test_ids_are_made_from_names() -> None:
    assert suggested_id("Rosa María") == "rosa-maria"
    assert suggested_id("3rd Ben") == "rd-ben"
    assert suggested_id("李") == ""
    assert len(suggested_id("x" * 90)) == 32


def test_both_models_obey_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    owner = QObject()
    table, choices = OperatorModel(owner), ChoiceModel([], owner)
    qtmodeltester.check(table)
    for people in ([], [ROSA], [ROSA, BEN], [ROSA], [BEN, ROSA]):
        table.show_people(people)
        choices.show_people(people)
    qtmodeltester.check(table)
    qtmodeltester.check(choices)
    assert (table.rowCount(), choices.rowCount()) == (2, 1)
