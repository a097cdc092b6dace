"""``luthier backups``: what it answers, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE

SMOKE_BYTES = json.dumps(SMOKE).encode()
SHAPED = {
    "timestamp": "2026-11-22T16:46:57.332955",
    "version": "1.0",
    "settings": {
        "posts": ["grbl", "mach4"],
        "machines": {"error": "parse_failed"},
    },
}
"""Like what the web ToolBox writes: the names of posts, and an error in place of machines."""


def own_setup(tmp_path: Path, luthier: Luthier) -> str:
    shown = luthier("setups", "show", "--json").json()["setup"]
    path = tmp_path / "setup.json"
    path.write_text(json.dumps({**shown, "setup_id": "mine", "name": "My machine"}))
    setup_id: str = luthier("setups", "import", path, "--json").json()["setup_id"]
    assert luthier("setups", "use", setup_id).code == 0
    return setup_id


def in_use(luthier: Luthier) -> str:
    name: str = luthier("setups", "show", "--json").json()["name"]
    return name


def test_settings_are_backed_up_shown_restored_and_deleted(
    luthier: Luthier, tmp_path: Path, data_dir: Path
) -> None:
    created = luthier("backups", "create", "--reason", "before the new machine", "--json")
    assert created.code == 0
    name = created.json()["name"]
    assert (data_dir / "cam" / "backups" / f"{name}.json").is_file()
    own_setup(tmp_path, luthier)
    shown = luthier("backups", "show", name, "--json").json()
    assert shown["backup"]["schema"] == "luthier.backup/1"
    assert "in_use" in [change["path"] for change in shown["changes"]]
    assert "would change 2 places" in luthier("backups", "show", name).out
    assert luthier("backups", "verify", name, "--json").json()["state"] == "verified"
    done = luthier("backups", "restore", name, "--json").json()
    assert (done["changed"], in_use(luthier).startswith("Starter")) == (True, True)
    luthier("backups", "restore", done["before"])
    assert in_use(luthier) == "My machine"
    items = luthier("backups", "list", "--json").json()["items"]
    assert [item["state"] for item in items] == ["verified"] * len(items)
    assert items[-1]["name"] == name
    assert luthier("backups", "delete", name, "--reason", "old", "--json").json()["name"] == name
    gone = luthier("backups", "verify", name, "--json")
    assert (gone.code, gone.json()["state"]) == (1, "deleted")
    assert luthier("backups", "show", name).code == 4
    assert luthier("backups", "delete", name, "--reason", "old").code == 5
    assert luthier("logs", "verify").code == 0


@pytest.mark.parametrize("name", ["../../x", "CON", "x" * 300, "cam_settings_x"])
@pytest.mark.parametrize("command", ["show", "verify", "restore", "delete"])
def test_a_name_that_is_none_is_refused(
    luthier: Luthier, data_dir: Path, command: str, name: str
) -> None:
    reason = ("--reason", "x") if command == "delete" else ()
    answer = luthier("backups", command, name, *reason)
    assert (answer.code, answer.out) == (3, "")
    assert "is not the name of a backup" in answer.err
    assert not data_dir.exists()


def test_where_there_is_no_log_there_is_no_backup(luthier: Luthier, data_dir: Path) -> None:
    assert luthier("backups", "list", "--json").json()["items"] == []
    assert luthier("backups", "show", "cam_backup_20260122T101112_123456Z").code == 4
    assert luthier("backups", "full", "create", "--to", data_dir.parent).code == 7
    assert not data_dir.exists()


def test_a_damaged_backup_is_told_and_stays(luthier: Luthier, data_dir: Path) -> None:
    name = luthier("backups", "create", "--json").json()["name"]
    path = data_dir / "cam" / "backups" / f"{name}.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"posts":[]', b'"posts":{}'))
    assert luthier("backups", "list").code == 1
    answer = luthier("backups", "verify", name, "--json")
    assert (answer.code, answer.json()["state"]) == (1, "damaged")
    assert luthier("backups", "restore", name).code == 1
    assert luthier("backups", "delete", name, "--reason", "bad").code == 6
    assert path.is_file()


def test_a_file_of_the_web_toolbox_is_told_for_what_it_is(
    luthier: Luthier, tmp_path: Path, data_dir: Path
) -> None:
    path = tmp_path / "cam_settings_20261122_164657.json"
    path.write_text(json.dumps(SHAPED))
    for command in ("show", "verify"):
        answer = luthier("backups", command, path, "--json")
        told = answer.json()
        assert answer.code == 1
        assert told["format"] == "web ToolBox"
        assert told["holds"][0].startswith("the names of 2 post-processors")
        assert any("only their names" in lack for lack in told["lacks"])
        assert any("parse_failed" in fault for fault in told["faults"])
    assert "It lacks the text of its post-processors" in luthier("backups", "show", path).out
    path.write_text("[]")
    assert luthier("backups", "show", path).code == 3
    path.unlink()
    assert luthier("backups", "show", path).code == 4
    assert not data_dir.exists()


def test_the_whole_store_goes_to_a_folder_and_comes_back(
    luthier: Luthier, tmp_path: Path, data_dir: Path
) -> None:
    run_id = luthier("feasibility", "single", "-", "--json", stdin=SMOKE_BYTES).json()["run_id"]
    (tmp_path / "stick").mkdir()
    created = luthier("backups", "full", "create", "--to", tmp_path / "stick", "--json")
    assert created.code == 0
    backup = created.json()["path"]
    assert luthier("logs", "verify", "--against", backup).code == 0
    verified = luthier("backups", "full", "verify", backup, "--json")
    assert (verified.code, verified.json()["live"]["state"]) == (0, "extends")
    shutil.rmtree(data_dir)
    restored = luthier("backups", "full", "restore", backup, "--into", data_dir)
    assert restored.code == 0
    assert "new epoch" in restored.out
    assert luthier("logs", "show", run_id, "--json").json()["run_id"] == run_id
    assert luthier("logs", "verify", "--full").code == 0
    assert luthier("backups", "full", "restore", backup, "--into", data_dir).code == 5
    manifest = Path(backup) / "MANIFEST.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"events":', b'"Events":'))
    assert luthier("backups", "full", "verify", backup).code == 3
    assert luthier("backups", "full", "restore", backup, "--into", tmp_path / "new").code == 3
    assert not (tmp_path / "new").exists()


def test_a_damaged_full_backup_is_told_and_refused(luthier: Luthier, tmp_path: Path) -> None:
    luthier("feasibility", "single", "-", stdin=SMOKE_BYTES)
    (tmp_path / "stick").mkdir()
    to = ("--to", tmp_path / "stick", "--json")
    backup = Path(luthier("backups", "full", "create", *to).json()["path"])
    (backup / "data" / "STORE.json").write_bytes(b"{}")
    answer = luthier("backups", "full", "verify", backup, "--json")
    assert (answer.code, answer.json()["faults"][0]["path"]) == (1, "STORE.json")
    refused = luthier("backups", "full", "restore", backup, "--into", tmp_path / "new")
    assert (refused.code, refused.out) == (3, "")
    assert "STORE.json" in refused.err
    assert luthier("backups", "full", "create", "--to", tmp_path / "none").code == 4
