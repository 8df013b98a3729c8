"""How well partners are found in the text at all, before anything is said of what they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.comparisons import language_of
from kg.evaluation.scores import Figure, Record, give_keys

ALL = "all"


@dataclass(frozen=True, slots=True)
class NameFigures:
    """Figures by (kind or "all", language or "all"), and how many found partners have the right kind."""

    figures: Mapping[tuple[str, str], Figure]
    kind_accuracy: float


def score_names(gold: Iterable[Record], named: Mapping[str, Sequence[Record]]) -> NameFigures:
    """Compare the distinct partners of each article's gold events with those that the program found.

    ``true`` and ``missed`` count gold partners, ``false`` found ones that are in no gold event, optional
    ones included. A body that an article names in passing is thus false, so that precision is a lower bound.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    kinds: Counter[bool] = Counter()
    for record in gold:
        wanted, known, found = _article(record, named.get(record["id"], ()))
        keys = {partner["key"] for partner in found}
        for key, partner in wanted.items():
            _count(counts, partner["kind"], language_of(record), "true" if key in keys else "missed")
            kinds.update(item["kind"] == partner["kind"] for item in found if item["key"] == key)
        for partner in found:
            if partner["key"] not in known:
                _count(counts, partner["kind"] or "other", language_of(record), "false")
    figures = {key: Figure(c["true"], c["false"], c["missed"]) for key, c in sorted(counts.items())}
    return NameFigures(figures, kinds[True] / kinds.total() if kinds else 0.0)


def _article(record: Record, named: Sequence[Record]) -> tuple[dict[str, Record], set[str], list[Record]]:
    """The partners of the required events by key, the keys of all gold events, the partners found."""
    required = [dict(partner) for event in record["events"] for partner in event["partners"]]
    optional = [dict(partner) for event in record.get("optional_events", []) for partner in event["partners"]]
    found = [dict(partner) for partner in named]
    give_keys([{"partners": required}, {"partners": optional}], [{"partners": found}])
    wanted = {partner["key"]: partner for partner in reversed(required)}
    return wanted, {partner["key"] for partner in (*required, *optional)}, found


def _count(counts: dict[tuple[str, str], Counter[str]], kind: str, lang: str, name: str) -> None:
    for one in (ALL, kind):
        for where in (ALL, lang):
            counts[one, where][name] += 1
