"""The gallery: starters with their pictures and verdicts, and new designs by instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.instruments import Instrument, Sizes
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.presets import Starter
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.picture import Picture
from luthier_desktop.ui.design_editor.thumbnail import whole_frame
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.workbench.gallery_model import Card, Face
from luthier_desktop.ui.workbench.gallery_view import PICTURE_PX
from luthier_desktop.ui.workbench.new_design_dialog import NewDesignDialog

TURN_MS = 8
"""So long it is drawn before the window has its turn."""
_FINISH = "woods_after_finish"
_AT_START = "gallery_at_start"


class Gallery(QObject):
    """Opens the dialog that a new design begins in; ``opened(design)`` carries what was chosen.

    ``recentWanted`` asks for the files that were opened last in place of it.
    Pictures are drawn bit by bit while the dialog is in sight, and kept.
    """

    opened = Signal(object)
    recentWanted = Signal()

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._dialog: NewDesignDialog | None = None
        self._cards: list[Card] = []
        self._faces: dict[int, Face] = {}
        self._picture: Picture | None = None
        self._setup: object = None
        self._strokes: Iterator[int] = iter(())
        self._drawing = QTimer(self)
        self._drawing.setInterval(0)
        self._drawing.timeout.connect(self._draw_on)
        editor.canvas.picture.show_finish(window.state.flag(_FINISH, True))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about the gallery call."""
        return {"new_design": self.show, "switch_finish": self.switch_finish}

    @property
    def is_drawing(self) -> bool:
        """Whether pictures are still to be drawn."""
        return self._drawing.isActive()

    def greet(self) -> None:
        """Show the gallery at the start, unless it was closed for good."""
        if self._window.state.flag(_AT_START, True):
            self.show()

    def show(self) -> None:
        """Show the dialog."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        if self._cards:
            self._open_dialog(self._cards)
        else:
            work = partial(_read_cards, self._studio)
            self._background.run(work, self._open_dialog, self._window.messages.fail)

    def _open_dialog(self, cards: list[Card]) -> None:
        if self._dialog is not None:  # asked for twice, before the starters were read
            return
        self._cards = cards
        self._judge_anew()
        known = self._studio.presets.instruments
        self._dialog = dialog = NewDesignDialog(known, cards, self._faces, self._window)
        dialog.show_at_start(self._window.state.flag(_AT_START, True))
        dialog.chosen.connect(self._take)
        dialog.begun.connect(self._begin)
        dialog.recentWanted.connect(self.recentWanted)
        dialog.startChanged.connect(self._remember)
        dialog.finished.connect(self._forget)
        dialog.open()
        self._strokes = self._draw_all(dialog)
        self._drawing.start()

    def switch_finish(self) -> None:
        """Show the woods raw, or after finish again: in the drawing and in the gallery."""
        canvas = self._editor.canvas
        finished = not canvas.picture.paints.is_finished
        canvas.picture.show_finish(finished)
        canvas.update()
        self._faces.clear()
        self._window.state.remember(**{_FINISH: finished})
        self._window.messages.say("Woods after finish" if finished else "Raw woods")

    def _judge_anew(self) -> None:
        """Forget the verdicts when another setup is in use."""
        setup = self._studio.setups.last_known()
        if setup != self._setup:
            self._setup = setup
            self._faces.clear()

    def draw_stroke(self) -> bool:
        """Draw a ring of what is to be drawn; False when there is nothing left."""
        return next(self._strokes, None) is not None

    def _draw_on(self) -> None:
        """Draw for a turn of the window, then let it do what it has to do."""
        turn = QElapsedTimer()
        turn.start()
        while turn.elapsed() < TURN_MS:
            if not self.draw_stroke():
                self._drawing.stop()
                return

    def _draw_all(self, dialog: NewDesignDialog) -> Iterator[int]:
        """Draw every starter that was not drawn yet, a ring a step."""
        for at, card in enumerate(self._cards):
            if at not in self._faces:
                yield from self._draw(at, card.starter.design)
                dialog.model.show_drawn(at)

    def _draw(self, at: int, design: RosetteParamSpec) -> Iterator[int]:
        """Draw a design from its innermost ring outwards; its face is kept when all is drawn.

        The picture keeps the rings below, so that a step costs what its ring does.
        """
        paints = self._editor.canvas.picture.paints
        if self._picture is None:
            self._picture = Picture(self._studio.materials, paints=paints.beside())
        self._picture.show_finish(paints.is_finished)
        frame = whole_frame(design, PICTURE_PX, self._window.devicePixelRatioF())
        for count in range(len(design.ring_params)):
            begun = design.model_copy(update={"ring_params": design.ring_params[:count]})
            self._picture.pixmap(begun, frame, hurried=False)
            yield at
        picture = self._picture.pixmap(design, frame, hurried=False)
        scored = self._studio.feasibility.preview(design)
        self._faces[at] = Face(picture, scored.risk_bucket, scored.score)

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

    def _open(self, design: RosetteParamSpec) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.opened.emit(design)

    def _remember(self, wanted: bool) -> None:
        self._window.state.remember(**{_AT_START: wanted})
        self._window.state.save()

    def _forget(self, _: int) -> None:
        self._drawing.stop()
        self._strokes = iter(())
        self._dialog = None


def _read_cards(studio: Studio) -> list[Card]:
    """Read the starters, and the instruments that they are for; on the worker."""
    names = {one.instrument_id: one.name for one in studio.presets.instruments.instruments}
    starters = studio.presets.starters()
    return [Card(starter, names.get(starter.instrument_id, "")) for starter in starters]
