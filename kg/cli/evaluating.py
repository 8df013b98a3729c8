"""The command that measures the extraction: articles and their gold in; figures, errors and a page out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import need_folder, workers_option
from kg.cli.scoreboards import show_evaluation
from kg.cli.terminal import Problems, note, progress_bar, write_bytes
from kg.errors import DataError

if TYPE_CHECKING:
    from kg.evaluation import Evaluation
    from kg.evaluation.runs import Run
    from kg.model import Article


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
@click.option("--all", "with_learned", is_flag=True, help="Count articles that the models learned from too.")
@workers_option
def evaluate(
    articles: Path | None,
    gold: Path | None,
    pred: Path | None,
    errors: Path | None,
    is_json: bool,
    with_learned: bool,
    workers: int,
) -> int:
    """Print how good the extraction is, by language, against gold data, and where it fails.

    Without arguments the gold that comes with the program is used (samples/gold). ARTICLES are read anew and
    compared with GOLD, whose records have the same ids; GOLD alone takes the articles beside it. Articles
    that the models learned from (listed in NAME.learned.json beside NAME.gold.jsonl) are left out unless
    --all asks for them: what was learned is no test.

    \b
    Examples:
      kg evaluate
      kg evaluate --errors errors.html
      kg evaluate mine.jsonl --gold mine.gold.jsonl
    """
    if errors is not None:
        need_folder(errors)
    gold_path, articles_path = _paths(articles, gold, needs_articles=pred is None or errors is not None)
    problems = Problems()
    if pred is not None:
        result = _measured(pred, gold_path, with_learned=with_learned)
        texts = _articles(articles_path, problems) if errors else []
    else:
        run = _run(articles_path, gold_path, workers, problems, with_learned=with_learned)
        result, texts = run.evaluation, [reading.article for reading in run.readings]
    _show(result, (pred or articles_path).name, is_json=is_json)
    _note_learned(gold_path, with_learned)
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


def _articles(path: Path, problems: Problems) -> list[Article]:
    from kg.articles import read_articles
    from kg.settings import read_settings

    return list(read_articles([str(path)], settings=read_settings(), on_problem=problems))


def _measured(pred: Path, gold: Path, *, with_learned: bool) -> Evaluation:
    from kg.evaluation import evaluate as measure
    from kg.evaluation import read_records
    from kg.evaluation.runs import gold_to_measure

    records, clusters = gold_to_measure(gold, with_learned=with_learned)
    wanted = {record["id"] for record in records}
    predicted = [record for record in read_records(pred, "predicted") if record["id"] in wanted]
    return measure(records, predicted, clusters=clusters)


def _run(articles: Path, gold: Path, workers: int, problems: Problems, *, with_learned: bool) -> Run:
    from kg.evaluation.runs import gold_to_measure, measure_files
    from kg.settings import read_settings

    with progress_bar(len(gold_to_measure(gold, with_learned=with_learned)[0])) as bar:
        return measure_files(
            articles,
            gold,
            read_settings(),
            workers=workers,
            on_problem=problems,
            on_read=lambda count: bar.show(count, "articles read"),
            with_learned=with_learned,
        )


def _show(result: Evaluation, title: str, *, is_json: bool) -> None:
    from kg.evaluation import as_record

    if is_json:
        write_bytes(json.dumps(as_record(result), indent=1).encode())
    else:
        show_evaluation(result, title)


def _note_learned(gold: Path, with_learned: bool) -> None:
    """Say which articles count, where some were learned from."""
    from kg.evaluation import read_learned

    learned = len(read_learned(gold))
    if learned and with_learned:
        note(f"The models learned from {learned} of these articles: these figures are too good.")
    elif learned:
        note(f"{learned} articles that the models learned from are left out (--all counts them too).")


def _write_errors(result: Evaluation, articles: Iterable[Article], path: Path, title: str) -> None:
    from kg.evaluation.page import write_page

    texts = {article.id: article.text for article in articles}
    write_page(result, texts, path, title=title)
    note(f"{len(result.mistakes)} errors beside their texts: {path}")
