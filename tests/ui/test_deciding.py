"""From a yellow or red check to a recorded decision that holds until an input changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.workshop import Channel, TopPlate
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.desk import Desk, dialog, wait_until
from tests.ui.feasibility_panel.rows import find, shown

YELLOW_MM, RED_MM, THROUGH_MM = 1.7, 2.0, 2.8
"""Channels in a 2.8 mm top of which the starter takes 0.1 off the back: 1.0, 0.7, -0.1."""
ACCEPT, OVERRIDE = "Accept this yellow…", "Override this red…"
WHY = "the top is old, dry and stiff"


def put(desk: Desk, depth_mm: float) -> RosetteParamSpec:
    """Put a design with this channel on the bench; only its channel is not green."""
    editor = desk.workbench.editor
    design = editor.design()
    channel = (design.channel or Channel()).model_copy(update={"depth_mm": depth_mm})
    top = (design.top or TopPlate()).model_copy(update={"thickness_mm": 2.8})
    editor.set_design(design.model_copy(update={"channel": channel, "top": top}), "cut")
    return editor.design()


def checks(desk: Desk) -> CheckView:
    view = desk.find("checksView")
    assert isinstance(view, CheckView)
    return view


def said(desk: Desk, name: str = "feasibilitySaid") -> str:
    label = desk.find(name)
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def offered(desk: Desk, text: str) -> None:
    wait_until(lambda: find(checks(desk), text).isValid())


def asking(desk: Desk) -> QWidget:
    desk.press("accept_check")
    return dialog("decisionDialog")


def is_asking() -> bool:
    return any(
        widget.objectName() == "decisionDialog" and widget.isVisible()
        for widget in QApplication.topLevelWidgets()
    )


def type_reason(asked: QWidget, text: str) -> None:
    field = asked.findChild(QPlainTextEdit, "decisionReason")
    assert field is not None
    field.setPlainText(text)


def button(asked: QWidget) -> QPushButton:
    found = asked.findChild(QPushButton, "decisionDecide")
    assert found is not None
    return found


def told(asked: QWidget, name: str) -> str:
    label = asked.findChild(QLabel, name)
    assert label is not None
    return label.text()


def decide(desk: Desk, reason: str = WHY) -> None:
    asked = asking(desk)
    type_reason(asked, reason)
    button(asked).click()
    desk.settle()
    wait_until(lambda: not is_asking())


def head(desk: Desk) -> str:
    return shown(checks(desk))[0]


@pytest.fixture
def yellow(desk: Desk) -> Desk:
    """A window with a yellow design that was checked and recorded."""
    put(desk, YELLOW_MM)
    desk.press("check_design")
    return desk


def test_the_dialog_shows_the_check_its_sentence_and_the_design(yellow: Desk) -> None:
    asked = asking(yellow)
    assert told(asked, "decisionCheck") == "▲  Yellow: Top left under the channel"
    assert told(asked, "decisionValue") == "1\u00a0mm, green: at least 1.2\u00a0mm"
    assert told(asked, "decisionMessage").startswith("1 mm of top")
    assert str(yellow.workbench.editor.design().name) in told(asked, "decisionDesign")
    asked.close()


def test_a_reason_is_asked_for_as_it_is_typed(yellow: Desk) -> None:
    asked = asking(yellow)
    assert not button(asked).isEnabled()
    assert "1 to 1000 characters" in told(asked, "decisionSaid")
    type_reason(asked, " \n ")
    assert not button(asked).isEnabled()
    type_reason(asked, "dry")
    assert button(asked).isEnabled()
    assert told(asked, "decisionSaid") == "3 of 1000 characters."
    type_reason(asked, "x" * 1001)
    assert not button(asked).isEnabled()
    asked.close()


def test_an_accepted_yellow_is_recorded_shown_and_may_be_cut(yellow: Desk) -> None:
    assert said(yellow, "gateState") == (
        "May be cut: no, because “Top left under the channel” is yellow and not accepted"
    )
    decide(yellow)
    newest = yellow.workbench.studio.runs.find(RunQuery()).entries[0]
    assert newest.event_type == "decision.accepted"
    assert said(yellow) == f"Accepted by Owner, recorded as {newest.run_id}, number {newest.seq}"
    assert head(yellow).endswith(f", Accepted: {WHY}")
    assert said(yellow, "gateState") == "May be cut: yes, 1 check by decision"
    model = yellow.log.table.model()
    wait_until(lambda: bool(model.index(0, 1).data() == "Yellow accepted"))


def test_the_keyboard_alone_accepts_a_yellow_from_its_row(yellow: Desk) -> None:
    view = checks(yellow)
    yellow.focus("checksView")
    view.setCurrentIndex(find(view, ACCEPT))
    QTest.keyClick(view, Qt.Key.Key_Return)
    asked = dialog("decisionDialog")
    field = asked.findChild(QPlainTextEdit, "decisionReason")
    assert field is not None
    wait_until(field.hasFocus)
    QTest.keyClicks(field, WHY)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yellow.settle()
    wait_until(lambda: not is_asking())
    assert head(yellow).endswith(f", Accepted: {WHY}")


def test_a_decision_ends_with_any_change_of_an_input_and_returns_with_it(yellow: Desk) -> None:
    decide(yellow)
    editor = yellow.workbench.editor
    put(yellow, YELLOW_MM - 0.05)
    assert "Accepted" not in head(yellow)
    assert said(yellow, "gateState") == ""
    assert said(yellow) == ""
    offered(yellow, ACCEPT)
    yellow.press("check_design")
    assert said(yellow, "gateState").startswith("May be cut: no")
    editor.undo_stack.undo()
    assert "Accepted" not in head(yellow)
    wait_until(lambda: "Accepted" in head(yellow))
    assert said(yellow, "gateState") == ""


def test_an_answer_of_the_gate_for_an_earlier_design_is_dropped(yellow: Desk) -> None:
    decide(yellow)
    deciding = yellow.workbench.deciding
    deciding._look()  # the answer is on its way …
    put(yellow, YELLOW_MM - 0.05)  # … for a design that is gone
    yellow.settle()
    assert "Accepted" not in head(yellow)


def test_a_new_name_leaves_a_decision_in_force(yellow: Desk) -> None:
    decide(yellow)
    editor = yellow.workbench.editor
    editor.set_design(editor.design().model_copy(update={"name": "Another"}), "rename")
    wait_until(lambda: "Accepted" in head(yellow))


def test_a_command_beside_the_window_knows_of_the_decision(yellow: Desk, tmp_path: Path) -> None:
    decide(yellow)
    with open_studio(tmp_path / "data") as studio:
        assert studio.decisions.gate(yellow.workbench.editor.design()).open


def test_a_red_is_overridden_with_fifteen_characters(desk: Desk) -> None:
    put(desk, RED_MM)
    offered(desk, OVERRIDE)
    asked = asking(desk)
    assert asked.windowTitle() == "Override this red"
    type_reason(asked, "fourteen chars")
    assert not button(asked).isEnabled()
    asked.close()
    decide(desk)
    assert said(desk).startswith("Overridden by Owner, recorded as run_")
    assert head(desk).endswith(f", Overridden: {WHY}")
    desk.press("check_design")
    assert said(desk, "gateState").startswith("May be cut: yes")


def test_a_channel_through_the_top_is_refused_in_a_sentence_at_the_panel(desk: Desk) -> None:
    put(desk, THROUGH_MM)
    offered(desk, "This red can never be overridden.")
    desk.press("accept_check")
    assert said(desk).startswith("“Top left under the channel” can never be overridden: ")
    assert said(desk).count("“") == 1


def test_a_green_design_has_nothing_to_decide_and_says_so(desk: Desk) -> None:
    desk.press("accept_check")
    assert said(desk) == "There is nothing to decide: no check is red or yellow."
    view = checks(desk)
    lane = find(view, "Channel")
    view.setExpanded(lane, True)
    view.setCurrentIndex(find(view, "Top left under the channel"))
    desk.press("accept_check")
    assert said(desk) == (
        "“Top left under the channel” is green: there is nothing to decide."
    )


def test_what_is_decided_on_is_not_asked_for_again(yellow: Desk) -> None:
    decide(yellow)
    yellow.press("accept_check")
    assert said(yellow).startswith("There is nothing left to decide")


def test_a_reason_that_was_not_recorded_stays_in_the_dialog(
    yellow: Desk, tmp_path: Path
) -> None:
    asked = asking(yellow)
    type_reason(asked, WHY)
    runs = tmp_path / "data" / "runs" / "rmos"
    folder = next(path for path in runs.iterdir() if path.is_dir())
    aside = folder.rename(tmp_path / "aside")
    folder.write_bytes(b"a file where the folder of the day was")
    button(asked).click()
    yellow.settle()
    folder.unlink()
    aside.rename(folder)
    assert is_asking()
    assert told(asked, "decisionSaid").startswith("✗")
    assert button(asked).isEnabled()
    button(asked).click()
    yellow.settle()
    wait_until(lambda: not is_asking())
    assert said(yellow).startswith("Accepted by Owner")


def test_a_setup_that_was_changed_elsewhere_is_judged_anew(yellow: Desk, tmp_path: Path) -> None:
    decide(yellow)
    with open_studio(tmp_path / "data") as studio:
        thin = {"schema": "luthier.setup/1", "name": "Thin", "top": {"back_removal_mm": 0.3}}
        kept = studio.setups.import_file(json.dumps(thin).encode())
        studio.setups.use(kept.setup_id)
    workbench = yellow.workbench
    workbench.deciding._look()
    yellow.settle()
    wait_until(lambda: find(checks(yellow), ACCEPT).isValid())
    assert "Accepted" not in head(yellow)
    assert said(yellow, "gateState") == ""
