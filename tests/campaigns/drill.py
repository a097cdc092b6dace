"""T19 at length: back up, kill, wipe, restore, compare; each file of a backup damaged in turn.

    python -m tests.campaigns.drill [RUNS] [KILLS]

A process restores a full backup and is killed with SIGKILL at a random moment; the place must be
empty or hold every byte. Then another restores settings and is killed: the settings must be those
of before or those of the backup. At the end a bit of each file of the backup is turned round.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.full_backup import Watch
from luthier_desktop.storage.full_restore import restore_full
from tests.benchmarks.bench_verify import fill
from tests.services.backup_shops import bytes_below, seen, use_new_setup
from tests.storage.flipping import flipped

_LUTHIER = "import sys; from luthier_desktop.cli import main; sys.exit(main(sys.argv[1:]))"


def killed(arguments: list[str], longest_s: float, chance: random.Random) -> bool:
    """Run a command and kill it at a random moment; tell whether it came to its end before."""
    command = [sys.executable, "-c", _LUTHIER, *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        time.sleep(chance.uniform(0.2, longest_s))
        child.send_signal(signal.SIGKILL)
        return child.wait() == 0


def restore_kills(backup: Path, folder: Path, kills: int, chance: random.Random) -> str:
    whole, nothing, all_of_it = bytes_below(backup / "data"), 0, 0
    for number in range(kills):
        into = folder / f"into{number}"
        killed(["backups", "full", "restore", str(backup), "--into", str(into)], 2.5, chance)
        found = bytes_below(into) if into.exists() else {}
        assert found in ({}, whole), "a mixture"
        nothing, all_of_it = nothing + (not found), all_of_it + bool(found)
        for left in folder.glob("*into*"):
            shutil.rmtree(left)
    return f"{kills} kills of a full restore: {nothing} left nothing, {all_of_it} all, 0 else"


def settings_kills(data: Path, names: list[str], kills: int, chance: random.Random) -> str:
    place = ["--data-dir", str(data)]
    with open_studio(data) as studio:
        states = []
        for name in names:
            studio.backups.restore(name)
            states.append(seen(studio))
    counts = [0, 0]
    for number in range(kills):
        killed(["backups", "restore", names[number % 2], *place], 1.2, chance)
        with open_studio(data) as studio:
            studio.runs.adopt_orphans()
            state = seen(studio)
        assert state in states, "a mixture"
        counts[states.index(state)] += 1
    with open_studio(data) as studio:
        report = studio.runs.verify("full")
        damage = [found for found in report.findings if found.severity == "damage"]
        assert not damage, damage
    return (
        f"{kills} kills of a restore of settings: {counts[0]} and {counts[1]} times whole, 0 else"
    )


def flips(backup: Path, into: Path) -> str:
    refused = 0
    for path in sorted(bytes_below(backup)):
        (backup / path).chmod(0o644)
        with flipped(backup / path, (backup / path).stat().st_size * 4):
            refused += path.removeprefix("data/") in _refusal(backup, into)
        assert not into.exists()
    return f"{len(bytes_below(backup))} files damaged in turn: {refused} refused by name"


def _refusal(backup: Path, into: Path) -> str:
    try:
        restore_full(backup, into, Watch(None, None))
    except InputRefused as error:
        return error.sentence
    return ""


def drill(folder: Path, runs: int, kills: int) -> None:
    chance = random.Random(19)
    data, stick = folder / "data", folder / "stick"
    stick.mkdir()
    with open_studio(data) as studio:
        fill(studio, runs)
        names = []
        for number, name in enumerate(("Old machine", "New machine")):
            use_new_setup(studio, name, 800.0 + 100 * number)
            names.append(studio.backups.create(name).told.name)
        backup = studio.full_backups.create(stick).path
        print(f"{studio.full_backups.verify(backup).manifest.size_bytes:,} bytes in a backup")
    print(restore_kills(backup, folder, kills, chance), flush=True)
    print(settings_kills(data, names, kills, chance), flush=True)
    shutil.rmtree(data)
    restore_full(backup, data, Watch(None, None))
    assert bytes_below(data) == bytes_below(backup / "data")
    with open_studio(data) as studio:
        assert not [
            one for one in studio.runs.verify("full").findings if one.code == "run_missing"
        ]
    print("wiped and restored: every byte as before")
    print(flips(backup, folder / "new"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=200)
    parser.add_argument("kills", nargs="?", type=int, default=100)
    asked = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with tempfile.TemporaryDirectory() as name:
        for kind in ("CACHE", "CONFIG", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(Path(name, kind))
        drill(Path(name), asked.runs, asked.kills)


if __name__ == "__main__":
    main()
