"""Feed and speed advice for the shop at hand, and "use it" as one step."""

from __future__ import annotations

from typing import Any, NamedTuple

from luthier_desktop.domain.base import shown
from luthier_desktop.domain.errors import InputRefused, NotFound
from luthier_desktop.domain.feed_advice import FeedAdvice, NoAdvice, feed_advice
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.workshop import Machine, Setup, Tool
from luthier_desktop.services.catalogue import Catalogue
from luthier_desktop.services.setup_edits import SetupChanged, SetupEdits
from luthier_desktop.services.setups import Setups


class Work(NamedTuple):
    """What shall be cut with what; each that is absent is that of the setup.

    *inlay* is the cut of inlay parts, for which a material is to be named.
    """

    setup_id: str | None = None
    tool_id: str | None = None
    machine_id: str | None = None
    material_id: str | None = None
    inlay: bool = False


class Advised(NamedTuple):
    """The advice, and what it is for."""

    setup_id: str
    tool: Tool
    machine: Machine
    material: Material
    part: str
    advice: FeedAdvice | NoAdvice


class Feeds:
    """Advises speed, feed, plunge and stepdown with the formulas of the checks."""

    def __init__(self, setups: Setups, edits: SetupEdits, catalogue: Catalogue) -> None:
        self._setups = setups
        self._edits = edits
        self._catalogue = catalogue

    def advise(self, work: Work) -> Advised:
        """Work out the window for a setup's bit, machine and top, or for others in their place.

        Raises:
            NotFound: There is no such setup, bit, machine or material.
            InputRefused: The setup names no bit, no machine or no wood; or a bit is not flat.
            RecordDamaged: The setup cannot be read.
        """
        self._catalogue.look()
        setup = self._setup(work.setup_id)
        tool, machine = self._tool(work, setup), self._machine(work, setup)
        material = self._material(work, setup)
        part = "inlay_cut" if work.inlay else "cut"
        cut = _laid_over(setup.cut, setup.inlay_cut) if work.inlay else setup.cut
        advice = feed_advice(tool, machine, material, cut)
        return Advised(str(setup.setup_id), tool, machine, material, part, advice)

    def use(self, work: Work) -> SetupChanged:
        """Set what is advised in the setup, in one step; of the starter a copy takes its place.

        A bit or a machine that was named goes into the setup as well.

        Raises:
            NotAllowed: Only a lead may.
            InputRefused: There is no window; the sentence names the check that leaves none.
            NotFound, RecordDamaged: As `advise`.
            Conflict: The setup is locked.
        """
        self._edits.require()
        advised = self.advise(work)
        if isinstance(advised.advice, NoAdvice):
            raise InputRefused(f"Nothing was changed: {advised.advice.sentence}")
        values: dict[str, Any] = {
            f"{advised.part}.{name}": value for name, value in advised.advice.values().items()
        }
        if work.tool_id is not None:
            values["inlay_tool" if work.inlay else "tool"] = advised.tool.plain()
        if work.machine_id is not None:
            values["machine"] = advised.machine.plain()
        return self._edits.apply(advised.setup_id, values)

    def _setup(self, setup_id: str | None) -> Setup:
        if setup_id is None:
            return self._setups.current()
        return self._setups.require(setup_id)

    def _tool(self, work: Work, setup: Setup) -> Tool:
        if work.tool_id is not None:
            listed = self._catalogue.tools.get(work.tool_id)
            if listed is None:
                raise _unknown("tool", work.tool_id)
            tool = listed.entry.tool()
            if tool is None:
                raise InputRefused(
                    f"The tool {work.tool_id} is a {listed.entry.shape} bit: only flat bits cut a "
                    "channel."
                )
            return tool
        tool = _laid_over(setup.tool, setup.inlay_tool) if work.inlay else setup.tool
        if tool is None:
            raise InputRefused("The setup names no bit; give one: --tool ID.")
        return tool

    def _machine(self, work: Work, setup: Setup) -> Machine:
        if work.machine_id is not None:
            listed = self._catalogue.machines.get(work.machine_id)
            if listed is None:
                raise _unknown("machine", work.machine_id)
            return listed.entry.machine()
        if setup.machine is None:
            raise InputRefused("The setup names no machine; give one: --machine ID.")
        return setup.machine

    def _material(self, work: Work, setup: Setup) -> Material:
        of_top = None if setup.top is None or work.inlay else setup.top.material_id
        material_id = work.material_id or of_top
        if material_id is None:
            raise InputRefused("Name what is cut: --material ID.")
        material = self._catalogue.known_materials().get(material_id)
        if material is None:
            raise _unknown("material", material_id)
        return material


def _laid_over(base: Any, over: Any) -> Any:
    """Lay the members that *over* gives over those of *base*, as the checks do."""
    if base is None or over is None:
        return over or base
    given = {name: value for name, value in over.__dict__.items() if value is not None}
    return base.model_copy(update=given)


def _unknown(word: str, entry_id: str) -> NotFound:
    return NotFound(f"There is no {word} {shown(entry_id)}; see `luthier catalogue {word}s`.")
