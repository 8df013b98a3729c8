"""The command that writes a report: a graph in, one page that a person can send out."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    choose_network,
    choose_weighting,
    filter_options,
    graph_option,
    make_filters,
    network_options,
    read_events,
    written_choice,
)
from kg.cli.pages import form_of, lang_option, write_answer
from kg.cli.terminal import note

if TYPE_CHECKING:
    from kg.network import Network

#: A picture of more links than these is a grey cloud on a page.
_DRAWN = 150


@click.command(short_help="Write a report: one page that you can send.")
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="File to write: .html, or .json for what stands in it.",
)
@filter_options
@network_options
@lang_option
@click.option("--title", help="Heading of the report.  [default: the name of the graph's folder]")
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="Length of lists.")
def report(graph: Path, output: Path, lang: str | None, title: str | None, top: int, **values: Any) -> None:
    """Write a report: one page with figures, map, timeline and who stands out, for print or to send.

    The newest and the best told agreements, and proposals that nothing has followed; each with footnotes to
    the sentences that say so. The page holds everything and asks nothing of anyone.

    \b
    Examples:
      kg report
      kg report --sector semiconductors --since 2024 --title "Chips since 2024" -o chips.html
      kg report --lang fr -o rapport.html
    """
    from kg.digests import digest

    form = form_of(output, None)
    rows = read_events(graph, lang)
    heading = title or f"{graph.resolve().name}"
    record = digest(
        rows,
        title=heading,
        choice=written_choice(values),
        filters=make_filters(values),
        weighting=choose_weighting(values),
        top=top,
    )
    if not record["figures"]["counts"]["events"]:
        note(f"{graph}: no event is left with these choices, so the report is empty.")
    if form == "html":
        net = choose_network(rows, level="partner", values=values)
        record["map"], record["map_part"] = _map(net, heading, lang)
    write_answer("report", record, output, form, lang=lang)


def _map(net: Network, title: str, lang: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """Draw the map as an address that holds the picture itself: nothing in it can act or ask.

    Of many links the strongest are drawn; the second value then tells how many of how many.
    """
    from kg.network import attach_measures, measure_network
    from kg.view import LANGUAGES, write_picture

    if not len(net):
        return None, None
    links = sorted(net.edges(data="weight"), key=lambda link: (-link[2], link[:2]))
    is_part = len(links) > _DRAWN
    drawn = net.edge_subgraph(link[:2] for link in links[:_DRAWN]).copy() if is_part else net
    attach_measures(drawn, measure_network(drawn))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.svg"
        write_picture(drawn, path, title=title, lang=lang or LANGUAGES[0])
        picture = base64.b64encode(path.read_bytes()).decode()
    part = (_DRAWN, len(links)) if is_part else None
    return f"data:image/svg+xml;base64,{picture}", part
