"""A group of commands in, an exit code out: every error becomes one sentence on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from kg.cli.terminal import say
from kg.errors import KgError, QueryError, UsageError

SUCCESS, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run one command line (``sys.argv`` when none is given) and return its exit code."""
    try:
        result = group.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as stop:
        return _code(stop)
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return SUCCESS if error.ctx and error.ctx.parent is None else WRONG_USE
    except click.ClickException as error:
        say(_wrong_use(error))
        return WRONG_USE
    except BrokenPipeError:
        return _leave_pipe()
    except (UsageError, QueryError) as error:
        say(str(error))
        return WRONG_USE
    except KgError as error:
        say(str(error))
        return PROBLEMS
    except OSError as error:
        say(_refused(error))
        return PROBLEMS
    except Exception as error:
        return _unexpected(error)
    return result if isinstance(result, int) else SUCCESS


def _code(stop: SystemExit) -> int:
    # click ends the process itself when the reader of a pipe has gone.
    if stop.code == PROBLEMS and isinstance(stop.__context__, BrokenPipeError):
        return _leave_pipe()
    return stop.code if isinstance(stop.code, int) else SUCCESS


def _leave_pipe() -> int:
    """Whoever read our output has enough: that is no error, and Python must not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return SUCCESS


def _wrong_use(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    help_command = f"{context.command_path} --help" if context else "kg --help"
    return f"{message.rstrip('.')}{'' if message.endswith('?') else '.'} See: {help_command}"


def _refused(error: OSError) -> str:
    reason = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _unexpected(error: Exception) -> int:
    """Name an error of ours in one sentence; ``ENTENTE_TRACEBACK=1`` shows where it comes from."""
    if os.environ.get("ENTENTE_TRACEBACK"):
        raise error
    first_line = (str(error).splitlines() or [""])[0][:200]
    say(
        f"This is a fault of the program, not yours ({type(error).__name__}: {first_line}). "
        "Set ENTENTE_TRACEBACK=1 to see where, and report it."
    )
    return PROBLEMS
