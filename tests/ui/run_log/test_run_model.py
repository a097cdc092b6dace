"""The model of the run log: any number of rows, fetched as they are seen."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from luthier_desktop.ui.run_log.columns import COLUMNS, NAMES, VERDICT, status_tip, status_word
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_order import RunOrder
from luthier_desktop.ui.run_log.run_pages import KEPT_ENTRIES, PAGE_ROWS
from tests.ui.run_log.runs import as_sorted, entry, filled, newest_first, oldest_first, texts

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
MILLION = 1_000_000


def test_the_model_obeys_qts_rules_while_rows_come_go_and_are_marked_and_sorted() -> None:
    model = filled(newest_first(range(1, 6)))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_order(newest_first(range(1, 9)))
    model.toggle_mark(2)
    model.mark_all()
    model.show_order(as_sorted([3, 8, 1, 2, 7]))
    model.clear_marks()
    model.show_order(oldest_first([1, 2, 3]))
    model.show_order(oldest_first([1, 2, 3, 9, 12]))
    model.note_damaged(9)
    model.show_order(newest_first([]))
    assert tester.model() is model


def test_the_status_says_what_was_done_and_its_tip_what_that_means_beside_the_verdict() -> None:
    saved = entry(1, event_type="snapshot.saved", risk_level="RED")
    checked = entry(2, status="BLOCKED", risk_level="RED")
    told = [(status_word(one.status, one.event_type), status_tip(one)) for one in (saved, checked)]
    assert told[0] == (
        "Saved",
        "Saved. What was asked for was done, whatever the verdict on the design.",
    )
    assert told[1][0] == "Blocked"
    assert told[1][1].endswith("as it stands, the design must not be cut.")


def test_a_million_rows_ask_only_for_the_pages_that_are_seen() -> None:
    model = RunModel()
    asked: list[array[int]] = []
    model.wanted.connect(asked.append)
    seqs = array("q", range(MILLION, 0, -1))
    model.show_order(RunOrder(seqs, (1 << MILLION + 1) - 2))
    assert model.rowCount() == MILLION
    assert asked == []
    assert model.index(500_150, 0).data() == "…"
    assert model.index(500_151, 0).data() == "…"
    assert asked == [seqs[500_100 : 500_100 + PAGE_ROWS]]
    assert model.order.row_of(1) == MILLION - 1
    assert model.order.row_of(MILLION + 1) is None


def test_old_entries_are_let_go_and_fetched_again() -> None:
    model = filled(newest_first(range(1, KEPT_ENTRIES + 2 * PAGE_ROWS + 1)))
    for row in range(0, model.rowCount(), PAGE_ROWS):
        model.index(row, 0).data()
    asked: list[array[int]] = []
    model.wanted.connect(asked.append)
    model.index(0, 0).data()
    assert len(asked) == 1
    assert texts(model, 0)[1] == "Checked"


def test_new_runs_are_inserted_above_and_nothing_else_moves() -> None:
    model = filled(newest_first([3, 5]))
    kept = QPersistentModelIndex(model.index(1, 0))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show_order(newest_first([3, 5, 6, 9]))
    assert kept.row() == 3
    assert resets == []
    assert model.id_at(0) == "run_9"
    assert model.order.row_of(3) == 3


def test_with_the_oldest_above_new_runs_are_inserted_below() -> None:
    model = filled(oldest_first([3, 5]))
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.show_order(oldest_first([3, 5, 6, 9]))
    assert inserted == [(2, 3)]
    assert model.id_at(3) == "run_9"


def test_a_list_in_another_order_knows_the_row_of_each_run() -> None:
    order = as_sorted([4, 9, 2, 7])
    assert [order.row_of(seq) for seq in (4, 9, 2, 7)] == [0, 1, 2, 3]
    assert [order.row_of(seq) for seq in (3, 10, -1, None)] == [None] * 4


def test_a_row_tells_what_was_decided_in_colour_glyph_and_word() -> None:
    model = RunModel()
    model.show_order(newest_first([1]))
    model.put_entries([entry(1, risk_level="RED", status="BLOCKED", score=None)])
    row = texts(model, 0)
    assert row[VERDICT] == "✗ Red"
    assert row[VERDICT + 1] == ""
    assert "Blocked" in row[VERDICT + 2]
    colour = model.index(0, VERDICT).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == "#a3201a"


def test_each_row_is_one_sentence_to_a_screen_reader() -> None:
    model = RunModel()
    model.show_order(newest_first([1, 2]))
    model.put_entries(
        [
            entry(1, risk_level="RED", status="BLOCKED"),
            entry(2, damaged=True, hidden=True, design_name=None),
        ]
    )
    red, damaged = (str(model.index(row, 4).data(SPOKEN)) for row in (1, 0))
    assert red.startswith("Red, ⁨Rose⁩, Checked, 2026-01-22 ")
    assert red.endswith(", Blocked.")
    assert damaged.startswith("Damaged, no design, Checked, 2026")
    assert damaged.endswith(", OK, hidden.")
    more = str(model.index(1, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert "Run: ⁨run_1⁩" in more
    assert "Operator: ⁨owner⁩" in more


def test_a_damaged_run_is_shown_as_damaged_and_stays() -> None:
    model = filled(newest_first([1, 2]))
    model.index(0, 0).data()
    model.note_damaged(1)
    assert texts(model, 1)[VERDICT] == "✗ Damaged"
    model.put_entries([entry(1)])
    assert texts(model, 1)[VERDICT] == "✗ Damaged"
    assert model.rowCount() == 2


def test_names_from_outside_are_plain_and_isolated_also_in_tool_tips() -> None:
    model = RunModel()
    model.show_order(newest_first([1]))
    model.put_entries([entry(1, design_name='<img src="x">\u202e')])
    index = model.index(0, 2)
    assert index.data() == '\u2068<img src="x">⟨U+202E⟩\u2069'
    assert "<img" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_no_two_columns_have_one_name() -> None:
    assert len(set(NAMES)) == len(COLUMNS) == 12
