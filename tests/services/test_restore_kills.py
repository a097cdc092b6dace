"""kill -9 in the midst of restoring: the old state or the new one, never a mixture."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.verify import verify
from tests.services.backup_shops import Killed, Mortal, own_bit, seen, studio_over, use_new_setup

Restore = Callable[[Studio, str], object]


class Ready(NamedTuple):
    """A shop, the backup that is to be restored, and both states."""

    folder: Path
    name: str
    old: dict[str, Any]
    new: dict[str, Any]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("ready")
    with studio_over(folder) as studio:
        use_new_setup(studio, "New machine")
        own_bit(studio, "new_bit", "New bit")
        new = seen(studio)
        name = studio.backups.create().told.name
        use_new_setup(studio, "Old machine", 800.0)
        (studio.data_dir / "workshop/catalogue/tools/new_bit.json").unlink()
        own_bit(studio, "old_bit", "Old bit")
        old = seen(studio)
        studio.backups.create()
    return Ready(folder, name, old, new)


def killed_at_each_call(ready: Ready, folder: Path, restore: Restore) -> Iterator[dict[str, Any]]:
    """Restore with a death at each call in turn; give the states that a new start finds."""
    at = 0
    while True:
        place = folder / str(at)
        shutil.copytree(ready.folder, place)
        calls = Mortal()
        studio = studio_over(place, calls)
        studio.store()
        calls.at = calls.count + at
        try:
            restore(studio, ready.name)
            died = False
        except Killed:
            died = True
        calls.at = -1
        studio.store().index.close()
        yield _state(place)
        shutil.rmtree(place)
        if not died:
            return
        at += 1


def _state(place: Path) -> dict[str, Any]:
    with studio_over(place) as studio:
        studio.runs.adopt_orphans()
        state = seen(studio)
        report = verify(studio.store(), "full")
        assert report.ok or {one.code for one in report.findings} <= {
            "run_unfinished", "index_stale", "tmp_left",
        }  # fmt: skip
    return state


def _restored(studio: Studio, name: str) -> object:
    return studio.backups.restore(name)


def test_a_death_at_any_call_leaves_the_old_state_or_the_new_one(
    ready: Ready, tmp_path: Path
) -> None:
    states = list(killed_at_each_call(ready, tmp_path, _restored))
    assert len(states) > 10
    assert states[0] == ready.old
    assert states[-1] == ready.new
    turn = states.index(ready.new)
    assert states == [ready.old] * turn + [ready.new] * (len(states) - turn)


def test_a_restore_by_one_event_after_the_other_would_leave_a_mixture(
    ready: Ready, tmp_path: Path
) -> None:
    def careless(studio: Studio, name: str) -> None:
        for kept in studio.backups.load(name).settings.setups:
            studio.setups.use(kept.setup_id)
        own_bit(studio, "new_bit", "New bit")
        (studio.data_dir / "workshop/catalogue/tools/old_bit.json").unlink()

    states = killed_at_each_call(ready, tmp_path, careless)
    assert any(state not in (ready.old, ready.new) for state in states)
