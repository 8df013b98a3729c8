"""An article's reports survive the way into quads and back; nothing in the quads is by chance."""

from __future__ import annotations

import random
from dataclasses import replace

from builders import BASE, article, partner, report
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg import ontology as o
from kg.model import Article, ArticleReports, EventDate, Evidence, Participant, Partner
from kg.records import article_record, read_record
from kg.triples import (
    Background,
    article_iri,
    article_quads,
    event_quads,
    network_quads,
    read_article,
    report_iris,
)

SIGNED = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"


def stored(item: ArticleReports) -> ArticleReports:
    store = Store()
    store.extend(article_quads(item, base_iri=BASE))
    return read_article(store)[0]


def test_reports_come_back_from_the_store_as_they_went_in() -> None:
    item = article("a", SIGNED, "meeting/planned: FR + JP | health | 2025-10", lang="fr")
    assert article_record(stored(item)) == article_record(item)


def test_roles_dates_and_places_come_back() -> None:
    item = article("a", SIGNED)
    full = replace(
        item.reports[0],
        participants=(Participant(partner("FR"), "investor"), Participant(partner("VN"), "host")),
        instrument="mou",
        activities=("research", "training"),
        date=EventDate("2025", "derived"),
        place="Hà Nội",
        confidence=0.5,
    )
    item = ArticleReports(item.article, (full,))
    assert article_record(stored(item)) == article_record(item)


def test_a_record_read_back_gives_the_same_record() -> None:
    item = article("a", SIGNED, "forum/concluded: VN + KR")
    assert article_record(read_record(article_record(item))) == article_record(item)


@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_any_text_and_any_id_can_be_stored_with_exact_offsets(id: str, before: str, quote: str) -> None:
    text = before + quote
    told = replace(report(SIGNED), evidence=(Evidence(quote, len(before), len(text)),), place=quote)
    back = stored(ArticleReports(Article(id, text), (told,)))
    evidence = back.reports[0].evidence[0]
    assert back.article.text[evidence.start : evidence.end] == evidence.text
    assert len(back.article.text) == len(text)


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=2, max_size=2, unique=True))
def test_two_ids_never_share_an_iri(ids: list[str]) -> None:
    assert len({article_iri(id, base_iri=BASE) for id in ids}) == 2


def test_the_name_of_a_report_depends_neither_on_its_neighbours_nor_on_its_confidence() -> None:
    alone = article("a", SIGNED)
    sure = ArticleReports(alone.article, (replace(alone.reports[0], confidence=0.1),))
    assert report_iris(alone, base_iri=BASE) == report_iris(sure, base_iri=BASE)
    twice = ArticleReports(alone.article, alone.reports * 2)
    assert report_iris(twice, base_iri=BASE)[0] == report_iris(alone, base_iri=BASE)[0]
    assert len(set(report_iris(twice, base_iri=BASE))) == 2


def test_the_order_of_reports_and_partners_changes_no_quad() -> None:
    item = article("a", SIGNED, "meeting/planned: FR + JP | health | 2025-10")
    shuffled = [
        replace(told, participants=tuple(random.Random(1).sample(told.participants, len(told.participants))))
        for told in reversed(item.reports)
    ]
    turned = replace(item, reports=tuple(shuffled))
    assert set(article_quads(turned, base_iri=BASE)) == set(article_quads(item, base_iri=BASE))


def test_every_quad_of_an_article_stands_in_the_graph_of_the_article() -> None:
    assert {quad.graph_name.value for quad in article_quads(article("a b/c", SIGNED), base_iri=BASE)} == {
        article_iri("a b/c", base_iri=BASE)
    }


def test_a_date_has_the_datatype_of_its_precision() -> None:
    for value, datatype in (("2025", "gYear"), ("2025-09", "gYearMonth"), ("2025-09-18", "date")):
        quads = article_quads(article("a", f"meeting/concluded: FR + JP || {value}"), base_iri=BASE)
        dates = [q.object for q in quads if q.predicate.value == o.COOP + "date"]
        assert [(d.value, d.datatype.value) for d in dates if isinstance(d, Literal)] == [
            (value, o.XSD + datatype)
        ]


def test_what_was_only_wished_for_is_no_cooperation_of_the_partners() -> None:
    from kg.events import merge_reports
    from kg.likeness import Told

    for status, pairs in (("proposed", 0), ("planned", 0), ("concluded", 2), ("ongoing", 2), ("ended", 0)):
        told = Told("urn:r", "a", "en", None, report(f"agreement/{status}: FR + JP"))
        events = merge_reports([told], base_iri=BASE)
        quads = [
            q
            for _, part in network_quads(events, told.report.partners, graph=BASE + "g", base_iri=BASE)
            for q in part
        ]
        assert sum(q.predicate.value == o.COOP + "cooperatesWith" for q in quads) == pairs
        assert event_quads(events[0], graph=BASE + "g")


def test_what_a_partner_is_part_of_and_its_country_are_described_too() -> None:
    known = {
        iri: o.KnownPartner(iri, iri[4:].title(), "government-body", "VN", None, (), whole)
        for iri, whole in (
            ("urn:office", "urn:department"),
            ("urn:department", "urn:ministry"),
            ("urn:ministry", None),
        )
    }
    office = Partner("urn:office", "Office", "government-body", "VN")
    background = Background(known, country_name={"VN": "Vietnam"}.__getitem__)
    quads = dict(network_quads([], [office], graph="urn:g", base_iri=BASE, background=background))
    assert sorted(quads) == [o.country_iri("VN"), "urn:department", "urn:ministry", "urn:office"]
    wholes = {
        (iri, quad.object.value)
        for iri, part in quads.items()
        for quad in part
        if quad.predicate.value == o.COOP + "partOf" and isinstance(quad.object, NamedNode)
    }
    assert wholes == {("urn:office", "urn:department"), ("urn:department", "urn:ministry")}
