"""The journal: lines that are only added, and what is left of them after a crash."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import StorageFailed
from luthier_desktop.storage.journal import Journal, read_lines, written_lines
from luthier_desktop.storage.os_calls import OS
from tests.storage.faulty import Always, Faulty, ShortWrites

LINES = [b'{"a":1}', b'{"b":"two"}', b'{"c":[3,3,3]}']


def lines_in(path: Path) -> list[bytes]:
    return read_lines(path.read_bytes()).payloads


def test_a_line_is_its_length_a_hash_over_all_before_it_and_its_json():
    first = hashlib.sha256(b"0" * 64 + b'{"a":1}').hexdigest()
    second = hashlib.sha256(first.encode() + b'{"b":"two"}').hexdigest()
    expected = f'00000007 {first} {{"a":1}}\n0000000b {second} {{"b":"two"}}\n'
    assert written_lines(LINES[:2]) == (expected.encode(), second)


def test_what_was_added_can_be_read_before_anything_is_synced(tmp_path):
    journal = Journal(tmp_path / "new" / "one.journal")
    for line in LINES:
        journal.append([line])
        assert lines_in(journal.path)[-1] == line
    journal.sync()
    journal.close()
    found = read_lines(journal.path.read_bytes())
    assert (found.payloads, found.is_torn, found.is_damaged) == (LINES, False, False)
    assert journal.path.stat().st_mode & 0o777 == 0o600


@settings(deadline=None)
@given(cut=st.integers(0, 300), zeros=st.integers(0, 400))
def test_a_torn_end_is_recognised_wherever_it_is_torn(cut, zeros):
    data, _ = written_lines(LINES)
    ends = [len(written_lines(LINES[:count])[0]) for count in range(4)]
    cut = min(cut, len(data) - 1)
    found = read_lines(data[:cut] + bytes(zeros))
    whole = sum(end <= cut for end in ends) - 1
    assert found.payloads == LINES[:whole]
    assert found.size_bytes == ends[whole]
    assert not found.is_damaged


def test_every_flipped_bit_is_noticed_and_the_lines_before_it_are_good():
    data, _ = written_lines(LINES)
    ends = [len(written_lines(LINES[:count])[0]) for count in range(4)]
    for at in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        found = read_lines(bytes(flipped))
        whole = sum(end <= at // 8 for end in ends) - 1
        assert found.payloads == LINES[:whole]
        assert found.is_torn or found.is_damaged
        assert found.is_damaged or whole == 2


def test_lines_in_another_order_or_of_another_journal_are_damage():
    one, other = (written_lines([line])[0] for line in LINES[:2])
    assert read_lines(one + other + one).payloads == LINES[:1]
    assert read_lines(one + other + one).is_damaged


def test_a_journal_goes_on_where_it_ended(tmp_path):
    path = tmp_path / "one.journal"
    path.write_bytes(written_lines(LINES[:2])[0])
    journal = Journal(path, OS, read_lines(path.read_bytes()))
    journal.append(LINES[2:])
    journal.close()
    assert lines_in(path) == LINES


def test_short_writes_are_finished(tmp_path):
    journal = Journal(tmp_path / "one.journal", ShortWrites())
    journal.append(LINES)
    journal.close()
    assert lines_in(journal.path) == LINES


@pytest.mark.parametrize("name", ["open", "write"])
def test_a_line_that_cannot_be_written_is_told_and_the_journal_can_be_written_anew(
    tmp_path, name
):
    journal = Journal(tmp_path / "one.journal")
    journal.append(LINES[:1])
    journal.close()
    journal._calls = Always(errno.ENOSPC, name)
    with pytest.raises(StorageFailed, match=r"not safe from a crash.*full"):
        journal.append(LINES[1:2])
    assert not journal.is_sound
    journal._calls = OS
    journal.replace(LINES)
    assert journal.is_sound
    journal.close()
    assert lines_in(journal.path) == LINES
    assert [entry.name for entry in tmp_path.iterdir()] == ["one.journal"]


def test_what_is_added_while_the_journal_is_written_anew_is_in_the_new_one(tmp_path):
    journal = Journal(tmp_path / "one.journal")
    journal.append(LINES[:2])
    journal.will_be_replaced()
    journal.append(LINES[2:])
    journal.replace(LINES[1:2])
    journal.append(LINES[:1])
    journal.close()
    assert lines_in(journal.path) == [*LINES[1:], LINES[0]]


def test_a_fault_at_any_call_leaves_the_old_journal_or_the_new_one(tmp_path):
    calls, at = Faulty(), 0
    while at == 0 or calls.at < len(calls.seen):
        path = tmp_path / f"{at}" / "one.journal"
        journal = Journal(path)
        journal.append(LINES[:1])
        journal._calls = calls = Faulty(at)
        journal.will_be_replaced()
        try:
            journal.replace(LINES[1:])
        except StorageFailed:
            assert lines_in(path) in (LINES[:1], LINES[1:])
        journal.close()
        at += 1
    assert at > 4


def test_a_removed_journal_is_gone_and_one_that_is_gone_already_is_no_fault(tmp_path):
    journal = Journal(tmp_path / "one.journal")
    journal.append(LINES)
    journal.remove()
    journal.remove()
    journal.sync()
    assert list(tmp_path.iterdir()) == []
