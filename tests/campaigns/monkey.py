"""A monkey at the real window: ``python -m tests.campaigns.monkey [MINUTES] [SEED] [PROGRAM]``.

Under Xvfb the program is started as a user starts it, in a home of its own, and gets random keys,
words, clicks and wheel turns from xdotool, a burst at a time; the sequence follows from the seed.
Now and then it is killed with SIGKILL in the middle of a burst, or asked to quit, and started
again. PROGRAM is the built `luthier-desktop`; without it the checkout runs.

Between the bursts is looked for: the process ended by itself with anything but 0; a trace or an
error in its log file or on its standard error; a window that Escape does not close; no answer to
keys; a run or other event that stood in the log before and does not, or otherwise, afterwards; a
log that does not verify. The control starts a program that ends with a trace of its own, which
must be found out.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ImageGrab

from tests.campaigns.monkey_hands import HIGH, WIDE, action

BURST = 40
BURSTS_A_LIFE = (4, 30)
START_S = 30.0
QUIT_S = 60.0
STUCK_S = 20.0
TRIED = 0.2
"""How often after a burst it is tried to close all windows but the main one."""
_MAIN = re.compile(r"Luthier Desktop( · signed out)?$")
REST_S = 0.05
_RULES = """<openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew></focus><keyboard/>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/>
<action name="Raise"/></mousebind></context></mouse></openbox_config>"""
"""A window manager without menus and keys of its own."""
_FAULT = re.compile(
    r"\b(CRITICAL|ERROR)\b|Traceback|Segmentation|QObject|QThread|QTimer|Ambiguous|QPainter"
)
_QUIET = ("This plugin does not support", "Detected locale", "Qt depends on a UTF-8 locale",
          "If this causes problems", "for more information", "propagateSizeHints")  # fmt: skip


@dataclass
class Seen:
    """What the monkey did, and what it found."""

    bursts: int = 0
    kills: int = 0
    quits: int = 0
    ended: int = 0
    runs: int = 0
    faults: list[str] = field(default_factory=list)
    memory_mb: list[tuple[float, int]] = field(default_factory=list)


class Life:
    """One start of the program."""

    def __init__(self, program: list[str], home: Path, screen: str) -> None:
        self.home = home
        self.screen = screen
        self.environ = _environ(home, screen)
        self.errors = home / "stderr.txt"
        self._out = self.errors.open("ab")
        self.begun = self.errors.stat().st_size
        self.process = subprocess.Popen(
            program, env=self.environ, cwd=home, stdout=self._out, stderr=self._out
        )

    def wait_for_window(self) -> bool:
        """Wait until it shows a window."""
        until = time.monotonic() + START_S
        asked = ["xdotool", "search", "--onlyvisible", "--name", "Luthier"]
        while time.monotonic() < until and self.process.poll() is None:
            if subprocess.run(asked, capture_output=True, env=self.environ, check=False).stdout:
                return True
            time.sleep(0.2)
        return False

    def burst(self, chance: random.Random) -> None:
        """Press keys, type and click."""
        lines = [action(chance) for _ in range(BURST)]
        subprocess.run(
            ["xdotool", "-"], input="\n".join(lines).encode(), env=self.environ,
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip

    def memory_mb(self) -> int:
        """Return how much memory it holds."""
        try:
            told = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii")
        except OSError:
            return 0
        return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20

    def quit(self) -> int | None:
        """Ask it to end as Ctrl+Q does, and leave without saving; None when it does not."""
        until = time.monotonic() + QUIT_S
        while time.monotonic() < until:
            self._press(*["Escape"] * 4, "ctrl+q")
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(timeout=3)
            self._press("Tab", "Return")
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(timeout=3)
        return None

    def _press(self, *keys: str) -> None:
        asked = ["xdotool", "key", "--delay", "30", *keys]
        subprocess.run(asked, capture_output=True, env=self.environ, check=False)

    def stuck(self) -> list[str]:
        """Close whatever lies beside the main window by Escape; name what does not close."""
        until = time.monotonic() + STUCK_S
        while others := self._others():
            if time.monotonic() > until or self.process.poll() is not None:
                return sorted(others.values())
            for window in others:
                self._tell("windowfocus", window)
            self._press("Escape")
            time.sleep(0.1)
        return []

    def _others(self) -> dict[str, str]:
        """Return the title of each window beside the main one."""
        asked = ["search", "--onlyvisible", "--all", "--pid", str(self.process.pid), "--name", "."]
        found = {
            window: self._tell("getwindowname", window) for window in self._tell(*asked).split()
        }
        return {
            window: title for window, title in found.items() if title and not _MAIN.search(title)
        }

    def _tell(self, *asked: str) -> str:
        done = subprocess.run(
            ["xdotool", *asked], capture_output=True, env=self.environ, check=False
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def take_picture(self) -> None:
        """Keep what the screen shows beside the other findings."""
        with suppress(OSError):
            ImageGrab.grab(xdisplay=self.screen).save(self.home / "screen.png")

    def kill(self) -> None:
        """End it as a power cut of one program does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def said(self) -> list[str]:
        """Return what it said on its standard error that is not known to be harmless."""
        self._out.flush()
        with self.errors.open("rb") as file:
            file.seek(self.begun)
            lines = file.read().decode("utf-8", "replace").splitlines()
        return [line for line in lines if line and not any(word in line for word in _QUIET)]


def play(minutes: float, seed: int, program: list[str], luthier: list[str]) -> Seen:
    """Let the monkey play; return what it saw."""
    chance, seen = random.Random(seed), Seen()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="luthier-monkey-") as folder, _screen() as screen:
        home = Path(folder)
        kept: set[str] = set()
        while time.monotonic() - began < minutes * 60 and not seen.faults:
            _live(Life(program, home, screen), chance, seen, began)
            now = _kept(luthier, home, screen, seen)
            if lost := kept - now:
                seen.faults.append(f"{len(lost)} events are gone or changed: {sorted(lost)[:3]}")
            kept |= now
            seen.faults += _logged(home)
        if seen.faults:
            shutil.copytree(home, f"{folder}-kept", symlinks=True, dirs_exist_ok=True)
            seen.faults.append(f"the home is kept in {folder}-kept")
    return seen


def _live(life: Life, chance: random.Random, seen: Seen, began: float) -> None:
    """Let one start of the program live until it is killed, quits, or ends by itself."""
    if not life.wait_for_window():
        seen.faults.append(f"no window came: code {life.process.poll()}, {life.said()[-5:]}")
        life.kill()
        return
    _burst_on(life, chance, seen, began)
    if life.process.poll() is not None:
        seen.ended += 1
        if life.process.returncode:
            seen.faults.append(f"it ended with {life.process.returncode}: {life.said()[-8:]}")
    elif chance.random() < 0.6:
        life.kill()
        seen.kills += 1
    else:
        seen.quits += 1
        code = life.quit()
        if code != 0:
            seen.faults.append(f"asked to quit it ended with {code}: {life.said()[-8:]}")
            life.take_picture()
            life.kill()
    seen.faults += [f"it said: {line}" for line in life.said() if _FAULT.search(line)][:5]


def _burst_on(life: Life, chance: random.Random, seen: Seen, began: float) -> None:
    for _ in range(chance.randint(*BURSTS_A_LIFE)):
        life.burst(chance)
        seen.bursts += 1
        time.sleep(REST_S)
        if life.process.poll() is not None:
            break
        if chance.random() < TRIED and _is_stuck(life, seen):
            break
        seen.memory_mb.append((time.monotonic() - began, life.memory_mb()))


def _is_stuck(life: Life, seen: Seen) -> bool:
    """Tell whether a window stays whatever Escape says to it."""
    stuck = life.stuck()
    if not stuck or life.process.poll() is not None:
        return False
    seen.faults.append(f"Escape does not close {stuck}")
    life.take_picture()
    return True


def _kept(luthier: list[str], home: Path, screen: str, seen: Seen) -> set[str]:
    """Verify the log, and return each event that it holds with the hash of its bytes.

    A monkey hides runs and may purge one; both are events, so no event may ever be gone.
    """
    environ = _environ(home, screen)
    ledger = home / ".local" / "share" / "luthier-desktop" / "ledger"
    if not ledger.exists():
        return set()  # killed before there was a log; one that is gone later is found missing
    verified = subprocess.run(
        [*luthier, "logs", "verify", "--json"], capture_output=True, env=environ, check=False
    )
    if verified.returncode:
        told = verified.stdout.decode("utf-8", "replace") or verified.stderr.decode()
        seen.faults.append(f"the log does not verify: {told[-2000:]}")
    events = {path: path.read_bytes() for path in sorted(ledger.rglob("*.json"))}
    seen.runs = sum(bool(json.loads(data).get("run_id")) for data in events.values())
    return {f"{path.name} {hashlib.sha256(data).hexdigest()}" for path, data in events.items()}


def _logged(home: Path) -> list[str]:
    """Return the errors that the program wrote into its log file."""
    found = []
    for path in sorted((home / ".local" / "state").rglob("*.log*")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            line for line in text.splitlines() if " CRITICAL " in line or "Traceback" in line
        ]
    return [f"{line[:300]} (log file)" for line in found[:5]]


def _environ(home: Path, screen: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return kept | {"HOME": str(home), "DISPLAY": screen, "LANG": "C.UTF-8"}


@contextmanager
def _screen() -> Iterator[str]:
    screen = f":{200 + os.getpid() % 5000}"
    size = f"{WIDE}x{HIGH}x24"
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(["Xvfb", screen, "-screen", "0", size], stdout=quiet, stderr=quiet)
    keeper = None
    time.sleep(1.5)
    if shutil.which("openbox"):
        environ = {**os.environ, "DISPLAY": screen}
        with tempfile.NamedTemporaryFile("w", suffix=".xml", delete=False) as rules:
            rules.write(_RULES)
        command = ["openbox", "--config-file", rules.name]
        keeper = subprocess.Popen(command, env=environ, stdout=quiet, stderr=quiet)
        time.sleep(0.5)
        Path(rules.name).unlink()
    try:
        yield screen
    finally:
        for process in (keeper, server):
            if process is not None:
                process.terminate()
                process.wait()


def main() -> int:
    """Play, tell what was seen, and run the control."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    root = str(Path(__file__).resolve().parents[2])
    os.environ["PYTHONPATH"] = root
    window = [sys.executable, "-m", "luthier_desktop"]
    luthier = [
        sys.executable,
        "-c",
        "import sys; from luthier_desktop.cli import main; sys.exit(main())",
    ]
    if len(sys.argv) > 3:
        built = Path(sys.argv[3]).resolve()
        window, luthier = [str(built)], [str(built.parent / "luthier")]
    seen = play(minutes, seed, window, luthier)
    most = max((memory for _, memory in seen.memory_mb), default=0)
    print(
        f"{seen.bursts * BURST} actions with seed {seed}: {seen.kills} kills, {seen.quits} quits, "
        f"{seen.ended} ends by its own keys; {seen.runs} events with a run; at most "
        f"{most} MB"
    )
    print("\n".join(seen.faults) or "no fault")
    broken = [sys.executable, "-c", "raise SystemExit('Traceback: control')"]
    control = play(0.2, seed, broken, luthier)
    print(f"control: {'found out' if control.faults else 'NOT FOUND OUT'}")
    return 1 if seen.faults or not control.faults else 0


if __name__ == "__main__":
    sys.exit(main())
