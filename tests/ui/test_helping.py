"""Help in the window: the handbook, what the program is, the folder, and a bad end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from luthier_desktop import __version__, paths
from luthier_desktop.ui.commands import BY_ID, COMMANDS, plain_text, shown_keys
from tests.ui.desk import Desk, OpenDesk, close_dialog, dialog, wait_until


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("window"))
    yield desk
    desk.close()


@pytest.fixture
def desk(window: Desk) -> Iterator[Desk]:
    yield window
    for name in ("handbook", "aboutDialog"):
        if any(w.objectName() == name and w.isVisible() for w in QApplication.topLevelWidgets()):
            close_dialog(name)
    window.settle()


class Folders(QObject):
    """Stands in for the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def part(name: str, of: str = "handbook") -> QWidget:
    found = dialog(of).findChild(QWidget, name)
    assert found is not None, name
    return found


def page() -> QTextBrowser:
    found = part("handbookPage")
    assert isinstance(found, QTextBrowser)
    return found


def listed() -> list[str]:
    found = part("handbookPages")
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def search(words: str) -> None:
    field = part("handbookSearch")
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, words)


def told() -> str:
    found = part("handbookTold")
    assert isinstance(found, QLabel)
    return found.text()


def test_a_word_is_found_on_every_page_and_walked_by_keys(desk: Desk) -> None:
    desk.press("handbook")
    assert page().toPlainText().startswith("Your first rosette")
    everything = len(listed())
    search("air cut")
    assert 0 < len(listed()) < everything
    assert "Air cut first" in page().toPlainText()
    assert told().endswith("F3 goes to the next.")
    places = []
    for keys in (Qt.Key.Key_F3, Qt.Key.Key_Return, Qt.Key.Key_F3):
        QTest.keyClick(part("handbookSearch"), keys)
        places.append(page().textCursor().position())
    assert len(set(places)) > 1
    QTest.keyClick(part("handbookSearch"), Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert page().textCursor().position() == places[-2]
    search("xylophone")
    assert listed() == []
    assert told().startswith("No page has all of these words.")
    search("")
    assert len(listed()) == everything


def test_a_link_leads_to_its_page_and_back(desk: Desk) -> None:
    desk.press("log_promises")
    assert page().toPlainText().startswith("What the log promises")
    page().anchorClicked.emit(QUrl("moving"))
    assert page().toPlainText().startswith("Moving to another PC")
    QTest.keyClick(page(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page().toPlainText().startswith("What the log promises")
    page().anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert page().toPlainText().startswith("What the log promises")
    assert page().loadResource(2, QUrl("file:///etc/hostname")) is None


def test_the_page_of_keys_has_every_key_of_the_command_table(desk: Desk) -> None:
    desk.press("handbook")
    search("zoom in")
    desk.workbench.helping.open_handbook("keys")
    text = page().toPlainText()
    with_keys = [command for command in COMMANDS if command.sequences]
    lacking = [
        command.id
        for command in with_keys
        if plain_text(command) not in text
        or " ".join(shown_keys(command).split()) not in " ".join(text.split())
    ]
    assert lacking == []
    assert "Esc" in shown_keys(BY_ID["close_innermost"])


def test_about_tells_version_folders_and_licences_and_copies_the_diagnostics(desk: Desk) -> None:
    desk.press("about")
    version = part("aboutVersion", "aboutDialog")
    assert isinstance(version, QLabel)
    assert version.text() == f"Luthier Desktop {__version__}"
    pages = dialog("aboutDialog").findChildren(QPlainTextEdit)
    texts = {one.objectName(): one.toPlainText() for one in pages}
    assert f"data_dir: {desk.data_dir}" in texts["aboutState"]
    assert "PySide6-Essentials, shiboken6 (Qt): LGPL-3.0" in texts["aboutParts"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["aboutLgpl"]
    QGuiApplication.clipboard().clear()
    button = part("aboutCopy", "aboutDialog")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert QGuiApplication.clipboard().text() == texts["aboutState"]
    QGuiApplication.clipboard().clear()


def test_the_window_has_the_icon_of_the_program(desk: Desk) -> None:
    image = desk.window.windowIcon().pixmap(64).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 64, 4) for y in range(0, 64, 4)}
    assert len(colours) > 2


def test_the_data_folder_is_opened(desk: Desk) -> None:
    folders = Folders()
    QDesktopServices.setUrlHandler("file", folders, "open")  # type: ignore[arg-type]  # the stub wants bytes, which Qt refuses
    desk.press("open_data_folder")
    QDesktopServices.unsetUrlHandler("file")
    assert folders.opened == [str(desk.data_dir)]


def test_a_bad_end_is_told_at_the_next_start_with_its_trace(open_desk: OpenDesk) -> None:
    ending: Path = paths.state_dir() / "endings" / f"{2**22 + 1}.txt"
    ending.parent.mkdir(parents=True)
    ending.write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    open_desk()
    wait_until(lambda: any(w.objectName() == "report" for w in QApplication.topLevelWidgets()))
    text = dialog("report").findChild(QPlainTextEdit)
    assert text is not None
    assert text.toPlainText() == "Fatal Python error: Segmentation fault"
    close_dialog("report")
    assert not ending.exists()
