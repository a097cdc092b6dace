"""What helps with a verdict: the remedies of its checks, and how far each can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.remedies.remedy import CheckKey, Remedy
from luthier_desktop.domain.feasibility.remedies.solver import solve
from luthier_desktop.domain.feasibility.sensitivity import Sensitivity, sensitivities
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup


class Advice(NamedTuple):
    """Remedies and sensitivities by check id and ring_index."""

    remedies: Mapping[CheckKey, tuple[Remedy, ...]]
    sensitivities: Mapping[CheckKey, Sensitivity]


NO_ADVICE = Advice({}, {})


def without_locks(design: RosetteParamSpec) -> RosetteParamSpec:
    """Return the design without locks, which no answer that is hashed may depend on."""
    if not any(ring.locked for ring in design.ring_params):
        return design
    rings = [ring.model_copy(update={"locked": None}) for ring in design.ring_params]
    return design.model_copy(update={"ring_params": tuple(rings)})


def advise(
    design: RosetteParamSpec, setup: Setup, materials: MaterialCatalogue, scored: Scored
) -> Advice:
    """Work out the advice on one score of *design* in the shop *setup*."""
    return Advice(
        solve(design, setup, materials, scored),
        sensitivities(design, setup, materials, scored),
    )
