"""Commands that show or hand on the network of a graph: view, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.measuring import warn_if_empty
from kg.cli.options import (
    FILTER_NAMES,
    LEVELS,
    choose_network,
    filter_options,
    graph_option,
    lang_option,
    level_option,
    make_filters,
    need_folder,
    network_options,
    read_events,
)
from kg.cli.terminal import counted, note
from kg.errors import UsageError
from kg.settings import read_settings

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store


@click.command(short_help="Draw the map: interactive HTML, or SVG or PNG.")
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("map.html"),
    show_default=True,
    help="The file to write: .html for the map to explore, .svg or .png for a still picture of it.",
)
@click.option(
    "--level",
    type=click.Choice(["both", *LEVELS]),
    default="both",
    show_default=True,
    metavar="LEVEL",
    help="What the nodes are, as in kg network; both: partners, and countries at the press of a button.",
)
@click.option(
    "--colour",
    type=click.Choice(["kind", "country", "community"]),
    default="kind",
    show_default=True,
    help="What colours tell; in the map to explore a button changes it.",
)
@filter_options
@lang_option
@click.option("--title", help="Heading of the map.  [default: the name of the graph's folder]")
def view(graph: Path, output: Path, level: str, lang: str | None, colour: str, **values: Any) -> None:
    """Draw the map: one HTML file that opens offline in any browser, or a picture for a report.

    Click a link to read the sentences that state it. --lang is also the language of the page.

    \b
    Examples:
      kg view
      kg view --sector semiconductors --since 2024 -o chips.html
      kg view --level country --lang fr -o pays.html
      kg view --colour community -o map.png
    """
    from kg.view import ENDINGS, LANGUAGES, write_map, write_picture

    _need_ending(output, (".html", ".htm", *ENDINGS))
    need_folder(output)
    title = values.pop("title") or f"Cooperation network: {graph.resolve().name}"
    is_picture = output.suffix.lower() in ENDINGS
    levels = ("partner", "country") if level == "both" else (level,)
    networks = _networks(graph, levels[:1] if is_picture else levels, lang=lang, values=values)
    # English comes first in the alphabet of codes; what the page speaks is a matter of its own files.
    words = lang or LANGUAGES[0]
    if is_picture:
        write_picture(networks[0], output, title=title, lang=words, colour=colour)
    else:
        write_map(networks, output, title=title, lang=words, colour=colour, vocabulary=_vocabulary())
    first = networks[0]
    sizes = ((len(first), "node"), (first.number_of_edges(), "link"), (len(first.graph["events"]), "event"))
    note(f"{', '.join(counted(number, word) for number, word in sizes)}: {output}")


def _networks(
    graph: Path, levels: Iterable[str], *, lang: str | None, values: dict[str, Any]
) -> list[nx.Graph]:
    from kg.network import attach_measures, build_network, measure_network

    rows, filters = read_events(graph, lang), make_filters(values)
    networks = []
    for level in levels:
        net = build_network(rows, filters=filters, level=level)
        attach_measures(net, measure_network(net))
        networks.append(net)
    warn_if_empty(networks[0], graph)
    return networks


@click.command(short_help="Write for Gephi, spreadsheets, RDF tools.")
@graph_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; its ending says how.")
@click.option(
    "--as", "form", type=click.Choice(["events.csv"]), help="Write this kind of file, whatever its name."
)
@level_option
@filter_options
@lang_option
@network_options
def export(
    graph: Path, output: Path | None, form: str | None, level: str, lang: str | None, **values: Any
) -> None:
    """Write the network or the graph for another program, by the ending of the file.

    \b
    .gexf                      the network, for Gephi: weights, colours, places, time
    .graphml .csv .cyjs        the network, for other tools, spreadsheets, Cytoscape
    events.csv                 one row an event, for spreadsheets; also NAME.events.csv
    .ttl .trig .nq .jsonld     the whole graph as RDF
    .jsonl                     the reports, as kg extract writes them, each with its event

    \b
    Examples:
      kg export -o network.gexf
      kg export --level country --sector semiconductors -o chips.graphml
      kg export --as events.csv --since 2025
      kg export -o graph.trig
    """
    if output is None and form:
        output = Path(form)
    if output is None:
        raise click.UsageError("Name the file to write, as in kg export -o network.gexf; its ending says how")
    from kg.export import source_of

    source = "events" if form else source_of(output)
    need_folder(output)
    if source == "events":
        if level != "partner":
            raise UsageError(f"{output}: a table of events has no --level; it has a row an event.")
        written = _export_events(graph, output, lang=lang, values=values)
    elif source == "network":
        written = _export_network(graph, output, level=level, lang=lang, values=values)
    else:
        _refuse_choice(output, level, values)
        written = _export_graph(graph, output, source)
    note(f"Written: {', '.join(map(str, written))}")


def _export_network(
    graph: Path, output: Path, *, level: str, lang: str | None, values: dict[str, Any]
) -> tuple[Path, ...]:
    from kg.export import export_network
    from kg.network import attach_measures, measure_network

    net = choose_network(read_events(graph, lang), level=level, values=values)
    attach_measures(net, measure_network(net))
    warn_if_empty(net, graph)
    return export_network(net, output, lang=lang)


def _export_events(
    graph: Path, output: Path, *, lang: str | None, values: dict[str, Any]
) -> tuple[Path, ...]:
    from kg.export import export_events
    from kg.network import record

    filters = make_filters(values)
    chosen = [record(row) for row in read_events(graph, lang) if filters.admits(row)]
    if not chosen:
        note(f"{graph}: no event is left with these choices, so the table has its heading alone.")
    return export_events(chosen, output, labels=_vocabulary(), lang=lang)


def _export_graph(graph: Path, output: Path, source: str) -> tuple[Path, ...]:
    import json

    from kg.export import export_quads
    from kg.pipeline.lists import graph_settings
    from kg.pipeline.stored import stored_reports
    from kg.records import article_record
    from kg.store import read_graph

    with read_graph(graph) as store:
        if source == "quads":
            return export_quads(_quads(store), output)
        with output.open("w", encoding="utf-8", newline="\n") as file:
            for item, events in stored_reports(store, graph_settings(graph, read_settings()).partners):
                file.write(json.dumps(article_record(item, events=events), ensure_ascii=False) + "\n")
    return (output,)


def _quads(store: Store) -> Iterable[Any]:
    names = [
        *store.articles(),
        *(store.events_graph, *store.side_graphs, store.ontology_graph),
    ]
    return (quad for name in names for quad in store.graph_quads(name))


def _vocabulary() -> dict[str, dict[str, str]]:
    from kg.ontology import load_vocabulary

    return {
        concept.id: dict(concept.pref)
        for name in ("sectors", "activities", "instruments", "statuses")
        for concept in load_vocabulary(name)
    }


def _refuse_choice(output: Path, level: str, values: dict[str, Any]) -> None:
    names = (*FILTER_NAMES, "factors", "backbone")
    if level != "partner" or values["weighting"] != "shared" or any(values[name] for name in names):
        raise UsageError(
            f"{output}: {output.suffix} holds the whole graph, from which nothing is chosen. "
            "Leave filters, --level and weights out, or write a network: .gexf, .graphml, .net, .csv, .cyjs."
        )


def _need_ending(output: Path, endings: tuple[str, ...]) -> None:
    if output.suffix.lower() not in endings:
        raise UsageError(f"{output}: a map ends in {', '.join(endings)}. Give the file one of these endings.")
