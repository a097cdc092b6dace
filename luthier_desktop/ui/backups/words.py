"""What backups hold, how they differ from now, and how long work on them ended, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.compare import ABSENT, Change
from luthier_desktop.domain.settings_backup import SettingsBackup
from luthier_desktop.services.backup_states import Foreign, Verified
from luthier_desktop.ui import style
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.widgets.record_values import time_text, value_text

LONGEST = 300
MOST_TOLD = 3
_KINDS = {"setups": "setup", "materials": "material", "tools": "tool", "machines": "machine",
          "posts": "post"}  # fmt: skip
_ENTRY = re.compile(
    r'(?P<kind>setups|materials|tools|machines)(?:\.(?P<word>[\w-]+)|\["(?P<text>[\w-]+)"\])'
    r"(?:\.(?:setup|entry))?\.?(?P<rest>.*)"
)
_KILO = 1000
_SIGNS = {"verified": "GREEN", "damaged": "RED", "missing": "RED"}


class Row(NamedTuple):
    """One difference: what it is, as it is now, and as it would be then."""

    what: str
    now: str
    then: str
    path: str


def state_text(found: Verified) -> str:
    """Name the state by glyph and word."""
    return f"{style.risk_sign(state_status(found)).glyph}  {found.state}"


def state_status(found: Verified) -> str:
    """Return the status that colours the state."""
    return _SIGNS.get(found.state, "UNKNOWN")


def size_text(size_bytes: int) -> str:
    """Write a size as people read it."""
    size, unit = float(size_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < _KILO:
            break
        size, unit = size / _KILO, larger
    return f"{size:,.0f} {unit}" if unit == "B" else f"{size:,.1f} {unit}"


def holds_text(counts: Mapping[str, int] | None) -> str:
    """Say what a backup holds."""
    if counts is None:
        return ""
    told = [counted(counts[name], word) for name, word in _KINDS.items() if counts.get(name)]
    return ", ".join(told) or "only what ships"


def counted(count: int, word: str) -> str:
    """Write how many there are."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def about_text(found: Verified) -> str:
    """Tell of one backup what its row has no room for."""
    told = found.told
    by = f"by {told.operator_id}" + (", by itself" if told.automatic else "")
    lines = [f"{told.name}, made {time_text(told.created_at_utc)} {by}: {shown(told.reason)}"]
    if found.reason:
        lines.append(f"{style.risk_sign('RED').glyph}  {shown(found.reason, LONGEST)}")
    lines += [f"Left out: {shown(one, LONGEST)}" for one in found.left_out[:MOST_TOLD]]
    return "\n".join(lines)


def names_in(backup: SettingsBackup) -> dict[str, str]:
    """Return the names of setups and entries by their ids."""
    named = {kept.setup_id: kept.name or kept.setup.name or "" for kept in backup.settings.setups}
    for kept in (*backup.settings.materials, *backup.settings.tools, *backup.settings.machines):
        named[kept.entry_id] = str(kept.entry.get("name") or "")
    return {one_id: name for one_id, name in named.items() if name}


def rows_of(changes: Iterable[Change], names: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the differences as rows."""
    return tuple(
        Row(_what(one, names), _value(one.a, one.path), _value(one.b, one.path), one.path)
        for one in changes
    )


def foreign_lines(found: Foreign) -> list[str]:
    """Tell what a backup of the web ToolBox holds, what it lacks, and what is wrong in it."""
    heads = (("It holds:", found.holds), ("It lacks:", found.lacks), ("Faults:", found.faults))
    lines = [f"SHA-256 {found.sha256}"]
    for head, told in heads:
        lines += ["", head, *(f"  •  {shown(one, LONGEST)}" for one in told)] if told else []
    return lines


def created_lines(told: Mapping[str, Any]) -> list[str]:
    """Tell of a full backup that was made."""
    sign = style.risk_sign("GREEN").glyph
    lines = [
        f"{sign}  Verified after writing: {_extent(told)}.",
        f"It lies in {_place(told['path'])}",
        "The signing key is not in it. Keep a second backup in another house.",
    ]
    return lines + _faults("In the log itself", told["faults"]) + _left_out(told)


def verified_lines(told: Mapping[str, Any]) -> list[str]:
    """Tell what was found of a full backup."""
    sign = style.risk_sign("GREEN" if told["ok"] else "RED").glyph
    word = "is as it was written" if told["ok"] else "is no good as it is"
    lines = [
        f"{sign}  The backup of {time_text(told['created_at_utc'])} {word}: {_extent(told)}.",
        f"It lies in {_place(told['path'])}",
    ]
    if told["live"]["message"]:
        lines.append(shown(told["live"]["message"], LONGEST))
    lines += _faults("Wrong in it", told["faults"])
    lines += _faults("Known when it was made", told["known_faults"])
    if told["extra"]:
        lines.append(f"{counted(len(told['extra']), 'file')} beside it are never restored.")
    return lines + _left_out(told)


def restored_lines(told: Mapping[str, Any]) -> list[str]:
    """Tell of a full backup that was restored, and what to do now."""
    sign = style.risk_sign("GREEN").glyph
    lines = [
        f"{sign}  Restored and verified: {_extent(told)}.",
        f"It lies in {_place(told['path'])}. Your data here was not touched.",
    ]
    lines += [shown(note, LONGEST * 2) for note in told["notes"]]
    return lines + _faults("Known when the backup was made", told["known_faults"])


def _extent(told: Mapping[str, Any]) -> str:
    files, events = counted(told["files"], "file"), counted(told["events"], "event")
    return f"{files}, {events} of the log, {size_text(told['bytes'])}"


def _what(change: Change, names: Mapping[str, str]) -> str:
    path = change.path
    found = _ENTRY.fullmatch(path)
    if found is None:
        return "Setup in use" if path == "in_use" else shown(path.replace("_", " "), LONGEST)
    one_id = found["word"] or found["text"]
    word = _KINDS[found["kind"]].capitalize()
    name = names.get(one_id) or _name_in(change.a) or one_id
    head = f"{word} {shown(name)}"
    rest = found["rest"]
    return f"{head}: {shown(rest.replace('_', ' '), LONGEST)}" if rest else head


def _value(value: Any, path: str) -> str:
    if value is ABSENT:
        return "not there"
    if isinstance(value, dict):
        return "there" if _name_in(value) else shown(json.dumps(value), LONGEST)
    return value_text(value, path)


def _name_in(value: Any) -> str:
    """Return the name of a whole setup or entry; "" of anything else."""
    if not isinstance(value, dict):
        return ""
    inner = value.get("setup") or value.get("entry")
    return str(inner.get("name") or "") if isinstance(inner, dict) else ""


def _place(path: str) -> str:
    return shown(path, LONGEST)


def _faults(head: str, faults: list[dict[str, str]]) -> list[str]:
    lines = [
        f"  •  {shown(' '.join(filter(None, (str(text) for text in one.values()))), LONGEST)}"
        for one in faults[:20]
    ]
    more = len(faults) - len(lines)
    lines += [f"  •  and {more:,} more"] if more else []
    return [f"{head}, {counted(len(faults), 'fault')}:", *lines] if faults else []


def _left_out(told: Mapping[str, Any]) -> list[str]:
    return [f"Left out: {shown(one, LONGEST)}" for one in told["left_out"][:20]]
