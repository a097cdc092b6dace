"""``luthier logs export``: a bundle that proves itself in a process of its own."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.bundles import ExportStopped
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.storage.export_folder import ExportFolder
from luthier_desktop.storage.os_calls import OsCalls
from tests.bundles import checker, copied, files_of, problems, unnoticed
from tests.cli.conftest import Luthier
from tests.services.builders import SMOKE, design
from tests.storage.faulty import Faulty

CHECK = checker()


@pytest.fixture
def run_ids(data_dir: Path) -> list[str]:
    with open_studio(data_dir) as studio:
        return [str(studio.feasibility.check(design(**SMOKE)).run_id) for _ in range(3)]


@pytest.fixture
def bundle(luthier: Luthier, run_ids: list[str], tmp_path: Path) -> Path:
    """A part of a log: one run."""
    assert luthier("logs", "export", "--out", tmp_path / "bundle", run_ids[1]).code == 0
    return tmp_path / "bundle"


def checked(bundle: Path, *options: str) -> tuple[int, str]:
    """Run the bundle's own checker with nothing but the standard library."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(bundle / "check.py"), str(bundle), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def exports(data_dir: Path) -> list[tuple[str, str]]:
    with open_studio(data_dir) as studio:
        page = studio.runs.find(RunQuery(event=("export.written",)))
        return [(entry.run_id, entry.status) for entry in page.entries]


def test_the_whole_log_proves_itself_without_the_program(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    luthier("logs", "hide", run_ids[0], "--reason", "a trial")
    luthier("logs", "purge", run_ids[1], "--reason", "asked for")
    answer = luthier("logs", "export", "--out", tmp_path / "bundle", "--json")
    document = answer.json()
    assert (answer.code, document["runs"]) == (0, 3)
    assert [each["why"] for each in document["absent"]] == ["purged"]
    manifest = (tmp_path / "bundle" / "MANIFEST.json").read_bytes()
    assert document["sha256"] == sha256_hex(manifest)
    assert document["bytes"] == sum(len(p.read_bytes()) for p in files_of(tmp_path / "bundle"))
    code, said = checked(tmp_path / "bundle")
    assert (code, "the runs in it (2) are byte for byte" in said) == (0, True)
    assert "no event is missing" in said
    assert "was removed on purpose" in said
    for path in files_of(tmp_path / "bundle" / "store"):
        stored = data_dir / path.relative_to(tmp_path / "bundle" / "store")
        assert path.read_bytes() == stored.read_bytes()
    (run,) = exports(data_dir)
    assert run == (document["run_id"], "OK")
    recorded = luthier("logs", "show", document["run_id"], "--json").json()
    assert recorded["outputs"]["bundle"]["sha256"] == document["sha256"]


def test_the_page_on_the_format_says_where_an_event_tells_the_key(
    luthier: Luthier, run_ids: list[str], tmp_path: Path
) -> None:
    luthier("logs", "rotate-key", "--reason", "Lent out")
    luthier("logs", "export", "--out", tmp_path / "bundle")
    page = (tmp_path / "bundle" / "FORMAT.md").read_text("utf-8")
    said = page[page.index("An event `epoch.opened` tells") : page.index("\n4. ")]
    told = {}
    for path in sorted((tmp_path / "bundle" / "store" / "ledger").rglob("*.json")):
        event = json.loads(path.read_bytes())
        told[event["event"]] = event["row"]
    key = (tmp_path / "bundle" / "public_key.txt").read_text("ascii").strip()
    assert key == told["key.rotated"]["public_key"] != told["epoch.opened"]["public_key"]
    for member in ("origin", "public_key"):
        assert member in told["epoch.opened"]
    for member in ("origin", "old_public_key", "public_key", "signatures"):
        assert f"`{member}`" in said or f"{{{member}," in said
        assert member in told["key.rotated"]


def test_a_part_of_a_log_shows_nothing_of_the_rest(
    bundle: Path, run_ids: list[str], luthier: Luthier
) -> None:
    names = [path.relative_to(bundle).as_posix() for path in files_of(bundle)]
    year, month, day = run_ids[1][4:8], run_ids[1][8:10], run_ids[1][10:12]
    run = f"store/runs/rmos/{year}-{month}-{day}/{run_ids[1]}.json"
    assert [name for name in names if name.startswith("store/runs")] == [run]
    assert len([name for name in names if name.startswith("store/ledger")]) == 1
    assert "store/rules/rules-2.json" in names
    text = b"".join(path.read_bytes() for path in files_of(bundle / "store"))
    assert run_ids[0].encode() not in text
    code, said = checked(bundle)
    assert (code, "a part of the log" in said) == (0, True)


def test_the_key_that_is_known_is_compared(bundle: Path) -> None:
    key = (bundle / "public_key.txt").read_text().strip()
    assert "It is the key that you gave." in checked(bundle, "--key", key)[1]
    assert problems(CHECK, bundle) == []
    other = CHECK.Check(bundle, "A" * 43 + "=")
    other.run()
    assert other.problems == [
        "checkpoint.note: the key in public_key.txt is not the one that you gave."
    ]


def test_the_same_runs_and_checkpoint_make_the_same_bytes(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    with open_studio(data_dir, source="window") as studio:
        studio.feasibility.check(design(**SMOKE))  # signed at its end
    shutil.copytree(data_dir, tmp_path / "again")
    for name, place in (("one", data_dir), ("two", tmp_path / "again")):
        answer = luthier("logs", "export", "--data-dir", place, "--out", tmp_path / name)
        assert answer.code == 0
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_every_flipped_bit_is_found_and_an_untouched_bundle_is_sound(bundle: Path) -> None:
    assert problems(CHECK, bundle) == []
    assert unnoticed(CHECK, bundle, 200, seed=9162) == []
    assert problems(CHECK, bundle) == []


def test_a_checker_that_does_not_look_finds_nothing(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CHECK.Check, "check_file", lambda *_: None)
    monkeypatch.setattr(CHECK.Check, "check_lists", lambda *_: None)
    monkeypatch.setattr(CHECK.Check, "check_tree", lambda *_: None)
    assert len(unnoticed(CHECK, bundle, 10, seed=1)) > 4


def relisted(bundle: Path, **changes: object) -> None:
    """Write MANIFEST.json anew for the files as they are, as a forger would."""
    path = bundle / "MANIFEST.json"
    manifest = json.loads(path.read_bytes())
    for file in manifest["files"]:
        data = (bundle / file["path"]).read_bytes()
        file.update(sha256=sha256_hex(data), bytes=len(data))
    path.write_text(CHECK.canonical({**manifest, **changes}), encoding="utf-8")


@pytest.mark.parametrize("pattern", ["store/runs/**/*.json", "store/ledger/**/*.json"])
def test_a_forger_who_writes_the_manifest_anew_is_found(
    bundle: Path, tmp_path: Path, pattern: str
) -> None:
    forged = copied(bundle, tmp_path)
    (path,) = forged.glob(pattern)
    members = json.loads(path.read_bytes())
    members["operator_id" if "ledger" in pattern else "mode"] = "somebody"
    path.write_text(CHECK.canonical(members), encoding="utf-8")
    relisted(forged)
    code, said = checked(forged)
    assert (code, "NOT PROVEN: this bundle" in said) == (1, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"whole": True},
        {"size": 3},
        {"runs": []},
        {"origin": "x"},
        {"store_id": "x"},
        {"files": []},
    ],
)
def test_a_manifest_that_tells_something_else_is_found(
    bundle: Path, changes: dict[str, object]
) -> None:
    relisted(bundle, **changes)
    assert problems(CHECK, bundle)


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../b", "C:\\x", ".", "a//b"])
def test_paths_that_leave_the_bundle_are_refused_unopened(bundle: Path, path: str) -> None:
    manifest = json.loads((bundle / "MANIFEST.json").read_bytes())
    stranger = {"path": path, "sha256": "0" * 64, "bytes": 1}
    relisted(bundle, files=sorted([*manifest["files"], stranger], key=lambda each: each["path"]))
    (found,) = problems(CHECK, bundle)
    assert "is no entry of a file inside the bundle" in found


def test_links_pipes_and_strangers_are_found_and_not_read(bundle: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (bundle / "FORMAT.md").rename(secret)
    (bundle / "FORMAT.md").symlink_to(secret)
    (bundle / "store" / "away").symlink_to(tmp_path)
    (bundle / "stranger").write_bytes(b"")
    (bundle / "checkpoint.note").unlink()
    os.mkfifo(bundle / "checkpoint.note")
    code, said = checked(bundle)
    assert code == 1
    for words in (
        "FORMAT.md: a link stands there; nothing behind it was read.",
        "checkpoint.note: it is missing, no file, or too large.",
        "store/away: MANIFEST.json does not name it.",
        "stranger: MANIFEST.json does not name it.",
    ):
        assert words in said


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"null", b"[" * 9999, b"\xff", b'{"files":1}']
)
def test_a_manifest_that_is_none_is_told_without_a_trace(bundle: Path, manifest: bytes) -> None:
    (bundle / "MANIFEST.json").write_bytes(manifest)
    assert len(problems(CHECK, bundle)) == 1


def test_where_there_is_no_bundle_nothing_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert CHECK.main([str(tmp_path)]) == 2
    assert "There is no bundle in" in capsys.readouterr().out
    assert CHECK.main(["--help"]) == 2
    assert "Usage: python3 check.py" in capsys.readouterr().out


def test_a_damaged_run_is_told_and_the_rest_goes_out(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    (path,) = data_dir.glob(f"runs/rmos/*/{run_ids[0]}.json")
    path.unlink()
    answer = luthier("logs", "export", "--out", tmp_path / "bundle", "--json")
    assert answer.code == 1
    assert [each["why"] for each in answer.json()["absent"]] == ["damaged"]
    (found,) = problems(CHECK, tmp_path / "bundle")
    assert found.endswith("it was damaged or lost before the export.")


def test_what_cannot_be_exported_is_refused_and_leaves_nothing(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    out = ("logs", "export", "--out")
    (tmp_path / "taken").mkdir()
    assert luthier(*out, tmp_path / "taken").code == 5
    assert luthier(*out, data_dir / "inside").code == 3
    assert luthier(*out, tmp_path / "nowhere" / "b").code == 3
    assert luthier(*out, tmp_path / "b", "run_20260122_0000000000000000").code == 4
    assert luthier(*out, tmp_path / "b", "--text", "nothing has this").code == 4
    assert luthier(*out, tmp_path / "b", run_ids[0], "--risk", "red").code == 2
    assert luthier("health", "--data-dir", tmp_path / "empty").code == 0
    assert luthier(*out, tmp_path / "b", "--data-dir", tmp_path / "empty").code == 4
    assert exports(data_dir) == []
    assert sorted(path.name for path in tmp_path.iterdir() if "b" in path.name[:2]) == []


def test_a_log_that_cannot_be_proven_is_refused_and_that_is_recorded(
    luthier: Luthier, run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    event = data_dir / "ledger/000000/000000002.json"
    event.chmod(0o644)
    event.write_bytes(event.read_bytes().replace(b"owner", b"other"))
    answer = luthier("logs", "export", "--out", tmp_path / "bundle")
    assert (answer.code, "luthier logs verify" in answer.err) == (7, True)
    assert not (tmp_path / "bundle").exists()
    assert [status for _, status in exports(data_dir)] == ["BLOCKED"]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "bundle" in path.name)


def test_a_cancelled_export_leaves_nothing_and_records_nothing(
    run_ids: list[str], data_dir: Path, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []

    def count(done: int, steps: int) -> None:
        told.append((done, steps))

    with open_studio(data_dir) as studio, pytest.raises(ExportStopped):
        studio.bundles.export(tmp_path / "bundle", None, count, lambda: len(told) == 3)
    assert [done for done, _ in told] == [1, 2, 3]
    assert (left_in(tmp_path), exports(data_dir)) == ([], [])


def test_whatever_call_fails_nothing_half_is_left(tmp_path: Path) -> None:
    def write(calls: OsCalls) -> None:
        with ExportFolder(tmp_path / "bundle", calls) as folder:
            folder.add("a/b", b"one")
            folder.add("c", b"two")
            folder.publish()

    counting = Faulty()
    write(counting)
    assert left_in(tmp_path) == ["bundle"]
    last_sync = len(counting.seen) - 2
    for at in range(len(counting.seen)):
        shutil.rmtree(tmp_path / "bundle")
        with pytest.raises(StorageFailed):
            write(Faulty(at, errno.EIO))
        published = at >= last_sync
        assert left_in(tmp_path) == (["bundle"] if published else [])
        if not published:
            write(OsCalls())


def test_a_failing_disk_is_recorded_as_an_error(
    studio_with_failing_disk: Studio, data_dir: Path, tmp_path: Path
) -> None:
    with pytest.raises(StorageFailed, match="disk"):
        studio_with_failing_disk.bundles.export(tmp_path / "bundle")
    studio_with_failing_disk.close()
    assert left_in(tmp_path) == []
    assert [status for _, status in exports(data_dir)] == ["ERROR"]


class FailsOutside(OsCalls):
    """A disk that takes the store's files and no others."""

    def __init__(self, inside: Path) -> None:
        self.inside = inside

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        if not Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(self.inside):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(descriptor, data)


@pytest.fixture
def studio_with_failing_disk(run_ids: list[str], data_dir: Path) -> Studio:
    studio = open_studio(data_dir, source="window")
    studio.feasibility.check(design(**SMOKE))
    studio.close()
    studio._calls = FailsOutside(data_dir)
    return studio
