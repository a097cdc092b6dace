"""The record as a tree: what it shows, where a word is found, what is copied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from luthier_desktop.ui.run_log.record_nodes import record_of
from luthier_desktop.ui.run_log.record_page import RecordPage
from luthier_desktop.ui.run_log.record_tree import RecordModel
from tests.ui.hostile_texts import BIDI, IMAGE, TABLES

RECORD: dict[str, Any] = {
    "decision": {"score": None, "warnings": ["no rings", "Too Deep"]},
    "odd/name~": {"deep": [{"depth_mm": 9}]},
    "run_id": "run_1",
    "whole": True,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=3)
    ),
    max_leaves=12,
)


@pytest.fixture
def page(qapp: object) -> Iterator[RecordPage]:
    made = RecordPage()
    made.resize(500, 400)
    made.show_record(record_of(RECORD))
    made.show()
    yield made
    made.close()
    made.deleteLater()


def pointer(page: RecordPage) -> str:
    field = page.findChild(QLineEdit, "recordPointer")
    assert field is not None
    return field.text()


def hits(page: RecordPage) -> str:
    found = page.findChild(QLabel, "recordHits")
    assert found is not None
    return found.text()


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_the_model_is_sound_for_any_record(record: dict[str, Any]) -> None:
    model = RecordModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.show(record_of(record))
    model.show(record_of(RECORD))
    del tester


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4), st.text(max_size=2))
def test_each_pointer_leads_to_its_value_and_each_hit_holds_the_word(
    record: dict[str, Any], word: str
) -> None:
    prepared = record_of(record)
    for place, _ in prepared.texts:
        node = prepared.root.at(place)
        assert resolved(record, node.pointer()) == node.value
    for place in prepared.hits(word):
        node = prepared.root.at(place)
        assert word.casefold() in f"{node.name}\n{node.value}\n{node.text}\nnone".casefold()


def resolved(document: Any, path: str) -> Any:
    """Follow a JSON pointer as RFC 6901 says."""
    for part in path.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


def test_a_search_goes_from_hit_to_hit_and_round_the_end(page: RecordPage) -> None:
    QTest.keyClicks(page.field, "DEEP")
    assert (hits(page), pointer(page)) == ("1 of 2", "/decision/warnings/1")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert (hits(page), pointer(page)) == ("2 of 2", "/odd~1name~0/deep")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert hits(page) == "1 of 2"
    QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hits(page) == "2 of 2"
    page.field.setText("nowhere")
    assert hits(page) == "not found"
    page.field.clear()
    assert hits(page) == ""


def test_path_and_value_are_copied_as_they_are(page: RecordPage) -> None:
    said: list[str] = []
    page.copied.connect(said.append)
    page.field.setText("depth_mm")
    page.tree.setFocus()
    page.tree.copy_path()
    assert QGuiApplication.clipboard().text() == "/odd~1name~0/deep/0/depth_mm"
    page.tree.copy_value()
    assert QGuiApplication.clipboard().text() == "9"
    page.field.setText("decision")
    page.tree.copy_value()
    assert json.loads(QGuiApplication.clipboard().text()) == RECORD["decision"]
    page.field.setText("score")
    page.tree.copy_value()
    assert QGuiApplication.clipboard().text() == "null"
    assert len(said) == 4


def test_letters_do_nothing_in_the_tree(page: RecordPage) -> None:
    page.tree.setCurrentIndex(page.tree.model().index(0, 0))
    QTest.keyClicks(page.tree, "w")
    assert pointer(page) == "/decision"


@pytest.mark.parametrize("text", [IMAGE, BIDI, TABLES, "x" * 1_000_000], ids=str.__len__)
def test_hostile_names_and_values_are_shown_as_text_and_shortened(
    page: RecordPage, text: str
) -> None:
    page.show_record(record_of({text: {text: [text]}, "decision": text}))
    model = page.tree.model()
    first = model.index(0, 0)
    assert len(str(first.data())) < 1000
    value = str(model.index(1, 1).data())
    assert len(value) < 4000
    assert "\u202e" not in value
    tip = str(model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in tip
    page.field.setText(text[:40])
    assert hits(page).startswith("1 of ")
    assert first.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_record_of_a_hundred_thousand_entries_opens_only_what_is_looked_at(
    page: RecordPage,
) -> None:
    record = record_of({"rows": [{"n": number} for number in range(50_000)], "z": "needle"})
    page.show_record(record)
    page.field.setText("needle")
    assert (hits(page), pointer(page)) == ("1 of 1", "/z")
    assert record.root.children[0].count == 50_000
    assert record.root.children[0]._children is None
