"""The command that asks: a named query, a file or SPARQL in; an answer on standard output."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.terminal import note
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kg.ontology import NamedQuery

_FORMATS = ("table", "csv", "json", "xml", "turtle")
_SPARQL = re.compile(r"\b(select|ask|construct|describe|insert|delete|load|clear)\b", re.IGNORECASE)


@click.command(short_help="Ask the graph: a named query, or SPARQL.")
@click.argument("question", required=False, metavar="QUERY")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@graph_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="How to write the answer.  [default: table; turtle for triples]",
)
@click.option("--list", "is_list", is_flag=True, help="List the queries that come with the program.")
def query(
    question: str | None, values: tuple[str, ...], graph: Path, form: str | None, is_list: bool
) -> None:
    """Ask the graph.

    QUERY is the name of a query that comes with the program (kg query --list), with values for what it asks
    of you; or a file that ends in .rq; or SPARQL 1.1 itself; or - for SPARQL on standard input. The prefixes
    coop:, sector:, activity:, status:, schema:, skos: and their like are known.

    \b
    Examples:
      kg query signed-in-sector sector=semiconductors since=2025-01-01
      kg query partners-of partner="South Korea" --format csv > partners.csv
      kg query 'SELECT ?sector (COUNT(*) AS ?events) { ?event coop:sector ?sector } GROUP BY ?sector'
      kg query mine.rq -g graphs/chips --format json
    """
    if is_list:
        _show_list()
        return
    if question is None:
        raise click.UsageError(
            "Give the name of a query, a file .rq or SPARQL, as in kg query signed-in-sector; "
            "kg query --list shows the names"
        )
    from kg.cli.answers import show_answer
    from kg.queries import bind_query, read_parameters
    from kg.store import read_graph

    asked, given = _find(question), _pairs(values)
    with read_graph(graph) as store:
        text = bind_query(asked, given, base_iri=store.base_iri)
        used = read_parameters(asked) | given
        if asked.description and form in (None, "table") and sys.stdout.isatty():
            note(f"{asked.description}  {_written(used)}")
        count = show_answer(store.query(text), form, base_iri=store.base_iri)
    if count == 0:
        note(_nothing(used))


def _find(question: str) -> NamedQuery:
    from kg.ontology import NamedQuery
    from kg.queries import find_query

    if question == "-":
        return NamedQuery("standard input", "", sys.stdin.read())
    path = Path(question)
    if question.endswith(".rq"):
        if not path.is_file():
            raise UsageError(f"{question}: there is no such file. kg query --list shows the named queries.")
        return NamedQuery(path.name, "", path.read_text(encoding="utf-8"))
    if _SPARQL.search(question) and re.search(r"[\s{]", question):
        return NamedQuery("query", "", question)
    if re.search(r"\s", question):
        raise QueryError(
            "This is neither SPARQL (which has SELECT, ASK, CONSTRUCT or DESCRIBE) nor the name of a query. "
            "kg query --list shows the names."
        )
    return find_query(question)


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if not re.match(r"\w+=", value):
            raise UsageError(f"{value!r} is no value for a query. Write name=value, as in since=2025-01-01.")
    return {name: value for name, _, value in (item.partition("=") for item in values)}


def _written(values: dict[str, str]) -> str:
    words = (f'{name}="{value}"' if " " in value else f"{name}={value}" for name, value in values.items())
    return " ".join(words)


def _nothing(values: dict[str, str]) -> str:
    if not values:
        return "Nothing in the graph answers this."
    return f"Nothing in the graph answers this with {_written(values)}. Try other values."


def _show_list() -> None:
    from kg.ontology import load_queries
    from kg.queries import read_parameters

    for name, item in load_queries().items():
        click.echo(click.style(name, bold=True) + f"  {_written(read_parameters(item))}")
        click.echo(f"    {item.description}")
    note("\nAsk one with: kg query NAME, or with other values: kg query NAME since=2025-01-01")
