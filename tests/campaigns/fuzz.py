"""T12: hostile documents and words: ``python -m tests.campaigns.fuzz [MINUTES] [SEED]``.

Seeded mutations of real documents and of the public corpora go through every door by which bytes
come in; what ends in a new way is changed further. Between them hypothesis calls the services with
words of its own. Every end but a result or a refusal is a fault; so is an input that takes two
seconds of computing or lets the program grow beyond 256 MB, a file written, moved or removed
outside the store's own directories, another program started or a connection opened (Python's audit
tells of each). The work is done in processes of two minutes each; one that hangs for a minute is
ended with its traceback and counts. Needs Linux.
The negative controls are a door that trusts json.loads, one that writes where the input says, and
one that never ends; each must be found out.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from luthier_desktop.services.studio import open_studio
from tests.campaigns.doors import Door, Doors, outcome, seeds, service_calls
from tests.campaigns.mutations import mutated
from tests.services.builders import FakeClock

SEED = 12
PART_S = 120.0
HANG_S = 60
MOST_S = 2.0
MOST_MB = 256
POOL = 600
CALLS_EVERY_S = 20.0
EXAMPLES = 60
OWN = ("data", "cache", "config", "given")
_WRITING = frozenset(
    {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.truncate"}
)
_FORBIDDEN = frozenset({"subprocess.Popen", "os.system", "os.exec", "socket.connect"})


class Guard:
    """Listens to what Python does and notes what no document may bring about."""

    def __init__(self, sandbox: Path) -> None:
        self._own = tuple(str(sandbox / name) for name in OWN)
        self.faults: list[str] = []
        self.listening = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
                self._check(event, arguments[0])
        elif event in _WRITING:
            for path in arguments[:2] if event in ("os.rename", "os.link") else arguments[:1]:
                self._check(event, path)
        elif event in _FORBIDDEN:
            self.faults.append(f"{event} {arguments!r:.120}")

    def _check(self, event: str, path: str | bytes | os.PathLike[Any]) -> None:
        where = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # pathlib would open more
        if not where.startswith(self._own):
            self.faults.append(f"{event} outside the store: {where}")


class Fuzz:
    """One process's share of the work."""

    def __init__(self, sandbox: Path, seed: int, guard: Guard) -> None:
        self.faults: list[str] = []
        self.ends: Counter[str] = Counter()
        self.inputs = 0
        self.slowest_s = 0.0
        self.peak_mb = 0.0
        self._guard = guard
        self._chance = random.Random(seed)
        self._seed = seed
        self._studio = open_studio(sandbox / "data", clock=FakeClock())
        self._pool = seeds(self._studio)
        self._doors = Doors(self._studio, sandbox / "given").all()
        self._calls = service_calls(self._studio)
        self._known: set[str] = set()

    def run(self, seconds: float) -> None:
        """Try inputs for so long."""
        end_s = time.monotonic() + seconds
        next_calls_s = time.monotonic() + CALLS_EVERY_S
        for data in list(self._pool):
            for name, door in self._doors.items():
                self.enter(name, door, data)
        while time.monotonic() < end_s:
            source, other = self._chance.choices(self._pool, k=2)
            name = self._chance.choice(list(self._doors))
            self.enter(name, self._doors[name], mutated(source, other, self._chance))
            if time.monotonic() > next_calls_s:
                self._call_services()
                next_calls_s = time.monotonic() + CALLS_EVERY_S
        self._studio.close()

    def enter(self, name: str, door: Door, data: bytes) -> None:
        """Bring *data* through a door; keep it for further changes when it ends in a new way."""
        end = self._try(name, lambda: door(data), data)
        self.ends[end.split(" ", 1)[0]] += 1
        signature = f"{name} {end}"
        if signature not in self._known and len(data) <= 50_000:
            self._known.add(signature)
            if len(self._pool) < POOL:
                self._pool.append(data)
            else:
                self._pool[self._chance.randrange(POOL)] = data

    def _try(self, name: str, work: Callable[[], object], given_input: object) -> str:
        self.inputs += 1
        faulthandler.dump_traceback_later(HANG_S, exit=True)
        _forget_peak()
        began_s = time.process_time()
        self._guard.listening = True
        try:
            end = outcome(work)
        except Exception as error:  # whatever it is, it is a fault
            end = f"uncaught {type(error).__name__}"
            self.faults.append(f"{name}: {error!r:.200} for {given_input!r:.300}")
        self._guard.listening = False
        took_s = time.process_time() - began_s
        self.slowest_s = max(self.slowest_s, took_s)
        peak_mb = _peak_mb()
        self.peak_mb = max(self.peak_mb, peak_mb)
        if peak_mb > MOST_MB:
            self.faults.append(f"{name}: {peak_mb:.0f} MB for {given_input!r:.300}")
        if took_s > MOST_S:
            self.faults.append(f"{name}: {took_s:.1f} s for {given_input!r:.300}")
        self.faults += self._guard.faults
        self._guard.faults.clear()
        return end

    def _call_services(self) -> None:
        for name, (words, call) in self._calls.items():
            self._seed += 1
            self._call(name, words, call)

    def _call(
        self, name: str, words: st.SearchStrategy[Any], call: Callable[[Any], object]
    ) -> None:
        @hypothesis.seed(self._seed)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(words)
        def one(it: object) -> None:
            self.ends[self._try(name, lambda: call(it), it).split(" ", 1)[0]] += 1

        one()


def work(sandbox: Path, seed: int, seconds: float) -> dict[str, Any]:
    """Fuzz in this process and return what it found."""
    guard = Guard(sandbox)
    fuzz = Fuzz(sandbox, seed, guard)
    fuzz.run(seconds)
    faulthandler.cancel_dump_traceback_later()
    return {
        "inputs": fuzz.inputs,
        "ends": fuzz.ends,
        "slowest_s": fuzz.slowest_s,
        "peak_mb": fuzz.peak_mb,
        "faults": fuzz.faults,
    }


def _forget_peak() -> None:
    """Measure the most memory afresh: what hypothesis needs between inputs is its own."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def control(sandbox: Path) -> list[str]:
    """Return the controls that were not found out."""
    guard = Guard(sandbox)
    fuzz = Fuzz(sandbox, SEED, guard)
    doors: dict[str, Door] = {
        "trusting": lambda data: json.loads(data)["name"],
        "obedient": lambda _data: (sandbox / "elsewhere").write_bytes(b""),
        "endless": lambda _data: sum(range(10**9)) if time.process_time() < 0 else _burn(),
    }
    for name, door in doors.items():
        fuzz.enter(name, door, b"[" * 100_000)
    wanted = {"trusting": "RecursionError", "obedient": "outside", "endless": "endless: 2."}
    return [name for name, words in wanted.items() if not any(words in one for one in fuzz.faults)]


def _burn() -> None:
    began_s = time.process_time()
    while time.process_time() - began_s < MOST_S + 0.1:
        pass


def part(job: str, seed: int, seconds: float) -> dict[str, Any]:
    """Do a share in a process of its own, in a place of its own."""
    with tempfile.TemporaryDirectory(prefix="luthier-fuzz-") as name:
        homes = {f"XDG_{kind}_HOME": f"{name}/{kind.lower()}" for kind in ("CACHE", "CONFIG")}
        environment = {**os.environ, "HOME": name, "PYTHONDONTWRITEBYTECODE": "1", **homes}
        command = [
            sys.executable,
            "-m",
            "tests.campaigns.fuzz",
            job,
            name,
            str(seed),
            str(seconds),
        ]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        return {
            "inputs": 0,
            "ends": {},
            "slowest_s": 0.0,
            "peak_mb": 0.0,
            "faults": [f"seed {seed} ended: {done.stderr[-2000:]}"],
        }
    return json.loads(done.stdout.splitlines()[-1])


def main(minutes: float, seed: int) -> int:
    print(f"seeds from {seed}")
    ends: Counter[str] = Counter()
    faults: list[str] = []
    inputs, slowest_s, peak_mb, began = 0, 0.0, 0.0, time.monotonic()
    while time.monotonic() - began < minutes * 60:
        left_s = minutes * 60 - (time.monotonic() - began)
        found = part("work", seed, min(PART_S, left_s))
        seed += 1000
        inputs += found["inputs"]
        ends.update(found["ends"])
        slowest_s, peak_mb = max(slowest_s, found["slowest_s"]), max(peak_mb, found["peak_mb"])
        faults += found["faults"]
        print(
            f"{(time.monotonic() - began) / 60:.1f} minutes: {inputs:,} inputs, slowest "
            f"{slowest_s:.2f} s, {peak_mb:.0f} MB, {len(faults)} faults",
            flush=True,
        )
    print("ends: " + ", ".join(f"{n:,} {end}" for end, n in ends.most_common()))
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    missed = part("control", seed, 0)["faults"]
    print(f"controls not found out: {missed or 'none'}")
    return 1 if faults or missed or not inputs else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        print(json.dumps(work(Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))))
    elif sys.argv[1:2] == ["control"]:
        print(json.dumps({"faults": control(Path(sys.argv[2]))}))
    else:
        sys.exit(
            main(
                float(sys.argv[1]) if len(sys.argv) > 1 else 30,
                int(sys.argv[2]) if len(sys.argv) > 2 else SEED,
            )
        )
