"""Change single bits of a real share file and look whether each change is reported.

By hand: ``python -m tests.campaigns.share_flips [FLIPS]``; 2,000 take a quarter of a minute.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from luthier_desktop.services.studio import open_studio
from tests.services.share_forgery import shared
from tests.services.test_share_flips import states


def main(flips: int) -> int:
    """Print how many were found in which state; fail when one was not reported."""
    with tempfile.TemporaryDirectory() as folder, open_studio(Path(folder) / "data") as studio:
        data = shared(studio, Path(folder)).read_bytes()
        assert studio.sharing.inspect(data).state == "verified"
        found = states(studio, data, flips)
    told = Counter(state for _, state, _ in found)
    missed = [bit for bit, state, ok in found if state == "verified" or ok]
    print(f"{len(data):,} bytes, {flips:,} flips: {dict(told)}; not reported: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
