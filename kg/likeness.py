"""Two reports in, a number from 0 to 1 out: how surely they tell of the same happening."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kg.model import Partner, Report
from kg.ontology import load_vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what is known of the article that it stands in."""

    iri: str
    article: str
    lang: str
    published: date | None
    report: Report


#: Types that one and the same deed may be told as; a meeting or a forum is never anything else.
DEEDS = frozenset({"agreement", "programme", "investment", "cooperation"})
OTHER_TYPE = 0.8
#: How like two meetings or forums are, in which many matters come up, when they name different ones.
OTHER_MATTERS = 0.75
#: Reports that give no date of their own count as simultaneous when published within so many days.
NEWS_DAYS = 14
#: A body of a state, and the state: the same party told more and less precisely.
REPRESENTS = 0.6
#: A sector, and the one that it is a part of.
BROADER = 0.5


#: Pairs of partners (IRIs) of which a person said that they are two.
Apart = frozenset[frozenset[str]]


def likeness(one: Told, other: Told, apart: Apart = frozenset(), *, least: float = 0.0) -> float:
    """Weigh partners, time and topic; 0 where they exclude each other or the types differ.

    What cannot reach ``least`` gives 0 too: partners are compared last, as that takes longest.
    """
    kind = _kind(one.report, other.report)
    if not kind:
        return 0.0
    time, topic = _time(one, other), _topic(one.report, other.report)
    if kind * time * topic < least:
        return 0.0
    return kind * _parties(one.report.partners, other.report.partners, apart) * time * topic


def _kind(one: Report, other: Report) -> float:
    """Compare the types; one deed of named parties is an agreement here, a programme or investment there."""
    if one.type == other.type:
        return 1.0
    if not {one.type, other.type} <= DEEDS or not set(one.sectors) & set(other.sectors):
        return 0.0
    return OTHER_TYPE if _named(one) >= 2 and _named(other) >= 2 else 0.0


def _named(report: Report) -> int:
    """Count the partners that are no countries."""
    return sum(partner.kind != "country" for partner in report.partners)


def _parties(ones: tuple[Partner, ...], others: tuple[Partner, ...], apart: Apart) -> float:
    """Give the share of partners that both have (Dice), each partner being paired off with its best match."""
    scores = sorted(
        (-same, i, j)
        for i, one in enumerate(ones)
        for j, other in enumerate(others)
        if (same := same_partner(one, other)) > 0 and not (apart and {one.iri, other.iri} in apart)
    )
    left, right, total = set(range(len(ones))), set(range(len(others))), 0.0
    for score, i, j in scores:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            total -= score
    # One party in common says little: a large country or firm deals with everybody.
    if total < 2 * REPRESENTS:
        return 0.0
    # Of a long list of partners each article names its own choice, so that the shorter list counts most.
    shared = total / min(len(ones), len(others))
    dice = 2 * total / (len(ones) + len(others))
    return 0.5 * shared + 0.5 * dice


def same_partner(one: Partner, other: Partner) -> float:
    """Say how surely two partners are one: 1 for one name, less for a country and a body of it, else 0."""
    if one.iri == other.iri:
        return 1.0
    if "country" in (one.kind, other.kind):
        both = one.kind == other.kind
        return REPRESENTS if not both and one.country and one.country == other.country else 0.0
    if one.country and other.country and one.country != other.country:
        return 0.0
    if _names(one) & _names(other):
        return 1.0
    return 0.0


def _names(partner: Partner) -> frozenset[str]:
    return frozenset(_folded(text) for text in (partner.label, *(item.text for item in partner.mentions)))


@lru_cache(maxsize=100_000)
def _folded(name: str) -> str:
    """Fold case and punctuation, and the accents too: newspapers drop them in foreign names."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold().replace("đ", "d")))


def _time(one: Told, other: Told) -> float:
    first, second = one.report.date, other.report.date
    if first and second:
        return _dates(first.value, second.value)
    gap = _gap(_when(one), _when(other))
    if gap is None:
        return 0.75
    if gap <= NEWS_DAYS:
        return 0.9
    # Two states deal with each other all the time: undated and months apart, only what lasts is the same.
    lasting = "ongoing" in (one.report.status, other.report.status)
    return 0.75 if lasting or (_named(one.report) and _named(other.report)) else 0.5


def _when(told: Told) -> date | None:
    """Give the day that the report is about; news is about the days before it, plans aside."""
    if told.report.date is None or told.report.status in ("planned", "proposed"):
        return told.published
    value = told.report.date.value
    if told.published and told.published.isoformat().startswith(value):
        return told.published
    return _day(value + "-01-01"[len(value) - 10 :] if len(value) < 10 else value)


def _dates(first: str, second: str) -> float:
    """Compare two ISO dates of any precision; a day's difference is the time zone or the day of the print."""
    if first == second:
        return 1.0
    if first.startswith(second) or second.startswith(first):
        return 0.9
    if len(first) == len(second) == 10 and _gap(_day(first), _day(second)) == 1:
        return 0.7
    return 0.0


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _gap(one: date | None, other: date | None) -> int | None:
    return abs((one - other).days) if one and other else None


def _topic(one: Report, other: Report) -> float:
    sectors, others = frozenset(one.sectors), frozenset(other.sectors)
    if one.type not in DEEDS:
        # Many matters come up when people meet, and each article names its own choice.
        return 1.0 if not sectors or not others or sectors & others else OTHER_MATTERS
    factor = 1.0
    if one.instrument and other.instrument and one.instrument != other.instrument:
        factor = 0.85
    if not sectors or not others:
        return factor * (0.95 if not sectors and not others else 0.85)
    shared = max(_shared(sectors, others), _shared(others, sectors))
    return factor * (0.6 + 0.4 * shared) if shared else 0.5 * factor


def _shared(ones: frozenset[str], others: frozenset[str]) -> float:
    """Give the share of sectors that others have too; a broader one ("energy" for "hydrogen") is half."""
    broader = _broader()
    wider = {broader.get(item) for item in others}
    near = [
        1.0 if one in others else BROADER if one in wider or broader.get(one) in others else 0.0
        for one in ones
    ]
    return min(sum(near) / min(len(ones), len(others)), 1.0)


@cache
def _broader() -> dict[str, str]:
    return {item.id: item.broader for item in load_vocabulary("sectors").concepts.values() if item.broader}
