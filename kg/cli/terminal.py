"""Words in, words on the screen out: tables, colours on a terminal alone, progress on standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress

    from kg.errors import KgError

#: Characters by which a text could command a terminal; a line break and a tab are harmless.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
#: What is piped has no width; a table then takes what it needs.
_PIPE_WIDTH = 100_000
#: A column of longer texts is never narrower than this.
_LEAST = 16
#: The console of the bar on the screen, if there is one.
_LIVE: list[Console] = []


def plain(value: object) -> str:
    """Give a text that cannot command the terminal: what an article says is only ever shown."""
    return "" if value is None else _COMMANDS.sub("\ufffd", str(value).replace("\r\n", "\n"))


def counted(number: int, word: str, plural: str | None = None) -> str:
    """Write a number with its word: "1 event", "2 events"."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


def say(message: str) -> None:
    """Write one line to standard error, in red on a terminal."""
    line = " ".join(plain(message).split())
    if _LIVE:
        # What is printed while a bar is shown must go above it, through the bar's own console.
        _LIVE[-1].print(line, style="red", soft_wrap=True)
    else:
        click.echo(click.style(line, fg="red") if _has_colour(sys.stderr) else line, err=True)


def note(message: str) -> None:
    """Write one line that is no result and no problem to standard error."""
    click.echo(plain(message), err=True)


def out(text: str) -> None:
    """Write text to standard output as it is."""
    click.echo(plain(text))


def write_bytes(content: bytes) -> None:
    """Write data to standard output, whatever the encoding of the terminal."""
    sys.stdout.flush()
    stream = sys.stdout.buffer
    stream.write(content if content.endswith(b"\n") or not content else content + b"\n")
    stream.flush()


def console(*, stderr: bool = False) -> Console:
    """Give a console; it is as wide as its content when it is no terminal, and has no colours then."""
    from rich.console import Console

    class Quiet(Console):
        """Leaves a closed pipe to ``running``."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    stream = sys.stderr if stderr else sys.stdout
    # Who exports COLUMNS wants that width also in a pipe.
    width = None if stream.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH
    return Quiet(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """Print a table; numbers stand to the right, a column of long texts is folded, never cut."""
    from rich import box
    from rich.table import Table

    values = [[_cell(value) for value in row] for row in rows]
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), header_style="bold"
    )
    for name, cells in zip(
        columns, zip(*values, strict=True) if values else [()] * len(columns), strict=True
    ):
        # Numbers, dates and ids stay whole on a narrow screen, so that sentences get the room that is left.
        is_short = all(len(cell) <= 24 and " " not in cell for cell in cells)
        is_number = bool(cells) and all(map(_is_number, cells))
        table.add_column(
            plain(name),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=is_short,
            min_width=None if is_short else _LEAST,
        )
    for row in values:
        table.add_row(*row)
    screen = console()
    if title:
        screen.print(plain(title), style="bold", soft_wrap=True)
        screen.print()
    print_block(table)


def screen_width() -> int:
    """How many characters fit beside each other on standard output; a pipe has no end."""
    return console().width


def print_block(block: RenderableType) -> None:
    """Print a table or the like, without the blanks that pad its cells at the end of a line."""
    screen = console()
    with screen.capture() as captured:
        screen.print(block, crop=screen.is_terminal)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return plain(value)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None or text == ""


def _has_colour(stream: Any) -> bool:
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


class Problems:
    """Names problems one a line on standard error as they come, and remembers that there were some."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: KgError) -> None:
        self.count += 1
        say(str(error))

    @property
    def exit_code(self) -> int:
        """What the command ends with: 1 when some input was not read."""
        return 1 if self.count else 0


class Bar:
    """A progress bar that can be told how far things are; silent where there is no terminal."""

    def __init__(self, progress: Progress | None, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total, words="") if progress else None

    def show(self, done: int, words: str) -> None:
        """Show that ``done`` articles are through."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, words=words)


@contextmanager
def progress_bar(total: int | None) -> Iterator[Bar]:
    """Show a bar on standard error while the block runs; a total of None means that nobody knows."""
    if not sys.stderr.isatty():
        yield Bar(None, None)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[words]}"), TimeElapsedColumn())
    screen = console(stderr=True)
    _LIVE.append(screen)
    try:
        with Progress(*columns, console=screen, transient=True) as progress:
            yield Bar(progress, total)
    finally:
        _LIVE.pop()
