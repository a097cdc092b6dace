"""All benchmarks in one table: ``python -m tests.benchmarks [--long] [--only NAME ...]``.

Each runs in a process of its own, one after the other. The table is printed and written into
``tests/benchmarks/FIGURES.md``. With ``--long`` the logs are as long as the targets speak of (a
million runs in the list); without it they are a tenth or less, which is said beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.figures import VARIABLE

HERE = Path(__file__).parent
TABLE = HERE / "FIGURES.md"
ROOT = HERE.parents[1]
SHORTER = {
    "batch": ["2000"],
    "full_backup": ["300"],
    "index": ["100000"],
    "rebuild": ["10000"],
    "recording": ["10", "2000"],
    "run_log_table": ["--runs", "20000"],
    "start": ["10000"],
    "verify": ["2000"],
}
NEEDS_A_FOLDER = {"long_work"}
"""Asks for a store of the user's; run by hand."""


class Ran(NamedTuple):
    """One benchmark that ran: its figures, how long it took, and what went wrong."""

    name: str
    figures: list[dict[str, Any]]
    seconds: float
    fault: str


def main() -> int:
    """Run them all, print the table, and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", nargs="+", default=[])
    asked = parser.parse_args()
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    wanted = [name for name in names if name in asked.only or not asked.only]
    ran = []
    for name in wanted:
        if name in NEEDS_A_FOLDER:
            continue
        ran.append(run(name, [] if asked.long else SHORTER.get(name, [])))
        print(f"{name}: {ran[-1].seconds:.0f} s {ran[-1].fault}", flush=True)
    text = table(ran, long=asked.long)
    print(text)
    if not asked.only:
        TABLE.write_text(text, encoding="utf-8")
    return 1 if any(each.fault for each in ran) else 0


def run(name: str, arguments: list[str]) -> Ran:
    """Run one benchmark and return its figures."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures"
        environ = {**os.environ, VARIABLE: str(target), "QT_QPA_PLATFORM": "offscreen"}
        environ |= {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CACHE", "CONFIG", "STATE")}
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.bench_{name}", *arguments],
            cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.monotonic() - started
        lines = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
        fault = ""
        if done.returncode and not lines:
            fault = f"ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"
        return Ran(name, [json.loads(line) for line in lines], seconds, fault)


def table(ran: list[Ran], *, long: bool) -> str:
    """Return the table of all figures, as Markdown."""
    cores = os.cpu_count()
    python, system = platform.python_version(), platform.machine()
    size = "the long logs" if long else "short logs"
    lines = [
        "# Figures",
        "",
        (
            f"Written by `python -m tests.benchmarks` with {size}: {cores} cores, {system}, "
            f"Python {python}. Floors are measured in the same run; what they are stands at the "
            "head of each benchmark."
        ),
        "",
        "| benchmark | figure | floor | ratio | target | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for each in ran:
        lines += [_row(each.name, figure) for figure in each.figures]
        if each.fault:
            lines.append(f"| {each.name} | did not run | | | | {each.fault} |")
    return "\n".join(lines) + "\n"


def _row(benchmark: str, told: dict[str, Any]) -> str:
    value, floor, unit = told["value"], told["floor"], told["unit"]
    ratio = value / floor if floor else None
    cells = [
        f"{benchmark}: {told['name']}",
        f"{_number(value)} {unit}",
        f"{_number(floor)} {unit}" if floor else "",
        f"{ratio:.2f}" if ratio is not None else "",
        *_target(told["target"], value, ratio, unit),
    ]
    return f"| {' | '.join(cells)} |"


def _target(
    target: list[Any] | None, value: float, ratio: float | None, unit: str
) -> tuple[str, str]:
    if target is None:
        return "", ""
    bound, of, at_least = target
    measured = ratio if of == "ratio" else value
    said = f"{_number(bound)} x" if of == "ratio" else f"{_number(bound)} {unit}"
    if measured is None:
        return said, ""
    holds = measured >= bound if at_least else measured <= bound
    return f"{'≥' if at_least else '≤'} {said}", "holds" if holds else "**missed**"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
