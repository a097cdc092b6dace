"""Who works, with which setup, and what is backed up."""

from __future__ import annotations

from luthier_desktop.ui.command_table.command import Command

WORKSHOP_COMMANDS: tuple[Command, ...] = ()
