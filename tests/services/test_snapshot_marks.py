"""Tags, the baseline, deleted snapshots that come back, and the versions of a design."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import (
    Conflict,
    InputRefused,
    NotFound,
    RecordDamaged,
)
from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotEntry, SnapshotQuery
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio, open_studio
from tests.services.builders import FakeClock, deep, design


def save(studio: Studio, name: str = "Parlor", *tags: str, parent: str | None = None) -> Saved:
    details = SnapshotDetails(name=name, tags=tags, parent_snapshot_id=parent)
    return studio.snapshots.save(design(), details)


def listed(studio: Studio, **query: Any) -> tuple[SnapshotEntry, ...]:
    return studio.snapshots.find(SnapshotQuery(**query)).items


@pytest.fixture
def beside(data_dir: Path, studio: Studio) -> Iterator[Studio]:
    """A second process, as far as the store can tell."""
    clock = FakeClock()
    clock._tokens = 10**9
    with open_studio(data_dir, clock=clock) as opened:
        yield opened


def test_tags_change_by_events_and_the_snapshot_never_does(studio: Studio, data_dir: Path) -> None:
    saved = save(studio, "Parlor", "Draft", "steel")
    (path,) = (data_dir / "art_studio" / "snapshots").iterdir()
    before = path.read_bytes()
    runs = len(studio.runs.ids(RunQuery()))
    done = studio.snapshot_marks.tag(saved.snapshot_id, ["sold", "STEEL"], ["draft", "unknown"])
    assert done.entry is not None
    assert done.entry.tags == ("steel", "sold")
    assert done.changes.snapshots
    assert path.read_bytes() == before
    assert len(studio.runs.ids(RunQuery())) == runs
    assert studio.runs.ids(RunQuery(tag=("sold",))) == [saved.run_id]
    assert studio.runs.ids(RunQuery(tag=("draft",))) == []
    assert studio.snapshots.tags() == ["sold", "steel"]


def test_a_tag_that_is_there_already_records_nothing(studio: Studio) -> None:
    saved = save(studio, "Parlor", "steel")
    last = studio.store().ledger.last_seq()
    done = studio.snapshot_marks.tag(saved.snapshot_id, ["Steel"], ["x"])
    assert (done.seq, studio.store().ledger.last_seq()) == (None, last)


@pytest.mark.parametrize("tags", [[""], ["  "], ["x" * 65], [str(n) for n in range(65)]])
def test_tags_that_cannot_be_are_refused_before_anything_is_stored(
    studio: Studio, tags: list[str]
) -> None:
    saved = save(studio)
    last = studio.store().ledger.last_seq()
    with pytest.raises(InputRefused):
        studio.snapshot_marks.tag(saved.snapshot_id, tags)
    assert studio.store().ledger.last_seq() == last


def test_two_who_tag_at_once_lose_nothing(studio: Studio, beside: Studio) -> None:
    saved = save(studio, "Parlor", "draft")
    beside.snapshots.find(SnapshotQuery())
    studio.snapshot_marks.tag(saved.snapshot_id, ["sold"])
    beside.store().record_event(
        "snapshot.tagged",
        {"snapshot_id": saved.snapshot_id, "add": ["steel"], "remove": ["draft"]},
    )
    for one in (studio, beside):
        assert listed(one)[0].tags == ("sold", "steel")


def test_the_baseline_is_one_at_most_and_can_be_none(studio: Studio) -> None:
    first, second = save(studio), save(studio)
    for saved in (first, second, second):
        done = studio.snapshot_marks.set_baseline(saved.snapshot_id)
        assert done.entry is not None
        assert done.entry.baseline
    assert done.seq is None
    assert [entry.baseline for entry in listed(studio)] == [True, False]
    assert studio.snapshots.get(second.snapshot_id).document["baseline"]
    assert studio.snapshot_marks.set_baseline(None).seq is not None
    assert studio.snapshot_marks.set_baseline(None).seq is None
    assert studio.snapshots.baseline() is None


def test_of_two_who_set_the_baseline_the_later_in_the_ledger_has_it(
    studio: Studio, beside: Studio
) -> None:
    first, second = save(studio), save(studio)
    for one, saved in ((beside, first), (studio, second)):
        one.snapshot_marks.set_baseline(saved.snapshot_id)
    for one in (studio, beside):
        found = one.snapshots.baseline()
        assert found is not None
        assert found.snapshot_id == second.snapshot_id
        assert [entry.baseline for entry in listed(one)] == [True, False]


def test_a_deleted_snapshot_is_no_longer_the_baseline(studio: Studio) -> None:
    saved = save(studio)
    studio.snapshot_marks.set_baseline(saved.snapshot_id)
    studio.snapshots.delete(saved.snapshot_id, "replaced")
    assert studio.snapshots.baseline() is None
    with pytest.raises(NotFound, match="was deleted"):
        studio.snapshot_marks.set_baseline(saved.snapshot_id)
    studio.snapshots.restore(saved.snapshot_id)
    assert [entry.baseline for entry in listed(studio)] == [False]


def test_a_baseline_that_is_set_behind_its_deletion_counts_for_nothing(
    studio: Studio, beside: Studio
) -> None:
    kept, gone = save(studio), save(studio)
    studio.snapshot_marks.set_baseline(kept.snapshot_id)
    beside.snapshots.delete(gone.snapshot_id, "replaced")
    studio.store().record_event("baseline.set", {"snapshot_id": gone.snapshot_id})
    found = studio.snapshots.baseline()
    assert found is not None
    assert found.snapshot_id == kept.snapshot_id


def test_a_damaged_snapshot_cannot_become_the_baseline(studio: Studio, data_dir: Path) -> None:
    saved = save(studio)
    (path,) = (data_dir / "art_studio" / "snapshots").iterdir()
    path.chmod(0o644)
    path.write_bytes(b"torn")
    with pytest.raises(RecordDamaged, match="damaged"):
        studio.snapshot_marks.set_baseline(saved.snapshot_id)
    assert studio.snapshots.baseline() is None


def test_restoring_is_a_run_and_undoes_the_deletion(studio: Studio) -> None:
    saved = save(studio)
    studio.snapshots.delete(saved.snapshot_id, "replaced")
    assert listed(studio) == ()
    assert [entry.snapshot_id for entry in listed(studio, deleted=True)] == [saved.snapshot_id]
    gone = studio.snapshots.get_any(saved.snapshot_id)
    assert gone.design == saved.design
    done = studio.snapshots.restore(saved.snapshot_id)
    run = studio.runs.get(done.run_id).artifact
    assert (run.event_type, run.parent_run_ids) == ("snapshot.restored", (saved.run_id,))
    assert studio.snapshots.get(saved.snapshot_id).document == saved.document
    with pytest.raises(Conflict, match="not deleted"):
        studio.snapshots.restore(saved.snapshot_id)
    assert studio.runs.verify("deep").ok


def test_a_snapshot_whose_verdict_was_purged_stays_deleted(studio: Studio) -> None:
    saved = save(studio)
    studio.snapshots.delete(saved.snapshot_id, "replaced")
    studio.hiding.purge(saved.run_id, "the customer asked")
    with pytest.raises(Conflict, match="the customer asked"):
        studio.snapshots.restore(saved.snapshot_id)


def test_the_history_follows_parents_first_and_the_design_second(studio: Studio) -> None:
    first = save(studio, "Parlor")
    second = save(studio, "Parlor of March", parent=first.snapshot_id)
    side = save(studio, "Parlor, wider", parent=first.snapshot_id)
    save(studio, "Another")
    same = studio.snapshots.save(first.design, SnapshotDetails(name="Parlor again"))
    studio.snapshots.delete(second.snapshot_id, "replaced")
    for start in (first, second, side):
        found = studio.snapshots.history(start.snapshot_id)
        assert [(one.entry.snapshot_id, one.entry.version, one.by) for one in found][:3] == [
            (side.snapshot_id, 2, "parent"),
            (second.snapshot_id, 2, "parent"),
            (first.snapshot_id, 1, "parent"),
        ]
    found = studio.snapshots.history(first.snapshot_id)
    assert [(one.entry.snapshot_id, one.by) for one in found[3:]] == [(same.snapshot_id, "design")]
    assert found[1].entry.deleted


def test_parents_that_go_in_a_circle_end_somewhere(studio: Studio) -> None:
    saved = [save(studio), save(studio)]
    connection = studio.store().index
    for one, other in ((saved[0], saved[1]), (saved[1], saved[0])):
        connection.ask(
            lambda index, one=one, other=other: index.execute(
                "UPDATE snapshots SET parent_snapshot_id = ? WHERE snapshot_id = ?",
                (other.snapshot_id, one.snapshot_id),
            ).fetchall()
        )
    assert {entry.version for entry in listed(studio)} == {1, 2}
    assert len(studio.snapshots.history(saved[0].snapshot_id)) == 2


def test_ids_and_entries_are_those_of_the_pages(studio: Studio) -> None:
    for name in ("parlor", "Concert", "Ukulele"):
        save(studio, name, "a")
    deeper = studio.snapshots.save(design(**deep(3.0)), SnapshotDetails(name="Too deep"))
    for sort in ("newest", "oldest", "name", "verdict"):
        query = SnapshotQuery(sort=sort)  # type: ignore[arg-type]  # each of them is one
        entries = studio.snapshots.find(query).items
        ids = studio.snapshots.ids(query)
        assert ids == [entry.snapshot_id for entry in entries]
        assert studio.snapshots.entries_for(ids) == list(entries)
    assert entries[0].snapshot_id == deeper.snapshot_id
    assert entries[0].score == deeper.document["score"]


MARKS = st.lists(
    st.tuples(
        st.sampled_from(["tag", "baseline", "clear", "delete", "restore"]),
        st.integers(0, 2),
        st.sampled_from(["a", "B", "ß"]),
        st.booleans(),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=8, derandomize=True)
@given(deeds=MARKS)
def test_a_rebuilt_index_tells_the_same_of_every_snapshot(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, str, bool]]
) -> None:
    with open_studio(tmp_path_factory.mktemp("marks"), clock=FakeClock()) as studio:
        ids = [save(studio, name, "a").snapshot_id for name in ("x", "y", "z")]
        tags = {each: ["a"] for each in ids}
        gone: set[str] = set()
        baseline = None
        for deed, at, tag, adds in deeds:
            each = ids[at]
            if deed == "clear":
                baseline = None
                studio.snapshot_marks.set_baseline(None)
            elif deed == "restore" and each in gone:
                gone.discard(each)
                studio.snapshots.restore(each)
            elif deed == "delete" and each not in gone:
                gone.add(each)
                baseline = None if baseline == each else baseline
                studio.snapshots.delete(each, "x")
            elif deed == "baseline" and each not in gone:
                baseline = each
                studio.snapshot_marks.set_baseline(each)
            elif deed == "tag" and each not in gone:
                kept = [one for one in tags[each] if one != tag]
                tags[each] = [*tags[each], tag] if adds and tag not in tags[each] else tags[each]
                tags[each] = tags[each] if adds else kept
                studio.snapshot_marks.tag(each, [tag] if adds else (), () if adds else [tag])
        for _ in range(2):
            found = studio.snapshots.entries_for(ids)
            assert [(list(e.tags), e.deleted, e.baseline) for e in found] == [
                (tags[each], each in gone, each == baseline) for each in ids
            ]
            studio.runs.rebuild()
        assert studio.runs.verify("deep").ok
