"""Exports in a process of its own: the libraries that draw let nothing else run."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.export_kinds import kind_named

if TYPE_CHECKING:
    from luthier_desktop.services.picture_source import Source
    from luthier_desktop.services.studio import Studio


def export_file_job(
    studio: Studio, arguments: Mapping[str, Any], _watch: object
) -> dict[str, Any]:
    """Write *design* or *snapshot_id* as the *kind* with its *options* into the file *to*.

    With *keep*, a name, the design is saved as a snapshot first.
    """
    row = kind_named(str(arguments.get("kind")))
    keep = arguments.get("keep")
    exporting = studio.exporting if keep is None else studio.exporting.keeping(str(keep))
    done = exporting.write(
        row.kind,
        _source(arguments),
        Path(str(arguments.get("to", ""))),
        row.options.read(arguments.get("options") or {}, "The options"),
        replace=arguments.get("replace") is True,
    )
    return done.plain()


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
