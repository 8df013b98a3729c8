"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import UsageError
from kg.model import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
    from kg.network import EventRow, Filters, Network, Weighting

Command = TypeVar("Command", bound=Callable[..., Any])

#: The values of ``filter_options``.
FILTER_NAMES = (
    *("sectors", "activities", "types", "statuses", "languages", "sources"),
    *("since", "until", "min_confidence"),
)

graph_option = click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph"),
    show_default=True,
    help="Folder of the graph.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes that read articles at once; each takes about 1 GB.",
)
#: Those of ``kg.network.LEVELS``, which is not loaded before a command needs it.
LEVELS = tuple(
    name + mode for mode in ("", "-sector", "-event") for name in ("partner", "organisation", "country")
)
partners_option = click.option(
    "--partners",
    "lists",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A partner list of your own, .csv or .ttl (repeatable).",
)
level_option = click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="partner",
    show_default=True,
    metavar="LEVEL",
    help="What the nodes are: partner, organisation (departments count as what they are part of) or country; "
    "with -sector or -event behind it (country-sector) they are joined with sectors or events.",
)
lang_option = click.option(
    "--lang", metavar="CODE", help="Language of the labels, where they are known in it, as fr."
)

_FILTERS = (
    click.option("--sector", "sectors", multiple=True, metavar="ID", help="Only this sector (repeatable)."),
    click.option(
        "--activity", "activities", multiple=True, metavar="ID", help="Only this activity (repeatable)."
    ),
    click.option("--type", "types", multiple=True, metavar="TYPE", help=f"Only: {', '.join(EVENT_TYPES)}."),
    click.option(
        "--status", "statuses", multiple=True, metavar="STATUS", help=f"Only: {', '.join(STATUSES)}."
    ),
    click.option(
        "--language", "languages", multiple=True, metavar="CODE", help="Only what articles in it tell, as fr."
    ),
    click.option(
        "--source", "sources", multiple=True, metavar="NAME", help="Only what this publisher tells."
    ),
    click.option(
        "--since", metavar="DATE", help="Only events of this date or later: 2024, 2024-09, 2024-09-18."
    ),
    click.option("--until", metavar="DATE", help="Only events of this date or earlier."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="SHARE",
        help="Only events that some report states at least this surely (0 to 1).",
    ),
)
_NETWORK = (
    click.option(
        "--weighting",
        type=click.Choice(["shared", "even", "newman", "count"]),
        default="shared",
        show_default=True,
        help="shared: what binds weighs more, and an event shares its weight among its pairs.",
    ),
    click.option(
        "--factor",
        "factors",
        multiple=True,
        metavar="NAME=NUMBER",
        help="Weigh a type or a status otherwise, as meeting=0.2; 0 leaves its links out (repeatable).",
    ),
    click.option(
        "--backbone",
        type=click.FloatRange(0, 1, min_open=True),
        metavar="ALPHA",
        help="Only links that stand out at one of their ends, as 0.05 (disparity filter).",
    ),
)


def network_options(command: Command) -> Command:
    """Add the options that say what links weigh and which of them are kept."""
    for option in reversed(_NETWORK):
        command = option(command)
    return command


def choose_network(rows: Iterable[EventRow], *, level: str, values: Mapping[str, Any]) -> Network:
    """Build the network that the options ask for."""
    from kg.network import backbone, build_network

    weighting = choose_weighting(values)
    net = build_network(rows, filters=make_filters(values), level=level, weighting=weighting)
    return backbone(net, values["backbone"]) if values["backbone"] else net


def choose_weighting(values: Mapping[str, Any]) -> Weighting:
    """Make the weights that the options ask for."""
    from kg.network import WEIGHTINGS

    return WEIGHTINGS[values["weighting"]].with_factors(_factors(values["factors"]))


def read_events(graph: Path, lang: str | None) -> list[EventRow]:
    """Read the events; without a language partners bear the label that the graph itself gives them."""
    from kg.network import read_rows
    from kg.store import read_graph

    with read_graph(graph) as store:
        return list(read_rows(store.select, lang=lang or ""))


def written_choice(values: Mapping[str, Any]) -> str:
    """Write the choices that differ from the usual ones, as on the command line."""
    names = {"activities": "activity", "statuses": "status", "min_confidence": "min-confidence"}
    chosen = (*FILTER_NAMES, "factors", "backbone", "weighting")
    words: list[str] = []
    for name in chosen:
        given = values.get(name)
        if not given or (name, given) == ("weighting", "shared"):
            continue
        option = names.get(name, name.removesuffix("s"))
        words += [f"--{option} {item}" for item in (given if isinstance(given, tuple) else (given,))]
    return " ".join(words)


def filter_options(command: Command) -> Command:
    """Add the options that choose events."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def make_filters(values: Mapping[str, Any]) -> Filters:
    """Make filters of the options; several values may also stand in one option, with commas."""
    from kg.network import checked_filters

    names = ("sectors", "activities", "types", "statuses", "languages")
    lists = {name: _split(values[name]) for name in names}
    return checked_filters(
        **lists,
        sources=tuple(values["sources"]),
        since=values["since"],
        until=values["until"],
        min_confidence=values["min_confidence"],
    )


def need_folder(output: Path) -> None:
    """Refuse a file that cannot be written for want of its folder, before the work and not after."""
    if not output.parent.is_dir():
        raise UsageError(f"{output}: there is no folder {output.parent} to write into. Make it first.")
    if output.is_dir():
        raise UsageError(f"{output}: this is a folder. Name a file in it.")


def _factors(given: tuple[str, ...]) -> dict[str, float]:
    factors: dict[str, float] = {}
    for item in _split(given):
        name, _, number = item.partition("=")
        try:
            factors[name.strip()] = float(number)
        except ValueError:
            raise UsageError(
                f"--factor: {item!r} is no factor. Write NAME=NUMBER, as in meeting=0.2."
            ) from None
    return factors


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for item in given for word in item.split(",") if word.strip())
