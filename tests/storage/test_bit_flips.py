"""T7: whichever single bit of a record flips, the verification finds it and never raises."""

import random

import pytest

from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.verify import verify
from tests.services.builders import FakeClock, design
from tests.storage.flipping import every_bit, files_of, unseen
from tests.storage.make import open_store, record, run_id

RANDOM_BITS = 2000


@pytest.fixture
def small(tmp_path):
    """Return a store with a run without rings, and the files of that run and of its event."""
    store = open_store(tmp_path)
    recorded = record(store, run_id(1))
    record(store, run_id(2))
    store.catch_up()
    return store, store.layout.real(recorded.path), store.layout.event_path(recorded.seq)


@pytest.mark.parametrize("which", ["run", "event"])
def test_every_bit_of_a_run_and_of_its_event_is_watched(small, which):
    store, run, event = small
    path = run if which == "run" else event
    assert path.stat().st_size > 500
    assert unseen(store, every_bit(path)) == []
    assert verify(store, "deep").findings == ()


def test_every_bit_of_a_checkpoint_is_watched(small):
    store, _, _ = small
    size = store.checkpoints.make().checkpoint.size
    store.catch_up()
    path = store.layout.checkpoint_path(size)
    assert unseen(store, every_bit(path), "quick") == []
    assert verify(store, "deep").findings == ()


def test_a_look_that_reads_no_bytes_would_find_no_bit_of_a_run(small):
    store, run, _ = small
    flips = random.Random(3).sample(list(every_bit(run)), 50)
    assert len(unseen(store, flips, "quick")) == 50


def test_two_thousand_random_bits_over_real_runs_are_found(tmp_path):
    with open_studio(tmp_path / "data", clock=FakeClock()) as studio:
        for number in range(3):
            studio.feasibility.check(design(name=f"Rose {number}"))
        store = studio.store()
        store.catch_up()
        files = files_of(store)
        files.remove(store.layout.event_path(store.ledger.last_seq()))
        sizes = {path: path.stat().st_size for path in files}
        for path in files:
            path.chmod(0o644)
        source = random.Random(17)
        paths = source.choices(list(sizes), weights=list(sizes.values()), k=RANDOM_BITS)
        flips = [(path, source.randrange(sizes[path] * 8)) for path in paths]
        assert {path.parent.name for path, _ in flips} >= {"000000", "2026-01-22"}
        assert unseen(store, flips) == []
        assert verify(store, "deep").findings == ()
