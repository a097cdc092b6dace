"""Whether one run is as it was recorded: each thing that shows it, in words. Pure."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

State = Literal["same", "differs", "absent", "unread"]
_GOOD: frozenset[State] = frozenset({"same", "absent", "unread"})


class ProofLine(NamedTuple):
    """One thing that was looked at: what the log tells of it and what was found.

    ``absent`` says that there is nothing to compare, ``unread`` that it was not looked at yet.
    ``advice`` says what to do about what differs.
    """

    name: str
    state: State
    told: str
    found: str
    sentence: str
    advice: str = ""


class RunProof(NamedTuple):
    """Everything that was looked at of one run, in the order in which it rests on each other."""

    run_id: str
    seq: int
    lines: tuple[ProofLine, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return all(line.state in _GOOD for line in self.lines)

    @property
    def is_whole(self) -> bool:
        """Whether all of it was looked at."""
        return all(line.state != "unread" for line in self.lines)

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        wrong = [line.name.lower() for line in self.lines if line.state == "differs"]
        if wrong:
            return f"Not as it was recorded: {', '.join(wrong)}."
        if not self.is_whole:
            return "As it was recorded, as far as was looked; the checkpoint is still to be read."
        return "As it was recorded: file, event, chain and hashes agree."

    def plain(self) -> dict[str, Any]:
        """Return the answer of ``luthier logs verify --run``."""
        return {
            "run_id": self.run_id,
            "ok": self.ok,
            "seq": self.seq,
            "results": [line._asdict() for line in self.lines],
        }
