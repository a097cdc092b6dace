"""Lets several contenders loose at one moment and hears what each of them says."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.storage.make import open_store

PROGRAMS = 8


def contend(
    folder: Path, count: int, how: str = "real", *, programs: int = PROGRAMS, most_s: float = 120
) -> list[list[str]]:
    """Let programs record *count* runs each; return what each of them said."""
    open_store(folder).close()
    program = [sys.executable, "-m", "tests.storage.contender", str(folder)]
    started = [
        subprocess.Popen(
            [*program, str(number), str(count), how],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(1, programs + 1)
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    (folder / "go").touch()
    said = [one.communicate(timeout=most_s) for one in started]
    assert [errors for _, errors in said if errors and how == "real"] == []
    return [output.splitlines() for output, _ in said]


def won_and_lost(said: list[list[str]]) -> tuple[int, int]:
    """Count the programs that won the one id, and those that were told of a conflict."""
    words = Counter(line.split()[0] for lines in said for line in lines)
    return words["won"], words["conflict"]
