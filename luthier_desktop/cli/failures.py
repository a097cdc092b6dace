"""How a command ends: one line on stderr and the exit code of its class."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence

import click

from luthier_desktop.domain.display import in_full
from luthier_desktop.domain.errors import LuthierError

BUG = 70
USAGE = 2
INTERRUPTED = 130
_LOG = logging.getLogger(__name__)


def exit_code_of(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Run *command*; tell a failure on stderr and return the exit code."""
    given = None if arguments is None else list(arguments)
    try:
        code = command.main(args=given, prog_name="luthier", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        return _usage(error)
    except (click.Abort, KeyboardInterrupt):
        return _told("Stopped; what was recorded before stays recorded.", INTERRUPTED)
    except LuthierError as error:
        return _told_error(error)
    except Exception as error:
        return _bug(error)
    return code if isinstance(code, int) else 0


def _told(sentence: str, code: int) -> int:
    click.echo(f"luthier: {in_full(' '.join(sentence.split()))}", err=True)
    return code


def _told_error(error: LuthierError) -> int:
    if error.exit_code == BUG:
        return _bug(error)
    _LOG.info("%s: %s", type(error).__name__, error.sentence)
    return _told(error.sentence, error.exit_code)


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    asked = f" See {context.command_path} --help." if context is not None else ""
    return _told(error.format_message() + asked, error.exit_code)


def _bug(error: Exception) -> int:
    _LOG.error("A bug", exc_info=error)
    traceback.print_exception(error, file=sys.stderr)
    sentence = getattr(error, "sentence", f"{type(error).__name__}: {error}")
    return _told(f"This is a bug in the program: {sentence}", BUG)
