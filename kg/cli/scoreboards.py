"""An evaluation as tables on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import out, show_table

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, Mistake
    from kg.evaluation.names import NameFigures

_ALL = "all"


def show_evaluation(result: Evaluation, title: str) -> None:
    """Print all tables: figures, names, errors; then what one sentence says."""
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
