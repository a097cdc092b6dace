"""The model of the tree: what Qt expects of one, and that updating it equals building it anew."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester

from luthier_desktop.domain.feasibility.findings import Assumed, Finding
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.ui.widgets.check_model import CheckModel
from luthier_desktop.ui.widgets.check_rows import NO_ROWS, CheckRows, rows_from_scored
from luthier_desktop.ui.widgets.check_tree import entries
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import ROOT, everything


def rows_of(scored: scores.Scored) -> CheckRows:
    return rows_from_scored(scored, scores.RULES)


def test_qt_accepts_the_model_through_every_kind_of_update(qtmodeltester: ModelTester) -> None:
    model = CheckModel()
    model.show(entries(rows_of(scores.RED), only_problems=False))
    everything(model)
    qtmodeltester.check(model, force_py=True)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for scored in (scores.YELLOW, scores.GREEN, scores.NO_RINGS, scores.UNKNOWN, scores.RED):
        for only_problems in (True, False):
            model.show(entries(rows_of(scored), only_problems))
            everything(model)
    assert tester.model() is model


findings = st.lists(
    st.builds(
        scores.finding,
        st.sampled_from([*scores.RULES, "X9"]),
        st.sampled_from(list(Status)),
        st.floats(-5, 5),
        st.none() | st.floats(-5, 5),
        st.none() | st.integers(0, 3),
        inputs=st.dictionaries(
            st.sampled_from(["d_mm", "green_limit", "missing"]), st.floats(0, 9), max_size=3
        ),
        message=st.sampled_from(["", "a", "b"]),
    ),
    max_size=12,
    unique_by=lambda found: (found.check_id, found.ring_index),
)


@st.composite
def rows(draw: st.DrawFn) -> CheckRows:
    """Any report: checks in any order, of which one may decide."""
    found: list[Finding] = draw(findings)
    binding = draw(st.sampled_from([None, *found]))
    warnings = tuple(draw(st.lists(st.sampled_from(["w", "v"]), max_size=2)))
    assumed = draw(st.sampled_from([(), (Assumed("channel.depth_mm", 1.6, "setup"),)]))
    scored = scores.scored(RiskBucket.RED, 1.0, found, binding, warnings)
    return rows_of(scored._replace(assumed=assumed))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(rows(), st.booleans()), min_size=2, max_size=5))
def test_updating_the_tree_equals_building_it_anew(steps: list[tuple[CheckRows, bool]]) -> None:
    updated = CheckModel()
    for report, only_problems in steps:
        updated.show(entries(report, only_problems))
        fresh = CheckModel()
        fresh.show(entries(report, only_problems))
        assert everything(updated) == everything(fresh)


@settings(deadline=None, max_examples=60)
@given(rows(), rows())
def test_rows_that_stay_are_the_same_rows_to_qt(before: CheckRows, after: CheckRows) -> None:
    model = CheckModel()
    model.show(entries(before, only_problems=False))
    kept = {
        model.key(index): QPersistentModelIndex(index) for index in _level(model, ROOT)
    }
    model.show(entries(after, only_problems=False))
    for index in _level(model, ROOT):
        if model.key(index) in kept:
            assert QModelIndex(kept[model.key(index)]) == index


def _level(model: QAbstractItemModel, parent: QModelIndex) -> list[QModelIndex]:
    return [model.index(row, 0, parent) for row in range(model.rowCount(parent))]


def test_an_empty_report_tells_that_nothing_was_checked() -> None:
    model = CheckModel()
    model.show(entries(NO_ROWS, only_problems=False))
    assert everything(model) == [("Nothing has been checked yet.", [])]


def test_a_changed_number_is_an_update_of_rows_not_of_the_tree() -> None:
    model = CheckModel()
    model.show(entries(rows_of(scores.RED), only_problems=False))
    everything(model)
    changed = scores.RESIDUAL_RED._replace(value=0.3, margin=-0.5)
    others = scores.RED.findings[1:]
    after = scores.RED._replace(findings=(changed, *others), binding=changed)
    assert model.show(entries(rows_of(after), only_problems=False)) is False
    assert "0.3\u00a0mm" in model.index(0, 0).data()
