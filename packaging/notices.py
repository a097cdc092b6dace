"""Put the licences of everything in the built folder beside it, and the list of its parts.

The list is ``sbom.cdx.json`` (CycloneDX 1.6). Needs the environment of `dev.py`; on Debian the
licences of bundled system libraries come from their packages.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement

PACKAGING = Path(__file__).parent
TEXTS = PACKAGING.parent / "resources" / "licences"
OURS = "luthier-desktop"
QT = ("pyside6-essentials", "shiboken6")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def write(folder: Path) -> None:
    """Write licences and the list of parts into *folder*."""
    licences = folder / "licenses"
    licences.mkdir()
    shutil.copy2(PACKAGING / "LICENSE.txt", licences / f"{OURS}.txt")
    shutil.copytree(TEXTS, licences / "texts")
    (licences / "texts" / "THIRD_PARTY.md").rename(licences / "THIRD_PARTY.md")
    parts = [_python_part(each, licences) for each in _runtime()]
    parts += _system_parts(folder, licences)
    parts.append(_own_python(licences))
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "name": OURS, "version": _version(),
        }},
        "components": sorted(parts, key=lambda part: str(part["purl"])),
    }  # fmt: skip
    text = json.dumps(document, indent=2, sort_keys=True)
    (folder / "sbom.cdx.json").write_text(text + "\n", encoding="utf-8")


def _runtime() -> list[metadata.Distribution]:
    """Return the program's own dependencies and theirs, as the environment has them."""
    found: dict[str, metadata.Distribution] = {}
    wanted = list(_project()["dependencies"])
    while wanted:
        requirement = Requirement(wanted.pop())
        name = _plain(requirement.name)
        marker = requirement.marker
        if name in found or (
            marker and not marker.evaluate({**default_environment(), "extra": ""})
        ):
            continue
        found[name] = metadata.distribution(name)
        wanted += found[name].requires or ()
    return [found[name] for name in sorted(found)]


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads(
        (PACKAGING.parent / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    return project


def _version() -> str:
    text = (PACKAGING.parent / "luthier_desktop" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def _python_part(part: metadata.Distribution, licences: Path) -> dict[str, Any]:
    name = _plain(part.metadata["Name"])
    _copy_licences(part, licences / name)
    told = part.metadata.get("License-Expression") or part.metadata.get("License") or ""
    return {
        "type": "library",
        "name": name,
        "version": part.version,
        "purl": f"pkg:pypi/{name}@{part.version}",
        "licenses": [
            {"license": {"name": told.splitlines()[0][:100] if told else "see licenses/"}}
        ],
    }


def _copy_licences(part: metadata.Distribution, target: Path) -> None:
    target.mkdir()
    for file in part.files or ():
        source = Path(str(part.locate_file(file)))
        in_metadata = ".dist-info" in str(file)
        if in_metadata and _LICENCE_FILE.search(file.name) and source.is_file():
            shutil.copy2(source, target / file.name)
    if _plain(part.metadata["Name"]) in QT:
        for text in ("LGPL-3.0.txt", "GPL-3.0.txt"):
            shutil.copy2(TEXTS / text, target)
    if not any(target.iterdir()):
        (target / "METADATA.txt").write_text(_told_licence(part), encoding="utf-8")


def _told_licence(part: metadata.Distribution) -> str:
    lines = [f"{part.metadata['Name']} {part.version} names its licence in these words only:"]
    for key in ("License-Expression", "License"):
        lines += [f"{key}: {part.metadata[key]}"] if part.metadata.get(key) else []
    classified = part.metadata.get_all("Classifier") or []
    lines += [each for each in classified if each.startswith("License")]
    return "\n".join(lines) + "\n"


def _system_parts(folder: Path, licences: Path) -> list[dict[str, Any]]:
    """Tell of the libraries that came from the Debian system which built the folder."""
    if shutil.which("dpkg-query") is None:
        return []
    parts = {}
    for library in sorted((folder / "_internal").glob("*.so*")):
        if library.is_symlink():
            continue
        for package in _owners(library.name):
            parts[package] = _system_part(package, licences)
    return [part for part in parts.values() if part]


def _owners(library: str) -> list[str]:
    asked = ["dpkg-query", "--search", f"*/{library}"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return sorted({line.split(":")[0] for line in answer.splitlines() if "diversion" not in line})


def _system_part(package: str, licences: Path) -> dict[str, Any]:
    copyright_ = Path("/usr/share/doc") / package / "copyright"
    if copyright_.is_file():
        target = licences / "system" / f"{package}.txt"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(copyright_, target)
    asked = ["dpkg-query", "--show", "--showformat=${Version}", package]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return {
        "type": "library",
        "name": package,
        "version": told,
        "purl": f"pkg:deb/debian/{package}@{told}",
        "licenses": [{"license": {"name": f"see licenses/system/{package}.txt"}}],
    }


def _own_python(licences: Path) -> dict[str, Any]:
    version = ".".join(map(str, sys.version_info[:3]))
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    shutil.copyfile(text, licences / "texts" / "Python.txt")
    return {
        "type": "platform",
        "name": "python",
        "version": version,
        "purl": f"pkg:generic/python@{version}",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
