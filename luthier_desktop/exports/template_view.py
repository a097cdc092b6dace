"""What a template follows from, besides its options."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.shop_sheet_view import PrintedRecord
from luthier_desktop.exports.svg_around import Around
from luthier_desktop.exports.svg_notes import Notes


class TemplateView(NamedTuple):
    """A design, the shop that it is drawn for, and what is told of it; no record: not saved.

    ``notes`` has the name, the verdict, the hash and, as rows without a border, the QR code.
    """

    design: RosetteParamSpec
    setup: Setup
    materials: MaterialCatalogue
    around: Around
    notes: Notes
    record: PrintedRecord | None = None
