"""Measure what follows from the articles: how long events take for many reports, and for one article more.

In: reports that are made up, as those of a large archive would be: partners that some events share and most
do not, events that one to five papers tell, each in its own words and with its own gaps. Out: a table.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from kg.model import (
    EVENT_TYPES,
    Article,
    ArticleReports,
    EventDate,
    Evidence,
    Mention,
    Participant,
    Partner,
    Report,
)
from kg.ontology import DATA, country_iri, load_vocabulary, partner_iri
from kg.settings import Settings

#: Reports of one article on average, and papers that tell of one event.
REPORTS_EACH, TELLERS = 5, (1, 1, 1, 2, 2, 3, 5)
COUNTRIES = ("VN", "FR", "KR", "JP", "US", "DE", "IN", "CN", "GB", "AU", "SG", "TH", "IT", "ES", "CA", "BR")
KINDS = ("company", "company", "university", "government-body", "research-institute", "association")
STATUSES = ("proposed", "planned", "concluded", "concluded", "ongoing")


def archive(articles: int, *, seed: int = 1) -> list[ArticleReports]:
    """Make up articles with some five reports each; the same seed gives the same articles."""
    chance = random.Random(seed)
    partners = _partners(articles, chance)
    waiting: list[list[Report]] = [[] for _ in range(articles)]
    total = articles * REPORTS_EACH
    while total > 0:
        happening, when = _happening(partners, chance)
        # Papers print on the same days: those that tell of an event lie beside each other in the archive.
        first = chance.randrange(articles)
        for teller in range(chance.choice(TELLERS)):
            waiting[(first + teller * 7) % articles].append(_told(happening, when, chance))
            total -= 1
    return [_article(number, reports, chance) for number, reports in enumerate(waiting)]


def _partners(articles: int, chance: random.Random) -> list[Partner]:
    syllables = (
        "an",
        "ba",
        "cor",
        "den",
        "el",
        "fi",
        "gra",
        "hai",
        "in",
        "jo",
        "ka",
        "lum",
        "mo",
        "nex",
        "or",
    )
    found = []
    for number in range(articles):
        name = "".join(chance.choices(syllables, k=3)).title() + f" {''.join(chance.choices(syllables, k=2))}"
        label, country = f"{name.title()} {number}", chance.choice(COUNTRIES)
        slug = label.lower().replace(" ", "-")
        found.append(Partner(partner_iri(slug), label, chance.choice(KINDS), country))
    return found


def _happening(partners: list[Partner], chance: random.Random) -> tuple[Report, date]:
    """Make up an event; a few partners do much, as in life, and countries take part in every third event."""
    chosen = {partners[int(len(partners) * chance.random() ** 2)] for _ in range(chance.choice((2, 2, 2, 3)))}
    if chance.random() < 0.35 or len(chosen) < 2:
        chosen |= {Partner(country_iri(code), code, "country", code) for code in chance.sample(COUNTRIES, 2)}
    when = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    report = Report(
        type=chance.choice(EVENT_TYPES),
        status=chance.choice(STATUSES),
        participants=tuple(Participant(item) for item in sorted(chosen, key=lambda item: item.iri)),
        evidence=(),
        rule="bench",
        confidence=0.8,
        sectors=tuple(
            sorted(chance.sample(list(load_vocabulary("sectors").concepts), chance.choice((1, 1, 2))))
        ),
        date=EventDate(when.isoformat()),
    )
    return report, when


def _told(report: Report, when: date, chance: random.Random) -> Report:
    """Tell of an event as one paper would: with or without its date, and not always all partners."""
    participants = report.participants
    if len(participants) > 2 and chance.random() < 0.3:
        participants = participants[:2]
    told = chance.choice((report.date, report.date, EventDate(when.isoformat()[:7]), None))
    return replace(report, participants=participants, date=told)


def _article(number: int, reports: list[Report], chance: random.Random) -> ArticleReports:
    """Write a text that names the partners of every report in a sentence of its own."""
    title = f"Title of article {number}"
    text, told = f"{title}\n\n", []
    days = [
        date.fromisoformat(item.date.value) for item in reports if item.date and len(item.date.value) == 10
    ]
    for report in reports:
        start, places = len(text), []
        for item in report.participants:
            text += f"{item.partner.label} and "
            end = len(text) - 5
            mention = Mention(end - len(item.partner.label), end, item.partner.label, "partner")
            places.append(replace(item, partner=replace(item.partner, mentions=(mention,))))
        text += "others will do what they agreed to do. "
        evidence = Evidence(text[start:].rstrip(), start, len(text.rstrip()))
        told.append(replace(report, participants=tuple(places), evidence=(evidence,)))
    words = " ".join("".join(chance.choices("abcdefghij", k=5)) for _ in range(60))
    published = (min(days) if days else date(2020, 1, 1)) + timedelta(days=1)
    lang = ("en", "fr", "vi")[number % 3]
    source = f"Paper {number % 97}"
    article = Article(
        f"a{number}", text + words, title, lang, published, f"https://example.org/{number}", source
    )
    return ArticleReports(article, tuple(told))


def store(items: Iterator[ArticleReports], graph: Path) -> float:
    """Write articles into a graph and bring the events in line; give the seconds that the latter took."""
    from kg.pipeline.steps import STORED_AT_ONCE, Counter, finish, store_articles
    from kg.pipeline.versions import Versions, fingerprint
    from kg.store import open_graph

    settings, versions = Settings(), Versions("bench", (), "bench")
    counter = Counter(lambda _: None, lambda _: None)
    with open_graph(graph, base_iri=DATA) as target:
        while batch := list(islice(items, STORED_AT_ONCE)):
            pending = {item.article.id: (fingerprint(item.article, versions), False) for item in batch}
            store_articles(target, batch, versions, pending, counter)
        begin = time.perf_counter()
        finish(target, settings, versions, counter)
        return time.perf_counter() - begin


def check(graph: Path) -> float:
    """Give the seconds that the look at the shapes takes that a build does, on the whole graph."""
    from kg.store import read_graph
    from kg.validation import find_violations

    begin = time.perf_counter()
    with read_graph(graph) as target:
        count = sum(1 for _ in find_violations(target, quick=True))
    if count:
        raise SystemExit(f"{count} violations in what was made up: mend tools/bench_events.py.")
    return time.perf_counter() - begin


def measure(articles: int, folder: Path) -> tuple[float, float, float]:
    """Give the seconds for the events of so many articles, for one article more, and for the check."""
    items = archive(articles + 1)
    whole = store(iter(items[:-1]), folder / "events")
    return whole, store(iter(items[-1:]), folder / "events"), check(folder / "events")
