"""Making the index anew behind everything else, so that the list can be asked meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

from luthier_desktop.storage.index_build import BuildEnded, IndexBuilding, being_built, build
from luthier_desktop.storage.ledger import Ledger


class IndexBuilder:
    """At most one build at a time, on a thread of its own."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self._path = path
        self._ledger = ledger
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()
        self._done = (0, 0)
        self._failure: Exception | None = None

    def start(self) -> IndexBuilding:
        """Begin to build, and return what to say meanwhile."""
        self._ending.clear()
        self._failure, self._done = None, (0, 0)
        self._thread = threading.Thread(target=self._build, name="index builder")
        self._thread.start()
        return being_built()

    def require_ended(self) -> None:
        """Take note of a build that has ended.

        Raises:
            IndexBuilding: It has not.
            Exception: It failed with this.
        """
        if self._thread is None:
            return
        if self._thread.is_alive():
            raise being_built(*self._done)
        self._thread.join()
        self._thread = None
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def wait(self, *, end: bool) -> None:
        """Wait for the build; *end* gives it up, and the next program begins again."""
        if self._thread is not None:
            if end:
                self._ending.set()
            self._thread.join()
            self._thread = None

    def _build(self) -> None:
        try:
            build(self._path, self._ledger.another(), self._tell)
        except BuildEnded:
            return
        except Exception as failure:  # told to whoever asks next
            self._failure = failure

    def _tell(self, done: int, total: int) -> None:
        self._done = (done, total)
        if self._ending.is_set():
            raise BuildEnded
