"""The pages of a run in the real window: what each tells, of sound runs and of all others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QPushButton

from luthier_desktop.domain.compare import ABSENT, Change
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run_proof import ProofLine
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services import run_proofs
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.ui.run_log.record_nodes import NO_RECORD
from luthier_desktop.ui.run_log.run_again import ChangeModel
from luthier_desktop.ui.run_log.run_facts import only
from luthier_desktop.ui.run_log.run_hashes import HashModel
from luthier_desktop.ui.run_log.run_reading import Reading, read
from tests.services.builders import RED_MM, accepted, cut, deep, design
from tests.services.test_reproduction import OTHER_ID, checked, stored_otherwise
from tests.services.test_runs import change_one_byte
from tests.ui.desk import Desk, label, make_active, wait_until
from tests.ui.hostile_texts import IMAGE, hostile_design

WHY, SUMMARY, DESIGN, RECORD, HASHES, AGAIN = range(6)


class Bench(NamedTuple):
    """One window over a store with a run of each sort, by name."""

    desk: Desk
    runs: dict[str, str]

    def show(self, name: str) -> None:
        """Open the details of a run."""
        self.desk.log.show_run(self.runs[name])
        wait_until(lambda: self.desk.log.details.run_id == self.runs[name])
        self.desk.settle()


def old_rules(plain: dict[str, Any]) -> None:
    plain["feasibility"]["rules_version"] = "rules-0"
    plain["request"]["versions"]["rules_version"] = "rules-0"
    plain["request_summary"]["design_name"] = IMAGE


def fill(studio: Studio) -> dict[str, str]:
    """Record a run of each sort; the newest comes last."""
    runs = {"red": checked(studio, design(**deep(RED_MM)))}
    studio.trust.witness(runs["red"])
    runs["damaged"] = checked(studio)
    runs["hidden"], runs["purged"] = checked(studio), checked(studio)
    studio.hiding.hide(runs["hidden"], "a trial")
    studio.hiding.purge(runs["purged"], "somebody's secret")
    saved = studio.snapshots.save(design(), SnapshotDetails(name="Kept"))
    runs["saved"] = saved.run_id
    runs["deleted"] = studio.snapshots.delete(saved.snapshot_id, "the wrong one").run_id
    runs["older rules"] = stored_otherwise(studio, runs["red"], old_rules)
    checked(studio, cut())
    runs["decision"] = accepted(studio).ruling.run_id
    change_one_byte(studio.runs.place_of(runs["damaged"]))
    return runs


@pytest.fixture(scope="module")
def bench(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("details")
    with open_studio(folder / "data") as studio:
        runs = fill(studio)
    desk = Desk(folder)
    desk.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield Bench(desk, runs)
    desk.close()


@pytest.fixture
def desk(bench: Bench) -> Desk:  # the one of the whole file
    bench.desk.log.details.tabs.setCurrentIndex(WHY)
    make_active(bench.desk.window)
    bench.desk.press("focus_run_log")
    return bench.desk


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with open_studio(tmp_path / "data") as opened:
        yield opened


def told(desk: Desk) -> str:
    """Go to the summary and return what a screen reader says of it."""
    desk.log.details.tabs.setCurrentIndex(SUMMARY)
    return desk.find("runSummary").accessibleDescription()


def list_of(desk: Desk, name: str) -> QAbstractItemView:
    found = desk.find(name)
    assert isinstance(found, QAbstractItemView)
    return found


def spoken(desk: Desk, name: str) -> list[str]:
    model = list_of(desk, name).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def said(desk: Desk, name: str) -> str:
    return label(desk, name).replace("\u2068", "").replace("\u2069", "")


def test_the_summary_tells_who_when_where_and_of_what(bench: Bench, desk: Desk) -> None:
    bench.show("red")
    text = told(desk)
    for part in (
        "Verdict: ✗ Red", "Status: Blocked", "Operator: Owner, lead, not asked for a PIN",
        "From: the command line", f"Run: {bench.runs['red']}", "Design: Three rings",
        "Time UTC: 20", "Materials: holly, indian rosewood, sitka spruce",
    ):  # fmt: skip
        assert part in text, part


def test_stored_fixes_are_shown_and_cannot_be_applied(bench: Bench, desk: Desk) -> None:
    bench.show("red")
    checks = list_of(desk, "runChecks")
    model, role = checks.model(), Qt.ItemDataRole.AccessibleTextRole
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    fix = next(row for row in rows if str(row.data(role)).startswith("Fix: "))
    assert fix.data(role) == "Fix: Channel depth 2 → 1.4\xa0mm"
    before = desk.workbench.editor.design()
    checks.setCurrentIndex(fix)
    QTest.keyClick(desk.focus("runChecks"), Qt.Key.Key_Return)
    desk.settle()
    assert desk.workbench.editor.design() == before


def test_a_decision_says_what_was_decided_by_whom_and_whether_it_counts(
    bench: Bench, desk: Desk
) -> None:
    bench.show("decision")
    assert said(desk, "runVerdict") == "▲ Yellow accepted · Top left under the channel (C1)"
    note = label(desk, "runWhyNote")
    assert "Reason: the top is old, dry and stiff. By Owner, lead" in note
    assert note.endswith("It is in force.")
    assert desk.find("runChecks").isVisible()
    assert "Unknown" not in told(desk)
    desk.log.details.tabs.setCurrentIndex(AGAIN)
    assert not desk.find("reproduceButton").isEnabled()
    desk.press("reproduce_run")
    assert "nothing to reproduce" in label(desk, "reproductionResult")


def test_a_decision_of_a_design_that_was_changed_since_has_ended(studio: Studio) -> None:
    checked(studio, cut())
    decided = accepted(studio).ruling.run_id
    checked(studio, cut(1.65))
    kept = studio.decisions.of_run(decided)
    assert kept is not None
    assert kept.document["in_force"] is False
    assert studio.decisions.of_run("run_20260122_0000000000000000") is None


def test_a_link_goes_to_the_run_that_it_names(bench: Bench, desk: Desk) -> None:
    bench.show("deleted")
    assert label(desk, "runVerdict") == "• Snapshot deleted"
    assert bench.runs["saved"] in told(desk)
    link = desk.find("runSummary").findChild(QPushButton)
    assert link is not None
    link.click()
    wait_until(lambda: desk.log.details.run_id == bench.runs["saved"])


def test_the_recorded_design_is_drawn_when_its_page_is_in_sight(bench: Bench, desk: Desk) -> None:
    bench.show("red")
    drawing = desk.log.details.drawing
    desk.log.details.tabs.setCurrentIndex(DESIGN)
    wait_until(lambda: drawing.image() is not None)
    image = drawing.image()
    assert image is not None
    assert image.size() == desk.find("runDrawing").size() * image.devicePixelRatio()
    colours = {image.pixel(x, image.height() // 2) for x in range(0, image.width(), 3)}
    assert len(colours) > 5
    assert "Three rings · 3 rings · 90.00 mm to 104.00 mm across" in said(desk, "runDesignNote")
    assert "104.00 mm" in desk.find("runDrawing").accessibleName()


def test_v_verifies_the_run_and_says_what_agrees(bench: Bench, desk: Desk) -> None:
    bench.show("saved")
    desk.log.details.tabs.setCurrentIndex(HASHES)
    assert label(desk, "runProof").startswith("Not compared yet")
    assert [line.split(":")[0] for line in spoken(desk, "runHashList")] == [
        "Request",
        "Design",
        "Report",
        "Rules",
    ]
    QTest.keyClicks(desk.focus("runLogTable"), "v")
    desk.settle()
    assert label(desk, "runProof").startswith("✓ As it was recorded")
    lines = spoken(desk, "runHashList")
    assert lines[0].startswith("Run file: Same. All ")
    assert lines[-1].startswith("Checkpoint: None. No checkpoint covers it yet")
    row = next(row for row, line in enumerate(lines) if line.startswith("Report"))
    listed = list_of(desk, "runHashList")
    listed.setCurrentIndex(listed.model().index(row, 0))
    QTest.keyClick(desk.focus("runHashList"), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    stored = desk.workbench.studio.runs.get(bench.runs["saved"]).artifact
    assert QGuiApplication.clipboard().text() == stored.hashes.feasibility_sha256


def test_a_long_log_is_read_by_a_process_of_its_own(
    bench: Bench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_proofs, "NEAR_EVENTS", 0)
    bench.show("red")
    desk.press("verify_run")
    wait_until(lambda: label(desk, "runProof").startswith("✓ As it was recorded"))
    assert spoken(desk, "runHashList")[-1].startswith("Checkpoint: Same.")


def test_r_judges_the_run_again_and_names_rules_that_are_gone(bench: Bench, desk: Desk) -> None:
    bench.show("older rules")
    QTest.keyClicks(desk.focus("runLogTable"), "r")
    desk.settle()
    assert label(desk, "reproductionResult").startswith("✗ Not the same")
    causes = desk.find("reproductionCauses")
    assert isinstance(causes, QPlainTextEdit)
    assert "Rules: It was judged by the rules rules-0" in causes.toPlainText()
    assert any("rules_version" in line for line in spoken(desk, "reproductionChanges"))
    bench.show("red")
    assert label(desk, "reproductionResult").startswith("Not reproduced yet")
    bench.show("older rules")
    assert label(desk, "reproductionResult").startswith("✗ Not the same")


def test_damage_is_told_on_every_page_with_what_to_do(bench: Bench, desk: Desk) -> None:
    bench.show("damaged")
    for page in range(desk.log.details.tabs.count()):
        desk.log.details.tabs.setCurrentIndex(page)
        assert desk.find("runState").isVisible()
        assert "restore the file from a backup" in label(desk, "runState")
    assert "the record is not as it was saved" in label(desk, "runDesignNote")
    assert "What to do" in told(desk)
    assert not desk.find("reproduceButton").isEnabled()
    desk.press("verify_run")
    assert label(desk, "runProof").startswith("✗ Not as it was recorded: run file")
    assert "Restore this file from a backup" in spoken(desk, "runHashList")[0]


def test_hidden_and_purged_runs_are_told_as_such(bench: Bench, desk: Desk) -> None:
    desk.press("show_hidden")
    bench.show("purged")
    assert "somebody's secret" in label(desk, "runState")
    assert label(desk, "runVerdict") == "○ Purged"
    desk.press("verify_run")
    assert spoken(desk, "runHashList")[0].startswith("Run file: None.")
    bench.show("hidden")
    assert "a trial" in label(desk, "runState")
    assert "Hidden: " in told(desk)
    desk.press("show_hidden")


def test_a_legacy_run_is_not_taken_for_one_of_ours(studio: Studio) -> None:
    def alter(plain: dict[str, Any]) -> None:
        plain["event_type"], plain["feasibility"] = "legacy.imported", None

    stored_otherwise(studio, checked(studio), alter)
    found = read(studio.runs, OTHER_ID)
    assert "nothing in it was proven" in found.state
    assert found.head.startswith("✗ Red · ")
    assert found.head.endswith(" · Legacy imported")


def test_a_run_is_prepared_in_full_before_the_window_gets_it(studio: Studio) -> None:
    hostile = RosetteParamSpec.read(hostile_design(IMAGE), "The design")
    found = read(studio.runs, checked(studio, hostile))
    assert found.design is not None
    assert found.record is not NO_RECORD
    assert found.why.rows.rows
    assert all("\n" not in fact.text for fact in found.facts)


def test_pages_are_turned_by_keys_with_the_focus_and_named_for_a_screen_reader(
    bench: Bench, desk: Desk
) -> None:
    bench.show("red")
    tabs = desk.log.details.tabs
    seen = []
    for _ in range(tabs.count()):
        desk.press("next_details_page")
        focused = desk.window.focusWidget()
        assert focused is not None
        assert tabs.currentWidget().isAncestorOf(focused)
        seen.append(focused.accessibleName() or focused.property("text"))
    assert tabs.currentIndex() == WHY
    assert len(set(seen)) == tabs.count()
    assert all(seen)


def test_the_lists_of_hashes_and_changes_are_sound_models(qapp: object) -> None:
    hashes, changes = HashModel(qapp), ChangeModel(qapp)  # type: ignore[arg-type]  # a QObject
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (hashes, changes)]
    lines = [ProofLine("Run file", "differs", "a" * 64, "b" * 64, IMAGE, "Do this.")]
    hashes.show(lines)
    changes.show([Change("a.b", 1, None), Change(IMAGE * 50, ABSENT, {"x": 1})])
    assert hashes.rowCount() == 1
    assert changes.index(1, 1).data() == "nothing"
    assert len(str(changes.index(1, 0).data())) < 1200
    assert "<img" not in str(changes.index(1, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in str(hashes.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    hashes.show(())
    changes.show(())
    del testers


def test_a_long_path_can_be_copied_whole_from_the_summary(bench: Bench, desk: Desk) -> None:
    bench.show("red")
    facts = only("Damaged", ("File", "/" + "x" * 90))
    desk.log.details.tabs.setCurrentIndex(SUMMARY)
    desk.log.details.show_reading(Reading("run_x", "Head", facts=facts))
    field = desk.find("runSummary").findChild(QLineEdit)
    assert field is not None
    assert field.text() == "/" + "x" * 90
    assert desk.find("runSummary").minimumSizeHint().width() < 400


def test_the_pane_grows_while_the_details_are_open_and_gives_the_height_back(
    bench: Bench, desk: Desk
) -> None:
    desk.log.details.hide()
    desk.settle()
    dock = desk.window.dock("log")
    before = dock.height()
    bench.show("red")
    wait_until(lambda: dock.height() > before)
    desk.focus("runLogTable")
    desk.press("close_innermost")
    wait_until(lambda: dock.height() == before)
