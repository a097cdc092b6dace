"""What a crash left behind is offered at the next start, and restored with its history."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from luthier_desktop import paths
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.storage.canonical import canonical_bytes
from luthier_desktop.storage.drafts import DraftFolder
from luthier_desktop.storage.journal import read_lines
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from tests.ui.desk import Desk, OpenDesk, dialog, type_width, wait_until

OTHER = str(paths.resource("presets/minimal_ring.json"))


def folder_of(desk: Desk) -> DraftFolder:
    return DraftFolder(desk.data_dir, paths.state_dir())


def lines(desk: Desk) -> list[bytes]:
    """Return the lines of the only journal, as another program would read them now."""
    (name,) = folder_of(desk).names()
    return read_lines((folder_of(desk).path / name).read_bytes()).payloads


def list_of(name: str = "recoveryDialog") -> QListWidget:
    found = dialog(name).findChild(QListWidget, "recoveryList")
    assert found is not None
    return found


def click(name: str, owner: str = "recoveryDialog") -> None:
    button = dialog(owner).findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def crashed(open_desk: OpenDesk) -> Desk:
    """The window after one that ended without a word, with two changed designs."""
    desk = open_desk()
    type_width(desk, 1, "3.75")
    type_width(desk, 1, "3.85")
    desk.press("undo")
    desk.workbench.files.open_file(OTHER)
    desk.settle()
    type_width(desk, 0, "4.5")
    return open_desk()


def test_nothing_is_written_for_a_design_that_is_only_looked_at(desk: Desk) -> None:
    assert folder_of(desk).names() == []
    assert not folder_of(desk).path.exists()


def test_each_step_is_in_the_journal_when_the_key_was_heard(desk: Desk) -> None:
    canvas = desk.focus("designCanvas")
    for presses in (1, 2, 3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)  # and nothing else has been done since
        assert len(lines(desk)) == 3 + presses
    desk.press("undo")
    assert b'"go":2' in lines(desk)[-1]


def test_a_draft_ends_when_its_design_is_closed_and_not_before(desk: Desk) -> None:
    desk.workbench.files.open_file(OTHER)
    desk.settle()
    type_width(desk, 0, "4.5")
    desk.press("check_design")
    assert len(folder_of(desk).names()) == 1
    desk.press("close_design")
    assert folder_of(desk).names() == []


def test_a_design_that_was_given_up_is_not_offered_again(open_desk: OpenDesk) -> None:
    desk = open_desk()
    type_width(desk, 1, "3.75")
    desk.window.close()
    (leave,) = [one for one in dialog("leaveDialog").findChildren(QPushButton)
                if one.text().startswith("Leave")]
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    wait_until(lambda: not desk.window.isVisible())
    assert folder_of(desk).names() == []
    open_desk()
    with pytest.raises(AssertionError):
        dialog("recoveryDialog")


def test_every_unsaved_design_is_offered_with_its_picture_and_its_changes(crashed: Desk) -> None:
    found = list_of()
    texts = [found.item(row).text() for row in range(found.count())]
    assert "Parlor guitar, plain walnut ring" in texts[0]
    assert "1 change not saved" in texts[0]
    assert "1 change not saved" in texts[1]
    wait_until(lambda: all(_is_drawn(found, row) for row in range(2)))
    click("leaveDrafts")


def _is_drawn(found: QListWidget, row: int) -> bool:
    picture = found.item(row).icon().pixmap(found.iconSize()).toImage()
    return picture.pixelColor(picture.width() // 2, 4).alpha() > 0


def test_restored_designs_have_their_history_and_are_unsaved(crashed: Desk) -> None:
    click("restoreDrafts")
    designs = crashed.workbench.designs
    assert len(designs.all()) == 3
    assert [design.changes() for design in designs.all()] == [0, 1, 1]
    assert crashed.window.isWindowModified()
    assert designs.current.title() == "Parlor guitar, plain walnut ring"
    crashed.press("previous_design")
    before = designs.current.shown.ring_params[1].width_mm
    crashed.press("redo")
    assert (before, designs.current.shown.ring_params[1].width_mm) == (3.75, 3.85)
    crashed.press("undo")
    crashed.press("undo")
    assert designs.current.shown.ring_params[1].width_mm == 4.5
    assert not crashed.window.isWindowModified()


def test_a_restored_design_goes_on_as_the_next_version_of_its_snapshot(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk()
    saved = desk.workbench.studio.snapshots.save(
        desk.workbench.editor.design(), SnapshotDetails(name="Rose")
    )
    desk.workbench.library.open(saved.snapshot_id)
    desk.settle()
    type_width(desk, 1, "3.75")
    desk = open_desk()
    click("restoreDrafts")
    desk.settle()
    came_from = desk.workbench.designs.current.saved_as
    assert came_from is not None
    assert (came_from.snapshot_id, came_from.version) == (saved.snapshot_id, 1)
    assert desk.workbench.designs.current.unchanged_snapshot() is None
    desk.press("undo")
    assert desk.workbench.designs.current.unchanged_snapshot() == came_from


def test_a_second_crash_after_recovery_loses_nothing(crashed: Desk, open_desk: OpenDesk) -> None:
    click("restoreDrafts")
    crashed.focus("ringTable")
    type_width(crashed, 0, "4.7")
    desk = open_desk()
    click("restoreDrafts")
    assert [design.changes() for design in desk.workbench.designs.all()] == [0, 1, 2]
    assert desk.workbench.editor.design().ring_params[0].width_mm == 4.7


def test_a_crash_while_the_question_stands_loses_nothing(
    crashed: Desk, open_desk: OpenDesk
) -> None:
    assert list_of().count() == 2
    open_desk()
    assert list_of().count() == 2
    click("leaveDrafts")


def test_what_is_left_for_later_can_be_asked_for(crashed: Desk) -> None:
    list_of().item(0).setCheckState(Qt.CheckState.Unchecked)
    click("restoreDrafts")
    assert len(crashed.workbench.designs.all()) == 2
    crashed.press("recover_designs")
    assert list_of().count() == 1
    click("leaveDrafts")


def test_what_is_discarded_is_asked_about_and_gone(crashed: Desk, open_desk: OpenDesk) -> None:
    list_of().item(1).setCheckState(Qt.CheckState.Unchecked)
    click("discardDrafts")
    (discard,) = [one for one in dialog("discardDraftsDialog").findChildren(QPushButton)
                  if one.text() == "Discard"]
    QTest.mouseClick(discard, Qt.MouseButton.LeftButton)
    assert list_of().count() == 1
    open_desk()
    assert list_of().count() == 1
    click("leaveDrafts")


def test_a_broken_journal_is_told_and_the_good_one_is_offered(
    crashed: Desk, open_desk: OpenDesk
) -> None:
    click("leaveDrafts")
    folder = folder_of(crashed)
    broken = folder.path / folder.names()[0]
    broken.write_bytes(b"\n\n" + broken.read_bytes())
    open_desk()
    assert list_of().count() == 1
    told = dialog("recoveryDialog").findChild(QLabel, "recoveryFaults")
    assert told is not None
    assert "set aside" in told.text()
    assert told.textFormat() is Qt.TextFormat.PlainText
    click("leaveDrafts")


def test_a_design_that_is_opened_again_is_journalled_again(desk: Desk) -> None:
    desk.workbench.files.open_file(OTHER)
    desk.settle()
    type_width(desk, 0, "4.5")
    desk.workbench.designs.close(desk.workbench.designs.current)
    assert folder_of(desk).names() == []
    desk.press("reopen_design")
    assert b'"step":1' in lines(desk)[2]


def test_a_command_beside_the_window_offers_nothing_that_is_open_here(desk: Desk) -> None:
    type_width(desk, 1, "3.75")
    desk.press("recover_designs")
    with pytest.raises(AssertionError):
        dialog("recoveryDialog")
    assert "nothing to restore" in desk.window.findChild(QLabel, "toast").text()


def test_500_random_edits_undone_and_redone_give_the_same_bytes(desk: Desk) -> None:
    start = desk.workbench.studio.presets.starters()[0].design
    design = OpenDesign(start, "", desk.workbench.designs)
    forms = [_bytes(design)]
    chance = random.Random(500)
    desk.workbench.journalling.follow(design)
    while len(forms) <= 500:
        _edit(design, chance, len(forms))
        forms.append(_bytes(design))
    for form in reversed(forms[:-1]):
        design.undo_stack.undo()
        assert _bytes(design) == form
    for form in forms[1:]:
        design.undo_stack.redo()
        assert _bytes(design) == form
    restored = OpenDesign(start)
    restored.restore(design.history())
    assert _bytes(restored) == forms[-1]
    desk.workbench.journalling.forget(design)
    restored.deleteLater()


def _bytes(design: OpenDesign) -> bytes:
    return canonical_bytes(design.committed.model_dump(mode="json", by_alias=True))


def _edit(design: OpenDesign, chance: random.Random, number: int) -> None:
    """Do one edit of the stack at a random place."""
    rings = list(design.committed.ring_params)
    at = chance.randrange(len(rings))
    kind = chance.choice(("insert", "remove", "swap", "width", "width"))
    if kind == "insert" and len(rings) < 8:
        rings.insert(at, rings[at].model_copy(update={"ring_id": f"n{number}"}))
    elif kind == "remove" and len(rings) > 1:
        del rings[at]
    elif kind == "swap":
        rings.append(rings.pop(at))
    else:
        width_mm = chance.randrange(200, 6000) / 1000
        rings[at] = rings[at].model_copy(update={"width_mm": width_mm})
    after = design.committed.with_rings(tuple(rings))
    design.do(Edit(f"Edit {number}", after, rings[min(at, len(rings) - 1)].identity))
