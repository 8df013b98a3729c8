"""An article with its reports in, the quads of its graph out."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from kg import ontology as o
from kg.copies import sign_text
from kg.model import Amount, Article, ArticleReports, Evidence, Partner, Report
from kg.triples.terms import (
    FORM_OF,
    MATCH,
    A,
    Writer,
    amount_iri,
    date_literal,
    decimal_literal,
    instrument_node,
    integer_literal,
    short_hash,
    text_literal,
    write_common,
)

#: So many code points before and after a quote find it again in a text that has changed.
CONTEXT = 32

_ID = NamedNode(o.DCTERMS + "identifier")
_SOURCE = NamedNode(o.PROV + "wasDerivedFrom")
_BUILT = NamedNode(o.PROV + "wasGeneratedBy")
_QUOTE, _POSITION = NamedNode(o.OA + "TextQuoteSelector"), NamedNode(o.OA + "TextPositionSelector")


def article_iri(id: str, *, base_iri: str) -> str:
    """Name an article, and the graph that holds it, after its id; every id gives another IRI."""
    return f"{base_iri}article/{quote(id.encode('utf-8', 'surrogatepass'), safe='')}"


def report_iris(item: ArticleReports, *, base_iri: str) -> tuple[str, ...]:
    """Name the reports after what they say and where, not by number, so that a new one renames no other."""
    article = article_iri(item.article.id, base_iri=base_iri)
    seen: Counter[str] = Counter()
    names = []
    for report in item.reports:
        key = short_hash(
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
    writer = Writer(article)
    _write_article(writer, item.article)
    if fingerprint:
        writer.add(article, o.COOP + "fingerprint", text_literal(fingerprint))
    if build:
        writer.add(article, _BUILT, NamedNode(build))
    partners = {partner.iri: partner for report in item.reports for partner in report.partners}
    for partner in partners.values():
        _write_partner(writer, partner, base_iri)
    for iri, report in zip(report_iris(item, base_iri=base_iri), item.reports, strict=True):
        _write_report(writer, iri, report, item.article.text)
    return list(dict.fromkeys(writer.quads))


def _write_article(writer: Writer, article: Article) -> None:
    iri = writer.graph.value
    writer.add(iri, A, NamedNode(o.COOP + "Article"))
    writer.add(iri, _ID, text_literal(article.id))
    writer.add(iri, o.SCHEMA + "text", text_literal(article.text))
    for name, value in (
        ("headline", article.title),
        ("inLanguage", article.lang),
        ("publisher", article.source),
        # A literal, because an address from outside need not be a valid IRI.
        ("url", article.url),
    ):
        writer.add(iri, o.SCHEMA + name, text_literal(value) if value else None)
    # Papers give one wire story titles of their own, so that the body alone tells.
    signature = sign_text(article.text[article.body_start :])
    writer.add(iri, o.COOP + "signature", text_literal(signature) if signature else None)
    if article.published:
        writer.add(iri, o.SCHEMA + "datePublished", date_literal(article.published.isoformat()))


def _write_partner(writer: Writer, partner: Partner, base_iri: str) -> None:
    """Describe a partner as this article knows it, on a node of its own.

    The partner itself is described once, in the consolidated graph, for all the articles that know it.
    """
    form = f"{writer.graph.value}#p{short_hash(partner.iri)}"
    writer.add(form, FORM_OF, NamedNode(partner.iri))
    writer.add(form, o.SCHEMA + "name", text_literal(partner.label))
    writer.add(form, o.COOP + "kind", NamedNode(o.CLASS_BY_KIND[partner.kind]))
    if partner.country:
        writer.add(form, o.COOP + "country", NamedNode(o.country_iri(partner.country, base_iri)))
    if partner.wikidata:
        writer.add(form, MATCH, NamedNode(o.WIKIDATA + partner.wikidata))
    for mention in partner.mentions:
        # The place of a mention is a fragment of the article's text, after RFC 5147.
        place = f"{writer.graph.value}#char={mention.start},{mention.end}"
        writer.add(place, o.COOP + "mentionOf", NamedNode(partner.iri))
        if mention.label == "partner" and mention.text != partner.label and mention.text.strip():
            writer.add(form, o.SCHEMA + "alternateName", text_literal(mention.text))


def _write_report(writer: Writer, iri: str, report: Report, text: str) -> None:
    writer.add(iri, A, NamedNode(o.COOP + "Report"))
    writer.add(iri, _SOURCE, writer.graph)
    writer.add(iri, o.COOP + "eventType", NamedNode(o.CLASS_BY_EVENT_TYPE[report.type]))
    writer.add(iri, o.COOP + "rule", text_literal(report.rule))
    writer.add(iri, o.COOP + "confidence", decimal_literal(report.confidence))
    writer.add(iri, o.COOP + "instrument", *map(instrument_node, filter(None, [report.instrument])))
    if report.date:
        writer.add(iri, o.COOP + "date", date_literal(report.date.value))
        writer.add(iri, o.COOP + "dateBasis", text_literal(report.date.basis))
    if report.place:
        writer.add(iri, o.COOP + "place", text_literal(report.place))
    write_common(writer, iri, report)
    for amount in report.amounts:
        _write_amount(writer, iri, amount, text)
    for number, evidence in enumerate(report.evidence, 1):
        _write_evidence(writer, f"{iri}-e{number}", iri, evidence, text)


def _write_amount(writer: Writer, report: str, amount: Amount, text: str) -> None:
    iri = amount_iri(report, amount)
    writer.add(report, o.COOP + "amount", NamedNode(iri))
    writer.add(iri, A, NamedNode(o.COOP + "Amount"))
    writer.add(iri, o.COOP + "statedAs", text_literal(amount.text))
    writer.add(iri, o.COOP + "value", decimal_literal(amount.value))
    writer.add(iri, o.COOP + "upperValue", decimal_literal(amount.upper) if amount.upper else None)
    for name, value in (("unit", amount.unit), ("bound", amount.bound), ("per", amount.per)):
        writer.add(iri, o.COOP + name, text_literal(value) if value else None)
    evidence = Evidence(amount.text, amount.start, amount.end)
    _write_evidence(writer, f"{iri}-e", iri, evidence, text)


def _write_evidence(writer: Writer, annotation: str, body: str, evidence: Evidence, text: str) -> None:
    """Write the quote that states ``body``, a report or an amount."""
    writer.add(body, o.COOP + "evidence", NamedNode(annotation))
    target = f"{writer.graph.value}#char={evidence.start},{evidence.end}"
    writer.add(annotation, A, NamedNode(o.OA + "Annotation"))
    writer.add(annotation, o.OA + "hasBody", NamedNode(body))
    writer.add(annotation, o.OA + "hasTarget", NamedNode(target))
    writer.add(target, A, NamedNode(o.OA + "SpecificResource"))
    writer.add(target, o.OA + "hasSource", writer.graph)
    quote_selector, position = target + ",quote", target + ",position"
    writer.add(target, o.OA + "hasSelector", NamedNode(quote_selector), NamedNode(position))
    writer.add(quote_selector, A, _QUOTE)
    writer.add(quote_selector, o.OA + "exact", text_literal(evidence.text))
    writer.add(
        quote_selector, o.OA + "prefix", text_literal(text[max(0, evidence.start - CONTEXT) : evidence.start])
    )
    writer.add(quote_selector, o.OA + "suffix", text_literal(text[evidence.end : evidence.end + CONTEXT]))
    writer.add(position, A, _POSITION)
    writer.add(position, o.OA + "start", integer_literal(evidence.start))
    writer.add(position, o.OA + "end", integer_literal(evidence.end))
