"""A small network made by hand, for tests of network, map and exports."""

from __future__ import annotations

import random

from kg.model import EVENT_TYPES, KINDS, STATUSES
from kg.network import EventRow, EvidenceRow, ParticipantRow

BASE = "https://w3id.org/entente/data/"


def partner(name: str, kind: str = "company", country: str | None = "VN", **labels: str) -> ParticipantRow:
    return ParticipantRow(f"{BASE}partner/{name}", name, kind, country, labels=labels)


VIETNAM = ParticipantRow(f"{BASE}country/VN", "Vietnam", "country", "VN")
KOREA = ParticipantRow(f"{BASE}country/KR", "South Korea", "country", "KR")
ALPHA = partner("Alpha Chips", "company", "VN", fr="Puces Alpha", vi="Chip Alpha")
BETA = partner("Beta University", "university", "KR")
GAMMA = partner("Gamma Institute", "research-institute", "FR")
DELTA = partner("Delta Association", "association", "KR")
UNION = partner("Union of Ten", "international-organisation", None)


def quote(number: int = 1, **values: str) -> EvidenceRow:
    base = {
        "source": f"Paper {number}",
        "lang": "fr",
        "published": "2025-03-02",
        "title": f"Article {number}",
    }
    values = {**base, "url": f"https://example.org/{number}", **values}
    text = values.pop("quote", f"They signed paper {number}.")
    return EvidenceRow(f"{BASE}article/{number}", text, prefix="Yesterday, ", suffix=" It rained.", **values)


def event(number: int, type: str, status: str, *partners: ParticipantRow, **values: object) -> EventRow:
    given = {"evidence": (quote(number),), **values}
    return EventRow(f"{BASE}event/{number}", type, status, partners, **given)  # type: ignore[arg-type]


ROWS = (
    event(1, "agreement", "concluded", ALPHA, BETA, sectors=("semiconductors",), dates=("2025-03-01",), confidence=0.9),
    event(2, "programme", "ongoing", ALPHA, BETA, sectors=("education",), dates=("2024",), confidence=0.6,
          evidence=(quote(2), quote(3, lang="vi"))),
    event(3, "agreement", "proposed", VIETNAM, KOREA, sectors=("semiconductors",), dates=("2025-06",)),
    event(4, "forum", "concluded", ALPHA, BETA, GAMMA, DELTA, sectors=("quantum",), dates=("2023-11-20",)),
    event(5, "meeting", "planned", GAMMA, UNION, sectors=(), activities=("training",)),
)  # fmt: skip


def generated_rows(partners: int, events: int, *, seed: int = 1) -> tuple[EventRow, ...]:
    """Make up events of many partners: a few meet often, most seldom, and some meetings are large."""
    draw = random.Random(seed)
    countries = ("VN", "KR", "FR", "US", "JP", "DE", "SG", "IN", None)
    people = [
        partner(f"p{number}", draw.choice(KINDS[1:]), draw.choice(countries)) for number in range(partners)
    ]
    often = [1 / (number + 10) for number in range(partners)]
    rows = []
    for number in range(events):
        size = draw.choice((2, 2, 2, 2, 3, 3, 4, 6))
        chosen = {people[number % partners], *draw.choices(people, often, k=size - 1)}
        year, month = draw.randint(2018, 2025), draw.randint(1, 12)
        values = {
            "sectors": tuple(sorted(draw.sample(("semiconductors", "education", "energy", "health"), 2))),
            "dates": (draw.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-15")),),
        }
        who = sorted(chosen, key=lambda item: item.iri)
        rows.append(event(number, draw.choice(EVENT_TYPES), draw.choice(STATUSES), *who, **values))
    return tuple(rows)
