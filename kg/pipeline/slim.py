"""Reports without their quotes in, lines of text out, and back: what the index of a graph keeps of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from kg.likeness import Told
from kg.model import Amount, EventDate, Mention, Participant, Partner, Report


def told_text(told: Told) -> str:
    """Write a report as ``read_told`` gives it, losing nothing of it."""
    report = told.report
    return json.dumps(
        [
            [told.iri, told.article, told.lang, told.published.isoformat() if told.published else None],
            [report.type, report.status, report.confidence, report.instrument, report.place],
            [report.sectors, report.activities],
            [report.date.value, report.date.basis] if report.date else None,
            [_amount(item) for item in report.amounts],
            [_participant(item) for item in report.participants],
        ]
    )


def read_text(text: str) -> Told:
    """Read back what ``told_text`` wrote."""
    (iri, article, lang, published), plain, lists, when, amounts, participants = json.loads(text)
    kind, status, confidence, instrument, place = plain
    report = Report(
        type=kind,
        status=status,
        participants=tuple(_read_participant(*item) for item in participants),
        evidence=(),
        rule="",
        confidence=confidence,
        sectors=tuple(lists[0]),
        activities=tuple(lists[1]),
        instrument=instrument,
        date=EventDate(*when) if when else None,
        place=place,
        amounts=tuple(_read_amount(item) for item in amounts),
    )
    return Told(iri, article, lang, date.fromisoformat(published) if published else None, report)


def form_text(partner: Partner) -> str:
    """Write a partner without its mentions."""
    return json.dumps([partner.iri, partner.label, partner.kind, partner.country, partner.wikidata])


def read_form(text: str) -> Partner:
    """Read back what ``form_text`` wrote."""
    return Partner(*json.loads(text))


def _participant(item: Participant) -> list[Any]:
    partner = item.partner
    mentions = [[m.text, m.label] for m in partner.mentions]
    return [
        [partner.iri, partner.label, partner.kind, partner.country, partner.wikidata],
        mentions,
        item.role,
    ]


def _read_participant(form: list[Any], mentions: list[list[str]], role: str | None) -> Participant:
    named = tuple(Mention(0, 0, text, label) for text, label in mentions)
    return Participant(replace(Partner(*form), mentions=named), role)


def _amount(item: Amount) -> list[Any]:
    upper = str(item.upper) if item.upper is not None else None
    return [item.text, item.start, item.end, str(item.value), item.unit, upper, item.bound, item.per]


def _read_amount(item: list[Any]) -> Amount:
    text, start, end, value, unit, upper, bound, per = item
    return Amount(text, start, end, Decimal(value), unit, Decimal(upper) if upper else None, bound, per)
