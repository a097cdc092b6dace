"""The panel with the program's own rules and starter designs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from luthier_desktop import paths
from luthier_desktop.domain.feasibility import scorer
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.report import stored_report
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.rules import RULES, rules_document
from luthier_desktop.domain.materials import read_materials
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Channel, Setup
from luthier_desktop.ui.feasibility_panel.panel import FeasibilityPanel
from luthier_desktop.ui.widgets.check_fields import LIMITS, MISSING, is_named
from luthier_desktop.ui.widgets.check_rows import rows_from_record, rows_from_scored
from luthier_desktop.ui.widgets.check_view import CheckView
from tests.ui.feasibility_panel.rows import shown


def read(name: str) -> Any:
    return json.loads(paths.resource(name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scored() -> list[Scored]:
    """Every starter design, as it is and with a channel far too deep."""
    materials = read_materials(read("catalogue/materials.json"))
    setup = Setup.read(read("presets/setup_workshop.json"), "setup")
    deep = Channel(depth_mm=2.9)
    return [
        scorer.score(variant, setup, materials)
        for design in starters()
        for variant in (design, design.model_copy(update={"channel": deep}))
    ]


def starters() -> Iterator[RosetteParamSpec]:
    for file in sorted(paths.resource("presets").glob("*.json")):
        plain = json.loads(file.read_text(encoding="utf-8"))
        if "ring_params" in plain:
            yield RosetteParamSpec.read(plain, file.name)


def test_every_number_that_a_check_puts_in_has_a_name_in_the_trade(scored: list[Scored]) -> None:
    unnamed = {
        (finding.check_id, name)
        for score in scored
        for finding in score.findings
        for name in finding.inputs
        if name not in LIMITS | {MISSING} and not is_named(finding.check_id, name)
    }
    assert unnamed == set(), "give them a name in ui/widgets/check_fields.py"


def test_the_panel_shows_each_starter_with_its_verdict(
    qtbot: QtBot, scored: list[Scored]
) -> None:
    panel = FeasibilityPanel()
    qtbot.addWidget(panel)
    view = panel.findChild(CheckView, "checksView")
    assert view is not None
    for score in scored:
        view.collapseAll()  # thousands of open rows would only be moved about
        panel.show_preview(score)
        view.expandAll()
        decides = shown(view)[0].startswith("Decides the verdict")
        assert decides is (score.binding is not None)
        assert len(shown(view)) > len(score.findings)


def test_a_stored_report_reads_as_the_score_that_it_came_from(scored: list[Scored]) -> None:
    document = json.loads(json.dumps(rules_document()))
    for score in scored:
        report = json.loads(json.dumps(stored_report(score, "0" * 64)))
        stored = rows_from_record(report, document)
        live = rows_from_scored(score, RULES)
        assert {(row.key, row.status, row.title, row.lane) for row in stored.rows} == {
            (row.key, row.status, row.title, row.lane) for row in live.rows
        }
        told = {row.key: row.message for row in stored.rows if row.is_problem}
        assert told == {row.key: row.message for row in live.rows if row.is_problem}
        assert (stored.binding and stored.binding.key) == (live.binding and live.binding.key)
        assert all(row.rule == RULES[row.check_id] for row in stored.rows)
        assert not [row for row in stored.rows if row.status is Status.NA and row.value]
