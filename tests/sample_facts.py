"""The facts that the sample articles state, as their files say and as the program finds them.

A fact is one line, ``agreement/concluded: A + B | semiconductors | 2025-09-18``; a part left out is not asserted.
Lines below ``known gaps`` are true and not found yet. ``python tests/sample_facts.py`` sorts the lines anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.articles import read_articles
from kg.model import Report
from kg.pipeline import extract
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ARTICLES, EXPECTED = ROOT / "samples" / "articles", ROOT / "samples" / "expected"
_GAPS = "known gaps:"


@dataclass(frozen=True)
class Fact:
    """One line of an expected file; ``sectors`` and ``date`` are empty when the line asserts none."""

    line: str
    type: str
    status: str
    partners: frozenset[str]
    sectors: frozenset[str]
    date: str

    def is_told_by(self, report: Report) -> bool:
        """Whether a report says this: the same partners, neither fewer nor more, and what else is asserted."""
        return (
            (report.type, report.status) == (self.type, self.status)
            and frozenset(partner.label for partner in report.partners) == self.partners
            and self.sectors <= set(report.sectors)
            and self.date in ("", report.date.value if report.date else "")
        )


def read_fact(line: str) -> Fact:
    """Read one line."""
    kind, _, rest = line.partition(": ")
    partners, sectors, date = [*(part.strip() for part in rest.split("|")), "", ""][:3]
    event_type, _, status = kind.partition("/")
    return Fact(line, event_type, status, _set(partners, "+"), _set(sectors, ","), date)


def read_expected(path: Path) -> tuple[list[Fact], list[Fact]]:
    """Read the facts that are found, and the known gaps."""
    found, _, gaps = path.read_text(encoding="utf-8").partition(_GAPS)
    return _facts(found), _facts(gaps)


@cache
def sample_reports() -> dict[str, tuple[Report, ...]]:
    """Extract the reports of every sample article once, by its id."""
    problems: list[Exception] = []
    articles = read_articles([str(ARTICLES)], settings=Settings(), on_problem=problems.append)
    results = extract(articles, Settings(), on_problem=problems.append)
    reports = {result.article.id: result.reports for result in results}
    assert not problems
    return reports


def is_found(fact: Fact, reports: Iterable[Report]) -> bool:
    """Whether one of the reports says the fact."""
    return any(fact.is_told_by(report) for report in reports)


def sort_expected() -> None:
    """Write each file anew: what the program finds first, then the known gaps."""
    for path in sorted(EXPECTED.glob("*.txt")):
        facts = [fact for part in read_expected(path) for fact in part]
        found = [fact.line for fact in facts if is_found(fact, sample_reports()[path.stem])]
        gaps = [fact.line for fact in facts if fact.line not in found]
        path.write_text(
            "\n".join(found + ["", _GAPS] * bool(gaps) + gaps).lstrip("\n") + "\n", encoding="utf-8"
        )


def _set(text: str, mark: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(mark) if part.strip())


def _facts(text: str) -> list[Fact]:
    return [read_fact(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    sort_expected()
