"""A window killed while somebody edits loses the step under way at most."""

from __future__ import annotations

import random
from pathlib import Path

from tests.campaigns.edit_kills import Editing


def test_five_kills_in_a_row_lose_no_more_than_the_step_under_way(tmp_path: Path) -> None:
    """Each window after the first is killed after a recovery; the campaign kills more."""
    editing = Editing(tmp_path, "real", random.Random(11))
    for _ in range(5):
        editing.kill_once()
    assert editing.outcome.kills == 5
    assert editing.outcome.steps > 15
    assert editing.outcome.lost == []


def test_a_journal_without_its_flush_loses(tmp_path: Path) -> None:
    editing = Editing(tmp_path, "unflushed", random.Random(12))
    editing.kill_once()
    assert editing.outcome.lost
