"""A real window is shown a stranger's names everywhere, and obeys none of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from luthier_desktop.domain import display
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.messages import sentence, shown
from tests.ui.desk import Desk, close_dialog
from tests.ui.hostile_texts import (
    BIDI,
    IMAGE,
    MARKED,
    OURS,
    TABLES,
    faults,
    hostile_design,
    naughty,
)

NAMES = [*OURS, *naughty()]


@pytest.fixture(scope="module")
def hostile(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A window over a store whose runs, snapshots and setup bear hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    with open_studio(folder / "data") as studio:
        for name in OURS:
            design = RosetteParamSpec.read(hostile_design(name), "The design")
            studio.feasibility.check(design)
        details = SnapshotDetails(name=IMAGE, notes=TABLES, description=BIDI, tags=(MARKED,))
        studio.snapshots.save(RosetteParamSpec.read(hostile_design(BIDI), "x"), details)
        plain = studio.setups.get().setup
        assert plain is not None
        bad = plain.model_copy(update={"setup_id": None, "name": BIDI + IMAGE})
        done = studio.setups.import_file(json.dumps(bad.plain()).encode())
        studio.setups.use(done.setup_id)
    file = folder / "x.json"
    file.write_text(json.dumps(hostile_design(IMAGE)), "utf-8")
    desk = Desk(folder, str(file))
    yield desk
    desk.close()


def show(desk: Desk, folder: Path, name: str) -> None:
    file = folder / "hostile.json"
    file.write_text(json.dumps(hostile_design(name)), "utf-8")
    desk.workbench.files.open_file(str(file))
    desk.settle()


def test_nothing_in_the_window_reads_markup_in_a_strangers_name(
    hostile: Desk, tmp_path: Path
) -> None:
    for name in NAMES:
        show(hostile, tmp_path, name)
        assert faults() == [], ascii(name[:60])
        said = hostile.window.windowTitle().replace("[*][*]", "[*]")
        assert display.shown(name or "", 80)[:40] in said


def test_the_log_its_details_and_the_dialogs_show_names_as_they_are(hostile: Desk) -> None:
    for row in range(len(OURS) + 2):
        hostile.log.table.go_to(row)
        hostile.log.table.setFocus()
        hostile.press("show_details")
        assert hostile.log.details.isVisible()
        assert faults() == [], row
    hostile.press("check_design")
    assert faults() == []
    hostile.window.commands["save_snapshot"].trigger()
    assert faults() == []
    close_dialog("saveSnapshotDialog")


def test_the_log_lists_every_design_in_its_display_form(hostile: Desk) -> None:
    model = hostile.log.table.model()
    cells = {
        model.index(row, column).data()
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    assert {shown(name) for name in OURS} <= cells


def test_a_file_of_a_hostile_name_that_is_refused_is_told_plainly(
    hostile: Desk, tmp_path: Path
) -> None:
    file = tmp_path / f"{BIDI}<img src='x'>.json"
    file.write_text('{"<b>\\u202e": 1}', "utf-8")
    hostile.workbench.files.open_file(str(file))
    hostile.settle()
    toast = hostile.find("toast")
    assert isinstance(toast, QLabel)
    assert "Rose⟨U+202E⟩gpj" in toast.text()
    assert faults() == []


def test_a_sentence_hides_nothing_and_ends_somewhere() -> None:
    assert sentence("a\u202eb\nc") == "a⟨U+202E⟩b⟨U+000A⟩c"
    assert sentence("\u2068name\u2069 opened") == "\u2068name\u2069 opened"
    assert sentence("x" * 10**6) == "x" * 1000 + "…"


@pytest.mark.parametrize(
    ("text", "tip"), [("<b>x</b>", ""), ("a\u202eb", ""), ("x", "<b>bold</b>"), ("x", TABLES)]
)
def test_the_look_at_the_window_finds_what_is_wrong(qapp: object, text: str, tip: str) -> None:
    owner = QWidget()
    label = QLabel(text, owner)
    label.setToolTip(tip)
    button = QPushButton("fine", owner)
    assert button.text() == "fine"
    assert any("QLabel" in fault for fault in faults())
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText("fine")
    label.setToolTip("fine")
    assert not any("'fine'" in fault for fault in faults())
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
