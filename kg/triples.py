"""Reports and events in, RDF quads out; and back again from an article's quads to its reports.

``article_quads`` and ``read_article`` are inverses but for the order of partners (by IRI), the third decimal
of the confidence, and what a mention was found by. Nothing here depends on the clock or on the order of the
input, so that the same articles always give the same quads.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology as o
from kg.model import (
    ROLES,
    Article,
    ArticleReports,
    Event,
    EventDate,
    Evidence,
    Mention,
    Participant,
    Partner,
    Report,
)

#: Statuses that are cooperation, not only the wish or the plan of it.
REAL = frozenset({"concluded", "ongoing"})
#: So many code points before and after a quote find it again in a text that has changed.
CONTEXT = 32
_SURROGATES = re.compile("[\ud800-\udfff]")
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

_A = NamedNode(o.TYPE)
_LABEL = NamedNode(o.PREF_LABEL)
_ALT = NamedNode(o.ALT_LABEL)
_MATCH = NamedNode(o.EXACT_MATCH)
_NAME = NamedNode(o.RDFS + "label")
_ID = NamedNode(o.DCTERMS + "identifier")
_SOURCE = NamedNode(o.PROV + "wasDerivedFrom")
_BUILT = NamedNode(o.PROV + "wasGeneratedBy")
_QUOTE, _POSITION = NamedNode(o.OA + "TextQuoteSelector"), NamedNode(o.OA + "TextPositionSelector")

Properties = Mapping[str, list["NamedNode | Literal"]]


def article_iri(id: str, *, base_iri: str) -> str:
    """Name an article, and the graph that holds it, after its id; every id gives another IRI."""
    return f"{base_iri}article/{quote(id.encode('utf-8', 'surrogatepass'), safe='')}"


def report_iris(item: ArticleReports, *, base_iri: str) -> tuple[str, ...]:
    """Name the reports after what they say and where, not by number, so that a new one renames no other."""
    article = article_iri(item.article.id, base_iri=base_iri)
    seen: Counter[str] = Counter()
    names = []
    for report in item.reports:
        key = _hash(
            report.type,
            *sorted(p.iri for p in report.partners),
            *(f"{e.start}-{e.end}" for e in report.evidence),
        )
        seen[key] += 1
        names.append(f"{article}#r{key}" + (f"-{seen[key]}" if seen[key] > 1 else ""))
    return tuple(names)


def article_quads(
    item: ArticleReports, *, base_iri: str, fingerprint: str = "", build: str = ""
) -> list[Quad]:
    """Describe an article and its reports, in the graph that has the article's IRI.

    ``fingerprint`` tells a later build whether anything changed; ``build`` is the IRI of what is said of it.
    """
    article = article_iri(item.article.id, base_iri=base_iri)
    writer = _Writer(article)
    _write_article(writer, item.article)
    if fingerprint:
        writer.add(article, o.COOP + "fingerprint", _text(fingerprint))
    if build:
        writer.add(article, _BUILT, NamedNode(build))
    partners = {partner.iri: partner for report in item.reports for partner in report.partners}
    for partner in partners.values():
        _write_partner(writer, partner, base_iri)
        _write_mentions(writer, partner, item.article.lang)
    for iri, report in zip(report_iris(item, base_iri=base_iri), item.reports, strict=True):
        _write_report(writer, iri, report, item.article.text)
    return sorted(set(writer.quads), key=str)


class _Writer:
    """Collects the quads of one graph."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str | NamedNode, *values: NamedNode | Literal | None) -> None:
        node = predicate if isinstance(predicate, NamedNode) else NamedNode(predicate)
        self.quads += [
            Quad(NamedNode(subject), node, value, self.graph) for value in values if value is not None
        ]


def _write_article(writer: _Writer, article: Article) -> None:
    iri = writer.graph.value
    writer.add(iri, _A, NamedNode(o.COOP + "Article"))
    writer.add(iri, _ID, _text(article.id))
    writer.add(iri, o.SCHEMA + "text", _text(article.text))
    for name, value in (
        ("headline", article.title),
        ("inLanguage", article.lang),
        ("publisher", article.source),
        # A literal, because an address from outside need not be a valid IRI.
        ("url", article.url),
    ):
        writer.add(iri, o.SCHEMA + name, _text(value) if value else None)
    if article.published:
        writer.add(iri, o.SCHEMA + "datePublished", _date(article.published.isoformat()))


def _write_partner(writer: _Writer, partner: Partner, base_iri: str) -> None:
    writer.add(partner.iri, _A, NamedNode(o.COOP + "Partner"), NamedNode(o.CLASS_BY_KIND[partner.kind]))
    writer.add(partner.iri, _LABEL, _text(partner.label))
    if partner.country:
        writer.add(partner.iri, o.COOP + "country", NamedNode(o.country_iri(partner.country, base_iri)))
    if partner.wikidata:
        writer.add(partner.iri, _MATCH, NamedNode(o.WIKIDATA + partner.wikidata))


def _write_mentions(writer: _Writer, partner: Partner, lang: str | None) -> None:
    """Point from each place that names the partner (a fragment after RFC 5147) to the partner."""
    for mention in partner.mentions:
        place = f"{writer.graph.value}#char={mention.start},{mention.end}"
        writer.add(place, o.COOP + "mentionOf", NamedNode(partner.iri))
        if mention.label == "partner" and mention.text != partner.label and mention.text.strip():
            writer.add(partner.iri, _ALT, _text(mention.text, lang))


def _write_report(writer: _Writer, iri: str, report: Report, text: str) -> None:
    writer.add(iri, _A, NamedNode(o.COOP + "Report"))
    writer.add(iri, _SOURCE, writer.graph)
    writer.add(iri, o.COOP + "eventType", NamedNode(o.CLASS_BY_EVENT_TYPE[report.type]))
    writer.add(iri, o.COOP + "rule", _text(report.rule))
    writer.add(iri, o.COOP + "confidence", _decimal(report.confidence))
    writer.add(iri, o.COOP + "instrument", *map(_instrument, filter(None, [report.instrument])))
    if report.date:
        writer.add(iri, o.COOP + "date", _date(report.date.value))
        writer.add(iri, o.COOP + "dateBasis", _text(report.date.basis))
    if report.place:
        writer.add(iri, o.COOP + "place", _text(report.place))
    _write_common(writer, iri, report)
    for number, evidence in enumerate(report.evidence, 1):
        annotation = f"{iri}-e{number}"
        writer.add(iri, o.COOP + "evidence", NamedNode(annotation))
        _write_evidence(writer, annotation, iri, evidence, text)


def _write_common(writer: _Writer, iri: str, item: Report | Event) -> None:
    """Write what reports and events have alike."""
    writer.add(iri, o.COOP + "status", NamedNode(o.status_iri(item.status)))
    writer.add(iri, o.COOP + "sector", *(NamedNode(o.sector_iri(id)) for id in item.sectors))
    writer.add(iri, o.COOP + "activity", *(NamedNode(o.activity_iri(id)) for id in item.activities))
    for participant in item.participants:
        node = NamedNode(participant.partner.iri)
        writer.add(iri, o.COOP + "partner", node)
        if participant.role:
            writer.add(iri, o.COOP + participant.role, node)
    codes = o.event_codes(item.type, item.status, (p.partner.kind for p in item.participants))
    if codes:
        writer.add(iri, o.COOP + "cameo", _text(codes.cameo))
        writer.add(iri, o.COOP + "plover", _text(codes.plover))


def _write_evidence(writer: _Writer, annotation: str, report: str, evidence: Evidence, text: str) -> None:
    target = f"{writer.graph.value}#char={evidence.start},{evidence.end}"
    writer.add(annotation, _A, NamedNode(o.OA + "Annotation"))
    writer.add(annotation, o.OA + "hasBody", NamedNode(report))
    writer.add(annotation, o.OA + "hasTarget", NamedNode(target))
    writer.add(target, _A, NamedNode(o.OA + "SpecificResource"))
    writer.add(target, o.OA + "hasSource", writer.graph)
    quote_selector, position = target + ",quote", target + ",position"
    writer.add(target, o.OA + "hasSelector", NamedNode(quote_selector), NamedNode(position))
    writer.add(quote_selector, _A, _QUOTE)
    writer.add(quote_selector, o.OA + "exact", _text(evidence.text))
    writer.add(
        quote_selector, o.OA + "prefix", _text(text[max(0, evidence.start - CONTEXT) : evidence.start])
    )
    writer.add(quote_selector, o.OA + "suffix", _text(text[evidence.end : evidence.end + CONTEXT]))
    writer.add(position, _A, _POSITION)
    writer.add(position, o.OA + "start", _integer(evidence.start))
    writer.add(position, o.OA + "end", _integer(evidence.end))


def event_quads(event: Event, *, graph: str) -> list[Quad]:
    """Describe an event, and say which reports tell of it, in the consolidated graph."""
    writer = _Writer(graph)
    writer.add(event.iri, _A, NamedNode(o.COOP + "Event"), NamedNode(o.CLASS_BY_EVENT_TYPE[event.type]))
    writer.add(event.iri, o.COOP + "instrument", *map(_instrument, event.instruments))
    writer.add(event.iri, o.COOP + "date", *(_date(item.value) for item in event.dates))
    writer.add(event.iri, o.COOP + "place", *map(_text, event.places))
    writer.add(event.iri, o.COOP + "articleCount", _integer(len(event.articles)))
    writer.add(event.iri, o.COOP + "language", *map(_text, event.languages))
    _write_common(writer, event.iri, event)
    for report in event.reports:
        writer.add(report, o.COOP + "tellsOf", NamedNode(event.iri))
    return sorted(set(writer.quads), key=str)


def network_quads(events: Iterable[Event], *, graph: str, base_iri: str) -> Iterator[Quad]:
    """Describe each partner once, and join those that do cooperate by the plain shortcut."""
    writer = _Writer(graph)
    forms: dict[str, Counter[Partner]] = defaultdict(Counter)
    pairs: set[tuple[str, str]] = set()
    for event in events:
        for participant in event.participants:
            forms[participant.partner.iri][participant.partner] += 1
        if event.status in REAL:
            pairs |= set(combinations(sorted(p.partner.iri for p in event.participants), 2))
    for iri, counts in sorted(forms.items()):
        partner = min(counts, key=lambda item: (-counts[item], item.label, item.kind, item.country or ""))
        writer.add(iri, _A, NamedNode(o.COOP + "Partner"), NamedNode(o.CLASS_BY_KIND[partner.kind]))
        writer.add(iri, _NAME, _text(partner.label))
        if partner.country:
            writer.add(iri, o.COOP + "country", NamedNode(o.country_iri(partner.country, base_iri)))
    for one, other in sorted(pairs):
        writer.add(one, o.COOP + "cooperatesWith", NamedNode(other))
        writer.add(other, o.COOP + "cooperatesWith", NamedNode(one))
    yield from writer.quads


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
    partner_class = o.COOP + "Partner"
    found = (iri for iri, node in nodes.items() if partner_class in _values(node, o.TYPE))
    return {iri: _read_partner(iri, nodes[iri], sorted(mentions[iri]), article.text) for iri in found}


def _read_partner(iri: str, node: Properties, places: list[tuple[int, int]], text: str) -> Partner:
    kinds = {o.KIND_BY_CLASS[value] for value in _values(node, o.TYPE)} - {"other"}
    country, wikidata = _value(node, o.COOP + "country"), _value(node, o.EXACT_MATCH)
    label = _value(node, o.PREF_LABEL) or o.local_name(iri)
    names = {label, *_values(node, o.ALT_LABEL)}
    mentions = (
        Mention(start, end, text[start:end], "partner" if text[start:end] in names else "group")
        for start, end in places
    )
    return Partner(
        iri=iri,
        label=label,
        kind=min(kinds, default="other"),
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
    )


def _read_evidence(target: str, nodes: Mapping[str, Properties]) -> Evidence:
    start, _, end = target.rpartition("#char=")[2].partition(",")
    return Evidence(_value(nodes[target + ",quote"], o.OA + "exact") or "", int(start), int(end))


def _values(node: Properties, predicate: str) -> list[str]:
    return [term.value for term in node.get(predicate, ())]


def _value(node: Properties, predicate: str) -> str | None:
    return min(_values(node, predicate), default=None)


def _text(value: str, lang: str | None = None) -> Literal:
    """Make a literal; half a character (a lone surrogate) becomes one replacement, so that offsets stay."""
    clean = _SURROGATES.sub("\ufffd", value)
    return Literal(clean, language=lang.lower()) if lang else Literal(clean)


def _date(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(o.XSD + _DATATYPES[len(value)]))


def _decimal(value: float) -> Literal:
    """Write a number as the store gives it back: at most three places, no zeros at the end."""
    text = format(Decimal(str(round(value, 3))).normalize(), "f")
    return Literal(text, datatype=NamedNode(o.XSD + "decimal"))


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(o.XSD + "integer"))


def _instrument(id: str) -> NamedNode:
    return NamedNode(o.instrument_iri(id))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
