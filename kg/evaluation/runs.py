"""Files of articles and gold in, an evaluation out: the articles are read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.evaluation.gold import read_clusters, read_records
from kg.evaluation.identity import Identity, identify_gold, score_identity
from kg.evaluation.readings import Reading, named_partners, prediction_records, read_all
from kg.evaluation.summary import Evaluation, evaluate
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, and what was read for it."""

    evaluation: Evaluation
    readings: tuple[Reading, ...]


def measure_files(
    articles: Path,
    gold: Path,
    settings: Settings,
    *,
    workers: int = 1,
    on_problem: Callable[[KgError], None],
    on_read: Callable[[int], None] = lambda count: None,
) -> Run:
    """Read all articles and compare what they yield with the gold; ``on_read`` hears how many are done."""
    from kg.articles import read_articles

    records, clusters = read_records(gold), read_clusters(gold)
    found = read_articles([str(articles)], settings=settings, on_problem=on_problem)
    readings: list[Reading] = []
    for reading in read_all(found, settings, on_problem=on_problem, workers=workers):
        readings.append(reading)
        on_read(len(readings))
    predicted = prediction_records(readings, base_iri=settings.base_iri)
    evaluation = evaluate(records, predicted, named=named_partners(readings), clusters=clusters)
    return Run(evaluation, tuple(readings))


def measure_merging(run: Run, gold: Path, settings: Settings) -> Identity | None:
    """Merge the gold events themselves: what identity loses when nothing was lost before."""
    records, clusters = read_records(gold), read_clusters(gold)
    if clusters is None:
        return None
    articles = {reading.article.id: reading.article for reading in run.readings}
    return score_identity(records, clusters, identify_gold(records, articles, base_iri=settings.base_iri))
