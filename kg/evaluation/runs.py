"""Files of articles and gold in, an evaluation out: the articles are read anew.

Articles that the models learned from (see ``gold.read_learned``) count only when they are asked for: a
figure that is quoted is one of articles that were not learned from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.evaluation.gold import read_clusters, read_learned, read_records
from kg.evaluation.identity import Identity, identify_gold, score_identity
from kg.evaluation.readings import Reading, named_partners, prediction_records, read_all
from kg.evaluation.scores import Record
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
    with_learned: bool = False,
) -> Run:
    """Read the articles and compare what they yield with the gold; ``on_read`` hears how many are done."""
    from kg.articles import read_articles

    records, clusters = gold_to_measure(gold, with_learned=with_learned)
    left_out = frozenset() if with_learned else read_learned(gold)
    found = (
        article
        for article in read_articles([str(articles)], settings=settings, on_problem=on_problem)
        if article.id not in left_out
    )
    readings: list[Reading] = []
    for reading in read_all(found, settings, on_problem=on_problem, workers=workers):
        readings.append(reading)
        on_read(len(readings))
    predicted = prediction_records(readings, base_iri=settings.base_iri)
    evaluation = evaluate(records, predicted, named=named_partners(readings), clusters=clusters)
    return Run(evaluation, tuple(readings))


def gold_to_measure(
    gold: Path, *, with_learned: bool = False
) -> tuple[list[Record], list[list[tuple[str, int]]] | None]:
    """The gold records that count, and their clusters."""
    left_out = frozenset() if with_learned else read_learned(gold)
    records = [record for record in read_records(gold) if record["id"] not in left_out]
    clusters = read_clusters(gold)
    if clusters is None or not left_out:
        return records, clusters
    kept = ([item for item in cluster if item[0] not in left_out] for cluster in clusters)
    return records, [cluster for cluster in kept if len(cluster) > 1]


def measure_merging(run: Run, gold: Path, settings: Settings) -> Identity | None:
    """Merge the gold events themselves: what identity loses when nothing was lost before."""
    records, clusters = gold_to_measure(gold)
    if clusters is None:
        return None
    wanted = {reading.article.id for reading in run.readings}
    records = [record for record in records if record["id"] in wanted]
    articles = {reading.article.id: reading.article for reading in run.readings}
    return score_identity(records, clusters, identify_gold(records, articles, base_iri=settings.base_iri))
