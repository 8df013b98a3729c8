"""The values that travel through the pipeline, in the order of their making. All are frozen.

article -> document (spaCy's own ``Doc``) -> mentions -> partners -> reports -> events

Offsets are code points in ``Article.text``; ``start`` is inclusive, ``end`` exclusive.
Closed lists are those of the annotation guidelines; their order is the order in which they are printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

EVENT_TYPES = ("agreement", "meeting", "forum", "investment", "programme", "cooperation")
#: From the faintest to the furthest; ``ended`` stands apart, see ``events``.
STATUSES = ("proposed", "planned", "concluded", "ongoing", "ended")
KINDS = (
    "country",
    "government-body",
    "local-government",
    "company",
    "university",
    "research-institute",
    "association",
    "international-organisation",
    "other",
)
ROLES = ("organiser", "investor", "host", "requester")
#: What an amount counts when it is no money.
PEOPLE = "people"
#: How an amount may be stated other than flatly: "nearly", "more than", "up to".
BOUNDS = ("about", "at-least", "at-most")


@dataclass(frozen=True, slots=True)
class Article:
    """One news text. ``text`` is what offsets count in: title, an empty line, body, in NFC."""

    id: str
    text: str
    title: str | None = None
    lang: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    #: Where it was read, for messages only ("news/a.jsonl:7"); never stored.
    origin: str | None = None

    @property
    def body_start(self) -> int:
        """Offset at which the body begins."""
        return len(self.title) + 2 if self.title else 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article that names something.

    ``label`` says what: ``partner`` (a name), ``person`` (stands for a partner), ``group`` ("the two sides",
    "le groupe néerlandais"), ``place``, ``sector``, ``activity``, ``instrument`` or ``date``.
    ``ref`` is the id of the concept or the IRI of the known partner, when a list knows it; for a date its
    ISO form.
    """

    start: int
    end: int
    text: str
    label: str
    ref: str | None = None
    kind: str | None = None
    country: str | None = None
    #: How it was found ("gazetteer", "country", "capital", "ner", "pattern", "acronym", "person", ...).
    source: str = ""
    #: How likely it is a partner at all; 1 where a list or a rule says so.
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Partner:
    """An agent that cooperates, with the places of one article that name it or stand for it."""

    iri: str
    label: str
    kind: str
    country: str | None = None
    wikidata: str | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def named(self) -> tuple[Mention, ...]:
        """The mentions that are its names; where the article gives none, those that stand for it."""
        return tuple(m for m in self.mentions if m.label == "partner") or self.mentions

    @property
    def probability(self) -> float:
        """How likely it is a partner at all, by the surest of its names."""
        return max((mention.probability for mention in self.named), default=1.0)


@dataclass(frozen=True, slots=True)
class Participant:
    """A partner in a report, with its role where the text tells one (``ROLES``)."""

    partner: Partner
    role: str | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """An ISO date at the precision stated (``2025``, ``2025-09``, ``2025-09-18``).

    ``basis`` is ``stated`` when the text gives it in full, ``derived`` when it was worked out from the
    publication date ("yesterday", "le 18 septembre").
    """

    value: str
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact quote of an article that states a report: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money or a number of people to be trained, as the article states it in ``text``.

    ``value`` is the number normalised, the lower end of a range whose upper end is ``upper``. ``unit`` is the
    currency (ISO 4217), ``PEOPLE``, or None where the text leaves open whose dollars or dirhams are meant.
    ``bound`` is one of ``BOUNDS``; ``per`` is ``year`` or ``month`` when so much is meant each time.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str | None
    upper: Decimal | None = None
    bound: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of one event."""

    type: str
    status: str
    participants: tuple[Participant, ...]
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float
    sectors: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    instrument: str | None = None
    date: EventDate | None = None
    place: str | None = None
    amounts: tuple[Amount, ...] = ()

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners without their roles."""
        return tuple(participant.partner for participant in self.participants)


@dataclass(frozen=True, slots=True)
class ArticleReports:
    """An article with all that it says: the result of ``pipeline.extract``, the input of the store."""

    article: Article
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened in the world, told by one or more reports (by their IRIs)."""

    iri: str
    type: str
    status: str
    participants: tuple[Participant, ...]
    reports: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    dates: tuple[EventDate, ...] = ()
    places: tuple[str, ...] = ()
    #: Articles and languages that tell of it, sorted.
    articles: tuple[str, ...] = ()
    languages: tuple[str, ...] = field(default=())
    #: Articles (their IRIs) that repeat another one of them, so that they are no source of their own.
    repeated: tuple[str, ...] = ()
    #: Properties in which the reports differ, see ``differences``.
    differences: tuple[str, ...] = ()
    #: The events (their IRIs) that it follows in the life of one matter, see ``histories``.
    follows: tuple[str, ...] = ()
    #: Each amount with the report (its IRI) that states it.
    amounts: tuple[tuple[str, Amount], ...] = ()
