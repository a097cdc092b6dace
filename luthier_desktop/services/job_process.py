"""The process that does one long job: a request comes in, progress and one answer go out.

Standard input holds the request as one line of JSON and stays open; the word ``cancel``, or its
end, asks the job to stop. Standard output holds lines of JSON: ``{"done", "total", "words"}`` as
often as the percentage changes, then ``{"result"}``, ``{"error", "kind"}`` or ``{"bug"}``. When
the window is gone the process ends soon after, whatever it does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

REQUEST_BYTES = 2**20
_READ_BYTES = 2**16
_GRACE_S = 2.0
_LOST = 1
_BELOW_NORMAL_WINDOWS = 0x4000
_NICER = 10
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


class Line:
    """The two pipes to the window: answers go out, a wish to end comes in."""

    def __init__(self, read_from: int, write_to: int) -> None:
        self._read_from = read_from
        self._write_to = write_to
        self._stop = threading.Event()
        self._has_begun = threading.Event()
        self._rest = b""
        self._told = (-1, "")

    def request(self) -> dict[str, Any]:
        """Return the request; an empty one when the window is gone already."""
        while b"\n" not in self._rest and len(self._rest) < REQUEST_BYTES:
            part = os.read(self._read_from, _READ_BYTES)
            if not part:
                return {}
            self._rest += part
        first, _, self._rest = self._rest.partition(b"\n")
        request: dict[str, Any] = json.loads(first)
        return request

    def listen(self) -> None:
        """Hear from now on whether the work is still wanted."""
        threading.Thread(target=self._listen, name="luthier-listen", daemon=True).start()

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Send how far the work is, once a per cent."""
        percent = 100 * done // max(total, done, 1)
        if (percent, words) != self._told:
            self._told = (percent, words)
            self.send({"done": done, "total": total, "words": words})

    def begin(self) -> None:
        """Let the work begin: from now on it is asked to end, before it the process just ends."""
        self._has_begun.set()

    def is_cancelled(self) -> bool:
        """Say whether the work should end now."""
        return self._stop.is_set()

    def send(self, message: dict[str, Any]) -> None:
        """Send one line of JSON."""
        rest = memoryview(json.dumps(message, allow_nan=False).encode() + b"\n")
        while rest:
            rest = rest[os.write(self._write_to, rest) :]

    def _listen(self) -> None:
        heard = self._rest
        while b"cancel" not in heard and (part := _read(self._read_from)):
            heard = heard[-len(b"cancel") :] + part
        self._stop.set()
        if not self._has_begun.is_set():
            os._exit(_LOST)  # nothing is open yet, and imports take a while
        while _read(self._read_from):
            pass
        # The window is gone. What is being recorded is recorded whole or not at all.
        time.sleep(_GRACE_S)
        os._exit(_LOST)


def main() -> int:
    """Do the job that standard input asks for."""
    line = Line(_INPUT, os.dup(_OUTPUT))
    os.dup2(_ERRORS, _OUTPUT)  # what a library prints must not stand among the answers
    request = line.request()
    if request:
        line.listen()
        line.send(_answer(request, line))
    return 0


def _answer(request: dict[str, Any], line: Line) -> dict[str, Any]:
    from luthier_desktop.domain.errors import LuthierError
    from luthier_desktop.domain.operators import OWNER, Operator
    from luthier_desktop.services.jobs import job
    from luthier_desktop.services.studio import open_studio

    try:
        if request.get("gentle"):
            _be_gentle()
        chosen = job(str(request.get("job")))
        operator = Operator.read(request.get("operator") or OWNER.plain(), "The operator")
        data_dir = Path(request["data_dir"])
        with open_studio(data_dir, source=chosen.source, operator=operator) as studio:
            line.begin()
            return {"result": chosen.work(studio, request.get("arguments") or {}, line)}
    except LuthierError as error:
        return {"error": error.sentence, "kind": type(error).__name__}
    except Exception:  # whatever it is, the window must hear of it
        from traceback import format_exc

        return {"bug": format_exc()}


def _be_gentle() -> None:
    """Let everything else on this machine go first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_WINDOWS)
    else:
        os.nice(_NICER)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _READ_BYTES)
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
