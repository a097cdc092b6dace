"""Every kind of export of some designs; also a program, which does it in another process."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.base import Value
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.export_kinds import KINDS
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.storage.canonical import sha256_hex
from tests.services.builders import design

RICH: dict[str, dict[str, object]] = {
    "svg": {"caption": True, "dimensions": True},
    "png": {"caption": True, "style": "flat", "dpi": 40},
    "pdf": {"document": "both"},
}
"""Options under which a kind tells the most of a design; all others have their defaults."""


class Made(NamedTuple):
    """A file that was written."""

    kind: str
    suffix: str
    data: bytes


def designs() -> list[RosetteParamSpec]:
    """Return a design of plain rings, and one of lines and shell."""
    preset = paths.resource("presets/segmented_shell.json").read_bytes()
    return [design(design_id="dsg_1"), RosetteParamSpec.read(json.loads(preset), "The preset")]


def options_of(kind: str) -> Value:
    return KINDS[kind].options.read(RICH.get(kind, {}), "The options")


def exported(studio: Studio, source: RosetteParamSpec | str, folder: Path) -> Iterator[Made]:
    """Write *source* as each kind under each suffix that makes a difference."""
    for row in KINDS.values():
        for suffix in row.suffixes[:1] if row.gated else row.suffixes:
            path = folder / f"a{suffix}"
            done = studio.exporting.write(
                row.kind, source, path, options_of(row.kind), replace=True
            )
            yield Made(row.kind, suffix, done.path.read_bytes())


def hashes(data_dir: Path) -> dict[str, str]:
    """Return the hash of each file of each design."""
    with tempfile.TemporaryDirectory() as folder, open_studio(data_dir) as studio:
        return {
            f"{number} {made.kind} {made.suffix}": sha256_hex(made.data)
            for number, one in enumerate(designs())
            for made in exported(studio, one, Path(folder))
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(hashes(Path(sys.argv[1]))))
