"""Drafts: what is written of an open design, and what a later start finds of it."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from luthier_desktop.domain.draft import DraftHistory, DraftState, DraftStep
from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services import drafts as drafts_module
from luthier_desktop.services.clock import SystemClock
from luthier_desktop.services.drafts import Draft, Drafts, Found
from luthier_desktop.storage.drafts import LARGEST_BYTES, DraftFolder
from luthier_desktop.storage.journal import read_lines, written_lines
from luthier_desktop.storage.os_calls import OS
from tests.storage.faulty import Always

PLAIN = {
    "name": "Rose",
    "outer_diameter_mm": 100.0,
    "inner_diameter_mm": 80.0,
    "ring_params": [
        {"ring_index": 0, "width_mm": 2.0},
        {"ring_index": 1, "width_mm": 5.0, "pattern_type": "HATCH"},
        {"ring_index": 2, "width_mm": 3.0, "locked": True},
    ],
}
BASE = RosetteParamSpec.read(PLAIN, "the design")


def step(number: int) -> DraftStep:
    """The first ring is made so many tenths of a millimetre wider."""
    rings = list(BASE.ring_params)
    rings[0] = rings[0].model_copy(update={"width_mm": 2.0 + number / 10})
    after = BASE.model_copy(update={"ring_params": tuple(rings)})
    return DraftStep(f"Step {number}", after, "r0")


def state(number: int, clean: int | None = 0) -> DraftState:
    return DraftState(number, clean, step(number).design if number else BASE,
                      step(number) if number else None)


@pytest.fixture
def folder(tmp_path: Path) -> DraftFolder:
    return DraftFolder(tmp_path / "data", tmp_path / "state")


@pytest.fixture
def drafts(folder: DraftFolder) -> Drafts:
    return Drafts(folder, SystemClock())


@pytest.fixture
def draft(drafts: Drafts) -> Iterator[Draft]:
    """A draft with one step."""
    begun = drafts.begin(DraftHistory(BASE, (step(1),), 1, 0))
    yield begun
    begun.let_go()


def journal_of(folder: DraftFolder) -> Path:
    return folder.path / folder.names()[0]


def found_after(draft: Draft, drafts: Drafts) -> Found:
    """Let the draft's program end, and find what it left."""
    draft.let_go()
    search = drafts.find()
    assert search.set_aside == []
    search.found[0].draft.let_go()
    return search.found[0]


def test_a_draft_is_found_as_it_was_with_its_steps_names_and_rings(drafts, draft):
    for number in (2, 3):
        draft.follow(state(number))
    found = found_after(draft, drafts)
    assert found.history == DraftHistory(BASE, (step(1), step(2), step(3)), 3, 0)
    assert found.history.changes == 3
    assert found.history.design.first_format_words() == {"r1": "HATCH"}
    assert found.note == ""


def test_undo_redo_and_a_new_branch_are_found_where_they_stood(drafts, draft):
    for number in (2, 3):
        draft.follow(state(number))
    draft.follow(state(1))
    assert found_after(draft, drafts).history.position == 1
    draft = drafts.find().found[0].draft
    draft.follow(state(2))
    branch = DraftState(3, 0, step(7).design, step(7))
    draft.follow(branch)
    history = found_after(draft, drafts).history
    assert [one.name for one in history.steps] == ["Step 1", "Step 2", "Step 7"]
    assert history.design == step(7).design


def test_a_step_that_goes_on_in_place_of_the_last_one_is_one_step(drafts, draft):
    draft.follow(DraftState(1, 0, step(5).design, step(5)))
    history = found_after(draft, drafts).history
    assert history.steps == (step(5),)


def test_what_changes_nothing_writes_nothing(folder, draft):
    before = journal_of(folder).read_bytes()
    draft.follow(state(1))
    assert journal_of(folder).read_bytes() == before


def test_a_ring_that_did_not_change_is_not_written_again(folder, draft):
    before = journal_of(folder).stat().st_size
    draft.follow(state(2))
    line = journal_of(folder).read_bytes()[before:]
    assert b'"ring_params":[{' in line
    assert line.endswith(b'"ring_params":[' + line.split(b'"ring_params":[')[1])
    assert b'},1,2]' in line


def test_a_draft_that_was_kept_as_it_stands_is_done_with(folder, drafts, draft):
    draft.follow(state(1, clean=1))
    draft.let_go()
    search = drafts.find()
    assert (search.found, search.set_aside) == ([], [])
    assert folder.names() == []


def test_changes_are_counted_from_where_the_design_was_kept(drafts, draft):
    draft.follow(state(2))
    draft.follow(state(2, clean=2))
    draft.follow(state(3, clean=2))
    assert found_after(draft, drafts).history.changes == 1


def test_a_draft_says_which_snapshot_its_design_comes_from(drafts, draft):
    draft.follow(state(2)._replace(snapshot_id="snap_1"))
    draft.follow(state(3)._replace(snapshot_id="snap_1"))
    draft.follow(state(3)._replace(snapshot_id="snap_2"))
    found = found_after(draft, drafts)
    assert found.history.snapshot_id == "snap_2"
    assert found.history.design == step(3).design


def test_a_draft_without_a_snapshot_says_none(drafts, draft):
    draft.follow(state(2)._replace(snapshot_id="snap_1"))
    draft.follow(state(3))
    assert found_after(draft, drafts).history.snapshot_id is None


def test_a_draft_of_a_living_program_is_not_offered(drafts, draft):
    assert drafts.find().found == []
    assert drafts.are_there()


def test_another_data_directory_sees_nothing_of_it(tmp_path, draft):
    other = Drafts(DraftFolder(tmp_path / "other", tmp_path / "state"), SystemClock())
    draft.let_go()
    assert not other.are_there()
    assert other.find().found == []


def test_a_removed_draft_leaves_nothing(folder, draft):
    draft.remove()
    assert list(folder.path.iterdir()) == []


def test_a_torn_end_is_left_out_and_the_draft_goes_on(folder, drafts, draft):
    draft.follow(state(2))
    draft.let_go()
    path = journal_of(folder)
    path.write_bytes(path.read_bytes()[:-9])
    draft = drafts.find().found[0].draft
    draft.follow(state(2))
    draft.follow(state(3))
    assert found_after(draft, drafts).history.steps == (step(1), step(2), step(3))


def test_damage_in_the_midst_gives_what_is_before_it_and_keeps_the_broken_file(
    folder, drafts, draft
):
    for number in (2, 3, 4):
        draft.follow(state(number))
    draft.let_go()
    path = journal_of(folder)
    damaged = path.read_bytes().replace(b'"Step 3"', b'"Step 8"')
    path.write_bytes(damaged)
    search = drafts.find()
    assert [one.history.steps for one in search.found] == [(step(1), step(2))]
    assert "damaged" in search.found[0].note
    assert "set aside" in search.set_aside[0]
    aside = [one for one in folder.path.iterdir() if one.suffix == ".set-aside"]
    assert [one.read_bytes() for one in aside] == [damaged]
    assert found_after(search.found[0].draft, drafts).history.steps == (step(1), step(2))


def payloads_of(path: Path) -> list[bytes]:
    return read_lines(path.read_bytes()).payloads


BROKEN = {
    "another version": (lambda p: [p[0].replace(b"draft/1", b"draft/2"), *p[1:]], "another vers"),
    "no design": (lambda p: p[:1], "holds no design"),
    "no object": (lambda p: [b"[]", *p[1:]], "no object"),
    "no head": (lambda p: p[1:], "another version"),
    "unknown line": (lambda p: [*p, b'{"jump":1}', p[-1]], "none that this program knows"),
    "lost step": (lambda p: [*p, p[2].replace(b'"step":1', b'"step":9')], "do not have"),
    "lost place": (lambda p: [*p, p[-1].replace(b'"go":1', b'"go":9')], "do not have"),
    "lost ring": (lambda p: [*p, p[2].replace(b"},1,2]", b"},1,9]")], "do not have"),
    "NaN": (lambda p: [*p, p[2].replace(b"100", b"NaN")], "NaN"),
    "deep": (lambda p: [*p, b"[" * 100_000], "levels"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_journal_that_breaks_a_rule_is_explained_and_set_aside(folder, drafts, draft, how):
    draft.let_go()
    path = journal_of(folder)
    change, word = BROKEN[how]
    data, _ = written_lines(change(payloads_of(path)))
    path.write_bytes(data)
    search = drafts.find()
    assert len(search.set_aside) == 1
    assert word in search.set_aside[0]
    aside = [one for one in folder.path.iterdir() if one.suffix == ".set-aside"]
    assert [one.read_bytes() for one in aside] == [data]
    for found in search.found:  # what is before the fault can be had
        assert found.history.design == step(1).design
        found.draft.let_go()


def test_what_is_no_journal_at_all_is_set_aside_and_never_followed(folder, drafts, tmp_path):
    folder.path.mkdir(parents=True)
    treasure = tmp_path / "treasure"
    treasure.write_bytes(b"mine")
    names = [f"draft_{number:016d}.journal" for number in range(5)]
    (folder.path / names[0]).symlink_to(treasure)
    os.mkfifo(folder.path / names[1])
    (folder.path / names[2]).mkdir()
    with (folder.path / names[3]).open("wb") as large:
        large.truncate(100 * 2**20)
    (folder.path / names[4]).write_bytes(b"")
    (folder.path / "notes.journal").write_bytes(b"not ours")
    search = drafts.find()
    assert search.found == []
    assert len(search.set_aside) == 6
    assert all("set aside" in sentence for sentence in search.set_aside)
    assert any(f"{LARGEST_BYTES:,}" in sentence for sentence in search.set_aside)
    assert folder.names() == []
    assert treasure.read_bytes() == b"mine"
    assert sum(one.suffix == ".set-aside" for one in folder.path.iterdir()) == 6
    assert drafts.find().set_aside == []


def test_a_long_journal_is_written_anew_with_its_newest_steps(
    folder, drafts, draft, monkeypatch
):
    monkeypatch.setattr(drafts_module, "LARGEST_JOURNAL_BYTES", 8000)
    monkeypatch.setattr(drafts_module, "KEPT_BYTES", 3000)
    number = 1
    while (work := draft.shrink()) is None:
        number += 1
        draft.follow(state(number))
    assert draft.first > 0
    draft.follow(state(number + 1))
    work()
    assert journal_of(folder).stat().st_size < 6000
    draft.follow(state(number))
    history = found_after(draft, drafts).history
    assert history.design == step(number).design
    assert history.steps[-1] == step(number + 1)
    assert len(history.steps) == number + 1 - draft.first
    assert history.clean is None


def test_undo_beyond_what_is_kept_is_followed_all_the_same(folder, drafts, draft, monkeypatch):
    monkeypatch.setattr(drafts_module, "LARGEST_JOURNAL_BYTES", 8000)
    monkeypatch.setattr(drafts_module, "KEPT_BYTES", 1500)
    number = 1
    while (work := draft.shrink()) is None:
        number += 1
        draft.follow(state(number))
    work()
    draft.follow(state(2))
    draft.follow(state(3))
    history = found_after(draft, drafts).history
    assert (history.base, history.steps, history.position) == (step(2).design, (step(3),), 1)


def test_a_full_disk_is_told_and_the_next_step_writes_everything(folder, drafts, draft):
    journal = draft._held.journal
    journal.close()
    journal._calls = Always(errno.ENOSPC, "open", "write")
    with pytest.raises(StorageFailed, match="not safe from a crash"):
        draft.follow(state(2))
    journal._calls = OS
    draft.follow(state(3))
    assert found_after(draft, drafts).history.steps == (step(1), step(2), step(3))


def test_any_walk_through_a_history_is_found_as_it_ended(drafts, monkeypatch):
    monkeypatch.setattr(drafts_module, "LARGEST_JOURNAL_BYTES", 6000)
    monkeypatch.setattr(drafts_module, "KEPT_BYTES", 2500)
    for seed in range(12):
        _walk(drafts, random.Random(seed))


def _walk(drafts: Drafts, chance: random.Random) -> None:
    """Step, undo and redo by chance beside a plain list, and compare what is found."""
    steps, position, clean = [step(1)], 1, 0
    draft = drafts.begin(DraftHistory(BASE, (step(1),), 1, 0))
    for number in range(2, 60):
        if chance.random() < 0.6:
            clean = None if clean is not None and clean > position else clean
            steps[position:] = [step(number)]
            position += 1
        else:
            position = chance.randrange(len(steps) + 1)
            clean = position if chance.random() < 0.1 else clean
        last = steps[position - 1] if position else None
        design = last.design if last else BASE
        draft.follow(DraftState(position, clean, design, last))
        work = draft.shrink()
        if work is not None:
            work()
    if clean == position:
        steps, position, clean = [*steps[:position], step(99)], position + 1, clean
        draft.follow(DraftState(position, clean, step(99).design, step(99)))
    draft.let_go()
    (found,) = drafts.find().found
    history = found.history
    wanted = steps[position - 1].design if position else BASE
    assert history.design == wanted
    kept = history.steps[: history.position]
    assert list(kept) == steps[position - len(kept) : position]
    found.draft.remove()
