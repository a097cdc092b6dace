"""The request of a recorded run, read back so that it can be judged again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.requests import Request

_SOURCE = "recorded with the run"
_NO_LOOK = {"raw": "#000000", "finished": "#000000", "dark": "#000000"}


def recorded_request(plain: Mapping[str, Any], what: str = "The recorded request") -> Request:
    """Return what a run was judged from: its design, its setup, its figures of materials.

    Nothing of it comes from this shop; a material has no look, for no check reads one.

    Raises:
        InputRefused: It is not the request of a judged design; the sentence names the place.
    """
    parts = {name: plain.get(name) for name in ("design", "setup", "materials")}
    missing = [name for name, part in parts.items() if not isinstance(part, Mapping)]
    if missing:
        raise InputRefused(f"{what}: {missing[0]} is missing; it is required.", missing[0])
    design = RosetteParamSpec.read(parts["design"], f"{what}, its design")
    setup = Setup.read(parts["setup"], f"{what}, its setup")
    figures: Mapping[str, Any] = parts["materials"] or {}
    known = [_material(name, figures[name], what) for name in figures]
    return Request(design, setup, MaterialCatalogue(known))


def _material(name: str, figures: Any, what: str) -> Material:
    if not isinstance(figures, Mapping):
        raise InputRefused(f"{what}: the figures of a material are not those of one.", "materials")
    members = {key: _property(value) for key, value in figures.items()}
    whole = {**members, "material_id": name, "look": _NO_LOOK}
    return Material.read(whole, f"{what}, its material {name[:64]!r}")


def _property(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return {"value": value, "source": _SOURCE, "confidence": "L"}
