"""What a DXF file of a design holds, and in which version of the format."""

from __future__ import annotations

from typing import Literal

from luthier_desktop.domain.base import Flag, Value

DxfVersion = Literal["r2000", "r12"]
DxfPieces = Literal["tiles", "joints", "none"]


class DxfOptions(Value):
    """Which operations stand in the file; each has layers of its own that can be turned off.

    ``version``: R2000 says millimetres in its header; R12, for machines that read nothing newer,
    says them in the names of its layers and in its texts alone. ``pieces``: "tiles" draws every
    piece as a closed profile on a layer a material, and blocks that touch all round the ring by
    the joints between them; "joints" draws no piece, but every joint; "none" neither.
    ``top``: the soundhole and the channels. ``rings``: the circles between rings. ``guides``: axes
    and fingerboard. ``texts``: what the file is, its verdict and its measures. The 100 mm check
    lines are always there.
    """

    version: DxfVersion = "r2000"
    pieces: DxfPieces = "tiles"
    top: Flag = True
    rings: Flag = True
    guides: Flag = True
    texts: Flag = True


PLAIN_DXF = DxfOptions()
