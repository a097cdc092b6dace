"""The table of commands; each group is imported only when it is asked for."""

from __future__ import annotations

import importlib

import click

from luthier_desktop import __version__

_GROUPS = {
    "health": "Say whether the program and its store are well.",
    "feasibility": "Judge whether designs can be made.",
    "logs": "Find, show and verify what was recorded.",
    "snapshots": "Keep designs under a name.",
    "export": "Write designs as pictures, drawings, sheets and lists.",
    "setups": "Choose the shop that designs are judged for.",
    "catalogue": "Look up materials, bits and machines.",
    "backups": "Back up the settings of the workshop, or the whole store.",
    "decisions": "Accept a yellow check or override a red one.",
    "operators": "Say who may do what on a shared PC.",
    "import-legacy": "Bring in what the web ToolBox recorded.",
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _GROUPS:
            return None
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"luthier_desktop.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_GROUPS.items()))


@click.group(
    cls=LazyGroup,
    epilog="Example: luthier feasibility single design.json --json",
    context_settings={"help_option_names": ["--help"], "max_content_width": 99},
)
@click.version_option(__version__, prog_name="luthier")
def luthier() -> None:
    """Design rosettes, judge whether they can be made, keep a log that can be verified.

    Exit codes: 0 done, 1 findings or the verdict named by --fail-on, 2 usage, 3 input refused,
    4 not found, 5 conflict, 6 not allowed, 7 storage, 70 a bug.
    """
