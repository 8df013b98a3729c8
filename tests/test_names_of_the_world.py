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
