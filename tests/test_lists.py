"""Lists whose heading says what their items are, and sentences that semicolons part."""

from __future__ import annotations

import pytest
from marked import read_document, read_passages, read_reports

from kg.explain import explain_article
from kg.explain.words import RULED, verdict_words
from kg.model import EVENT_TYPES, Article
from kg.reports.candidates import Pair, make_pairs, make_roles
from kg.reports.constraints import Bound, Constraints
from kg.reports.lists import opens_item
from kg.reports.rivals import Scored
from kg.settings import Settings

AGREEMENT, MEETING, PROGRAMME = (EVENT_TYPES.index(name) for name in ("agreement", "meeting", "programme"))

ENGLISH = """\
The following memoranda of understanding were signed during the visit:
- Hanoi University of Science and Technology and Trinity College Dublin: joint research on photonics;
- FPT and Analog Devices, for a design centre in Da Nang."""
FRENCH = """\
Les accords suivants ont été signés :
1. L'Université de Can Tho et le CIRAD, pour un laboratoire commun sur le riz ;
2. FPT et Capgemini, pour une école d'ingénieurs à Da Nang."""
VIETNAMESE = """\
Tại buổi lễ, các bên đã ký kết các biên bản ghi nhớ sau:
- Đại học Bách khoa Hà Nội và Đại học Grenoble Alpes: đào tạo kỹ sư vi mạch;
- Tập đoàn FPT và Công ty Capgemini: trung tâm dữ liệu tại Đà Nẵng."""
HOSTED = """\
At a ceremony in Hanoi, VNPT signed contracts with:
• Nokia, for 5G equipment;
• Ericsson, for network software."""


def agreements(text: str, lang: str) -> dict[frozenset[str], str]:
    """The status of each agreement, by the partners."""
    found = (report for report in read_reports(text, lang) if report.type == "agreement")
    return {frozenset(partner.label for partner in report.partners): report.status for report in found}


@pytest.mark.parametrize(
    ("text", "lang", "pairs"),
    [
        (
            ENGLISH,
            "en",
            [
                {"Hanoi University of Science and Technology", "Trinity College Dublin"},
                {"FPT", "Analog Devices"},
            ],
        ),
        (FRENCH, "fr", [{"Can Tho University", "CIRAD"}, {"FPT", "Capgemini"}]),
        (
            VIETNAMESE,
            "vi",
            [
                {"Hanoi University of Science and Technology", "Université Grenoble Alpes"},
                {"FPT", "Capgemini"},
            ],
        ),
        (HOSTED, "en", [{"VNPT", "Nokia"}, {"VNPT", "Ericsson"}]),
    ],
)
def test_the_items_below_a_line_on_signed_documents_are_agreements(
    text: str, lang: str, pairs: list[set[str]]
) -> None:
    found = agreements(text, lang)
    assert [found.get(frozenset(pair)) for pair in pairs] == ["concluded", "concluded"]


def test_what_is_to_be_signed_is_planned() -> None:
    text = FRENCH.replace("ont été signés", "devraient être signés en novembre")
    assert agreements(text, "fr") == {
        frozenset({"Can Tho University", "CIRAD"}): "planned",
        frozenset({"FPT", "Capgemini"}): "planned",
    }


def test_an_item_without_a_verb_is_nothing_but_what_the_line_says() -> None:
    assert {report.type for report in read_reports(FRENCH, "fr")} == {"agreement"}


def test_the_line_above_the_list_is_evidence_too() -> None:
    first, *_ = read_reports(ENGLISH, "en")
    assert [quote.text[:21] for quote in first.evidence] == ["The following memoran", "- Hanoi University of"]
    assert first.rule.startswith("en.agreement.")
    assert first.rule != "en.agreement.context"


ITEMS = "- Nokia and Ericsson;\n- Samsung and Intel."


@pytest.mark.parametrize(
    ("lang", "line", "kind"),
    [
        ("en", "Vietnam and Ireland signed the following agreements:", "agreement"),
        ("en", "The memoranda were signed by:", "agreement"),
        ("en", "Three joint research projects were presented:", "programme"),
        ("fr", "La France et le Vietnam ont signé les accords suivants :", "agreement"),
        ("fr", "Les mémorandums ont été conclus entre le ministère de la Santé et :", "agreement"),
        ("vi", "Việt Nam và Pháp đã ký các văn kiện sau:", "agreement"),
        ("en", "Among those present were:", None),
        ("en", "Attending the signing ceremony were:", None),
        ("en", "The agreement was signed in the presence of:", None),
        ("en", "The memorandum between FPT and Intel provides for:", None),
        ("en", "Under the agreement:", None),
        ("en", "The following memoranda were signed.", None),
        ("en", "Several memoranda were signed; the visit ended on Friday.", None),
        ("fr", "Ont assisté à la signature :", None),
        ("fr", "L'accord entre FPT et Thales prévoit :", None),
        ("vi", "Tham dự lễ ký có:", None),
        ("vi", "Thỏa thuận giữa FPT và Intel gồm:", None),
    ],
)
def test_a_line_on_several_documents_says_what_the_items_are_and_no_other(
    lang: str, line: str, kind: str | None
) -> None:
    passages, _ = read_passages(read_document(f"{line}\n{ITEMS}", lang))
    headings = [passage.heading for passage in passages if passage.is_item]
    assert [heading.type if heading else None for heading in headings] == [kind, kind]


def test_an_item_may_go_on_and_the_list_goes_on_behind_it() -> None:
    text = ENGLISH.replace("photonics;", "photonics. It begins in May.")
    passages, _ = read_passages(read_document(text, "en"))
    assert [(passage.is_item, bool(passage.listing)) for passage in passages] == [
        (False, False),
        (True, True),
        (False, True),
        (True, True),
    ]
    assert [passage.heading is not None for passage in passages] == [False, True, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- FPT and Nokia", True),
        ("• FPT", True),
        ("1. FPT", True),
        ("(ii) FPT", True),
        ("b) FPT", True),
        ("FPT and Nokia", False),
        ("-5 per cent", False),
        ("2025 was good", False),
        ("I. Newton", False),
    ],
)
def test_dashes_numbers_and_letters_open_items(text: str, expected: bool) -> None:
    assert opens_item(text) is expected


# --- semicolons -------------------------------------------------------------------------------------------


def bounds(text: str, number: int, *, lang: str = "en") -> dict[frozenset[str], str | None]:
    """Which construction bounds a pair, by the names of the two."""
    passages, partners = read_passages(read_document(text, lang))
    pairs = [pair for roles in make_roles(passages) for pair in make_pairs(roles)]
    even = [0.5] * (len(EVENT_TYPES) + 1)
    constraints = Constraints([Scored(pair, even, even[:-1], even, even) for pair in pairs])

    def names(pair: Pair) -> frozenset[str]:
        return frozenset(partners[partner].label for partner in pair.key)

    return {names(pair): constraints.bound_of(pair, number).why for pair in pairs}


PARALLEL = "FPT signed a contract with Nokia; Viettel signed an agreement with Ericsson."


PARALLEL_IN_FRENCH = "FPT a signé un contrat avec Nokia ; Viettel a conclu un accord avec Ericsson."


def test_semicolons_part_the_matters_of_a_sentence() -> None:
    found = bounds(PARALLEL, AGREEMENT)
    assert {pair for pair, left in found.items() if left is None} == {
        frozenset({"FPT", "Nokia"}),
        frozenset({"Viettel", "Ericsson"}),
    }
    assert list(found.values()).count("semicolon") == 4


def test_those_who_meet_may_be_listed_with_semicolons() -> None:
    assert set(bounds(PARALLEL, MEETING).values()) == {None}


def test_a_part_with_one_name_goes_on_with_the_matter() -> None:
    text = "FPT signed a contract with Nokia; Ericsson joined it later."
    assert set(bounds(text, AGREEMENT).values()) == {None}


def test_what_is_denied_is_no_event() -> None:
    assert set(bounds("FPT has not signed a contract with Nokia.", AGREEMENT).values()) == {"denied"}
    assert set(bounds("FPT has not signed a contract with Nokia.", MEETING).values()) == {None}


def test_what_is_refused_is_told() -> None:
    assert set(bounds("FPT cancelled its contract with Nokia.", AGREEMENT).values()) == {None}


def test_of_an_item_the_line_says_the_type() -> None:
    first = frozenset({"FPT", "Analog Devices"})
    assert bounds(ENGLISH, AGREEMENT)[first] == "heading"
    assert bounds(ENGLISH, PROGRAMME)[first] == "no verb"


def test_explanations_say_which_construction_settled_it() -> None:
    explanation = explain_article(Article("list", f"{FRENCH}\n{PARALLEL_IN_FRENCH}", lang="fr"), Settings())
    verdicts = [verdict_words(c, None) for sentence in explanation.sentences for c in sentence.candidates]
    for words in RULED.values():
        told = any(f"({words})" in verdict for verdict in verdicts)
        untold = (RULED["joint body"], RULED["denied"], RULED["unnamed"])
        assert told is (words not in untold), words


def test_items_take_the_kind_of_document_from_the_line() -> None:
    assert [report.instrument for report in read_reports(ENGLISH, "en")] == ["mou", "mou"]


def test_what_names_neither_must_be_likelier() -> None:
    bound = Bound(needed=0.35, why="unnamed")
    assert [bound.hold(chance) for chance in (0.05, 0.3, 0.35, 0.8)] == [0.05, 0.1, 0.35, 0.8]


def test_a_sentence_that_names_nobody_starts_no_web_of_programmes() -> None:
    reports = read_reports(
        "Google, Meta, IBM, Intel and MediaTek took part in the forum in Hanoi. Several initiatives were launched "
        "there, among them the training of people.",
        "en",
    )
    assert not [report for report in reports if report.type == "programme"]
