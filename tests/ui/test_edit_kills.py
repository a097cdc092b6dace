"""A window killed while somebody edits loses the step under way at most."""

from __future__ import annotations

import random
from pathlib import Path

from tests.campaigns.edit_kills import Editing

MOST_STEPS = 12


def test_three_kills_in_a_row_lose_no_more_than_the_step_under_way(tmp_path: Path) -> None:
    """Each window after the first is killed after a recovery; the campaign kills 50, and later."""
    editing = Editing(tmp_path, "real", random.Random(11), MOST_STEPS)
    for _ in range(3):
        editing.kill_once()
    assert editing.outcome.kills == 3
    assert editing.outcome.steps > 6
    assert editing.outcome.lost == []


def test_a_journal_without_its_flush_loses(tmp_path: Path) -> None:
    editing = Editing(tmp_path, "unflushed", random.Random(12), MOST_STEPS)
    editing.kill_once()
    assert editing.outcome.lost
