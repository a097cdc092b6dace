from __future__ import annotations

import json

import pytest

from luthier_desktop.cli.batch_output import BatchOutput
from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.services.batches import BatchAnswer

SUMMARY = {
    "suggestion_id": None,
    "run_id": "run_1",
    "overall_score": 88.5,
    "risk_bucket": "GREEN",
    "warnings": [],
    "binding": None,
}


def test_a_stopped_batch_is_a_whole_document_that_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with BatchOutput(as_json=True) as output:
        output.add(BatchAnswer(0, None, SUMMARY, None))
        raise KeyboardInterrupt
    document = json.loads(capsys.readouterr().out)
    assert (document["summaries"], document["cancelled"]) == ([SUMMARY], True)
    assert output.exit_code == 1


def test_a_failing_store_ends_the_document_and_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(StorageFailed):
        fill_the_disk()
    document = json.loads(capsys.readouterr().out)
    assert (len(document["summaries"]), document["cancelled"]) == (1, True)


def fill_the_disk() -> None:
    with BatchOutput(as_json=True) as output:
        output.add(BatchAnswer(0, None, SUMMARY, None))
        raise StorageFailed("The disk is full.")


def test_each_answer_is_written_before_the_next_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with BatchOutput(as_json=True) as output:
        for index in range(3):
            output.add(BatchAnswer(index, None, SUMMARY, None))
            assert capsys.readouterr().out.count("run_1") == 1


def test_people_are_told_that_it_was_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    with BatchOutput(as_json=False) as output:
        output.add(BatchAnswer(0, "Parlor", SUMMARY, None))
        raise KeyboardInterrupt
    first, last = capsys.readouterr().out.splitlines()
    assert first == "    1  GREEN     88.5  run_1  Parlor"
    assert last == "1 judged, 0 refused; stopped before the end"
