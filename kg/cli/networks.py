"""Commands that look at the network of a graph: network, partners, view, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import filter_options, graph_option, level_option, make_filters, need_folder
from kg.cli.terminal import counted, note
from kg.errors import UsageError
from kg.model import KINDS

if TYPE_CHECKING:
    import networkx as nx

    from kg.network import EventRow
    from kg.store import Store

#: Files that hold the whole graph or its reports: there is nothing to choose for them.
_FILTER_NAMES = (
    *("sectors", "activities", "types", "statuses", "languages", "sources"),
    *("since", "until", "min_confidence"),
)
_SORTS = ("strength", "events", "degree", "betweenness", "pagerank", "closeness", "constraint", "countries")
_lang_option = click.option(
    "--lang", metavar="CODE", help="Language of the labels, where they are known in it, as fr."
)


@click.command(short_help="Measure who cooperates with whom.")
@graph_option
@level_option
@filter_options
@_lang_option
@click.option(
    "--weighting",
    type=click.Choice(["shared", "even", "count"]),
    default="shared",
    show_default=True,
    help="shared: what binds weighs more, and an event shares its weight among its pairs.",
)
@click.option(
    "--sort", type=click.Choice(_SORTS), default="strength", show_default=True, help="Who comes first."
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows to show.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def network(
    graph: Path, level: str, lang: str | None, weighting: str, sort: str, top: int, form: str, **values: Any
) -> None:
    """Measure who cooperates with whom: strength, betweenness, brokers, communities.

    A network joins partners by their events. Strength is the weight of all links of a partner; betweenness
    its share of the shortest roads between others; constraint is low for brokers between groups. CSV and JSON
    hold all rows and measures.

    \b
    Examples:
      kg network --top 10
      kg network --level country --sector semiconductors --since 2024
      kg network --sort betweenness --format csv > brokers.csv
    """
    from kg.cli.measures import show_measures
    from kg.network import WEIGHTINGS, build_network, measure_network

    filters = make_filters(values)
    net = build_network(_rows(graph, lang), filters=filters, level=level, weighting=WEIGHTINGS[weighting])
    _warn_if_empty(net, graph)
    show_measures(measure_network(net), sort=sort, top=top, form=form)


@click.command(short_help="List the partners in a graph.")
@click.argument("word", required=False)
@graph_option
@_lang_option
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only this kind: {', '.join(KINDS)}.")
@click.option("--country", metavar="CODE", help="Only this country, as VN.")
@click.option("--top", type=click.IntRange(1), default=30, show_default=True, help="How many rows to show.")
def partners(
    word: str | None, graph: Path, lang: str | None, kind: str | None, country: str | None, top: int
) -> None:
    """List the partners in a graph, those with most events first; WORD is part of a name.

    \b
    Examples:
      kg partners
      kg partners samsung
      kg partners --kind university --country VN
    """
    from kg.cli.measures import show_partners

    found = show_partners(_rows(graph, lang), word=word, kind=kind, country=country, top=top)
    if not found:
        note(f"No such partner in {graph}. kg partners lists those that there are.")


@click.command(short_help="Draw the interactive map, one HTML file.")
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("map.html"),
    show_default=True,
    help="The HTML file to write.",
)
@click.option(
    "--level",
    type=click.Choice(["both", "partner", "country", "partner-sector", "partner-event"]),
    default="both",
    show_default=True,
    help="What the nodes are; both: partners, and countries at the press of a button.",
)
@filter_options
@_lang_option
@click.option("--title", help="Heading of the map.  [default: the name of the graph's folder]")
def view(graph: Path, output: Path, level: str, lang: str | None, title: str | None, **values: Any) -> None:
    """Draw the interactive map: one HTML file that opens offline in any browser.

    Click a link to read the sentences that state it. --lang is also the language of the page.

    \b
    Examples:
      kg view
      kg view --sector semiconductors --since 2024 -o chips.html
      kg view --level country --lang fr -o pays.html
    """
    from kg.network import attach_measures, build_network, measure_network
    from kg.view import LANGUAGES, write_map

    _need_ending(output, (".html", ".htm"))
    need_folder(output)
    rows, filters = _rows(graph, lang), make_filters(values)
    networks = []
    for name in ("partner", "country") if level == "both" else (level,):
        net = build_network(rows, filters=filters, level=name)
        attach_measures(net, measure_network(net))
        networks.append(net)
    _warn_if_empty(networks[0], graph)
    # English comes first in the alphabet of codes; what the page speaks is a matter of its own files.
    page_lang = lang or LANGUAGES[0]
    write_map(
        networks,
        output,
        title=title or f"Cooperation network: {graph.resolve().name}",
        lang=page_lang,
        vocabulary=_vocabulary(),
    )
    first = networks[0]
    sizes = ((len(first), "node"), (first.number_of_edges(), "link"), (len(first.graph["events"]), "event"))
    note(f"{', '.join(counted(number, word) for number, word in sizes)}: {output}")


@click.command(short_help="Write for Gephi, spreadsheets, RDF tools.")
@graph_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; its ending says how.")
@level_option
@filter_options
@_lang_option
def export(graph: Path, output: Path | None, level: str, lang: str | None, **values: Any) -> None:
    """Write the network or the graph for another program, by the ending of the file.

    \b
    .gexf                      the network, for Gephi: weights, colours, places, time
    .graphml .csv .cyjs        the network, for other tools, spreadsheets, Cytoscape
    .ttl .trig .nq .jsonld     the whole graph as RDF
    .jsonl                     the reports, as kg extract writes them, each with its event

    \b
    Examples:
      kg export -o network.gexf
      kg export --level country --sector semiconductors -o chips.graphml
      kg export -o graph.trig
    """
    if output is None:
        raise click.UsageError("Name the file to write, as in kg export -o network.gexf; its ending says how")
    from kg.export import source_of

    source = source_of(output)
    need_folder(output)
    if source == "network":
        written = _export_network(graph, output, level=level, lang=lang, values=values)
    else:
        _refuse_choice(output, level, values)
        written = _export_graph(graph, output, source)
    note(f"Written: {', '.join(map(str, written))}")


def _export_network(
    graph: Path, output: Path, *, level: str, lang: str | None, values: dict[str, Any]
) -> tuple[Path, ...]:
    from kg.export import export_network
    from kg.network import attach_measures, build_network, measure_network

    net = build_network(_rows(graph, lang), filters=make_filters(values), level=level)
    attach_measures(net, measure_network(net))
    _warn_if_empty(net, graph)
    return export_network(net, output, lang=lang)


def _export_graph(graph: Path, output: Path, source: str) -> tuple[Path, ...]:
    import json

    from kg.export import export_quads
    from kg.pipeline.stored import stored_reports
    from kg.records import article_record
    from kg.store import read_graph

    with read_graph(graph) as store:
        if source == "quads":
            return export_quads(_quads(store), output)
        with output.open("w", encoding="utf-8", newline="\n") as file:
            for item, events in stored_reports(store):
                file.write(json.dumps(article_record(item, events=events), ensure_ascii=False) + "\n")
    return (output,)


def _quads(store: Store) -> Iterable[Any]:
    names = [*store.articles(), store.events_graph, store.provenance_graph, store.ontology_graph]
    return (quad for name in names for quad in store.graph_quads(name))


def _rows(graph: Path, lang: str | None) -> list[EventRow]:
    """Read the events; without a language partners bear the label that the graph itself gives them."""
    from kg.network import read_rows
    from kg.store import read_graph

    with read_graph(graph) as store:
        return list(read_rows(store.select, lang=lang or ""))


def _vocabulary() -> dict[str, dict[str, str]]:
    from kg.ontology import load_vocabulary

    return {
        concept.id: dict(concept.pref)
        for name in ("sectors", "activities", "instruments", "statuses")
        for concept in load_vocabulary(name)
    }


def _warn_if_empty(net: nx.Graph, graph: Path) -> None:
    if not len(net):
        note(f"{graph}: no event is left with these choices, so the network is empty.")


def _refuse_choice(output: Path, level: str, values: dict[str, Any]) -> None:
    if level != "partner" or any(values[name] for name in _FILTER_NAMES):
        raise UsageError(
            f"{output}: {output.suffix} holds the whole graph, from which nothing is chosen. "
            "Leave the filters and --level out, or write a network: .gexf, .graphml, .csv, .cyjs."
        )


def _need_ending(output: Path, endings: tuple[str, ...]) -> None:
    if output.suffix.lower() not in endings:
        raise UsageError(f"{output}: a map is an HTML file. Give it the ending {endings[0]}.")
