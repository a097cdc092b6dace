"""Previews for the Export and the print dialog, each drawn off the window's thread."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.parts_options import PartsOptions
from luthier_desktop.domain.pdf_options import PdfOptions
from luthier_desktop.services import export_cutting, export_previews, export_sheets
from luthier_desktop.services.export_drawing import Draft
from luthier_desktop.services.export_kinds import kind_named
from luthier_desktop.services.export_previews import CutListSeen
from luthier_desktop.services.picture_source import Source
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.exporting.export_dialog import Wish
from luthier_desktop.ui.exporting.formats import PICTURES, SHARE
from luthier_desktop.ui.exporting.preview_pane import PreviewPane
from luthier_desktop.ui.exporting.sheet_painter import Page, page_of
from luthier_desktop.ui.job_runner import JobCall
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.workbench.export_source import ExportSource

PREVIEW_PX = 640
_WORK = "Drawing a preview"
_LINES = {"style": "lines", "dimensions": True}
_SHARE = (
    "A share file holds the snapshot, the run that judged it, the rules of that verdict and the "
    "proof from the log. Whoever opens it sees whether a byte was changed on its way."
)


def _pages(draft: Draft, options: PdfOptions) -> tuple[Page, ...]:
    return tuple(map(page_of, export_sheets.sheets(draft, options)))


def _part_pages(draft: Draft, options: PartsOptions) -> tuple[Page, ...]:
    return tuple(map(page_of, export_previews.part_sheets(draft, options)))


_LOOKS: Mapping[str, Callable[..., tuple[Page, ...] | CutListSeen | CutPlan]] = {
    "pdf": _pages,
    "bom": export_previews.cut_list_seen,
    "gcode": export_cutting.cut_plan,
    "parts": _part_pages,
}


class _Wanted(NamedTuple):
    """One preview that was asked for, and its number."""

    number: int
    source: ExportSource
    wish: Wish


class ExportLooks(QObject):
    """Draws previews into one pane; of several asked for at once only the last is shown."""

    def __init__(
        self, pane: PreviewPane, background: Background, studio: Studio, messages: Messages
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._background = background
        self._studio = studio
        self._messages = messages
        self._number = 0
        self._is_drawing = False
        self._next: _Wanted | None = None
        self._is_closed = False
        pane.sheets.failed.connect(self._tell)

    def close(self, _: int = 0) -> None:
        """Show nothing more: the dialog is gone."""
        self._is_closed = True
        self._next = None

    def look(self, source: ExportSource, wish: Wish) -> None:
        """Draw what a file of *source* would show."""
        self._number += 1
        wanted = _Wanted(self._number, source, wish)
        if wish.format.id == SHARE:
            self._pane.tell(_SHARE)
        elif wish.format.look == "picture":
            self._draw_picture(wanted)
        else:
            work = partial(seen, self._studio, source.source, wish)
            done = partial(self._show, wanted.number)
            self._background.run(work, done, partial(self._fail, wanted.number))

    def _draw_picture(self, wanted: _Wanted) -> None:
        """Draw one at a time in a process of its own; of those that wait only the last."""
        if self._is_drawing:
            self._next = wanted
            return
        self._is_drawing = True
        is_picture = wanted.wish.format.kind in PICTURES
        options = wanted.wish.options if is_picture else _LINES
        wide_px = round(PREVIEW_PX * self._pane.devicePixelRatioF())
        arguments = {**wanted.source.arguments(), "options": options, "wide_px": wide_px}
        call = JobCall("picture_preview", _WORK, str(self._studio.data_dir), arguments)
        done = partial(self._drawn, wanted.number)
        self._background.start(call, done, partial(self._not_drawn, wanted.number))

    def _drawn(self, number: int, told: Mapping[str, Any]) -> None:
        self._show(number, base64.b64decode(told["png"]))
        self._draw_next()

    def _not_drawn(self, number: int, error: Exception) -> None:
        self._fail(number, error)
        self._draw_next()

    def _draw_next(self) -> None:
        wanted, self._next, self._is_drawing = self._next, None, False
        if wanted is not None and not self._is_closed:
            self._draw_picture(wanted)

    def _show(self, number: int, found: bytes | tuple[Page, ...] | CutListSeen | CutPlan) -> None:
        if number != self._number or self._is_closed:
            return
        if isinstance(found, bytes):
            self._pane.show_picture(found)
        elif isinstance(found, CutListSeen):
            self._pane.show_tables(found.tables, " ".join(found.lacks))
        elif isinstance(found, CutPlan):
            self._pane.show_plan(found)
        else:
            self._pane.show_pages(found)

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._number and not self._is_closed:
            self._tell(error)
        elif not isinstance(error, LuthierError):
            self._messages.fail(error)

    def _tell(self, error: Exception) -> None:
        self._messages.fail(error, self._pane.tell)


def seen(studio: Studio, source: Source, wish: Wish) -> tuple[Page, ...] | CutListSeen | CutPlan:
    """Return what is shown of a file that is no picture; on the worker.

    Raises:
        InputRefused: It cannot be made with these options.
        NotFound: There is no such snapshot.
        RecordDamaged: The snapshot is damaged.
    """
    options = kind_named(wish.format.kind).options.read(wish.options, "The options")
    draft = studio.exporting.draft(source)
    return _LOOKS[wish.format.kind](draft, options)
