"""A recipe as a page of text, step by step, for the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from luthier_desktop.domain.bill.recipe import Log, Recipe, Stick
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.parameters import Symmetry
from luthier_desktop.domain.patterns.totals import material_totals
from luthier_desktop.domain.rosette import RingParam

Named = Callable[[str], str]
Measured = Callable[[float], str]
_SYMMETRIES: dict[Symmetry, str] = {
    "slip": "all alike",
    "book": "each mirrored to the one before it",
    "inversion": "each upside down to the one before it",
    "book_inversion": "each half a turn to the one before it",
}


def recipe_text(recipe: Recipe, title: str, name: Named, measure: Measured) -> str:
    """Write the recipe; *name* turns a material's id, *measure* a length in mm into words."""
    steps = (
        ("Veneers", _veneers(recipe, name, measure)),
        ("Planks", _planks(recipe, name, measure)),
        ("Sticks", _sticks(recipe, measure)),
        ("Logs" if len(recipe.logs) > 1 else "Log", _glued(recipe, measure)),
        ("Slices", _slices(recipe, measure)),
        ("Ring", _ring(recipe)),
    )
    size = f"{recipe.rows} rows x {recipe.cols} columns, {recipe.tiles} tiles"
    lines = [title, f"{size}, {_SYMMETRIES[recipe.symmetry]}"]
    for number, (step, own) in enumerate(steps, start=1):
        lines += ["", f"{number}. {step}", *(f"   {line}" for line in own)]
    return "\n".join(lines) + "\n"


def fields_text(ring: RingParam, radii: RingRadii, title: str, name: Named) -> str:
    """Write what is sawn for an own tile, whose fields come from veneer one by one."""
    layout = lay_out(ring, radii)
    totals = material_totals(layout)
    lines = [
        title, f"{layout.tiles} tiles, sawn field by field from veneer, the grain as drawn.", "",
        *(
            f"{name(wood)}: {_counted(total.pieces, 'field')} in the ring"
            for wood, total in totals.items()
        ),
        "", "To slice the tile from a log instead, make the ring a mosaic; it keeps the tile.",
    ]
    return "\n".join(lines) + "\n"


def plank_letter(number: int) -> str:
    """Name a plank: A to Z, then AA, AB and so on."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def runs(words: Iterable[str]) -> str:
    """Write an order with neighbours that are alike counted: ``2 x Holly; Pear, dyed black``."""
    counted = ((word, sum(1 for _ in alike)) for word, alike in groupby(words))
    return "; ".join(word if count == 1 else f"{count} x {word}" for word, count in counted)


def stick_order(sticks: tuple[Stick, ...]) -> str:
    """Write the sticks of a log in order: ``A B B'``; a dash is a stick upside down."""
    return " ".join(
        plank_letter(stick.plank) + ("'" if stick.upside_down else "") for stick in sticks
    )


def _veneers(recipe: Recipe, name: Named, measure: Measured) -> Iterator[str]:
    yield (
        f"Thickness {measure(recipe.veneer_mm)} (the ring's {measure(recipe.height_mm)} in "
        f"{recipe.rows} rows), length {measure(recipe.longest_log_mm)}."
    )
    for wood in recipe.woods:
        yield (
            f"{name(wood.material_id)}: {_counted(wood.cells_a_tile, 'cell')} a tile, "
            f"{wood.cells} in the ring"
        )
        yield f"   {_counted(wood.strips, 'strip')}, {measure(wood.veneer_mm)} wide together"
    yield (
        f"With the saw's {measure(recipe.kerf_mm)} beside each strip, and "
        f"{recipe.waste_share:.0%} spare slices."
    )


def _planks(recipe: Recipe, name: Named, measure: Measured) -> Iterator[str]:
    yield "Glue the veneers in this order, the inner edge of the ring first."
    for number, plank in enumerate(recipe.planks):
        used = _columns_of(number, recipe)
        yield f"{plank_letter(number)}: {runs(name(wood) for wood in plank.veneers)}"
        yield f"   {used}; {_counted(plank.sticks, 'stick')}, {measure(plank.width_mm)} wide"


def _columns_of(number: int, recipe: Recipe) -> str:
    """Say which columns of the first log are sawn from a plank: ``columns 1 and 9``."""
    for log in recipe.logs:
        upright = [at for at, stick in enumerate(log.sticks, 1) if stick == (number, False)]
        turned = [at for at, stick in enumerate(log.sticks, 1) if stick == (number, True)]
        if upright or turned:
            said = [_listed(upright)] if upright else []
            said += [f"{_listed(turned)} upside down"] if turned else []
            return ", ".join(said)
    return "no column"


def _listed(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"column {numbers[0]}"
    alike = " are alike" if len(numbers) > 1 else ""
    return f"columns {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}{alike}"


def _sticks(recipe: Recipe, measure: Measured) -> Iterator[str]:
    yield (
        f"Saw {_counted(sum(plank.sticks for plank in recipe.planks), 'stick')} "
        f"{measure(recipe.stick_mm)} wide; the saw takes {measure(recipe.kerf_mm)}."
    )
    yield (
        f"Taper each to {measure(recipe.inner_mm)} at the inner edge: "
        f"{measure(recipe.taper_mm)} less, {recipe.column_deg:.3f}° in all, "
        f"{recipe.column_deg / 2:.3f}° a side."
    )


def _glued(recipe: Recipe, measure: Measured) -> Iterator[str]:
    yield "Glue the sticks from left to right as seen from the soundhole, wide edge outside."
    for number, log in enumerate(recipe.logs, start=1):
        which = f"Log {number}, " if len(recipe.logs) > 1 else ""
        yield (
            f"{which}{_counted(log.logs, 'piece')} of {measure(log.length_mm)}: "
            f"{stick_order(log.sticks)}"
        )
    if any(stick.upside_down for log in recipe.logs for stick in log.sticks):
        yield "A dash after the letter: turn the stick upside down before it is tapered."
    width_mm, inner_mm = recipe.stick_mm * recipe.cols, recipe.inner_mm * recipe.cols
    yield (
        f"A log is {measure(width_mm)} wide outside, {measure(inner_mm)} inside, "
        f"{measure(recipe.height_mm)} high."
    )


def _slices(recipe: Recipe, measure: Measured) -> Iterator[str]:
    yield f"Slice {measure(recipe.slice_mm)} thick; the saw takes {measure(recipe.kerf_mm)}."
    for number, log in enumerate(recipe.logs, start=1):
        which = f"Log {number}: " if len(recipe.logs) > 1 else ""
        yield (
            f"{which}{_counted(log.slices_needed, 'slice')} needed for "
            f"{_counted(log.tiles, 'tile')}; a log of {measure(log.length_mm)} gives "
            f"{log.slices_per_log}, so {_counted(log.logs, 'log')}."
        )


def _ring(recipe: Recipe) -> Iterator[str]:
    first = recipe.logs[0]
    if len(recipe.logs) > 1:
        yield (
            f"Lay {_counted(first.tiles, 'tile')} of log 1 and "
            f"{recipe.logs[1].tiles} of log 2 by turns, all the same face up."
        )
    elif first.turned_over:
        yield (
            f"Lay {_counted(first.tiles, 'tile')}; turn every second one over like a page "
            f"({first.turned_over} in all)."
        )
    else:
        yield f"Lay {_counted(first.tiles, 'tile')}, all the same face up."
    yield from _left_over(first, recipe)


def _left_over(first: Log, recipe: Recipe) -> Iterator[str]:
    if recipe.symmetry != "slip" and recipe.tiles % 2:
        yield "The number of tiles is odd: two tiles that are alike meet where the ring closes."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
