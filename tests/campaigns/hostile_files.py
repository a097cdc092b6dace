"""Give the commands files made to hurt: ``python -m tests.campaigns.hostile_files``.

Each file goes to a process of its own, which may use 2 s of a processor and 256 MB: it is refused
in one line on stderr, nothing is written beside the data directory, and the store stays empty. The
control is a reader without a pipeline, which has to fail.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

MIB = 2**20
SIZE = 2 * MIB
BATCH_SIZE = 64 * MIB
RECORD_SIZE = 8 * MIB - 64
MOST_SECONDS = 2.0
MOST_RSS_MB = 256.0
PATIENCE_S = 20.0
HEAD = b'{"outer_diameter_mm":120,"inner_diameter_mm":100,"ring_params":['
RING = b'"ring_index":0,"width_mm":1'
NAIVE = "import json, sys; json.loads(open(sys.argv[1], 'rb').read())"
OURS = {"odd", "documents", "batches", "growing", "stderr", "data", ".cache", ".config", ".local"}
Command = Callable[[Path], list[str]]


class Outcome(NamedTuple):
    """What became of one file: exit code, processor seconds, most memory, the last line."""

    code: int
    seconds: float
    rss_mb: float
    line: str

    def fault(self, codes: tuple[int, ...]) -> str:
        """Say what is wrong with it; "" for a clean refusal within the budget."""
        if self.code not in codes:
            return f"exit code {self.code}"
        if self.seconds > MOST_SECONDS or self.rss_mb > MOST_RSS_MB:
            return f"{self.seconds:.2f} s, {self.rss_mb:.0f} MB"
        return "" if self.line.count("\n") <= 1 else "more than one line"


def filled(head: bytes, unit: bytes, tail: bytes = b"", size: int = SIZE) -> bytes:
    """Repeat *unit* between commas until the document is as large as it may be."""
    count = (size - len(head) - len(tail) + 1) // (len(unit) + 1)
    return head + (unit + b",") * (count - 1) + unit + tail


def numbered(head: bytes, unit: bytes, count: int, tail: bytes) -> bytes:
    """Write *count* units, each with a number of its own."""
    return head + b",".join(unit % number for number in range(count)) + tail


def documents() -> Iterable[tuple[str, bytes]]:
    """Return documents of at most 2 MiB, each the worst of its kind."""
    in_ring = HEAD + b"{" + RING
    mosaic = in_ring + b',"pattern_type":"MOSAIC","pattern":{"grid":['
    lines = in_ring + b',"pattern_type":"LINES","pattern":{"lines":['
    return {
        "lists in lists": b"[" * SIZE,
        "objects in objects": b'{"a":' * (SIZE // 5),
        "200,001 numbers": b"[" + b",".join([b"0"] * 200_001) + b"]",
        "many numbers": filled(b"[", b"0", b"]"),
        "many lists": filled(b"[", b"[]", b"]"),
        "many objects": filled(b"[", b'{"":0}', b"]"),
        "199,000 rings of nothing": HEAD + b",".join([b"{}"] * 199_000) + b"]}",
        "199,000 materials": in_ring + b',"materials":[' + b",".join([b"0"] * 199_000) + b"]}]}",
        "90,000 rows of a grid": mosaic + b",".join([b"[0]"] * 90_000) + b"]}}]}",
        "190,000 lines of nothing": lines + b",".join([b"{}"] * 190_000) + b"]}}]}",
        "64 rings of 3,000 members": HEAD
        + b",".join([numbered(b"{" + RING + b",", b'"%x":0', 3_000, b"}")] * 64)[: SIZE - 2]
        + b"]}",
        "180,000 members": numbered(HEAD + b"],", b'"%x":0', 180_000, b"}"),
        "numbers of 1e308": filled(b"[", b"1e308", b"]"),
        "a number of 2 MiB": b"[" + b"9" * (SIZE - 2) + b"]",
        "long decimals": filled(b"[", b"0." + b"1" * 126, b"]"),
        "a text of 2 MiB": b'"' + b"x" * (SIZE - 2) + b'"',
        "a name of a million": HEAD + b'],"name":"' + b"x" * 10**6 + b'"}',
        "escapes": b'"' + b"\\u0041" * (SIZE // 6 - 1) + b'"',
        "backslashes": b'["' + b'\\"' * (SIZE // 2 - 1),
        "one key over and over": filled(b"{", b'"a":1', b"}"),
        "wide keys": numbered(b"{", b'"%0127x":0', 15_000, b"}"),
        "a fault at the end": b"[" + b"1," * 190_000 + b"x]",
        "no UTF-8 at the end": b'["' + b"a" * (SIZE - 8) + b'\xff"]',
        "blank lines": b"\n" * (SIZE - 1) + b"x",
        "one byte too large": b" " * (SIZE + 1),
    }.items()


def batches() -> Iterator[tuple[str, bytes]]:
    """Yield batches of at most 64 MiB, one at a time."""
    yield "one line of 64 MiB", b'{"a":"' + b"x" * (BATCH_SIZE - 10) + b'"}\n'
    yield "braces", b"{" * BATCH_SIZE
    yield "objects in objects", b'{"a":' * (BATCH_SIZE // 5)
    yield "lists for designs", filled(b'{"specs":[', b"[]", b"]}", BATCH_SIZE)
    yield "lists in a design", filled(b'{"specs":[{"a":[', b"[]", b"]}]}", BATCH_SIZE)
    yield "texts in a design", filled(b'{"specs":[{"a":[', b'""', b"]}]}", BATCH_SIZE)
    yield "ids", filled(b'{"specs":[],"suggestion_ids":[', b'"a"', b"]}", BATCH_SIZE)
    yield "a text without end", b'{"specs":["' + b'\\"' * (BATCH_SIZE // 2 - 8)
    yield "10,001 designs", b"{}\n" * 10_001
    yield "blank lines", b"\n" * BATCH_SIZE
    yield "one byte too large", b" " * (BATCH_SIZE + 1)


def write_all(folder: Path, make: Callable[[], Iterable[tuple[str, bytes]]]) -> list[Path]:
    """Write files from a process of its own: what is forked off a large one counts as large."""
    folder.mkdir()
    writer = os.fork()
    if writer == 0:
        for name, data in make():
            (folder / name).write_bytes(data)
        os._exit(0)
    os.waitpid(writer, 0)
    return sorted(folder.iterdir())


def odd_files(folder: Path) -> Iterator[Path]:
    """Make what is no regular file, and links to such."""
    os.mkfifo(folder / "pipe")
    (folder / "directory").mkdir()
    (folder / "link to a device").symlink_to("/dev/zero")
    (folder / "link to a pipe").symlink_to(folder / "pipe")
    (folder / "link to itself").symlink_to(folder / "link to itself")
    yield from sorted(folder.iterdir())
    yield Path("/dev/zero")


def outcome(command: list[str], folder: Path) -> Outcome:
    """Run *command* in a process of its own and measure it."""
    environment = {**os.environ, "LUTHIER_DATA_DIR": str(folder / "data"), "HOME": str(folder)}
    with (folder / "stderr").open("wb+") as told:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=told, env=environment
        )
        stop = threading.Timer(PATIENCE_S, process.kill)
        stop.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        stop.cancel()
        told.seek(0)
        line = told.read(5_000).decode(errors="replace")
    seconds = used.ru_utime + used.ru_stime
    return Outcome(process.returncode, seconds, used.ru_maxrss / 1024, line)


def growing(folder: Path, command: Command) -> Outcome:
    """Let a file grow for as long as it is read."""
    file, done = folder / "growing", threading.Event()
    file.write_bytes(b"[")

    def grow() -> None:
        with file.open("ab", buffering=0) as other:
            while not done.is_set() and other.tell() < BATCH_SIZE:
                other.write(b" " * 4096)
                time.sleep(0.0005)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        return outcome(command(file), folder)
    finally:
        done.set()
        writer.join()


def single(file: Path) -> list[str]:
    """Judge one design."""
    return _luthier("feasibility", "single", str(file), "--json")


def batch(file: Path) -> list[str]:
    """Judge a batch."""
    return _luthier("feasibility", "batch", str(file), "--json")


def setup(file: Path) -> list[str]:
    """Import a setup."""
    return _luthier("setups", "import", str(file), "--json")


def records() -> Iterator[tuple[str, bytes]]:
    """Yield what somebody may have put in the place of an event."""
    for size in (RECORD_SIZE, BATCH_SIZE):
        yield f"objects, {size >> 20} MiB", filled(b"[", b'{"":0}', b"]", size)
        deep = b'{"":' * 20 + b"0" + b"}" * 20
        yield f"objects in objects, {size >> 20} MiB", filled(b"[", deep, b"]", size)
        yield f"empty lists, {size >> 20} MiB", filled(b"[", b"[]", b"]", size)
    yield "as many as allowed", b"[" + b",".join([b'{"":0}'] * 99_999) + b"]"
    yield "as many in lists", b"[" + b",".join([b"[" * 28 + b"]" * 28] * 7_142) + b"]"
    yield "four long texts", b"[" + b",".join([b'"' + b"\\n" * 10**6 + b'"'] * 4) + b"]"


def tampered(folder: Path) -> dict[str, Outcome]:
    """Put each of `records` in the place of an event and verify the log."""
    design = folder / "design.json"
    design.write_bytes(b'{"outer_diameter_mm":120,"inner_diameter_mm":100,"ring_params":[]}')
    outcome(single(design), folder)
    design.unlink()
    event = folder / "data" / "ledger" / "000000" / "000000001.json"
    found = {}
    for made in write_all(folder / "records", records):
        event.unlink()
        made.rename(event)
        found[made.name] = outcome(_luthier("logs", "verify", "--deep"), folder)
    return found


def naive(file: Path) -> list[str]:
    """Read as a program without a pipeline would."""
    return [sys.executable, "-c", NAIVE, str(file)]


def _luthier(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("luthier")), *arguments]


def attack(folder: Path, command: Command, files: Iterable[Path]) -> dict[str, Outcome]:
    """Give *command* each of the files."""
    return {file.name: outcome(command(file), folder) for file in files}


def tell(title: str, found: dict[str, Outcome], codes: tuple[int, ...]) -> int:
    """Print the worst figures and every fault; return how many there are."""
    faults = {name: told for name, one in found.items() if (told := one.fault(codes))}
    seconds = max(one.seconds for one in found.values())
    rss_mb = max(one.rss_mb for one in found.values())
    print(f"{title}: {len(found)} files, at most {seconds:.2f} s and {rss_mb:.0f} MB", flush=True)
    for name, told in faults.items():
        print(f"  {name}: {told}: {found[name].line[-200:].strip()[-80:]}")
    return len(faults)


def main() -> int:
    """Run all attacks and the control; 0 when no file got through and the control failed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "odd").mkdir()
        odd = list(odd_files(folder / "odd"))
        worst = write_all(folder / "documents", documents)
        large = write_all(folder / "batches", batches)
        faults = tell("designs", attack(folder, single, worst), (3,))
        faults += tell("setups", attack(folder, setup, worst), (3,))
        faults += tell("batches", attack(folder, batch, large), (1, 3))
        faults += tell("no regular files", attack(folder, single, odd), (3,))
        faults += tell("a growing file", {"growing": growing(folder, single)}, (3,))
        with tempfile.TemporaryDirectory() as other:
            faults += tell("tampered events", tampered(Path(other)), (1,))
        runs = [path for path in folder.rglob("run_*.json") if stat.S_ISREG(path.stat().st_mode)]
        left = {path.name for path in folder.iterdir()} - OURS
        print(f"{faults} faults, {len(runs)} runs recorded, {len(left)} files beside the store")
        control = tell("control", attack(folder, naive, worst), (3,))
    return 0 if not (faults or runs or left) and control else 1


if __name__ == "__main__":
    sys.exit(main())
