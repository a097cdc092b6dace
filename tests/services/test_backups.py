"""Backups of settings: what they hold, how they come back, and how they go."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from luthier_desktop.domain.errors import (
    InputRefused,
    LuthierError,
    NotAllowed,
    NotFound,
    RecordDamaged,
)
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.storage.verify import verify
from tests.services.backup_shops import (
    ShopClock,
    events_named,
    own_bit,
    path_of,
    seen,
    setup_document,
    studio_over,
    use_new_setup,
)
from tests.services.builders import BEGIN, design

WHY = "of the old machine"
HOSTILE = (
    "../../x",
    "..",
    "",
    "CON",
    "cam_backup_20260122T101112_123456Z/../../x",
    "cam_backup_20260122T101112_123456Z\n",
    "cam_backup_" + "1" * 300,
    "/etc/passwd",
    "cam_backup_20260122T101112_123456Z.json.json",
)


class Still(ShopClock):
    """A clock that stands still."""

    def now(self) -> str:
        return BEGIN.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_a_backup_holds_all_that_is_ones_own_in_canonical_bytes(shop: Studio) -> None:
    done = shop.backups.create("before the new machine")
    data = path_of(shop, done.told.name).read_bytes()
    document = json.loads(data)
    assert canonical_bytes(document) == data
    assert document["created_at_utc"] == done.told.created_at_utc
    assert re.fullmatch(r"cam_backup_20260122T1011\d\d_123456Z", done.told.name)
    settings = document["settings"]
    assert set(settings) == {"in_use", "setups", "materials", "tools", "machines", "posts"}
    assert settings["posts"] == []
    assert [kept["setup"]["name"] for kept in settings["setups"]] == ["Old machine"]
    assert [kept["entry"]["tool_id"] for kept in settings["tools"]] == ["my_bit"]
    assert settings["in_use"] == settings["setups"][0]["setup_id"]
    assert document["settings_sha256"] == sha256_hex(canonical_bytes(settings))
    (event,) = events_named(shop, "backup.created")
    assert [file["path"] for file in event["files"]] == [
        f"runs/rmos/2026-01-22/{done.told.run_id}.json",
        f"cam/backups/{done.told.name}.json",
    ]
    assert verify(shop.store(), "deep").ok


def test_the_list_is_newest_first_with_size_reason_and_state(shop: Studio) -> None:
    names = [shop.backups.create(reason).told.name for reason in ("first", "second")]
    shelf = shop.backups.list()
    assert [(one.told.name, one.told.reason, one.state) for one in shelf.backups] == [
        (names[1], "second", "verified"),
        (names[0], "first", "verified"),
    ]
    sizes = [path_of(shop, one.told.name).stat().st_size for one in shelf.backups]
    assert [one.told.file.size_bytes for one in shelf.backups] == sizes
    assert (shelf.strangers, shelf.doubts) == ((), ())


def test_before_a_change_nothing_is_added_while_the_newest_backup_holds_the_same(
    shop: Studio,
) -> None:
    first = shop.backups.before_change()
    assert first is not None
    assert first.told.automatic
    assert shop.backups.before_change() is None
    use_new_setup(shop, "New machine")
    assert shop.backups.at_exit() is not None
    assert shop.backups.at_exit() is None
    path_of(shop, shop.backups.list().backups[0].told.name).unlink()
    assert shop.backups.before_change() is not None  # the one that held it is gone


def test_at_exit_a_program_without_settings_of_its_own_keeps_nothing(tmp_path: Path) -> None:
    with studio_over(tmp_path) as studio:
        assert studio.backups.at_exit() is None
        assert not studio.data_dir.exists()
        studio.feasibility.check(design())
        assert studio.backups.at_exit() is None


def test_two_backups_of_one_moment_have_names_a_microsecond_apart(tmp_path: Path) -> None:
    with studio_over(tmp_path, clock=Still()) as studio:
        names = [studio.backups.create().told.name for _ in range(3)]
    stem = "cam_backup_20260122T101112_12345"
    assert names == [f"{stem}{end}Z" for end in (6, 7, 8)]


def test_a_name_that_another_program_takes_just_now_is_left_to_it(tmp_path: Path) -> None:
    class Racing(OsCalls):
        def link(self, source: Path, target: Path) -> None:
            if target.name == "cam_backup_20260122T101112_123456Z.json":
                target.write_bytes(b"{}")
            super().link(source, target)

    with studio_over(tmp_path, Racing(), Still()) as studio:
        name = studio.backups.create().told.name
        taken = path_of(studio, "cam_backup_20260122T101112_123456Z")
        assert (name, taken.read_bytes()) == ("cam_backup_20260122T101112_123457Z", b"{}")
        (stranger,) = studio.backups.list().strangers
        assert "no event tells of it" in stranger.reason
        assert verify(studio.store(), "full").ok


def test_a_restore_shows_the_difference_switches_in_one_event_and_can_be_undone(
    shop: Studio,
) -> None:
    before = seen(shop)
    name = shop.backups.create().told.name
    use_new_setup(shop, "New machine", 1200.0)
    own_bit(shop, "other_bit", "Other bit")
    after = seen(shop)
    paths = {change.path for change in shop.backups.difference(name)}
    assert "in_use" in paths
    assert "tools.other_bit" in paths
    done = shop.backups.restore(name)
    assert {change.path for change in done.difference} == paths
    assert seen(shop) == before
    assert shop.backups.difference(name) == ()
    (event,) = events_named(shop, "backup.restored")
    assert event["row"]["workshop"]["in_use"] == event["row"]["workshop"]["setups"][0]["setup_id"]
    assert done.before_name is not None
    shop.backups.restore(done.before_name)
    assert seen(shop) == after
    assert verify(shop.store(), "deep").ok


def test_restoring_what_is_in_force_records_nothing(shop: Studio) -> None:
    name = shop.backups.create().told.name
    last = shop.store().ledger.last_seq()
    done = shop.backups.restore(name)
    assert (done.run_id, done.difference) == (None, ())
    assert shop.store().ledger.last_seq() == last


def test_a_restored_setup_survives_the_loss_of_its_first_file(shop: Studio) -> None:
    name = shop.backups.create().told.name
    held = shop.workshop.state().setups
    use_new_setup(shop, "New machine")
    for setup in held.values():
        (shop.data_dir / setup.path).chmod(0o644)
        (shop.data_dir / setup.path).write_bytes(b"{}")
    shop.backups.restore(name)
    assert shop.setups.current().name == "Old machine"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_none_is_refused_in_a_sentence(shop: Studio, name: str) -> None:
    last = shop.store().ledger.last_seq()
    calls = (
        shop.backups.load,
        shop.backups.verify,
        shop.backups.difference,
        shop.backups.restore,
        lambda given: shop.backups.delete(given, WHY),
    )
    for call in calls:
        with pytest.raises(InputRefused, match="is not the name of a backup") as refused:
            call(name)
        assert len(refused.value.sentence) < 300
    assert shop.store().ledger.last_seq() == last


def test_a_name_that_nothing_has_is_not_found(shop: Studio) -> None:
    with pytest.raises(NotFound, match="luthier backups list"):
        shop.backups.load("cam_backup_20260122T101112_000000Z")


def test_what_else_lies_in_the_folder_is_named_and_never_opened(shop: Studio) -> None:
    name = shop.backups.create().told.name
    folder = path_of(shop, name).parent
    (folder / "cam_backup_20260122T101112_000001Z.json").symlink_to("/etc/passwd")
    (folder / "cam_backup_20260122T101112_000002Z.json").mkdir()
    os.mkfifo(folder / "cam_backup_20260122T101112_000003Z.json")
    (folder / "cam_settings_20261122_164657.json").write_bytes(b"{}")
    (folder / "notes.txt").write_bytes(b"")
    shelf = shop.backups.list()
    assert [one.told.name for one in shelf.backups] == [name]
    reasons = [stranger.reason for stranger in shelf.strangers]
    for reason, word in zip(
        reasons, ("a link", "a folder", "a named pipe", "web ToolBox", "not a file"), strict=True
    ):
        assert word in reason


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "nothing", "flip"])
def test_what_stands_in_a_backup_s_place_is_told_and_changes_nothing(
    shop: Studio, kind: str
) -> None:
    name = shop.backups.create().told.name
    use_new_setup(shop, "New machine")
    path, before = path_of(shop, name), seen(shop)
    data = path.read_bytes()
    path.unlink()
    if kind == "link":
        (path.parent / "elsewhere").write_bytes(data)
        path.symlink_to(path.parent / "elsewhere")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "flip":
        path.write_bytes(data.replace(b"Old machine", b"Old nachine"))
    found = shop.backups.verify(name)
    assert found.state == ("missing" if kind == "nothing" else "damaged")
    assert found.reason
    last = shop.store().ledger.last_seq()
    for call in (shop.backups.load, shop.backups.difference, shop.backups.restore):
        with pytest.raises(RecordDamaged, match="another backup"):
            call(name)
    with pytest.raises(NotAllowed, match="damage stays in sight"):
        shop.backups.delete(name, WHY)
    assert (seen(shop), shop.store().ledger.last_seq()) == (before, last)


def test_a_backup_of_a_newer_version_or_with_other_settings_is_refused(shop: Studio) -> None:
    first = shop.backups.create().told
    document = json.loads(path_of(shop, first.name).read_bytes())
    bad_bit = {**document["settings"]["tools"][0]["entry"], "diameter_mm": {"value": -1}}
    bad = {**document["settings"], "tools": [{"entry_id": "my_bit", "entry": bad_bit}]}
    for number, (change, word) in enumerate(
        (
            ({"schema": "luthier.backup/2"}, "newer version"),
            ({"settings": {**document["settings"], "in_use": None}}, "own hash"),
            (
                {"settings": bad, "settings_sha256": sha256_hex(canonical_bytes(bad))},
                "diameter_mm",
            ),
        )
    ):
        name = f"cam_backup_20260101T000000_00000{number}Z"
        _forge(shop, name, {**document, **change, "name": name})
        with pytest.raises(LuthierError, match=word):
            shop.backups.restore(name)


def _forge(shop: Studio, name: str, document: dict[str, Any]) -> None:
    """Let the ledger vouch for a backup of that name with other content."""
    from luthier_desktop.storage.ledger import NewEvent, StoredFile

    data, path = canonical_bytes(document), path_of(shop, name)
    path.write_bytes(data)
    store = shop.store()
    members = events_named(shop, "backup.created")[0]
    stored = StoredFile.of(f"cam/backups/{name}.json", data)
    file = {"name": name, "path": stored.path, "sha256": stored.sha256, "size_bytes": len(data)}
    run_id = f"run_20260122_00000000000000z{name[-2]}"
    row = {**members["row"], "run_id": run_id}
    row = {**row, "backup": {**members["row"]["backup"], "name": name, "file": file}}
    store.journal.append(NewEvent("backup.created", run_id, (stored,), row))
    store.catch_up()


def test_a_setup_whose_file_is_damaged_is_left_out_and_named(shop: Studio) -> None:
    for held in shop.workshop.state().setups.values():
        path = shop.data_dir / held.path
        path.chmod(0o644)
        path.write_bytes(b"{}")
    done = shop.backups.create()
    assert len(done.left_out) == 1
    assert "is damaged" in done.left_out[0]
    assert shop.backups.list().backups[0].left_out == done.left_out


def test_a_setup_in_a_backup_is_as_it_was_given(shop: Studio) -> None:
    given = json.loads(setup_document(shop.setups, "Old machine", 900.0))
    backup = shop.backups.load(shop.backups.create().told.name)
    kept = backup.settings.setups[0].setup.plain()
    assert {**kept, "setup_id": "mine"} == given
