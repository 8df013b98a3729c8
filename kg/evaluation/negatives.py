"""What is reported of articles that report no cooperation: there should be nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluation.comparisons import Comparison


@dataclass(frozen=True, slots=True)
class Negatives:
    """Articles without a gold event; ``reports`` leaves out what is aligned with an optional event."""

    articles: int
    silent: int
    reports: int

    @property
    def per_article(self) -> float:
        """Reports for each article that should have none."""
        return self.reports / self.articles if self.articles else 0.0


def count_negatives(comparisons: Iterable[Comparison]) -> Negatives:
    """Count the reports of articles whose gold has no event."""
    reports = [len(item.predicted) - len(item.free) for item in comparisons if not item.gold]
    return Negatives(len(reports), reports.count(0), sum(reports))
