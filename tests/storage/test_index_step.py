"""Steps to the next run that is looked for, and lists as sets, against lists of all runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage.run_index import RunIndex
from tests.storage.volume import fill, mixed_rows, unfilled_index

RUNS = 400
SORTS = ("seq", "score", "status", "risk", "event", "operator")
ASKED: tuple[dict[str, object], ...] = (
    {},
    {"risk": ("RED", "YELLOW")},
    {"text": "rosette"},
    {"tool": ("lost",)},
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunIndex]:
    made, connection = unfilled_index(tmp_path_factory.mktemp("index") / "index.sqlite")
    fill(connection, mixed_rows(RUNS))
    yield made
    made.close()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("reverse", [False, True])
def test_a_step_finds_what_a_look_through_the_whole_list_finds(
    index: RunIndex, sort: str, reverse: bool
) -> None:
    order = {"sort": sort, "reverse": reverse}
    every = list(index.numbers(RunQuery.model_validate(order)))
    for asked in ASKED:
        query = RunQuery.model_validate(order | asked)
        hits = set(index.numbers(query))
        for row in (0, 1, 57, RUNS // 2, RUNS - 1):
            below = [seq for seq in every[row + 1 :] if seq in hits]
            above = [seq for seq in every[:row] if seq in hits]
            assert index.next_after(query, every[row], 1) == (below[0] if below else None)
            assert index.next_after(query, every[row], -1) == (above[-1] if above else None)


def test_without_a_run_to_begin_at_a_step_begins_at_its_end(index: RunIndex) -> None:
    query = RunQuery(risk=("RED",), sort="operator")
    hits = index.numbers(query)
    assert index.next_after(query, None, 1) == hits[0]
    assert index.next_after(query, None, -1) == hits[-1]
    assert index.next_after(query, RUNS + 5, 1) == hits[0]


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_and_its_set_name_the_same_runs(index: RunIndex, asked: dict[str, object]) -> None:
    query = RunQuery.model_validate(asked | {"sort": "score"})
    found = index.listing(query)
    assert found.numbers == index.numbers(query)
    assert found.chosen == sum(1 << seq for seq in found.numbers) == index.chosen(query)
