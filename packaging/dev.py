#!/usr/bin/env python3
"""Set up, run and test Luthier Desktop on a bare machine, with the standard library alone.

``run`` opens the window, or does its job headless without a display; ``test`` runs every check
(ruff, mypy, import contracts, pytest); ``setup`` only makes the environment.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)
IN_MEMORY, ROOM_BYTES = "/dev/shm", 4 * 2**30
SOME_FAILED = 1
"""What pytest ends with when tests failed, and nothing else went wrong."""

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
    "libX11.so.6": "libx11-6",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}


def main() -> int:
    """Do what the command line asks; the exit code is the last step's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("run", "test", "setup"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="for the program or pytest")
    arguments = parser.parse_args()
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return _refuse(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is not supported: "
            "use Python 3.11, 3.12 or 3.13."
        )
    python = prepare()
    if python is None:
        return 1
    if arguments.task == "run":
        return run(python, arguments.rest)
    if arguments.task == "test":
        return test(python, arguments.rest)
    print(f"ready: {python}")
    return 0


def prepare() -> Path | None:
    """Make .venv from the lock and see to Qt's libraries; None when something is missing."""
    if not _system_libraries():
        return None
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / "luthier-stamp"
    wanted = _fingerprint()
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    if not _environment(python):
        return None
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    steps = (
        ("installing the locked packages", [*pip, "--require-hashes", "-r", str(LOCK)]),
        ("installing the program", [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]),
    )
    for text, command in steps:
        print(f"{text} ...", flush=True)
        if subprocess.run(command, check=False).returncode != 0:
            _refuse(f"{text} failed; the lines above say why. Run the same command again.")
            return None
    _compile(python)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _compile(python: Path) -> None:
    """Compile the program, so that its first start is as quick as any; it need not succeed."""
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [str(python), "-m", "compileall", "-q", str(ROOT / "luthier_desktop")]
    subprocess.run(command, check=False, capture_output=True, env=environment)


def _fingerprint() -> str:
    """Return what the environment was made from; another value means: make it again."""
    parts = [sys.version, str(ROOT)]
    parts += [path.read_text(encoding="utf-8") for path in (LOCK, ROOT / "pyproject.toml")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _environment(python: Path) -> bool:
    """Make an empty .venv; on a Debian-like machine as root also install what venv needs."""
    if python.exists():
        same = [str(python), "-c", "import sys, pip; print(sys.version)"]
        found = subprocess.run(same, check=False, capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip() == sys.version:
            return True
    if VENV.exists():
        shutil.rmtree(VENV)
    print("making .venv ...", flush=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, check=False, capture_output=True).returncode == 0:
        return True
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if VENV.exists():
        shutil.rmtree(VENV)
    if _apt_install([package]) and subprocess.run(command, check=False).returncode == 0:
        return True
    _refuse(f"Python's venv module does not work here; install it: apt-get install {package}")
    return False


def _system_libraries() -> bool:
    """See that Qt's libraries load; install them where we may, else print the exact command."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = {**QT_LIBRARIES, **WINDOW_LIBRARIES}
    missing = [package for name, package in wanted.items() if not _loads(name)]
    if not missing:
        return True
    if _apt_install(missing):
        missing = [package for name, package in wanted.items() if not _loads(name)]
        if not missing:
            return True
    names = " ".join(missing)
    if shutil.which("apt-get"):
        command = f"sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
    else:
        command = f"install the packages that your system calls: {names}"
    _refuse(f"Qt needs system libraries that are not here. Run:\n  {command}")
    return False


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _apt_install(packages: list[str]) -> bool:
    """Install Debian packages where that is possible without asking: root and apt-get."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    print(f"installing system libraries: {' '.join(packages)} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, check=False, env=quiet, capture_output=True, text=True)
        if done.returncode != 0:
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
            return False
    return True


def has_display() -> bool:
    """Return whether a window can be opened: a Wayland or X server that answers."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "") not in ("", "xcb", "wayland"):
        return False
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland:
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        if _answers(socket.AF_UNIX, str(Path(runtime, wayland))):
            return True
    display = re.fullmatch(r"(?:unix)?([^:]*):(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", ""))
    if display is None:
        return False
    host, number = display[1], int(display[2])
    if host:
        return _answers(socket.AF_INET, (host, 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"
    return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, "\0" + path)


def _answers(family: int, address: object) -> bool:
    with contextlib.suppress(OSError), socket.socket(family) as probe:
        probe.settimeout(2)
        probe.connect(address)
        return True
    return False


def run(python: Path, rest: list[str]) -> int:
    """Open the window; without a display say so and do the same job headless."""
    command = [str(python), "-m", "luthier_desktop"]
    environment = dict(os.environ)
    if not has_display():
        print("There is no display here: checking a starter design without a window.", flush=True)
        command.append("--headless")
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run([*command, *rest], check=False, env=environment).returncode


def test(python: Path, rest: list[str]) -> int:
    """Run every check; the first one that fails ends it."""
    here = python.parent
    pytest = [str(python), "-m", "pytest"]
    steps = (
        ("ruff", [str(here / "ruff"), "check"]),
        ("mypy", [str(here / "mypy")]),
        ("import contracts", [str(here / "lint-imports")]),
        ("pytest", [*pytest, *(rest or side_by_side())]),
    )
    for name, command in steps:
        print(f"--- {name}", flush=True)
        code = subprocess.run(command, check=False, cwd=ROOT, env=quick_files()).returncode
        if code == SOME_FAILED and name == "pytest" and not rest:
            print("--- what failed, once more and with both sides of each assert", flush=True)
            again = [*pytest, "-q", "--last-failed"]
            subprocess.run(again, check=False, cwd=ROOT, env=quick_files())
        if code != 0:
            return _refuse(f"{name} found faults (exit code {code}).")
    return 0


def side_by_side() -> list[str]:
    """Let every core run tests; arguments of the user's own stand alone.

    The asserts stay as they are written: every core would rewrite all of them anew, for seconds.
    """
    cores = os.cpu_count() or 1
    spread = ["-n", str(min(cores, 8)), "--dist", "worksteal"] if cores > 1 else []
    return ["-q", "--assert=plain", *spread]


def quick_files() -> dict[str, str]:
    """Let the stores of the tests lie in memory where there is room; TMPDIR stands if it is set.

    Thousands of stores are synced to the disk otherwise. What a disk may lose is tested by
    failing calls and by the campaigns, which choose their own places.
    """
    environ = dict(os.environ)
    has_room = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES
    if has_room and "TMPDIR" not in environ:
        environ["TMPDIR"] = IN_MEMORY
    return environ


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
