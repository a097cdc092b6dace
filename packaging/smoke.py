#!/usr/bin/env python3
"""Run the built program as a new user would: in a home of its own, without a display and with one.

Each step does real work through the built folder alone and stops at the first thing that is wrong.
What a library does is seen by its work: DXF by ezdxf, PDF by reportlab, signatures by
cryptography, a PIN by argon2, PNG by resvg.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "luthier-desktop"
SUFFIX = ".exe" if os.name == "nt" else ""
PATIENCE_S = 120
WINDOW_PATIENCE_S = 40
DESIGN = {
    "name": "Smoke",
    "outer_diameter_mm": 130,
    "inner_diameter_mm": 106,
    "soundhole_diameter_mm": 100,
    "ring_params": [
        {"ring_index": 0, "width_mm": 6, "materials": ["black_walnut"], "pattern_type": "SOLID"},
        {"ring_index": 1, "width_mm": 6, "materials": ["holly", "gaboon_ebony"],
         "pattern_type": "HERRINGBONE", "tile_length_mm": 3},
    ],
}  # fmt: skip


class Failed(Exception):
    """A step did not do what it should."""


class Built:
    """The built folder and a home that nothing has been in before."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        kept = ("PATH", "SYSTEMROOT", "TEMP", "DISPLAY", "XDG_RUNTIME_DIR")
        self.environ = {name: os.environ[name] for name in kept if name in os.environ}
        self.environ |= {"HOME": str(home), "USERPROFILE": str(home), "LANG": "C.UTF-8"}
        self.environ |= {"APPDATA": str(home), "LOCALAPPDATA": str(home)}

    def command(self, *words: object, given: bytes = b"", pin: str = "") -> Any:
        """Run ``luthier`` and return its JSON answer."""
        asked = [str(self.folder / f"luthier{SUFFIX}"), *map(str, words), "--json"]
        handed: tuple[int, ...] = ()
        if pin:
            reading, writing = os.pipe()
            os.write(writing, f"{pin}\n".encode())
            os.close(writing)
            asked += ["--pin-fd", str(reading)]
            handed = (reading,)
        answer = subprocess.run(
            asked, input=given, capture_output=True, env=self.environ, timeout=PATIENCE_S,
            check=False, pass_fds=handed,
        )  # fmt: skip
        if answer.returncode:
            said = answer.stderr.decode("utf-8", "replace")
            raise Failed(f"{' '.join(asked[1:])} ended with {answer.returncode}: {said}")
        return json.loads(answer.stdout)

    def window(self, *words: object, **more: str) -> subprocess.Popen[bytes]:
        """Start the window."""
        asked = [str(self.folder / f"luthier-desktop{SUFFIX}"), *map(str, words)]
        return subprocess.Popen(
            asked, env={**self.environ, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )


def main() -> int:
    """Run all steps; the exit code is 0 when every one did its work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory(prefix="luthier-smoke-") as home:
        built = Built(folder, Path(home))
        for step in (_starts, _records, _exports, _signs_in, _works_headless, _opens_a_window):
            try:
                print(f"ok    {step(built)}", flush=True)
            except (Failed, subprocess.TimeoutExpired, OSError, KeyError, ValueError) as error:
                print(f"FAILED {step.__name__.strip('_')}: {error}", file=sys.stderr)
                return 1
    return 0


def _starts(built: Built) -> str:
    health = built.command("health")
    _require(health["ok"], f"health tells of problems: {health['problems']}")
    return f"the command starts: {health['version']}, Python {health['python']}"


def _records(built: Built) -> str:
    design = built.home / "design.json"
    design.write_text(json.dumps(DESIGN), encoding="utf-8")
    report = built.command("feasibility", "single", design)
    saved = built.command("snapshots", "save", design, "--name", "Smoke")
    share = built.home / "smoke.rosette"
    built.command("snapshots", "export", saved["snapshot_id"], "--out", share)
    verified = built.command("logs", "verify")
    _require(verified["ok"] and verified["runs"] == 3, f"verify found {verified}")
    return f"a check is recorded ({report['risk_bucket']}), a snapshot saved, the log verified"


def _exports(built: Built) -> str:
    begun = {"svg": b"<?xml", "png": b"\x89PNG", "dxf": b"  0", "pdf": b"%PDF"}
    for kind, head in begun.items():
        target = built.home / f"smoke.{kind}"
        built.command("export", kind, built.home / "design.json", "--out", target)
        _require(target.read_bytes().startswith(head), f"{target} begins otherwise")
    return f"exports: {', '.join(begun)}"


def _signs_in(built: Built) -> str:
    built.command("operators", "add", "Ada", "--role", "lead", pin="271828")
    _require(len(built.command("operators", "list")["operators"]) == 1, "Ada is not listed")
    return "an operator with a PIN is added"


def _works_headless(built: Built) -> str:
    data = built.home / "headless"
    window = built.window("--headless", "--data-dir", data, QT_QPA_PLATFORM="offscreen")
    said, errors = window.communicate(timeout=PATIENCE_S)
    _require(window.returncode == 0 and b"Verdict" in said, errors.decode("utf-8", "replace"))
    return "the window does its job without a display"


def _opens_a_window(built: Built) -> str:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        return "not tried under a display: Xvfb and xdotool are not here"
    screen = f":{90 + os.getpid() % 1000}"
    server = subprocess.Popen(
        ["Xvfb", screen, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL
    )
    try:
        built.environ["DISPLAY"] = screen
        data = built.home / "shown"
        window = built.window("--data-dir", data, built.home / "smoke.rosette")
        _require_window(screen, window, "Luthier Desktop")
        _require_window(screen, window, "Open a share file")
        window.terminate()
        window.wait(timeout=PATIENCE_S)
        return "the window opens under a display and shows a share file given as an argument"
    finally:
        server.terminate()
        server.wait()


def _require_window(screen: str, window: subprocess.Popen[bytes], words: str) -> None:
    asked: Sequence[str] = ("xdotool", "search", "--onlyvisible", "--name", words)
    until = time.monotonic() + WINDOW_PATIENCE_S
    while time.monotonic() < until:
        environ = {**os.environ, "DISPLAY": screen}
        if subprocess.run(asked, capture_output=True, env=environ, check=False).stdout.strip():
            return
        if window.poll() is not None:
            said = window.stderr.read() if window.stderr else b""
            raise Failed(f"the window ended: {said.decode('utf-8', 'replace')}")
        time.sleep(0.2)
    raise Failed(f"no window {words!r} came within {WINDOW_PATIENCE_S} s")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


if __name__ == "__main__":
    sys.exit(main())
