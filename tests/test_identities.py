"""Partners of all articles: which are one, whatever the order, and which must stay two."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from builders import BASE, article, graph_of
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology
from kg.identities import Identities, describe_partners, unite_partners
from kg.model import Mention, Partner
from kg.partners.labels import partner_iri
from kg.store import read_graph


def partner(line: str, *names: str) -> Partner:
    """Make a partner that no list knows of ``label/kind/country``, as an article names it."""
    label, kind, country = line.split("/")
    mentions = tuple(Mention(0, len(name), name, "partner") for name in (label, *names))
    return Partner(partner_iri(BASE, label, kind), label, kind, country or None, mentions=mentions)


KFIA = partner("Korea Fabless Industry Association/association/KR", "KFIA")
SHORT = partner("KFIA/company/")


def unite(*partners: Partner, known: tuple[Partner, ...] = (), **judged: object) -> Identities:
    listed = {item.iri for item in known}
    return unite_partners(describe_partners(partners, listed), **judged)  # type: ignore[arg-type]


def groups(found: Identities) -> set[tuple[str, str]]:
    """Give who is replaced by whom, as slugs without their hashes."""
    slug = lambda iri: iri.rpartition("/")[2].rpartition("-")[0]  # noqa: E731
    return {(slug(iri), slug(item.iri)) for iri, item in found.partners.items() if iri != item.iri}


def test_an_acronym_alone_is_the_partner_whose_name_another_article_spells_out() -> None:
    found = unite(KFIA, SHORT)
    assert groups(found) == {("kfia", "korea-fabless-industry-association")}
    assert found.partners[SHORT.iri].kind == "association"
    assert found.reasons[SHORT.iri] == "acronym"


@pytest.mark.parametrize(
    "others",
    [
        [partner("Kenya Farmers Insurance Agency/company/KE", "KFIA")],  # Two could be meant.
        [partner("KFIA Services/company/KR", "KFIA")],  # A part of the name is no acronym of it.
    ],
)
def test_an_acronym_that_could_mean_another_stays_alone(others: list[Partner]) -> None:
    first = [KFIA] if "Kenya" in others[0].label else []
    assert groups(unite(*first, *others, SHORT)) == set()


def test_the_country_tells_which_of_two_is_meant() -> None:
    kenyan = partner("Kenya Farmers Insurance Agency/company/KE", "KFIA")
    assert groups(unite(KFIA, kenyan, partner("KFIA/company/KR"))) == {
        ("kfia", "korea-fabless-industry-association")
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "National Innovation Centre/government-body/VN",
            "National Innovation Center/government-body/VN",
            False,
        ),
        ("Hanoi Semiconductor Centre/company/VN", "Hanoi Semiconducter Centre/company/VN", True),
        ("Hanoi Semiconductor Centre/company/VN", "Hanoi Semiconducter Centre/company/KR", False),
        ("Hanoi Semiconductor Centre/company/VN", "Hanoi Semiconducter Centre/university/VN", False),
        ("Hanoi Semiconductor Centre/company/", "Hanoi Semiconducter Centre/company/", False),
        ("North Hanoi Semiconductor/company/VN", "South Hanoi Semiconductor/company/VN", False),
        ("Institute of Region 1/company/VN", "Institute of Region 2/company/VN", False),
        ("Semiconductor/company/VN", "Semiconducter/company/VN", False),
    ],
)
def test_a_slip_of_the_pen_in_a_long_word_is_no_other_partner(one: str, other: str, same: bool) -> None:
    # "Centre" and "Center" differ by two letters that changed places, which is one slip.
    same = same or "Innovation" in one
    assert bool(groups(unite(partner(one), partner(other)))) == same


def test_a_label_that_is_a_name_of_another_partner_but_for_its_writing_is_that_partner() -> None:
    named = partner("Hanoi Semiconductor Centre/company/VN", "Ha Noi Chip Centre")
    assert groups(unite(named, partner("Hanoi Chip Centre/company/"))) == {
        ("hanoi-chip-centre", "hanoi-semiconductor-centre")
    }
    # One that only begins so, is of another kind or country, or is one word, may be another.
    for other in ("Hanoi/company/VN", "Hanoi Chip Centre/university/VN", "Hanoi Chip Centre/company/FR"):
        assert groups(unite(named, partner(other))) == set()
    part = partner("Chip Club of Hanoi/company/VN", "Chip Club")
    assert groups(unite(part, partner("Chip Club/company/VN"))) == set()


def test_a_partner_that_no_list_knows_by_its_spelling_is_that_of_the_list(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "g", article("a", "meeting/concluded: Napas/company/VN + FR"))
    with read_graph(graph) as store:
        (row,) = store.select("SELECT ?p { ?e a coop:Event ; coop:partner ?p . ?p a coop:Company }")
    assert row["p"] == ontology.partner_iri("napas")


def test_two_partners_of_the_lists_are_never_one() -> None:
    one, other = (partner(f"Hanoi Semiconduct{x}r Centre/company/VN") for x in "oe")
    assert groups(unite(one, other, known=(one, other))) == set()


def test_people_decide_before_everything_else() -> None:
    other = partner("Chip Club/company/KR")
    assert groups(unite(KFIA, SHORT, other, same=[(other.iri, KFIA.iri)])) == {
        ("kfia", "chip-club"),
        ("korea-fabless-industry-association", "chip-club"),
    }
    assert groups(unite(KFIA, SHORT, apart=[(KFIA.iri, SHORT.iri)])) == set()
    # Also what is apart through a third one stays apart.
    assert groups(
        unite(KFIA, SHORT, other, same=[(other.iri, KFIA.iri)], apart=[(other.iri, SHORT.iri)])
    ) == {("korea-fabless-industry-association", "chip-club")}


def test_of_two_that_are_the_same_the_one_in_a_list_stays() -> None:
    other = partner("Chip Club/company/KR")
    assert groups(unite(KFIA, other, known=(KFIA,), same=[(other.iri, KFIA.iri)])) == {
        ("chip-club", "korea-fabless-industry-association")
    }


_WORDS = st.sampled_from(["Semiconductor", "Semiconducter", "Hanoi", "Korea", "KFI", "Institute", "Fabless"])
_LABELS = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_PARTNERS = st.builds(
    lambda label, kind, country, names: partner(f"{label}/{kind}/{country}", *names),
    _LABELS,
    st.sampled_from(["company", "association", "university", "research-institute"]),
    st.sampled_from(["KR", "VN", ""]),
    st.lists(st.sampled_from(["KFI", "HKS"]) | _LABELS, max_size=2),
)


@given(st.lists(_PARTNERS, max_size=12), st.randoms(use_true_random=False))
def test_who_a_partner_is_does_not_depend_on_the_order_of_articles(
    partners: list[Partner], chance: random.Random
) -> None:
    pairs = [(one.iri, other.iri) for one, other in zip(partners[::5], partners[1::5], strict=False)]
    apart = [(one.iri, other.iri) for one, other in zip(partners[2::5], partners[3::5], strict=False)]
    known = frozenset(partners[:1])
    found = unite(*partners, known=tuple(known), same=pairs, apart=apart)
    for _ in range(3):
        chance.shuffle(partners)
        chance.shuffle(pairs)
        assert unite(*partners, known=tuple(known), same=pairs, apart=apart) == found


@given(st.lists(_PARTNERS, max_size=10))
def test_who_stands_for_others_stands_for_itself(partners: list[Partner]) -> None:
    found = unite(*partners).partners
    assert all(found[item.iri].iri == item.iri for item in found.values())
    assert {item.iri for item in found.values()} <= {item.iri for item in partners}


def test_a_university_is_one_whatever_the_language_that_says_university() -> None:
    names = ("Kumamoto University", "Université de Kumamoto", "Trường Đại học Kumamoto")
    found = unite(*(partner(f"{name}/university/JP") for name in names))
    assert len(groups(found)) == 2
    assert len({item.iri for item in found.partners.values()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        (
            "Embassy of Vietnam in Algeria",
            "ambassade du Vietnam en Algérie",
            "Đại sứ quán Việt Nam tại Algeria",
        ),
        ("Vietnamese Embassy in Algeria", "ambassade du Viêt Nam en Algérie"),
        ("Vietnam's Consulate General in Houston", "Tổng lãnh sự quán Việt Nam tại Houston"),
    ],
)
def test_a_mission_is_one_in_every_language(names: tuple[str, ...]) -> None:
    found = unite(*(partner(f"{name}/government-body/VN") for name in names))
    assert len({item.iri for item in found.partners.values()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Embassy of Vietnam in Algeria/government-body/VN",
            "ambassade du Vietnam au Laos/government-body/VN",
        ),
        ("Embassy of Vietnam in Laos/government-body/VN", "Đại sứ quán Lào tại Việt Nam/government-body/LA"),
        ("York University/university/CA", "Université de York/university/GB"),
        ("Hanoi University/university/VN", "Université d'économie de Hanoï/university/VN"),
        ("University of Miami/university/US", "Miami University/university/US"),
        ("Osaka City/local-government/JP", "Province d'Osaka/local-government/JP"),
    ],
)
def test_a_translated_noun_joins_neither_other_names_nor_other_countries(one: str, other: str) -> None:
    assert groups(unite(partner(one), partner(other))) == set()
