"""No text of a stranger is handed to what may read markup in it: looked up in the code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.ui.text_sinks import TABLES, faults_in

PACKAGE = Path(__file__).parents[2] / "luthier_desktop"
SOURCES = [*sorted((PACKAGE / "ui").rglob("*.py")), PACKAGE / "app.py"]
THE_MODULE = PACKAGE / "ui" / "messages.py"
OWN_TEXT = PACKAGE / "ui" / "handbook" / "page_view.py"
"""Shows the handbook, which ships with the program, and nothing that anybody else wrote."""
IMPORT = "from luthier_desktop.ui.messages import menu_text, shown, title_text, tool_tip\n"


def test_only_one_module_makes_what_may_read_markup() -> None:
    """A fault here: hand the text to a helper of ``ui.messages`` that fits the place."""
    faults = {
        str(path.relative_to(PACKAGE)): found
        for path in SOURCES
        if path not in (THE_MODULE, OWN_TEXT) and (found := faults_in(path.read_text("utf-8")))
    }
    assert faults == {}


def test_that_module_itself_has_what_the_others_may_not() -> None:
    assert any("QLabel" in fault for fault in faults_in(THE_MODULE.read_text("utf-8")))


@cache
def calls() -> dict[str, list[ast.Call]]:
    """Collect the calls in the sources by the name that is called, for all tables at once."""
    found: dict[str, list[ast.Call]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.setdefault(node.func.id, []).append(node)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_the_texts_of_every_entry_of_a_table_are_literals(table: str) -> None:
    made = calls().get(table, [])
    assert made or table != "Command"
    for entry in made:
        texts = [entry.args[place] for place in TABLES[table]]
        assert all(isinstance(text, ast.Constant) for text in texts), ast.unparse(entry)


@pytest.mark.parametrize(
    "code",
    [
        "from PySide6.QtWidgets import QLabel",
        "from PySide6.QtWidgets import QLabel as Words",
        "from PySide6 import QtWidgets",
        "import PySide6.QtWidgets as W",
        "from PySide6.QtWidgets import *",
        "W.QLabel(name)",
        "getattr(W, 'QTextBrowser')()",
        "from PySide6.QtWidgets import QPushButton as B",
        "getattr(button, 'setToolTip')(name)",
        "button.setToolTip(name)",
        "button.setToolTip(f'of {name}')",
        "button.setToolTip('of ' + name)",
        "button.setToolTip('of {}'.format(name))",
        "button.setToolTip('of %s' % name)",
        "button.setToolTip(shown(name))",
        "button.setToolTip(toolTip=name)",
        "tell = button.setToolTip",
        "changed.connect(button.setToolTip)",
        "list(map(button.setToolTip, names))",
        "button.setToolTip(*names)",
        "item.setToolTip(1, name)",
        "button.setWhatsThis(name)",
        "action.setStatusTip(name)",
        "form.addRow(name, field)",
        "window.setWindowTitle(name)",
        "window.setWindowTitle(shown(name))",
        "window.setWindowTitle('a' if name else name)",
        "menu.addAction(name)",
        "menu.addAction(shown(name))",
        "menu.addMenu(name)",
        "QAction(name, parent)",
        "QPushButton(text=name)",
        "tabs.addTab(page, name)",
        "QMessageBox(icon, 'Title', name)",
        "QMessageBox(icon, 'Title', 'text')",
        "QMessageBox.question(parent, 'a', 'b')",
        "edit.setHtml('x')",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "text = 'a'\ntext = name\nbutton.setToolTip(text)",
        "def words():\n    return name\nbutton.setToolTip(words())",
        "for text in names:\n    button.setToolTip(text)",
        "from somewhere import tool_tip\nbutton.setToolTip(tool_tip(name))",
    ],
)
def test_a_text_of_a_stranger_is_found_wherever_it_is_handed_on(code: str) -> None:
    heading = "" if "import tool_tip" in code else IMPORT
    assert faults_in(f"{heading}{code}")


@pytest.mark.parametrize(
    "code",
    [
        "button.setToolTip('Open')",
        "button.setToolTip(tool_tip(name))",
        "button.setToolTip(tool_tip(name) if name else '')",
        "window.setWindowTitle(f'{title_text(shown(name))}[*] · Luthier')",
        "menu.addAction(menu_text(shown(name)))",
        "menu.addAction(f'{count:,} more')",
        "for words, key in (('Name', 1), ('Notes', 2)):\n    button.setToolTip(words)",
        "TITLES = {'a': 'A', 'b': 'B'}\nwindow.setWindowTitle(TITLES[kind])",
        "box = QMessageBox(icon, 'Leave', 'Save?')\nbox.setTextFormat(Qt.TextFormat.PlainText)",
    ],
)
def test_literals_and_what_a_helper_made_pass(code: str) -> None:
    assert faults_in(IMPORT + code) == []
