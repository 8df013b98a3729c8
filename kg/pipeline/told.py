"""A graph in; the reports of all its articles out, as merging them to events needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from kg.model import Mention, Report

if TYPE_CHECKING:
    from kg.likeness import Told
    from kg.store import Store

Item = TypeVar("Item")


def read_told(store: Store, articles: Iterable[str] | None = None) -> Iterator[Told]:
    """Give all reports, or those of some articles, each value once, as they are in memory together.

    Quotes are left out.
    """
    from kg.likeness import Told
    from kg.triples import read_article

    seen: dict[object, object] = {}
    for iri in store.articles() if articles is None else articles:
        item, names = read_article(store.graph_quads(iri))
        article, lang = item.article.id, _once(item.article.lang or "", seen)
        for name, report in zip(names, item.reports, strict=True):
            yield Told(name, article, lang, item.article.published, _slim(report, seen))


def _slim(report: Report, seen: dict[object, object]) -> Report:
    """Leave out quotes and places of mentions; names stay, because spellings are compared."""
    participants = []
    for participant in report.participants:
        found = participant.partner.mentions
        own = {mention.text for mention in found if mention.label == "partner"}
        names = sorted({mention.text for mention in found})
        mentions = tuple(Mention(0, 0, name, "partner" if name in own else "group") for name in names)
        partner = _once(replace(participant.partner, mentions=mentions), seen)
        participants.append(_once(replace(participant, partner=partner), seen))
    return replace(
        report,
        type=_once(report.type, seen),
        status=_once(report.status, seen),
        participants=_once(tuple(participants), seen),
        evidence=(),
        rule="",
        sectors=_once(report.sectors, seen),
        activities=_once(report.activities, seen),
        date=_once(report.date, seen),
        place=_once(report.place, seen),
    )


def _once(value: Item, seen: dict[object, object]) -> Item:
    return cast(Item, seen.setdefault(value, value))
