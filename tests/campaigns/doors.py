"""Every door by which bytes from outside come in, and the calls that take words from a user."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused, LuthierError
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import Snapshot, SnapshotDetails, SnapshotQuery
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.checkpoint import Note
from luthier_desktop.storage.incoming import take_in
from luthier_desktop.storage.ledger import event_fault
from luthier_desktop.storage.letters import Letters
from luthier_desktop.storage.parsing import BATCH_LIMITS, RECORD_LIMITS, parse_strict
from luthier_desktop.storage.run_store import read_run
from luthier_desktop.storage.witness import Witness, prove
from tests.conftest import CORPORA
from tests.services.builders import cut, design_bytes
from tests.storage.make import run_id

Door = Callable[[bytes], object]
DESIGNS_JUDGED = 5
"""So many of the designs of a batch are judged; each is an input of its own elsewhere."""
LARGEST_SEED_BYTES = 100_000


class Doors:
    """The doors of one studio; *given* is where a file from outside lies."""

    def __init__(self, studio: Studio, given: Path) -> None:
        self._studio = studio
        self._given = given
        self._recorded = itertools.count()

    def all(self) -> dict[str, Door]:
        """Return each door under its name."""
        return {
            "design": self.design,
            "design in a file": lambda data: self._studio.designs.read(self._file(data)),
            "setup": self._studio.setups.read,
            "setup import": self._studio.setups.import_file,
            "batch": self.batch,
            "batch in a file": self.batch_file,
            "witness in a file": lambda data: self._studio.trust.keep_file(self._file(data)),
            "witness": lambda data: prove(Witness.read(parse_strict(data, "it"), "it")),
            "checkpoint": lambda data: Note.read(data, "it"),
            "letters": lambda data: Letters.read(data.decode("utf-8", "replace")),
            "snapshot": lambda data: take_in(data, "it").read_as(Snapshot),
            "event": lambda data: event_fault(parse_strict(data, "it", RECORD_LIMITS), 1),
            "run": lambda data: read_run(data, run_id(1)),
            "record": lambda data: parse_strict(data, "it", RECORD_LIMITS),
            "large": lambda data: parse_strict(data, "it", BATCH_LIMITS),
        }

    def design(self, data: bytes) -> str:
        """Read, judge and advise; now and then record. Return what makes the verdict new."""
        design = self._studio.designs.read(data)
        scored = self._studio.feasibility.preview(design)
        self._studio.feasibility.advise(design, scored)
        if next(self._recorded) % 20 == 0:
            self._studio.feasibility.check(design)
        return " ".join(sorted({f"{one.check_id}{one.status}" for one in scored.findings}))

    def batch(self, data: bytes) -> None:
        items = itertools.islice(self._studio.batches.read(data), DESIGNS_JUDGED)
        list(self._studio.feasibility.check_many(items, record=False))

    def batch_file(self, data: bytes) -> None:
        for _ in self._studio.batches.read(self._file(data)):
            pass

    def _file(self, data: bytes) -> Path:
        self._given.write_bytes(data)
        return self._given


def seeds(studio: Studio) -> list[bytes]:
    """Return documents of every kind, and the public corpora where they are."""
    shipped = Path(__file__).parents[2] / "resources" / "presets"
    found = [path.read_bytes() for path in sorted(shipped.glob("*.json"))]
    found += [
        design_bytes(),
        design_bytes(name="<b>\u202e"),
        b"[]",
        b"{}",
        b'{"specs":[{}]}',
        b"1",
    ]
    found.append(b'{"specs":[' + design_bytes() + b"," + design_bytes() + b"]}")
    found.append(design_bytes() + b"\n" + design_bytes() + b"\n")
    checked = studio.feasibility.check(cut())
    assert checked.run_id
    saved = studio.snapshots.save(cut(), SnapshotDetails(name="Rose"))
    store = studio.store()
    store.catch_up()
    store.checkpoints.make()
    found += [path.read_bytes() for path in sorted(store.layout.data.rglob("*")) if path.is_file()]
    found.append(json.dumps(studio.snapshots.get(saved.snapshot_id).document).encode())
    found.append(studio.trust.letters().encode())
    found.append(studio.trust.witness(checked.run_id).data())
    if CORPORA.is_dir():
        found += [path.read_bytes() for path in sorted(CORPORA.rglob("*.json"))]
    return [data for data in found if len(data) <= LARGEST_SEED_BYTES]


_words = st.text(max_size=20) | st.sampled_from(["GREEN", "2026-01-22", run_id(1), "%", '"', "*"])
_lists = st.lists(_words, max_size=3)
_queries = st.dictionaries(
    st.sampled_from([*RunQuery.model_fields, "other"]),
    _words | _lists | st.integers(-1, 1001) | st.booleans() | st.none(),
    max_size=4,
)
_details = st.dictionaries(
    st.sampled_from(list(SnapshotDetails.model_fields)), _words | _lists | st.none(), max_size=5
)


def service_calls(
    studio: Studio,
) -> dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], object]]]:
    """Return calls that take a user's words: what they are given, and what is done with it."""
    return {
        "find runs": (_queries, lambda it: studio.runs.find(RunQuery.read(it, "it"))),
        "find snapshots": (
            _queries,
            lambda it: studio.snapshots.find(SnapshotQuery.read(it, "it")),
        ),
        "save": (_details, lambda it: _save(studio, it)),
        "show": (_words, studio.runs.get),
        "show snapshot": (_words, studio.snapshots.get),
        "setup": (_words, studio.setups.get),
        "use": (_words, studio.setups.use),
        "hide": (st.tuples(_words, _words), lambda it: studio.hiding.hide(*it)),
        "purge": (st.tuples(_words, _words), lambda it: studio.hiding.purge(*it)),
        "delete": (st.tuples(_words, _words), lambda it: studio.snapshots.delete(*it)),
        "accept": (
            st.tuples(_words, st.none() | st.integers(-2, 70), _words),
            lambda it: studio.decisions.accept(cut(), *it),
        ),
        "letters": (_words, Letters.read),
    }


def _save(studio: Studio, plain: dict[str, Any]) -> None:
    studio.snapshots.save(cut(), SnapshotDetails.read(plain, "it"))


def outcome(work: Callable[[], object]) -> str:
    """Say how *work* ended, in a form that is the same for ends of the same kind."""
    try:
        return f"done {work()!s:.200}"
    except InputRefused as error:
        return "refused " + "".join(sign for sign in error.sentence if not sign.isdigit())[:120]
    except LuthierError as error:
        return type(error).__name__
