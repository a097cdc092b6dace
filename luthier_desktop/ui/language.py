"""The language that the window speaks; files, records and the command line stay English.

Every text is written in English in the source and passes through `tr` once, on its way to the
screen. The other languages are folders in ``resources/languages``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from PySide6.QtCore import (
    QCoreApplication,
    QDir,
    QFile,
    QIODevice,
    QJsonDocument,
    QLibraryInfo,
    QLocale,
    Qt,
    QTranslator,
)

from luthier_desktop.ui.phrases import Phrases

ENGLISH, GERMAN = "en", "de"
LANGUAGES = (ENGLISH, GERMAN)
SYSTEM = "system"
CHOICES = (SYSTEM, *LANGUAGES)
P = ParamSpec("P")
_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
"""The roles whose words are in the window's language; tool tips are when they are made."""
_phrases: Phrases | None = None
_language = ENGLISH


def tr(text: str) -> str:
    """Return *text*, written in English, in the window's language."""
    return text if _phrases is None else _phrases.of(text)


def in_language(tell: Callable[P, Any]) -> Callable[P, Any]:
    """Let a model's ``data`` or ``headerData`` tell its words in the window's language."""

    @wraps(tell)
    def told(*args: P.args, **kwargs: P.kwargs) -> Any:
        found = tell(*args, **kwargs)
        if _phrases is None or not isinstance(found, str):
            return found
        role = kwargs.get("role", args[-1])
        return found if isinstance(role, int) and role not in _SPOKEN else _phrases.of(found)

    return told


def language() -> str:
    """Return the language in use."""
    return _language


def decimal() -> str:
    """Return the decimal sign of the numbers in texts that are still to pass through `tr`."""
    return QLocale().decimalPoint() if _phrases is None else "."


def number(text: str) -> str:
    """Return *text*, which is shown where it is typed, with the signs of numbers of the language.

    A text that somebody gave must not come here, and none comes here twice.
    """
    return text if _phrases is None else _phrases.number(text)


def chosen(choice: str) -> str:
    """Return the language that *choice* stands for: the system's if it is one of ours."""
    asked = QLocale.system().name().split("_")[0] if choice == SYSTEM else choice
    return asked if asked in LANGUAGES else ENGLISH


def begin(application: QCoreApplication, choice: str, folder: str) -> None:
    """Speak the language that *choice* stands for, with the texts in its part of *folder*.

    The words of Qt itself, such as those on the buttons of its dialogs, follow.
    """
    wanted = chosen(choice)
    use(wanted, f"{folder}/{wanted}")
    if _language == ENGLISH:
        return
    translator = QTranslator(application)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{_language}", where):
        application.installTranslator(translator)


def use(wanted: str, folder: str = "") -> None:
    """Speak *wanted* from now on, with the texts of the files in *folder*; English needs none.

    What cannot be read or is not translated is left English.
    """
    texts = {} if wanted == ENGLISH else _texts(folder)
    speak(wanted if texts else ENGLISH, texts)


def speak(wanted: str, texts: dict[str, str]) -> None:
    """Speak *wanted* with *texts*; its locale's signs are those of numbers that are typed."""
    global _phrases, _language
    if wanted == _language == ENGLISH:
        return
    _language = wanted
    if wanted == ENGLISH:
        _phrases = None
        QLocale.setDefault(QLocale.system())
        return
    system = QLocale.system()
    locale = system if system.name().startswith(wanted) else QLocale(wanted)
    QLocale.setDefault(locale)
    _phrases = Phrases(texts, locale.decimalPoint(), locale.groupSeparator())


def _texts(folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in QDir(folder).entryList(["*.json"], QDir.Filter.Files, QDir.SortFlag.Name):
        found |= _read(f"{folder}/{name}")
    return found


def _read(path: str) -> dict[str, str]:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return {}
    texts: object = QJsonDocument.fromJson(file.readAll()).toVariant()
    found = texts.get("texts") if isinstance(texts, dict) else None
    if not isinstance(found, dict):
        return {}
    return {str(key): str(text) for key, text in found.items() if text}
