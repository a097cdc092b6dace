"""One long job in a process of its own, seen from the window: progress, cancel, one ending.

The window's thread never waits for it, and no Qt is loaded there. The end of this program, however
sudden, closes the pipe that the process listens to, and so ends it too.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from luthier_desktop.domain import errors
from luthier_desktop.domain.errors import LuthierError

JOB_FLAG = "--job"
_CHILD = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from luthier_desktop.services.job_process import main; sys.exit(main())"
)
_PATIENCE_MS = 1000
_KEPT_ERRORS = 20_000
_KINDS = ("InputRefused", "NotFound", "Conflict", "NotAllowed", "StorageFailed", "StoreReadOnly")


class JobCall(NamedTuple):
    """Which job, over which data directory, with which plain arguments.

    *what* is its name for people, at the begin of a sentence. A *gentle* one lets all else on
    the machine go first. *operator* is who it acts for; the window fills that in. *patience_ms*
    is how long a cancelled one may take to clear away what it began.
    """

    name: str
    what: str
    data_dir: str
    arguments: Mapping[str, Any] = {}
    gentle: bool = False
    operator: Mapping[str, Any] | None = None
    patience_ms: int = _PATIENCE_MS


class JobFault(Exception):
    """The process found a bug of ours; the text is its trace."""


class JobCancelled(LuthierError):
    """The job was ended by the user before it had an answer."""


class RunningJob(QObject):
    """A job that waits, runs, and ends once with a result or an error.

    ``progressed`` carries how many steps of how many are done, 0 of 0 when that is unknown.
    """

    progressed = Signal(int, int, str)

    def __init__(
        self,
        call: JobCall,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("runningJob")
        self._call = call
        self._done = done
        self._failed = failed
        self._ended: Callable[[RunningJob, Callable[[], None]], None] | None = None
        self._answer: dict[str, Any] | None = None
        self._rest = b""
        self._errors = b""
        self._is_cancelled = False
        self._process: QProcess | None = None

    def begin(self, ended: Callable[[RunningJob, Callable[[], None]], None]) -> None:
        """Start the process; *ended* is called once, with what is to be done then."""
        self._ended = ended
        if self._is_cancelled:
            QTimer.singleShot(0, self, self._end_unbegun)
            return
        process = QProcess(self)
        self._process = process
        process.readyReadStandardOutput.connect(self._hear)
        process.readyReadStandardError.connect(self._hear_errors)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._not_started)
        command = child_command()
        process.start(command[0], command[1:])
        process.write(json.dumps(_request(self._call)).encode() + b"\n")

    def process_id(self) -> int:
        """Return the number of the process; 0 while there is none."""
        return 0 if self._process is None else self._process.processId()

    def is_cancelled(self) -> bool:
        """Say whether it was asked to end."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Ask the job to end; one that does not is ended when its time is over."""
        if not self._is_cancelled and self._process is not None:
            self._process.write(b"cancel\n")
            QTimer.singleShot(self._call.patience_ms, self, self._kill)
        self._is_cancelled = True

    def end(self) -> None:
        """End the process now and wait until it is gone; nobody hears its answer."""
        process, self._process, self._ended = self._process, None, None
        if process is None:
            return
        process.write(b"cancel\n")
        process.closeWriteChannel()
        if not process.waitForFinished(_PATIENCE_MS):
            process.kill()
            process.waitForFinished(-1)

    def _end_unbegun(self) -> None:
        if self._ended is not None:
            self._ended(self, partial(self._failed, self._cancelled()))

    def _cancelled(self) -> JobCancelled:
        return JobCancelled(f"{self._call.what} was cancelled.")

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _hear(self) -> None:
        if self._process is None:
            return
        self._rest += self._process.readAllStandardOutput().data()
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "done" in message:
                self.progressed.emit(message["done"], message["total"], message["words"])
            else:
                self._answer = message

    def _hear_errors(self) -> None:
        if self._process is not None:
            found = self._errors + self._process.readAllStandardError().data()
            self._errors = found[-_KEPT_ERRORS:]

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._finish()

    def _finish(self) -> None:
        if self._process is None or self._ended is None:
            return
        self._hear()
        self._hear_errors()
        process, self._process = self._process, None
        self._ended(self, self._ending(process))

    def _ending(self, process: QProcess) -> Callable[[], None]:
        answer = self._answer
        if answer is not None and "result" in answer:
            return partial(self._done, answer["result"])
        return partial(self._failed, self._fault(answer, process))

    def _fault(self, answer: dict[str, Any] | None, process: QProcess) -> Exception:
        if answer is not None and "bug" in answer:
            return JobFault(answer["bug"])
        if answer is not None:
            return _told_error(answer)
        if self._is_cancelled:
            return self._cancelled()
        logging.getLogger(__name__).error(
            "The process of %s ended: %s, code %s, %s",
            *(self._call.name, process.errorString(), process.exitCode()),
            self._errors.decode("utf-8", "replace"),
        )
        return errors.StorageFailed(
            f"{self._call.what} ended unexpectedly: its process is gone (code "
            f"{process.exitCode()}). What was recorded is safe; try again."
        )


def child_command() -> list[str]:
    """Return the command that starts the process: ourselves, without the window."""
    if getattr(sys, "frozen", False):
        return [sys.executable, JOB_FLAG]
    return [sys.executable, "-P", "-c", _CHILD, *sys.path]


def _request(call: JobCall) -> dict[str, Any]:
    return {
        "job": call.name,
        "data_dir": call.data_dir,
        "arguments": dict(call.arguments),
        "gentle": call.gentle,
        "operator": None if call.operator is None else dict(call.operator),
    }


def _told_error(answer: Mapping[str, Any]) -> LuthierError:
    kind = answer.get("kind")
    made: LuthierError = getattr(errors, str(kind) if kind in _KINDS else "LuthierError")(
        str(answer.get("error"))
    )
    return made
