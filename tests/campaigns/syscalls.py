"""T3: each system call of a save fails once: ``python -m tests.campaigns.syscalls``.

Needs strace. One save, of a run with a snapshot in a new directory, is traced; then for each of
its calls on the store a save is made in which that call fails: with EIO, ENOSPC, EACCES, by the
death of the program, and for writes by a lie (one byte written, it says, and wrote none). Every
fault must have fired. Afterwards nothing may be lost, changed or half visible, the log must
verify, and the same save must succeed when it is made again.
The negative control does the same with a program that writes under the very name and looks at
nothing, and must be found out.
"""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from luthier_desktop.storage.verify import verify
from tests.campaigns.saver import AGAIN, NEXT, Saver
from tests.campaigns.writers import later
from tests.storage.make import open_store
from tests.storage.saves import published

TRACED = "openat,write,fsync,read,linkat,unlink,mkdir,getdents64,newfstatat,close,lseek"
FAULTS = ("error=EIO", "error=ENOSPC", "error=EACCES", "signal=SIGKILL")
LIE = "retval=1"
HARMLESS = frozenset({"event_double", "tmp_left", "run_unfinished", "index_stale"})
"""What a save that failed may leave; the run that was told twice counts once."""
MUST_REFUSE = frozenset({"write", "fsync", "linkat"})
"""A save in which one of these failed is never acknowledged at the first time."""
HARMLESS_WHEN_FULL = frozenset({"close", "read", "newfstatat"})
_CALL = re.compile(r"(\w+)\(")
WAIT_S = 20


class Place(NamedTuple):
    """One call of a save: its name and which one of that name it is."""

    call: str
    number: int


@contextlib.contextmanager
def traced(saver: Saver, folder: Path, *inject: str) -> Iterator[list[str]]:
    """Trace the saver's calls; the list is filled with strace's lines at the end."""
    lines: list[str] = []
    log = folder / "trace"
    command = ["strace", "-p", str(saver.process.pid), "-y", "-s", "0", "-o", str(log)]
    command += ["-e", f"trace={TRACED}", *(part for one in inject for part in ("-e", one))]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert tracer.stderr
        if "attached" not in (said := tracer.stderr.readline()):
            raise RuntimeError(f"strace could not attach: {said}")
        yield lines
    finally:
        if saver.process.poll() is None:
            tracer.send_signal(signal.SIGINT)  # else it has seen the end, and ends by itself
        tracer.communicate(timeout=WAIT_S)
        lines += log.read_text().splitlines()


class Campaign:
    """One log in which faults of one kind are made."""

    def __init__(self, folder: Path, how: str) -> None:
        self.problems: list[str] = []
        self.fired = 0
        self._folder = folder
        self._how = how
        self._number = 0
        self._acknowledged: dict[str, str] = {}
        self._saver = Saver(folder, 0, how)
        self._answer(self._saver.order(NEXT))
        self._number += 1

    def calls(self) -> list[Place]:
        """Trace one save and return its calls on the store."""
        with traced(self._saver, self._folder) as lines:
            self._answer(self._saver.order(NEXT))
            self._number += 1
        seen: Counter[str] = Counter()
        places = []
        for line in lines:
            name = match.group(1) if (match := _CALL.match(line)) else ""
            seen[name] += 1
            if name and str(self._folder) in line:
                places.append(Place(name, seen[name]))
        return places

    def fail(self, place: Place, fault: str) -> None:
        """Save while one call fails; then save the same again."""
        before = published(self._folder)
        what = f"{place.call} {place.number} {fault}"
        inject = f"inject={place.call}:{fault}:when={place.number}"
        with traced(self._saver, self._folder, inject) as lines:
            answer = self._saver.order(NEXT)
            if not answer:
                self._saver.process.wait(WAIT_S)
        self._number += 1
        fired = any("(INJECTED)" in line or "killed by SIGKILL" in line for line in lines)
        self.fired += fired
        self._note([] if fired else ["did not fire"], what)
        self._note(self._judged(place, fault, answer), what)
        self._note(self._seen(before), what)
        self._note(self._again(answer), what)
        self._note(self._verified(), what)

    def end(self) -> None:
        """Take in what is left over and verify in depth."""
        self._saver.end()
        with open_store(self._folder, seed=7, clock=later) as store:
            store.adopt_orphans()
            store.catch_up()
            report = verify(store, "deep")
            if report.failed or report.runs != self._number:
                self.problems.append(f"{report.runs} of {self._number} runs: {report.failed}")
            self.problems += [
                f"in the end: {found.message}"
                for found in report.findings
                if found.code not in HARMLESS
            ]

    def _answer(self, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        if word == "saved":
            path, sha256 = rest.split()
            self._acknowledged[path] = sha256

    def _judged(self, place: Place, fault: str, answer: str) -> list[str]:
        self._answer(answer)
        if fault.startswith("signal"):
            return ["the program answered although it was killed"] if answer else []
        if answer.startswith("saved"):
            return ["was acknowledged"] if place.call in MUST_REFUSE else []
        if not answer.startswith("failed "):
            return ["the program died"]
        says_why = "is full" in answer or "No space left" in answer  # the latter while reading
        silent = fault == "error=ENOSPC" and place.call not in HARMLESS_WHEN_FULL and not says_why
        return [f"does not say why: {answer}"] if silent else []

    def _seen(self, before: dict[str, bytes]) -> list[str]:
        found = published(self._folder)
        wrong = [f"{path} was changed" for path in before if found.get(path) != before[path]]
        for path in found.keys() - before.keys():
            try:
                json.loads(found[path])
            except ValueError:
                wrong.append(f"{path} is seen half written")
        return wrong + [f"{path} is lost" for path in self._acknowledged if path not in found]

    def _again(self, answer: str) -> list[str]:
        if self._saver.process.poll() is None and answer:
            answer = self._saver.order(AGAIN)
        else:
            self._saver.end()
            self._saver = Saver(self._folder, self._number - 1, self._how)
            answer = self._saver.order(NEXT)
        self._answer(answer)
        return [] if answer.startswith("saved") else [f"the same save failed again: {answer}"]

    def _verified(self) -> list[str]:
        with open_store(self._folder, seed=6) as store:
            report = verify(store, "full")
        bad = [found.message for found in report.findings if found.code not in HARMLESS]
        return bad + ([report.failed] if report.failed else [])

    def _note(self, wrong: list[str], what: str) -> None:
        self.problems += [f"{what}: {one}" for one in wrong]


def campaign(how: str, faults: tuple[str, ...], calls: str) -> tuple[int, int, list[str]]:
    """Return how many faults were made, how many fired, and what was wrong."""
    made = fired = 0
    problems: list[str] = []
    for fault in faults:
        with tempfile.TemporaryDirectory(prefix="luthier-calls-") as name:
            log = Campaign(Path(name), how)
            places = [place for place in log.calls() if place.call in calls.split(",")]
            for place in places:
                log.fail(place, fault)
            log.end()
        made, fired = made + len(places), fired + log.fired
        problems += log.problems
        kinds = ", ".join(f"{n} {call}" for call, n in Counter(p.call for p in places).items())
        print(
            f"{how}, {fault}: {log.fired} of {len(places)} fired ({kinds}), "
            f"{len(log.problems)} problems",
            flush=True,
        )
    return made, fired, problems


def main() -> int:
    began = time.monotonic()
    print("no chance in it, no seed")
    made, fired, problems = campaign("real", FAULTS, TRACED)
    lies = campaign("real", (LIE,), "write")
    made, fired, problems = made + lies[0], fired + lies[1], problems + lies[2]
    print(*problems[:20], sep="\n")
    print(
        f"{made} faults, {fired} fired, {len(problems)} problems, {time.monotonic() - began:.0f} s"
    )
    _, _, found = campaign("careless", (LIE, "error=ENOSPC"), "write")
    if not any("half written" in one for one in found):
        print("The control found nothing: this campaign proves nothing.")
        return 1
    return 1 if problems or fired != made or not made else 0


if __name__ == "__main__":
    sys.exit(main())
