"""Feed and speed advice in words: the window, where the present value stands, what is advised."""

from __future__ import annotations

from typing import Any, NamedTuple

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.feed_advice import FeedAdvice, NoAdvice, Window, feed_advice
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.workshop import Cut, Setup
from luthier_desktop.ui import units
from luthier_desktop.ui.library.entry import NO_VALUES, Values
from luthier_desktop.ui.library.setup_specs import name_of
from luthier_desktop.ui.library.spec import feed_text

_BITS = {"cut": "tool", "inlay_cut": "inlay_tool"}
_PARTS = {
    "tool": "the bit's", "machine": "the machine's",
}  # fmt: skip
_NO_BIT = "Choose a bit and a machine on the page Setups, and a wood here."
_STEP = "stepdown_mm"
_ERROR = "forces are known to ±50 % only"


class Line(NamedTuple):
    """One value: *sure* to *window.high* is what holds only if forces are less than reckoned.

    *status* is GREEN inside, YELLOW beside the window, UNKNOWN without a present value.
    """

    name: str
    window: Window
    sure: float
    present: float | None
    status: str
    words: str


class Told(NamedTuple):
    """The advice on one cut; *refusal* says why there is none."""

    refusal: str = ""
    lead: str = ""
    lines: tuple[Line, ...] = ()
    values: Values = NO_VALUES


def told(plain: Values, part: str, material_id: str | None, woods: MaterialCatalogue) -> Told:
    """Advise on the cut *part* of a setup in a material."""
    try:
        setup = Setup.read(dict(plain), "It")
    except LuthierError as error:
        return Told(error.sentence)
    tool, machine = getattr(setup, _BITS[part]), setup.machine
    material = woods.get(material_id)
    if tool is None or machine is None or material is None:
        return Told(_NO_BIT)
    present: Cut = getattr(setup, part) or Cut()
    found = feed_advice(tool, machine, material, present)
    if isinstance(found, NoAdvice):
        return Told(_named(found.sentence, part))
    windows = {
        "spindle_rpm": found.spindle_rpm, "feed_mm_min": found.feed_mm_min,
        "plunge_mm_min": found.plunge_mm_min, _STEP: found.stepdown_mm,
    }  # fmt: skip
    lines = tuple(_line(name, one, getattr(present, name)) for name, one in windows.items())
    values = {f"{part}.{name}": value for name, value in found.values().items()}
    return Told("", _lead(found, material.name), lines, values)


def _line(name: str, window: Window, present: float | None) -> Line:
    sure = window.low if name == _STEP else window.high
    if name == _STEP:
        window = window._replace(low=0.0)
    status, where = _where(window, sure, present)
    write = _write(name)
    allowed = (
        f"{write(window.low)} to {write(window.high)}" if window.low else (f"up to {write(sure)}")
    )
    if sure < window.high:
        allowed += f", perhaps {write(window.high)} ({_ERROR})"
    now = f"{write(present)} is {where}" if present is not None else "nothing is set"
    words = f"{now}; recommended {allowed}; advised {write(window.best)}"
    return Line(name_of(name), window, sure, present, status, words)


def _where(window: Window, sure: float, present: float | None) -> tuple[str, str]:
    if present is None:
        return "UNKNOWN", ""
    if present < window.low:
        return "YELLOW", "below the window"
    if present > window.high:
        return "YELLOW", "above the window"
    return ("GREEN", "inside") if present <= sure else ("YELLOW", "within the error")


def _write(name: str) -> Any:
    if name == _STEP:
        return units.brief
    return feed_text_brief if name.endswith("mm_min") else _rpm


def feed_text_brief(feed_mm_min: float) -> str:
    """Write a feed to a figure that can be set."""
    return feed_text(round(feed_mm_min, 0 if feed_mm_min >= 20 else 1))


def _rpm(value: float) -> str:
    return f"{value:,.0f} rpm"


def _lead(found: FeedAdvice, wood: str) -> str:
    power, chip = found.power_w, found.chip_mm
    return (
        f"{wood} counts as {found.material_class}. A chip of {units.brief(chip.best)}, "
        f"{units.brief(chip.low)} to {units.brief(chip.high)}; power {power.best:.0f} W "
        f"({power.low:.0f} to {power.high:.0f}: {_ERROR})."
    )


def _named(sentence: str, part: str) -> str:
    """Return a refusal with the names of fields where it has their paths."""
    for owner, words in _PARTS.items():
        owned = "the inlay bit's" if part == "inlay_cut" and owner == "tool" else words
        pieces = sentence.split(f"{owner}.")
        if len(pieces) > 1:
            rest = [_first_named(piece) for piece in pieces[1:]]
            sentence = f"{owned} ".join([pieces[0], *rest])
    return sentence


def _first_named(piece: str) -> str:
    ends = (piece.find(sign) for sign in (",", " "))
    stops = [at for at in ends if at >= 0]
    at = min(stops, default=len(piece.rstrip(".")))
    return f"{name_of(piece[:at]).casefold()}{piece[at:]}"
