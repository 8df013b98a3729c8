"""Reports in, events out: the same happening across articles and languages.

Three steps, each a function of its input alone, so that neither the order of the articles nor the way in
which they came in changes the result:

1. *link*: two articles are laid side by side and their reports paired off, best first, each at most once,
   because one article does not report the same happening twice;
2. *cluster*: what is linked, also through a third report, is one cluster;
3. *unite*: each cluster becomes one event that keeps what its reports differ in.

A link looks at type, partners, time and topic. What a report does not say neither speaks for nor against.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from kg.clusters import Clusters
from kg.histories import status_reached
from kg.likeness import Told, likeness
from kg.model import Event, EventDate, Participant, Partner, Report

__all__ = ["Judgements", "Told", "merge_reports"]

#: Two reports at least this alike are one event.
SAME = 0.6
#: A larger block is cut by month: so many reports of two nations' dealings are never one event.
LARGE_BLOCK = 60

#: How alike two reports are, negative so that the surest comes first, and their places in a sorted list.
Link = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Judgements:
    """What people said: reports that tell of one event, and pairs of sets of reports that tell of two.

    ``apart`` are pairs of partners that are not the same, however alike their names.
    """

    same: tuple[frozenset[str], ...] = ()
    different: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()


def merge_reports(
    told: Iterable[Told], *, base_iri: str, judgements: Judgements | None = None
) -> list[Event]:
    """Unite the reports that tell of one happening; the order of ``told`` does not matter."""
    reports, judgements = sorted(told, key=lambda item: item.iri), judgements or Judgements()
    links = find_links(reports, judgements.apart)
    return merge_linked(reports, links, base_iri=base_iri, judgements=judgements)


def find_links(reports: Sequence[Told], apart: frozenset[frozenset[str]]) -> list[Link]:
    """Give the pairs of reports, by their places in a sorted list, that are alike enough to be one event."""
    links = []
    for one, others in enumerate(_candidates(reports)):
        for other in others:
            score = likeness(reports[one], reports[other], apart, least=SAME)
            if score >= SAME:
                links.append((-score, one, other))
    return links


def merge_linked(
    reports: Sequence[Told], links: Iterable[Link], *, base_iri: str, judgements: Judgements
) -> list[Event]:
    """Unite sorted reports, of which all links are known; without a link between them, parts do not meet."""
    clusters = _clusters(reports, links, judgements)
    return sorted((_unite(cluster, base_iri) for cluster in clusters), key=lambda event: event.iri)


def _clusters(reports: Sequence[Told], links: Iterable[Link], judgements: Judgements) -> Iterator[list[Told]]:
    """Join what is linked, the surest links first, as long as no two reports of one article meet.

    What people judged comes before everything.
    """
    clusters = Clusters(range(len(reports)))
    _apply(judgements, clusters, {told.iri: index for index, told in enumerate(reports)})
    articles = {members[0]: {reports[index].article for index in members} for members in clusters.members()}
    for _, one, other in sorted(_paired(reports, links)):
        roots = clusters.root(one), clusters.root(other)
        is_free = articles[roots[0]].isdisjoint(articles[roots[1]])
        if is_free and clusters.may_join(one, other) and clusters.join(one, other):
            articles[min(roots)] |= articles[max(roots)]
    yield from ([reports[index] for index in members] for members in clusters.members())


def _apply(judgements: Judgements, clusters: Clusters[int], index_of: Mapping[str, int]) -> None:
    for together in judgements.same:
        present = [index_of[iri] for iri in together if iri in index_of]
        for other in present[1:]:
            clusters.join(present[0], other)
    for sides in judgements.different:
        ones, others = ([index_of[iri] for iri in side if iri in index_of] for side in sides)
        for one, other in product(ones, others):
            clusters.keep_apart(one, other)


def _paired(reports: Sequence[Told], links: Iterable[Link]) -> Iterator[Link]:
    """Pair off the reports of every two articles that have links in common, the most alike first."""
    candidates: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        articles = sorted((reports[link[1]].article, reports[link[2]].article))
        candidates[articles[0], articles[1]].append(link)
    for pairs in candidates.values():
        taken: set[int] = set()
        for link in sorted(pairs):
            if taken.isdisjoint(link[1:]):
                taken.update(link[1:])
                yield link


def _candidates(reports: Sequence[Told]) -> Iterator[set[int]]:
    """Give for each report those after it that share a block and stand in another article."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, told in enumerate(reports):
        for key in block_keys(told):
            blocks[key].append(index)
    for key in [key for key, members in blocks.items() if len(members) > LARGE_BLOCK]:
        for month, members in _by_month(blocks.pop(key), reports):
            blocks[*key, month] = members
    for index, told in enumerate(reports):
        found: set[int] = set()
        for key in block_keys(told):
            for name in (key, (*key, month_of(told, 0)), (*key, month_of(told, 1))):
                members = blocks.get(name, [])
                found.update(members[bisect_right(members, index) :])
        yield {other for other in found if reports[other].article != told.article}


def block_keys(told: Told) -> Iterator[tuple[str, ...]]:
    """Name the blocks of a report: each partner that is no country, and its type with each two countries.

    A country is a partner of so much that it says something only together with another one.
    """
    named = [item for item in told.report.partners if item.kind != "country"]
    for partner in named:
        yield "", partner.iri
        yield "", partner.label.casefold()
    states = sorted({item.country or item.iri for item in told.report.partners})
    for pair in combinations(states, 2):
        yield told.report.type, *pair


def _by_month(members: list[int], reports: Sequence[Told]) -> Iterator[tuple[str, list[int]]]:
    """Cut a large block into spans of two months that overlap, so that the work grows with the reports."""
    months: dict[str, list[int]] = defaultdict(list)
    for index in members:
        for later in (0, 1):
            months[month_of(reports[index], later)].append(index)
    yield from months.items()


def month_of(told: Told, later: int) -> str:
    """Name the month in which a report was published, or a later one by so many."""
    when = told.published
    return str(when.year * 12 + when.month + later) if when else "undated"


def _unite(cluster: Sequence[Told], base_iri: str) -> Event:
    reports = [told.report for told in cluster]
    return Event(
        iri=_iri(cluster, base_iri),
        type=_type(reports),
        status=status_reached((told.report.status, told.published) for told in cluster),
        participants=_participants(reports),
        reports=tuple(told.iri for told in cluster),
        sectors=tuple(sorted({item for report in reports for item in report.sectors})),
        activities=tuple(sorted({item for report in reports for item in report.activities})),
        instruments=tuple(sorted({report.instrument for report in reports if report.instrument})),
        dates=_dates(reports),
        places=tuple(sorted({report.place for report in reports if report.place})),
        amounts=tuple((told.iri, amount) for told in cluster for amount in told.report.amounts),
        articles=tuple(sorted({told.article for told in cluster})),
        languages=tuple(sorted({told.lang for told in cluster})),
    )


def _iri(cluster: Sequence[Told], base_iri: str) -> str:
    """Name the event after its first report, which later articles do not change."""
    first = min(cluster, key=lambda told: (told.published or date.max, told.iri))
    return f"{base_iri}event/{hashlib.sha256(first.iri.encode()).hexdigest()[:16]}"


def _type(reports: Sequence[Report]) -> str:
    counts = Counter(report.type for report in reports)
    return min(counts, key=lambda name: (-counts[name], name))


def _dates(reports: Sequence[Report]) -> tuple[EventDate, ...]:
    """Keep each date that a report gives, the most precise and best founded first."""
    found = {report.date for report in reports if report.date}
    by_value: dict[str, EventDate] = {}
    for item in sorted(found, key=lambda item: (item.value, item.basis != "stated")):
        by_value.setdefault(item.value, item)
    return tuple(sorted(by_value.values(), key=lambda item: (-len(item.value), item.value)))


def _participants(reports: Sequence[Report]) -> tuple[Participant, ...]:
    """Unite the partners, each once; a country gives way to its body that another report names instead."""
    partners: dict[str, Partner] = {}
    roles: dict[str, set[str]] = defaultdict(set)
    represented: set[str] = set()
    for report in reports:
        for participant in report.participants:
            partner = participant.partner
            partners.setdefault(partner.iri, partner)
            if participant.role:
                roles[partner.iri].add(participant.role)
        represented |= _represented(report, reports)
    kept = [iri for iri in sorted(partners) if iri not in represented]
    return tuple(Participant(_bare(partners[iri]), min(roles[iri], default=None)) for iri in kept)


def _represented(report: Report, reports: Sequence[Report]) -> set[str]:
    """Find this report's countries for which every report that leaves the country out names a body of it."""
    found = set()
    for country in (item for item in report.partners if item.kind == "country"):
        others = [item for item in reports if country.iri not in {partner.iri for partner in item.partners}]
        # Where one text names the state beside its body, both take part.
        beside = any(item.country == country.country and item != country for item in report.partners)
        if others and not beside and all(_names_body_of(country, item) for item in others):
            found.add(country.iri)
    return found


def _names_body_of(country: Partner, report: Report) -> bool:
    return any(partner.country == country.country for partner in report.partners)


def _bare(partner: Partner) -> Partner:
    return replace(partner, mentions=())
