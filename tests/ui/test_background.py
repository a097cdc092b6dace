"""Work happens off the window's thread, in order, and its results come back to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from luthier_desktop.ui.background import Background
from tests.ui.desk import wait_until


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


def test_results_come_back_on_the_windows_thread_in_order(background: Background) -> None:
    threads: set[threading.Thread] = set()
    results: list[int] = []

    def work(number: int) -> int:
        threads.add(threading.current_thread())
        return number * number

    def done(square: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        results.append(square)

    def failed(error: Exception) -> None:
        raise error

    for number in range(20):
        background.run(lambda number=number: work(number), done, failed)
    assert background.is_busy()
    wait_until(lambda: not background.is_busy())
    assert results == [number * number for number in range(20)]
    assert len(threads) == 1
    assert threading.main_thread() not in threads


def test_work_for_a_paint_begins_behind_what_the_windows_thread_is_at(
    background: Background,
) -> None:
    order: list[str] = []

    def failed(error: Exception) -> None:
        raise error

    background.run_after_paint(lambda: order.append("wanted"), lambda _: None, failed)
    assert background.is_busy()
    background.run(lambda: order.append("now"), lambda _: None, failed)
    wait_until(lambda: not background.is_busy())
    assert order == ["now", "wanted"]


def test_work_for_a_paint_is_dropped_when_the_program_ends(background: Background) -> None:
    background.run_after_paint(lambda: None, lambda _: None, lambda _: None)
    background.shut_down()
    wait_until(lambda: not background.is_busy())


def test_a_failure_comes_back_as_an_error_and_the_worker_goes_on(background: Background) -> None:
    failures: list[Exception] = []
    results: list[str] = []
    background.run(lambda: 1 // 0, results.append, failures.append)
    background.run(lambda: "next", results.append, failures.append)
    wait_until(lambda: not background.is_busy())
    assert [type(error) for error in failures] == [ZeroDivisionError]
    assert results == ["next"]


def test_long_work_does_not_hold_up_short_work(background: Background) -> None:
    release = threading.Event()
    order: list[str] = []

    def long() -> str:
        release.wait()
        return "long"

    background.run_long(long, order.append, order.append)
    background.run(lambda: "short", order.append, order.append)
    wait_until(lambda: order == ["short"])
    release.set()
    wait_until(lambda: order == ["short", "long"])


def test_shutting_down_finishes_short_work_and_ends_long_work(qapp: object) -> None:
    background = Background()
    finished: list[str] = []

    def long() -> None:
        while not background.is_closing():
            time.sleep(0.001)
        finished.append("long")

    background.run_long(long, finished.append, finished.append)
    for number in range(3):
        background.run(lambda number=number: finished.append(f"{number}"), print, print)
    background.shut_down()
    assert sorted(finished) == ["0", "1", "2", "long"]
    background.run(lambda: finished.append("too late"), print, print)
    background.shut_down()
    assert "too late" not in finished
