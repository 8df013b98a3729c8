"""Expressions of time: every usual wording of each language, dated by hand.

A case is a text in which the expressions stand in brackets, each followed by its date; what is not in brackets
must not be found. Published on Wednesday, 15 October 2025, unless the case says otherwise.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import LANG
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.dates import date_told_at, find_dates
from kg.languages import languages, load_data
from kg.model import Article

PUBLISHED = date(2025, 10, 15)
MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")

FRENCH = [
    "Une seconde série d'accords est annoncée [pour mars](2026-03).",
    "Les deux parties feront le point [en juin](2026-06).",
    "L'accord, signé [en décembre](2024-12), tient toujours.",
    "Le réseau pourrait être remis sous tension [en mars](2026-03).",
    "[En mars de cette année](2025-03), ils se sont rendus à Hué.",
    "Ils ont signé [lundi 13 octobre](2025-10-13) à Séoul.",
    "La cérémonie du [1er juillet 2024](2024-07-01) et celle du [1 er juillet 2024](2024-07-01).",
    "Reçu [le 17 septembre](2025-09-17), il est reparti [le lendemain](2025-09-18).",
    "Un accord a été signé [hier](2025-10-14), un autre [avant-hier](2025-10-13).",
    "Ils se sont vus [lundi](2025-10-13) et [mercredi](2025-10-15).",
    "Ils se sont vus [vendredi dernier](2025-10-10) et se reverront [vendredi prochain](2025-10-17).",
    "La visite de [la semaine dernière](2025-10), celle du mois d'avant.",
    "L'accord conclu [le mois dernier](2025-09) par les deux ministres.",
    "La réunion s'est tenue [en juillet](2025-07).",
    "La réunion aura lieu [en janvier](2026-01).",
    "L'usine a ouvert [en mars dernier](2025-03), l'autre [en décembre dernier](2024-12).",
    "L'usine, ouverte [en 2022](2022), sera agrandie [fin 2026](2026).",
    "Un pilote démarrera [début mars](2026-03).",
    "Six stagiaires viendront [au premier trimestre 2026](2026).",
    "Le texte signé [l'an dernier](2024) et celui d'[octobre 2024](2024-10).",
    "Le pays veut former 500 docteurs [d'ici 2035](2035 deadline).",
    "Le contrat court [jusqu'en 2032](2032 deadline).",
    "Le forum s'est tenu [du 12 au 14 mai](2025-05-12).",
    "Le programme [2024-2026](2024 period) a repris.",
    "Le mémorandum du [27 mai dernier](2025-05-27).",
    "Elle est en service [depuis février](2025-02).",
    "La visite, prévue [au printemps 2026](2026), suivra celle de [l'été dernier](2025).",
    "Fondé [il y a dix ans](2015), l'institut a vu partir trois experts [il y a trois jours](2025-10-12).",
    "Mme Mai et le marsouin n'ont rien à voir avec 2025 participants.",
    "Signé [le 17 octobre 2024](2024-10-17). [Le même jour](2024-10-17), rien d'autre.",
]
ENGLISH = [
    "The accord that the two reached [in December](2024-12) still holds.",
    "The two sides agreed to hold a forum in Hue [in May](2026-05).",
    "A second visit is booked [for March](2026-03), and building starts [in June](2026-06).",
    "Riyadh asked [in December](2024-12) to be admitted.",
    "They signed it [on Monday](2025-10-13) and met [on Wednesday](2025-10-15).",
    "They will meet [on Friday](2025-10-17).",
    "The deal of [last week](2025-10) and that of [last month](2025-09).",
    "It was signed on [March 3](2025-03-03), ratified on [3 May 2025](2025-05-03).",
    "The fair takes place [May 12-14, 2026](2026-05-12).",
    "They met [in August last year](2024-08) and [last October](2024-10).",
    "It opened [yesterday](2025-10-14); talks resume [tomorrow](2025-10-16).",
    "Ties date from a visit [in 2010](2010) and have grown [since 2014](2014).",
    "A forum is planned for [next month](2025-11), a fair [later this year](2025).",
    "The plant will open [in the third quarter of 2026](2026) or [Q4 2026](2026).",
    "Its goal is 50,000 engineers [by 2030](2030 deadline).",
    "They will report [by the end of the year](2025 deadline) and [before December](2025-12 deadline).",
    "They agreed [earlier this month](2025-10) to it.",
    "It may march; they may meet, and the May fair was dull.",
    "Signed [on Sept. 30](2025-09-30) by both, published [2025-09-18](2025-09-18).",
    "[On the afternoon of September 11](2025-09-11), they met; [the same afternoon](2025-09-11) they signed.",
    "The plan [for 2024-2026](2024 period) was renewed [two years ago](2023).",
    "The [1990s](none) brought 2,024 visitors and 2025 guests.",
]
VIETNAMESE = [
    "Họ tham quan [hồi tháng 12](2024-12), rồi chọn Ấn Độ.",
    "Hai bên dự định ký bản hợp tác [vào tháng 3](2026-03).",
    "Hai bên ký kết [ngày 17/9](2025-09-17) tại Hà Nội.",
    "Lễ ký diễn ra [sáng 5/3](2025-03-05), văn bản có hiệu lực [từ ngày 1/11](2025-11-01).",
    "Văn kiện ký [ngày 17/10/2024](2024-10-17) và [ngày 6 tháng 6 năm 2025](2025-06-06).",
    "Hai bên gặp nhau [hôm qua](2025-10-14), ký kết [hôm nay](2025-10-15).",
    "Ông thả diều [hôm thứ Hai](2025-10-13), còn [thứ Ba](2025-10-14) thì làm việc.",
    "Lần thứ hai, hai bên gặp nhau [tuần trước](2025-10).",
    "Bản ghi nhớ ký [hồi tháng 7](2025-07), gia hạn [tháng 8 năm ngoái](2024-08).",
    "Bản ghi nhớ [tháng 7/2024](2024-07) và thỏa thuận [tháng 7 năm 2024](2024-07).",
    "Quan hệ được nâng cấp [năm 2022](2022); [cuối năm ngoái](2024) hai bên gặp lại; [năm nay](2025) mở rộng.",
    "Phiên họp dự kiến vào [quý I/2026](2026).",
    "Diễn đàn tổ chức [đầu tháng 3](2025-03) vừa kết thúc.",
    "Đào tạo 50.000 kỹ sư [đến năm 2030](2030 deadline), [giai đoạn 2026-2030](2026 period).",
    "Báo cáo [trước ngày 15/12](2025-12-15 deadline).",
    "Đoàn làm việc [ngày 10/10](2025-10-10). [Chiều cùng ngày](2025-10-10), đoàn đi thăm. [Hôm sau](2025-10-11) đoàn về.",
    "Triển lãm mở cửa [từ ngày 5 đến 7/5/2025](2025-05-05).",
    "Họ dựng viện từ hơn [mười năm trước](2015), cả hợp đồng ba năm, mỗi năm bốn chuyến, trong 18 tháng.",
    "Tỷ lệ 1/2, 63/63 tỉnh, hợp tác xã số 5.",
]


@pytest.mark.parametrize("marked", FRENCH)
def test_french_wordings_are_dated(marked: str) -> None:
    check("fr", marked)


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_wordings_are_dated(marked: str) -> None:
    check("en", marked)


@pytest.mark.parametrize("marked", VIETNAMESE)
def test_vietnamese_wordings_are_dated(marked: str) -> None:
    check("vi", marked)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "The visit, the first of a premier who will retire, wound up [on Tuesday](2025-10-14)."),
        ("en", "They will act in seconds, he told parliament [on Monday](2025-10-13)."),
        ("en", "[On Friday](2025-10-17), both will sign."),
        ("vi", "Hà Nội sẽ không mua, đại sứ cho biết [hôm thứ Hai](2025-10-13)."),
        ("fr", "Le texte sera signé [vendredi](2025-10-17)."),
        ("en", "The text will be signed [on Friday](2025-10-17)."),
    ],
)
def test_a_weekday_lies_ahead_only_where_its_own_clause_does(lang: str, marked: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "A group met [in November 2023](2023-11) and, [a year before that](2022), signed."),
        ("en", "They met [in May 2020](2020-05) and signed [in June of the same year](2020-06)."),
        ("fr", "Réunis [en mars 2020](2020-03), ils avaient signé [deux ans plus tôt](2018)."),
        ("fr", "L'usine, née [en 2019](2019), s'agrandit [l'année suivante](2020)."),
        ("vi", "Ký [cuối năm 2023](2023), cũng [trong tháng 12 năm ấy](2023-12) gia hạn."),
        ("vi", "Gặp nhau [năm 2019](2019), [hai năm sau đó](2021) ký kết."),
        ("en", "Exports rose from a year earlier."),
        ("fr", "Les ventes montent par rapport à l'an dernier."),
        ("vi", "Kim ngạch tăng so với năm ngoái."),
    ],
)
def test_years_are_counted_from_the_date_before_but_no_comparison_is_a_date(lang: str, marked: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "Talks fell through [over the summer](2025), and [their September](2025-09) summit failed."),
        ("fr", "Un envoyé est venu [au printemps](2025)."),
        ("vi", "Họ sang khảo sát [hồi đầu hè](2025), thu hút đông người."),
        ("vi", "[Trước đó một ngày](2025-10-14), đoàn đến thăm."),
    ],
)
def test_seasons_and_months_beside_a_noun_are_dated_where_they_tell_when(lang: str, marked: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        (
            "fr",
            "Le Caire, [14 octobre 2025](2025-10-14 dateline)\n\nIls ont signé [aujourd'hui](2025-10-14).",
        ),
        ("en", "SEOUL, [Oct. 14](2025-10-14 dateline) (XYZ) -- They signed it [yesterday](2025-10-13)."),
        ("vi", "Seoul, [ngày 1/10/2025](2025-10-01 dateline) – Hai bên ký [hôm qua](2025-10-14)."),
        ("en", "Seoul and Hanoi signed it [on Oct. 14](2025-10-14) (local time)."),
        ("vi", "Seoul (XYZ) - [Ngày 14/10](2025-10-14) (giờ địa phương), hai bên ký."),
    ],
)
def test_a_report_counts_from_its_dateline_unless_it_is_old(lang: str, marked: str) -> None:
    check(lang, marked)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("fr", "Signé hier, le 3 mars, puis [le 3 mars 2024](2024-03-03) et [en 2022](2022)."),
        ("en", "Signed yesterday, on March 3, then [on March 3, 2024](2024-03-03)."),
        ("vi", "Ký hôm qua, ngày 3/3, rồi [ngày 3/3/2024](2024-03-03)."),
    ],
)
def test_without_a_publication_date_only_what_is_stated_in_full_is_dated(lang: str, marked: str) -> None:
    check(lang, marked, published=None)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert find_dates(document("fr", "Signé le 31 juin 2025 ou le 30 février.")) == []


def test_a_stated_year_is_stated_and_a_derived_one_derived() -> None:
    mentions = find_dates(document("fr", "Signé le 3 mars 2024, renouvelé hier."))
    assert [mention.source for mention in mentions] == ["stated", "derived"]


def test_a_sentence_without_a_date_happened_on_the_day_told_of_before_it() -> None:
    text = "Né en 1970, il a signé mardi. Un accord suit. Le 2 mars 2024, rien."
    mentions = find_dates(document("fr", text))
    told = date_told_at(mentions, text.index("Un accord"), PUBLISHED)
    assert told is not None
    assert told.ref == "2025-10-14"


def test_the_first_and_the_last_year_of_the_calendar_pass() -> None:
    for published in (date.min, date.max):
        find_dates(document("fr", "hier, demain, lundi, l'an dernier, l'an prochain, le 1er mars", published))


@given(
    lang=st.sampled_from(languages()),
    text=st.text() | st.text(alphabet="0123456789/.- ngàythmarsyuil,\n"),
    published=st.none() | st.dates(),
)
def test_any_text_passes_with_exact_offsets(lang: str, text: str, published: date | None) -> None:
    for mention in find_dates(document(lang, text, published)):
        assert mention.text == text[mention.start : mention.end]
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", mention.ref or "")


@pytest.mark.parametrize("lang", languages())
def test_every_rule_says_what_it_means(lang: str) -> None:
    for rule in load_data(lang, "dates")["rule"]:
        has_group = re.search(r"\{(day|first|month|monthnumber|year|weekday|season)\}", rule["match"])
        assert has_group or {"unit", "same", "skip"} & rule.keys(), f"{lang}: {rule['match']} means nothing"


def check(lang: str, marked: str, published: date | None = PUBLISHED) -> None:
    """Compare what is found in the text with what its marks say; a mark "none" asks for silence."""
    text = MARK.sub(lambda match: match[1], marked)
    found = {
        (mention.ref if mention.source in ("stated", "derived") else f"{mention.ref} {mention.source}")
        for mention in find_dates(document(lang, text, published))
    }
    wanted = {match[2] for match in MARK.finditer(marked)} - {"none"}
    assert found == wanted
    for mention in find_dates(document(lang, text, published)):
        assert any(match[1] in mention.text or mention.text in match[1] for match in MARK.finditer(marked))


def document(lang: str, text: str, published: date | None = PUBLISHED) -> Doc:
    """Make a document without a pipeline: characters as tokens, since the text alone matters here."""
    vocab = Vocab(lex_attr_getters={LANG: lambda _: lang})
    doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
    doc.user_data["article"] = Article("x", text, published=published)
    return doc
