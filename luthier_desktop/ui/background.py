"""Work off the window's thread, in lanes, each in order; results come back to the window."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from luthier_desktop.ui.job_runner import JobCall, RunningJob

_SWITCH_S = 0.001
"""So long at most a busy worker lets the window's thread wait each time; Python's is 5 ms."""
Result = TypeVar("Result")
_Job = Callable[[], None]


class Background(QObject):
    """Runs work on a worker thread and hands the result to the window's thread.

    The short lane takes what lasts less than half a second (record, page, filter) and owns the
    studio's connections; the long lane takes what lasts and needs no store (what if). Long work
    on the store (verify, rebuild) is a job in a process of its own, one at a time: a busy thread
    would double the time that the window needs to paint. A lane starts with its first work.
    `shut_down` finishes the short lane, ends the other two, and waits for all.
    """

    idle = Signal()
    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self._lanes: dict[str, _Lane] = {}
        self._jobs: list[RunningJob] = []
        self._pending = 0
        self._closing = threading.Event()
        self.acting: Callable[[], Mapping[str, Any]] | None = None
        """Tells who acts, for jobs in a process of their own."""
        self.turned_away: Callable[[Exception, Callable[[], None], Callable[[], None]], bool]
        self.turned_away = _nobody_cares
        """Hears of a failure, how to do the work again and how to give it up; says if it will."""
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do *work* on the short lane; then *done* or *failed* on the window's thread."""
        self._put("short", work, done, failed)

    def run_after_paint(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do as `run`, begun when the window's thread has ended what it is at, such as a paint.

        A worker beside a paint makes each call from Qt into Python wait.
        """
        self._pending += 1
        QTimer.singleShot(0, self, partial(self._begin, work, done, failed))

    def run_long(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do *work* on the long lane; it should ask `is_closing` now and then."""
        self._put("long", work, done, failed)

    def start(
        self,
        call: JobCall,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> RunningJob:
        """Do a job in a process of its own, behind those that were started before.

        *done* gets its result as plain data; the job that is returned tells its progress and
        can be cancelled.
        """
        from luthier_desktop.ui.job_runner import RunningJob

        if self.acting is not None:
            call = call._replace(operator=self.acting())
        job = RunningJob(call, done, failed, self)
        if not self._closing.is_set():
            self._pending += 1
            self._jobs.append(job)
            if len(self._jobs) == 1:
                job.begin(self._job_ended)
        return job

    def is_busy(self) -> bool:
        """Say whether any work or result is still under way."""
        return self._pending > 0

    def is_closing(self) -> bool:
        """Say whether the program is about to end; long work stops then. Any thread may ask."""
        return self._closing.is_set()

    def shut_down(self) -> None:
        """Finish the short lane, end both threads, and drop results that nobody awaits."""
        self._closing.set()
        for job in self._jobs:
            job.end()
        self._jobs.clear()
        for lane in self._lanes.values():
            lane.end()
        self._lanes.clear()

    def _begin(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._pending -= 1
        self._put("short", work, done, failed)

    def _put(
        self,
        name: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self._closing.is_set():
            return
        if name not in self._lanes:
            self._lanes[name] = _Lane(name)
        self._pending += 1
        again = partial(self._put, name, work, done, failed)
        told = partial(self._tell_failure, again, failed)
        self._lanes[name].put(_job(work, done, told, self._delivered.emit))

    def _tell_failure(
        self, again: Callable[[], None], failed: Callable[[Exception], None], error: Exception
    ) -> None:
        if not self.turned_away(error, again, partial(failed, error)):
            failed(error)

    def _job_ended(self, job: RunningJob, ending: Callable[[], None]) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if self._jobs:
            self._jobs[0].begin(self._job_ended)
        self._deliver(ending)

    @Slot(object)
    def _deliver(self, continuation: Callable[[], None]) -> None:
        self._pending -= 1
        if self._closing.is_set():
            return
        try:
            continuation()
        finally:
            if not self._pending:
                self.idle.emit()


def _nobody_cares(_: Exception, _again: Callable[[], None], _leave: Callable[[], None]) -> bool:
    return False


def _job(
    work: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
    deliver: Callable[[Callable[[], None]], None],
) -> _Job:
    """Wrap *work* so that its result, or its failure, is delivered as a continuation."""

    def job() -> None:
        try:
            result = work()
        except Exception as error:  # whatever it is, it belongs to the window's thread
            fault = error
            deliver(lambda: failed(fault))
        else:
            deliver(lambda: done(result))

    return job


class _Lane:
    """One thread that does its jobs in order."""

    def __init__(self, name: str) -> None:
        from queue import SimpleQueue

        sys.setswitchinterval(_SWITCH_S)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"luthier-{name}")
        self._thread.start()

    def put(self, job: _Job) -> None:
        """Add a job at the end."""
        self._jobs.put(job)

    def end(self) -> None:
        """Let the jobs finish, then the thread; wait for it."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
