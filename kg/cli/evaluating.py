"""The command that measures the extraction: articles and their gold in; figures, errors and a page out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import need_folder, workers_option
from kg.cli.terminal import Problems, note, out, progress_bar, show_table, write_bytes
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, Mistake
    from kg.evaluation.names import NameFigures
    from kg.evaluation.readings import Reading
    from kg.model import Article

_ALL = "all"


@click.command(short_help="Print how good the extraction is, and where it fails.")
@click.argument("articles", required=False, type=click.Path(path_type=Path))
@click.option(
    "--gold", type=click.Path(path_type=Path), help="Gold records.  [default: those that come with it]"
)
@click.option(
    "--pred", type=click.Path(path_type=Path), help="Measure these records (kg extract) and read nothing."
)
@click.option(
    "--errors",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write every error beside its text.",
)
@click.option("--json", "is_json", is_flag=True, help="All figures as JSON.")
@workers_option
def evaluate(
    articles: Path | None,
    gold: Path | None,
    pred: Path | None,
    errors: Path | None,
    is_json: bool,
    workers: int,
) -> int:
    """Print how good the extraction is, by language, against gold data, and where it fails.

    Without arguments the gold that comes with the program is used (samples/gold, 156 articles made for this
    purpose). ARTICLES are read anew and compared with GOLD, whose records have the same ids; GOLD alone takes
    the articles beside it. What the figures mean: docs/commands.md.

    \b
    Examples:
      kg evaluate
      kg evaluate --errors errors.html
      kg evaluate mine.jsonl --gold mine.gold.jsonl
    """
    from kg.evaluation import as_record, read_clusters, read_records
    from kg.evaluation import evaluate as measure

    if errors is not None:
        need_folder(errors)
    gold_path, articles_path = _paths(articles, gold, needs_articles=pred is None or errors is not None)
    records, clusters, problems = read_records(gold_path), read_clusters(gold_path), Problems()
    if pred is not None:
        result = measure(records, read_records(pred, "predicted"), clusters=clusters)
        texts = _articles(articles_path, problems) if errors else []
    else:
        readings = _readings(articles_path, len(records), workers, problems)
        result = _measured(records, readings, clusters)
        texts = [reading.article for reading in readings]
    if is_json:
        write_bytes(json.dumps(as_record(result), indent=1).encode())
    else:
        _show(result, (pred or articles_path).name)
    if errors is not None:
        _write_errors(result, texts, errors, articles_path.name)
    return problems.exit_code


def samples_folder() -> Path:
    """Find the samples: beside ``kg/`` in a checkout, else the installed package."""
    from importlib.resources import files

    source = Path(__file__).resolve().parents[2] / "samples"
    if (source / "gold").is_dir():
        return source
    try:
        return Path(str(files("kg.samples_files")))
    except ModuleNotFoundError:
        raise DataError(f"The samples are missing: neither {source} nor kg.samples_files is there.") from None


def _paths(articles: Path | None, gold: Path | None, *, needs_articles: bool) -> tuple[Path, Path]:
    if articles is None and gold is None:
        folder = samples_folder() / "gold"
        return folder / "dev.gold.jsonl", folder / "dev.jsonl"
    if gold is None:
        raise click.UsageError(
            "Name the gold of these articles, as in kg evaluate mine.jsonl --gold mine.gold.jsonl"
        )
    if articles is None:
        articles = gold.with_name(gold.name.replace(".gold.", "."))
        if articles == gold and needs_articles:
            raise click.UsageError(
                "Name the articles too, as in kg evaluate mine.jsonl --gold mine.gold.jsonl"
            )
    return gold, articles


# --- reading ----------------------------------------------------------------------------------------------


def _articles(path: Path, problems: Problems) -> Iterable[Article]:
    from kg.articles import read_articles
    from kg.settings import read_settings

    return read_articles([str(path)], settings=read_settings(), on_problem=problems)


def _readings(path: Path, total: int, workers: int, problems: Problems) -> list[Reading]:
    from kg.evaluation.readings import read_all
    from kg.settings import read_settings

    readings: list[Reading] = []
    found = _articles(path, problems)
    with progress_bar(total) as bar:
        for reading in read_all(found, read_settings(), on_problem=problems, workers=workers):
            readings.append(reading)
            bar.show(len(readings), "articles read")
    return readings


def _measured(records: list[dict[str, Any]], readings: list[Reading], clusters: Any) -> Evaluation:
    from kg.evaluation import evaluate as measure
    from kg.evaluation.readings import named_partners, prediction_records
    from kg.settings import read_settings

    predicted = prediction_records(readings, base_iri=read_settings().base_iri)
    return measure(records, predicted, named=named_partners(readings), clusters=clusters)


def _write_errors(result: Evaluation, articles: Iterable[Article], path: Path, title: str) -> None:
    from kg.evaluation.page import write_page

    texts = {article.id: article.text for article in articles}
    write_page(result, texts, path, title=title)
    note(f"{len(result.mistakes)} errors beside their texts: {path}")


# --- showing ----------------------------------------------------------------------------------------------


def _show(result: Evaluation, title: str) -> None:
    _show_scores(result, title)
    click.echo()
    _show_both_ways(result)
    if result.names is not None:
        click.echo()
        _show_names(result.names, result.languages)
    click.echo()
    _show_losses(result)
    click.echo()
    for line in _lines(result):
        out(line)


def _show_scores(result: Evaluation, title: str) -> None:
    from kg.evaluation import FIGURES

    rows = [
        (where, count, *(f"{_share(result, name, where):.3f}" for name in FIGURES))
        for where, count in result.articles.items()
    ]
    heading = ("language", "articles", *FIGURES)
    show_table(heading, rows, title=f"{title}: F1 (status: accuracy on the events that were found)")


def _share(result: Evaluation, name: str, where: str) -> float:
    scores = result.scores
    return scores.status.get(where, 0.0) if name == "status" else scores.figures[name, where].f1


def _show_both_ways(result: Evaluation) -> None:
    from kg.evaluation import FIGURES

    rows = []
    for name in FIGURES:
        if name != "status":
            figures = [result.scores.figures[name, where] for where in result.languages]
            cells = ((f"{figure.precision:.3f}", f"{figure.recall:.3f}") for figure in figures)
            rows.append((name, *(cell for pair in cells for cell in pair)))
    heading = [f"{where} {letter}" for where in result.languages for letter in "PR"]
    title = "Precision (of what is found, the share that is right) and recall (the other way round)"
    show_table(("figure", *heading), rows, title=title)


def _show_names(names: NameFigures, languages: list[str]) -> None:
    from kg.model import KINDS

    rows = []
    for kind in (_ALL, *KINDS):
        figure = names.figures.get((kind, _ALL))
        if figure is None:
            continue
        by_language = (names.figures.get((kind, where)) for where in languages)
        recalls = (f"{one.recall:.3f}" if one and one.true + one.missed else "" for one in by_language)
        counts = (figure.true + figure.missed, figure.true, figure.false)
        rows.append((kind, *counts, f"{figure.f1:.3f}", *recalls))
    title = f"Partners found at all, whatever they do; kind right: {names.kind_accuracy:.3f}"
    heading = ("kind", "gold", "found", "others", "F1", *(f"{where} recall" for where in languages))
    show_table(heading, rows, title=title)


def _show_losses(result: Evaluation) -> None:
    from kg.evaluation import count_mistakes

    languages = [where for where in result.languages if where != _ALL]
    counted = count_mistakes(result.mistakes)
    rows = [
        (kind, side, sum(counts.values()), *(counts.get(where, 0) for where in languages),
         _most_often(item for item in result.mistakes if (item.kind, item.side) == (kind, side)))
        for (kind, side), counts in sorted(counted.items(), key=lambda entry: -sum(entry[1].values()))
    ]  # fmt: skip
    heading = ("error", "side", _ALL, *languages, "most often")
    show_table(heading, rows, title="The worst errors by kind (missed: only in gold; extra: only predicted)")


def _most_often(mistakes: Iterable[Mistake], most: int = 3) -> str:
    counts = Counter(item.detail for item in mistakes)
    first = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return "; ".join(f"{detail} {count}" for detail, count in first)


def _lines(result: Evaluation) -> Iterable[str]:
    negatives, calibration = result.negatives, result.calibration
    if negatives.articles:
        yield (
            f"Articles that state no event: {negatives.articles}; reports in them: {negatives.reports} "
            f"({negatives.per_article:.2f} an article); silent: {negatives.silent}."
        )
    if calibration.bins:
        off, brier = calibration.error, calibration.brier
        yield f"Confidence is off by {off:.3f} on average (Brier score {brier:.3f})."
    if result.identity is not None:
        for words, value in _identity_words(result):
            yield (
                f"Same events across articles ({words}, B-cubed): precision {value['precision']:.3f}, "
                f"recall {value['recall']:.3f}, F1 {value['f1']:.3f} of {value['events']} events."
            )


def _identity_words(result: Evaluation) -> Iterable[tuple[str, Mapping[str, float]]]:
    from kg.evaluation.summary import identity_record

    return () if result.identity is None else identity_record(result.identity).items()
