"""A program that saves when it is told to: ``python -m tests.campaigns.saver FOLDER FIRST HOW``.

At SIGUSR1 it saves the next run, with a snapshot and in a directory of its own; at SIGUSR2 the
same run once more. It answers each order with a line, "saved PATH SHA256" or "failed SENTENCE".
It waits for signals because a tracer can then come and go without changing what it does next.
HOW is "real", or "hasty" as in `tests.campaigns.writers`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage import document_store, ledger, run_store
from luthier_desktop.storage.store import Store
from tests.storage.careless import careless_put
from tests.storage.make import open_store
from tests.storage.saves import save

NEXT, AGAIN = signal.SIGUSR1, signal.SIGUSR2


def obey(store: Store, number: int) -> None:
    """Save at each order, for ever."""
    print("ready", flush=True)
    while True:
        number += signal.sigwaitinfo({NEXT, AGAIN}).si_signo == NEXT
        os.write(1, f"{_save(store, number)}\n".encode())


def _save(store: Store, number: int) -> str:
    try:
        recorded = save(store, number)
    except StorageFailed as error:
        return f"failed {error.sentence}"
    return f"saved {recorded.path} {recorded.sha256}"


class Saver:
    """A saver that lives, and how to order it about."""

    def __init__(self, folder: Path, first: int, how: str) -> None:
        program = [sys.executable, "-m", "tests.campaigns.saver", str(folder), str(first), how]
        self.process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self._output = self.process.stdout
        if self._output.readline() != "ready\n":
            raise RuntimeError("the saver did not start")

    def order(self, which: signal.Signals) -> str:
        """Let it save; return its answer, empty when it died."""
        self.process.send_signal(which)
        return self._output.readline().strip()

    def end(self) -> None:
        """End it, however it is."""
        self.process.kill()
        self.process.wait()
        self._output.close()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {NEXT, AGAIN})
    if sys.argv[3] == "careless":
        for module in (run_store, document_store, ledger):
            module.put_once = careless_put
    obey(open_store(Path(sys.argv[1]), seed=int(sys.argv[2]) + 1), int(sys.argv[2]))
