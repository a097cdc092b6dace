"""From a design to the bytes of a file: one function a kind, each handing over what it needs.

The same draft and options are the same bytes on every machine.
"""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop import paths
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.exports import qr
from luthier_desktop.exports.payload import payload_text
from luthier_desktop.exports.png import png_bytes, width_px
from luthier_desktop.exports.svg import Scene, page_size, svg_bytes
from luthier_desktop.services.picture_source import Subject, around

_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf")


class Draft(NamedTuple):
    """What a file is made of, and the suffix of its name; the payload stays out of a preview."""

    subject: Subject
    materials: MaterialCatalogue
    suffix: str = ""
    carries: bool = True

    @property
    def payload(self) -> str:
        """The text that lets the file be opened again."""
        return payload_text(self.subject.document) if self.carries else ""


def svg(draft: Draft, options: PictureOptions) -> bytes:
    """Draw a picture true to scale."""
    return svg_bytes(_scene(draft, options), draft.payload)


def png(draft: Draft, options: PictureOptions) -> bytes:
    """Draw a picture in pixels.

    Raises:
        InputRefused: It would have too many pixels.
    """
    scene = _scene(draft, options)
    size = page_size(scene)
    width_px(size, options)  # refuses what is too large before anything is drawn
    fonts = [paths.resource("fonts") / name for name in _FONTS]
    payload = draft.payload
    return png_bytes(svg_bytes(scene, payload), size, options, fonts, payload)


def _scene(draft: Draft, options: PictureOptions) -> Scene:
    subject = draft.subject
    notes = subject.notes
    if options.caption:
        notes = notes._replace(qr=qr.modules(subject.code))
    place = around(subject.design, subject.setup)
    return Scene(subject.design, draft.materials, place, notes, options)
