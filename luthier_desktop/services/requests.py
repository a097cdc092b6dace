"""The request of a run: everything that scoring reads, complete enough to be replayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from luthier_desktop import __version__
from luthier_desktop.domain.feasibility.rules import RULES_VERSION
from luthier_desktop.domain.materials import Material, MaterialCatalogue, Property
from luthier_desktop.domain.patterns.inlay import InlayParameters
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.storage.canonical import canonical_bytes, sha256_hex

_NOT_JUDGED = frozenset(
    {"material_id", "look", "remark", "moe_gpa", "mor_mpa", "shrink_tangential_percent"}
)

_OF_ONE_PART = ("outline_material_id", "backing_material_id")
"""Parameters that name the material of one part of a pattern."""


class Request(NamedTuple):
    """A design and the shop it is judged for."""

    design: RosetteParamSpec
    setup: Setup
    materials: MaterialCatalogue

    def plain(self) -> dict[str, Any]:
        """Return the request as it is recorded: design, setup, figures of materials, versions."""
        return {
            "design": self.design.normalised(),
            "setup": self.setup.plain(),
            "materials": self._figures(),
            "versions": versions(),
        }

    def sha256(self) -> str:
        """Hash what decides the answer: not names and ids of the design, not the app."""
        return reduced_sha256({**self.plain(), "design": self.design.hashed_form()})

    def material_ids(self) -> tuple[str, ...]:
        """Name every material of the rosette and its top, drawn or judged, in order."""
        drawn = {name for ring in self.design.ring_params for name in _drawn(ring)}
        return tuple(sorted(drawn | self._judged()))

    def summary(self) -> dict[str, Any]:
        """Say in a few members what was asked, for people who leaf through records."""
        words = self.design.first_format_words()
        return {
            "design_id": self.design.design_id,
            "design_name": self.design.name,
            "inner_diameter_mm": self.design.inner_diameter_mm,
            "outer_diameter_mm": self.design.outer_diameter_mm,
            "rings": len(self.design.ring_params),
            "pattern_types": sorted({ring.pattern_type.value for ring in self.design.ring_params}),
            "material_ids": list(self.material_ids()),
            "setup_id": self.setup.setup_id,
            "setup_name": self.setup.name,
            **({"first_format_words": words} if words else {}),
        }

    def _judged(self) -> set[str]:
        names = {name for ring in self.design.ring_params for name in ring.materials or ()}
        tops = (top.material_id for top in (self.design.top, self.setup.top) if top is not None)
        names.update([name for name in tops if name is not None][:1])
        return names

    def _figures(self) -> dict[str, Any]:
        known = ((name, self.materials.get(name)) for name in sorted(self._judged()))
        return {name: figures(material) for name, material in known if material is not None}


def figures(material: Material) -> dict[str, Any]:
    """Return what checks read of a material: its numbers and the marks it has, without sources."""
    members = {name: getattr(material, name) for name in Material.model_fields}
    return {
        name: value.value if isinstance(value, Property) else value
        for name, value in members.items()
        if value is not None and value is not False and name not in _NOT_JUDGED
    }


def versions() -> dict[str, str]:
    """Return the versions that a request names."""
    return {"app": __version__, "rules_version": RULES_VERSION}


def reduced_sha256(request: Mapping[str, Any]) -> str:
    """Hash a request whose design is reduced already; of the versions only the rules count."""
    judged_by = {"rules_version": request["versions"]["rules_version"]}
    return sha256_hex(canonical_bytes({**request, "versions": judged_by}))


def _drawn(ring: RingParam) -> Iterator[str]:
    pattern = ring.pattern
    if isinstance(pattern, LinesParameters):
        yield from (line.material_id for line in pattern.lines or ())
    if isinstance(pattern, GridParameters):
        yield from _cells(pattern.grid or ())
    if isinstance(pattern, InlayParameters):
        yield from (one.material_id for one in pattern.shapes or () if one.material_id)
    for name in _OF_ONE_PART:
        material_id = getattr(pattern, name, None)
        if material_id is not None:
            yield material_id


def _cells(grid: Iterable[Iterable[str]]) -> Iterator[str]:
    for row in grid:
        yield from row
