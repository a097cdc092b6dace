"""A red is overridden by a lead, who types the PIN once more; the record says who it was."""

from __future__ import annotations

import json

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.ui.workbench.decision_dialog import DecisionDialog
from tests.ui.desk import Desk, dialog, label, make_active, press, wait_until
from tests.ui.sign_in.conftest import signed_in
from tests.ui.sign_in.shop import BEN_PIN, ROSA_PIN, WRONG, is_shown, line, sign_in, text
from tests.ui.test_deciding import RED_MM, WHY, head, offered, put, said

OVERRIDE = "Override this red…"


def asked_for(desk: Desk) -> QWidget:
    found = dialog("decisionDialog")
    assert isinstance(found, DecisionDialog)
    make_active(found)
    return found


def answer(desk: Desk, asked: QWidget, reason: str, pin: str) -> None:
    field = asked.findChild(QPlainTextEdit, "decisionReason")
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, reason)
    press("Tab")
    assert line(asked, "decisionPin").hasFocus()
    QTest.keyClicks(line(asked, "decisionPin"), pin)
    press("Ctrl+Return")
    desk.settle()


def test_a_lead_who_signs_in_for_it_types_the_pin_again(counter: Desk) -> None:
    desk = counter
    put(desk, RED_MM)
    offered(desk, OVERRIDE)
    desk.press("accept_check")
    sign_in(desk, "Rosa", ROSA_PIN)
    asked = asked_for(desk)
    assert not line(asked, "decisionPin").isHidden()
    answer(desk, asked, WHY, WRONG)
    assert "The PIN of Rosa is wrong" in text(asked, "decisionSaid")
    assert line(asked, "decisionPin").text() == ""
    assert line(asked, "decisionPin").hasFocus()
    answer(desk, asked, "", ROSA_PIN)
    assert not is_shown("decisionDialog")
    desk.press("check_design")  # whatever was judged anew meanwhile, this shows what holds
    wait_until(lambda: head(desk).endswith(f", Overridden: {WHY}"))
    studio = desk.workbench.studio
    decided = RunQuery(event=("decision.overridden",))
    newest = studio.runs.get(studio.runs.find(decided).entries[0].run_id).artifact
    assert (newest.operator.operator_id, newest.operator.auth) == ("rosa", "pin")
    assert newest.decision.warnings == ()
    assert ROSA_PIN not in json.dumps(newest.plain())


def test_an_operator_is_told_that_a_lead_may(counter: Desk) -> None:
    put(counter, RED_MM + 0.05)
    signed_in(counter, "ben", BEN_PIN)
    counter.press("accept_check")
    assert not is_shown("decisionDialog")
    assert said(counter) == "Ben (operator) may not override a red check; a lead may."


def test_a_lead_without_a_pin_gives_the_reason_alone_and_the_record_says_so(as_eva: Desk) -> None:
    desk = as_eva
    put(desk, RED_MM - 0.05)
    desk.press("accept_check")
    asked = asked_for(desk)
    assert line(asked, "decisionPin").isHidden()
    field = asked.findChild(QPlainTextEdit, "decisionReason")
    assert field is not None
    QTest.keyClicks(field, WHY)
    press("Ctrl+Return")
    desk.settle()
    studio = desk.workbench.studio
    newest = studio.runs.get(studio.runs.find(RunQuery()).entries[0].run_id).artifact
    assert newest.decision.warnings == ("No PIN was asked for: none is set up.",)


def test_a_snapshot_shows_what_was_decided_on_it_by_whom_and_why(as_eva: Desk) -> None:
    desk = as_eva
    design = put(desk, RED_MM + 0.1)
    studio = desk.workbench.studio
    saved = studio.snapshots.save(design, SnapshotDetails(name="Bold"))
    desk.press("focus_snapshots")
    desk.settle()
    shown = desk.find("snapshotDecided")
    assert not shown.isVisible()
    studio.decisions.override(design, "C1", None, WHY)
    desk.workbench._decided(saved.run_id)
    desk.settle()
    assert label(desk, "snapshotDecided") == (
        f"Overridden by Eva: “Top left under the channel”. Reason: \u2068{WHY}\u2069"
    )
    assert shown.isVisible()
    put(desk, RED_MM)
