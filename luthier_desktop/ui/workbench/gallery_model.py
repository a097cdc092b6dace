"""The starters as a list: picture, name, instrument and verdict of each, searched by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from luthier_desktop.services.presets import Starter
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import in_language
from luthier_desktop.ui.messages import shown, tool_tip

_ROLE = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Face(NamedTuple):
    """What a starter looks like and how it is judged; ``score`` None where there is none."""

    picture: QPixmap
    status: str
    score: float | None

    @property
    def verdict(self) -> str:
        """The verdict as it is told: sign, word and number."""
        sign = style.risk_sign(self.status)
        number = "" if self.score is None else f" {self.score:.1f}"
        return f"{sign.glyph} {sign.word}{number}"


class Card(NamedTuple):
    """One starter and the name of its instrument."""

    starter: Starter
    instrument: str

    @property
    def words(self) -> str:
        """All that a search looks at."""
        starter = self.starter
        families = {ring.pattern_type.replace("_", " ") for ring in starter.design.ring_params}
        told = (starter.name, starter.description, self.instrument, *sorted(families))
        return " ".join(told).casefold()


class GalleryModel(QAbstractListModel):
    """The cards of an instrument that have every word of the search."""

    def __init__(self, cards: Sequence[Card], faces: dict[int, Face], parent: Any = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._faces = faces
        self._listed = list(range(len(cards)))

    def choose(self, instrument_id: str, search: str) -> None:
        """List the cards of an instrument, of all for "", that have every word of *search*."""
        words = search.casefold().split()
        self.beginResetModel()
        self._listed = [
            at
            for at, card in enumerate(self._cards)
            if instrument_id in ("", card.starter.instrument_id)
            and all(word in card.words for word in words)
        ]
        self.endResetModel()

    def card(self, index: _Index) -> Card | None:
        """Return the card at an index, or None where there is none."""
        return self._cards[self._listed[index.row()]] if index.isValid() else None

    def face(self, index: _Index) -> Face | None:
        """Return how the card at an index looks, once it is drawn."""
        return self._faces.get(self._listed[index.row()])

    def show_drawn(self, at: int) -> None:
        """Tell that the card *at* this place of the whole list was drawn."""
        if at in self._listed:
            index = self.index(self._listed.index(at))
            self.dataChanged.emit(index, index)

    # Qt overrides

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._listed)

    @in_language
    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        card = self.card(index)
        if card is None:
            return None
        if role == _ROLE.DisplayRole:
            return shown(card.starter.name)
        if role == _ROLE.ToolTipRole:
            return tool_tip(units.worded(card.starter.description))
        if role == _ROLE.AccessibleTextRole:
            face = self.face(index)
            verdict = face.verdict.partition(" ")[2] if face else "not judged yet"
            return f"{shown(card.starter.name)}, {card.instrument}, {verdict}"
        if role == _ROLE.AccessibleDescriptionRole:
            return units.worded(card.starter.description)
        return None
