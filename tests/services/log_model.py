"""T13: the log against a model of it that is a dictionary, through any sequence of work.

Two programs take turns on one store: they record, keep and delete snapshots, hide, show and purge
runs, end and start again, die in the middle of a save, find their index gone, and their clock
jumps. After each step the list is what the model says, the verification finds nothing, and no file
that was ever seen has changed.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from luthier_desktop.domain.errors import RunPurged
from luthier_desktop.domain.operators import OWNER
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from luthier_desktop.domain.verification import VerifyReport
from luthier_desktop.services.bench import Bench
from luthier_desktop.services.studio import Acting, Studio
from tests.services.builders import design
from tests.storage.faulty import Faulty
from tests.storage.make import layout_in

LISTED, HIDDEN, PURGED = "listed", "hidden", "purged"
ALL = 1000
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""No power is cut here, so nothing needs to wait for a disk."""
MOST_CALLS = 120
"""More calls than any piece of work makes: some deaths come too late, and it ends well."""


class Died(BaseException):
    """The program is gone; nothing that it does afterwards happens."""


class Mortal(Faulty):
    """Dies before a chosen call; leaves out the waiting for the disk, for the disk stays on."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def _call(self, name: str, *arguments: Any) -> Any:
        if self.left == 0:
            raise Died
        if self.left is not None:
            self.left -= 1
        return None if name == "fsync" else super()._call(name, *arguments)


class JumpingClock:
    """Goes on by a second a look, and jumps when told; far ahead, so that leftovers are old."""

    def __init__(self) -> None:
        self.moment = datetime(2200, 1, 22, tzinfo=UTC)
        self._tokens = itertools.count(1)

    def now(self) -> str:
        self.moment += timedelta(seconds=1)
        return self.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def token(self, length: int) -> str:
        return f"{next(self._tokens):0{length}d}"


class LogMachine(RuleBasedStateMachine):
    """One example: a store, its two programs and the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="luthier-model-", dir=MEMORY))
        self.clock = JumpingClock()
        self.calls = Mortal()
        self.bench = Bench(self.folder / "data", self.clock)
        self.studios = [self._start(), self._start()]
        self.runs: dict[str, str] = {}
        self.bytes: dict[str, bytes] = {}
        self.snapshots: dict[str, bool] = {}
        self.files: dict[Path, tuple[int, int, bytes]] = {}

    def _start(self) -> Studio:
        acting = Acting(OWNER, "window")
        return Studio(layout_in(self.folder), self.clock, acting, self.calls, self.bench)

    @property
    def studio(self) -> Studio:
        return self.studios[0]

    @initialize()
    def begin(self) -> None:
        self.studio.store()

    @rule(number=st.integers(0, 3))
    def put(self, number: int) -> None:
        run_id = self.studio.feasibility.check(design(name=f"Rose {number}")).run_id
        assert run_id
        assert run_id not in self.runs
        self.runs[run_id] = LISTED

    @rule()
    def save_snapshot(self) -> None:
        saved = self._save_snapshot()
        self.runs[saved.run_id] = LISTED
        self.snapshots[saved.snapshot_id] = True

    @precondition(lambda self: any(self.snapshots.values()))
    @rule(data=st.data())
    def delete_snapshot(self, data: st.DataObject) -> None:
        kept = [one for one, there in self.snapshots.items() if there]
        snapshot_id = data.draw(st.sampled_from(kept))
        self.runs[self.studio.snapshots.delete(snapshot_id, "spoilt").run_id] = LISTED
        self.snapshots[snapshot_id] = False

    @precondition(lambda self: LISTED in self.runs.values())
    @rule(data=st.data())
    def hide(self, data: st.DataObject) -> None:
        run_id = self._any(data, LISTED)
        self.studio.hiding.hide(run_id, "a trial")
        self.runs[run_id] = HIDDEN

    @precondition(lambda self: HIDDEN in self.runs.values())
    @rule(data=st.data())
    def show(self, data: st.DataObject) -> None:
        run_id = self._any(data, HIDDEN)
        self.studio.hiding.unhide(run_id, "worth it")
        self.runs[run_id] = LISTED

    @precondition(lambda self: self._checks())
    @rule(data=st.data())
    def purge(self, data: st.DataObject) -> None:
        run_id = data.draw(st.sampled_from(self._checks()))
        self.studio.hiding.purge(run_id, "private")
        self.runs[run_id] = PURGED

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def get(self, data: st.DataObject) -> None:
        run_id = data.draw(st.sampled_from(sorted(self.runs)))
        try:
            found = self.studio.runs.get(run_id).data
        except RunPurged:
            assert self.runs[run_id] == PURGED
        else:
            assert self.runs[run_id] != PURGED
            assert self.bytes.setdefault(run_id, found) == found

    @rule()
    def let_the_other_work(self) -> None:
        self.studios.reverse()

    @rule()
    def restart(self) -> None:
        self.studio.close()
        self.studios[0] = self._start()
        self.studio.runs.adopt_orphans()

    @rule(hours=st.sampled_from([-30.0, -0.1, 0.1, 700.0]))
    def jump_in_time(self, hours: float) -> None:
        self.clock.moment += timedelta(hours=hours)

    @rule()
    def rebuild(self) -> None:
        self.studio.runs.rebuild()

    @rule()
    def lose_the_index(self) -> None:
        for studio in self.studios:
            studio.store().index.close()
        self.studio.store().index.path.unlink(missing_ok=True)

    @rule(calls=st.integers(0, MOST_CALLS), work=st.sampled_from(["put", "snapshot", "hide"]))
    def die(self, calls: int, work: str) -> None:
        """Die in the middle; what becomes of the work is open, of everything else it is not."""
        before = dict(self.runs)
        listed = [run_id for run_id, state in self.runs.items() if state == LISTED]
        deed: Callable[[], object] = {
            "put": lambda: self.studio.feasibility.check(design()),
            "snapshot": self._save_snapshot,
            "hide": lambda: listed and self.studio.hiding.hide(listed[0], "a trial"),
        }[work]
        store = self.studio.store()
        self.calls.left = calls
        try:
            with contextlib.suppress(Died):
                deed()
        finally:
            self.calls.left = None
        store.index.close()
        self.studios[0] = self._start()
        self.studio.runs.adopt_orphans()
        self._take_over(before, listed[:1] if work == "hide" else [], work)

    def _take_over(self, before: dict[str, str], touched: list[str], work: str) -> None:
        """Let the model be what is there, after a look that nothing else has changed."""
        found = self._found()
        assert {one: found.get(one) for one in before if one not in touched} == {
            one: state for one, state in before.items() if one not in touched
        }
        assert len(found.keys() - before.keys()) <= (0 if work == "hide" else 1)
        self.runs = found
        snapshots = self._found_snapshots()
        assert snapshots.items() >= self.snapshots.items()
        assert len(snapshots) - len(self.snapshots) <= (work == "snapshot")
        self.snapshots = snapshots

    @invariant()
    def the_list_is_the_model(self) -> None:
        assert self._found() == self.runs
        assert self._found_snapshots() == self.snapshots

    @invariant()
    def the_verification_finds_nothing(self) -> None:
        report = self.studio.runs.verify("full")
        self._require_clean(report)
        assert report.runs == len(self.runs)

    @invariant()
    def no_file_has_changed(self) -> None:
        data = self.folder / "data"
        purged = {one for one, state in self.runs.items() if state == PURGED}
        for path, (size, changed_ns, content) in list(self.files.items()):
            if path.stem in purged:
                assert not path.exists()
                del self.files[path]
                continue
            found = path.stat()
            assert (found.st_size, found.st_mtime_ns) == (size, changed_ns), path
            assert path.read_bytes() == content, path
        for path in data.rglob("*"):
            if path.suffix in (".json", ".note") and path not in self.files:
                found = path.stat()
                self.files[path] = (found.st_size, found.st_mtime_ns, path.read_bytes())

    def teardown(self) -> None:
        try:
            for studio in self.studios:
                studio.close()
            with self._start() as last:
                self._require_clean(last.runs.verify("deep"))
        finally:
            shutil.rmtree(self.folder)

    def _require_clean(self, report: VerifyReport) -> None:
        bad = [found for found in report.findings if found.severity != "info"]
        assert (report.failed, bad) == (None, [])

    def _save_snapshot(self) -> Any:
        details = SnapshotDetails(name="Rose", tags=("classical",))
        return self.studio.snapshots.save(design(), details)

    def _any(self, data: st.DataObject, state: str) -> str:
        return data.draw(st.sampled_from([one for one, now in self.runs.items() if now == state]))

    def _checks(self) -> list[str]:
        """List the runs on which nothing else rests, so that they may be purged."""
        found = self.studio.runs.find(RunQuery(limit=ALL, event=("feasibility.checked",)))
        return [one.run_id for one in found.entries if self.runs.get(one.run_id) == LISTED]

    def _found(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for hidden in (False, True):
            entries = self.studio.runs.find(RunQuery(limit=ALL, hidden=hidden)).entries
            numbers = [entry.seq for entry in entries]
            assert numbers == sorted(numbers, reverse=True)
            for entry in entries:
                assert entry.run_id not in found
                assert not entry.damaged
                found[entry.run_id] = PURGED if entry.purged else HIDDEN if hidden else LISTED
        return found

    def _found_snapshots(self) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for deleted in (False, True):
            page = self.studio.snapshots.find(SnapshotQuery(limit=ALL, deleted=deleted))
            assert all(one.deleted == deleted for one in page.items)
            found |= {one.snapshot_id: not deleted for one in page.items}
        return found
