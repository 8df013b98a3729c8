"""Corrections in; what follows from them for reports, partners and events out.

``correct_reports`` is the stage between reports and events: what articles say stays as it was read, and what
is consolidated is as if the articles had been read so from the start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.corrections.values import Correction, Corrections
from kg.likeness import Told
from kg.model import Participant, Partner
from kg.names.words import normalise

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What corrections come to; partners and reports are named by IRI."""

    #: Report -> the correction by which it is wrong.
    wrong: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    #: Partner -> names, folded, that do not mean it -> the name as it was given.
    not_named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    same_partners: tuple[Pair, ...] = ()
    different_partners: tuple[Pair, ...] = ()
    same_events: tuple[frozenset[str], ...] = ()
    different_events: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()


def make_rulings(corrections: Corrections, moved: Mapping[str, str]) -> Rulings:
    """Say what follows; ``moved``: report -> its IRI now, where the article has been read anew since."""
    by_verdict: dict[str, list[Correction]] = defaultdict(list)
    for item in corrections.items:
        by_verdict[item.verdict].append(item)
    not_named: dict[str, dict[str, str]] = defaultdict(dict)
    for item in by_verdict["different-partner"]:
        if item.name:
            not_named[item.about[0]][normalise(item.name)] = item.name

    def reports(iris: Iterable[str]) -> frozenset[str]:
        return frozenset(moved.get(iri, iri) for iri in iris)

    return Rulings(
        wrong={iri: item.id for item in by_verdict["wrong-report"] for iri in reports(item.about)},
        kinds={item.about[0]: item.kind for item in by_verdict["partner-kind"] if item.kind},
        not_named=not_named,
        same_partners=tuple((item.about[0], item.other[0]) for item in by_verdict["same-partner"]),
        different_partners=tuple(
            (item.about[0], item.other[0]) for item in by_verdict["different-partner"] if item.other
        ),
        same_events=tuple(reports(item.subjects) for item in by_verdict["same-event"]),
        different_events=tuple(
            (reports(item.about), reports(item.other)) for item in by_verdict["different-event"]
        ),
    )


def correct_reports(
    told: Iterable[Told], rulings: Rulings, *, partner_iri: Callable[[str, str], str]
) -> Iterator[Told]:
    """Leave wrong reports out, and give partners the kind and the identity that people say they have.

    ``partner_iri`` names a partner that no list knows, by its label and kind.
    """
    touched = rulings.kinds.keys() | rulings.not_named.keys()
    for item in told:
        if item.iri in rulings.wrong:
            continue
        if touched and any(partner.iri in touched for partner in item.report.partners):
            item = _replaced(item, lambda partner: _corrected(partner, rulings, partner_iri))
        yield item


def replace_partners(told: Iterable[Told], partners: Mapping[str, Partner]) -> Iterator[Told]:
    """Put the partner that stands for others into their places (IRI -> partner)."""
    for item in told:
        if partners and any(partner.iri in partners for partner in item.report.partners):
            item = _replaced(item, lambda partner: _standing(partner, partners))
        yield item


def _standing(partner: Partner, partners: Mapping[str, Partner]) -> Partner:
    """Give the partner that stands for this one, under the names that this one has in its article."""
    other = partners.get(partner.iri)
    return partner if other is None else replace(other, mentions=partner.mentions)


def _corrected(partner: Partner, rulings: Rulings, partner_iri: Callable[[str, str], str]) -> Partner:
    names = rulings.not_named.get(partner.iri)
    if names:
        own = {normalise(item.text) for item in partner.mentions if item.label == "partner"}
        # An article that names it otherwise too means it: only who goes by these names alone is another.
        if own and own <= names.keys():
            label = names[min(own)]
            partner = replace(partner, iri=partner_iri(label, partner.kind), label=label, wikidata=None)
    kind = rulings.kinds.get(partner.iri)
    return replace(partner, kind=kind) if kind else partner


def _replaced(item: Told, change: Callable[[Partner], Partner]) -> Told:
    """Change the partners of a report; two that become one take part once, with the role that one had."""
    by_iri: dict[str, Participant] = {}
    for participant in item.report.participants:
        partner = change(participant.partner)
        first = by_iri.get(partner.iri)
        mentions = dict.fromkeys((*(first.partner.mentions if first else ()), *partner.mentions))
        role = (first.role if first else None) or participant.role
        by_iri[partner.iri] = Participant(replace(partner, mentions=tuple(mentions)), role)
    participants = tuple(by_iri[iri] for iri in sorted(by_iri))
    return replace(item, report=replace(item.report, participants=participants))
