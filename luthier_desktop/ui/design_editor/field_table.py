"""The fields of the inspector beyond plain lengths: names, units, choices, what absence means."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import Any, NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.ui import units

PATTERN = "pattern."
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


class Kind(Enum):
    """What a field holds, and so how it is typed and written."""

    LENGTH = auto()
    SIGNED_LENGTH = auto()
    ANGLE = auto()
    COUNT = auto()
    SHARE = auto()
    CHOICE = auto()
    MATERIAL = auto()

    @property
    def is_length(self) -> bool:
        """Whether it is shown and typed in the window's unit."""
        return self in (Kind.LENGTH, Kind.SIGNED_LENGTH)


class Choice(NamedTuple):
    """One entry of a list: the value in the design, None for absent, and its words."""

    value: Any
    text: str


class FieldSpec(NamedTuple):
    """A field at *path* of the design or of a ring; *absent* is shown where it has no value."""

    path: str
    name: str
    tip: str
    kind: Kind
    absent: str = ""
    choices: tuple[Choice, ...] = ()

    def read(self, text: str, what: str) -> Any:
        """Read typed text; nothing takes the value away.

        Raises:
            InputRefused: The text is not of the field's kind; *what* names the field.
        """
        if not text.strip():
            return None
        if self.kind.is_length:
            return units.read(text, what)
        value = _parse_number(text, what, *_READ[self.kind])
        if self.kind is Kind.SHARE:
            return round(value / 100, 9)
        return int(value) if self.kind is Kind.COUNT and value.is_integer() else value

    def write(self, value: Any) -> str:
        """Write a value of the design for people; "" for none."""
        if value is None:
            return ""
        if self.kind is Kind.CHOICE:
            return next((one.text for one in self.choices if one.value == value), str(value))
        if self.kind is Kind.MATERIAL:
            return str(value).replace("_", " ")
        if self.kind is Kind.COUNT or isinstance(value, str):
            return str(value)
        if self.kind.is_length:
            return units.text(value)
        tail = "°" if self.kind is Kind.ANGLE else " %"
        return units.number(value * (100 if self.kind is Kind.SHARE else 1)) + tail

    def brief(self, value: Any) -> str:
        """Write a value for reading along; the rules give some lengths in a word."""
        if self.kind.is_length and not isinstance(value, str):
            return units.brief(value)
        return self.write(value)

    def step(self, before: Any, after: Any) -> str:
        """Say a change for the history: ``60 to 62``, ``set to 60``, ``60 taken away``."""
        if self.kind.is_length:
            return change_text(before, after)
        if before is None:
            return f"set to {self.write(after)}"
        if after is None:
            return f"{self.write(before)} taken away"
        return f"{self.write(before)} to {self.write(after)}"


_READ = {
    Kind.ANGLE: ("°", "an angle in degrees; type a number such as 45"),
    Kind.COUNT: ("", "a whole number; type one such as 60"),
    Kind.SHARE: ("%", "a share in percent; type a number such as 10"),
}


def _yes_no(absent: str) -> tuple[Choice, ...]:
    return (Choice(None, absent), Choice(True, "Yes"), Choice(False, "No"))


_L, _C, _X = Kind.LENGTH, Kind.COUNT, Kind.CHOICE
OF_DESIGN = (
    FieldSpec("soundhole_edge", "Soundhole edge", "Whether a binding covers the edge.", _X, "",
              (Choice("wood", "Bare wood"), Choice("bound", "Bound"))),
    FieldSpec("top.face_removal_mm", "Taken from the face",
              "What levelling and sanding take from the top's face.", _L),
    FieldSpec("top.back_removal_mm", "Taken from the back",
              "What thinning takes from the top's inside after the inlay.", _L),
    FieldSpec("top.backed", "Backed", "Whether a patch is glued behind the channel.", _X, "",
              _yes_no("Not said")),
    FieldSpec("top.rosette_limit_diameter_mm", "Limit circle",
              "The circle round the soundhole that the rosette must stay in.", _L, "none"),
    FieldSpec("channel.layout", "Channel layout",
              "One channel for the whole stack, or one for each ring.", _X, "",
              (Choice(None, "Not said"), Choice("single", "One channel"),
               Choice("per_ring", "One a ring"))),
    FieldSpec("channel.clearance_mm", "Clearance",
              "How much wider the channel is than what goes in; below zero is a press fit.",
              Kind.SIGNED_LENGTH),
    FieldSpec("channel.glue", "Glue", "The glue that holds the rosette.", _X, "",
              (Choice(None, "Not said"), Choice("hide", "Hide glue"), Choice("pva", "PVA"),
               Choice("ca", "CA"), Choice("epoxy", "Epoxy"))),
)
"""Fields of the design; what is absent comes from the shop."""

OF_RING = (
    FieldSpec("strip_thickness_mm", "Strip thickness",
              "Thickness of the strip across the bend.", _L, "by the width"),
    FieldSpec("bending", "Bending", "How the strip is bent to the ring.", _X, "",
              (Choice(None, "Not said"), Choice("cold", "Cold"), Choice("hot", "Hot"),
               Choice("none", "Not bent"))),
    FieldSpec("made", "Made", "Who makes the ring: only a machined one is cut here.", _X, "",
              (Choice("hand", "By hand"), Choice("bought", "Bought"),
               Choice("machine", "By machine"))),
    FieldSpec("pattern.count", "Pieces round",
              "How many tiles, bars, dots, waves, bights or spokes go round.", _C,
              "by the length"),
    FieldSpec("pattern.pieces", "Pieces", "How many equal sectors the ring is joined from.", _C,
              "one"),
    FieldSpec("pattern.tapered", "Tapered", "Whether the pieces are cut as wedges.", _X, "",
              _yes_no("Yes, as usual")),
    FieldSpec("pattern.angle_deg", "Angle", "How steep the bars lean from the ring's line.",
              Kind.ANGLE, "45°"),
    FieldSpec("pattern.mirrored", "Mirrored", "Whether the points meet on the guitar's axis.", _X,
              "", _yes_no("No, as usual")),
    FieldSpec("pattern.rows", "Rows", "Cells of the tile across the ring.", _C, "by the width"),
    FieldSpec("pattern.cols", "Columns", "Cells of the tile along the ring.", _C,
              "by the length"),
    FieldSpec("pattern.px_mm", "Cell size", "Thickness of one veneer of the tile.", _L,
              "by the width"),
    FieldSpec("pattern.symmetry", "Symmetry", "How each tile follows the one before it.", _X, "",
              (Choice(None, "Not said"), Choice("slip", "Slip: all alike"),
               Choice("book", "Book: mirrored"), Choice("inversion", "Upside down"),
               Choice("book_inversion", "Half a turn"))),
    FieldSpec("pattern.slice_mm", "Slice thickness", "How thick the log is sliced.", _L,
              "by the inlay"),
    FieldSpec("pattern.log_length_mm", "Log length", "Length of the log that is sliced.", _L,
              "not given"),
    FieldSpec("pattern.kerf_mm", "Saw kerf", "What the saw takes at each cut.", _L, "not given"),
    FieldSpec("pattern.logs", "Logs", "How many logs are glued up.", _C, "not given"),
    FieldSpec("pattern.waste", "Spares", "Slices to make beyond those needed.", Kind.SHARE,
              "10 %"),
    FieldSpec("pattern.lean_mm", "Lean", "How far a strand runs along while it crosses.", _L,
              "the width"),
    FieldSpec("pattern.outline_mm", "Outline", "Thickness of the line between strands.", _L,
              "none"),
    FieldSpec("pattern.outline_material_id", "Outline's wood",
              "Material of the line between strands.", Kind.MATERIAL, "Ebony, as usual"),
    FieldSpec("pattern.backing_mm", "Backing", "The veneer behind each row; 0 for none.", _L,
              "a veneer"),
    FieldSpec("pattern.backing_material_id", "Backing's wood",
              "Material of the veneer behind each row.", Kind.MATERIAL, "As the first"),
    FieldSpec("pattern.band_mm", "Band", "Thickness of the band that swings.", _L,
              "by the width"),
    FieldSpec("pattern.amplitude_mm", "Swing",
              "How far the band goes to either side of the ring's middle.", _L, "by the width"),
    FieldSpec("pattern.strands", "Strands", "How many strands are plaited, 2 to 12.", _C,
              "three"),
    FieldSpec("pattern.strand_mm", "Strand width", "Width of one strand.", _L, "by the width"),
    FieldSpec("pattern.min_cell_mm", "Smallest part",
              "How small the smallest part of the figure is, measured.", _L, "not given"),
    FieldSpec("pattern.shape", "Block shape", "Whether the blocks follow the curve.", _X, "",
              (Choice(None, "Curved, as usual"), Choice("curved", "Curved"),
               Choice("straight", "Straight"), Choice("pre_curved", "Bought curved"))),
    FieldSpec("pattern.stock_radius_mm", "Stock radius", "Radius of the bought curve.", _L,
              "not given"),
    FieldSpec("pattern.gap_mm", "Joint gap",
              "What is left open between two blocks, or beside a strand that crosses over.", _L,
              "as usual"),
    FieldSpec("pattern.dot_diameter_mm", "Dot diameter", "Diameter of one dot.", _L,
              "by the width"),
    FieldSpec("pattern.prelaminated", "Laminated first",
              "Whether the lines are glued to one strip before bending.", _X, "",
              _yes_no("No, as usual")),
)
"""Fields of a ring; those of a pattern only stand where its family has them."""


def _parse_number(text: str, what: str, unit: str, wanted: str) -> float:
    """Read a number with or without its *unit*; *wanted* says what the field takes."""
    bare = text.strip().removesuffix(unit).strip()
    if not _NUMBER.fullmatch(bare):
        shown = text.strip() or "nothing"
        raise InputRefused(f"{what}: {shown!r} is not {wanted}.")
    value = float(bare.replace(",", "."))
    if not math.isfinite(value):
        raise InputRefused(f"{what}: {text.strip()!r} is not a finite number.")
    return value


def belongs(path: str, family: PatternFamily | None) -> bool:
    """Say whether a ring of *family* has a field at *path*; the ring's own ones always."""
    if not path.startswith(PATTERN):
        return True
    return family is not None and path.removeprefix(PATTERN) in PARAMETERS[family].model_fields


def by_path(specs: Iterable[FieldSpec]) -> dict[str, FieldSpec]:
    """Return the fields by their path."""
    return {spec.path: spec for spec in specs}
