"""A working day in one window: ``python -m tests.campaigns.soak [MINUTES]``.

One window over a store of its own records, lists, filters, shows details, edits, exports, looks
through dialogs, switches designs and verifies, by the keys of its commands, until MINUTES (60)
have gone. Then another process looks for each run that was told as recorded, and verifies all in
depth. Told are: the runs, the memory (RSS) after ten minutes (a sixth of a shorter soak) and at
the end, its growth (at most 10 %), and the key that held the window longest.

The control keeps some memory at every round, which the same measure must find out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio

LONG_MINUTES = 60.0
SETTLED_S = 600.0
LIMIT_PERCENT = 10.0
CONTROL_MINUTES = 1.0
LEAK_BYTES = 16 << 20
"""What the control keeps at every round."""
NEAR = 5
"""Of so many samples around a moment the median is taken."""
Told = dict[str, Any]


def soak(minutes: float, leak_bytes: int = 0) -> Told:
    """Let a window work in a process of its own; return what it told and what was found."""
    with tempfile.TemporaryDirectory(prefix="luthier-soak-") as folder:
        program = [sys.executable, "-m", "tests.campaigns.soak_window"]
        home = {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("CONFIG", "STATE")}
        done = subprocess.run(
            [*program, folder, str(minutes * 60), str(leak_bytes)],
            env={**os.environ, **home, "HOME": folder, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            return {"failed": f"it ended with {done.returncode}: {done.stderr[-3000:]}"}
        told: Told = json.loads(done.stdout.splitlines()[-1])
        return told | _found(Path(folder) / "data", told["runs"])


def _found(data_dir: Path, runs: list[str]) -> Told:
    """Look for every run that was told as recorded, and verify the whole log."""
    with open_studio(data_dir) as studio:
        listed = set(studio.runs.ids(RunQuery()))
        report = studio.runs.verify("deep")
        bad = [one.message for one in report.findings if one.severity != "info"]
        lost = sorted(set(runs) - listed)
        return {"lost": lost, "findings": bad, "failed": report.failed, "verified": report.runs}


def growth_percent(samples: list[list[float]], settled_s: float) -> tuple[float, float, float]:
    """Return the memory in MB once all was settled and at the end, and the growth in per cent."""
    at = next((place for place, one in enumerate(samples) if one[0] >= settled_s), 0)
    early = statistics.median(one[1] for one in samples[at : at + NEAR])
    late = statistics.median(one[1] for one in samples[-NEAR:])
    return early, late, 100.0 * (late / early - 1.0)


def faults(told: Told) -> list[str]:
    """Say what is not as it should be after a soak."""
    if told.get("failed"):
        return [told["failed"]]
    found = [f"{len(told['lost'])} recorded runs are not listed"] if told["lost"] else []
    found += told["findings"]
    found += [f"Qt or the program said: {line}" for line in told["said"]]
    _, _, percent = growth_percent(told["samples"], _settled_s(told))
    if percent > LIMIT_PERCENT:
        found.append(f"the memory grew by {percent:.1f} %")
    return found


def _settled_s(told: Told) -> float:
    return min(SETTLED_S, float(told["samples"][-1][0]) / 6)


def tell(told: Told) -> None:
    """Print what was measured."""
    early, late, percent = growth_percent(told["samples"], _settled_s(told))
    slowest = max(told["slowest"].items(), key=lambda one: float(one[1]))
    print(
        f"{told['rounds']} rounds, {told['deeds']} deeds, {len(told['runs'])} runs recorded, "
        f"{len(told['lost'])} not found again, {told['verified']} verified in depth; "
        f"{told['files']} files exported"
    )
    print(
        f"memory {early:.0f} MB after {_settled_s(told) / 60:.0f} min, {late:.0f} MB at the end: "
        f"{percent:+.1f} %; slowest: {slowest[0]} {slowest[1]:.0f} ms; widgets alive "
        f"{told['widgets'][0]} after the first round, {told['widgets'][1]} at the end"
    )


def main() -> int:
    """Soak, tell what was measured, and run the control."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else LONG_MINUTES
    told = soak(minutes)
    found = faults(told)
    if "samples" in told:
        tell(told)
    print("\n".join(found) or "no fault")
    control = faults(soak(CONTROL_MINUTES, LEAK_BYTES))
    is_found_out = any("memory grew" in one for one in control)
    print(f"control: {'found out' if is_found_out else 'NOT FOUND OUT'}: {control}")
    return 1 if found or not is_found_out else 0


if __name__ == "__main__":
    sys.exit(main())
