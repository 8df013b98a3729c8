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
    [
        ("NDIVIA", True),
        ("Nvidia", True),
        ("Quallcomm", True),
        ("Inteli", False),
        ("FPR", False),
        ("Wismar", False),
    ],
)
def test_small_misspellings_resolve_and_short_names_do_not(name: str, known: bool) -> None:
    found = partners_of(f"Chipmaker {name} signed an agreement with Vietnam.", "en")
    named = [p for p in found if name in [m.text for m in p.mentions]]
    assert any(not p.iri.startswith(_BASE) for p in named) is known


@pytest.mark.parametrize(
    ("text", "lang", "ref"),
    [
        ("Vietnam National University, Hanoi and Intel signed an agreement.", "en", "vnu-hanoi"),
        ("Vietnam National University Hanoi and Intel signed an agreement.", "en", "vnu-hanoi"),
        ("Vietnam National University, Ho Chi Minh City and Intel signed an agreement.", "en", "vnu-hcm"),
        ("The University of California, Los Angeles and Intel signed an agreement.", "en", "ucla"),
        ("L'Université nationale du Vietnam, Hanoï, et Intel ont signé un accord.", "fr", "vnu-hanoi"),
    ],
)
def test_a_name_of_the_lists_may_have_a_comma(text: str, lang: str, ref: str) -> None:
    found = {partner.iri.rsplit("/", 1)[-1] for partner in partners_of(text, lang)}
    assert found == {ref, "intel"}


def test_a_comma_that_no_name_has_parts_two() -> None:
    found = partners_of("Intel, Samsung and FPT signed an agreement.", "en")
    assert [partner.label for partner in found] == ["Intel", "Samsung", "FPT"]


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


@pytest.mark.parametrize(
    ("sentence", "lang", "names"),
    [
        (
            "Siemens signed an agreement with {} on Monday.",
            "en",
            "Bosnia and Herzegovina=BA|Bosnia=BA|Trinidad and Tobago=TT|Antigua and Barbuda=AG|Macau=MO|Congo=CD|"
            "São Tomé and Príncipe=ST|Saint Kitts and Nevis=KN|Saint Lucia=LC|Republic of the Congo=CG|"
            "Saint Vincent and the Grenadines=VC|Republic of Moldova=MD|Federated States of Micronesia=FM|"
            "St Lucia=LC|St. Kitts and Nevis=KN|Wallis and Futuna=WF|Turks and Caicos Islands=TC",
        ),
        (
            "Siemens a signé un accord avec {} lundi.",
            "fr",
            "le Congo=CG|la République du Congo=CG|la RDC=CD|la Bosnie=BA|la Centrafrique=CF|l'Île Maurice=MU|"
            "la Kirghizie=KG|la Guinée-Bissao=GW|Macao=MO|Hongkong=HK|le Surinam=SR",
        ),
        (
            "Siemens ký thỏa thuận với {} hôm thứ Hai.",
            "vi",
            "Bờ Biển Ngà=CI|Miến Điện=MM|Ma Cao=MO|Guinea Xích đạo=GQ|Gruzia=GE|Liban=LB|Congo=CG|Bosnia=BA|Saint Kitts và Nevis=KN",
        ),
    ],
)
def test_countries_are_known_by_all_names_of_the_press(sentence: str, lang: str, names: str) -> None:
    for name, code in (item.split("=") for item in names.split("|")):
        found = [
            (p.kind, p.country) for p in partners_of(sentence.format(name), lang) if p.label != "Siemens"
        ]
        assert (name, found) == (name, [("country", code)])


def test_a_branch_is_not_called_by_its_country_alone() -> None:
    found = partners_of("Société Générale Maroc a signé un accord avec Huawei.", "fr")
    assert [partner.label for partner in found] == ["Société Générale Maroc", "Huawei"]


def test_a_person_does_not_stand_for_whom_only_the_next_one_speaks() -> None:
    text = "Among the guests were Mr Ruiz, and the rector of the University of Lisbon, Joao Lopes."
    assert ["University of Lisbon", "Joao Lopes"] in texts_of(text, "en")


@pytest.mark.parametrize(
    ("text", "lang", "label", "words"),
    [
        ("Qualcomm came to Hanoi. The San Diego group will help.", "en", "Qualcomm", "The San Diego group"),
        (
            "Tohoku University met VJU. The Sendai school will send staff.",
            "en",
            "Tohoku",
            "The Sendai school",
        ),
        (
            "The Kivu Gas Board met Nokia. The Zurich-based ABB is out. The board said no.",
            "en",
            "Kivu",
            "The board",
        ),
        ("Huawei a livré. Le géant de Shenzhen a fini.", "fr", "Huawei", "Le géant de Shenzhen"),
        (
            "Obayashi est là. Le constructeur tokyoïte avait signé.",
            "fr",
            "Obayashi",
            "Le constructeur tokyoïte",
        ),
        ("Naver a signé. Le coréen promet des investissements.", "fr", "Naver", "Le coréen"),
        ("Huawei xây trung tâm; hãng Thâm Quyến cấp học bổng.", "vi", "Huawei", "hãng Thâm Quyến"),
        ("Đại học Quy Nhơn ký với Cadence. Nhà trường nhận tài khoản.", "vi", "Quy Nhon", "Nhà trường"),
        ("Cục Tần số vô tuyến điện họp. Hội thảo do Cục tổ chức.", "vi", "Cục Tần số", "Cục"),
    ],
)
def test_a_body_is_told_by_its_seat_or_its_noun(text: str, lang: str, label: str, words: str) -> None:
    told = [partner.label for partner in partners_of(text, lang) for m in partner.mentions if m.text == words]
    assert [name.startswith(label) for name in told] == [True]


def test_one_swedish_firm_is_the_firm_and_swedish_firms_are_sweden() -> None:
    start = "Syre gặp Thủ tướng. "
    one = partners_of(start + "Hãng Thụy Điển ký biên bản.", "vi")
    many = partners_of(start + "Các hãng Thụy Điển ký biên bản.", "vi")
    assert [(p.kind, len(p.mentions)) for p in one if p.country == "SE"] == [("company", 2)]
    assert {p.kind for p in many if p.country == "SE"} == {"company", "country"}


def test_a_side_is_the_body_of_that_country_unless_the_country_is_named() -> None:
    text = "KEPCO met EVN in Hanoi. The Korean side made an offer."
    assert ["KEPCO", "Korean side"] in texts_of(text, "en")
    assert ["South Korea", "Korean side"] in texts_of("South Korea sent " + text, "en")


@pytest.mark.parametrize(
    ("text", "lang", "country"),
    [
        ("Anthony Albanese and his counterpart lifted ties.", "en", "AU"),
        ("Ông Modi chỉ nói vậy.", "vi", "IN"),
        ("Sonko a proposé à son homologue la création d'une zone.", "fr", "SN"),
    ],
)
def test_a_leader_stands_for_a_country_without_a_title(text: str, lang: str, country: str) -> None:
    assert [(p.kind, p.country) for p in partners_of(text, lang)] == [("country", country)]


def test_a_firm_that_is_called_like_a_leader_is_a_firm() -> None:
    assert [p.kind for p in partners_of("Trump Organization builds a hotel.", "en")] != ["country"]


@pytest.mark.parametrize(
    ("text", "lang", "mentions"),
    [
        ("Rector Le Quan of Lund University spoke. The rector promised help.", "en", 3),
        ("L'ambassadeur de Finlande, Pekka Ruona, est venu. L'ambassadeur a promis une aide.", "fr", 3),
        ("Đại sứ Phần Lan Pekka Ruona tiếp khách. Theo Đại sứ, việc đã xong.", "vi", 2),
    ],
)
def test_a_title_alone_is_who_bore_it_before(text: str, lang: str, mentions: int) -> None:
    assert [len(partner.mentions) for partner in partners_of(text, lang)] == [mentions]


@pytest.mark.parametrize(
    ("text", "lang", "place"),
    [
        ("Đoàn công tác thành phố Hải Phòng làm việc với Nokia.", "vi", "thành phố Hải Phòng"),
        ("La délégation de Hai Phong a rencontré Nokia.", "fr", "Hai Phong"),
        ("Leaders of Hai Phong received Nokia.", "en", "Hai Phong"),
    ],
)
def test_those_who_act_for_a_city_make_it_a_partner(text: str, lang: str, place: str) -> None:
    found = {p.mentions[0].text: p.kind for p in partners_of(text, lang)}
    assert found[place] == "local-government"


def test_a_name_ends_before_the_person_who_leads_the_body() -> None:
    found = texts_of("Hiệu trưởng Đại học Bách khoa Hà Nội Lê Quân phát biểu.", "vi")
    assert ["Đại học Bách khoa Hà Nội"] in [texts[:1] for texts in found]


def test_small_words_before_a_capital_do_not_hide_who_acts() -> None:
    found = partners_of("When Hanoi and Canberra raised their ties, exports grew.", "en")
    assert [p.country for p in found] == ["VN", "AU"]


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("Fukuoka prefecture's subsidy ends; Nokia left.", "en", "local-government"),
        ("He met the Governor of Louisiana at Nokia.", "en", "local-government"),
        ("La province de Quang Ngai a remis les clés à Nokia.", "fr", "local-government"),
        ("FPT ký với tỉnh Quảng Ninh.", "vi", "local-government"),
        ("The plant in Gia Lai province works for Nokia.", "en", None),
        ("Nhà máy của Nokia ở tỉnh Lai Châu đóng cửa.", "vi", None),
    ],
)
def test_a_territory_is_a_partner_unless_something_is_only_there(
    text: str, lang: str, kind: str | None
) -> None:
    kinds = {partner.kind for partner in partners_of(text, lang)} - {"company"}
    assert kinds == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("text", "lang", "labels"),
    [
        (
            "The Vietnamese geological department and Nokia compared maps.",
            "en",
            {"Vietnamese geological department", "Nokia"},
        ),
        (
            "Ghana's identification authority and NEC go on.",
            "en",
            {"Ghana's identification authority", "NEC"},
        ),
        (
            "La direction sénégalaise du génie militaire a signé avec Nokia.",
            "fr",
            {"direction sénégalaise du génie militaire", "Nokia"},
        ),
        ("Enabel, the Belgian development agency, signed with FPT.", "en", {"Enabel", "FPT"}),
        ("The Korean state agency left Nokia.", "en", {"South Korea", "Nokia"}),
    ],
)
def test_a_body_of_a_state_is_told_by_what_it_does(text: str, lang: str, labels: set[str]) -> None:
    assert {partner.label for partner in partners_of(text, lang)} == labels


def test_a_deputy_minister_with_a_nation_and_a_portfolio_stands_for_the_ministry() -> None:
    [ministry] = partners_of(
        "Le vice-ministre vietnamien de l'Industrie et du Commerce a promis son appui.", "fr"
    )
    assert (ministry.label, ministry.kind, ministry.country) == (
        "ministère de l'Industrie et du Commerce",
        "government-body",
        "VN",
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oxley met us. Oxley Art Museum lent prints to Setagaya Art Museum.", 3),
        ("Petronas built it. Petronas Ventures bought shares in Nokia.", 3),
        ("Nokia came. Nokia Corporation signed with Petronas.", 2),
        ("Hana Microelectronics signed with Nokia. Hana will build a plant.", 2),
        ("The forum (KOTRA, Keidanren and others) met.", 2),
    ],
)
def test_a_longer_name_later_on_is_anothers(text: str, names: int) -> None:
    assert len(partners_of(text, "en")) == names


def test_a_body_that_many_countries_have_is_the_owners() -> None:
    found = partners_of("India's AI Safety Institute signed with Nokia.", "en")
    assert found[0].country == "IN"


def test_a_partner_is_named_by_its_names() -> None:
    (partner,) = (
        p for p in partners_of("Nokia came. The company signed with Norway.", "en") if p.label == "Nokia"
    )
    assert [mention.text for mention in partner.mentions] == ["Nokia", "The company"]
    assert [mention.text for mention in partner.named] == ["Nokia"]


@pytest.mark.parametrize(
    ("text", "lang", "label", "count"),
    [
        (
            "Dr Ada Lind is the director of the Nordic Fish Institute in Bergen.\n\nWho pays you?\n\n"
            "The World Bank gave us a grant. We share data with Ghana. Our students go to Accra.",
            "en",
            "Nordic Fish Institute",
            3,
        ),
        (
            "La professeure Awa Sow est directrice de l'Université de Sikasso.\n\nAvec qui ?\n\n"
            "Le Japon nous prête deux tracteurs. Nos étudiants en rient. Nous irons à Kyoto.",
            "fr",
            "Université de Sikasso",
            3,
        ),
        (
            "The Nordic Fish Institute signed on Monday. “We shall open in May,” said Ada Lind, director of "
            "the Nordic Fish Institute.",
            "en",
            "Nordic Fish Institute",
            1,
        ),
        (
            "What the sea needs\n\nThe Nordic Fish Institute is fifty. Its director, Ada Lind, explains.\n\n"
            "What has changed?\n\nAcme Shipyards built our ship. Japan asked us for data.\n\n"
            "And next?\n\nWe open in May.",
            "en",
            "Nordic Fish Institute",
            3,
        ),
        (
            "« Nous avons le temps »\n\nL'Université technique de Moldavie (UTM) est pleine. Sa doyenne, Ludmila "
            "Cojocari, répond.\n\nQu'est-ce qui a changé ?\n\nInfineon nous a ouvert ses logiciels.\n\n"
            "Et demain ?\n\nLa Corée vient étudier chez nous, avec notre voisin.",
            "fr",
            "Université technique de Moldavie",
            4,
        ),
    ],
)
def test_we_is_the_body_of_who_speaks(text: str, lang: str, label: str, count: int) -> None:
    (partner,) = (one for one in partners_of(text, lang) if one.label == label)
    assert sum(mention.source == "self" for mention in partner.mentions) == count


@pytest.mark.parametrize(
    "text",
    [
        "US firms met French firms. The US will pay. US banks lend.",
        "Ada Lind of the Nordic Fish Institute came. Our country needs fish, and we all know it.",
    ],
)
def test_who_is_not_let_speak_is_not_we(text: str) -> None:
    found = [mention for one in partners_of(text, "en") for mention in one.mentions]
    assert not [mention for mention in found if mention.source == "self"]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        (
            "La SNCFN a signé. La Société nationale des chemins de fer nigériens (SNCFN) achète.",
            "fr",
            ["SNCFN", "Société nationale des chemins de fer nigériens", "SNCFN"],
        ),
        (
            "L'École nationale des mines du Sénégal ouvre. L'ENM forme des ingénieurs.",
            "fr",
            ["École nationale des mines du Sénégal", "ENM"],
        ),
        ("RBX Rail AS signed. RBX Rail will pay.", "en", ["RBX Rail AS", "RBX Rail"]),
        (
            "They met UiT The Arctic University of Norway. UiT paid.",
            "en",
            ["UiT The Arctic University of Norway", "UiT"],
        ),
        (
            "The Iceland Harbour Institute, known as HÖR, reads. HÖR came.",
            "en",
            ["Iceland Harbour Institute", "HÖR", "HÖR"],
        ),
    ],
)
def test_forms_of_one_name_are_one_partner(text: str, lang: str, names: list[str]) -> None:
    assert any(set(names) <= set(found) for found in texts_of(text, lang))


def test_what_the_brackets_name_and_a_list_knows_is_the_name_before_it_in_another_language() -> None:
    (partner,) = partners_of("L'Académie estonienne d'e-gouvernance (eGA) a signé.", "fr")
    assert partner.label == "e-Governance Academy"


def test_the_initials_of_another_are_another() -> None:
    text = "The National Institute of Mines signed with the National Institute of Metals. NIO came."
    assert all("NIO" not in names or names == ["NIO"] for names in texts_of(text, "en"))


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("Lakeside University, University of Oxford and Zolvex signed.", "en", 3),
        ("The Ministry of Finance signed with the Ministry of Finance of Japan.", "en", 2),
        ("Bộ Công nghiệp ký thỏa thuận với Bộ Công nghiệp Lào.", "vi", 2),
        ("Manipal Institute of Technology signed an agreement with MIT.", "en", 2),
        ("« Nous signons un accord avec Zolvex », dit Safran.", "fr", 2),
        ("Zolvex Energy and Jordan Investment Commission signed.", "en", 2),
    ],
)
def test_bodies_that_only_look_alike_stay_apart(text: str, lang: str, count: int) -> None:
    assert len(partners_of(text, lang)) == count
