"""Materials by the names that people use, and back to their ids."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.ui.language import tr


class MaterialNames:
    """The names of a catalogue's materials; an id outside it is shown as its own words."""

    def __init__(self, catalogue: MaterialCatalogue) -> None:
        self.take(catalogue)

    def take(self, catalogue: MaterialCatalogue) -> None:
        """Go by another catalogue from now on."""
        self._names = {material.material_id: material.name for material in catalogue}
        self._ids = {tr(name).casefold(): key for key, name in self._names.items()}
        self._ids |= {name.casefold(): key for key, name in self._names.items()}

    def name(self, material_id: str) -> str:
        """Return the material's name: ``Gaboon ebony``."""
        return self._names.get(material_id) or material_id.replace("_", " ").capitalize()

    def listed(self, material_ids: Iterable[str]) -> str:
        """Return the names in their order, with commas."""
        return ", ".join(self.name(material_id) for material_id in material_ids)

    def choices(self) -> list[tuple[str, str]]:
        """Return (id, name) of every material by name."""
        return sorted(self._names.items(), key=lambda pair: pair[1].casefold())

    def parse(self, text: str, what: str) -> tuple[str, ...]:
        """Read names or ids with commas between them; nothing gives no material.

        Raises:
            InputRefused: A word names no material of the catalogue.
        """
        words = [word.strip() for word in text.split(",")]
        return tuple(self._id(word, what) for word in words if word)

    def _id(self, word: str, what: str) -> str:
        key = word.casefold()
        snake = key.replace(" ", "_")
        if snake in self._names:
            return snake
        if key in self._ids:
            return self._ids[key]
        begun = [known for name, known in self._ids.items() if key in name]
        if len(begun) == 1:
            return begun[0]
        advice = (
            f"did you mean {' or '.join(self.name(known) for known in begun[:3])}?"
            if begun
            else "choose one of the catalogue, such as Holly or Gaboon ebony."
        )
        raise InputRefused(f"{what}: no material is called {word!r}; {advice}")
