"""Names as the press of the world writes them: ministries, bodies of other languages, whose a firm is."""

from __future__ import annotations

import pytest
from marked import read_document
from test_mentions import check

from kg.mentions import find_mentions

_IN = {
    "en": "Siemens signed an agreement with the {} on Monday.",
    "fr": "Siemens a signé lundi un accord avec {} à Genève.",
    "vi": "Siemens ký thỏa thuận với {} hôm thứ Hai.",
}


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Ministry of Food, Agriculture and Light Industry of Mongolia"),
        ("en", "Department of Forestry, Fisheries and the Environment"),
        ("en", "Department for Levelling Up, Housing and Communities"),
        ("en", "Ministry of Mining, Blue Economy and Maritime Affairs"),
        ("en", "Ministry of Science, Innovation and Universities"),
        ("en", "Ministry of Higher and Tertiary Education, Innovation, Science and Technology Development"),
        ("fr", "le ministère de l'Économie, des Finances et de la Souveraineté industrielle et numérique"),
        ("fr", "le ministère des Ressources animales et halieutiques"),
        ("fr", "le ministère des Relations internationales et de la Francophonie"),
        ("fr", "le ministère de la Science et des TIC"),
        (
            "fr",
            "le ministère de l'Environnement, de la Lutte contre les changements climatiques, de la Faune et des Parcs",
        ),
        ("vi", "Bộ Cảng biển, Vận tải biển và Đường thủy Ấn Độ"),
        ("vi", "Bộ Biến đổi khí hậu, Năng lượng, Môi trường và Nước Australia"),
        ("vi", "Bộ Dân tộc và Tôn giáo"),
        ("vi", "Vụ Chính sách thương mại đa biên"),
        ("vi", "Công ty TNHH Một thành viên Cơ khí Trần Hưng Đạo"),
    ],
)
def test_a_ministry_is_named_with_all_that_it_is_for(lang: str, name: str) -> None:
    found = [item.text for item in find_mentions(read_document(_IN[lang].format(name), lang))]
    assert name.removeprefix("le ") in found


@pytest.mark.parametrize(
    "marked",
    [
        "[Siemens](company) met the [Ministry of Finance](government-body) and the [Health Ministry](government-body).",
        "It met the [Ministry of Transportation](government-body) and the [Ports and Harbours Bureau](government-body).",
        "The Ministers of Health of [Fiji](country), [Samoa](country) and [Tonga](country) asked [Siemens](company) for help.",
        "[Makerere University](university) and [Universidade Eduardo Mondlane](university) ask who owns a well.",
    ],
)
def test_two_bodies_stay_two(marked: str) -> None:
    check(marked, "en", ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("Des experts de l'[Alfred-Wegener-Institut](research-institute) ont embarqué.", "fr"),
        (
            "Le [Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung](government-body) paie.",
            "fr",
        ),
        ("Le [Parco nazionale del Gran Paradiso](other) compte ses bouquetins.", "fr"),
        ("L'[Empresa Brasileira de Pesquisa Agropecuária](company) rouvre son bureau.", "fr"),
        ("Un accès au [Politecnico de Milan](university) est prévu.", "fr"),
        (
            "[Badan Riset dan Inovasi Nasional](research-institute) opened a station with [CNES](government-body).",
            "en",
        ),
        ("The [Carabineros de Chile](government-body) trained with [Siemens](company).", "en"),
        ("[Leibniz-Institut für Archäologie](research-institute) ký với [Siemens](company).", "vi"),
        ("Bảo tàng nhờ [Gerda Henkel Stiftung](other) và [Carl-Zeiss-Stiftung](other) phục dựng điện.", "vi"),
        (
            "Cơ quan học cách giám sát của [Commission de Surveillance du Secteur Financier](government-body).",
            "vi",
        ),
    ],
)
def test_small_words_of_other_languages_are_inside_names(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        (
            "[Siemens](company) signed with [Luxembourg](place) satellite operator [SES](partner) on Monday.",
            "en",
        ),
        ("[Siemens](company) signed with [Dubai](place) developer [Emaar](company) on Monday.", "en"),
        ("[Siemens](company) signed with a [Hong Kong](place) start-up on Monday.", "en"),
        ("[Siemens](company) signed with the [New Zealand](country) government on Monday.", "en"),
        ("Le Saoudien [ACWA Power](company) a signé avec les Israéliens de [Spacecom](company).", "fr"),
        ("L'organisme émirien [Dubai Health Authority](government-body) paiera.", "fr"),
        ("Công ty [Đức](place) [Siemens Healthineers](company) trúng thầu.", "vi"),
        ("[ThinkZone](partner) và quỹ [Nhật](place) [Genesia Ventures](company) vẫn rót vốn.", "vi"),
    ],
)
def test_a_place_before_a_noun_for_bodies_takes_no_part(marked: str, lang: str) -> None:
    check(marked, lang)


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("ACCORD HISTORIQUE ENTRE L'[ARMÉNIE](country) ET L'[AZERBAÏDJAN](country) SUR LE CORRIDOR", "fr"),
        ("ENGINEERS WITHOUT BORDERS AND [SIEMENS](company) BRING WATER TO LAKE TITICACA ISLANDERS", "en"),
        ("ĐẠI SỨ VÀ PHU NHÂN DỰ HỘI CHỢ XUÂN GIÁP THÌN", "vi"),
    ],
)
def test_capitals_of_a_heading_tell_nothing(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    ("sentence", "lang", "nations"),
    [
        (
            "Siemens signed an agreement with the {} firm Zoltex on Monday.",
            "en",
            "Puerto Rican=PR|Faroese=FO|Greenlandic=GL|Bermudian=BM|New Caledonian=NC|Sicilian=IT|Macanese=MO|"
            "Hong Kong=HK|New Zealand=NZ|UAE=AE|Northern Ireland=GB",
        ),
        (
            "Siemens a signé un accord avec le groupe {} Zoltex lundi.",
            "fr",
            "groenlandais=GL|qatarien=QA|santoméen=ST|réunionnais=RE|calédonien=NC|normand=FR|valaisan=CH|sicilien=IT|"
            "provençal=FR|kinois=CD",
        ),
    ],
)
def test_a_firm_is_of_the_nation_or_territory_before_it(sentence: str, lang: str, nations: str) -> None:
    for nation, code in (item.split("=") for item in nations.split("|")):
        mentions = find_mentions(read_document(sentence.format(nation), lang))
        found = [(item.text, item.country) for item in mentions if item.label == "partner"]
        assert (nation, found) == (nation, [("Siemens", "DE"), ("Zoltex", code)])


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("La mangue part à Rotterdam grâce à [Van Oordt B.V](company).", "fr"),
        ("[Schaeffler Magyarország Kft](company). formera des ingénieurs.", "fr"),
        ("[Siemens](company) signed with [Maria Rossi S.r.l](company). on Monday.", "en"),
        ("[FPT Software](company) mua [Next Advanced Communications NAC Co. Ltd](company).", "vi"),
    ],
)
def test_a_legal_form_tells_a_firm(marked: str, lang: str) -> None:
    check(marked, lang, ("partner",))


@pytest.mark.parametrize(
    "marked",
    [
        "The [Sultanate of Oman](country) and the [Principality of Monaco](country) signed.",
        "The [United Kingdom of Great Britain and Northern Ireland](country) initialled an agreement.",
    ],
)
def test_a_country_is_known_by_its_full_name(marked: str) -> None:
    check(marked, "en", ("partner",))


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Zimbabwe National Geospatial and Space Agency"),
        ("en", "Muhimbili University of Health and Allied Sciences"),
        ("en", "General Authority for Survey and Geospatial Information"),
        ("en", "Colombian Federation of Coffee Growers"),
        ("en", "China Road and Bridge Corporation"),
        ("en", "Ss. Cyril and Methodius University in Skopje"),
        ("fr", "Centre international de recherche-développement sur l'élevage en zone subhumide"),
        ("vi", "Tổng công ty Quản lý bay Việt Nam"),
        ("vi", "Sở Du lịch TP. Hồ Chí Minh"),
        ("vi", "Công ty Vắc xin và Sinh phẩm số 1"),
        ("vi", "Viện John von Neumann"),
        ("vi", "Quỹ Quốc tế về Phát triển Nông nghiệp"),
    ],
)
def test_a_name_goes_on_over_fields_small_words_and_numbers(lang: str, name: str) -> None:
    found = [item.text for item in find_mentions(read_document(_IN[lang].format(name), lang))]
    assert name in found


@pytest.mark.parametrize(
    ("lang", "text", "name", "country"),
    [
        ("en", "The Embassy of Vietnam in Algeria received Samsung.", "Embassy of Vietnam in Algeria", "VN"),
        ("en", "Samsung met the French Embassy in Laos on Monday.", "French Embassy in Laos", "FR"),
        ("fr", "L'ambassade du Vietnam en Algérie a reçu Samsung.", "ambassade du Vietnam en Algérie", "VN"),
        ("fr", "L'ambassade de France au Laos a reçu Samsung.", "ambassade de France au Laos", "FR"),
        ("vi", "Đại sứ quán Việt Nam tại Algeria gặp Samsung.", "Đại sứ quán Việt Nam tại Algeria", "VN"),
        ("vi", "Samsung gặp Đại sứ quán Pháp tại Lào.", "Đại sứ quán Pháp tại Lào", "FR"),
    ],
)
def test_a_mission_is_its_country_s_wherever_it_is(lang: str, text: str, name: str, country: str) -> None:
    """Nor is it the one in Vietnam that lists have, nor does its host take part."""
    partners = [item for item in find_mentions(read_document(text, lang)) if item.label == "partner"]
    own = next(item for item in partners if item.text == name)
    assert (own.kind, own.country, own.ref) == ("government-body", country, None)
    assert len(partners) == 2


@pytest.mark.parametrize(
    ("lang", "text", "countries"),
    [
        ("vi", "Nhật Bản bàn về Ấn Độ Dương - Thái Bình Dương với Australia.", ["JP", "AU"]),
        ("vi", "Chiến lược Ấn Độ - Thái Bình Dương của Hàn Quốc được Việt Nam ủng hộ.", ["KR", "VN"]),
        ("en", "Japan asked Chile about trade with Latin America.", ["JP", "CL"]),
        ("fr", "L'université d'Amérique latine a reçu le Japon.", ["JP"]),
    ],
)
def test_a_region_is_no_country_that_its_name_holds(lang: str, text: str, countries: list[str]) -> None:
    found = find_mentions(read_document(text, lang))
    assert [item.country for item in found if item.kind == "country"] == countries


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nhà sản xuất xe điện VinFast ký với Marubeni.", ["VinFast", "Marubeni"]),
        ("Nhà phát triển game Amanotes hợp tác với Samsung.", ["Amanotes", "Samsung"]),
    ],
)
def test_what_a_firm_makes_is_no_part_of_its_name(text: str, names: list[str]) -> None:
    found = find_mentions(read_document(text, "vi"))
    assert [item.text for item in found if item.label == "partner"] == names


def test_a_field_may_begin_the_name_of_a_firm() -> None:
    found = find_mentions(read_document("L'Université de Moncton et Énergie NB ont signé.", "fr"))
    partners = [item.text for item in found if item.label == "partner"]
    assert partners == ["Université de Moncton", "Énergie NB"]


def test_a_verb_in_the_future_ends_a_name() -> None:
    text = "Genève et la commune de Ferney-Voltaire réutiliseront la chaleur avec Veolia."
    assert "commune de Ferney-Voltaire" in [m.text for m in find_mentions(read_document(text, "fr"))]
