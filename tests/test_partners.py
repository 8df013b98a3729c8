"""Which partner a mention names or stands for."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import read_document

from kg.mentions import find_mentions
from kg.model import Partner
from kg.partners import resolve_partners

_BASE = "https://example.org/"


def partners_of(text: str, lang: str) -> tuple[Partner, ...]:
    """Resolve the partners of a text."""
    doc = read_document(text, lang)
    return resolve_partners(doc, find_mentions(doc), base_iri=_BASE)


def texts_of(text: str, lang: str) -> list[list[str]]:
    """Return the texts of each partner's mentions."""
    return [[mention.text for mention in partner.mentions] for partner in partners_of(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        (
            "The Institute of Deep Sea Studies (IDSS) signed with Norway. IDSS will send experts.",
            "en",
            ["Institute of Deep Sea Studies", "IDSS", "IDSS"],
        ),
        (
            "Học viện Quản trị số (e-Rule Academy, viết tắt là eRA) làm việc với Estonia.",
            "vi",
            ["Học viện Quản trị số", "e-Rule Academy", "eRA"],
        ),
    ],
)
def test_an_acronym_in_brackets_is_the_name_before_it(text: str, lang: str, names: list[str]) -> None:
    assert names in texts_of(text, lang)


def test_the_two_countries_are_both_partners() -> None:
    found = texts_of("Le Vietnam et la France ont signé un accord. Les deux pays coopèrent.", "fr")
    assert found == [["Vietnam", "Les deux pays"], ["France", "Les deux pays"]]


def test_a_statesman_stands_for_his_country() -> None:
    found = partners_of(
        "Le président bulgare Roumen Radev a reçu une délégation. M. Radev a salué l'accord.", "fr"
    )
    assert [(p.kind, p.country, len(p.mentions)) for p in found] == [("country", "BG", 2)]


def test_the_ministry_is_the_ministry_and_not_the_last_body() -> None:
    text = "The Ministry of Cooperatives of Fiji met the Port Authority of Suva. The ministry will sign."
    ministry = next(p for p in partners_of(text, "en") if p.label.startswith("Ministry"))
    assert "The ministry" in [m.text for m in ministry.mentions]


def test_a_country_has_one_iri_and_its_code() -> None:
    found = partners_of("Hàn Quốc ký thỏa thuận với Việt Nam.", "vi")
    assert [(p.iri, p.label, p.country) for p in found] == [
        (f"{_BASE}country/KR", "South Korea", "KR"),
        (f"{_BASE}country/VN", "Vietnam", "VN"),
    ]


def test_the_iri_of_an_unknown_partner_depends_on_its_name_alone() -> None:
    first = partners_of("The Institute of Deep Sea Studies signed with Norway.", "en")
    second = partners_of("Norway signed with the Institute of Deep Sea Studies.", "en")
    assert {p.iri for p in first} == {p.iri for p in second}


@pytest.mark.parametrize(
    ("name", "known"),
    [("NDIVIA", True), ("Nvidia", True), ("Quallcomm", True), ("Inteli", False), ("FPR", False)],
)
def test_small_misspellings_resolve_and_short_names_do_not(name: str, known: bool) -> None:
    found = partners_of(f"Chipmaker {name} signed an agreement with Vietnam.", "en")
    named = [p for p in found if name in [m.text for m in p.mentions]]
    assert any(not p.iri.startswith(_BASE) for p in named) is known


def test_a_firm_is_found_again_by_its_short_name() -> None:
    text = "Công ty cổ phần Công nghệ Pinvolta ký hợp đồng với Lào. Pinvolta sẽ đầu tư."
    assert ["Công ty cổ phần Công nghệ Pinvolta", "Pinvolta"] in texts_of(text, "vi")


def test_names_that_differ_in_their_number_stay_apart() -> None:
    text = "Trường Đại học Sao Mai 1 và Trường Đại học Sao Mai 2 ký thỏa thuận với Lào."
    assert sum(p.kind == "university" for p in partners_of(text, "vi")) == 2


def test_the_two_sides_are_the_two_named_together_and_not_the_one_named_last() -> None:
    text = (
        "The Institute of Deep Sea Studies signed with Chiang Mai University. "
        "The Port Authority of Suva watched. The two sides will train engineers."
    )
    stand = [p.label for p in partners_of(text, "en") if "The two sides" in [m.text for m in p.mentions]]
    assert stand == ["Institute of Deep Sea Studies", "Chiang Mai University"]


def test_the_users_own_list_is_known_to_the_reader(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix p: <https://example.org/own/> . @prefix coop: <https://w3id.org/entente/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix country: <https://w3id.org/entente/data/country/> .\n"
        'p:zug a coop:Association ; skos:prefLabel "zug valley makers"@en ; coop:country country:CH .\n',
        encoding="utf-8",
    )
    doc = read_document("Zug Valley Makers signed with Norway.", "en")
    lists = (str(own),)
    found = resolve_partners(doc, find_mentions(doc, lists=lists), base_iri=_BASE, lists=lists)
    assert ("https://example.org/own/zug", "association", "CH") in [(p.iri, p.kind, p.country) for p in found]


def test_a_bare_ministry_is_that_of_the_country_beside_it() -> None:
    text = "The Ministry of Science and Technology of {} signed with Norway."
    first, second = (
        next(p for p in partners_of(text.format(name), "en") if p.kind == "government-body")
        for name in ("India", "Vietnam")
    )
    assert (first.country, second.country) == ("IN", "VN")
    assert first.iri != second.iri


def test_an_acronym_in_brackets_may_abbreviate_more_than_was_read() -> None:
    text = "L'Institut de médecine tropicale (IMT) a signé avec la Norvège. L'IMT enverra des experts."
    assert ["Institut de médecine tropicale", "IMT", "IMT"] in texts_of(text, "fr")


@pytest.mark.parametrize(
    ("text", "lang", "organisation", "person"),
    [
        (
            "Kelda Systems, whose chairman, Ruth Amadi, was the host, received Orbix Ltd.",
            "en",
            "Kelda Systems",
            "Ruth Amadi",
        ),
        (
            "The text was signed by Marta Ruiz, director of the Lisbon Space Institute, with Orbix Ltd.",
            "en",
            "Lisbon Space Institute",
            "Marta Ruiz",
        ),
        (
            "Le mémorandum a été paraphé par le directeur général de la société Brévalis, Karim Benjelloun, et "
            "par le groupe Ostral.",
            "fr",
            "Brévalis",
            "Karim Benjelloun",
        ),
        (
            "Trần Thu Hà, Giám đốc Trung tâm Dữ liệu Sao Khuê, ký thỏa thuận với Tập đoàn Orbix.",
            "vi",
            "Trung tâm Dữ liệu Sao Khuê",
            "Trần Thu Hà",
        ),
    ],
)
def test_a_person_stands_for_whom_the_words_beside_the_name_tell(
    text: str, lang: str, organisation: str, person: str
) -> None:
    assert {organisation, person} in [set(found) for found in texts_of(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "partner", "person"),
    [
        # A title that only statesmen bear leads to the country, whatever body stands behind it.
        (
            "Mr Lam Son, General Secretary of the Communist Party of Vietnam, visited Orbix Ltd in Paris.",
            "en",
            "Vietnam",
            "Mr Lam Son",
        ),
        (
            "Ông Trần Hùng, Bộ trưởng Bộ Công Thương, ký thỏa thuận với Orbix.",
            "vi",
            "Vietnam",
            "Ông Trần Hùng",
        ),
        # Other bodies have presidents too.
        (
            "Karim Sefrioui, président de l'université de Rabat, signe un accord avec le groupe Ostral.",
            "fr",
            "université de Rabat",
            "Karim Sefrioui",
        ),
    ],
)
def test_titles_of_state_lead_to_the_country_those_of_presidents_to_their_body(
    text: str, lang: str, partner: str, person: str
) -> None:
    found = {item.label: {mention.text for mention in item.mentions} for item in partners_of(text, lang)}
    assert person in found[partner]


def test_later_on_the_surname_does() -> None:
    text = (
        "Marta Ruiz, director of the Lisbon Space Institute, met Orbix Ltd. The centre will open. "
        "Ms Ruiz asked Orbix for engineers."
    )
    assert ["Marta Ruiz", "Lisbon Space Institute", "Ms Ruiz"] in texts_of(text, "en")


def test_a_person_does_not_stand_for_whom_only_the_next_one_speaks() -> None:
    text = "Among the guests were Mr Ruiz, and the rector of the University of Lisbon, Joao Lopes."
    assert ["University of Lisbon", "Joao Lopes"] in texts_of(text, "en")
