"""Commands that check: evaluate (the extraction against gold) and validate (a graph against its shapes)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import graph_option, workers_option
from kg.cli.terminal import Problems, out, progress_bar, show_table, write_bytes
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.evaluation import Scores

_FIGURES = ("triple", "partner", "event", "edge", "status", "activity", "date")
_ALL = "all"


@click.command(short_help="Print how good the extraction is.")
@click.argument("articles", required=False, type=click.Path(path_type=Path))
@click.option(
    "--gold", type=click.Path(path_type=Path), help="Gold records.  [default: those that come with it]"
)
@click.option("--json", "is_json", is_flag=True, help="All figures as JSON.")
@workers_option
def evaluate(articles: Path | None, gold: Path | None, is_json: bool, workers: int) -> int:
    """Print how good the extraction is, by language, against gold data.

    Without arguments the gold that comes with the program is used (samples/gold, 156 articles made for this
    purpose). ARTICLES are read anew and compared with GOLD, whose records have the same ids; GOLD alone takes
    the articles beside it. What the figures mean: docs/commands.md.

    \b
    Examples:
      kg evaluate
      kg evaluate mine.jsonl --gold mine.gold.jsonl
    """
    from kg.evaluation import score

    gold_path, articles_path = _paths(articles, gold)
    records = _read_records(gold_path)
    problems = Problems()
    predicted = _predict(articles_path, len(records), workers, problems)
    scores = score(records, predicted)
    if is_json:
        write_bytes(json.dumps(_values(scores, len(records)), indent=1).encode())
    else:
        _show(scores, records, articles_path)
    return problems.exit_code


@click.command(short_help="Check a graph against its shapes (SHACL).")
@graph_option
def validate(graph: Path) -> int:
    """Check a graph against the shapes of its ontology (SHACL).

    \b
    Example:
      kg validate -g graphs/chips
    """
    from kg.store import read_graph
    from kg.validation import find_violations

    with read_graph(graph) as store:
        count = 0
        for violation in find_violations(store):
            out(str(violation))
            count += 1
    out(f"{count} violations." if count else "The graph conforms to the shapes of the ontology.")
    return 1 if count else 0


def _paths(articles: Path | None, gold: Path | None) -> tuple[Path, Path]:
    if articles is None and gold is None:
        folder = _samples() / "gold"
        return folder / "dev.gold.jsonl", folder / "dev.jsonl"
    if gold is None:
        raise click.UsageError(
            "Name the gold of these articles, as in kg evaluate mine.jsonl --gold mine.gold.jsonl"
        )
    if articles is None:
        articles = gold.with_name(gold.name.replace(".gold.", "."))
        if articles == gold:
            raise click.UsageError(
                "Name the articles too, as in kg evaluate mine.jsonl --gold mine.gold.jsonl"
            )
    return gold, articles


def _samples() -> Path:
    """Find the samples: beside ``kg/`` in a checkout, else the installed package."""
    from importlib.resources import files

    source = Path(__file__).resolve().parents[2] / "samples"
    if (source / "gold").is_dir():
        return source
    try:
        return Path(str(files("kg.samples_files")))
    except ModuleNotFoundError:
        raise DataError(f"The samples are missing: neither {source} nor kg.samples_files is there.") from None


def _read_records(path: Path) -> list[dict[str, Any]]:
    records = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: the gold cannot be read ({error}).") from error
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line) if line.strip() else None
        except json.JSONDecodeError as error:
            raise DataError(f"{path}:{number}: not JSON ({error}). Mend this line.") from error
        if record is not None:
            if not isinstance(record, dict) or not {"id", "events"} <= record.keys():
                raise DataError(f"{path}:{number}: a gold record has an id and events. See samples/gold.")
            records.append(record)
    if not records:
        raise DataError(f"{path}: there is no gold record in it.")
    return records


def _predict(articles: Path, total: int, workers: int, problems: Problems) -> list[dict[str, Any]]:
    from kg.articles import read_articles
    from kg.pipeline import extract
    from kg.records import article_record
    from kg.settings import read_settings

    settings = read_settings()
    predicted: list[dict[str, Any]] = []
    with progress_bar(total) as bar:
        found = read_articles([str(articles)], settings=settings, on_problem=problems)
        for item in extract(found, settings, on_problem=problems, workers=workers):
            predicted.append(article_record(item))
            bar.show(len(predicted), "articles read")
    return predicted


def _languages(scores: Scores) -> list[str]:
    return [_ALL, *sorted({where for _, where in scores.figures} - {_ALL})]


def _show(scores: Scores, records: list[dict[str, Any]], articles: Path) -> None:
    rows = []
    for where in _languages(scores):
        count = sum(where in (_ALL, record["id"].split("-")[0]) for record in records)
        triple = scores.figures["triple", where]
        rows.append(
            (where, count, *(f"{_share(scores, name, where):.3f}" for name in _FIGURES),
             f"{triple.precision:.3f}", f"{triple.recall:.3f}")
        )  # fmt: skip
    heading = ("language", "articles", *_FIGURES, "triple P", "triple R")
    show_table(heading, rows, title=f"{articles.name}: F1 (status: accuracy on the events that were found)")


def _share(scores: Scores, name: str, where: str) -> float:
    return scores.status.get(where, 0.0) if name == "status" else scores.figures[name, where].f1


def _values(scores: Scores, articles: int) -> dict[str, Any]:
    """Give all figures by language, as plain values."""
    by_language: dict[str, Any] = {}
    for where in _languages(scores):
        figures = {
            name: {
                "precision": round(figure.precision, 4),
                "recall": round(figure.recall, 4),
                "f1": round(figure.f1, 4),
            }
            for (name, lang), figure in scores.figures.items()
            if lang == where
        }
        status = {"accuracy": round(scores.status.get(where, 0.0), 4), "events": scores.matched.get(where, 0)}
        by_language[where] = figures | {"status": status}
    return {"articles": articles, "scores": by_language}
