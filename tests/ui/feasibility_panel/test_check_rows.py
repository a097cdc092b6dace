"""The two ways to the same rows: a live score, and a stored report with its rules document."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from luthier_desktop.domain.feasibility.risk import Lane, Status
from luthier_desktop.ui.widgets.check_rows import CheckRow, rows_from_record, rows_from_scored
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.feasibility_panel import scores
from tests.ui.feasibility_panel.rows import find, shown, told

DOCUMENT: dict[str, Any] = {
    "schema": "luthier.rules/1",
    "rules_version": "rules-0",
    "checks": [
        {
            "id": "C1", "lane": "channel", "title": "Residual top of old",
            "formula": "t - d", "unit": "mm", "green": "at least 1.0 mm",
            "yellow": "0.5 to 1.0 mm", "red": "less than 0.5 mm", "source": "a bench note",
            "confidence": "M", "green_limit": 1, "yellow_limit": 0.5,
        },
    ],
}
REPORT: dict[str, Any] = {
    "run_id": "run_20260122_0123456789abcdef",
    "overall_score": 31.4,
    "risk_bucket": "RED",
    "warnings": ["an old warning"],
    "assumed": [{"path": "channel.depth_mm", "value": 1.6, "from": "setup"}],
    "checks": [
        {
            "id": "C1", "ring_index": None, "status": "RED", "value": 0.4, "margin": -0.1,
            "penalty": 1, "inputs": {"d_mm": 2.4}, "message": "Too thin.", "remedies": [],
        },
        {
            "id": "Z9", "ring_index": 3, "status": "YELLOW", "value": 2, "margin": None,
            "penalty": 0.5, "inputs": {}, "message": "Of a rule that is gone.", "remedies": [],
        },
    ],
    "not_judged": [{"id": "C1", "ring_index": 5}],
    "binding": {"id": "C1", "ring_index": None},
}


def test_what_a_short_record_leaves_out_is_taken_from_the_check_it_names() -> None:
    first = {"id": "C1", "ring_index": 0, "status": "GREEN", "value": 2, "margin": 1,
             "inputs": {"d_mm": 1, "t_mm": 3}}
    like = {"id": "C1", "ring_index": 1, "status": "RED", "value": 0.1, "like": 0,
            "inputs": {"t_mm": 1.1}, "message": "Too thin."}
    same = {"id": "C1", "ring_index": 2, "status": "GREEN", "value": 2, "same": 0}
    rows = rows_from_record({"checks": [first, like, same]}, DOCUMENT).rows
    assert [row.inputs for row in rows] == [
        {"d_mm": 1, "t_mm": 3}, {"d_mm": 1, "t_mm": 1.1}, {"d_mm": 1, "t_mm": 3},
    ]
    assert [row.margin for row in rows] == [1, None, 1]
    assert [row.penalty for row in rows] == [0, 1, 0]


def test_a_stored_report_is_shown_with_the_rules_it_was_made_with(qtbot: QtBot) -> None:
    view = CheckView()
    qtbot.addWidget(view)
    view.show_rows(rows_from_record(REPORT, DOCUMENT, "Workshop"))
    assert shown(view)[0] == (
        "Decides the verdict: Residual top of old, red, 0.4\u00a0mm, needs at least 0.5\u00a0mm"
    )
    why = told(view.model(), find(view, "Residual top of old, red"))
    assert "Formula: t - d" in why
    assert "Confidence: medium: one source, or several weak ones" in why
    assert "an old warning" in shown(view)


def test_a_check_whose_rule_is_gone_is_shown_and_says_so(qtbot: QtBot) -> None:
    view = CheckView()
    qtbot.addWidget(view)
    view.show_rows(rows_from_record(REPORT, DOCUMENT))
    lane = find(view, "Rules not at hand")
    assert told(view.model(), lane) == ["Z9, ring\u00a03, yellow, 2"]
    assert told(view.model(), find(view, "Z9")) == [
        "Of a rule that is gone.",
        "Why: The rules that this check was made with are not at hand.",
    ]


def test_checks_that_were_not_judged_are_listed_as_such() -> None:
    rows = rows_from_record(REPORT, DOCUMENT).rows
    assert [(row.check_id, row.ring_index, row.status) for row in rows] == [
        ("C1", None, Status.RED), ("Z9", 3, Status.YELLOW), ("C1", 5, Status.NA),
    ]


def test_a_stored_check_without_a_known_status_is_never_a_pass() -> None:
    for status in (None, "green", "PASS", 1, ["GREEN"]):
        report = {"checks": [{"id": "C1", "status": status}]}
        (row,) = rows_from_record(report, DOCUMENT).rows
        assert row.status is Status.UNKNOWN


def _as_kept(row: CheckRow) -> CheckRow:
    message = "" if row.status is Status.GREEN else row.message
    return row._replace(is_live=False, message=message)


def test_a_live_score_and_its_record_give_the_same_rows() -> None:
    document = {
        "checks": [
            {**rule._asdict(), "id": rule.check_id, "lane": rule.lane.value}
            for rule in scores.RULES.values()
        ]
    }
    report = json.loads(json.dumps({
        "checks": [
            {**found._asdict(), "id": found.check_id, "inputs": dict(found.inputs)}
            for found in scores.RED.findings
        ],
        "binding": {"id": "C1", "ring_index": None},
        "warnings": list(scores.RED.warnings),
        "assumed": [
            {"path": entry.path, "value": entry.value, "from": entry.origin}
            for entry in scores.RED.assumed
        ],
    }))
    live = rows_from_scored(scores.RED, scores.RULES)
    stored = rows_from_record(report, document)
    assert live.binding is not None
    assert stored == live._replace(
        rows=tuple(_as_kept(row) for row in live.rows),
        binding=live.binding._replace(is_live=False),
        is_live=False,
    )


def test_a_number_of_a_record_does_not_lead_into_the_design_at_hand(qtbot: QtBot) -> None:
    view = CheckView()
    qtbot.addWidget(view)
    asked: list[object] = []
    view.fieldRequested.connect(lambda path, ring: asked.append(path))
    view.show_rows(rows_from_record(REPORT, DOCUMENT))
    for begins in ("channel depth d", "channel depth"):
        view.setCurrentIndex(find(view, begins))
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked == []


def test_a_rule_knows_its_lane() -> None:
    (row, *_) = rows_from_scored(scores.RED, scores.RULES).rows
    assert row.lane is Lane.CHANNEL


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "ring_index", "status", "value", "inputs", "message", "checks",
                         "path", "from", "lane", "title", "penalty"]), inner, max_size=4
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=80)
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("checks", "not_judged", "binding", "warnings", "assumed"), json_values)
    ),
    st.dictionaries(st.just("checks"), json_values),
)
def test_any_damaged_report_is_read_without_a_fault(
    report: dict[str, Any], document: dict[str, Any]
) -> None:
    rows = rows_from_record(report, document)
    assert all(isinstance(row.status, Status) for row in rows.rows)
