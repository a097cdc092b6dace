"""A long job runs in a process of its own: progress, cancel, one ending, and nothing left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from luthier_desktop.domain.errors import InputRefused, LuthierError, StorageFailed
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall, JobCancelled, child_command
from tests.ui.desk import record_afresh, wait_until


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()
    made.deleteLater()


class Heard(QObject):
    """What came back of a job."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.errors: list[Exception] = []
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, _: str) -> None:
        self.steps.append((done, total))

    def is_over(self) -> bool:
        return bool(self.results or self.errors)


def verify_call(data_dir: Path, **arguments: Any) -> JobCall:
    return JobCall("verify", "Verifying the log", str(data_dir), arguments)


def started(background: Background, call: JobCall) -> Any:
    heard = Heard()
    job = background.start(call, heard.results.append, heard.errors.append)
    job.progressed.connect(heard.step)
    return job, heard


def is_gone(process_id: int) -> bool:
    """Tell whether a process has ended; one that waits to be reaped counts as living."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_job_tells_its_progress_and_its_result(background: Background, tmp_path: Path) -> None:
    record_afresh(tmp_path)
    job, heard = started(background, verify_call(tmp_path, level="deep"))
    assert background.is_busy()
    process_id = job.process_id()
    wait_until(heard.is_over)
    assert heard.errors == []
    assert (heard.results[0]["ok"], heard.results[0]["events"]) == (True, 7)
    assert heard.results[0]["counts"] == {"damage": 0, "warning": 0, "info": 0}
    assert heard.steps == sorted(heard.steps)
    assert heard.steps[-1] == (7, 7)
    assert not background.is_busy()
    assert is_gone(process_id)


def test_jobs_run_one_after_the_other(background: Background, tmp_path: Path) -> None:
    _, first = started(background, verify_call(tmp_path, level="quick"))
    job, second = started(background, JobCall("rebuild", "Rebuilding", str(tmp_path)))
    assert job.process_id() == 0
    wait_until(second.is_over)
    assert first.results
    assert second.results[0]["events"] == 0


def test_a_refusal_comes_back_as_the_error_that_it_is(
    background: Background, tmp_path: Path
) -> None:
    _, heard = started(background, verify_call(tmp_path, level="thorough"))
    wait_until(heard.is_over)
    (error,) = heard.errors
    assert isinstance(error, InputRefused)
    assert "'thorough' is no level" in error.sentence


def test_a_bug_in_the_process_comes_back_with_its_trace(background: Background) -> None:
    _, heard = started(background, verify_call(Path("no\0path")))
    wait_until(heard.is_over)
    (error,) = heard.errors
    assert not isinstance(error, LuthierError)
    assert "Traceback" in str(error)


def test_a_process_that_dies_is_told_and_the_next_job_runs(
    background: Background, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job, heard = started(background, verify_call(tmp_path))
    wait_until(lambda: job.process_id() > 0)
    os.kill(job.process_id(), signal.SIGKILL)
    wait_until(heard.is_over)
    (error,) = heard.errors
    assert isinstance(error, StorageFailed)
    assert "ended unexpectedly" in error.sentence
    assert "ended" in caplog.text
    caplog.clear()
    _, next_one = started(background, verify_call(tmp_path))
    wait_until(next_one.is_over)
    assert next_one.results


def test_a_job_that_does_not_listen_is_ended_all_the_same(
    background: Background, tmp_path: Path
) -> None:
    job, heard = started(background, verify_call(tmp_path))
    wait_until(lambda: job.process_id() > 0)
    process_id = job.process_id()
    os.kill(process_id, signal.SIGSTOP)
    job.cancel()
    wait_until(heard.is_over)
    assert [type(error) for error in heard.errors] == [JobCancelled]
    assert is_gone(process_id)


def test_a_job_that_waits_can_be_cancelled_before_it_begins(
    background: Background, tmp_path: Path
) -> None:
    _, first = started(background, verify_call(tmp_path))
    job, second = started(background, verify_call(tmp_path))
    job.cancel()
    wait_until(second.is_over)
    assert first.results
    assert [type(error) for error in second.errors] == [JobCancelled]


def test_shutting_down_ends_the_process_and_nobody_hears_of_it(
    qapp: object, tmp_path: Path
) -> None:
    background = Background()
    job, heard = started(background, verify_call(tmp_path))
    wait_until(lambda: job.process_id() > 0)
    process_id = job.process_id()
    _, waiting = started(background, verify_call(tmp_path))
    background.shut_down()
    assert is_gone(process_id)
    assert not heard.is_over()
    assert not waiting.is_over()
    background.deleteLater()


def test_the_process_ends_when_the_window_is_gone(tmp_path: Path) -> None:
    """The end of its input is all that the process hears of a killed window."""
    process = subprocess.Popen(
        child_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.communicate(b"")
    assert process.returncode == 0


def test_the_process_loads_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from luthier_desktop.services import job_process, jobs; "
        "print([name for name in sys.modules if 'PySide' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_program_itself_does_a_job_when_it_is_asked_to(tmp_path: Path) -> None:
    """A frozen build has no interpreter to call: it starts itself."""
    request = {"job": "verify", "data_dir": str(tmp_path / "data"), "arguments": {}}
    command = [sys.executable, "-m", "luthier_desktop", "--job"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()  # its end would be the end of the window
        answer = json.loads(process.stdout.readlines()[-1])
    assert answer["result"]["ok"]
