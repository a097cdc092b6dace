"""A full backup that cannot be made, is stopped, or finds something in its place."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused, NotFound, StorageFailed
from luthier_desktop.services.full_backups import BackupStopped, FullBackups
from luthier_desktop.storage.full_backup import Watch
from luthier_desktop.storage.full_restore import restore_full
from luthier_desktop.storage.machine import Machine
from luthier_desktop.storage.os_calls import OsCalls
from tests.services.backup_shops import (
    Made,
    ShopClock,
    as_lead,
    bytes_below,
    studio_over,
)
from tests.services.builders import BEGIN


class Pulled(OsCalls):
    """Below *stick* each call fails from the one numbered *at*, as of a stick pulled out."""

    def __init__(self, stick: Path, at: int, code: int) -> None:
        self.stick, self.at, self.code, self.calls = stick, at, code, 0

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        self._look(path)
        return super().open(path, flags, mode)

    def mkdir(self, path: Path) -> None:
        self._look(path)
        super().mkdir(path)

    def replace(self, source: Path, target: Path) -> None:
        self._look(target)
        super().replace(source, target)

    def _look(self, path: Path) -> None:
        if path.is_relative_to(self.stick):
            self.calls += 1
            if self.calls > self.at:
                raise OSError(self.code, os.strerror(self.code))


@pytest.mark.parametrize(
    ("at", "code"),
    [(0, errno.ENODEV), (1, errno.EROFS), (7, errno.EIO), (20, errno.ENOSPC), (37, errno.ENOENT)],
)
def test_a_stick_that_is_full_or_pulled_out_leaves_nothing_and_touches_nothing(
    made: Made, tmp_path: Path, at: int, code: int
) -> None:
    folder, stick = tmp_path / "computer", tmp_path / "stick"
    shutil.copytree(made.folder / "data", folder / "data")
    stick.mkdir()
    with studio_over(folder, Pulled(stick, at, code)) as studio:
        as_lead(studio)
        studio.store().checkpoints.make()
        before = bytes_below(folder / "data")
        with pytest.raises(StorageFailed, match="your data is as it was") as failed:
            studio.full_backups.create(stick)
        assert os.strerror(code) in failed.value.sentence
    assert list(stick.iterdir()) == []
    after = bytes_below(folder / "data")
    assert {path: after[path] for path in before} == before


def test_a_disk_that_gives_back_other_bytes_makes_no_backup(made: Made, tmp_path: Path) -> None:
    class Lying(OsCalls):
        def write(self, descriptor: int, data: bytes | memoryview) -> int:
            if len(data) > 2000:
                data = bytes([data[0] ^ 1]) + bytes(data[1:])
            return super().write(descriptor, data)

    folder, stick = tmp_path / "computer", tmp_path / "stick"
    shutil.copytree(made.folder / "data", folder / "data")
    stick.mkdir()
    calls = Lying()
    with studio_over(folder) as studio:
        store = studio.store()
        store.checkpoints.make()
        store.calls = calls
        as_lead(studio)
        with pytest.raises(StorageFailed, match="gave back other bytes"):
            studio.full_backups.create(stick)
    assert list(stick.iterdir()) == []


def test_too_little_room_is_told_before_anything_is_written(made: Made, tmp_path: Path) -> None:
    class Small(Machine):
        def free_bytes(self, path: Path) -> int | None:
            return 2**20

    class Crowded(OsCalls):
        machine = Small()

    (tmp_path / "stick").mkdir()
    shutil.copytree(made.folder / "data", tmp_path / "data")
    with studio_over(tmp_path, Crowded()) as studio:
        as_lead(studio)
        with pytest.raises(StorageFailed, match="1 MB free, and 5 MB are needed"):
            studio.full_backups.create(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    with pytest.raises(StorageFailed, match="1 MB free"):
        restore_full(made.backup, tmp_path / "new", Watch(None, None), Crowded())


def test_a_place_that_is_none_for_a_backup_is_refused(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.folder / "data", tmp_path / "data")
    with studio_over(tmp_path) as studio:
        as_lead(studio)
        with pytest.raises(NotFound, match="put the stick in"):
            studio.full_backups.create(tmp_path / "none")
        with pytest.raises(InputRefused, match="lies in the store itself"):
            studio.full_backups.create(tmp_path / "data" / "cam")
    with studio_over(tmp_path / "fresh") as studio, pytest.raises(NotFound, match="Nothing was"):
        studio.full_backups.create(tmp_path)


Work = Callable[[FullBackups, Path, Callable[[], bool]], object]
WORKS: dict[str, Work] = {
    "create": lambda full, path, stop: full.create(path / "stick", None, stop),
    "verify": lambda full, path, stop: full.verify(path / "backup", None, stop),
    "restore": lambda full, path, stop: full.restore(path / "backup", path / "new", None, stop),
}


@pytest.mark.parametrize("work", WORKS)
def test_what_is_cancelled_at_any_time_leaves_nothing(
    made: Made, tmp_path: Path, work: str
) -> None:
    for folder, name in ((made.backup, "backup"), (made.folder / "data", "data")):
        shutil.copytree(folder, tmp_path / name)
    (tmp_path / "stick").mkdir()
    with studio_over(tmp_path) as studio:
        as_lead(studio)
        for at in (0, 3, 25, 40):
            asked = iter(range(at))
            with pytest.raises(BackupStopped, match="cancelled"):
                WORKS[work](studio.full_backups, tmp_path, lambda left=asked: next(left, 9) == 9)
            assert list((tmp_path / "stick").iterdir()) == []
            assert not (tmp_path / "new").exists()
        told: list[tuple[int, int]] = []
        studio.full_backups.verify(tmp_path / "backup", lambda *each: told.append(each))
        assert told == sorted(told)
        assert {total for _, total in told} == {100}


def test_backups_of_one_moment_stand_side_by_side_and_leftovers_go(
    made: Made, tmp_path: Path
) -> None:
    class Still(ShopClock):
        def now(self) -> str:
            return BEGIN.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    stick = tmp_path / "stick"
    left = stick / ".luthier_backup_20260101T000000_000000Z.0123456789ab.part"
    young = stick / ".luthier_backup_20260101T000000_000000Z.0123456789ac.part"
    for folder in (left, young):
        folder.mkdir(parents=True)
    os.utime(left, (0, 0))
    shutil.copytree(made.folder / "data", tmp_path / "data")
    with studio_over(tmp_path, clock=Still()) as studio:
        as_lead(studio)
        names = [studio.full_backups.create(stick).path.name for _ in range(2)]
    stem = "luthier_backup_20260122T101112_12345"
    assert names == [f"{stem}6Z", f"{stem}7Z"]
    assert (left.exists(), young.exists()) == (False, True)
