"""Whether the same happening in several articles becomes one event: the figures of ``cluster_score.py``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.evaluation.scores import Record, align, give_keys
from kg.model import Article, ArticleReports, EventDate, Mention, Participant, Partner, Report

Item = tuple[str, int]
Clusters = Sequence[Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class BCubed:
    """Mean precision and recall over ``items`` gold events."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Identity:
    """B-cubed over all gold events that a report is aligned with, and without those alone on both sides."""

    everything: BCubed
    clustered: BCubed


def score_identity(gold: Iterable[Record], clusters: Clusters, predicted: Iterable[Record]) -> Identity:
    """Compare the clusters with the identities (``event``) of the predicted events."""
    cluster_of: dict[Item, Hashable] = {
        (member[0], member[1]): number for number, cluster in enumerate(clusters) for member in cluster
    }
    by_id = {record["id"]: record for record in predicted}
    wanted: dict[Item, Hashable] = {}
    got: dict[Item, Hashable] = {}
    for record in gold:
        events = by_id.get(record["id"], {}).get("events", [])
        give_keys(record["events"], events)
        for i, j in align(record["events"], events):
            item = (record["id"], i)
            wanted[item] = cluster_of.get(item, item)
            # A predicted event without an identity stands alone, like a gold event outside every cluster.
            got[item] = events[j].get("event") or (record["id"], j)
    joined = _not_alone(wanted) | _not_alone(got)
    return Identity(
        everything=b_cubed(wanted, got),
        clustered=b_cubed({k: wanted[k] for k in joined}, {k: got[k] for k in joined}),
    )


def b_cubed(wanted: Mapping[Item, Hashable], got: Mapping[Item, Hashable]) -> BCubed:
    """Mean precision and recall over the items; both maps have the same keys."""
    ours, theirs = _members(wanted), _members(got)
    precision = recall = 0.0
    for item in sorted(wanted):
        gold, predicted = ours[wanted[item]], theirs[got[item]]
        shared = len(gold & predicted)
        precision += shared / len(predicted)
        recall += shared / len(gold)
    count = len(wanted) or 1
    return BCubed(precision / count, recall / count, len(wanted))


def _members(cluster_of: Mapping[Item, Hashable]) -> dict[Hashable, set[Item]]:
    members: dict[Hashable, set[Item]] = defaultdict(set)
    for item, cluster in cluster_of.items():
        members[cluster].add(item)
    return members


def _not_alone(cluster_of: Mapping[Item, Hashable]) -> set[Item]:
    members = _members(cluster_of)
    return {item for item, cluster in cluster_of.items() if len(members[cluster]) > 1}


# --- identities in memory, as a build gives them ----------------------------------------------------------


def identify(items: Sequence[ArticleReports], *, base_iri: str) -> list[tuple[str, ...]]:
    """Merge all reports and give for each article the IRIs of its reports' events, in their order."""
    from kg.events import Told, merge_reports
    from kg.pipeline.correcting import with_united_partners
    from kg.triples import report_iris

    names = [report_iris(item, base_iri=base_iri) for item in items]
    told = [
        Told(iri, item.article.id, item.article.lang or "", item.article.published, report)
        for item, iris in zip(items, names, strict=True)
        for iri, report in zip(iris, item.reports, strict=True)
    ]
    events = merge_reports(with_united_partners(told), base_iri=base_iri)
    event_of = {iri: event.iri for event in events for iri in event.reports}
    # A report whose partners turned out to be one tells of no event.
    return [tuple(event_of.get(iri, iri) for iri in iris) for iris in names]


def identify_gold(gold: Iterable[Record], articles: Mapping[str, Article], *, base_iri: str) -> list[Record]:
    """The gold as if a perfect reader had predicted it, with the identities that merging its events gives.

    It tells what merging loses by itself, when nothing was lost before.
    """
    records = [record for record in gold if record["id"] in articles]
    items = [
        ArticleReports(
            # The whole text is needed no more, and offsets of gold quotes are not known.
            replace(articles[record["id"]], text=""),
            tuple(_gold_report(event, base_iri) for event in record["events"]),
        )
        for record in records
    ]
    return [
        {
            "id": record["id"],
            "events": [
                {**event, "partners": [{**p, "label": p["name"]} for p in event["partners"]], "event": iri}
                for event, iri in zip(record["events"], iris, strict=True)
            ],
        }
        for record, iris in zip(records, identify(items, base_iri=base_iri), strict=True)
    ]


def _gold_report(event: Record, base_iri: str) -> Report:
    return Report(
        type=event["type"],
        status=event["status"],
        participants=tuple(Participant(_gold_partner(item, base_iri)) for item in event["partners"]),
        evidence=(),
        rule="",
        confidence=1.0,
        sectors=tuple(event["sectors"]),
        activities=tuple(event.get("activities", ())),
        date=EventDate(event["date"]) if event.get("date") else None,
        place=event.get("place"),
    )


def _gold_partner(item: Record, base_iri: str) -> Partner:
    from kg.partners.labels import partner_iri

    is_country = item["kind"] == "country"
    iri = f"{base_iri}country/{item['country']}" if is_country else ""
    mentions = tuple(Mention(0, 0, form, "partner") for form in item.get("match", ()))
    return Partner(
        iri or partner_iri(base_iri, item["name"], item["kind"]),
        item["name"],
        item["kind"],
        item["country"],
        mentions=mentions,
    )
