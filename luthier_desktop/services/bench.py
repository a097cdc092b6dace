"""What needs no store: starter content, reading designs, and a verdict without a record.

The window shows its first design with this alone, before storage is imported.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from luthier_desktop import paths
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.catalogue import FOLDER, Catalogue
from luthier_desktop.services.clock import Clock, SystemClock
from luthier_desktop.services.designs import Designs
from luthier_desktop.services.presets import Presets
from luthier_desktop.services.scoring import scored
from luthier_desktop.storage.incoming import take_in

STARTER_SETUP = "presets/setup_workshop.json"


class Bench:
    """Designs, materials and the starter setup; any thread may use it."""

    def __init__(self, data_dir: Path, clock: Clock | None = None) -> None:
        self.designs = Designs(clock or SystemClock())
        self.presets = Presets(self.designs)
        self.catalogue = Catalogue(data_dir / FOLDER)

    @property
    def materials(self) -> MaterialCatalogue:
        """The woods and inlay materials that are known, the user's own among them."""
        return self.catalogue.known_materials()

    @cached_property
    def setup(self) -> Setup:
        """The starter setup, which is in use until another one is known to be."""
        return take_in(paths.resource(STARTER_SETUP), "The setup").read_as(Setup)

    def preview(self, design: RosetteParamSpec) -> Scored:
        """Score *design* for the starter setup, without a record.

        Raises:
            ScoringFailed: The scorer itself failed.
        """
        return scored(design, self.setup, self.materials)


def open_bench(data_dir: Path | None = None) -> Bench:
    """Return the bench of the data directory; nothing is read yet."""
    return Bench(paths.data_dir(data_dir))
