"""Every failure that a user is told about: one sentence and one exit code a class."""

from __future__ import annotations


class LuthierError(Exception):
    """A failure with a sentence that names the thing, says what is wrong and what to do."""

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InputRefused(LuthierError):
    """What came from outside does not obey the rules of its kind; nothing was stored.

    *path* is the place inside the document, such as ``ring_params[2].width_mm``, or "".
    """

    exit_code = 3

    def __init__(self, sentence: str, path: str = "") -> None:
        super().__init__(sentence)
        self.path = path


class NotFound(LuthierError):
    """What was asked for by name or id does not exist."""

    exit_code = 4


class RunPurged(NotFound):
    """A lead has removed the file of this run; its line and its hash stay in the log."""


class Conflict(LuthierError):
    """Something else stands already where this was to be written; it was left as it is."""

    exit_code = 5


class NotAllowed(LuthierError):
    """The operator who acts may not do this."""

    exit_code = 6


class GateClosed(NotAllowed):
    """The design may not be cut as it is; *in_the_way* has a sentence for each thing."""

    def __init__(self, sentence: str, in_the_way: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.in_the_way = in_the_way


class ProgramFault(LuthierError):
    """The program made something that its own check refuses: a bug, and nothing was written."""

    exit_code = 70


class StorageFailed(LuthierError):
    """The disk, the store or its rights failed; the sentence says whether anything was saved."""

    exit_code = 7


class StoreReadOnly(StorageFailed):
    """The store can be read and not written."""


class RecordDamaged(LuthierError):
    """A stored file is missing or is not what the ledger says; it stays where it is.

    *reason* says what is wrong, *text* is what was found as far as it can be read.
    """

    def __init__(self, sentence: str, reason: str, text: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.text = text


class RunDamaged(RecordDamaged):
    """The record of a run is damaged; it stays listed as damaged."""
