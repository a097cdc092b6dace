"""The documents that commands are given: a design or a snapshot of one, and a setup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from luthier_desktop.cli.session import STANDARD_INPUT, source_of

if TYPE_CHECKING:
    from luthier_desktop.domain.rosette import RosetteParamSpec
    from luthier_desktop.domain.workshop import Setup
    from luthier_desktop.services.studio import Studio

setup_option = click.option(
    "--setup", metavar="FILE", help="The setup to judge for, instead of the one in use."
)


def setup_of(studio: Studio, argument: str | None) -> Setup | None:
    """Read the setup that ``--setup`` names; None stands for the one in use."""
    if argument is None:
        return None
    return studio.setups.read(source_of(argument, studio.designs.most_bytes))


def design_of(studio: Studio, argument: str) -> RosetteParamSpec:
    """Read the design in a file, from standard input, or of a saved snapshot.

    What has the form of a snapshot's id is one; write ``./snap_…`` for a file of that name.

    Raises:
        RecordDamaged: The snapshot's file is damaged, so its design is not known.
    """
    from luthier_desktop.domain.errors import RecordDamaged
    from luthier_desktop.domain.snapshot import SNAPSHOT_ID_PATTERN

    if not re.fullmatch(SNAPSHOT_ID_PATTERN, argument):
        return studio.designs.read(source_of(argument, studio.designs.most_bytes))
    kept = studio.snapshots.get(argument)
    if kept.design is None:
        reason = str(kept.document["reason"])
        raise RecordDamaged(
            f"The design of snapshot {argument} is not known: {reason}. Restore its file from a "
            "backup, or give the design as a file.",
            reason,
            str(kept.document["text"]),
        )
    return kept.design


def refuse_two_inputs(*arguments: str | None) -> None:
    """Refuse to read standard input for two documents."""
    if arguments.count(STANDARD_INPUT) > 1:
        raise click.UsageError("Standard input (-) can be read for one document only.")
