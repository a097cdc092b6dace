"""The model of the run log: any number of rows, fetched as they are seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPersistentModelIndex, Qt

from luthier_desktop.domain.run import RunEntry
from luthier_desktop.ui.run_log.columns import COLUMNS, VERDICT
from luthier_desktop.ui.run_log.run_model import KEPT_ENTRIES, PAGE_ROWS, RunModel


def entry(run_id: str, **members: object) -> RunEntry:
    plain = {
        "run_id": run_id, "created_at_utc": "2026-01-22T10:11:12.123456Z",
        "event_type": "feasibility.checked", "mode": "art_studio", "tool_id": None,
        "status": "OK", "risk_level": "GREEN", "score": 97.25, "warnings": 0, "source": "window",
        "operator": "owner", "seq": 1, "damaged": False, "design_id": None,
        "design_name": "Rose", "design_sha256": None, "material_ids": ("holly", "pear"),
        "tags": (), **members,
    }
    return RunEntry.model_validate(plain)


def filled(ids: Sequence[str]) -> RunModel:
    model = RunModel()
    model.wanted.connect(lambda wanted: model.put_entries(entry(run_id) for run_id in wanted))
    model.show_ids(ids)
    return model


def texts(model: RunModel, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(len(COLUMNS))]


def test_the_model_obeys_qts_rules_while_rows_come_and_go(qtmodeltester: object) -> None:
    model = filled([f"run_{number}" for number in range(5)])
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.show_ids([f"run_{number}" for number in (7, 6, 0, 1, 2, 3, 4)])
    model.show_ids(["run_1"])
    model.show_ids([])


def test_a_million_rows_ask_only_for_the_pages_that_are_seen() -> None:
    model = RunModel()
    asked: list[list[str]] = []
    model.wanted.connect(asked.append)
    model.show_ids([f"run_{number}" for number in range(1_000_000)])
    assert model.rowCount() == 1_000_000
    assert asked == []
    assert model.index(500_150, 0).data() == "…"
    assert model.index(500_151, 0).data() == "…"
    assert asked == [[f"run_{number}" for number in range(500_100, 500_100 + PAGE_ROWS)]]


def test_old_entries_are_let_go_and_fetched_again() -> None:
    model = filled([f"run_{number}" for number in range(KEPT_ENTRIES + 2 * PAGE_ROWS)])
    for row in range(0, model.rowCount(), PAGE_ROWS):
        model.index(row, 0).data()
    asked: list[list[str]] = []
    model.wanted.connect(asked.append)
    model.index(0, 0).data()
    assert len(asked) == 1
    assert texts(model, 0)[1] == "Checked"


def test_new_runs_are_inserted_above_and_nothing_else_moves() -> None:
    model = filled(["run_b", "run_a"])
    kept = QPersistentModelIndex(model.index(1, 0))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show_ids(["run_d", "run_c", "run_b", "run_a"])
    assert kept.row() == 3
    assert resets == []
    assert model.id_at(0) == "run_d"
    assert model.row_of("run_a") == 3


def test_a_row_tells_what_was_decided_in_colour_glyph_and_word() -> None:
    model = RunModel()
    model.show_ids(["run_a"])
    model.put_entries([entry("run_a", risk_level="RED", status="BLOCKED", score=None)])
    row = texts(model, 0)
    assert row[VERDICT] == "✗ Red"
    assert row[VERDICT + 1] == ""
    assert "Blocked" in row[VERDICT + 2]
    colour = model.index(0, VERDICT).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == "#a3201a"


def test_a_damaged_run_is_shown_as_damaged_and_stays() -> None:
    model = filled(["run_b", "run_a"])
    model.index(0, 0).data()
    model.mark_damaged("run_a")
    assert texts(model, 1)[VERDICT] == "✗ Damaged"
    assert model.rowCount() == 2


def test_marks_are_seen_spoken_and_stepped_through_in_a_circle() -> None:
    model = filled(["run_c", "run_b", "run_a"])
    texts(model, 0)
    assert model.toggle_mark(0)
    assert model.toggle_mark(2)
    assert texts(model, 2)[0].startswith("● ")
    assert "Marked" in str(model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert [model.next_mark(row) for row in (0, 1, 2)] == [2, 2, 0]
    assert not model.toggle_mark(0)
    assert not model.toggle_mark(2)
    assert model.next_mark(0) is None


def test_names_from_outside_are_plain_and_isolated_also_in_tool_tips() -> None:
    model = RunModel()
    model.show_ids(["run_a"])
    model.put_entries([entry("run_a", design_name='<img src="x">\u202e')])
    index = model.index(0, 2)
    assert index.data() == '\u2068<img src="x">⟨U+202E⟩\u2069'
    assert "<img" not in str(index.data(Qt.ItemDataRole.ToolTipRole))
