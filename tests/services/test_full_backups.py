"""T19, the drill: back up, wipe, restore into an empty place, verify, compare byte by byte."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.full_backup import Watch
from luthier_desktop.storage.full_restore import restore_full
from luthier_desktop.storage.verify import verify
from tests.services.backup_shops import (
    Killed,
    Made,
    Mortal,
    as_lead,
    backed_up,
    bytes_below,
    fill,
    studio_over,
)
from tests.services.builders import design
from tests.storage.flipping import flipped


@pytest.fixture
def studio(made: Made, tmp_path: Path) -> Iterator[Studio]:
    """The studio of another place, in which nothing stands."""
    with studio_over(tmp_path) as opened:
        yield opened


def test_the_drill_brings_every_byte_back_and_the_log_verifies(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "computer"
    shutil.copytree(made.folder, folder)
    backup = folder / "stick" / made.backup.name
    kept = bytes_below(backup / "data")
    shutil.rmtree(folder / "data")
    with studio_over(folder) as studio:
        done = studio.full_backups.restore(backup, studio.data_dir)
        assert (done.path, done.known) == (folder / "data", ())
    restored = bytes_below(folder / "data")
    assert restored == kept
    since = {path: data for path, data in made.held.items() if path not in restored}
    assert {path: made.held[path] for path in restored} == restored
    runs = [path for path in since if path.startswith("runs/rmos/")]
    events = [path for path in since if path.startswith("ledger/000000/")]
    others = set(since) - {*runs, *events}
    assert (len(runs), len(events)) == (1, 1)  # the record of the backup itself came after it
    assert others == {"ledger/notes.txt"}
    with studio_over(folder) as studio:
        studio.store().catch_up()
        report = verify(studio.store(), "full")
        assert report.ok
        assert {one.code for one in report.findings} <= {"purged", "backup_deleted"}
        assert studio.setups.current().name == "My machine"
        assert studio.catalogue.tools.get("my_bit") is not None
        assert [one.name for one in studio.operators.find()] == ["Rosa"]


def test_a_backup_holds_no_signing_key_and_no_list(made: Made) -> None:
    keys = [path.read_bytes() for path in (made.folder / "config" / "keys").iterdir()]
    assert keys
    for path, data in bytes_below(made.backup).items():
        assert not any(key.strip() in data for key in keys), path
        assert not path.endswith((".sqlite", ".lock", ".tmp"))


def test_the_log_verifies_against_the_backup_and_says_when_it_was_cut(
    made: Made, tmp_path: Path
) -> None:
    folder = tmp_path / "computer"
    shutil.copytree(made.folder, folder)
    with studio_over(folder) as studio:
        studio.store().catch_up()
        assert studio.trust.verify(against=made.backup).ok is False  # the note put there by hand
        (studio.data_dir / "ledger" / "notes.txt").unlink()
        report = studio.trust.verify(against=made.backup)
        assert report.ok
        found = studio.full_backups.verify(made.backup)
        assert (found.ok, found.live.state) == (True, "extends")
        last = studio.store().ledger.last_seq()
    for seq in (last, last - 1):
        (folder / "data" / "ledger" / "000000" / f"{seq:09d}.json").unlink()
    with studio_over(folder) as studio:
        found = studio.full_backups.verify(made.backup)
        assert (found.ok, found.live.state, found.faults) == (False, "behind", ())
        codes = {one.code for one in studio.trust.verify(against=made.backup).findings}
        assert "rollback" in codes


def test_another_log_is_told_from_the_one_of_the_backup(made: Made, studio: Studio) -> None:
    assert studio.full_backups.verify(made.backup).live.state == "none"
    assert not studio.data_dir.exists()
    studio.feasibility.check(design())
    found = studio.full_backups.verify(made.backup)
    assert (found.ok, found.live.state) == (True, "other_store")


def test_each_file_damaged_in_turn_is_refused_by_name_and_nothing_is_touched(
    made: Made, tmp_path: Path
) -> None:
    backup = tmp_path / made.backup.name
    shutil.copytree(made.backup, backup)
    before, refused = bytes_below(made.folder / "data"), 0
    for path in sorted(bytes_below(backup)):
        (backup / path).chmod(0o644)
        with flipped(backup / path, (backup / path).stat().st_size * 4):
            with pytest.raises(InputRefused) as error:
                restore_full(backup, tmp_path / "new", Watch(None, None))
            assert path.removeprefix("data/") in error.value.sentence
        refused += 1
        assert sorted(entry.name for entry in tmp_path.iterdir()) == [backup.name]
    assert refused > 20
    assert bytes_below(made.folder / "data") == before
    restore_full(backup, tmp_path / "new", Watch(None, None))


def test_a_file_that_is_missing_or_exchanged_is_refused_and_a_strange_one_left_behind(
    made: Made, tmp_path: Path
) -> None:
    backup = tmp_path / made.backup.name
    shutil.copytree(made.backup, backup)
    (backup / "data" / "runs" / "strange.json").write_bytes(b"{}")
    restore_full(backup, tmp_path / "whole", Watch(None, None))
    assert not (tmp_path / "whole" / "runs" / "strange.json").exists()
    event = backup / "data" / "ledger" / "000000" / "000000003.json"
    event.rename(tmp_path / "event")
    for stands in (None, "link", "pipe", "folder"):
        if stands == "link":
            event.symlink_to(tmp_path / "event")
        elif stands == "pipe":
            os.mkfifo(event)
        elif stands == "folder":
            event.mkdir()
        with pytest.raises(InputRefused, match=r"000000003\.json"):
            restore_full(backup, tmp_path / "new", Watch(None, None))
        if stands == "folder":
            event.rmdir()
        else:
            event.unlink(missing_ok=True)


def test_without_the_list_nothing_of_a_backup_is_believed(made: Made, tmp_path: Path) -> None:
    """The negative control: a copy without hashes would be restored with its damage."""
    shutil.copytree(made.backup / "data", tmp_path / "data")
    with pytest.raises(InputRefused, match=r"holds no MANIFEST\.json"):
        restore_full(tmp_path / "data", tmp_path / "new", Watch(None, None))
    with pytest.raises(NotFound):
        restore_full(tmp_path / "none", tmp_path / "new", Watch(None, None))


@pytest.mark.parametrize("kind", ["file", "full", "link", "nowhere", "inside", "store"])
def test_a_place_that_is_not_empty_or_not_free_is_refused(
    made: Made, tmp_path: Path, kind: str
) -> None:
    into = tmp_path / "new"
    if kind == "file":
        into.write_bytes(b"mine")
    elif kind == "full":
        into.mkdir()
        (into / "mine").write_bytes(b"mine")
    elif kind == "link":
        (tmp_path / "other").mkdir()
        into.symlink_to(tmp_path / "other")
    elif kind == "nowhere":
        into = tmp_path / "none" / "new"
    elif kind == "inside":
        into = made.backup / "data" / "new"
    else:
        into = made.folder / "data" / "workshop" / "new"
    before = bytes_below(tmp_path)
    with pytest.raises((Conflict, InputRefused)) as refused:
        restore_full(made.backup, into, Watch(None, None))
    assert str(into.parent) in refused.value.sentence
    assert bytes_below(tmp_path) == before


def test_an_empty_folder_is_filled(made: Made, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    restore_full(made.backup, tmp_path / "new", Watch(None, None))
    assert bytes_below(tmp_path / "new") == bytes_below(made.backup / "data")
    assert (tmp_path / "new" / "STORE.json").stat().st_mode & 0o777 == 0o444


def test_a_death_at_any_call_of_a_restore_leaves_nothing_or_all(
    made: Made, tmp_path: Path
) -> None:
    whole, at, states = bytes_below(made.backup / "data"), 0, []
    while not states or states[-1] != whole:
        calls = Mortal(at)
        with contextlib.suppress(Killed):
            restore_full(made.backup, tmp_path / "new", Watch(None, None), calls, 1)
        states.append(bytes_below(tmp_path / "new") if (tmp_path / "new").exists() else {})
        at += 3  # each file is three calls
    assert all(state == {} for state in states[:-1])
    assert len(states) > 20


def test_on_another_computer_the_log_goes_on_in_a_new_epoch(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    restore_full(made.backup, folder / "data", Watch(None, None))
    with studio_over(folder, config="another") as studio:
        as_lead(studio)
        assert "signing key of epoch 1 is not on this account" in studio.trust.notes()[0]
        studio.feasibility.check(design(name="First on the new one"))
        studio.store().checkpoints.make()
        studio.store().catch_up()
        report = verify(studio.store(), "full")
        assert report.ok
        assert report.checkpoint is not None
        assert report.checkpoint["origin"].endswith("/2")
        assert studio.full_backups.verify(made.backup).live.state == "extends"


def test_folders_that_lie_elsewhere_are_in_the_backup(tmp_path: Path) -> None:
    moved = {
        name: str(tmp_path / name)
        for name in ("RMOS_RUNS_DIR", "ART_STUDIO_SNAPSHOTS_DIR", "CAM_BACKUP_DIR")
    }
    (tmp_path / "stick").mkdir()
    with studio_over(tmp_path, **moved) as studio:
        fill(studio)
        backup = backed_up(studio, tmp_path / "stick")
        assert studio.full_backups.verify(backup).ok
    held = bytes_below(backup / "data")
    for name, at in zip(moved, ("runs/rmos", "art_studio/snapshots", "cam/backups"), strict=True):
        there = {f"{at}/{path}": data for path, data in bytes_below(Path(moved[name])).items()}
        assert there
        assert there.keys() - held.keys() <= {max(there)}  # the record of the backup itself
    restore_full(backup, tmp_path / "new", Watch(None, None))


def test_a_damaged_log_is_backed_up_as_it_is_and_says_so(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "computer"
    shutil.copytree(made.folder, folder)
    snapshot = next((folder / "data" / "art_studio" / "snapshots").iterdir())
    snapshot.chmod(0o644)
    snapshot.write_bytes(b"{}")
    with studio_over(folder) as studio:
        as_lead(studio)
        done = studio.full_backups.create(folder / "stick")
        assert [fault.path for fault in done.faults] == [f"art_studio/snapshots/{snapshot.name}"]
        assert done.left_out == ("ledger/notes.txt",)
        found = studio.full_backups.verify(done.path)
        assert (found.ok, found.known, found.faults) == (True, done.faults, ())
        assert studio.full_backups.restore(done.path, folder / "new").known == done.faults
        assert len(list((folder / "stick").iterdir())) == 2  # the older one is never touched
