"""The six pages of the library: what each lists, and which fields it has."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.ui.library import catalogue_specs, setup_specs
from luthier_desktop.ui.library.entry import Shelf
from luthier_desktop.ui.library.setup_specs import Group


class Page(NamedTuple):
    """One page: *columns* are paths of its fields and their headings, beside name and origin."""

    page_id: str
    title: str
    shelf: Shelf
    word: str
    columns: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


PAGES = (
    Page("setups", "Setups", "setups", "setup",
         (("tool.name", "Bit"), ("machine.name", "Machine")), setup_specs.OF_SETUP),
    Page("materials", "Materials", "materials", "material",
         (("kind", "Kind"), ("density_kg_m3", "Density"), ("janka_n", "Janka")),
         catalogue_specs.OF_MATERIAL),
    Page("tools", "Tools", "tools", "tool",
         (("diameter_mm", "Diameter"), ("flutes", "Flutes"), ("geometry", "Geometry")),
         catalogue_specs.OF_TOOL),
    Page("machines", "Machines", "machines", "machine",
         (("kind", "Kind"), ("max_feed_mm_min", "Fastest feed"), ("max_rpm", "Up to")),
         catalogue_specs.OF_MACHINE),
    Page("cuts", "Cuts", "setups", "setup",
         (("cut.spindle_rpm", "Spindle"), ("cut.feed_mm_min", "Feed"),
          ("cut.stepdown_mm", "Stepdown")), setup_specs.OF_CUTS),
    Page("tops", "Tops", "setups", "setup",
         (("top.material_id", "Wood"), ("top.thickness_mm", "Thickness"),
          ("channel.depth_mm", "Channel")), setup_specs.OF_TOP),
)  # fmt: skip
