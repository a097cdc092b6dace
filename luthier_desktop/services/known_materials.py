"""Whether what a setup names is in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from luthier_desktop.domain.base import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.workshop import Setup

Materials = Callable[[], MaterialCatalogue]
"""Asked anew each time: the catalogue changes while the program runs."""


def require_known(setup: Setup, materials: MaterialCatalogue, what: str) -> None:
    """Refuse a setup whose top is of a wood that nobody knows.

    Raises:
        InputRefused: The sentence names the wood and where the known ones are listed.
    """
    material_id = None if setup.top is None else setup.top.material_id
    if material_id is not None and materials.get(material_id) is None:
        raise InputRefused(
            f"{what}: top.material_id is {shown(material_id)}, which is not in the catalogue; "
            "give one of `luthier catalogue materials`, or add it there first.",
            "top.material_id",
        )
