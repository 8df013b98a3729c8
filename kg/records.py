"""Reports as JSON values, as ``kg extract`` writes them, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kg.model import (
    Amount,
    Article,
    ArticleReports,
    EventDate,
    Evidence,
    Mention,
    Participant,
    Partner,
    Report,
)
from kg.ontology import event_codes


def article_record(item: ArticleReports, *, events: Sequence[str] = ()) -> dict[str, Any]:
    """Turn an article's reports into one JSON object; ``events``: the events' IRIs, one for each report."""
    article = item.article
    records = [_report_record(report) for report in item.reports]
    for record, event in zip(records, events, strict=bool(events)):
        record["event"] = event
    return {
        "id": article.id,
        "url": article.url,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "events": records,
    }


def _report_record(report: Report) -> dict[str, Any]:
    kinds = (partner.kind for partner in report.partners)
    codes = event_codes(report.type, report.status, kinds, report.activities)
    return {
        "type": report.type,
        "status": report.status,
        "instrument": report.instrument,
        "confidence": round(report.confidence, 3),
        "rule": report.rule,
        "partners": [_participant_record(participant) for participant in report.participants],
        "sectors": list(report.sectors),
        "activities": list(report.activities),
        "date": report.date.value if report.date else None,
        "date_basis": report.date.basis if report.date else None,
        "place": report.place,
        "amounts": [_amount_record(amount) for amount in report.amounts],
        "cameo": codes.cameo if codes else None,
        "plover": codes.plover if codes else None,
        "evidence": [{"text": e.text, "start": e.start, "end": e.end} for e in report.evidence],
    }


def _amount_record(amount: Amount) -> dict[str, Any]:
    return {
        "text": amount.text,
        "value": _number(amount.value),
        "upper": _number(amount.upper) if amount.upper is not None else None,
        "unit": amount.unit,
        "bound": amount.bound,
        "per": amount.per,
        "start": amount.start,
        "end": amount.end,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _participant_record(participant: Participant) -> dict[str, Any]:
    partner = participant.partner
    return {
        "id": partner.iri,
        "label": partner.label,
        "kind": partner.kind,
        "country": partner.country,
        "wikidata": partner.wikidata,
        "role": participant.role,
        "mentions": [{"text": m.text, "start": m.start, "end": m.end} for m in partner.named],
    }


def read_record(record: Mapping[str, Any]) -> ArticleReports:
    """Read back what ``article_record`` wrote; the text of the article is not part of it."""
    article = Article(
        id=record["id"],
        text="",
        title=record["title"],
        lang=record["lang"],
        published=date.fromisoformat(record["published"]) if record["published"] else None,
        url=record["url"],
    )
    return ArticleReports(article, tuple(_read_report(event) for event in record["events"]))


def _read_report(record: Mapping[str, Any]) -> Report:
    return Report(
        type=record["type"],
        status=record["status"],
        participants=tuple(_read_participant(partner) for partner in record["partners"]),
        evidence=tuple(Evidence(**evidence) for evidence in record["evidence"]),
        rule=record["rule"],
        confidence=record["confidence"],
        sectors=tuple(record["sectors"]),
        activities=tuple(record["activities"]),
        instrument=record["instrument"],
        date=EventDate(record["date"], record["date_basis"]) if record["date"] else None,
        place=record["place"],
        amounts=tuple(_read_amount(amount) for amount in record.get("amounts", ())),
    )


def _read_amount(record: Mapping[str, Any]) -> Amount:
    upper = record["upper"]
    return Amount(
        text=record["text"],
        start=record["start"],
        end=record["end"],
        value=Decimal(str(record["value"])),
        unit=record["unit"],
        upper=Decimal(str(upper)) if upper is not None else None,
        bound=record["bound"],
        per=record["per"],
    )


def _read_participant(record: Mapping[str, Any]) -> Participant:
    mentions = (Mention(m["start"], m["end"], m["text"], "partner") for m in record["mentions"])
    return Participant(
        Partner(
            iri=record["id"],
            label=record["label"],
            kind=record["kind"],
            country=record["country"],
            wikidata=record["wikidata"],
            mentions=tuple(mentions),
        ),
        record["role"],
    )
