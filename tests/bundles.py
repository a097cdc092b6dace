"""Run bundles for tests, the checker that goes with them, and flipped bits."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from luthier_desktop import paths

CHECKER = paths.resource("bundle") / "check.py"


def checker() -> ModuleType:
    """Load the checker that stands in every bundle."""
    module = ModuleType("bundle_check")
    exec(compile(CHECKER.read_bytes(), str(CHECKER), "exec"), module.__dict__)
    return module


def problems(check: ModuleType, bundle: Path) -> list[str]:
    """Return what the checker has to say against a bundle."""
    looked: Any = check.Check(bundle)
    looked.run()
    return list(looked.problems)


def files_of(bundle: Path) -> list[Path]:
    return sorted(path for path in bundle.rglob("*") if path.is_file())


def flips(bundle: Path, count: int, seed: int) -> Iterator[tuple[Path, int]]:
    """Flip one bit at a time, in every file and at random places, and flip it back."""
    source = random.Random(seed)
    files = files_of(bundle)
    for number in range(count):
        path = files[number % len(files)]
        data = path.read_bytes()
        bit = source.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(changed))
        yield path, bit
        path.write_bytes(data)


def unnoticed(check: ModuleType, bundle: Path, count: int, seed: int) -> list[str]:
    """Name the flipped bits that the checker does not find."""
    return [
        f"{path.relative_to(bundle)}: bit {bit}"
        for path, bit in flips(bundle, count, seed)
        if not problems(check, bundle)
    ]


def copied(bundle: Path, folder: Path) -> Path:
    return Path(shutil.copytree(bundle, folder / "copy"))
