"""Drawing pictures in a process of its own: the library that does it lets nothing else run."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.picture import PictureKind, PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec

if TYPE_CHECKING:
    from luthier_desktop.services.picture_source import Source
    from luthier_desktop.services.studio import Studio

_KINDS: Mapping[str, PictureKind] = {"svg": "svg", "png": "png"}


def picture_job(studio: Studio, arguments: Mapping[str, Any], _watch: object) -> dict[str, Any]:
    """Write the picture *kind* of *design* or *snapshot_id* into the file *to*."""
    kind = _KINDS.get(str(arguments.get("kind")))
    if kind is None:
        raise InputRefused(f"{str(arguments.get('kind'))[:80]!r} is no kind of picture.")
    done = studio.exporting.write(
        kind,
        _source(arguments),
        Path(str(arguments.get("to", ""))),
        _options(arguments),
        replace=arguments.get("replace") is True,
    )
    return {"path": str(done.path), "bytes": done.size_bytes, "run_id": done.run_id}


def preview_job(studio: Studio, arguments: Mapping[str, Any], _watch: object) -> dict[str, Any]:
    """Draw *design* or *snapshot_id* *wide_px* pixels wide, for the eye alone."""
    wide_px = int(arguments.get("wide_px", 320))
    picture = studio.exporting.preview(_source(arguments), _options(arguments), wide_px)
    return {"png": base64.b64encode(picture).decode("ascii")}


def _source(arguments: Mapping[str, Any]) -> Source:
    snapshot_id = arguments.get("snapshot_id")
    if isinstance(snapshot_id, str):
        return snapshot_id
    return RosetteParamSpec.read(arguments.get("design"), "The design")


def _options(arguments: Mapping[str, Any]) -> PictureOptions:
    return PictureOptions.read(arguments.get("options") or {}, "The options")
