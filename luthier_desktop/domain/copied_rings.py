"""Rings on their way from one place to another, within a design or between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from luthier_desktop.domain.base import ExternalId, Value, at_most
from luthier_desktop.domain.rosette import MOST_RINGS, RingParam, RosetteParamSpec

RINGS_SCHEMA = "luthier.rings/1"


class CopiedRings(Value):
    """Rings, inner to outer, and the design that they are from."""

    schema_: Annotated[Literal["luthier.rings/1"], Field(alias="schema")]
    design_id: ExternalId | None = None
    ring_params: Annotated[
        tuple[RingParam, ...],
        BeforeValidator(at_most(MOST_RINGS)),
        Field(min_length=1, max_length=MOST_RINGS),
    ]

    @classmethod
    def of(cls, design: RosetteParamSpec, positions: Sequence[int]) -> CopiedRings:
        """Copy these rings of a design."""
        rings = tuple(design.ring_params[at] for at in sorted(positions))
        plain = {"schema": RINGS_SCHEMA, "design_id": design.design_id, "ring_params": rings}
        return cls.read(plain, "The rings")

    def ids_in(self, design: RosetteParamSpec, new: Sequence[str]) -> tuple[str, ...]:
        """Return the identities that these rings get in *design*.

        A ring that was cut out of this very design keeps its own; others get one of *new*.
        """
        taken = {ring.identity for ring in design.ring_params}
        if self.design_id is None or self.design_id != design.design_id:
            return tuple(new[: len(self.ring_params)])
        ids: list[str] = []
        for ring, fresh in zip(self.ring_params, new, strict=True):
            ids.append(fresh if ring.identity in taken else ring.identity)
            taken.add(ids[-1])
        return tuple(ids)
