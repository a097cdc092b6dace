"""``luthier logs repair`` says what came back and what did not."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Luthier
from tests.cli.test_logs import check, file_of
from tests.services.test_runs import change_one_byte


def test_a_damaged_run_comes_back_from_a_copy(luthier: Luthier, data_dir: Path) -> None:
    run_id = check(luthier)
    copy = data_dir.parent / "copy"
    shutil.copytree(data_dir, copy)
    change_one_byte(file_of(data_dir, run_id))
    assert luthier("logs", "verify").code == 1
    answer = luthier("logs", "repair", "--from", copy, "--json")
    assert answer.code == 0
    document = answer.json()
    assert [Path(path).stem for path in document["restored"]] == [run_id]
    assert len(document["quarantined"]) == 1
    assert document["not_restored"] == []
    assert luthier("logs", "verify").code == 0
    again = luthier("logs", "repair", "--from", copy)
    assert (again.code, again.out.strip()) == (
        0, "nothing was damaged or missing; nothing was changed",
    )  # fmt: skip


def test_what_no_copy_has_is_named_and_the_exit_code_is_1(
    luthier: Luthier, data_dir: Path, tmp_path: Path
) -> None:
    run_id = check(luthier)
    file_of(data_dir, run_id).unlink()
    (tmp_path / "empty").mkdir()
    answer = luthier("logs", "repair", "--from", tmp_path / "empty")
    assert answer.code == 1
    assert f"{run_id}.json: no file of this name" in answer.out
    assert luthier("logs", "repair", "--from", tmp_path / "nowhere").code == 4
    assert luthier("logs", "repair").code == 2
