from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused, NotFound, StorageFailed, StoreReadOnly
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.services.studio import Acting, Studio, open_studio
from luthier_desktop.storage.layout import StoreLayout
from luthier_desktop.storage.os_calls import OsCalls
from tests.services.builders import FakeClock, design


class Failing(OsCalls):
    """An operating system that refuses to write from a given moment on."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.on = True

    def open(self, path: Path, flags: int, mode: int = 0o444) -> int:
        if self.on and flags & os.O_CREAT:
            raise OSError(self.code, os.strerror(self.code), str(path))
        return super().open(path, flags, mode)


def studio_on(data_dir: Path, calls: OsCalls) -> Studio:
    layout = StoreLayout.of(data_dir, paths.cache_dir(), paths.config_dir(), {})
    clock = FakeClock()
    clock._tokens = 500
    return Studio(layout, clock, Acting(OWNER, "cli"), calls)


def test_opening_reads_and_writes_nothing(data_dir: Path) -> None:
    with open_studio(data_dir) as studio:
        assert studio.data_dir == data_dir
    assert not data_dir.exists()


def test_health_makes_the_store_and_tells_its_state(studio: Studio, data_dir: Path) -> None:
    health = studio.health()
    assert set(health) == {
        *("ok", "version", "python", "data_dir", "writable", "events", "index", "problems"),
        "notes",
    }
    assert health["ok"]
    assert health["writable"]
    assert (health["events"], health["index"], health["problems"]) == (0, "ok", [])
    assert json.loads((data_dir / "STORE.json").read_bytes())["schema"] == "luthier.store/1"


def test_only_the_owner_acts_until_operators_are_set_up() -> None:
    studio = open_studio()
    assert studio.operator == OWNER
    with pytest.raises(NotFound, match="'anna'"):
        studio.operators.sign_in("anna")
    assert not studio.data_dir.exists()


@pytest.mark.parametrize(
    ("code", "said"), [(errno.EROFS, "cannot be written"), (errno.ENOSPC, "full")]
)
def test_a_store_that_cannot_be_written_is_opened_for_viewing(
    studio: Studio, data_dir: Path, code: int, said: str
) -> None:
    run_id = studio.feasibility.check(design()).run_id
    saved = studio.snapshots.save(design(), SnapshotDetails(name="Kept"))
    studio.close()
    with studio_on(data_dir, Failing(code)) as viewing:
        health = viewing.health()
        assert (health["ok"], health["writable"]) == (False, False)
        assert said in health["problems"][0]
        assert viewing.runs.find(RunQuery()).entries[-1].run_id == run_id
        assert viewing.snapshots.get(saved.snapshot_id).document["state"] == "verified"
        assert viewing.feasibility.preview(design()).findings
        assert viewing.feasibility.check(design(), record=False).report["checks"]
        for refused in _recording(viewing, saved.snapshot_id):
            with pytest.raises(StoreReadOnly, match="Nothing was saved"):
                refused()
        assert viewing.runs.count(RunQuery()) == 2
        assert len(viewing.snapshots.find(SnapshotQuery()).items) == 1


def _recording(studio: Studio, snapshot_id: str) -> list[Callable[[], object]]:
    return [
        lambda: studio.feasibility.check(design()),
        lambda: studio.snapshots.save(design(), SnapshotDetails(name="x")),
        lambda: studio.snapshots.delete(snapshot_id, "because"),
    ]


def test_a_disk_that_fills_up_during_a_check_is_told_and_loses_nothing(
    studio: Studio, data_dir: Path
) -> None:
    studio.feasibility.check(design())
    studio.close()
    calls = Failing(errno.ENOSPC)
    calls.on = False
    with studio_on(data_dir, calls) as other:
        other.feasibility.check(design())
        calls.on = True
        with pytest.raises(StorageFailed):
            other.feasibility.check(design())
        calls.on = False
        other.feasibility.check(design())
        assert other.runs.count(RunQuery()) == 3
        assert other.runs.verify("deep").ok


def test_a_setup_file_is_judged_for_instead_of_the_one_in_use(studio: Studio) -> None:
    bare = studio.setups.read(b'{"schema": "luthier.setup/1", "name": "Bare"}')
    plain = design(top=None, channel=None)
    judged = studio.feasibility.check(plain, bare, record=False)
    assert judged.scored.risk_bucket is RiskBucket.UNKNOWN
    assert not [given for given in judged.scored.assumed if given.origin == "setup"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"tool": {"flutes": 0}}', "tool.flutes"),
        (b'{"tool": {"sharp": true}}', "tool.sharp"),
        (b'{"schema": "luthier.setup/2"}', "schema"),
        (b"{", "torn"),
    ],
)
def test_a_bad_setup_is_refused_by_name(studio: Studio, data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        studio.setups.read(data)


def test_the_starter_setup_is_in_use_until_another_one_is(studio: Studio) -> None:
    setup = studio.setups.current()
    assert setup.tool is not None
    assert setup.tool.diameter_mm is not None


def test_the_starters_leave_nothing_unknown_with_the_starter_setup(studio: Studio) -> None:
    starters = studio.presets.starters()
    assert len(starters) >= 5
    assert len({starter.design.design_id for starter in starters}) == len(starters)
    for starter in starters:
        assert starter.description
        scored = studio.feasibility.preview(starter.design)
        assert scored.risk_bucket in (RiskBucket.GREEN, RiskBucket.YELLOW), starter.name


def test_every_material_of_the_interfaces_page_is_known(studio: Studio) -> None:
    for name in ("sitka_spruce", "mother_of_pearl", "vulcanised_fibre", "gaboon_ebony"):
        assert studio.materials.get(name) is not None
