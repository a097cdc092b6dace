from __future__ import annotations

import sys
from pathlib import Path

import pytest
from platformdirs.api import PlatformDirsABC
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from luthier_desktop import paths


def test_the_data_directory_is_the_one_given_else_named_else_the_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = {"LUTHIER_DATA_DIR": str(tmp_path / "named")}
    assert paths.data_dir(tmp_path / "given", named) == tmp_path / "given"
    assert paths.data_dir(None, named) == tmp_path / "named"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.data_dir(None, {}).is_relative_to(tmp_path)
    assert paths.data_dir(None, {"LUTHIER_DATA_DIR": ""}) == paths.data_dir(None, {})


def test_a_relative_data_directory_is_made_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.data_dir(Path("shop")) == tmp_path / "shop"


@pytest.mark.parametrize("platform", [MacOS, Unix])
def test_each_kind_has_a_folder_of_its_own_where_the_system_shares_one_too(
    monkeypatch: pytest.MonkeyPatch, platform: type[PlatformDirsABC]
) -> None:
    monkeypatch.setattr(paths, "PlatformDirs", platform)
    places = [paths.data_dir(), paths.cache_dir(), paths.config_dir(), paths.state_dir()]
    for place in places:
        others = [other for other in places if other is not place]
        assert not any(other.is_relative_to(place) for other in others)


def test_resources_are_found_in_a_checkout() -> None:
    assert (paths.resource("presets") / "setup_workshop.json").is_file()


def test_resources_are_found_in_an_installed_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "luthier_desktop"
    (package / "_resources" / "presets").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.resource("presets") == package / "_resources" / "presets"


@pytest.mark.parametrize("folder", ["luthier_desktop/_resources", "resources"])
def test_resources_are_found_in_a_frozen_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder / "presets").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("presets") == tmp_path / folder / "presets"


def test_a_resource_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="nothing_of_ours"):
        paths.resource("nothing_of_ours")
