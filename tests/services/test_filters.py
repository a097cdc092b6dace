"""What a filter can ask for, and the filters that are kept under a name."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import Conflict, InputRefused, NotFound, StorageFailed
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.filters import MOST_SAVED, Filters, SavedFilter
from luthier_desktop.services.studio import Studio
from luthier_desktop.storage.os_calls import OsCalls
from tests.services.builders import design


class FullDisk(OsCalls):
    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def filters(studio: Studio, tmp_path: Path) -> Filters:
    return Filters(studio.store, tmp_path / "config")


def test_values_that_occur_are_told_with_the_count_of_their_runs(studio: Studio) -> None:
    studio.feasibility.check(design())
    hidden = studio.feasibility.check(design(name="Hidden one"))
    studio.snapshots.save(design(name="Kept"), SnapshotDetails(name="Kept", tags=("b", "A")))
    studio.hiding.hide(str(hidden.run_id), "a trial")
    assert studio.filters.values("operator").counted == (("owner", 2),)
    assert studio.filters.values("tag") == ((("a", 1), ("b", 1)), True)
    assert studio.filters.values("tag", most=1) == ((("a", 1),), False)
    assert studio.filters.values("material").counted == (
        ("holly", 2),
        ("indian_rosewood", 2),
        ("sitka_spruce", 2),
    )
    assert studio.filters.values("design").counted == (("Kept", 1), ("Three rings", 1))
    with pytest.raises(InputRefused, match="no filter 'colour'"):
        studio.filters.values("colour")


def test_a_filter_is_saved_renamed_deleted_and_brought_back(filters: Filters) -> None:
    assert filters.saved() == ()
    filters.save(SavedFilter("  Red   week ", "risk:RED  since:WEEK"))
    kept = filters.save(SavedFilter("all", "deep"))
    assert kept == (("all", "deep"), ("Red week", "verdict:red since:week"))
    assert filters.rename("all", "Deep ones") == filters.saved()
    gone = filters.saved()[0]
    assert gone == ("Deep ones", "deep")
    assert filters.delete("Deep ones") == (("Red week", "verdict:red since:week"),)
    assert filters.save(gone)[0] == gone
    assert filters.save(SavedFilter("DEEP ones", "other"), replace=True)[0] == (
        "DEEP ones",
        "other",
    )


def test_what_cannot_be_kept_is_refused_and_nothing_changes(filters: Filters) -> None:
    before = filters.save(SavedFilter("one", "deep"))
    for name in ("", " ", "x" * 61):
        with pytest.raises(InputRefused, match="1 to 60 characters"):
            filters.save(SavedFilter(name, "deep"))
    with pytest.raises(InputRefused, match="Column 1"):
        filters.save(SavedFilter("two", "verdict:crimson"))
    with pytest.raises(Conflict, match="named 'ONE' already"):
        filters.save(SavedFilter("ONE", "other"))
    with pytest.raises(NotFound):
        filters.delete("two")
    with pytest.raises(NotFound):
        filters.rename("two", "three")
    assert filters.saved() == before


def test_no_more_are_kept_than_a_menu_can_show(filters: Filters, tmp_path: Path) -> None:
    for number in range(MOST_SAVED):
        filters.save(SavedFilter(f"n{number:03}", "deep"))
    with pytest.raises(InputRefused, match="At most 100"):
        filters.save(SavedFilter("one more", "deep"))


@pytest.mark.parametrize(
    "found",
    [
        b"{}",
        b"[]",
        b"{",
        b'{"schema":"luthier.filters/1","filters":[1]}',
        b'{"schema":"luthier.filters/2","filters":[]}',
        b'{"schema":"luthier.filters/1","filters":[{"name":"a","text":"b","more":1}]}',
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left(
    filters: Filters, tmp_path: Path, found: bytes
) -> None:
    filters.save(SavedFilter("one", "deep"))
    file = tmp_path / "config" / "filters.json"
    file.write_bytes(found)
    with pytest.raises(InputRefused, match="saved filters"):
        filters.saved()
    with pytest.raises(InputRefused):
        filters.save(SavedFilter("two", "deep"))
    assert file.read_bytes() == found


def test_a_full_disk_is_told_and_the_earlier_filters_stay(
    studio: Studio, tmp_path: Path, filters: Filters
) -> None:
    before = filters.save(SavedFilter("one", "deep"))
    broken = Filters(studio.store, tmp_path / "config", FullDisk())
    with pytest.raises(StorageFailed, match="is full"):
        broken.save(SavedFilter("two", "deep"))
    assert filters.saved() == before
    left = {path.name for path in (tmp_path / "config").iterdir()}
    assert left <= {"filters.json", "filters.lock"}
