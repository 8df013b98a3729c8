"""The corrections of a graph: read from its folder, and applied between its reports and its events."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.corrections import (
    FILE_NAME,
    Corrections,
    Rulings,
    accepted_ids,
    check_corrections,
    check_known,
    correct_reports,
    correction_iri,
    correction_quads,
    make_rulings,
    ordered,
    read_corrections,
    replace_partners,
    unite,
    unknown_subjects,
    write_corrections,
)
from kg.identities import Identities, Profile, describe_partners, unite_partners
from kg.model import Partner
from kg.names.translations import name_keys
from kg.pipeline.told import read_told

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.events import Judgements
    from kg.likeness import Told
    from kg.ontology import KnownPartner
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Corrected:
    """Reports as corrected, and what else follows from corrections and from the set of all reports.

    ``partners`` are all to be described, repeated; ``wrong``: report -> the correction that says so.
    """

    told: tuple[Told, ...]
    partners: tuple[Partner, ...]
    identities: Identities
    #: Partner -> the labels of those that it stands for.
    names: Mapping[str, frozenset[str]]
    #: What articles name and what takes part in nothing -> its label.
    former: Mapping[str, str]
    rulings: Rulings = field(default_factory=Rulings)
    wrong: Mapping[str, str] = field(default_factory=dict)
    #: How it came to this: reports as read, and with the partners as people judged them; those partners;
    #: reports of which some took part with one partner alone; reports whose article was read anew.
    raw: tuple[Told, ...] = ()
    judged: tuple[Told, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    whole: tuple[Told, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def replaced(self) -> dict[str, str]:
        """Give the partners that another one stands for (IRI -> IRI)."""
        return {iri: item.iri for iri, item in self.identities.partners.items() if item.iri != iri}


@dataclass(frozen=True, slots=True)
class Change:
    """Corrections for a graph, and the ids of those that other graphs have accepted."""

    corrections: Corrections
    accepted: frozenset[str] = frozenset()
    #: Those in whose place they come, for the journal.
    former: Corrections = field(default_factory=Corrections)
    #: Whether articles changed too: a build alone moves the clock in the graph.
    is_build: bool = False


def merged_corrections(into: Path, graphs: Iterable[Path]) -> Change:
    """Put the corrections of several graphs to those of one; raises ``DataError`` where they contradict."""
    from kg.store import read_graph

    corrections, accepted = stored_corrections(into), frozenset[str]()
    for path in graphs:
        with read_graph(path) as source:
            accepted |= accepted_in(source)
        corrections = unite(corrections, read_corrections(path / FILE_NAME))
    check_corrections(corrections)
    return Change(corrections, accepted, is_build=True)


def stored_corrections(graph: Path) -> Corrections:
    """Read and check the corrections in the folder of a graph."""
    corrections = read_corrections(graph / FILE_NAME)
    check_corrections(corrections)
    return corrections


def check_subjects(store: Store, corrections: Corrections, lists: Iterable[str]) -> None:
    """Refuse corrections of what neither a finished graph nor a list knows, before it is opened to write."""
    from kg.ontology import load_gazetteer
    from kg.partners.labels import country_label

    if store.folder.is_unfinished:
        return
    known = {item.iri: item for item in load_gazetteer(map(Path, lists))}
    listed = Listed(known, store.base_iri, country_label)
    moved = find_moved(corrections, (), store)

    def is_known(iri: str) -> bool:
        return bool(store.types(iri)) or iri in moved or iri in listed

    check_known(corrections, is_known, accepted=accepted_in(store))


def correct(
    told: Iterable[Told],
    store: Store,
    known: Mapping[str, KnownPartner],
    *,
    corrections: Corrections,
    accepted: Iterable[str] = (),
) -> Corrected:
    """Apply corrections to all reports of a graph, and bring the partners of its articles together.

    Raises ``DataError`` for a correction of what neither the graph nor a list knows, unless it was accepted
    before: the article may have been taken out since.
    """
    from kg.partners.labels import country_label

    raw = list(told)
    reports = {item.iri for item in raw}
    moved = find_moved(corrections, reports, store)
    rulings = make_rulings(corrections, moved)
    items = list(judged(raw, rulings, store))
    listed = Listed(known, store.base_iri, country_label)
    partners = [partner for item in items for partner in item.report.partners]
    profiles = describe_partners(partners, listed)
    met = reports | moved.keys() | profiles.keys() | {p.iri for item in raw for p in item.report.partners}
    check_known(corrections, lambda iri: iri in met or iri in listed, accepted=accepted)
    profiles |= listed.profiles(profiles, {iri for pair in rulings.same_partners for iri in pair})
    identities = unite_partners(profiles, same=rulings.same_partners, apart=rulings.different_partners)
    standing = with_kinds(identities, rulings)
    whole = tuple(replace_partners(items, standing.partners))
    kept = tuple(item for item in whole if len(item.report.participants) > 1)
    described = tuple(partner for item in whole for partner in item.report.partners)
    valid = {partner.iri for partner in described}
    former = {iri: label for iri, label in _named(raw) if iri not in valid}
    wrong = {iri: id for iri, id in rulings.wrong.items() if iri in reports}
    found = Corrected(kept, described, standing, _names(standing, profiles), former, rulings, wrong)
    return replace(found, raw=tuple(raw), judged=tuple(items), profiles=profiles, whole=whole, moved=moved)


def _named(told: Iterable[Told]) -> list[tuple[str, str]]:
    """Give whom reports name (IRI, label), so that of several labels the first by name comes last."""
    return sorted({(p.iri, p.label) for item in told for p in item.report.partners}, reverse=True)


def corrected_reports(store: Store, lists: Iterable[str] = ()) -> Callable[[Iterable[Told]], Iterator[Told]]:
    """Give what makes reports of a graph into those that its events are made of."""
    from kg.ontology import load_gazetteer

    accepted = accepted_in(store)
    found = read_corrections(store.folder.path / FILE_NAME)
    valid = replace(found, items=tuple(item for item in found.items if item.id in accepted))
    known = {item.iri: item for item in load_gazetteer(map(Path, lists))}
    corrected = correct(read_told(store), store, known, corrections=valid, accepted=accepted)

    def apply(told: Iterable[Told]) -> Iterator[Told]:
        items = judged(told, corrected.rulings, store)
        yield from replace_partners(items, corrected.identities.partners)

    return apply


def with_united_partners(told: Iterable[Told]) -> list[Told]:
    """Bring the partners of all articles together as a build without corrections does."""
    from kg.ontology import load_gazetteer
    from kg.partners.labels import country_label

    items = list(told)
    listed = Listed({item.iri: item for item in load_gazetteer()}, "", country_label)
    profiles = describe_partners((partner for item in items for partner in item.report.partners), listed)
    profiles |= listed.profiles(profiles)
    whole = replace_partners(items, unite_partners(profiles).partners)
    return [item for item in whole if len(item.report.participants) > 1]


def judged(told: Iterable[Told], rulings: Rulings, store: Store) -> Iterator[Told]:
    """Apply to reports what people said of each of them and of its partners."""
    from kg.partners.labels import partner_iri

    return correct_reports(told, rulings, partner_iri=partial(partner_iri, store.base_iri))


def judgements_of(corrected: Corrected) -> Judgements:
    """Give what merging reports to events must respect."""
    from kg.events import Judgements

    rulings, replaced = corrected.rulings, corrected.replaced
    apart = (frozenset(replaced.get(iri, iri) for iri in pair) for pair in rulings.different_partners)
    return Judgements(rulings.same_events, rulings.different_events, frozenset(apart))


def correction_descriptions(corrected: Corrected, store: Store) -> Iterator[tuple[str, list[Quad]]]:
    """Say in the consolidated graph which reports are wrong, each by its correction."""
    from kg.triples import invalid_quads

    for report, id in sorted(corrected.wrong.items()):
        correction = correction_iri(id, base_iri=store.base_iri)
        yield report, invalid_quads(report, correction, graph=store.events_graph)


def accepted_in(store: Store) -> frozenset[str]:
    """Give the ids of the corrections that a graph has taken over."""
    return accepted_ids(store.graph_quads(store.corrections_graph), base_iri=store.base_iri)


def quads_of(corrections: Corrections, store: Store) -> list[Quad]:
    """Describe corrections as the graph holds them."""
    return correction_quads(corrections, graph=store.corrections_graph, base_iri=store.base_iri)


def write_file(corrections: Corrections, folder: Path, *, base_iri: str) -> None:
    """Write the file of a graph's corrections in one step; without corrections there is none."""
    from kg.store.folders import disk_errors, write_in_one_step

    path = folder / FILE_NAME
    with disk_errors(folder):
        if corrections:
            write_in_one_step(path, write_corrections(ordered(corrections), base_iri=base_iri))
        else:
            path.unlink(missing_ok=True)


def _names(identities: Identities, profiles: Mapping[str, Profile]) -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for iri, partner in identities.partners.items():
        label = profiles[iri].partner.label
        if label != partner.label:
            names[partner.iri] = names.get(partner.iri, frozenset()) | {label}
    return names


def with_kinds(identities: Identities, rulings: Rulings) -> Identities:
    """Give who stands for others the kind that a person gave to any of them."""
    given = {
        identities.partners[iri].iri: kind
        for iri, kind in rulings.kinds.items()
        if iri in identities.partners
    }
    partners = {
        iri: replace(partner, kind=given[partner.iri]) if partner.iri in given else partner
        for iri, partner in identities.partners.items()
    }
    return replace(identities, partners=partners)


def find_moved(corrections: Corrections, reports: Container[str], store: Store) -> dict[str, str]:
    """Find reports whose article has been read anew since, by type and quote, where one alone fits."""
    from kg.triples import read_article

    found: dict[str, str] = {}
    for iri in unknown_subjects(corrections, lambda iri: "#" not in iri or iri in reports):
        subject = corrections.subjects.get(iri)
        if subject and subject.quote and store.has_article(iri.partition("#")[0]):
            item, names = read_article(store.graph_quads(iri.partition("#")[0]))
            quote = subject.quote
            fitting = [
                name
                for name, report in zip(names, item.reports, strict=True)
                if report.type == subject.type
                and any(quote in evidence.text or evidence.text in quote for evidence in report.evidence)
            ]
            if len(fitting) == 1:
                found[iri] = fitting[0]
    return found


class Listed(Mapping[str, Partner]):
    """Known partners and all countries, made when they are asked for."""

    def __init__(
        self, known: Mapping[str, KnownPartner], base_iri: str, country_name: Callable[[str], str]
    ) -> None:
        self._known, self._country, self._country_name = known, f"{base_iri}country/", country_name

    def __getitem__(self, iri: str) -> Partner:
        if item := self._known.get(iri):
            return Partner(item.iri, item.label, item.kind, item.country, item.wikidata)
        code = iri.removeprefix(self._country)
        if code != iri and len(code) == 2 and (name := self._country_name(code)) != code:
            return Partner(iri, name, "country", code)
        raise KeyError(iri)

    def profiles(self, told: Mapping[str, Profile], named: Iterable[str] = ()) -> dict[str, Profile]:
        """Describe the listed partners that are told or ``named``, and those whose names untold ones have."""
        labels = [item.partner.label for item in told.values() if not item.is_known]
        unknown = {key for label in labels for key in name_keys(label)}
        found: dict[str, Profile] = {}
        for iri, item in self._known.items():
            names = listed_names(item)
            if iri in told:
                found[iri] = replace(told[iri], listed=names)
            elif any(key in unknown for name in names for key in name_keys(name)):
                found[iri] = Profile(self[iri], frozenset(), is_known=True, listed=names)
        for iri in set(named) - told.keys() - found.keys():
            if iri in self:
                found[iri] = Profile(self[iri], frozenset(), is_known=True)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def listed_names(item: KnownPartner) -> frozenset[str]:
    """Give the names of a known partner that tell who is meant: no ordinary word, nor what several bear."""
    names = frozenset(text for _, text in item.names) | {item.label}
    return names - item.common - {text for _, text in (*item.generic, *item.places)}
