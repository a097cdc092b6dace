"""What the summary of a run says: names and values in groups, prepared on the worker. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.run import RunArtifact
from luthier_desktop.ui import units
from luthier_desktop.ui.run_log.columns import event_word, local_time, status_word
from luthier_desktop.ui.style import risk_sign

_LONGEST = 2000
_MOST = 50
SOURCES = {
    "window": "this program's window",
    "cli": "the command line",
    "import": "an imported file",
    "legacy": "another program's data",
}
_AUTH = {"none": "not asked for a PIN", "pin": "by PIN", "os": "by the system's user"}


class Fact(NamedTuple):
    """One line of the summary; *run_id* names the run that it leads to."""

    group: str
    name: str
    text: str
    run_id: str = ""


def facts_of(run: RunArtifact, hidden: str = "", decided: str = "") -> tuple[Fact, ...]:
    """Return the summary of *run*; *hidden* says why it is, *decided* what it decided."""
    return tuple(
        fact
        for fact in (
            *_verdict(run, hidden, decided),
            *_deed(run),
            *_design(run),
            *_parents(run),
            *_listed("Warnings", run.decision.warnings),
            *_outputs(run.outputs),
        )
        if fact.text
    )


def only(group: str, *lines: tuple[str, str]) -> tuple[Fact, ...]:
    """Return a summary of one group, for a record that cannot be read."""
    return tuple(Fact(group, name, _shown(text)) for name, text in lines if text)


def _verdict(run: RunArtifact, hidden: str, decided: str) -> Iterator[Fact]:
    sign = risk_sign(run.decision.risk_level)
    score = run.decision.score
    yield Fact("Verdict", "Hidden", _shown(hidden))
    if decided:
        yield Fact("Verdict", "Decided", _shown(decided))
    elif run.feasibility is None and run.decision.risk_level is RiskBucket.UNKNOWN:
        yield Fact("Verdict", "Verdict", "none: no design was judged in this run")
    else:
        yield Fact("Verdict", "Verdict", f"{sign.glyph} {sign.word}")
    yield Fact("Verdict", "Score", "" if score is None else units.score_text(score))
    yield Fact("Verdict", "Status", status_word(run.status, run.event_type))
    yield Fact("Verdict", "Reason", _shown(run.decision.block_reason or ""))


def _deed(run: RunArtifact) -> Iterator[Fact]:
    source = str(run.meta.get("source") or "")
    operator, version = run.operator, run.app.get("version")
    who = f"{_shown(operator.name)}, {operator.role}, {_AUTH[operator.auth]}"
    yield Fact("Recorded", "Event", event_word(run.event_type))
    yield Fact("Recorded", "Time here", local_time(run.created_at_utc))
    yield Fact("Recorded", "Time UTC", _shown(run.created_at_utc))
    yield Fact("Recorded", "Operator", who)
    yield Fact("Recorded", "From", SOURCES.get(source) or _shown(source))
    yield Fact("Recorded", "Program", _shown(f"{run.app.get('name')} {version}"))
    yield Fact("Recorded", "Run", run.run_id)


def _design(run: RunArtifact) -> Iterator[Fact]:
    summary, setup = run.request_summary, run.request.get("setup")
    setup = setup if isinstance(setup, Mapping) else {}
    yield Fact("Judged", "Design", _text(summary.get("design_name")))
    yield Fact("Judged", "Design id", _text(summary.get("design_id")))
    yield Fact("Judged", "Setup", _text(summary.get("setup_name") or summary.get("setup_id")))
    yield Fact("Judged", "Tool", _named(setup.get("tool")) or _text(run.tool_id))
    yield Fact("Judged", "Machine", _named(setup.get("machine")))
    woods = summary.get("material_ids")
    names = [str(each).replace("_", " ") for each in woods] if isinstance(woods, list) else []
    yield Fact("Judged", "Materials", _shown(", ".join(names)))


def _parents(run: RunArtifact) -> Iterator[Fact]:
    for parent in run.parent_run_ids[:_MOST]:
        yield Fact("Came from", "Run", _shown(parent), parent)


def _listed(group: str, texts: tuple[str, ...]) -> Iterator[Fact]:
    for number, text in enumerate(texts[:_MOST], start=1):
        yield Fact(group, f"{number}", _shown(units.worded(text)))


def _outputs(outputs: Mapping[str, Any]) -> Iterator[Fact]:
    for name, output in list(outputs.items())[:_MOST]:
        members = output if isinstance(output, Mapping) else {"value": output}
        for member, value in list(members.items())[:_MOST]:
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                title = f"{name} {member}" if member != "value" else name
                yield Fact("Outputs", _shown(title.replace("_", " "), 60), _size(member, value))


def _size(member: str, value: Any) -> str:
    if member in ("bytes", "files", "runs") and isinstance(value, int):
        return f"{value:,}"
    return _shown(str(value), 400)


def _named(member: Any) -> str:
    if not isinstance(member, Mapping):
        return ""
    return _text(member.get("name") or member.get("tool_id") or member.get("machine_id"))


def _text(value: Any) -> str:
    return _shown(value) if isinstance(value, str) else ""


def _shown(text: str, longest: int = _LONGEST) -> str:
    return shown(text, longest)
