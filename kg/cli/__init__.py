"""The ``kg`` command: words on the command line in; graphs, answers, maps and files out.

The one package that prints or exits. Commands import what they need when they run, so that ``kg --help``
answers at once. Exit codes: 0 success, 1 problems with some input, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.building import build, extract, merge, remove
from kg.cli.checking import validate
from kg.cli.comparing import diff, news
from kg.cli.correcting import correct
from kg.cli.evaluating import evaluate
from kg.cli.explaining import explain
from kg.cli.histories import timeline
from kg.cli.measuring import network
from kg.cli.networks import export, view
from kg.cli.partnering import partners
from kg.cli.querying import query
from kg.cli.reporting import report
from kg.cli.running import run

__all__ = ["kg", "main"]

_EPILOG = """\b
First steps:
  kg build articles/                 read a folder of articles into ./graph
  kg query --list                    the questions that come with the program
  kg query signed-in-sector          ask one of them
  kg view -o map.html                draw the map, then open it in a browser
  kg COMMAND --help                  more on a command, with examples
"""


class _Group(click.Group):
    """Lists the commands in the order in which they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_Group,
    epilog=_EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def kg() -> None:
    """Turn news articles into a knowledge graph of who cooperates with whom."""


for _command in (build, extract, query, network, view, report, export, partners, timeline, news, diff):
    kg.add_command(_command)
for _command in (explain, evaluate, validate, correct, remove, merge):
    kg.add_command(_command)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    raise SystemExit(run(kg))
