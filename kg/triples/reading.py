"""The quads of an article's graph in, its reports out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology as o
from kg.model import (
    ROLES,
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
from kg.triples.terms import FORM_OF

Properties = Mapping[str, list["NamedNode | Literal"]]


def read_article(quads: Iterable[Quad]) -> tuple[ArticleReports, tuple[str, ...]]:
    """Read the quads of one article's graph back: its reports, and their IRIs in the same order."""
    nodes: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    graph = ""
    for quad in quads:
        # An article's graph holds named nodes and literals alone; anything else is not ours to read.
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode):
            graph = quad.graph_name.value
            if isinstance(quad.object, NamedNode | Literal):
                nodes[quad.subject.value][quad.predicate.value].append(quad.object)
    article = _read_article(nodes[graph])
    partners = _read_partners(nodes, article)
    class_report = o.COOP + "Report"
    iris = sorted(iri for iri, node in nodes.items() if class_report in _values(node, o.TYPE))
    reports = [_read_report(nodes[iri], nodes, partners) for iri in iris]
    order = sorted(range(len(iris)), key=lambda i: ([(e.start, e.end) for e in reports[i].evidence], iris[i]))
    return ArticleReports(article, tuple(reports[i] for i in order)), tuple(iris[i] for i in order)


def _read_article(node: Properties) -> Article:
    published = _value(node, o.SCHEMA + "datePublished")
    return Article(
        id=_value(node, o.DCTERMS + "identifier") or "",
        text=_value(node, o.SCHEMA + "text") or "",
        title=_value(node, o.SCHEMA + "headline"),
        lang=_value(node, o.SCHEMA + "inLanguage"),
        published=date.fromisoformat(published) if published else None,
        url=_value(node, o.SCHEMA + "url"),
        source=_value(node, o.SCHEMA + "publisher"),
    )


def _read_partners(nodes: Mapping[str, Properties], article: Article) -> dict[str, Partner]:
    mentions: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for iri, node in nodes.items():
        for partner in _values(node, o.COOP + "mentionOf"):
            start, _, end = iri.rpartition("#char=")[2].partition(",")
            mentions[partner].append((int(start), int(end)))
    forms = ((_value(node, FORM_OF.value), node) for node in nodes.values())
    return {iri: _read_partner(iri, form, sorted(mentions[iri]), article.text) for iri, form in forms if iri}


def _read_partner(iri: str, form: Properties, places: list[tuple[int, int]], text: str) -> Partner:
    country, wikidata = _value(form, o.COOP + "country"), _value(form, o.EXACT_MATCH)
    label = _value(form, o.SCHEMA + "name") or o.local_name(iri)
    names = {label, *_values(form, o.SCHEMA + "alternateName")}
    mentions = (
        Mention(start, end, text[start:end], "partner" if text[start:end] in names else "group")
        for start, end in places
    )
    return Partner(
        iri=iri,
        label=label,
        kind=o.KIND_BY_CLASS[_value(form, o.COOP + "kind") or o.CLASS_BY_KIND["other"]],
        country=o.local_name(country) if country else None,
        wikidata=o.local_name(wikidata) if wikidata else None,
        mentions=tuple(mentions),
    )


def _read_report(
    node: Properties, nodes: Mapping[str, Properties], partners: Mapping[str, Partner]
) -> Report:
    def ids(name: str) -> tuple[str, ...]:
        return tuple(sorted(o.local_name(value) for value in _values(node, o.COOP + name)))

    roles = {partner: role for role in reversed(ROLES) for partner in _values(node, o.COOP + role)}
    when = _value(node, o.COOP + "date")
    targets = [_value(nodes[iri], o.OA + "hasTarget") or "" for iri in _values(node, o.COOP + "evidence")]
    return Report(
        type=o.EVENT_TYPE_BY_CLASS[_value(node, o.COOP + "eventType") or ""],
        status=ids("status")[0],
        participants=tuple(
            Participant(partners[iri], roles.get(iri)) for iri in sorted(_values(node, o.COOP + "partner"))
        ),
        evidence=tuple(
            sorted((_read_evidence(iri, nodes) for iri in targets), key=lambda e: (e.start, e.end))
        ),
        rule=_value(node, o.COOP + "rule") or "",
        confidence=float(_value(node, o.COOP + "confidence") or 0),
        sectors=ids("sector"),
        activities=ids("activity"),
        instrument=next(iter(ids("instrument")), None),
        date=EventDate(when, _value(node, o.COOP + "dateBasis") or "stated") if when else None,
        place=_value(node, o.COOP + "place"),
        amounts=_read_amounts(_values(node, o.COOP + "amount"), nodes),
    )


def _read_amounts(iris: Iterable[str], nodes: Mapping[str, Properties]) -> tuple[Amount, ...]:
    return tuple(sorted((_read_amount(iri, nodes[iri]) for iri in iris), key=lambda item: item.start))


def _read_amount(iri: str, node: Properties) -> Amount:
    start, _, end = iri.rpartition("-a")[2].partition("-")
    upper = _value(node, o.COOP + "upperValue")
    return Amount(
        text=_value(node, o.COOP + "statedAs") or "",
        start=int(start),
        end=int(end),
        value=Decimal(_value(node, o.COOP + "value") or 0),
        unit=_value(node, o.COOP + "unit"),
        upper=Decimal(upper) if upper else None,
        bound=_value(node, o.COOP + "bound"),
        per=_value(node, o.COOP + "per"),
    )


def _read_evidence(target: str, nodes: Mapping[str, Properties]) -> Evidence:
    start, _, end = target.rpartition("#char=")[2].partition(",")
    return Evidence(_value(nodes[target + ",quote"], o.OA + "exact") or "", int(start), int(end))


def _values(node: Properties, predicate: str) -> list[str]:
    return [term.value for term in node.get(predicate, ())]


def _value(node: Properties, predicate: str) -> str | None:
    return min(_values(node, predicate), default=None)
