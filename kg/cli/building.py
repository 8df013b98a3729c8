"""Commands that make and change graphs: build, extract, remove, merge."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.options import graph_option, need_folder, partners_option, workers_option
from kg.cli.terminal import Problems, counted, note, progress_bar, show_table
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.pipeline import BuildSummary, Progress

_INPUTS = click.argument("inputs", nargs=-1, metavar="INPUT...")
_NO_INPUT = (
    "Name what to read: files, folders, globs, or - for JSON Lines on standard input, as in kg {} articles/"
)


@click.command(short_help="Read articles into a graph.")
@_INPUTS
@graph_option
@workers_option
@partners_option
@click.option(
    "--validate/--no-validate", default=True, help="Check what was written against the shapes at the end."
)
def build(inputs: tuple[str, ...], graph: Path, workers: int, lists: tuple[Path, ...], validate: bool) -> int:
    """Read articles into a graph.

    INPUT is a file (.txt, .md with front matter, .html, .jsonl), a folder, a glob, or - for JSON Lines on
    standard input. What is in the graph unchanged is not read again, what changed is replaced, and an
    interrupted build goes on where it stopped. Partner lists stay with the graph for later builds.

    \b
    Examples:
      kg build samples/articles
      kg build news/*.md archive.jsonl -g graphs/chips --workers 4
      kg build news --partners my-partners.csv
      curl -s https://example.org/news.jsonl | kg build -
    """
    _need(inputs, "build")
    from kg.pipeline import build as build_graph

    problems = Problems()
    with progress_bar(_count(inputs)) as bar:
        summary = build_graph(
            inputs,
            graph,
            read_settings(),
            workers=workers,
            on_problem=problems,
            on_progress=lambda progress: bar.show(progress.articles, _words(progress)),
            stdin=sys.stdin.buffer,
            lists=lists,
            check=validate,
        )
    _show_summary(summary, graph)
    return problems.exit_code


@click.command(short_help="Write what articles say as JSON Lines, without a graph.")
@_INPUTS
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; else standard output.")
@workers_option
@partners_option
def extract(inputs: tuple[str, ...], output: Path | None, workers: int, lists: tuple[Path, ...]) -> int:
    """Write what articles say as JSON Lines, one article a line, without a graph.

    \b
    Examples:
      kg extract samples/articles -o reports.jsonl
      kg extract article.md | python -m json.tool
    """
    _need(inputs, "extract")
    import json

    from kg.articles import read_articles
    from kg.pipeline import extract as extract_reports
    from kg.pipeline.lists import with_lists
    from kg.records import article_record

    if output is not None:
        need_folder(output)
    problems, settings = Problems(), with_lists(read_settings(), lists)
    articles = read_articles(inputs, settings=settings, on_problem=problems, stdin=sys.stdin.buffer)
    results = extract_reports(articles, settings, on_problem=problems, workers=workers)
    done = reports = 0
    with _writer(output) as write, progress_bar(_count(inputs) if output else None) as bar:
        for item in results:
            write(json.dumps(article_record(item), ensure_ascii=False))
            done, reports = done + 1, reports + len(item.reports)
            if output:
                bar.show(done, f"{reports} reports")
    if output:
        note(f"{counted(done, 'article')}, {counted(reports, 'report')}: {output}")
    return problems.exit_code


@click.command(short_help="Take articles out of a graph.")
@click.argument("ids", nargs=-1, metavar="ID...")
@graph_option
def remove(ids: tuple[str, ...], graph: Path) -> int:
    """Take articles out of a graph, by id; it is then as if they had never been there.

    \b
    Examples:
      kg remove vi-kfia
      kg query 'SELECT ?id WHERE { ?article a coop:Article ; dcterms:identifier ?id }'   (lists the ids)
    """
    if not ids:
        raise click.UsageError("Name the ids of the articles to take out, as in kg remove vi-kfia")
    from kg.pipeline import remove as remove_articles
    from kg.store import read_graph

    problems = Problems()
    # A graph that is not there must not be made only to find nothing in it.
    with read_graph(graph):
        pass
    _show_summary(remove_articles(graph, ids, read_settings(), on_problem=problems), graph)
    return problems.exit_code


@click.command(short_help="Put several graphs into one.")
@click.argument("graphs", nargs=-1, metavar="GRAPH...", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), help="Graph that takes them all.")
def merge(graphs: tuple[Path, ...], into: Path | None) -> int:
    """Put the articles of several graphs into one, and unite their events.

    \b
    Example:
      kg merge graphs/fr graphs/vi --into graphs/all
    """
    if not graphs or into is None:
        raise click.UsageError(
            "Name the graphs and where they go, as in kg merge graphs/fr graphs/vi --into graphs/all"
        )
    from kg.pipeline import merge as merge_graphs

    problems = Problems()
    _show_summary(merge_graphs(graphs, into, read_settings(), on_problem=problems), into)
    return problems.exit_code


def _need(inputs: tuple[str, ...], command: str) -> None:
    if not inputs:
        raise click.UsageError(_NO_INPUT.format(command))
    if "-" in inputs and sys.stdin.isatty():
        note("Reading JSON Lines from standard input; Ctrl-D ends them.")


def _show_summary(summary: BuildSummary, graph: Path) -> None:
    names = ("new", "changed", "unchanged", "removed", "problems", "reports", "events")
    show_table(names, [[getattr(summary, name) for name in names]])
    if sys.stderr.isatty() and summary.events:
        chosen = "" if graph == Path("graph") else f" -g {graph}"
        note(f"\nNext: kg query{chosen} most-active-pairs    or    kg view{chosen}")


def _words(progress: Progress) -> str:
    if progress.stage == "events":
        return "joining reports of the same event"
    return f"{progress.unchanged} unchanged, {progress.reports} reports"


def _count(inputs: tuple[str, ...]) -> int | None:
    """Count the articles to come, for a bar on a terminal alone; None when only reading tells."""
    if not sys.stderr.isatty() or "-" in inputs:
        return None
    from kg.articles.files import find_files

    return sum(
        _lines(found.path) if found.ending == ".jsonl" else 1 for found in find_files(inputs, lambda _: None)
    )


def _lines(path: str) -> int:
    try:
        with open(path, "rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 0


@contextmanager
def _writer(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Give a function that writes one line, at once, so that a reader of the pipe sees each article."""
    if output is None:
        yield lambda line: _write_line(sys.stdout.buffer, line)
        return
    with output.open("wb") as file:
        yield lambda line: _write_line(file, line)


def _write_line(stream: IO[bytes], line: str) -> None:
    stream.write(line.encode("utf-8", "replace") + b"\n")
    stream.flush()
