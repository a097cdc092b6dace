"""A shop of four: Rosa, a lead, and Ben, an operator, have a PIN; Ida and Eva have none."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget

from luthier_desktop.services.studio import open_studio
from tests.ui.desk import Desk, dialog, make_active, press, wait_until

ROSA_PIN, BEN_PIN, NEW_PIN, WRONG = "482913", "7193", "550128", "918273"


@cache
def _template(folder: Path) -> str:
    """Make the shop once; return the recovery code of Rosa."""
    with open_studio(folder / "data") as studio:
        code = studio.operators.add("rosa", "Rosa", "lead", ROSA_PIN).recovery_code
        studio.operators.add("ben", "Ben", "operator", BEN_PIN)
        studio.operators.add("ida", "Ida", "viewer")
        studio.operators.add("eva", "Eva", "lead")
    return str(code)


def make_shop(template: Path, folder: Path) -> str:
    """Put the shop into *folder*; return the recovery code of Rosa."""
    code = _template(template)
    shutil.copytree(template / "data", folder / "data")
    return code


def is_shown(name: str) -> bool:
    """Say whether a window with this objectName is visible."""
    return any(
        one.objectName() == name and one.isVisible() for one in QApplication.topLevelWidgets()
    )


def text(owner: QWidget, name: str) -> str:
    """Return what the label with this objectName says in *owner*."""
    found = owner.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def line(owner: QWidget, name: str) -> QLineEdit:
    """Return the field with this objectName in *owner*."""
    found = owner.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def focused(name: str) -> QWidget:
    """Wait until the widget with this objectName has the focus."""

    def is_so() -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.objectName() == name

    wait_until(is_so)
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def choose(asked: QWidget, name: str) -> None:
    """Choose an operator in the sign-in dialog by the keys of its list."""
    view = asked.findChild(QListView, "signInList")
    assert view is not None
    asked.activateWindow()
    view.setFocus()
    focused("signInList")
    press("Home")
    while not str(view.currentIndex().data()).startswith(name):
        before = view.currentIndex()
        press("Down")
        assert view.currentIndex() != before, f"{name} is not in the list"


def sign_in(desk: Desk, name: str, pin: str = "") -> None:
    """Sign in by the keyboard, into the dialog that is open."""
    asked = dialog("signInDialog")
    choose(asked, name)
    press("Enter")
    if pin:
        QTest.keyClicks(focused("signInPin"), pin)
        press("Enter")
    desk.settle()


def typed(asked: QWidget, texts: dict[str, str]) -> None:
    """Type into the fields of a form."""
    make_active(asked)
    for name, given in texts.items():
        field = line(asked, f"form_{name}")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, given)
