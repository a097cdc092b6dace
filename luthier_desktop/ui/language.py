"""The language that the window speaks; files, records and the command line stay English.

Every text is written in English in the source and passes through `tr` on its way to the screen.
The other languages are files in ``resources/languages``.
"""

from __future__ import annotations

from PySide6.QtCore import QFile, QIODevice, QJsonDocument, QLocale

from luthier_desktop.ui.phrases import Phrases

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
_phrases: Phrases | None = None
_language = ENGLISH


def tr(text: str) -> str:
    """Return *text*, written in English, in the window's language."""
    return text if _phrases is None else _phrases.of(text)


def language() -> str:
    """Return the language in use."""
    return _language


def of_system() -> str:
    """Return the system's language if it is one of ours, else English."""
    asked = QLocale.system().name().split("_")[0]
    return asked if asked in LANGUAGES else ENGLISH


def use(wanted: str, path: str = "") -> None:
    """Speak *wanted* from now on, with the texts in the file *path*; English needs none.

    What cannot be read is left English.
    """
    global _phrases, _language
    texts: dict[str, str] = _read(path) if wanted != ENGLISH else {}
    _language = wanted if texts else ENGLISH
    locale = QLocale(_language) if texts else QLocale.c()
    _phrases = Phrases(texts, locale.decimalPoint(), locale.groupSeparator()) if texts else None


def _read(path: str) -> dict[str, str]:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return {}
    found = QJsonDocument.fromJson(file.readAll()).object()
    texts: object = found.get("texts", {})
    return {str(key): str(text) for key, text in texts.items()} if isinstance(texts, dict) else {}
