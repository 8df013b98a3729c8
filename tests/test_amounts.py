"""Sums of money and numbers of people: read as stated, normalised, and given to the event that they belong to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.languages import languages, load_data
from kg.model import Amount, Article, Report
from kg.pipeline import extract
from kg.reports.quantities import currency, find_quantities
from kg.settings import Settings

EXAMPLES = [(lang, example) for lang in languages() for example in load_data(lang, "amounts")["example"]]


def described(text: str, lang: str) -> list[str]:
    """Write the sure quantities of a sentence as the examples do."""
    found = []
    for item in find_quantities(text, lang):
        if item.is_sure:
            unit = currency(item.unit, set()) or "?"
            bound = f"{item.bound} " if item.bound else ""
            upper = f"-{item.upper}" if item.upper else ""
            per = f" per {item.per}" if item.per else ""
            found.append(f"{text[item.start : item.end]} = {bound}{item.value}{upper} {unit}{per}")
    return found


@pytest.mark.parametrize(
    ("lang", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_language_finds_what_its_examples_state_and_nothing_else(
    lang: str, example: dict[str, object]
) -> None:
    assert described(str(example["text"]), lang) == example["amounts"]


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_examples_of_what_is_no_amount(lang: str) -> None:
    empty = [example for code, example in EXAMPLES if code == lang and not example["amounts"]]
    assert len(empty) >= 5


@given(
    st.text(alphabet="0123456789 .,$€%kmM-–\u00a0dollar tỷeuros đ", max_size=60), st.sampled_from(languages())
)
def test_any_text_passes_and_offsets_stay_inside_it(text: str, lang: str) -> None:
    for item in find_quantities(text, lang):
        assert 0 <= item.start < item.end <= len(text)
        assert item.value > 0
        assert item.upper is None or item.upper > item.value


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("dollar", {"VN", "US"}, "USD"),
        ("dollar", {"CA"}, "CAD"),
        # Nobody knows whose dollars these are.
        ("dollar", {"CA", "VN"}, None),
        ("dollar", {"SG", ""}, None),
        ("dirham", {"MA", "FR"}, "MAD"),
        ("dirham", {"FR"}, None),
        ("EUR", {"VN"}, "EUR"),
    ],
)
def test_the_partners_tell_whose_money_a_shared_name_means(
    name: str, countries: set[str], expected: str | None
) -> None:
    assert currency(name, countries) == expected


def reports_of(text: str, lang: str) -> tuple[Report, ...]:
    article = Article("a", text, lang=lang, published=date(2025, 9, 19))
    (item,) = extract([article], Settings())
    return item.reports


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "South Korea's Samsung signed a contract worth $1.2bn with FPT in Hanoi on Friday.",
            ("$1.2bn", Decimal(1_200_000_000), "USD"),
        ),
        (
            "fr",
            "L'Agence française de développement a accordé à Vietcombank un prêt de 75 millions d'euros.",
            ("75 millions d'euros", Decimal(75_000_000), "EUR"),
        ),
        (
            "vi",
            "Tập đoàn Samsung ký hợp đồng trị giá 2,3 triệu USD với FPT tại Hà Nội.",
            ("2,3 triệu USD", Decimal(2_300_000), "USD"),
        ),
    ],
)
def test_a_sum_belongs_to_the_deed_that_its_sentence_tells(
    lang: str, text: str, expected: tuple[str, Decimal, str]
) -> None:
    found = [amount for report in reports_of(text, lang) for amount in report.amounts]
    assert [(item.text, item.value, item.unit) for item in found] == [expected]
    assert all(text[item.start : item.end] == item.text for item in found)


def test_of_two_deeds_in_one_sentence_each_has_the_sum_at_its_own_trigger() -> None:
    text = "Samsung and FPT signed a $40 million contract, while Japan will lend Vietnam $2 billion for the plant."
    by_type: dict[str, list[Amount]] = {}
    for report in reports_of(text, "en"):
        by_type.setdefault(report.type, []).extend(report.amounts)
    assert [item.text for item in by_type["agreement"]] == ["$40 million"]
    assert [item.text for item in by_type["investment"]] == ["$2 billion"]


def test_a_meeting_has_no_price() -> None:
    text = (
        "The ministers of Japan and Vietnam met in Hanoi on Friday, as trade worth $46 billion linked them."
    )
    assert [amount for report in reports_of(text, "en") for amount in report.amounts] == []
