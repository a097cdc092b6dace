"""Everything that a shop sheet tells: the design, its verdict, its decisions, its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.cut_list.model import CutList
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.gate import GateVerdict
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.svg_around import Around


class PrintedRecord(NamedTuple):
    """The saved snapshot that is printed, the run that saved it, and where that stands in the log.

    ``letters`` witness the log up to that run, as in ``1042 ABCD EFGH IJKL MNOP``; without them
    ``no_letters`` says why. ``saved_verdict`` is the run's own, which another setup may differ
    from.
    """

    snapshot_id: str
    run_id: str
    ledger_number: int
    letters: str
    no_letters: str = ""
    saved_verdict: str = ""


class ShopView(NamedTuple):
    """What the sheets follow from, besides their options; without a record it is not saved.

    ``scored``, ``gate`` and ``cut_list`` are those of ``setup``; ``qr`` is the code's rows,
    without a border.
    """

    name: str
    design: RosetteParamSpec
    setup: Setup
    materials: MaterialCatalogue
    around: Around
    scored: Scored
    gate: GateVerdict
    cut_list: CutList
    design_sha256: str
    qr: Sequence[bytes]
    record: PrintedRecord | None = None
