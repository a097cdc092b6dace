"""No words are written straight to a widget: looked up in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "luthier_desktop" / "ui"
BY_CALL = {
    **dict.fromkeys(
        (
            *("setText", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText"),
            *("setWindowTitle", "setTitle", "setStatusTip", "setIconText", "showMessage"),
            *("setSuffix", "setPrefix", "setSpecialValueText", "addMenu", "addAction"),
            *("addSection", "addButton", "addItem", "setPlainText", "QPushButton", "QCheckBox"),
            *("QRadioButton", "QGroupBox", "QMenu", "Menu", "QAction", "QDockWidget", "QToolBar"),
            "QListWidgetItem",
        ),
        0,
    ),
    **dict.fromkeys(("setToolTip", "addTab", "setTabText", "setItemText", "drawText"), -1),
    "QFileDialog": 1,
}
"""Which argument of a call is shown, the last for -1."""
_WORD = re.compile(r"[A-Za-z]{3,}")


def written_straight(source: str) -> list[str]:
    """Return the calls that show words of the source without looking them up."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _shows_words(node)
    ]


def _shows_words(call: ast.Call) -> bool:
    word = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    if word not in BY_CALL or not call.args:
        return False
    place = BY_CALL[word]
    return place < len(call.args) and _has_words(call.args[place])


def _has_words(text: ast.expr) -> bool:
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and bool(_WORD.search(text.value))
    if isinstance(text, ast.JoinedStr | ast.BoolOp):
        return any(map(_has_words, text.values))
    if isinstance(text, ast.IfExp):
        return _has_words(text.body) or _has_words(text.orelse)
    return isinstance(text, ast.BinOp) and (_has_words(text.left) or _has_words(text.right))


def test_every_word_is_looked_up_where_it_is_shown() -> None:
    """A fault here: hand the text to ``tr``."""
    faults = {
        str(path.relative_to(UI)): found
        for path in sorted(UI.rglob("*.py"))
        if (found := written_straight(path.read_text("utf-8")))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "code",
    [
        "label.setText('Rings')",
        "label.setText(f'{count} rings')",
        "label.setText('Rings' if count else '')",
        "label.setText('Rings of ' + name)",
        "QPushButton('Open', parent)",
        "tabs.addTab(page, 'Rings')",
    ],
)
def test_words_that_are_not_looked_up_are_found(code: str) -> None:
    assert written_straight(code)


def test_words_that_are_looked_up_and_signs_pass() -> None:
    assert written_straight("a.setText(tr('Rings'))\nb.setText('✗')\nc.setText(name)") == []
