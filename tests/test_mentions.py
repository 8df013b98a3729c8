"""Who is named where: one marked-up line a claim."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Mark, mark, read_document, read_marked

from kg.mentions import find_mentions

_LABELS = ("partner", "person", "group", "place")


def marks_of(text: str, lang: str, labels: tuple[str, ...] = _LABELS) -> str:
    """Mark the mentions of a text: partners by their kind, the others by their label."""
    found = [item for item in find_mentions(read_document(text, lang)) if item.label in labels]
    return mark(
        text, (Mark(m.start, m.end, m.kind or "partner" if m.label == "partner" else m.label) for m in found)
    )


def check(marked: str, lang: str, labels: tuple[str, ...] = _LABELS) -> None:
    text, _ = read_marked(marked)
    assert marks_of(text, lang, labels) == marked


@pytest.mark.parametrize(
    "marked",
    [
        "Le [ministère de l'Industrie, de l'Énergie et du Climat](government-body) a signé un accord.",
        "L'[Institut de recherche sur l'eau](research-institute) et l'[Université de Sofia](university) ont signé.",
        "L'[Agence vietnamienne de sûreté des barrages](government-body) a publié un rapport.",
        "L'accord lie les [universités de Hanoï](university) et de [Sherbrooke](university).",
    ],
)
def test_a_french_name_goes_on_to_its_end_and_no_further(marked: str) -> None:
    check(marked, "fr", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "The [Ministry of Economy, Trade and Industry](government-body) signed a memorandum.",
        "The [Department of Science, Technology, Environment and Construction Materials](government-body) met them.",
        "[Chiang Mai University](university) opened a laboratory with [Norland Shipping Institute](research-institute).",
    ],
)
def test_an_english_name_has_its_head_first_or_last(marked: str) -> None:
    check(marked, "en", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "[Bộ Kinh tế, Thương mại và Công nghiệp Nhật Bản](government-body) ký bản ghi nhớ.",
        "[Cục An toàn bức xạ và hạt nhân](government-body) làm việc với [Đại học Kỹ thuật Budapest](university).",
        "[Viện Nghiên cứu Năng lượng biển Hàn Quốc](research-institute) đã ký thỏa thuận.",
    ],
)
def test_a_vietnamese_name_keeps_the_small_syllables_of_its_compounds(marked: str) -> None:
    check(marked, "vi", ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[Hanoi](country) and [Seoul](country) agreed on a plan.", "en"),
        ("Delegates met in [Hanoi](place) on Monday.", "en"),
        ("La réunion s'est tenue à [Paris](place).", "fr"),
        ("Hội nghị diễn ra tại [Bắc Kinh](place).", "vi"),
    ],
)
def test_a_capital_is_a_place_until_it_acts(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[South Korean experts](group) will train them.", "en"),
        ("Des [entreprises françaises](group) ont participé.", "fr"),
        ("[Hai bên](group) sẽ hợp tác.", "vi"),
        ("[Les deux pays](group) coopèrent.", "fr"),
        ("[The two sides](group) agreed.", "en"),
    ],
)
def test_periphrases_and_unnamed_nationals_are_groups(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("Il a reçu le [président bulgare Roumen Radev](person).", "fr"),
        ("[Thủ tướng Phạm Minh Chính](person) đã phát biểu.", "vi"),
        ("[President Lee Jae Myung](person) spoke first.", "en"),
    ],
)
def test_a_statesman_is_named_with_title_and_country(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Ý định thư được trao hôm nay.", "vi"),
        ("Anh Tuấn nói với chúng tôi.", "vi"),
        ("Cuộc họp bàn về luật.", "vi"),
        ("The Paris Agreement was adopted in 2015.", "en"),
    ],
)
def test_what_looks_like_a_country_is_none(text: str, lang: str) -> None:
    assert [
        m.text
        for m in find_mentions(read_document(text, lang))
        if m.kind == "country" and m.source == "country"
    ] == []


def test_a_syllable_of_a_name_is_no_country() -> None:
    text = "Ông Nguyễn Tuấn Anh và bà Hồ Đức Hạnh đến dự."
    assert not [m for m in find_mentions(read_document(text, "vi")) if m.source == "country"]


def test_the_demonym_before_a_firm_gives_its_country() -> None:
    found = find_mentions(
        read_document("Le fabricant néerlandais Vandelora a signé un accord avec Nokia.", "fr")
    )
    assert [(m.text, m.country) for m in found if m.text == "Vandelora"] == [("Vandelora", "NL")]


def test_mentions_do_not_overlap_and_stand_in_the_text() -> None:
    text = (
        "Le ministère français de l'Énergie, le CEA et l'Université de Hanoï ont reçu Roumen Radev à Sofia."
    )
    found = [m for m in find_mentions(read_document(text, "fr")) if m.label in _LABELS]
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La Commission mixte paritaire et", "fr"),
        ("Ministry of Trade and", "en"),
        ("Bộ Công Thương và", "vi"),
    ],
)
def test_a_text_may_end_after_a_conjunction(text: str, lang: str) -> None:
    find_mentions(read_document(text, lang))


def test_residue_names_nothing() -> None:
    doc = read_document("Vietnam signed with Norway.\n\nNVIDIA", "en")
    doc.spans["residue"] = [doc.char_span(29, 35)]
    assert "NVIDIA" not in [m.text for m in find_mentions(doc)]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_passes(text: str) -> None:
    import spacy

    doc = spacy.blank("fr")(text)
    assert all(doc.text[m.start : m.end] == m.text for m in find_mentions(doc))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[India](place)'s [Norvane Shipyard](company) signed with [Norway](country).", "en"),
        ("Le [gouvernement vietnamien](country) a signé avec la [Norvège](country).", "fr"),
        ("[Tập đoàn Woodvale Energy](company) ([Úc](place)) ký thỏa thuận với [Lào](country).", "vi"),
    ],
)
def test_a_country_that_only_tells_whose_a_firm_is_takes_no_part(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("La [Suisse](country) y contribue par un don.", "fr"),
        ("Elle a vu des [exposants japonais](group), [canadiens](group) et [indiens](group).", "fr"),
        ("[Oman's higher education ministry](government-body) signed with [Norway](country).", "en"),
        ("[Norway](country) signed with [IBM Canada](company) on Monday.", "en"),
        ("[Vodafone Ghana](company) signed an agreement with [Huawei](company).", "en"),
        ("[Orange Mali](company) a signé un accord avec [Huawei](company).", "fr"),
        ("Le [Grand Hôpital de Charleroi](other) a signé avec [Huawei](company).", "fr"),
        ("He told Reuters [Vietnam](country) would sign with [Intel](company).", "en"),
        ("[Tập đoàn Lộc Trời](company) ký thỏa thuận với [Tây Ban Nha](country).", "vi"),
    ],
)
def test_a_name_is_found_whole_and_as_what_it_acts(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[VNPT](company) studied quantum key distribution (QKD) for years. QKD is costly.", "en"),
        (
            "They proclaimed a Comprehensive Strategic Partnership (CSP). The CSP pleases [VNPT](company).",
            "en",
        ),
        ("[The national space agency](group) ([NSA](partner)) met [VNPT](company).", "en"),
        ("[Hana Micron](company) recrute ; [la société de Cheonan](group) formera des ingénieurs.", "fr"),
        ("La [Société de Bourse](company) a signé avec [Airbus](company).", "fr"),
    ],
)
def test_what_common_words_spell_out_or_describe_is_no_name(marked: str, lang: str) -> None:
    check(marked, lang, ("partner", "group"))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[Samsung](company) will invest 45 million US dollars and US$3 million with [FPT](company).", "en"),
        ("[Samsung](company) đầu tư 45 triệu đô la Mỹ và 3 tỷ won Hàn Quốc cùng [FPT](company).", "vi"),
        ("[Samsung](company) investira 45 millions de dollars de Singapour avec [FPT](company).", "fr"),
        (
            "The [US](country) won dollars from [Korea](country), and lent [Vietnam](country) $2 million.",
            "en",
        ),
    ],
)
def test_a_country_that_tells_whose_money_it_is_takes_no_part(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        (
            "[Nam Phong Institute of Technology](university) met the [Ministry of Science and ICT](government-body).",
            "en",
        ),
        ("Le [Vietnam](country) et l'entreprise de simulation montréalaise [CAE](company) ont signé.", "fr"),
        ("[FPT](company) hợp tác với công ty bảo mật Việt Nam [Verichains](company).", "vi"),
    ],
)
def test_a_name_is_cut_where_its_description_ends(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("Le [Département de la coopération internationale](government-body) a signé.", "fr"),
        ("[Hợp tác xã Vận tải thủy Ninh Kiều](company) vừa ký với [FPT](company).", "vi"),
        (
            "[FPT](company) ký với [Sở Xây dựng Huế](local-government) và [Bộ Xây dựng](government-body).",
            "vi",
        ),
        (
            "[Griffith](university)'s [Queensland Micro- and Nanotechnology Centre](research-institute) works.",
            "en",
        ),
    ],
)
def test_a_name_goes_on_over_a_verb_that_is_its_topic_and_over_a_suspended_hyphen(
    marked: str, lang: str
) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("Phó Chủ tịch UBND tỉnh Nguyễn Khắc Hòa tiếp đoàn Nhật Bản.", "vi", "Nguyễn"),
        ("Bí thư Thành ủy Lê Văn Quang chứng kiến lễ ký.", "vi", "Quang"),
        ("Hội thảo diễn ra tại thành phố Bruges.", "vi", "Bruges"),
        ("Đoàn thăm nhà máy ở tỉnh Miyagi.", "vi", "Miyagi"),
        ("Hãng Hàn Quốc cần dữ liệu.", "vi", "Hãng"),
        ("Des essais sont menés à Quang Ninh depuis mars.", "fr", "Quang"),
        ("Bệnh viện Chợ Rẫy (TP.HCM) đã kín chỗ.", "vi", "TP.HCM"),
        ("Le 26 mars, à Washington DC, le ministre a rencontré Nvidia.", "fr", "Washington"),
        ("La réunion s'est tenue dans la province de l'Anhui.", "fr", "Anhui"),
        ("A World Bank US$2 billion loan was signed.", "en", "US"),
    ],
)
def test_holders_of_offices_places_and_sums_are_no_part_of_a_name(text: str, lang: str, name: str) -> None:
    doc = read_document(text, lang)
    assert not [m.text for m in find_mentions(doc) if m.label == "partner" and name in m.text]


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[partner: UBND tỉnh Hà Giang] ký thỏa thuận.", "vi"),
        ("[partner: Trường Đại học Nguyễn Tất Thành] mở phòng thí nghiệm.", "vi"),
        ("Le Vietnam se lie à la [partner: province de Québec].", "fr"),
    ],
)
def test_offices_and_places_that_act_are_names(marked: str, lang: str) -> None:
    doc = read_document(marked.replace("[partner: ", "").replace("]", ""), lang)
    name = marked[marked.index("[partner: ") + 10 : marked.index("]")]
    assert any(name.endswith(m.text) for m in find_mentions(doc) if m.label == "partner")


def test_what_is_written_alike_in_an_article_is_judged_alike() -> None:
    text = "Orbix signed with Kelda Systems. A day later the minister praised Orbix, and Orbix agreed."
    doc = read_document(text, "en")
    found = [m.start for m in find_mentions(doc) if m.label == "partner" and m.text == "Orbix"]
    assert len(found) in (0, 3)
    assert found


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        (
            "The [Universidad de Atacama](university) signed with the "
            "[Istituto Superiore di Sanità](research-institute) and "
            "[Luleå tekniska universitet](university).",
            "en",
        ),
        (
            "The [Leibniz-Institut für Kristallzüchtung](research-institute) and the "
            "[Federación Nacional de Cafeteros](association) signed an agreement.",
            "en",
        ),
        ("L'[Agenzia Spaziale Italiana](government-body) et [Deutsche Telekom](company) signent.", "fr"),
        ("[Istituto Superiore di Sanità](research-institute) ký thỏa thuận với [FPT](company).", "vi"),
    ],
)
def test_a_name_in_a_language_that_is_not_read_is_found_whole(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "The [Turkish Exporters Assembly](association) met the "
        "[Mongolian Wool and Cashmere Association](association).",
        "Farmers of the [Slovenian Beekeepers' Association](association) signed an agreement.",
        "The [Gulf Organization for Industrial Consulting](international-organisation) signed an agreement.",
    ],
)
def test_a_body_of_those_who_belong_to_it(marked: str) -> None:
    check(marked, "en", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        # The segmenter takes "ADB lắp" and "FPT thuyết phục" for words.
        "[Ngân hàng Thế giới](international-organisation) sẽ chung tiền với [ADB](international-organisation) "
        "lắp cống tự động.",
        "Ông kể chuyện [FPT](company) thuyết phục sinh viên.",
        "[UBND huyện Cần Giờ](local-government) ký với [Samsung](company).",
        "[Cty CP Thủy sản Sóc Trăng](company) gặp kỹ sư [Việt Nam](country).",
        "[Xứ sở kim chi](country) và [đảo quốc sư tử](country) ký thỏa thuận.",
    ],
)
def test_vietnamese_names_beside_foreign_ones_and_titles(marked: str) -> None:
    check(marked, "vi", ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("[Việt Nam](country) kêu gọi [Mỹ](country) gỡ bỏ lệnh cấm vận.", "vi"),
        ("Phần lớn tiền đến từ châu Âu. [Đức](country) góp 318 triệu USD.", "vi"),
        ("Thỏa thuận giữa [Pháp](country) và [Các Tiểu vương quốc Ả Rập Thống nhất](country) đã ký.", "vi"),
        ("[CHDC Congo](country) và [Zambia](country) ký hiệp định pin.", "vi"),
        ("[Ban Quản lý Di sản văn hóa Mỹ Sơn](government-body) làm việc với [IFC](international-organisation).", "vi"),
        ("[IFC](international-organisation) hỗ trợ [TP. Hồ Chí Minh](local-government) và [TP. Đà Nẵng](local-government).", "vi"),
        ("[Hội An](local-government) thì đang làm việc với [IFC](international-organisation).", "vi"),
        ("L'[université Cheikh Anta Diop](university) a signé un accord.", "fr"),
        ("Hier, l'[université José Eduardo dos Santos](university) a signé un accord.", "fr"),
        ("It was signed between [Kazakhtelecom JSC](company) and [Power International Holding](company).", "en"),
    ],
)  # fmt: skip
def test_names_that_small_things_hid(marked: str, lang: str) -> None:
    """What the segmenter glues to a country, other capitals, a full stop, a particle, a legal form."""
    check(marked, lang, ("partner",))


def test_a_family_name_before_a_country_is_a_delegation() -> None:
    assert "(person)" not in marks_of("Đoàn Peru thì hỏi mua phần mềm của Hàn Quốc.", "vi", ("person",))


# --- where names end --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("La [Banque africaine de développement](international-organisation) finance le pont.", "fr"),
        ("L'[Union européenne](international-organisation) sur l'eau potable tarde.", "fr"),
        ("[Ngân hàng Thế giới](international-organisation) vừa duyệt khoản vay.", "vi"),
        ("[Quỹ Toàn cầu](international-organisation) loan báo khoản tiền mới.", "vi"),
    ],
)
def test_a_name_of_the_list_takes_no_small_word_on(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        (
            "L'[Université du Chili](university) et l'[Université nationale de Rabat](university)"
            " ([UNR](partner)) ont signé.",
            "fr",
        ),
        (
            "[Bộ Tài chính](government-body) và [Ngân hàng Thế giới](international-organisation)"
            " ([WB](partner)) đã họp.",
            "vi",
        ),
    ],
)
def test_an_acronym_in_brackets_belongs_to_the_last_of_two(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


def test_a_ministry_ends_with_its_country() -> None:
    marked = "Thứ trưởng [Bộ Kinh tế Bulgaria](government-body) Nikolay Pavlov đến thăm."
    check(marked, "vi", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "[Doha](country) et [Riyad](country) ont réglé l'affaire.",
        "[Tripoli](country) a demandé à [Rome](country) de parrainer une usine.",
        "Enfin, [Dakar](country) et [Lisbonne](country) ont dénoncé leur convention.",
        "La réunion de Doha a plu.",
    ],
)
def test_capitals_act_together_and_are_asked(marked: str) -> None:
    check(marked, "fr", ("partner",))


def test_a_proper_name_takes_no_noun_on() -> None:
    check("La [Fondation Pictet](other) équipe deux dispensaires.", "fr", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "Taiwan's [National Science and Technology Council](government-body) signed.",
        "The [Plant Production and Protection Department](government-body) signed.",
        "The [Food and Drugs Authority](government-body) signed with [Nokia](company).",
        "The [University of Science and Technology](university) and [Lund University](university) signed.",
    ],
)
def test_what_a_body_does_may_be_two_things(marked: str) -> None:
    check(marked, "en", ("partner",))


def test_a_bank_bears_the_name_of_its_country() -> None:
    check("The [National Bank of Serbia](company) joined [KCB Group](company) of Kenya.", "en", ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "The [Dutch embassy](government-body) paid for the wells.",
        "The [Polish army](government-body) bought helicopters from [Leonardo](company).",
        "[Chile's air force](government-body) signed with [Leonardo](company).",
        "[Lithuania's central bank](government-body) sent an adviser.",
        "The [central bank of Mauritius](government-body) sent an adviser.",
        "[The Korean administration](group) signed.",
    ],
)
def test_an_embassy_and_an_army_act_themselves(marked: str) -> None:
    check(marked, "en", ("partner", "group"))


def test_who_presides_is_no_firm() -> None:
    check("When [Chancellor Olaf Scholz](person) came, [Canada](country) signed.", "en")


@pytest.mark.parametrize(
    ("text", "lang", "country"),
    [
        ("A Bolivian delegation signed with Nokia.", "en", "BO"),
        ("Une délégation monténégrine a signé avec Nokia.", "fr", "ME"),
        ("Le Kirghizistan a signé avec Nokia.", "fr", "KG"),
        ("The Slovak Republic signed with Nokia.", "en", "SK"),
    ],
)
def test_every_nation_has_its_words(text: str, lang: str, country: str) -> None:
    assert country in {mention.country for mention in find_mentions(read_document(text, lang))}


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("The [National Roads and Drainage Authority](government-body) signed a contract.", "en"),
        ("The [Coastal Water and Sewerage Corporation](company) signed a contract.", "en"),
        ("[Croatia's ministry of tourism](government-body) signed with Bergen.", "en"),
        ("[Porto's chamber of commerce](association) met them.", "en"),
        ("The [city of Sofia](local-government) signed a contract.", "en"),
        ("The [National University of Nuku'alofa](university) has a campus.", "en"),
        ("The [Brazil–Japan Friendship Association](association) met them.", "en"),
        ("The [Centre for Regional Cooperation in Education](research-institute) met them.", "en"),
        ("L'[agence d'urbanisme ghanéenne](government-body) a reçu un prêt.", "fr"),
        ("L'[Académie de lutte contre la fraude](research-institute) a signé.", "fr"),
        ("Le [ministère des Transports](government-body) a ouvert avec l'État des consultations.", "fr"),
        ("Il a ouvert avec le [ministère des Transports](government-body) des consultations.", "fr"),
        ("La [Compagnie maritime Oman - Inde](company) a signé.", "fr"),
        ("L'[Eximbank de Hongrie](company) a signé.", "fr"),
        ("Le [ministère des Postes et Télécommunications](government-body) a signé.", "fr"),
        ("L'[Office des dattes](government-body) en 2022 a signé.", "fr"),
        ("[Học viện Cảnh sát nhân dân](university) mở lớp.", "vi"),
        ("[Cục Bản quyền tác giả](government-body) mở lớp.", "vi"),
        ("[Bộ Đổi mới và Tăng trưởng Serbia](government-body) ký thỏa thuận.", "vi"),
        ("[Bộ Giáo dục và Khoa học Romania](government-body) ký thỏa thuận.", "vi"),
        ("[Bộ Khoa học, công nghệ thông tin và truyền thông](government-body) ký thỏa thuận.", "vi"),
        ("[Tổng công ty Thăm dò Dầu khí](company) ký thỏa thuận.", "vi"),
        ("[Tập đoàn Hóa chất Đức Minh](company) ký thỏa thuận.", "vi"),
        ("[Sở Y tế Nghệ An](local-government) ký thỏa thuận.", "vi"),
        ("[Tập đoàn Sao Mai](company), nghiên cứu và sản xuất pin, ký thỏa thuận.", "vi"),
        ("[Bộ Đầu tư](government-body), Ngoại trưởng và Bộ trưởng Tài chính gặp nhau.", "vi"),
        ("Le [ministère de l'Aménagement du territoire](government-body) a signé.", "fr"),
        ("Le [ministère de la Promotion de la femme](government-body) a signé.", "fr"),
        ("[Zolvex Water](company) and Kenya Ports Authority signed.", "en"),
    ],
)
def test_a_name_keeps_what_it_is_for(marked: str, lang: str) -> None:
    text, (wanted,) = read_marked(marked)
    found = {
        (m.start, m.end): m.kind for m in find_mentions(read_document(text, lang)) if m.label == "partner"
    }
    assert (found[wanted.start, wanted.end] or "company") == wanted.name


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le groupe G a été restauré.", "fr"),
        ("Une ville du Tchad a signé.", "fr"),
        ("Le conseil d'administration s'est réuni.", "fr"),
    ],
)
def test_a_noun_with_no_name_is_no_name(text: str, lang: str) -> None:
    found = find_mentions(read_document(text, lang))
    assert not [m for m in found if m.label == "partner" and m.kind != "country"]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("The US company Aitomatic held a forum.", "en", ["Aitomatic"]),
        ("J'ai vu la direction de Vallourec.", "fr", ["Vallourec"]),
        ("Au fond de la cour de l'Université de Bangui, on compte.", "fr", ["Université de Bangui"]),
        ("Elle a signé avec les municipalités de Tozeur et de Kebili.", "fr", ["Tozeur", "Kebili"]),
        ("Thứ trưởng Bộ Quốc phòng Séc Jan Novák thăm Hà Nội.", "vi", ["Bộ Quốc phòng Séc"]),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(text: str, lang: str, names: list[str]) -> None:
    found = [m.text for m in find_mentions(read_document(text, lang)) if m.label == "partner"]
    assert found[: len(names)] == names
