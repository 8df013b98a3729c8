"""What an article says of each event: on plain sentences of three languages, and piece by piece."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dates import find_dates
from kg.documents import make_documents
from kg.errors import DataError
from kg.mentions import find_mentions
from kg.model import Article, Report
from kg.partners import resolve_partners
from kg.reports import find_reports
from kg.reports.codebook import fold, load_codebook, look_up
from kg.reports.grouping import Draft, group_links
from kg.reports.links import Link
from kg.reports.passages import make_passages
from kg.reports.topics import take_topics
from kg.reports.trees import Tree, TreeModel, read_trees, write_trees
from kg.settings import Settings

ARTICLES = {
    "en-signed": (
        "en",
        "Samsung Electronics and FPT signed a memorandum of understanding on semiconductors in Seoul on "
        "Thursday.",
    ),
    "fr-signed": (
        "fr",
        "Thales et Viettel ont signé hier à Hanoï un accord de coopération dans la cybersécurité.",
    ),
    "vi-signed": ("vi", "Viettel và Samsung đã ký biên bản ghi nhớ về bán dẫn tại Hà Nội."),
    "en-proposed": ("en", "Vietnam has proposed that Japan sign an agreement on nuclear energy."),
    "fr-met": (
        "fr",
        "Le ministre vietnamien de la Santé a rencontré mardi à Paris les dirigeants de Sanofi pour parler de vaccins.",
    ),
    "en-nothing": ("en", "Samsung sold more telephones than Apple in Germany last year."),
    "vi-cooperative": ("vi", "Hợp tác xã Bình Minh trồng nhiều lúa hơn Hợp tác xã Hòa Bình."),
}
ARTICLES |= {
    "en-not-signed": ("en", "Airbus has not signed any contract with Vietjet, analysts said."),
    "fr-not-signed": ("fr", "Orange n'a pas signé d'accord avec FPT."),
    "vi-not-signed": ("vi", "Viettel chưa ký hợp đồng nào với Samsung."),
    "en-alone": ("en", "Intel signed a memorandum on semiconductors with FPT in Hanoi."),
}
Told = dict[str, tuple[Report, ...]]


@pytest.fixture(scope="module")
def told() -> Told:
    """The reports of each article."""
    articles = [
        Article(name, text, lang=lang, published=date(2025, 9, 19)) for name, (lang, text) in ARTICLES.items()
    ]
    found = {}
    for doc in make_documents(articles, Settings()):
        mentions = (*find_mentions(doc), *find_dates(doc))
        partners = resolve_partners(doc, mentions, base_iri="https://example.org/")
        found[doc.user_data["article"].id] = find_reports(doc, mentions, partners)
    return found


@pytest.mark.parametrize(
    ("name", "partners", "sector"),
    [
        ("en-signed", {"Samsung Electronics", "FPT"}, "semiconductors"),
        ("fr-signed", {"Thales", "Viettel"}, "cybersecurity"),
        ("vi-signed", {"Viettel", "Samsung"}, "semiconductors"),
    ],
)
def test_a_signed_document_is_a_concluded_agreement(
    told: Told, name: str, partners: set[str], sector: str
) -> None:
    agreement = next(report for report in told[name] if report.type == "agreement")
    assert agreement.status == "concluded"
    assert {partner.label for partner in agreement.partners} == partners
    assert sector in agreement.sectors


def test_a_proposal_is_not_told_as_signed(told: Told) -> None:
    assert "concluded" not in {report.status for report in told["en-proposed"]}


def test_a_minister_who_meets_the_heads_of_a_firm_stands_for_his_country(told: Told) -> None:
    assert "meeting" in {report.type for report in told["fr-met"]}


@pytest.mark.parametrize("name", ["en-not-signed", "fr-not-signed", "vi-not-signed"])
def test_what_is_not_signed_was_not_concluded(told: Told, name: str) -> None:
    assert {report.status for report in told[name]} <= {"ended"}


def test_a_single_sentence_is_enough(told: Told) -> None:
    assert [report.type for report in told["en-alone"]] == ["agreement"]


@pytest.mark.parametrize("name", ["en-nothing", "vi-cooperative"])
def test_competition_and_cooperatives_are_no_events(told: Told, name: str) -> None:
    assert told[name] == ()


def test_every_report_has_evidence_a_rule_and_a_confidence(told: Told) -> None:
    for name, reports in told.items():
        for report in reports:
            assert report.evidence
            assert all(ARTICLES[name][1][quote.start : quote.end] == quote.text for quote in report.evidence)
            assert report.rule.startswith(f"{ARTICLES[name][0]}.{report.type}.")
            assert 0 < report.confidence <= 1
            assert len(set(report.partners)) >= 2


def test_the_date_of_a_signing_is_worked_out_from_the_publication(told: Told) -> None:
    agreement = next(report for report in told["fr-signed"] if report.type == "agreement")
    assert agreement.date is not None
    assert (agreement.date.value, agreement.date.basis) == ("2025-09-18", "derived")


def links(*rows: tuple[str, int, tuple[int, int], float]) -> list[Link]:
    """Links from short rows."""
    return [Link(*row) for row in rows]


LIMITS = dict.fromkeys(("agreement", "meeting", "forum", "cooperation"), 0.5)


def test_pairs_that_are_all_joined_are_one_event() -> None:
    found = group_links(
        links(("agreement", 0, (0, 1), 0.9), ("agreement", 0, (1, 2), 0.8), ("agreement", 0, (0, 2), 0.7)),
        LIMITS,
        [],
    )
    assert found == [Draft("agreement", frozenset({0, 1, 2}), (0,), 0.9)]


def test_a_long_list_of_partners_with_some_bonds_missed_is_one_event() -> None:
    bound = [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]
    (draft,) = group_links(links(*(("agreement", 0, pair, 0.9) for pair in bound)), LIMITS, [])
    assert draft.partners == {0, 1, 2, 3, 4}
    loose = [(0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 5), (4, 2), (5, 2)]
    assert len(group_links(links(*(("agreement", 0, pair, 0.9) for pair in loose)), LIMITS, [])) > 1


def test_parallel_pairs_are_two_events() -> None:
    found = group_links(links(("agreement", 0, (0, 1), 0.9), ("agreement", 0, (0, 2), 0.8)), LIMITS, [])
    assert {draft.partners for draft in found} == {frozenset({0, 1}), frozenset({0, 2})}


def test_one_call_on_several_who_are_not_named_is_one_event() -> None:
    text = (
        "Samsung, Intel, Hana Micron and NVIDIA came to Hanoi. Vietnam called on its foreign partners to "
        "share their experience."
    )
    (doc,) = make_documents([Article("call", text, lang="en", published=date(2025, 9, 19))], Settings())
    mentions = (*find_mentions(doc), *find_dates(doc))
    partners = resolve_partners(doc, mentions, base_iri="https://example.org/")
    passages = make_passages(doc, mentions, partners, load_codebook("en"))
    number = {partner.label: index for index, partner in enumerate(partners)}
    pairs = [(number[name], number["Vietnam"]) for name in ("Samsung", "Intel", "Hana Micron", "NVIDIA")]
    rows = [("cooperation", 1, (min(pair), max(pair)), 0.9) for pair in pairs]
    (draft,) = group_links(links(*rows), LIMITS, passages)
    assert draft.partners == frozenset(number[name] for name in number if name != "Hanoi")
    assert len(group_links(links(*rows[:2]), LIMITS, passages)) == 2


def test_a_headline_is_known_as_one() -> None:
    article = Article("headed", "Intel in Hanoi\n\nIntel came. It stays.", title="Intel in Hanoi", lang="en")
    (doc,) = make_documents([article], Settings())
    passages = make_passages(doc, (), (), load_codebook("en"))
    assert [passage.is_title for passage in passages] == [True, False, False]


def test_a_pair_below_its_threshold_is_no_event() -> None:
    assert group_links(links(("agreement", 0, (0, 1), 0.4)), LIMITS, []) == []


def test_a_deed_and_talk_of_the_same_partners_are_two_events() -> None:
    found = group_links(links(("agreement", 3, (0, 1), 0.9), ("cooperation", 4, (0, 1), 0.8)), LIMITS, [])
    assert [(draft.type, draft.passages) for draft in found] == [("agreement", (3,)), ("cooperation", (4,))]


def test_the_same_event_told_twice_is_one() -> None:
    found = group_links(links(("meeting", 0, (0, 1), 0.6), ("meeting", 7, (0, 1), 0.8)), LIMITS, [])
    assert [draft.passages for draft in found] == [(7, 0)]


def test_trees_survive_their_writing_and_add_up() -> None:
    tree = Tree(
        np.array([0, 0, 0]),
        np.array([1.5, 0.0, 0.0]),
        np.array([1, -1, -1]),
        np.array([2, -1, -1]),
        np.array([0.0, -2.0, 2.0]),
    )
    model = read_trees(write_trees(TreeModel(("figure",), 0.0, (tree, tree))))
    low, high = model.probabilities([[1.0], [2.0]])
    assert low == pytest.approx(1 / (1 + np.exp(4)))
    assert high == pytest.approx(1 - low)
    assert model.probabilities([]) == []


def deep_tree(leaves: int) -> Tree:
    """A tree that asks whether the figure is at most 0, then at most 1, and so on: leaf ``n`` is worth 2**n."""
    asked, nodes = range(leaves - 1), range(2 * leaves - 1)
    inner = [2 * n for n in asked]
    return Tree(
        np.zeros(len(nodes), dtype=np.int64),
        np.array([n / 2 if n in inner else 0.0 for n in nodes]),
        np.array([n + 1 if n in inner else -1 for n in nodes]),
        np.array([n + 2 if n in inner else -1 for n in nodes]),
        np.array([0.0 if n in inner else 2.0 ** (n // 2 if n < nodes[-1] else leaves - 1) for n in nodes]),
    )


def test_each_row_comes_to_its_own_leaf() -> None:
    rows = [[-1.0], [0.0], [0.5], [1.0], [5.5], [6.0], [6.5]]
    model = TreeModel(("figure",), 0.0, (deep_tree(8), deep_tree(2)))
    expected = [
        2.0 ** sum(figure > limit for limit in range(7)) + (2.0 if figure > 0 else 1.0) for [figure] in rows
    ]
    assert model.probabilities(rows) == [1 / (1 + np.exp(-score)) for score in expected]


def test_a_tree_with_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    with pytest.raises(DataError, match="more than 8 leaves"):
        TreeModel(("figure",), 0.0, (deep_tree(9),)).probabilities([[0.0]])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "fr", "vi"]))
def test_triggers_of_any_text_lie_where_they_say(text: str, lang: str) -> None:
    assert len(fold(text)) == len(text)
    for trigger in look_up(text, load_codebook(lang)).triggers:
        assert 0 <= trigger.start < trigger.end <= len(text)


WEIGHED = [(0.7, "semiconductors"), (0.5, "education"), (0.3, "trade")]


def test_the_first_topic_needs_less_than_the_rest() -> None:
    limits = {"sector": 0.6, "first-sector": 0.25}
    assert take_topics(WEIGHED, "sector", limits, 1.0) == ("semiconductors",)
    assert take_topics(WEIGHED, "sector", limits | {"sector": 0.4}, 1.0) == ("semiconductors", "education")
    assert take_topics(WEIGHED[2:], "sector", limits, 1.0) == ("trade",)
    assert take_topics(WEIGHED[2:], "sector", limits | {"first-sector": 0.4}, 1.0) == ()


def test_sectors_of_a_doubtful_event_must_be_surer_its_activities_need_not() -> None:
    limits = {"sector": 0.5, "first-sector": 0.3, "activity": 0.5, "first-activity": 0.3}
    assert take_topics([(0.9, "space"), (0.8, "trade")], "sector", limits, 0.36) == ("space",)
    assert take_topics([(0.4, "space")], "sector", limits, 0.36) == ()
    assert take_topics([(0.6, "research")], "activity", limits, 0.36) == ("research",)


def test_a_sentence_is_cut_into_the_matters_it_tells() -> None:
    text = "KT plans a link with Telefonica; Orange opened an office in Hanoi, but FPT signed nothing."
    article = Article("clauses", text, lang="en", published=date(2025, 9, 19))
    (doc,) = make_documents([article], Settings())
    mentions = (*find_mentions(doc), *find_dates(doc))
    partners = resolve_partners(doc, mentions, base_iri="https://example.org/")
    (passage,) = make_passages(doc, mentions, partners, load_codebook("en"))
    assert "".join(text[clause.start : clause.end] for clause in passage.clauses) == text
    assert [text[clause.start : clause.end].strip(" ;,")[:6] for clause in passage.clauses] == [
        "KT pla",
        "Orange",
        "but FP",
    ]
    assert passage.stretch(text.index("KT"), text.index("Telefonica")) == (0, 0)
    assert passage.stretch(text.index("KT"), text.index("Orange")) == (0, 1)
