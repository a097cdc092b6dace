"""The list of files that were opened last: each once, looked at, never more than it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.services.recent_files import MOST, RecentFiles


def names(recent: RecentFiles) -> list[str]:
    return [file.path.name for file in recent.listed().files]


def test_the_last_file_stands_first_and_each_stands_once(tmp_path: Path) -> None:
    recent = RecentFiles(tmp_path / "config")
    assert recent.listed() == ((), "")
    for number in [*range(MOST + 3), 5]:
        recent.note(tmp_path / f"{number}.rosette")
    assert names(recent) == ["5.rosette", *(f"{at}.rosette" for at in range(14, 2, -1) if at != 5)]
    recent.forget(tmp_path / "5.rosette")
    assert names(recent)[0] == "14.rosette"
    recent.clear()
    assert names(RecentFiles(tmp_path / "config")) == []


def test_a_file_that_cannot_be_opened_is_listed_with_the_reason(tmp_path: Path) -> None:
    here, gone, folder = tmp_path / "here.json", tmp_path / "gone.json", tmp_path / "folder"
    here.write_bytes(b"{}")
    folder.mkdir()
    recent = RecentFiles(tmp_path / "config")
    for path in (folder, gone, here, here / "below.json"):
        recent.note(path)
    reasons = {file.path.name: file.reason for file in recent.listed().files}
    assert reasons["here.json"] == ""
    assert reasons["gone.json"].startswith("It is not there any more")
    assert reasons["below.json"] == reasons["gone.json"]
    assert reasons["folder"] == "It is no file any more."


@pytest.mark.parametrize("path", ["relative.json", "/line\nbreak.json", "/" + "x" * 4096])
def test_what_the_list_cannot_hold_is_not_noted(tmp_path: Path, path: str) -> None:
    recent = RecentFiles(tmp_path)
    recent.note(Path(path))
    assert recent.listed() == ((), "")


@pytest.mark.parametrize("files", ["/a", [1], ["relative"], ["/a\x00b"], [{}]])
def test_a_broken_list_is_told_left_and_can_be_cleared(tmp_path: Path, files: object) -> None:
    kept = tmp_path / "recent.json"
    document = json.dumps({"schema": "luthier.recent/1", "files": files})
    kept.write_text(document, encoding="utf-8")
    recent = RecentFiles(tmp_path)
    assert "recent.json" in recent.listed().told
    with pytest.raises(InputRefused):
        recent.note(tmp_path / "new.json")
    assert kept.read_text(encoding="utf-8") == document
    recent.clear()
    recent.note(tmp_path / "new.json")
    assert names(recent) == ["new.json"]
