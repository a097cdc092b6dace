import errno
import os
import stat

import pytest

from luthier_desktop.domain.errors import Conflict, StorageFailed, StoreReadOnly
from luthier_desktop.storage.atomic import put_once
from luthier_desktop.storage.os_calls import OsCalls
from tests.storage.faulty import Always, Faulty, LyingWrites, ShortWrites

DATA = b'{"schema":"luthier.run/1"}'


def visible(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_created_with_its_directories_and_cannot_be_written(tmp_path):
    path = tmp_path / "a" / "b" / "x.json"
    assert put_once(path, DATA) == "created"
    assert path.read_bytes() == DATA
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert visible(tmp_path) == ["x.json"]


def test_the_same_bytes_again_change_nothing(tmp_path):
    put_once(tmp_path / "x.json", DATA)
    before = (tmp_path / "x.json").stat()
    assert put_once(tmp_path / "x.json", DATA) == "same"
    after = (tmp_path / "x.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert visible(tmp_path) == ["x.json"]


def test_other_bytes_are_a_conflict_and_the_first_stay(tmp_path):
    put_once(tmp_path / "x.json", DATA)
    with pytest.raises(Conflict, match=r"x\.json exists already with other content"):
        put_once(tmp_path / "x.json", DATA + b" ")
    assert (tmp_path / "x.json").read_bytes() == DATA
    assert visible(tmp_path) == ["x.json"]


def test_short_writes_are_continued(tmp_path):
    assert put_once(tmp_path / "x.json", DATA, ShortWrites()) == "created"
    assert (tmp_path / "x.json").read_bytes() == DATA


def test_a_write_that_lies_is_noticed_before_the_file_is_seen(tmp_path):
    with pytest.raises(StorageFailed, match="gave back other bytes than were written"):
        put_once(tmp_path / "x.json", DATA, LyingWrites())
    assert visible(tmp_path) == []


def test_an_empty_file_is_written_and_read_back(tmp_path):
    assert put_once(tmp_path / "empty", b"") == "created"
    assert put_once(tmp_path / "empty", b"") == "same"


def place_for_one_put(folder, *, existing):
    folder.mkdir()
    if existing:
        put_once(folder / "day" / "x.json", DATA)
    return folder / "day" / "x.json"


def calls_of_one_put(folder, *, existing):
    counting = Faulty()
    put_once(place_for_one_put(folder, existing=existing), DATA, counting)
    return counting.seen


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("existing", [False, True])
def test_whichever_call_fails_nothing_half_done_is_seen_and_a_retry_succeeds(
    tmp_path, code, after, existing
):
    calls = calls_of_one_put(tmp_path / "count", existing=existing)
    assert len(calls) >= 10
    for at in range(len(calls)):
        path = place_for_one_put(tmp_path / str(at), existing=existing)
        faulty = Faulty(at, code, after=after)
        with pytest.raises(StorageFailed, match=r"was not saved"):
            put_once(path, DATA, faulty)
        assert len(faulty.seen) > at, "the fault did not fire"
        assert not path.exists() or path.read_bytes() == DATA
        assert put_once(path, DATA) in ("created", "same")
        assert path.read_bytes() == DATA


def test_without_the_read_back_a_lying_write_would_be_seen(tmp_path):
    class Trusting(LyingWrites):
        def read(self, descriptor, size_bytes):
            data = super().read(descriptor, size_bytes)
            return bytes([data[0] ^ 1]) + data[1:] if data else data

    put_once(tmp_path / "x.json", DATA, Trusting())
    assert (tmp_path / "x.json").read_bytes() != DATA


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, StorageFailed, "is full. Free some space"),
        (errno.EROFS, StoreReadOnly, "rights of the folder, or choose another one."),
        (errno.EACCES, StoreReadOnly, "cannot be written"),
        (errno.EIO, StorageFailed, "failed"),
    ],
)
def test_the_sentence_names_the_disk_and_says_what_to_do(tmp_path, code, kind, words):
    with pytest.raises(kind) as failed:
        put_once(tmp_path / "x.json", DATA, Always(code, "fsync"))
    assert words in failed.value.sentence
    assert str(tmp_path) in failed.value.sentence
    assert visible(tmp_path) == []


def test_where_there_are_no_hard_links_the_file_is_renamed_into_place(tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert put_once(tmp_path / "x.json", DATA) == "created"
    assert put_once(tmp_path / "x.json", DATA) == "same"
    with pytest.raises(Conflict):
        put_once(tmp_path / "x.json", b"other")
    assert visible(tmp_path) == ["x.json"]


def test_a_link_in_the_place_of_a_record_is_never_followed(tmp_path):
    (tmp_path / "elsewhere").write_bytes(DATA)
    (tmp_path / "x.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageFailed):
        put_once(tmp_path / "x.json", DATA)


def test_the_order_of_the_calls_makes_the_file_durable_before_it_is_seen(tmp_path):
    (tmp_path / "day").mkdir()
    counting = Faulty()
    put_once(tmp_path / "day" / "x.json", DATA, counting)
    seen = [name for name in counting.seen if name != "open"]
    assert seen == ["stat", "write", "fsync", "read", "read", "link", "unlink", "fsync"]
    assert isinstance(counting, OsCalls)
