"""Sectors, activities and instruments are found by their words; the cases are marked text."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked
from spacy.attrs import LANG
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.languages import languages
from kg.mentions.topics import find_topics
from kg.model import Mention
from kg.ontology import load_vocabulary

SECTORS = [
    ("fr", "Une usine de [semi-conducteurs](semiconductors) et de [circuits intégrés](semiconductors)"),
    ("fr", "L'[énergie nucléaire](nuclear-energy) et l'[énergie](energy)"),
    ("fr", "Les [rames](transport-logistics) du [tramway](transport-logistics) de Hanoï"),
    ("fr", "la coopération [agricole](agriculture), les produits [agricoles](agriculture)"),
    ("fr", "LES [VÉHICULES ÉLECTRIQUES](electric-mobility), les [vehicules electriques](electric-mobility)"),
    ("fr", "Le [sous-marin](defence-security) passe au-dessus du [câble sous-marin](telecommunications)"),
    ("fr", "l'[IA](artificial-intelligence) que j'ai vue"),
    ("en", "a [chip](semiconductors) line needs [wafers](semiconductors)"),
    ("en", "[submarine cables](telecommunications) and [submarines](defence-security)"),
    ("en", "[nuclear power](nuclear-energy) is not [power](energy)"),
    ("en", "[AI](artificial-intelligence) and [IT](ict), as it is said to be"),
    ("en", "a [batteries](electric-mobility) maker and its [battery](electric-mobility)"),
    ("vi", "hợp tác về [bán dẫn](semiconductors) và [vi mạch](semiconductors)"),
    ("vi", "[điện hạt nhân](nuclear-energy), [điện gió](renewable-energy) và [điện](energy)"),
    ("vi", "[y tế](health), [thủy sản](agriculture), [thuỷ sản](agriculture)"),
    ("vi", "[trí tuệ nhân tạo](artificial-intelligence) là của ai"),
]
ACTIVITIES = [
    ("fr", "le [transfert de technologies](technology-transfer) prévu"),
    ("fr", "un [transfert progressif de la technologie](technology-transfer)"),
    ("en", "[capacity building](training) and [technology transfer](technology-transfer)"),
    (
        "vi",
        "[chuyển giao công nghệ](technology-transfer), [đào tạo](training) và [chia sẻ kinh nghiệm](information-exchange)",
    ),
]
INSTRUMENTS = [
    ("fr", "signer un [protocole d'accord](mou), puis un [protocole](protocol) et un [accord](agreement)"),
    ("fr", "d'un commun accord"),
    ("en", "a [memorandum of understanding](mou) and a [joint venture](joint-venture)"),
    ("vi", "ký [biên bản ghi nhớ](mou) và [hợp đồng](contract)"),
]


@cache
def vocab(lang: str) -> Vocab:
    return Vocab(lex_attr_getters={LANG: lambda _: lang})


def topics(text: str, lang: str, label: str | None = None) -> list[Mention]:
    """Find topics without a model: a document of one token."""
    doc = Doc(vocab(lang), words=[text], spaces=[False])
    return [item for item in find_topics(doc) if label in (None, item.label)]


def check(label: str, lang: str, marked: str) -> None:
    text, marks = read_marked(marked)
    found = [(item.start, item.end, item.ref) for item in topics(text, lang, label)]
    assert found == [(mark.start, mark.end, mark.name) for mark in marks]


@pytest.mark.parametrize(("lang", "marked"), SECTORS)
def test_sectors_are_found_by_the_longest_term(lang: str, marked: str) -> None:
    check("sector", lang, marked)


@pytest.mark.parametrize(("lang", "marked"), ACTIVITIES)
def test_activities_are_found_with_words_between(lang: str, marked: str) -> None:
    check("activity", lang, marked)


@pytest.mark.parametrize(("lang", "marked"), INSTRUMENTS)
def test_instruments_are_found(lang: str, marked: str) -> None:
    check("instrument", lang, marked)


def test_vietnamese_words_without_their_accents_are_other_words() -> None:
    assert topics("ban dan va y te", "vi") == []


def test_both_places_of_the_tone_mark_and_both_i_and_y_are_one_spelling() -> None:
    for one, other in (("văn hóa", "văn hoá"), ("thủy điện", "thuỷ điện"), ("sức khỏe", "sức khoẻ")):
        assert [item.ref for item in topics(one, "vi")] == [item.ref for item in topics(other, "vi")] != []
    assert [m.ref for m in topics("kỹ thuật số", "vi")] == [m.ref for m in topics("kĩ thuật số", "vi")] != []


def test_a_term_does_not_run_over_a_comma_or_the_end_of_a_line() -> None:
    assert [item.ref for item in topics("énergie\nnucléaire", "fr", "sector")] == ["energy", "nuclear-energy"]
    assert [item.ref for item in topics("énergie, nucléaire", "fr", "sector")] == ["energy", "nuclear-energy"]


def test_a_term_that_reaches_beyond_another_is_found_and_one_inside_it_is_not() -> None:
    found = topics("an ninh năng lượng tái tạo", "vi", "sector")
    assert [item.text for item in found] == ["an ninh năng lượng", "năng lượng tái tạo"]
    assert [item.text for item in topics("énergie nucléaire", "fr", "sector")] == ["énergie nucléaire"]


def test_a_weak_term_counts_only_beside_another_of_its_concept() -> None:
    assert "telecommunications" not in {item.ref for item in topics("le réseau des anciens", "fr", "sector")}
    found = topics("le réseau et la fibre optique", "fr", "sector")
    assert {(item.ref, item.source) for item in found} == {
        ("telecommunications", "weak"),
        ("telecommunications", "term"),
    }


def test_a_stopped_phrase_keeps_its_concept_out_and_no_other() -> None:
    assert {item.ref for item in topics("la sécurité alimentaire de l'armée", "fr", "sector")} == {
        "agriculture",
        "defence-security",
    }
    assert [item.text for item in topics("the armed forces and food security", "en", "sector")] == [
        "armed forces",
        "food security",
    ]


def test_a_word_in_the_name_of_an_organisation_is_still_a_mention() -> None:
    found = topics("Cục Công nghiệp Công nghệ thông tin", "vi", "sector")
    assert [item.ref for item in found if item.text == "Công nghệ thông tin"] == ["ict"]


def test_newsroom_residue_names_nothing() -> None:
    doc = Doc(vocab("fr"), words=["semi-conducteurs", "nucléaire"], spaces=[True, False])
    doc.spans["residue"] = [Span(doc, 1, 2)]
    assert [item.text for item in find_topics(doc)] == ["semi-conducteurs"]


def test_every_label_of_every_concept_is_found_in_its_language() -> None:
    for name, label in (("sectors", "sector"), ("activities", "activity"), ("instruments", "instrument")):
        for concept in load_vocabulary(name):  # type: ignore[arg-type]
            for lang in languages():
                text = concept.pref[lang]
                assert concept.id in {item.ref for item in topics(text, lang, label)}, (text, lang)


@given(st.text(max_size=200), st.sampled_from(languages()))
def test_any_text_passes_and_offsets_are_exact(text: str, lang: str) -> None:
    text = text or " "
    for item in topics(text, lang):
        assert text[item.start : item.end] == item.text


WORDS = ["le", "transfert", "de", "technologie,", "énergie", "nucléaire.", "AI", "IT\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_mentions_come_in_the_order_of_the_text(words: list[str]) -> None:
    starts = [item.start for item in topics(" ".join(words) or " ", "fr")]
    assert starts == sorted(starts)


def test_a_long_text_is_read_in_time_proportional_to_its_length() -> None:
    text = "Le transfert de technologie dans le secteur de l'énergie nucléaire au Vietnam. " * 50
    topics(text, "fr")
    times = []
    for count in (1, 8):
        tries = []
        for _ in range(3):  # The collector of garbage may take its turn in one of them.
            start = time.process_time()
            topics(text * count, "fr")
            tries.append(time.process_time() - start)
        times.append(min(tries))
    assert times[1] < 30 * times[0] + 0.05
