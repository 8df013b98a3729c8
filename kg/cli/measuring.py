"""The command that measures: a graph in; figures of its network, or what changed in it, out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    choose_network,
    filter_options,
    graph_option,
    lang_option,
    level_option,
    make_filters,
    network_options,
    read_events,
    written_choice,
)
from kg.cli.terminal import counted, note
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.network import EventRow, Measures, Network

_SORTS = (
    *("strength", "events", "degree", "betweenness", "pagerank", "eigenvector", "closeness", "clustering"),
    *("core", "constraint", "countries", "coordinator", "consultant", "gatekeeper", "liaison", "bridges"),
)


@click.command(short_help="Measure who cooperates with whom.")
@graph_option
@level_option
@filter_options
@lang_option
@network_options
@click.option(
    "--communities",
    type=click.Choice(["louvain", "leiden"]),
    default="louvain",
    show_default=True,
    help="How communities are found; leiden needs the extra of that name.",
)
@click.option(
    "--compare", nargs=2, metavar="BEFORE AFTER", help="What changed between two periods, as 2023..2024 2025."
)
@click.option("--sort", type=click.Choice(_SORTS), default="strength", metavar="MEASURE",
              help="Who comes first: strength (default), betweenness, constraint, ...")  # fmt: skip
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows to show.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option("--keep", is_flag=True, help="Write the measures into the graph, where queries find them.")
@click.option("--drop", is_flag=True, help="Take such measures out of the graph again.")
@click.option("--backend", metavar="NAME", help="An installed backend of networkx that does the work.")
def network(graph: Path, level: str, lang: str | None, sort: str, top: int, form: str, **values: Any) -> None:
    """Measure who cooperates with whom: strength, betweenness, brokers, communities.

    A network joins partners by their events. Strength is the weight of all links of a partner; betweenness
    its share of the shortest roads between others; constraint is low for brokers between groups. CSV and JSON
    hold all rows and measures. docs/network.md says what each measure and each weighting is.

    \b
    Examples:
      kg network --top 10
      kg network --level country --sector semiconductors --since 2024
      kg network --sort betweenness --format csv > brokers.csv
      kg network --compare 2023..2024 2025..2026
      kg network --weighting count --factor meeting=0 --backbone 0.05
    """
    from kg.cli.measures import show_measures
    from kg.network import measure_network

    if values["drop"]:
        _drop(graph)
        return
    rows = read_events(graph, lang)
    if values["compare"]:
        _compare(rows, graph, level=level, top=top, form=form, values=values)
        return
    net = choose_network(rows, level=level, values=values)
    warn_if_empty(net, graph)
    measures = measure_network(net, communities=values["communities"], backend=values["backend"])
    if values["keep"]:
        _keep(graph, net, measures, written_choice(values))
    show_measures(measures, sort=sort, top=top, form=form)


def warn_if_empty(net: Network, graph: Path) -> None:
    """Say so when the choices leave nothing."""
    if not len(net):
        note(f"{graph}: no event is left with these choices, so the network is empty.")


def _compare(
    rows: list[EventRow], graph: Path, *, level: str, top: int, form: str, values: dict[str, Any]
) -> None:
    from kg.cli.measures import show_comparison
    from kg.network import compare_networks, read_period

    if values["since"] or values["until"]:
        raise UsageError("--compare names its own periods. Leave --since and --until out.")
    if values["keep"]:
        raise UsageError("--keep writes the measures of one network. Leave --compare out.")
    before, after = (
        choose_network(rows, level=level, values=values | read_period(text)) for text in values["compare"]
    )
    for net, period in zip((before, after), values["compare"], strict=True):
        if not len(net):
            note(f"{graph}: no event of {period} is left with these choices.")
    filters = make_filters(values)
    undated = sum(not row.dates for row in rows if filters.admits(row))
    if undated:
        note(f"{counted(undated, 'event')} of unknown date in neither period.")
    show_comparison(compare_networks(before, after), values["compare"], top=top, form=form)


def _keep(graph: Path, net: Network, measures: Measures, choice: str) -> None:
    from kg.pipeline.measured import keep_measures

    about = asdict(measures.figures) | {name: net.graph[name] for name in ("level", "weighting")}
    keep_measures(graph, map(asdict, measures.rows), about=about | {"choice": choice})
    note(f"{graph}: holds the measures of {counted(len(net), 'node')} now, until its events change.")


def _drop(graph: Path) -> None:
    from kg.pipeline.measured import drop_measures

    is_changed = drop_measures(graph)
    note(f"{graph}: {'the measures are out' if is_changed else 'there were no measures in it'}.")
