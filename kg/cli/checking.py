"""The command that checks a graph against its shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.cli.terminal import out


@click.command(short_help="Check a graph against its shapes (SHACL).")
@graph_option
@click.option("--quick", is_flag=True, help="Leave out what a first look finds fitting: much faster.")
def validate(graph: Path, quick: bool) -> int:
    """Check a graph against the shapes of its ontology (SHACL).

    Each violation names the article, the node, the shape and the sentence. A build does the quick check by
    itself, on what it wrote.

    \b
    Examples:
      kg validate
      kg validate -g graphs/chips --quick
    """
    from kg.store import read_graph
    from kg.validation import find_violations

    with read_graph(graph) as store:
        count = 0
        for violation in find_violations(store, quick=quick):
            out(str(violation))
            count += 1
    out(f"{count} violations." if count else "The graph conforms to the shapes of the ontology.")
    return 1 if count else 0
