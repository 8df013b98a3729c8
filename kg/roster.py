"""The answers of a graph in; its partners out, each with its names, its counts, and how it was recognised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.identities import is_acronym
from kg.names.words import normalise
from kg.ontology import CLASS_BY_KIND, COOP, KIND_BY_CLASS, KnownPartner, local_name

Solution = Mapping[str, str | None]
Select = Callable[[str], Iterable[Solution]]

#: How a name was recognised: it stands in a list; it is an acronym, a misspelling, or another name that an
#: article explains; no list knows it; a person said so.
WAYS: Final = ("list", "acronym", "fuzzy", "context", "new", "correction")
#: From so many hundredths of equal letters on, a name is a misspelling of another.
_MISSPELT: Final = 85

_PARTNERS: Final = """
SELECT ?partner ?kind ?label ?country ?whole ?wikidata WHERE {
  ?partner a coop:Partner, ?kind ; rdfs:label ?label .
  OPTIONAL { ?partner coop:country ?country } OPTIONAL { ?partner coop:partOf ?whole }
  OPTIONAL { ?partner skos:exactMatch ?wikidata } }"""
_EVENTS: Final = """
SELECT ?partner (COUNT(DISTINCT ?event) AS ?events) WHERE { ?event a coop:Event ; coop:partner ?partner }
GROUP BY ?partner"""
_FORMS: Final = """
SELECT ?form ?partner ?term ?value WHERE {
  VALUES ?term { schema:name schema:alternateName coop:kind coop:country }
  ?form prov:specializationOf ?partner ; ?term ?value }"""
_LABELS: Final = """
SELECT ?partner ?label (LANG(?label) AS ?lang) WHERE { ?partner a coop:Partner ; skos:prefLabel ?label }"""
_REPLACED: Final = "SELECT ?partner ?other WHERE { ?partner dcterms:isReplacedBy ?other }"
_JUDGED: Final = """
SELECT ?one ?other ?verdict ?name WHERE {
  ?correction a ?verdict ; coop:about ?one .
  VALUES ?verdict { coop:SamePartner coop:DifferentPartner coop:PartnerKind }
  OPTIONAL { ?correction coop:comparedWith ?other } OPTIONAL { ?correction coop:notNamed ?name } }"""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner of a graph.

    ``names``: what articles call it -> in how many articles; ``kinds`` and ``countries`` likewise: what
    articles take it for; ``resolved``: see ``WAYS``, the commonest first; ``labels`` by language.
    """

    iri: str
    label: str
    kind: str
    country: str | None
    part_of: str | None
    wikidata: str | None
    events: int
    articles: int
    resolved: tuple[str, ...]
    names: Mapping[str, int]
    kinds: Mapping[str, int]
    countries: Mapping[str, int]
    labels: Mapping[str, str]
    is_known: bool = False

    @property
    def id(self) -> str:
        """The short id by which commands know it."""
        return "/".join(self.iri.rsplit("/", 2)[-2:])


@dataclass(frozen=True, slots=True)
class Judged:
    """What people have said of partners, so that nobody is asked twice."""

    pairs: frozenset[frozenset[str]]
    names: frozenset[tuple[str, str]]
    kinds: frozenset[str]


def read_roster(select: Select, known: Mapping[str, KnownPartner]) -> list[PartnerRow]:
    """List the partners that take part in events, those with most events first."""
    events = {row["partner"]: int(row["events"] or 0) for row in _bound(select(_EVENTS))}
    replaced = {row["partner"]: row["other"] for row in _bound(select(_REPLACED))}
    said = {iri for pair in read_judged(select).pairs for iri in pair}
    forms = _read_forms(select)
    by_partner: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        by_partner[replaced.get(form.partner, form.partner)].append(form)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _bound(select(_LABELS)):
        if lang := row.get("lang"):
            labels[row["partner"]][lang] = row["label"]
    rows = [
        _row(row, by_partner[row["partner"]], known, events=events, labels=labels, said=said)
        for row in _distinct(select)
        if row["partner"] in events
    ]
    return sorted(rows, key=lambda row: (-row.events, row.label, row.iri))


def read_judged(select: Select) -> Judged:
    """Read what people have said of partners."""
    rows = list(_bound(select(_JUDGED)))
    return Judged(
        pairs=frozenset(frozenset((row["one"], row["other"])) for row in rows if "other" in row),
        names=frozenset((row["one"], normalise(row["name"])) for row in rows if "name" in row),
        kinds=frozenset(row["one"] for row in rows if row["verdict"] == COOP + "PartnerKind"),
    )


def choose(
    rows: Iterable[PartnerRow], *, word: str | None, kind: str | None, country: str | None
) -> list[PartnerRow]:
    """Keep the partners of which ``word`` is part of a name, of this kind and this country."""

    def fits(row: PartnerRow) -> bool:
        names = (row.label, *row.labels.values(), *row.names)
        return (
            (kind is None or row.kind == kind)
            and (country is None or (row.country or "").casefold() == country.casefold())
            and (word is None or any(normalise(word) in normalise(name) for name in names))
        )

    return [row for row in rows if fits(row)]


@dataclass(frozen=True, slots=True)
class _Form:
    """A partner as one article knows it."""

    partner: str
    article: str
    names: tuple[str, ...]
    kind: str
    country: str | None


def _read_forms(select: Select) -> Iterator[_Form]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    partner: dict[str, str] = {}
    for row in _bound(select(_FORMS)):
        partner[row["form"]] = row["partner"]
        found[row["form"]][local_name(row["term"])].append(row["value"])
    for iri, values in sorted(found.items()):
        kind = KIND_BY_CLASS.get(min(values.get("kind", [CLASS_BY_KIND["other"]])), "other")
        country = local_name(min(values["country"])) if values.get("country") else None
        names = tuple(sorted({*values.get("name", ()), *values.get("alternateName", ())}))
        yield _Form(partner[iri], iri.partition("#")[0], names, kind, country)


def _distinct(select: Select) -> Iterator[dict[str, str]]:
    """Give each partner once, with its kind rather than the class of all partners."""
    found: dict[str, dict[str, str]] = {}
    for row in _bound(select(_PARTNERS)):
        if row["kind"] in KIND_BY_CLASS and (
            row["partner"] not in found or row["kind"] != CLASS_BY_KIND["other"]
        ):
            found[row["partner"]] = row
    yield from found.values()


def _row(
    row: Mapping[str, str],
    forms: list[_Form],
    known: Mapping[str, KnownPartner],
    *,
    events: Mapping[str, int],
    labels: Mapping[str, Mapping[str, str]],
    said: set[str],
) -> PartnerRow:
    iri, country = row["partner"], row.get("country")
    kind = KIND_BY_CLASS[row["kind"]]
    listed = known.get(iri)
    names = Counter(name for form in forms for name in form.names)
    ways = Counter(
        _way(form, name, iri, listed, kind=kind, said=said) for form in forms for name in form.names
    )
    return PartnerRow(
        iri=iri,
        label=row["label"],
        kind=kind,
        country=local_name(country) if country else None,
        part_of=row.get("whole"),
        wikidata=local_name(row["wikidata"]) if "wikidata" in row else None,
        events=events[iri],
        articles=len({form.article for form in forms}),
        resolved=tuple(sorted(ways, key=lambda way: (-ways[way], WAYS.index(way)))),
        names=dict(sorted(names.items(), key=lambda item: (-item[1], item[0]))),
        kinds=dict(Counter(form.kind for form in forms)),
        countries=dict(Counter(form.country for form in forms if form.country)),
        labels=dict(labels.get(iri, {})),
        is_known=listed is not None or kind == "country",
    )


def _way(form: _Form, name: str, iri: str, listed: KnownPartner | None, *, kind: str, said: set[str]) -> str:
    if form.partner != iri and form.partner in said:
        return "correction"
    if kind == "country":
        return "list"
    if listed is None:
        if form.partner == iri:
            return "new"
        return "acronym" if is_acronym(name) else "fuzzy"
    known = {normalise(text) for _, text in (*listed.names, *listed.generic, *listed.places)}
    if normalise(name) in known or name == listed.label:
        return "list"
    if is_acronym(name):
        return "acronym"
    return "fuzzy" if _is_misspelt(normalise(name), known) else "context"


def _is_misspelt(name: str, known: set[str]) -> bool:
    from rapidfuzz import fuzz, process

    return process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_MISSPELT) is not None


def _bound(solutions: Iterable[Solution]) -> Iterator[dict[str, str]]:
    return ({name: value for name, value in row.items() if value is not None} for row in solutions)
