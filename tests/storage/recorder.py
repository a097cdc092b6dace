"""A program that records runs: ``python -m tests.storage.recorder FOLDER SEED COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.storage.make import open_store, record, run_id


def main(folder: Path, seed: int, count: int) -> None:
    store = open_store(folder, seed=seed)
    for number in range(count):
        print(record(store, run_id(seed * 1_000_000 + number)).seq)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
