"""The events as the network reads them: values, whether from a store, a file or a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A partner in an event; ``labels`` by language tag, ``country`` as ISO 3166-1 alpha-2.

    ``parent`` is the partner that it is a department, a subsidiary or a member of, where that is known;
    ``country_name`` names its country in the language of ``label``.
    """

    iri: str
    label: str
    kind: str
    country: str | None = None
    role: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    parent: ParticipantRow | None = None
    country_name: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A quote that states the event, with the article that it stands in; ``published`` is an ISO date."""

    article: str
    quote: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    lang: str | None = None
    published: str | None = None
    prefix: str = ""
    suffix: str = ""
    #: The report (its IRI) that the quote states, and the status that it gives the event.
    report: str = ""
    status: str | None = None

    @property
    def origin(self) -> str:
        """What counts as one source: the publisher where it is known, else the article."""
        return self.source or self.article


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A value that some articles (IRIs, sorted) give of an event, where others give another.

    ``what`` is ``status``, ``date``, ``place``, ``partner`` or ``amount``.
    """

    what: str
    value: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A sum of money, or a number of people to be trained, that an article (IRI) states of an event.

    ``unit`` is the currency or ``people``, None where nobody can tell; see ``kg.model.Amount``.
    """

    text: str
    value: float
    unit: str | None
    article: str
    upper: float | None = None
    bound: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; ``dates`` are ISO dates at the precision stated (``2025``, ``2025-09``, ``2025-09-18``)."""

    iri: str
    type: str
    status: str
    participants: tuple[ParticipantRow, ...]
    sectors: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    confidence: float | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    #: Articles (IRIs) that only repeat what another one says of this event.
    repeated: tuple[str, ...] = ()
    differences: tuple[DifferenceRow, ...] = ()
    #: Events (IRIs) that it follows in the life of one matter.
    follows: tuple[str, ...] = ()
    amounts: tuple[AmountRow, ...] = ()
    #: Codes in the two schemes of political science; None for what lies outside both.
    cameo: str | None = None
    plover: str | None = None

    @property
    def origins(self) -> frozenset[str]:
        """The independent sources: publishers, else articles, without those that repeat another."""
        return frozenset(item.origin for item in self.evidence if item.article not in self.repeated)


def record(row: EventRow) -> dict[str, Any]:
    """Turn an event into JSON values; keys are the names of the fields."""
    shallow = {field.name: getattr(row, field.name) for field in fields(row)}
    participants = [
        {field.name: getattr(item, field.name) for field in fields(item) if field.name != "parent"}
        | {"labels": dict(item.labels), "parent": item.parent.iri if item.parent else None}
        for item in row.participants
    ]
    return shallow | {
        "participants": tuple(participants),
        "evidence": tuple(asdict(item) for item in row.evidence),
        "differences": tuple(asdict(item) for item in row.differences),
        "amounts": tuple(asdict(item) for item in row.amounts),
        "sources": len(row.origins),
    }


def first_day(date: str) -> str:
    """Return the first day that an ISO date of any precision covers."""
    return date + "0000-01-01"[len(date) :] if len(date) < 10 else date[:10]


def last_day(date: str) -> str:
    """Return the last day that an ISO date of any precision covers (31 stands for the end of every month)."""
    return date + "0000-12-31"[len(date) :] if len(date) < 10 else date[:10]
