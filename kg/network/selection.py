"""The events of a store in, as the answers to a few flat queries; ``EventRow`` out.

Several small queries instead of one large one: joined in one answer, partners, sectors and quotes multiply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.model import ROLES
from kg.network.countries import country_labels
from kg.network.rows import AmountRow, DifferenceRow, EventRow, EvidenceRow, ParticipantRow
from kg.ontology import (
    CLASS_BY_KIND,
    EVENT_TYPE_BY_CLASS,
    KIND_BY_CLASS,
    PREFIXES,
    local_name,
    preferred_label,
)

#: One solution: name of the variable -> IRI or lexical form; what is unbound is None or absent.
Solution = Mapping[str, str | None]

_QUERIES: Final[Mapping[str, str]] = {
    "events": """
        SELECT ?event ?type ?status WHERE { ?event coop:status ?status ; a ?type }""",
    "values": """
        SELECT ?event ?term ?value WHERE {
          VALUES ?term { coop:sector coop:activity coop:instrument coop:date coop:place coop:repeatedIn
                         coop:follows coop:cameo coop:plover }
          ?event ?term ?value }""",
    "differences": """
        SELECT ?event ?property ?value ?article WHERE {
          ?event coop:differsIn ?property .
          ?report coop:tellsOf ?event ; ?property ?said ; prov:wasDerivedFrom ?article .
          OPTIONAL { ?said coop:statedAs ?words } BIND(COALESCE(?words, ?said) AS ?value) }""",
    "amounts": """
        SELECT ?event ?article ?start ?text ?value ?upper ?unit ?bound ?per WHERE {
          ?event a coop:Event ; coop:amount ?amount .
          ?amount coop:statedAs ?text ; coop:value ?value ; coop:evidence/oa:hasTarget ?target .
          ?target oa:hasSource ?article ; oa:hasSelector/oa:start ?start .
          OPTIONAL { ?amount coop:upperValue ?upper } OPTIONAL { ?amount coop:unit ?unit }
          OPTIONAL { ?amount coop:bound ?bound } OPTIONAL { ?amount coop:per ?per } }""",
    "participants": """
        SELECT ?event ?term ?partner WHERE {
          VALUES ?term { coop:partner coop:organiser coop:investor coop:host coop:requester }
          ?event ?term ?partner }""",
    "partners": """
        SELECT ?partner ?kind ?country WHERE {
          ?partner a ?kind . OPTIONAL { ?partner coop:country ?country } }""",
    "parents": """
        SELECT ?partner ?parent WHERE { ?partner coop:partOf ?parent }""",
    "labels": """
        SELECT ?subject ?term ?label (LANG(?label) AS ?lang) WHERE {
          VALUES ?term { skos:prefLabel rdfs:label } ?subject ?term ?label }""",
    "evidence": """
        SELECT ?event ?report ?status ?article ?quote ?prefix ?suffix ?confidence WHERE {
          ?report coop:tellsOf ?event ; coop:status ?status ; coop:evidence/oa:hasTarget ?target .
          ?target oa:hasSource ?article ; oa:hasSelector ?selector .
          ?selector oa:exact ?quote .
          OPTIONAL { ?selector oa:prefix ?prefix } OPTIONAL { ?selector oa:suffix ?suffix }
          OPTIONAL { ?report coop:confidence ?confidence } }""",
    "articles": """
        SELECT ?article ?title ?url ?source ?lang ?published WHERE {
          ?article a coop:Article .
          OPTIONAL { ?article schema:headline ?title } OPTIONAL { ?article schema:url ?url }
          OPTIONAL { ?article schema:publisher ?source } OPTIONAL { ?article schema:inLanguage ?lang }
          OPTIONAL { ?article schema:datePublished ?published } }""",
}
_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

#: Name of the answer -> SPARQL text, complete with its prefixes.
QUERIES: Final[Mapping[str, str]] = {name: _PREFIXES + text for name, text in _QUERIES.items()}


@dataclass(slots=True)
class _Draft:
    """An event while its values come in."""

    type: str
    status: str
    #: That of the surest report; None where no report says.
    confidence: float | None = None
    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    roles: dict[str, str | None] = field(default_factory=dict)
    evidence: set[EvidenceRow] = field(default_factory=set)
    #: With the place of each in its article, by which they are ordered.
    amounts: set[tuple[str, int, AmountRow]] = field(default_factory=set)
    #: (what, value) -> the articles that say so, where others say something else.
    differences: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))


def read_rows(
    select: Callable[[str], Iterable[Solution]], *, lang: str, events: Collection[str] | None = None
) -> Iterator[EventRow]:
    """Ask ``select`` the ``QUERIES``; give the events by IRI, their partners labelled in ``lang``.

    ``events`` are the IRIs of some, where not all are asked for.
    """
    if events is not None:
        select = _select_of(select, events)
    drafts = {
        row["event"]: _Draft(EVENT_TYPE_BY_CLASS[row["type"]], local_name(row["status"]))
        for row in _bound(select(QUERIES["events"]))
        if row["type"] in EVENT_TYPE_BY_CLASS
    }
    for row in _bound(select(QUERIES["values"])):
        if draft := drafts.get(row["event"]):
            draft.values[local_name(row["term"])].add(row["value"])
    for row in _bound(select(QUERIES["participants"])):
        if draft := drafts.get(row["event"]):
            role = local_name(row["term"])
            draft.roles[row["partner"]] = role if role in ROLES else draft.roles.get(row["partner"])
    for row in _bound(select(QUERIES["differences"])):
        if draft := drafts.get(row["event"]):
            draft.differences[local_name(row["property"]), row["value"]].add(row["article"])
    for row in _bound(select(QUERIES["amounts"])):
        if draft := drafts.get(row["event"]):
            draft.amounts.add((row["article"], int(row["start"]), _amount(row)))
    articles = {row["article"]: row for row in _bound(select(QUERIES["articles"]))}
    for row in _bound(select(QUERIES["evidence"])):
        if draft := drafts.get(row["event"]):
            draft.evidence.add(_evidence(row, articles.get(row["article"], {})))
            draft.confidence = max(draft.confidence or 0.0, float(row.get("confidence", 0))) or None
    partners = _partners(select, lang)
    for iri, draft in sorted(drafts.items()):
        yield _event(iri, draft, partners)


def _select_of(
    select: Callable[[str], Iterable[Solution]], events: Collection[str]
) -> Callable[[str], Iterable[Solution]]:
    """Ask about some events alone, and about the articles that tell of them."""
    values = f"VALUES ?event {{ {' '.join(f'<{iri}>' for iri in sorted(events))} }}"
    told = f"{values} ?telling coop:tellsOf ?event ; prov:wasDerivedFrom ?article ."
    starts = {"SELECT ?event ": values, "SELECT ?article ": told}

    def narrowed(query: str) -> Iterable[Solution]:
        added = next((text for start, text in starts.items() if start in query), "")
        return select(query.replace("WHERE {", f"WHERE {{ {added} ", 1))

    return narrowed


def _event(iri: str, draft: _Draft, partners: Mapping[str, ParticipantRow]) -> EventRow:
    def ids(term: str) -> tuple[str, ...]:
        return tuple(sorted(map(local_name, draft.values[term])))

    return EventRow(
        iri=iri,
        type=draft.type,
        status=draft.status,
        confidence=draft.confidence,
        sectors=ids("sector"),
        activities=ids("activity"),
        instruments=ids("instrument"),
        dates=tuple(sorted(draft.values["date"])),
        places=tuple(sorted(_place(place, partners) for place in draft.values["place"])),
        repeated=tuple(sorted(draft.values["repeatedIn"])),
        follows=tuple(sorted(draft.values["follows"])),
        amounts=tuple(item for *_, item in sorted(draft.amounts, key=lambda item: item[:2])),
        cameo=min(draft.values["cameo"], default=None),
        plover=min(draft.values["plover"], default=None),
        differences=tuple(
            DifferenceRow(what, _told_value(what, value, partners), tuple(sorted(articles)))
            for (what, value), articles in sorted(draft.differences.items())
        ),
        participants=tuple(
            _with_role(partners.get(partner) or _unknown(partner), role)
            for partner, role in sorted(draft.roles.items())
        ),
        evidence=tuple(
            sorted(draft.evidence, key=lambda item: (item.published or "", item.article, item.quote))
        ),
    )


def _partners(select: Callable[[str], Iterable[Solution]], lang: str) -> dict[str, ParticipantRow]:
    names = _names(select)
    partners: dict[str, ParticipantRow] = {}
    for row in _bound(select(QUERIES["partners"])):
        iri, kind = row["partner"], KIND_BY_CLASS.get(row["kind"])
        if kind is None or (iri in partners and row["kind"] == CLASS_BY_KIND["other"]):
            continue
        known = (country_labels(local_name(iri)) if kind == "country" else {}) | names.get(iri, {})
        label = known.get(lang) or known.get("") or next(iter(known.values()), local_name(iri))
        labels = {tag: name for tag, name in known.items() if tag}
        code = local_name(row["country"]) if row.get("country") else None
        partners[iri] = ParticipantRow(
            iri, label, kind, code, labels=labels, country_name=_country_name(code, lang)
        )
    return _with_parents(partners, select)


def _with_parents(
    partners: dict[str, ParticipantRow], select: Callable[[str], Iterable[Solution]]
) -> dict[str, ParticipantRow]:
    """Hang each partner under its parent; a circle in a graph from elsewhere ends where it would close."""
    parents: dict[str, str] = {}
    for row in _bound(select(QUERIES["parents"])):
        parents[row["partner"]] = min(row["parent"], parents.get(row["partner"], row["parent"]))
    done: dict[str, ParticipantRow] = {}

    def hung(iri: str, below: frozenset[str]) -> ParticipantRow:
        if iri not in done:
            parent = parents.get(iri, iri)
            known = parent in partners and parent not in below | {iri}
            above = hung(parent, below | {iri}) if known else None
            done[iri] = replace(partners[iri], parent=above)
        return done[iri]

    return {iri: hung(iri, frozenset()) for iri in sorted(partners)}


def _country_name(code: str | None, lang: str) -> str | None:
    labels = country_labels(code) if code else {}
    return labels.get(lang) or preferred_label(labels)


def _names(select: Callable[[str], Iterable[Solution]]) -> dict[str, dict[str, str]]:
    """Gather names by partner and language; under no language the consolidated graph's."""
    found: defaultdict[str, dict[str, tuple[bool, str]]] = defaultdict(dict)
    for row in _bound(select(QUERIES["labels"])):
        name = (local_name(row["term"]) != "label", row["label"])
        known, tag = found[row["subject"]], row.get("lang", "")
        known[tag] = min(known.get(tag, name), name)
    return {iri: {tag: name for tag, (_, name) in sorted(known.items())} for iri, known in found.items()}


def _evidence(row: Mapping[str, str], article: Mapping[str, str]) -> EvidenceRow:
    return EvidenceRow(
        article=row["article"],
        quote=row["quote"],
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        report=row.get("report", ""),
        status=local_name(row["status"]) if "status" in row else None,
        **{name: article.get(name) for name in ("title", "url", "source", "lang", "published")},
    )


def _amount(row: Mapping[str, str]) -> AmountRow:
    return AmountRow(
        text=row["text"],
        value=float(row["value"]),
        unit=row.get("unit"),
        article=row["article"],
        upper=float(row["upper"]) if "upper" in row else None,
        bound=row.get("bound"),
        per=row.get("per"),
    )


def _with_role(partner: ParticipantRow, role: str | None) -> ParticipantRow:
    return replace(partner, role=role)


def _unknown(iri: str) -> ParticipantRow:
    return ParticipantRow(iri, local_name(iri), "other")


def _told_value(what: str, value: str, partners: Mapping[str, ParticipantRow]) -> str:
    """Write a value that a report gives: the id of a concept, the label of a partner, or the value itself."""
    if what == "partner":
        return (partners.get(value) or _unknown(value)).label
    return local_name(value) if what == "status" else value


def _place(value: str, partners: Mapping[str, ParticipantRow]) -> str:
    return partners[value].label if value in partners else value


def _bound(solutions: Iterable[Solution]) -> Iterator[dict[str, str]]:
    return ({name: value for name, value in solution.items() if value is not None} for solution in solutions)
