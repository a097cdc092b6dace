from __future__ import annotations

import json
from pathlib import Path

import pytest

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.services.export_choices import ExportChoices
from luthier_desktop.services.export_kinds import KINDS

FLAT = PictureOptions(style="flat", caption=True)


def test_the_defaults_of_every_kind_stand_where_nothing_was_chosen(tmp_path: Path) -> None:
    choices = ExportChoices(tmp_path / "config").last()
    assert choices.told == ""
    assert choices.options == {kind: row.options() for kind, row in KINDS.items()}
    assert not (tmp_path / "config").exists()


def test_choices_are_remembered_a_kind(tmp_path: Path) -> None:
    ExportChoices(tmp_path).remember("svg", FLAT)
    ExportChoices(tmp_path).remember("png", PictureOptions(dpi=150))
    kept = ExportChoices(tmp_path).last()
    assert (kept.kind, kept.told) == ("png", "")
    assert (kept.options["svg"], kept.options["png"]) == (FLAT, PictureOptions(dpi=150))
    with pytest.raises(InputRefused, match="no kind of export"):
        ExportChoices(tmp_path).remember("stl", FLAT)


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"schema":"luthier.exports/9"}', b"\xff"])
def test_a_broken_file_is_told_and_gives_way_to_the_next_choice(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "exports.json").write_bytes(data)
    choices = ExportChoices(tmp_path)
    assert "exports.json" in choices.last().told
    assert choices.last().options["svg"] == PictureOptions()
    choices.remember("svg", FLAT)
    assert (choices.last().options["svg"], choices.last().told) == (FLAT, "")


def test_one_broken_kind_leaves_the_others(tmp_path: Path) -> None:
    kept = {"svg": {"style": "oil"}, "png": {"dpi": 96}, "stl": {}}
    document = {"schema": "luthier.exports/1", "kind": "stl", "options": kept}
    (tmp_path / "exports.json").write_text(json.dumps(document))
    found = ExportChoices(tmp_path).last()
    assert found.told.startswith("The last choices for an SVG picture: style must be one of")
    assert found.kind in KINDS
    assert found.options["svg"] == PictureOptions()
    assert found.options["png"] == PictureOptions(dpi=96)
