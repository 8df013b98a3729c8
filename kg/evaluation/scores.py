"""Predicted events against gold, by language: the figures of the reference scorer, samples/gold/score.py.

Both sides are records as ``kg extract`` writes them: ``{"id", "events": [...]}``; gold partners carry
``name`` and ``match`` where predicted ones carry ``label`` and ``mentions``. The names of the figures are the
reference's own.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Record = dict[str, Any]

# Words of names in any language that say nothing when two spellings are compared, as the reference has them.
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of and for in at on a an de du des la le les l d et en au aux un une va cua tai cho",
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and their harmonic mean, with the counts that they come from."""

    true: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what is predicted that is right."""
        return self.true / (self.true + self.false) if self.true + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that is predicted."""
        return self.true / (self.true + self.missed) if self.true + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures by (name, language or "all"); status accuracy by language."""

    figures: dict[tuple[str, str], Figure]
    status: dict[str, float]
    matched: dict[str, int]


class _Tally(Counter[str]):
    def compare(self, gold: set[Any], predicted: set[Any], free: Iterable[Any] = ()) -> None:
        self["true"] += len(gold & predicted)
        self["missed"] += len(gold - predicted)
        self["false"] += len(predicted - gold - set(free))


def score(gold: Sequence[Record], predicted: Sequence[Record]) -> Scores:
    """Score all articles; the language of an article is the beginning of its id, as in the reference."""
    by_id = {record["id"]: record for record in predicted}
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    status: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    for record in gold:
        events = [e for e in by_id.get(record["id"], {}).get("events", []) if e.get("partners")]
        lang = record["id"].split("-")[0]
        right, seen = _score_article(record, events, [tallies_for(tallies, where) for where in ("all", lang)])
        for where in ("all", lang):
            status[where] += right
            matched[where] += seen
    figures = {key: Figure(t["true"], t["false"], t["missed"]) for key, t in sorted(tallies.items())}
    return Scores(figures, {w: status[w] / n if n else 0.0 for w, n in matched.items()}, dict(matched))


def tallies_for(tallies: dict[tuple[str, str], _Tally], where: str) -> dict[str, _Tally]:
    """The tallies of one language by name."""
    names = ("triple", "partner", "edge", "event", "activity", "date")
    return {name: tallies[name, where] for name in names}


def _score_article(record: Record, events: list[Record], tallies: list[dict[str, _Tally]]) -> tuple[int, int]:
    optional = record.get("optional_events", [])
    give_keys([*record["events"], *optional], events)
    pairs = align(record["events"], events)
    rest = [event for number, event in enumerate(events) if number not in {j for _, j in pairs}]
    free = align(optional, rest)
    right = 0
    for tally in tallies:
        tally["triple"].compare(triples(record["events"]), triples(events), free_triples(record))
        tally["partner"].compare(roles(record["events"]), roles(events), roles(optional))
        tally["edge"].compare(edges(record["events"]), edges(events), edges(optional))
        tally["event"]["true"] += len(pairs)
        tally["event"]["missed"] += len(record["events"]) - len(pairs)
        tally["event"]["false"] += len(events) - len(pairs) - len(free)
        for i, j in pairs:
            wanted, got = record["events"][i], events[j]
            tally["activity"].compare(
                set(wanted.get("activities", [])),
                set(got.get("activities", [])),
                wanted.get("activities_optional", []),
            )
            tally["date"].compare({wanted["date"]} - {None}, {got.get("date")} - {None})
    for i, j in pairs:
        wanted = record["events"][i]
        right += events[j].get("status") in {wanted["status"], *wanted.get("status_also", [])}
    return right, len(pairs)


@lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """Fold case, accents, punctuation and white space, so that spellings of one name compare equal."""
    text = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ı", "i"))
    folded = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return " ".join(re.findall(r"\w+", folded))


def surfaces(partner: Record) -> set[str]:
    """All normalised forms of a partner's name."""
    forms = [partner.get("label"), partner.get("name")]
    for name in ("mentions", "match", "labels"):
        forms += [m["text"] if isinstance(m, dict) else m for m in partner.get(name, [])]
    return {normalise(form) for form in forms if form} - {""}


def is_same_partner(gold: Record, other: Record) -> bool:
    """Whether two partners are one: countries by code, others by a name that is equal or nearly so."""
    other_is_country = (other.get("kind") or "").lower() == "country"
    if gold["kind"] == "country" or other_is_country:
        return gold["kind"] == "country" and other_is_country and gold["country"] == other.get("country")
    return any(_same_name(a, b) for a in surfaces(gold) for b in surfaces(other))


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) <= 5 or _short_words(one) != _short_words(other):
        return False
    matcher = difflib.SequenceMatcher(None, one, other)
    # The quick ratios are upper bounds of the slow one.
    return all(ratio() >= 0.9 for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _short_words(name: str) -> set[str]:
    """Words too short to be misspellings of each other: "ct semiconductor" is not "fpt semiconductor"."""
    return {word for word in name.split() if len(word) <= 4} - _FUNCTION_WORDS


def give_keys(gold_events: Sequence[Record], predicted_events: Sequence[Record]) -> None:
    """Write ``key`` into each partner of one article, equal where they are the same agent."""
    known: list[tuple[str, Record]] = []
    for partner in (p for event in gold_events for p in event["partners"]):
        as_found = {**partner, "label": partner["name"], "mentions": partner.get("match", [])}
        key = next((k for k, seen in known if is_same_partner(seen, as_found)), None)
        if key is None:
            is_country = partner["kind"] == "country"
            key = f"C:{partner['country']}" if is_country else f"P:{normalise(partner['name'])}"
        partner["key"] = key
        known.append((key, partner))
    for partner in (p for event in predicted_events for p in event["partners"]):
        key = next((k for k, seen in known if is_same_partner(seen, partner)), None)
        partner["key"] = key if key is not None else _unknown_key(partner)


def _unknown_key(partner: Record) -> str:
    country = (partner.get("kind") or "").lower() == "country" and partner.get("country")
    return f"C:{country}" if country else f"X:{normalise(partner.get('label') or '?')}"


def triples(events: Iterable[Record]) -> set[tuple[str, str, str]]:
    """Partner, event type, sector."""
    return {(p["key"], e["type"], s) for e in events for p in e["partners"] for s in e.get("sectors", [])}


def roles(events: Iterable[Record]) -> set[tuple[str, str]]:
    """Partner and event type."""
    return {(p["key"], e["type"]) for e in events for p in e["partners"]}


def edges(events: Iterable[Record]) -> set[tuple[str, str, str]]:
    """Two partners and an event type."""
    found = set()
    for event in events:
        keys = sorted({p["key"] for p in event["partners"]})
        found |= {(a, b, event["type"]) for i, a in enumerate(keys) for b in keys[i + 1 :]}
    return found


def free_triples(record: Record) -> set[tuple[str, str, str]]:
    """Facts that earn and cost nothing: optional events, and optional sectors of required ones."""
    return {
        (partner["key"], event["type"], sector)
        for event in [*record["events"], *record.get("optional_events", [])]
        for partner in event["partners"]
        for sector in [*event.get("sectors", []), *event.get("sectors_optional", [])]
    }


def align(gold_events: Sequence[Record], predicted_events: Sequence[Record]) -> list[tuple[int, int]]:
    """Pair events of one type greedily by the share of partners, then sectors, that they have in common."""
    candidates = []
    for i, gold in enumerate(gold_events):
        ours = {partner["key"] for partner in gold["partners"]}
        for j, event in enumerate(predicted_events):
            theirs = {partner["key"] for partner in event["partners"]}
            if gold["type"] == event["type"] and ours & theirs:
                shared = len(ours & theirs) / len(ours | theirs)
                sectors = len(set(gold["sectors"]) & set(event.get("sectors", [])))
                candidates.append((shared, sectors, -abs(i - j), i, j))
    pairs: list[tuple[int, int]] = []
    for *_, i, j in sorted(candidates, reverse=True):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs
