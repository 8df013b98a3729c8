"""Whether confidence means what it says: of the reports at 0.8, about eight in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from kg.evaluation.comparisons import Comparison

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Reports whose confidence lies from ``low`` up to ``high``: how many, how sure, how many right."""

    low: float
    high: float
    reports: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.reports if self.reports else 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold reports; ``error`` is the mean gap between confidence and truth, by reports.

    ``brier`` is the mean squared gap, report by report: it also falls when the sure and the unsure part ways.
    """

    bins: tuple[Bin, ...]
    error: float
    brier: float


def calibrate(comparisons: Iterable[Comparison]) -> Calibration:
    """Put all reports into bins of 0.1; right is what a gold event, also an optional one, is aligned with."""
    reports = [
        (float(event.get("confidence", 0.0)), number in comparison.right)
        for comparison in comparisons
        for number, event in enumerate(comparison.predicted)
        if event.get("confidence") is not None
    ]
    grouped: dict[int, list[tuple[float, bool]]] = {}
    for report in reports:
        grouped.setdefault(min(int(report[0] * BINS), BINS - 1), []).append(report)
    bins = tuple(_bin(number, grouped[number]) for number in sorted(grouped))
    if not reports:
        return Calibration((), 0.0, 0.0)
    error = sum(item.reports * abs(item.share - item.confidence) for item in bins) / len(reports)
    return Calibration(bins, error, fmean((sure - right) ** 2 for sure, right in reports))


def _bin(number: int, reports: list[tuple[float, bool]]) -> Bin:
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        reports=len(reports),
        right=sum(right for _, right in reports),
        confidence=fmean(sure for sure, _ in reports),
    )
