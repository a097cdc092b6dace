"""The gallery: starters with their pictures and verdicts, and new designs by instrument."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.instruments import Instrument, Sizes
from luthier_desktop.services.presets import Starter
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.picture import Picture
from luthier_desktop.ui.design_editor.thumbnail import whole_frame
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.gallery_model import Card, Face
from luthier_desktop.ui.workbench.gallery_view import PICTURE_PX
from luthier_desktop.ui.workbench.new_design_dialog import NewDesignDialog

_AT_START = "gallery_at_start"


class Gallery(QObject):
    """Opens the dialog that a new design begins in; ``opened(design)`` carries what was chosen.

    Pictures are drawn one a turn while the dialog is in sight, and kept.
    """

    opened = Signal(object)

    def __init__(self, window: MainWindow, studio: Studio, editor: DesignEditor) -> None:
        super().__init__(window)
        self._window = window
        self._studio = studio
        self._editor = editor
        self._dialog: NewDesignDialog | None = None
        self._cards: list[Card] = []
        self._faces: dict[int, Face] = {}
        self._picture: Picture | None = None
        self._setup: object = None
        self._undrawn: deque[int] = deque()
        self._drawing = QTimer(self)
        self._drawing.setInterval(0)
        self._drawing.timeout.connect(self._draw_next)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about the gallery call."""
        return {"new_design": self.show, "switch_finish": self.switch_finish}

    def greet(self) -> None:
        """Show the gallery at the start, unless it was closed for good."""
        if self._window.state.flag(_AT_START, True):
            self.show()

    def show(self) -> None:
        """Show the dialog."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        try:
            self._read()
            known = self._studio.presets.instruments
        except LuthierError as error:
            self._window.messages.fail(error)
            return
        self._dialog = dialog = NewDesignDialog(known, self._cards, self._faces, self._window)
        dialog.show_at_start(self._window.state.flag(_AT_START, True))
        dialog.chosen.connect(self._take)
        dialog.begun.connect(self._begin)
        dialog.startChanged.connect(self._remember)
        dialog.finished.connect(self._forget)
        dialog.open()
        self._drawing.start()

    def switch_finish(self) -> None:
        """Show the woods raw, or after finish again: in the drawing and in the gallery."""
        canvas = self._editor.canvas
        finished = not canvas.picture.paints.is_finished
        canvas.picture.show_finish(finished)
        canvas.update()
        self._faces.clear()
        self._window.messages.say("Woods after finish" if finished else "Raw woods")

    def _read(self) -> None:
        """Read the starters once, and judge them anew when another setup is in use."""
        if not self._cards:
            instruments = self._studio.presets.instruments.instruments
            names = {one.instrument_id: one.name for one in instruments}
            self._cards = [
                Card(starter, names.get(starter.instrument_id, ""))
                for starter in self._studio.presets.starters()
            ]
        setup = self._studio.setups.last_known()
        if setup != self._setup:
            self._setup = setup
            self._faces.clear()
        self._undrawn = deque(at for at in range(len(self._cards)) if at not in self._faces)

    def _draw_next(self) -> None:
        if not self._undrawn or self._dialog is None:
            self._drawing.stop()
            return
        at = self._undrawn.popleft()
        self._faces[at] = self._face(self._cards[at].starter)
        self._dialog.model.show_drawn(at)

    def _face(self, starter: Starter) -> Face:
        paints = self._editor.canvas.picture.paints
        if self._picture is None:
            self._picture = Picture(self._studio.materials, paints=paints.beside())
        self._picture.show_finish(paints.is_finished)
        frame = whole_frame(starter.design, PICTURE_PX, self._window.devicePixelRatioF())
        picture = self._picture.pixmap(starter.design, frame, hurried=False)
        scored = self._studio.feasibility.preview(starter.design)
        return Face(picture, scored.risk_bucket, scored.score)

    def _take(self, starter: Starter) -> None:
        nameless = starter.design.model_copy(update={"design_id": None})
        self._open(self._studio.designs.identified(nameless))

    def _begin(self, instrument: Instrument, sizes: Sizes, with_ring: bool) -> None:
        try:
            design = self._studio.presets.begin(instrument, sizes, with_ring=with_ring)
        except LuthierError as error:
            if self._dialog is not None:
                self._dialog.refuse(error.sentence)
            return
        self._open(design)

    def _open(self, design: object) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.opened.emit(design)

    def _remember(self, wanted: bool) -> None:
        self._window.state.remember(**{_AT_START: wanted})
        self._window.state.save()

    def _forget(self, _: int) -> None:
        self._drawing.stop()
        self._dialog = None
