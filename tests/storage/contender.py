"""A program that contends: ``python -m tests.storage.contender FOLDER NUMBER COUNT HOW``.

It says that it is ready, waits for the file ``go``, and then records COUNT runs of its own; with a
COUNT of 0 it records the one run that all contenders want, each with other bytes. HOW is "real",
or "careless": a look whether the name is free, then a replacing rename. Careless programs wait
after their first look until two have looked, so that the race is there on every machine.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from luthier_desktop.domain.errors import Conflict
from luthier_desktop.storage import ledger, run_store
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.run_row import RunRow
from luthier_desktop.storage.store import Store
from tests.storage.make import artifact, open_store, record, run_id

WANTED = 77
CONTENDED = ("000000001.json", f"{run_id(WANTED)}.json")


def careless_put(path: Path, data: bytes, _calls: OsCalls = OS, **_order: object) -> str:
    """Publish as a program does that knows no exclusive step."""
    if path.exists():
        raise Conflict(f"{path.name} exists already.")
    path.parent.mkdir(parents=True, exist_ok=True)
    wait_for_another_look(path)
    time.sleep(0.01)  # what a busy disk takes
    temporary = path.with_name(f".{path.name}.{time.monotonic_ns()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)
    return "created"


def wait_for_another_look(path: Path) -> None:
    """At the first look at a contended name, wait until another program has looked as well."""
    if path.name not in CONTENDED:
        return
    looks = path.parent / f".looks.{path.name}"
    with looks.open("ab") as file:
        file.write(b".")
    until = time.monotonic() + 20
    while looks.stat().st_size < 2 and time.monotonic() < until:
        time.sleep(0.001)


def wait_for_all(folder: Path) -> None:
    print("ready", flush=True)
    while not (folder / "go").exists():
        time.sleep(0.001)


def want(store: Store, number: int) -> str:
    run = artifact(run_id(WANTED), tool_id=f"T{number}")
    try:
        return f"won {store.record(run, RunRow.of(run, 'cli')).sha256}"
    except Conflict as error:
        return f"conflict {error.sentence}"


def main(folder: Path, number: int, count: int, how: str) -> None:
    if how == "careless":
        ledger.put_once = run_store.put_once = careless_put
    with open_store(folder, seed=number) as store:
        wait_for_all(folder)
        for at in range(count):
            print(record(store, run_id(number * 1_000_000 + at)).seq)
        if count == 0:
            print(want(store, number))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
