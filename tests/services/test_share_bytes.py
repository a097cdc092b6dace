"""The same snapshot gives the same bytes in any process, time zone and language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.services.share_bytes import fixed_part

HERE = Path(__file__).parents[2]


def test_a_share_file_has_the_same_bytes_in_another_process_time_zone_and_language() -> None:
    elsewhere = {
        "TZ": "Pacific/Chatham",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.services.share_bytes"],
        env={**os.environ, **elsewhere, "PYTHONPATH": str(HERE)},
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (0, fixed_part()), process.stderr
