"""What the details of a run ask for: verifying it, judging it again, and drawing its design."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.run_proof import ProofLine, RunProof
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.services.reproduction import Reproduced
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.still import Still
from luthier_desktop.ui.design_editor.view import View, fitted
from luthier_desktop.ui.job_runner import JobCall
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.workbench.details_room import DetailsRoom

_NO_RUN = "No run is chosen."
_JOB = "Verifying the run"
_IN_FORCE = "It is in force."
_ENDED = "It has ended: the design, the setup or the rules are others now."


class Inspecting(QObject):
    """Answers the details pane on the worker; of another run than the shown one it is dropped."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log
        self._still: Still | None = None
        details = log.details
        self.room = DetailsRoom(window, details)
        details.standing = self._standing
        details.verifyWanted.connect(self._verify)
        details.reproduceWanted.connect(self._reproduce)
        details.runWanted.connect(log.show_run)
        details.said.connect(window.messages.say)
        details.drawing.wanted.connect(self._draw)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of the details call."""
        return {
            "verify_run": self.verify,
            "reproduce_run": self.reproduce,
            "next_details_page": partial(self._step, 1),
            "previous_details_page": partial(self._step, -1),
        }

    def verify(self) -> None:
        """Verify the current run, and show what was found in its details."""
        self._for_current(self._verify)

    def reproduce(self) -> None:
        """Judge the current run again, and show what came of it in its details."""
        self._for_current(self._reproduce)

    def _for_current(self, deed: Callable[[str], None]) -> None:
        entry = self._log.current()
        if entry is None:
            self._window.messages.say(_NO_RUN)
            return
        if not self._log.details.isVisible():
            self._log.show_details()
        deed(entry.run_id)

    def _step(self, by: int) -> None:
        if not self._log.details.isVisible():
            self._log.show_details()
        self._log.details.step_page(by)

    # Verifying

    def _verify(self, run_id: str) -> None:
        self._log.details.show_verifying()
        work = partial(self._studio.proofs.of, run_id, is_patient=False)
        self._background.run(work, self._verified, self._fail)

    def _verified(self, proof: RunProof) -> None:
        self._tell(proof)
        if not proof.is_whole:
            arguments = {"run_id": proof.run_id}
            call = JobCall("verify_run", _JOB, str(self._studio.data_dir), arguments)
            self._background.start(call, self._verified_wholly, self._fail)

    def _verified_wholly(self, told: Mapping[str, Any]) -> None:
        lines = tuple(ProofLine(**line) for line in told["results"])
        self._tell(RunProof(told["run_id"], told["seq"], lines))

    def _tell(self, proof: RunProof) -> None:
        self._log.details.show_proof(proof)
        self._window.statusBar().showMessage(tr(proof.sentence))

    # Judging again

    def _reproduce(self, run_id: str) -> None:
        self._log.details.show_judging()
        work = partial(self._studio.runs.reproduce, run_id)
        self._background.run(work, self._reproduced, partial(self._not_reproduced, run_id))

    def _reproduced(self, found: Reproduced) -> None:
        self._log.details.show_reproduced(found)
        self._window.statusBar().showMessage(tr(found.sentence))

    def _not_reproduced(self, run_id: str, error: Exception) -> None:
        if isinstance(error, LuthierError):
            self._log.details.show_refused(run_id, error)
            self._window.statusBar().showMessage(tr(error.sentence))
        else:
            self._fail(error)

    def _standing(self, run_id: str) -> str:
        """Say on the worker whether a decision is in force."""
        kept = self._studio.decisions.of_run(run_id)
        if kept is None:
            return ""
        document = kept.document
        if document["damaged"]:
            return f"It counts as absent: {document['fault']}"
        return _IN_FORCE if document["in_force"] else _ENDED

    # Drawing

    def _draw(self, design: RosetteParamSpec, size: QSize, pixel_ratio: float) -> None:
        view = whole_view(design, size)
        work = partial(self._image, design, view, size, pixel_ratio)
        done = partial(self._drawn, design, view)
        self._background.run_long(work, done, self._fail)

    def _image(
        self, design: RosetteParamSpec, view: View, size: QSize, pixel_ratio: float
    ) -> QImage:
        if self._still is None:
            self._still = Still(self._studio.materials)
        return self._still.image(design, view, size, pixel_ratio)

    def _drawn(self, design: RosetteParamSpec, view: View, image: QImage) -> None:
        self._log.details.drawing.show_image(design, image, view.px_per_mm)

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def whole_view(design: RosetteParamSpec, size: QSize) -> View:
    """Return the view that shows all of *design* on so many pixels."""
    outer_mm = [radii.outer_mm for radii in ring_radii(design)]
    radius_mm = max([design.outer_diameter_mm / 2, *outer_mm])
    area_mm = QRectF(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm)
    return fitted(area_mm, QSizeF(size))
