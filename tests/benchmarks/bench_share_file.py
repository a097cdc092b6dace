"""Time from a share file to its preview: ``python -m tests.benchmarks.bench_share_file``.

Target: at most 150 ms, picture included, over a log with runs of its own; beside it the floor:
reading the file, parsing its JSON once and hashing it.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.workbench.import_dialog import ImportDialog
from luthier_desktop.ui.workbench.importing import drawn
from tests.benchmarks.bench_scoring import eight_rings
from tests.benchmarks.figures import figure, most

ROUNDS, OWN_SNAPSHOTS = 30, 50


def median_ms(work: Callable[[], object]) -> float:
    """Return the middle of the times that *work* takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def floor(path: Path) -> str:
    """Do what cannot be done without."""
    data = path.read_bytes()
    json.loads(data)
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Print the milliseconds of looking at a file, of its dialog and of its picture."""
    _application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "x.rosette"
        with open_studio(place / "there") as there:
            saved = there.snapshots.save(eight_rings(), SnapshotDetails(name="Eight rings"))
            there.sharing.export(saved.snapshot_id, path)
        with open_studio(place / "here") as here:
            for number in range(OWN_SNAPSHOTS):
                details = SnapshotDetails(name=f"Own {number}")
                here.snapshots.save(eight_rings(), details)
            preview = here.sharing.inspect(path)
            assert preview.state == "verified"
            assert preview.design is not None
            design = preview.design
            least = median_ms(lambda: floor(path))
            looked = median_ms(lambda: here.sharing.look(path))
            shown = median_ms(lambda: ImportDialog(preview, path.name, None).deleteLater())
            picture = median_ms(lambda: drawn(design, here.materials, 1.0))
    size = f"{path.name} of {len(saved.document['design']['ring_params'])} rings"
    print(
        f"{size}: looked at in {looked:.1f} ms (floor {least:.2f} ms, ratio "
        f"{looked / least:.0f}), dialog {shown:.1f} ms, picture {picture:.1f} ms, "
        f"together {looked + shown + picture:.1f} ms (target 150 ms)"
    )
    whole = looked + shown + picture
    figure("share file to its preview", whole, "ms", most(150), floor=least)


if __name__ == "__main__":
    main()
