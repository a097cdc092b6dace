"""Backups of settings go: by hand, by their number, and how that is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import (
    Conflict,
    NotFound,
    StorageFailed,
)
from luthier_desktop.services import backups as module
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.services.backup_shops import (
    events_named,
    own_bit,
    path_of,
    studio_over,
)

WHY = "of the old machine"


def test_a_deleted_backup_is_told_by_its_event_and_is_not_missing(shop: Studio) -> None:
    name = shop.backups.create().told.name
    kept = shop.backups.create().told.name
    done = shop.backups.delete(name, WHY)
    assert done.names == (name,)
    assert not path_of(shop, name).exists()
    found = shop.backups.verify(name)
    assert found.state == "deleted"
    assert WHY in found.reason
    assert [one.told.name for one in shop.backups.list().backups] == [kept]
    report = verify(shop.store(), "full")
    assert report.ok
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("backup_deleted", "info")
    with pytest.raises(NotFound, match="was deleted on 2026-01-22 by owner"):
        shop.backups.load(name)
    with pytest.raises(Conflict, match=WHY):
        shop.backups.delete(name, WHY)
    path_of(shop, kept).unlink()
    assert not verify(shop.store(), "full").ok


def test_a_deletion_that_was_cut_off_is_finished_by_the_next_one(tmp_path: Path) -> None:
    class Held(OsCalls):
        held = True

        def unlink(self, path: Path) -> None:
            if self.held and path.name.startswith("cam_backup_"):
                raise OSError(5, "Input/output error")
            super().unlink(path)

    calls = Held()
    with studio_over(tmp_path, calls) as studio:
        name = studio.backups.create().told.name
        with pytest.raises(StorageFailed, match="The deletion is recorded"):
            studio.backups.delete(name, WHY)
        assert path_of(studio, name).exists()
        assert studio.backups.verify(name).state == "deleted"
        assert "still there" in verify(studio.store(), "full").findings[0].message
        calls.held = False
        studio.runs.rebuild()
        assert not path_of(studio, name).exists()


def test_the_oldest_give_way_those_made_by_hand_last_and_never_the_last_good_one(
    shop: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BACKUPS", 5)
    monkeypatch.setattr(module, "KEPT_BACKUPS", 3)
    by_hand = shop.backups.create().told.name
    made = []
    for number in range(4):
        own_bit(shop, f"bit_{number}")
        made.append(_made(shop))
    assert len(shop.backups.list().backups) == 5
    path = path_of(shop, made[1])
    path.chmod(0o644)
    path.write_bytes(b"{}")
    own_bit(shop, "bit_5")
    newest = _made(shop)
    states = {one.told.name: one.state for one in shop.backups.list().backups}
    assert states == {
        newest: "verified",
        made[3]: "verified",
        made[1]: "damaged",
        by_hand: "verified",
    }
    (event,) = events_named(shop, "backup.deleted")
    assert [file["name"] for file in event["row"]["backup"]["deleted"]] == [made[0], made[2]]
    assert event["row"]["backup"]["reason"].startswith("more than")


def _made(shop: Studio) -> str:
    done = shop.backups.create_if_changed("a change")
    assert done is not None
    return done.told.name


def test_the_last_good_backup_stays_however_few_may_be_kept(
    shop: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BACKUPS", 0)
    monkeypatch.setattr(module, "KEPT_BACKUPS", 0)
    for _ in range(3):
        newest = shop.backups.create().told.name
    assert [one.told.name for one in shop.backups.list().backups] == [newest]


def test_a_bundle_of_the_whole_log_says_that_a_deleted_backup_was_removed_on_purpose(
    shop: Studio, tmp_path: Path
) -> None:
    name = shop.backups.create().told.name
    shop.backups.delete(name, WHY)
    done = shop.bundles.export(tmp_path / "bundle")
    assert done.absent == ((f"cam/backups/{name}.json", "purged"),)
    check = subprocess.run(
        [sys.executable, str(done.path / "check.py")], capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stderr) == (0, "")
    assert f"cam/backups/{name}.json was removed on purpose" in check.stdout
