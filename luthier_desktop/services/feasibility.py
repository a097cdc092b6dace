"""Can it be made? Preview a design, check and record it, or check many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.advice import Advice, advise
from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.feasibility.report import summary
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run import EventType
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.batches import BatchAnswer, BatchItem
from luthier_desktop.services.catalogue import Catalogue
from luthier_desktop.services.changes import NOTHING, Changes
from luthier_desktop.services.designs import Designs
from luthier_desktop.services.judging import (
    Judged,
    ScoringFailed,
    advised,
    failed_deed,
    judge,
    judged_deed,
)
from luthier_desktop.services.recorder import Recorder
from luthier_desktop.services.recording import Stamp
from luthier_desktop.services.requests import Request
from luthier_desktop.services.setups import Setups
from luthier_desktop.services.sweeps import SweepCell, SweepField, sweep


class Checked(NamedTuple):
    """The answer to one check and, when it was recorded, where its record is."""

    design: RosetteParamSpec
    scored: Scored
    report: dict[str, Any]
    run_id: str | None = None
    path: Path | None = None
    seq: int | None = None
    index_stale: bool = False
    changes: Changes = NOTHING


class Feasibility:
    """Judges designs for the setup in use or for a given one."""

    def __init__(
        self, recorder: Recorder, designs: Designs, setups: Setups, catalogue: Catalogue
    ) -> None:
        self._recorder = recorder
        self._designs = designs
        self._setups = setups
        self._catalogue = catalogue

    def preview(self, design: RosetteParamSpec, setup: Setup | None = None) -> Scored:
        """Score without a record: no disk, for every step of a drag."""
        shop = setup or self._setups.last_known()
        return judge(Request(design, shop, self._catalogue.known_materials())).scored

    def advise(
        self, design: RosetteParamSpec, scored: Scored, setup: Setup | None = None
    ) -> Advice:
        """Work out what would clear each red or yellow check of *scored*, and what it rests on.

        Pure, and slower than a preview: for the worker, once the verdict is shown.
        """
        shop = setup or self._setups.last_known()
        return advise(design, shop, self._catalogue.known_materials(), scored)

    def sweep(
        self,
        design: RosetteParamSpec,
        fields: Sequence[SweepField],
        cancelled: Callable[[], bool],
        setup: Setup | None = None,
    ) -> Iterator[SweepCell]:
        """Judge the design with every combination of values of one field or two; no record.

        Raises:
            InputRefused: These are no fields to sweep over, or more than 2,500 designs.
        """
        shop = setup or self._setups.last_known()
        return sweep(design, fields, lambda one: self.preview(one, shop), cancelled)

    def check(
        self,
        design: RosetteParamSpec,
        setup: Setup | None = None,
        *,
        record: bool = True,
        suggestion_id: str | None = None,
    ) -> Checked:
        """Score a design and record the answer as one run; a record always has its remedies.

        Raises:
            NotAllowed: A viewer may not record.
            ScoringFailed: The scorer itself failed; the record says so.
            StorageFailed: The answer could not be recorded.
        """
        if record:
            self._recorder.require("check")
        request = self.request(self._designs.identified(design), setup)
        if record:
            return self._recorded(request, suggestion_id)
        judged = advised(judge(request))
        return Checked(request.design, judged.scored, judged.joined(None, suggestion_id))

    def check_many(
        self, items: Iterable[BatchItem], setup: Setup | None = None, *, record: bool = True
    ) -> Iterator[BatchAnswer]:
        """Check the designs of a batch one by one; a refused one is an error, not the end.

        Raises:
            NotAllowed: A viewer may not record.
        """
        if record:
            self._recorder.require("check")
        return self._each(items, setup or self._setups.current(), record)

    def _each(
        self, items: Iterable[BatchItem], shop: Setup, record: bool
    ) -> Iterator[BatchAnswer]:
        for item in items:
            answer = self._answer(item, shop, record)
            yield answer
            if record and answer.error is None:
                self._recorder.sign_if_due()

    def request(self, design: RosetteParamSpec, setup: Setup | None = None) -> Request:
        """Return what judging *design* reads, complete enough to be replayed.

        Raises:
            RecordDamaged: No setup is given, and which one is in use cannot be known.
        """
        return Request(design, setup or self._setups.current(), self._catalogue.woods_now())

    def judged(self, request: Request, event_type: EventType, stamp: Stamp) -> Judged:
        """Score a request that is about to be recorded under *stamp*.

        Raises:
            ScoringFailed: The scorer itself failed; an ERROR run was recorded instead.
        """
        try:
            return advised(judge(request))
        except ScoringFailed as failure:
            deed = failed_deed(request, event_type, failure.sentence)
            self._recorder.write(deed, stamp)
            raise

    def _recorded(self, request: Request, suggestion_id: str | None) -> Checked:
        stamp = self._recorder.stamp()
        judged = self.judged(request, "feasibility.checked", stamp)
        stored = judged.stored(stamp.run_id, suggestion_id)
        deed = judged_deed(judged, "feasibility.checked", stored)
        done = self._recorder.write(deed, stamp)
        return Checked(
            design=request.design,
            scored=judged.scored,
            report=judged.joined(stamp.run_id, suggestion_id),
            run_id=done.run_id,
            path=done.path,
            seq=done.seq,
            index_stale=done.index_stale,
            changes=Changes(runs=True),
        )

    def _answer(self, item: BatchItem, setup: Setup, record: bool) -> BatchAnswer:
        try:
            design = self._designs.read(item.data, item.what)
            request, run_id = self.request(design, setup), None
            if record:
                done = self._recorded(request, item.suggestion_id)
                scored, run_id = done.scored, done.run_id
            else:
                scored = judge(request).scored
        except (InputRefused, ScoringFailed) as error:
            return BatchAnswer(item.index, None, None, _error(item, error))
        told = summary(scored, run_id, item.suggestion_id)
        return BatchAnswer(item.index, design.name, told, None)


def _error(item: BatchItem, error: InputRefused | ScoringFailed) -> dict[str, Any]:
    inside = error.path if isinstance(error, InputRefused) else ""
    return {
        "index": item.index,
        "suggestion_id": item.suggestion_id,
        "path": f"{item.path}.{inside}" if inside else item.path,
        "message": error.sentence,
    }
