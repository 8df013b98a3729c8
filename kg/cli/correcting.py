"""Commands by which a person corrects a graph: a word against what was read from articles."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import graph_option
from kg.cli.terminal import counted, note, out, show_table, write_bytes
from kg.errors import UsageError
from kg.model import KINDS
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.corrections import Corrections
    from kg.pipeline.judging import Maker
    from kg.pipeline.naming import Names

Command = TypeVar("Command", bound=Callable[..., Any])
_KINDS = tuple(kind for kind in KINDS if kind != "country")


def _maker_options(command: Command) -> Command:
    for option in (
        click.option("--when", metavar="TIME", help="When it was said, as 2025-09-19.  [default: now]"),
        click.option("--who", metavar="NAME", help="Who says so.  [default: the user name of git, or yours]"),
        click.option("--why", metavar="TEXT", default="", help="Why, for those who read it later."),
        graph_option,
    ):
        command = option(command)
    return command


@click.group(short_help="Say what is wrong, the same, or not the same.", invoke_without_command=True)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Take over the corrections of a file, or of another graph (its folder).",
)
@graph_option
@click.pass_context
def correct(context: click.Context, source: Path | None, graph: Path) -> None:
    """Correct a graph: say that a report is wrong, that two are the same or are not, of what kind one is.

    Corrections stand in the graph's folder (corrections.ttl) with who, when and why; every later build keeps
    to them. Partners, events and reports are named by IRI, by a short id such as partner/kfia, or partners by
    name; kg correct reports shows the ids of reports.

    \b
    Examples:
      kg correct reports KFIA
      kg correct wrong r3f2a91 --why "the article denies it"
      kg correct same "Korea Fabless Industry Association" KFIA
      kg correct different partner/kfia "Korea Food Industry Association"
      kg correct kind "Hana Micron" company
      kg correct list
      kg correct undo 4b1d09
      kg correct --from graphs/chips
    """
    if context.invoked_subcommand is not None:
        if source is not None:
            raise UsageError("--from takes over corrections and goes with no other command. Leave one out.")
        return
    if source is None:
        raise click.exceptions.NoArgsIsHelpError(context)
    from kg.corrections import unite
    from kg.pipeline import change_corrections
    from kg.pipeline.judging import adopt

    found = adopt(source)
    summary = change_corrections(graph, lambda own: unite(own, found), read_settings())
    note(f"{counted(len(found.items), 'correction')} of {source}: {_changed(summary.events_changed)}.")


@correct.command(short_help="A report is wrong: the article does not say so.")
@click.argument("report")
@_maker_options
def wrong(report: str, graph: Path, **values: Any) -> None:
    """Say that a report is wrong; it then tells of no event. An event means its report if it has only one.

    \b
    Example:
      kg correct wrong r3f2a91 --why "the article denies it"
    """
    from kg.pipeline.judging import call_wrong

    _say(graph, values, lambda names, maker: call_wrong(names, report, maker))


@correct.command(short_help="Two partners, or two events, are one.")
@click.argument("one")
@click.argument("other")
@_maker_options
def same(one: str, other: str, graph: Path, **values: Any) -> None:
    """Say that two partners, or two events, are one. Of two partners the first stays, if no list has another.

    \b
    Examples:
      kg correct same "Korea Fabless Industry Association" KFIA
      kg correct same event/0a1b2c event/3d4e5f
    """
    from kg.pipeline.judging import call_same

    _say(graph, values, lambda names, maker: call_same(names, one, other, maker))


@correct.command(short_help="Two partners, or two events, are two.")
@click.argument("one")
@click.argument("other")
@_maker_options
def different(one: str, other: str, graph: Path, **values: Any) -> None:
    """Say that two partners, or two events, are two, or that a name does not mean a partner.

    Where an article names the partner ONE by the name OTHER alone, it then means another partner. A report
    can be told from the rest of its event.

    \b
    Examples:
      kg correct different partner/kfia "Korea Food Industry Association"
      kg correct different event/0a1b2c r3f2a91
    """
    from kg.pipeline.judging import call_different

    _say(graph, values, lambda names, maker: call_different(names, one, other, maker))


@correct.command(short_help="A partner is of this kind.")
@click.argument("partner")
@click.argument("kind", type=click.Choice(_KINDS), metavar="KIND")
@_maker_options
def kind(partner: str, kind: str, graph: Path, **values: Any) -> None:
    """Say of what kind a partner is.

    KIND is government-body, local-government, company, university, research-institute, association,
    international-organisation or other.

    \b
    Example:
      kg correct kind "Hana Micron" company
    """
    from kg.pipeline.judging import call_kind

    _say(graph, values, lambda names, maker: call_kind(names, partner, kind, maker))


@correct.command("reports", short_help="The reports of a partner or an event, with their ids.")
@click.argument("name")
@graph_option
def list_reports(name: str, graph: Path) -> None:
    """List the reports of a partner's events, or of one event, with the ids by which they are corrected.

    \b
    Examples:
      kg correct reports KFIA
      kg correct reports event/0a1b2c
    """
    from kg.pipeline import judging
    from kg.pipeline.lists import graph_settings
    from kg.store import read_graph

    with read_graph(graph) as store:
        lists = graph_settings(graph, read_settings()).partners
        rows = list(judging.list_reports(judging.open_names(store, lists), name))
    if rows:
        show_table(("report", "event", "what it tells of", "quote"), rows)
    else:
        note(f"No event in {graph} has that partner.")


@correct.command("list", short_help="The corrections of a graph.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "turtle"]), default="table", show_default=True
)
@graph_option
def list_corrections(graph: Path, form: str) -> None:
    """List the corrections of a graph, the oldest first; as Turtle, to share them.

    \b
    Examples:
      kg correct list
      kg correct list --format turtle > chips-corrections.ttl
    """
    from kg.corrections import say, write_corrections
    from kg.pipeline.judging import adopt
    from kg.store import read_graph

    with read_graph(graph) as store:
        base_iri = store.base_iri
    file = graph / "corrections.ttl"
    if not file.exists():
        note(f"{graph} has no corrections. kg correct --help shows how to make one.")
        return
    found = adopt(file)
    if form == "turtle":
        out(write_corrections(found, base_iri=base_iri).rstrip())
        return
    names = ("id", "what", "why", "who", "when")
    rows = [(item.id, say(item, found), item.why, item.who, item.when) for item in found.items]
    if form == "json":
        values = [dict(zip(names, row, strict=True)) for row in rows]
        write_bytes(json.dumps(values, ensure_ascii=False, indent=1).encode())
        return
    show_table(names, [(*row[:-1], row[-1][:10]) for row in rows])


@correct.command(short_help="Take corrections back.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@graph_option
def undo(ids: tuple[str, ...], graph: Path) -> None:
    """Take corrections back, by their ids; the graph is then as if they had never been made.

    \b
    Example:
      kg correct undo 4b1d09
    """
    from kg.pipeline import change_corrections
    from kg.pipeline.judging import without

    summary = change_corrections(graph, without(ids), read_settings())
    note(f"{counted(len(ids), 'correction')} taken back; {_changed(summary.events_changed)}.")


def _say(graph: Path, values: dict[str, Any], make: Callable[[Names, Maker], Corrections]) -> None:
    """Make a correction of the words, and follow it."""
    from kg.corrections import say, unite
    from kg.pipeline import change_corrections
    from kg.pipeline.judging import Maker, open_names
    from kg.pipeline.lists import graph_settings
    from kg.store import read_graph

    settings = read_settings()
    maker = Maker(values["who"] or _user(), _time(values["when"]), values["why"].strip())
    with read_graph(graph) as store:
        made = make(open_names(store, graph_settings(graph, settings).partners), maker)
    before: list[Corrections] = []

    def change(own: Corrections) -> Corrections:
        before.append(own)
        return unite(own, made)

    summary = change_corrections(graph, change, settings)
    (item,) = made.items
    if any(item.id == old.id for old in before[0].items):
        note(f"{item.id} says so already: {say(item, made)}.")
        return
    chosen = "" if graph == Path("graph") else f" -g {graph}"
    note(f"{item.id}: {say(item, made)}; {_changed(summary.events_changed)}.")
    note(f"Take it back with: kg correct undo {item.id}{chosen}")


def _changed(number: int) -> str:
    words = counted(number, "event or partner", "events and partners")
    return f"{words} changed" if number else "nothing in the graph changes now, and it holds for what comes"


def _user() -> str:
    """Find out who sits here: what is set for this program, git's user, the system's."""
    if name := os.environ.get("ENTENTE_USER", "").strip():
        return name
    try:
        result = subprocess.run(
            ["git", "config", "--get", "user.name"], capture_output=True, text=True, check=False, timeout=5
        )
    except OSError:
        result = None
    if result and result.stdout.strip():
        return result.stdout.strip()
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("Nobody knows who you are. Say it with --who NAME.") from None


def _time(when: str | None) -> str:
    if when is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        datetime.fromisoformat(when)
    except ValueError:
        raise UsageError(f"--when: {when!r} is no time. Write 2025-09-19 or 2025-09-19T12:00.") from None
    return when
