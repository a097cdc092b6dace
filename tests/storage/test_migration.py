"""A store of an older format is brought up to date, and of a newer one it is left alone."""

from __future__ import annotations

import ast
import errno
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.storage import migrations, schema
from luthier_desktop.storage.atomic import put_once
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.migration import RECORDS, chain, migrate
from luthier_desktop.storage.migrations import Step
from luthier_desktop.storage.os_calls import OS, OsCalls
from luthier_desktop.storage.schema import Means, StoreIdentity, open_identity
from luthier_desktop.storage.verify import verify
from tests.storage.crashes import Crash, Recording, crashes
from tests.storage.faulty import Always, LyingWrites, Unsynced
from tests.storage.make import Clock, layout_in, open_store, tokens

VERSIONS = Path(__file__).parents[1] / "data_versions"
KOA = "workshop/catalogue/materials/my_koa.json"
NEW_KOA = b'{"base":"koa","name":"My koa"}'
OLD_STORE = (VERSIONS / "0" / "STORE.json").read_bytes()
OLD_KOA = (VERSIONS / "0" / KOA).read_bytes()
STORE_ID = "k3yq9v0n4m2t7w1x"
NEW_STORE = (
    b'{"created_at_utc":"2025-06-01T08:00:00.000000Z","schema":"luthier.store/1",'
    b'"store_id":"k3yq9v0n4m2t7w1x"}'
)


def change(path, document):
    if path == "STORE.json":
        return {
            "schema": "luthier.store/1",
            "store_id": document["id"],
            "created_at_utc": document["made"],
        }
    return {"name": document["title"], "base": document["wood"]}


STEP = Step(0, change, ("workshop/catalogue",))


def old_store(folder: Path, versions: tuple[str, ...] = ("1", "0")) -> StoreLayout:
    """Lay the invented older store over the records of today's."""
    for version in versions:
        shutil.copytree(VERSIONS / version, folder / "data", dirs_exist_ok=True)
    return layout_in(folder)


def opened(layout: StoreLayout, calls: OsCalls = OS, steps: tuple[Step, ...] = (STEP,)):
    return open_identity(layout, Means(Clock(), tokens(), calls, steps))


def records(layout: StoreLayout) -> dict[str, bytes]:
    return {
        path.relative_to(layout.data).as_posix(): path.read_bytes()
        for folder in RECORDS
        for path in sorted((layout.data / folder).rglob("*"))
        if path.is_file()
    }


def test_an_older_store_is_brought_up_to_date_and_its_records_stay_as_they_are(tmp_path):
    layout = old_store(tmp_path)
    before = records(layout)
    assert len(before) == 9
    found = opened(layout)
    assert found == StoreIdentity(STORE_ID, schema.StoreState("ok"))
    assert (layout.data / "STORE.json").read_bytes() == NEW_STORE
    assert (layout.data / KOA).read_bytes() == NEW_KOA
    assert records(layout) == before
    assert opened(layout, Always(errno.EROFS, "replace")) == found  # nothing is left to do


def test_what_a_step_changes_is_kept_before_with_its_hashes(tmp_path):
    layout = old_store(tmp_path)
    opened(layout)
    (kept,) = (layout.data / "migrated").iterdir()
    assert kept.name == "0-to-1-001"
    assert (kept / "STORE.json").read_bytes() == OLD_STORE
    assert (kept / KOA).read_bytes() == OLD_KOA
    manifest = json.loads((kept / "MANIFEST.json").read_bytes())
    assert [file["path"] for file in manifest["files"]] == [
        "STORE.json", KOA, "workshop/catalogue/materials/torn.json",
    ]


def test_a_file_that_cannot_be_read_is_left_as_it_is(tmp_path):
    layout = old_store(tmp_path)
    path = layout.data / "workshop/catalogue/materials/torn.json"
    before = path.read_bytes()
    opened(layout)
    assert path.read_bytes() == before


def test_what_was_kept_and_the_lock_are_no_strangers_to_verify(tmp_path):
    layout = old_store(tmp_path)
    opened(layout)
    store = open_store(tmp_path)
    store.catch_up()
    codes = {finding.code for finding in verify(store, "full").findings}
    assert "foreign_file" not in codes


class Killed(BaseException):
    """The program is ended here."""


class KilledAt(Unsynced):
    """Ends the program before the call numbered *at*; no call follows.

    What the call before it has done is done: an end before a call is one after another.
    """

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0


def killing(name):
    def call(self, *arguments):
        self.calls += 1
        if self.calls > self.at:
            raise Killed
        return getattr(Unsynced, name)(self, *arguments)

    return call


NAMES = ("open", "write", "fsync", "read", "link", "unlink", "mkdir", "scandir", "stat", "replace")
for _name in NAMES:
    setattr(KilledAt, _name, killing(_name))


def test_a_kill_at_any_call_leaves_the_old_store_or_the_new_one(tmp_path):
    counted = KilledAt(sys.maxsize)
    migrate(old_store(tmp_path / "counted", ("0",)), (STEP,), 1, counted)
    assert counted.calls > 60
    half = 0
    for at in range(counted.calls):
        layout = old_store(tmp_path / str(at), ("0",))
        with pytest.raises(Killed):
            migrate(layout, (STEP,), 1, KilledAt(at))
        state = ((layout.data / "STORE.json").read_bytes(), (layout.data / KOA).read_bytes())
        assert state in ((OLD_STORE, OLD_KOA), (OLD_STORE, NEW_KOA), (NEW_STORE, NEW_KOA))
        half += state == (OLD_STORE, NEW_KOA)
        assert opened(layout, Unsynced()).state.kind == "ok"
        assert (layout.data / "STORE.json").read_bytes() == NEW_STORE
        assert (layout.data / KOA).read_bytes() == NEW_KOA
        shutil.rmtree(tmp_path / str(at))
    assert half > 5  # the cases that matter were there


def judged(tmp_path: Path, *, sync_files: bool = True) -> Iterator[str]:
    """Cut the power after each operation, and say what is wrong with each disk it may leave."""
    layout = layout_in(tmp_path)
    layout.data.mkdir(parents=True)
    calls = Recording(sync_files=sync_files)
    store, koa = layout.data / "STORE.json", layout.data / KOA
    put_once(koa, OLD_KOA, calls)
    put_once(store, OLD_STORE, calls)
    begun = len(calls.operations)
    migrate(layout, (STEP,), 1, calls)
    kept = layout.data / "migrated" / "0-to-1-001"

    def judge(crash: Crash) -> str:
        disk = dict(crash.disk)
        if crash.after < begun:
            return ""
        now, wood = disk.get(str(store)), disk.get(str(koa))
        if (now, wood) not in ((OLD_STORE, OLD_KOA), (OLD_STORE, NEW_KOA), (NEW_STORE, NEW_KOA)):
            return f"after {crash.after}: neither the old store nor the new one"
        if (now, wood) == (OLD_STORE, OLD_KOA):
            return ""
        whole = (
            disk.get(str(kept / "STORE.json")) == OLD_STORE
            and disk.get(str(kept / KOA)) == OLD_KOA
            and b'"files"' in disk.get(str(kept / "MANIFEST.json"), b"")
        )
        return "" if whole else f"after {crash.after}: changed before it was kept"

    return map(judge, crashes(calls.operations, layout.data))


def test_a_power_cut_at_any_moment_leaves_the_old_store_or_the_new_one(tmp_path):
    said = list(judged(tmp_path))
    assert len(said) > 100
    assert [words for words in said if words] == []


def test_without_making_files_durable_a_power_cut_would_be_found_to_harm(tmp_path):
    assert next(filter(None, judged(tmp_path, sync_files=False)), "")


@pytest.mark.parametrize(
    "calls",
    [
        Always(errno.ENOSPC, "write"), Always(errno.EROFS, "replace"), Always(errno.EIO, "fsync"),
        LyingWrites(), Always(errno.EACCES, "mkdir"),
    ],
    ids=["full", "read-only", "fsync", "lying", "no rights"],
)
def test_an_older_store_that_cannot_be_changed_is_opened_for_viewing(tmp_path, calls):
    layout = old_store(tmp_path)
    found = opened(layout, calls)
    assert (found.state.kind, found.state.writable) == ("older_format", False)
    assert "luthier.store/0" in found.state.sentence
    assert "nothing in it is lost" in found.state.sentence
    assert (layout.data / "STORE.json").read_bytes() == OLD_STORE
    assert (layout.data / KOA).read_bytes() == OLD_KOA
    assert opened(layout).state.kind == "ok"


def test_a_file_that_was_edited_after_a_kill_is_not_overwritten(tmp_path):
    layout = old_store(tmp_path)
    (layout.data / "workshop/catalogue/materials/zebrano.json").write_bytes(OLD_KOA)

    class KilledAtTheSecond(OsCalls):
        replaced = 0

        def replace(self, source, target):
            if self.replaced:
                raise Killed
            self.replaced += 1
            super().replace(source, target)

    with pytest.raises(Killed):
        migrate(layout, (STEP,), 1, KilledAtTheSecond())
    edited = layout.data / "workshop/catalogue/materials/zebrano.json"
    edited.write_bytes(b'{"title":"Mine","wood":"zebrano"}')
    found = opened(layout)
    assert found.state.kind == "older_format"
    assert "zebrano.json was changed since" in found.state.sentence
    assert edited.read_bytes() == b'{"title":"Mine","wood":"zebrano"}'
    edited.write_bytes(OLD_KOA)
    assert opened(layout).state.kind == "ok"


def test_an_edit_before_anything_was_changed_is_kept_anew(tmp_path):
    layout = old_store(tmp_path)
    with pytest.raises(StorageFailed):
        migrate(layout, (STEP,), 1, Always(errno.EIO, "replace"))
    (layout.data / KOA).write_bytes(b'{"title":"Mine","wood":"koa"}')
    assert opened(layout).state.kind == "ok"
    assert (layout.data / KOA).read_bytes() == b'{"base":"koa","name":"Mine"}'
    kept = layout.data / "migrated" / "0-to-1-002" / KOA
    assert kept.read_bytes() == b'{"title":"Mine","wood":"koa"}'


def test_while_another_program_brings_it_up_to_date_it_is_opened_for_viewing(
    tmp_path, monkeypatch
):
    from luthier_desktop.storage import migration

    monkeypatch.setattr(migration, "_LOCK_WAIT_S", 0.0)
    layout = old_store(tmp_path)
    with FileLock(layout.data / "migrate.lock"):
        assert "another program" in opened(layout).state.sentence
    assert opened(layout).state.kind == "ok"


def test_a_format_that_no_step_leads_from_is_damage(tmp_path):
    layout = old_store(tmp_path)
    assert opened(layout, steps=()).state.kind == "damaged"
    assert (layout.data / "STORE.json").read_bytes() == OLD_STORE


def test_steps_are_followed_one_by_one_and_only_when_they_all_are_there():
    steps = tuple(Step(number, change) for number in (1, 0, 3))
    assert [step.before for step in chain(steps, 0, 2)] == [0, 1]
    assert chain(steps, 0, 4) == ()
    assert chain(steps, 2, 2) == ()


@pytest.mark.parametrize("folder", ["runs", "runs/rmos", "ledger", "workshop/setups", "rules"])
def test_a_step_may_not_touch_what_was_recorded(tmp_path, folder):
    layout = old_store(tmp_path)
    with pytest.raises(ValueError, match="it holds records"):
        migrate(layout, (Step(0, change, (folder,)),), 1)


def test_steps_use_nothing_else_of_the_program():
    folder = Path(migrations.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            for name in names:
                assert not name.startswith(".")
                top = name.partition(".")[0]
                ours = name.startswith("luthier_desktop.storage.migrations")
                assert ours or top in sys.stdlib_module_names or top == "__future__", name


def test_a_store_that_version_1_wrote_is_read_as_it_was_written(tmp_path):
    shutil.copytree(VERSIONS / "1", tmp_path / "data")
    store = open_store(tmp_path)
    assert store.state.kind == "ok"
    store.catch_up()
    assert verify(store, "deep").findings == ()
    entries = store.find(RunQuery()).entries
    assert [(entry.event_type, entry.damaged) for entry in entries] == [
        ("snapshot.saved", False), ("feasibility.checked", False),
    ]
    assert store.snapshots.get("snap_a8qbd1yrnjk78339")
