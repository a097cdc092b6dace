"""A store that cannot be written to here, of a newer version, or copied to another place."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from luthier_desktop import paths
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.machine import Machine
from luthier_desktop.storage.os_calls import OsCalls
from tests.cli.conftest import Luthier
from tests.storage.faulty import ReadOnly, closed_below

DESIGN = paths.resource("presets/minimal_ring.json")
SETUP = b'{"schema": "luthier.setup/1", "name": "Another bench"}'
NEWER = b"luthier.store/2"
WRITING = (
    ("feasibility", "single", DESIGN),
    ("snapshots", "save", DESIGN, "--name", "Another"),
    ("setups", "import", "-"),
    ("snapshots", "delete", "THE ONE", "--reason", "because it is so"),
)


@pytest.fixture
def run_id(luthier: Luthier) -> str:
    """The run of a snapshot in a store with two runs."""
    assert luthier("feasibility", "single", DESIGN).code == 0
    saved = luthier("snapshots", "save", DESIGN, "--name", "Kept", "--json").json()
    return str(saved["run_id"])


def reading(run_id: str) -> list[tuple[str | Path, ...]]:
    return [
        ("logs", "recent"), ("logs", "show", run_id), ("logs", "verify"), ("logs", "rebuild"),
        ("snapshots", "list"), ("setups", "list"), ("catalogue", "materials"),
        ("decisions", "list"), ("feasibility", "single", DESIGN, "--no-record"),
    ]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check_that_it_can_only_be_read(
    luthier: Luthier, data_dir: Path, run_id: str, words: str
) -> None:
    before = files(data_dir)
    for command in reading(run_id):
        answer = luthier(*command)
        assert (answer.code, answer.err) == (0, ""), command
    assert luthier("logs", "recent", "--json").json()["entries"][0]["run_id"] == run_id
    snapshot_id = luthier("snapshots", "list", "--json").json()["items"][0]["snapshot_id"]
    for command in WRITING:
        words_given = [snapshot_id if word == "THE ONE" else word for word in command]
        answer = luthier(*words_given, stdin=SETUP)
        assert answer.code == 7, command
        assert len(answer.err.splitlines()) == 1
        assert words in answer.err
    health = luthier("health", "--json")
    assert (health.code, health.json()["writable"]) == (1, False)
    assert words in health.json()["problems"][0]
    assert files(data_dir) == before


def test_a_store_of_a_newer_version_is_read_and_never_written(
    luthier: Luthier, data_dir: Path, run_id: str
) -> None:
    store = data_dir / "STORE.json"
    store.chmod(0o644)
    store.write_bytes(store.read_bytes().replace(b"luthier.store/1", NEWER))
    check_that_it_can_only_be_read(luthier, data_dir, run_id, "Update the program to record")


def test_a_store_on_a_read_only_medium_is_read_as_any_other(
    luthier: Luthier, data_dir: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open", "mkdir"):
        monkeypatch.setattr(OsCalls, name, _read_only_below(data_dir, name))
    check_that_it_can_only_be_read(luthier, data_dir, run_id, "cannot be written")


def _read_only_below(folder: Path, name: str) -> object:
    """Return the call *name* of a machine on which *folder* lies on a read-only medium."""
    real, refusing = getattr(OsCalls, name), getattr(ReadOnly, name)

    def call(self: OsCalls, path: Path, *rest: int) -> object:
        if not path.is_relative_to(folder):
            return real(self, path, *rest)
        flags = rest[0] if rest else 0
        if name == "mkdir" or flags & (os.O_WRONLY | os.O_CREAT):
            return refusing(self, path, *rest)
        return real(self, path, *rest)

    return call


def test_a_store_on_a_network_drive_is_read_and_never_written(
    luthier: Luthier, data_dir: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = f"30 22 0:40 / {data_dir} rw - nfs4 server:/x rw\n"
    monkeypatch.setattr(Machine, "mounts", lambda self: table)
    check_that_it_can_only_be_read(luthier, data_dir, run_id, "network drive (nfs4)")


def test_a_place_without_links_is_refused_before_anything_is_written(
    luthier: Luthier, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: OsCalls, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(OsCalls, "link", refuse)
    answer = luthier("feasibility", "single", DESIGN)
    assert answer.code == 7
    assert "Choose a local folder" in answer.err
    assert files(data_dir) == {}


def test_a_nearly_full_disk_is_told_beside_the_answer_and_the_run_is_recorded(
    luthier: Luthier, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Machine, "free_bytes", lambda self, path: 30 * 2**20)
    answer = luthier("feasibility", "single", DESIGN, "--json")
    assert answer.code == 0
    assert answer.json()["run_id"]
    assert answer.err.startswith("luthier: Only 30 MB are free on the disk of ")
    health = luthier("health", "--json")
    assert (health.code, health.json()["writable"]) == (1, True)
    assert "Only 30 MB" in health.json()["problems"][0]
    assert luthier("feasibility", "single", DESIGN, "--no-record").err == ""


def test_a_folder_of_another_user_that_cannot_even_be_read_is_told(
    luthier: Luthier, data_dir: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open", "mkdir", "scandir"):
        monkeypatch.setattr(OsCalls, name, closed_below(data_dir, name))
    health = luthier("health", "--json")
    assert (health.code, health.json()["writable"]) == (1, False)
    assert f"{data_dir} cannot be read (Permission denied" in health.json()["problems"][0]
    answer = luthier("feasibility", "single", DESIGN)
    assert answer.code == 7
    assert "cannot be read" in answer.err


def test_a_gap_in_the_ledger_is_told_by_health(
    luthier: Luthier, data_dir: Path, run_id: str
) -> None:
    (data_dir / "ledger" / "000000" / "000000002.json").unlink()
    health = luthier("health", "--json")
    assert health.code == 1
    assert any("Event 2 is missing" in problem for problem in health.json()["problems"])


# A copy


def test_a_copy_elsewhere_is_opened_and_goes_on_like_the_first(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(data_dir, copy)
    shutil.rmtree(data_dir)
    at = ("--data-dir", copy)
    assert luthier("health", *at, "--json").json()["problems"] == []
    assert luthier("logs", "verify", "--deep", *at, "--json").json()["findings"] == []
    assert luthier("logs", "show", run_id, *at).code == 0
    assert luthier("feasibility", "single", DESIGN, *at).code == 0
    recent = luthier("logs", "recent", *at, "--json").json()["entries"]
    assert len(recent) == 3
    assert luthier("logs", "verify", "--deep", *at).code == 0


def test_of_two_copies_that_are_used_in_turn_the_one_left_behind_says_so(
    luthier: Luthier, data_dir: Path, run_id: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(data_dir, copy)
    with open_studio(copy, source="window") as window:
        design = window.presets.first()
        window.feasibility.check(design)
    assert luthier("health", "--data-dir", copy).code == 0
    health = luthier("health", "--json").json()
    assert health["writable"] is True
    (problem,) = health["problems"]
    assert "older than the one last seen here" in problem
    assert "a copy of it was used in another folder" in problem
    answer = luthier("logs", "verify", "--json")
    assert [found["code"] for found in answer.json()["findings"]] == ["rollback"]
    assert luthier("feasibility", "single", DESIGN).code == 0  # nothing is lost meanwhile
    assert luthier("logs", "acknowledge", "--reason", "this copy is the right one").code == 0
    assert luthier("health").code == 0
    other = luthier("health", "--data-dir", copy, "--json").json()
    assert "last seen here" in other["problems"][0]
