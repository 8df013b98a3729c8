"""In what the reports of one event differ; what one leaves out is no difference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import report

from kg.differences import find_differences
from kg.model import Amount

SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SIGNED, ()),
        (SIGNED.replace("concluded", "planned"), ("status",)),
        (SIGNED.replace("09-18", "09-17"), ("date",)),
        (SIGNED.replace("-18", ""), ()),
        (SIGNED.replace(" | 2025-09-18", ""), ()),
        (SIGNED.replace("ITID/government-body/VN", "FPT/company/VN"), ("partner",)),
        (SIGNED.replace("ITID/government-body/VN", "VN"), ()),
        (SIGNED.replace(" |", " + JP |", 1), ()),
        (SIGNED.replace("KFIA/association/KR", "JP").replace("concluded", "proposed"), ("status", "partner")),
    ],
)
def test_a_value_that_another_report_contradicts_is_a_difference(
    other: str, expected: tuple[str, ...]
) -> None:
    one, two = report(SIGNED), report(other)
    assert find_differences([one, two]) == find_differences([two, one]) == expected
    assert find_differences([one]) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Hà Nội", "HANOÏ", ()),
        ("Hanoi", "Seoul", ("place",)),
        ("Hanoi", None, ()),
        ("Đà Nẵng", "Da Nang", ()),
    ],
)
def test_spellings_of_a_place_are_one_place(one: str, other: str | None, expected: tuple[str, ...]) -> None:
    reports = [replace(report(SIGNED), place=place) for place in (one, other)]
    assert find_differences(reports) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Seoul", "République de Corée", ()),
        ("Busan", "Hàn Quốc", ()),
        ("Corée du Sud", "South Korea", ()),
        ("Bắc Kinh", "Beijing", ()),
        ("Seoul", "Japan", ("place",)),
        ("France", "Nhật Bản", ("place",)),
        ("Seoul", "Busan", ("place",)),
    ],
)
def test_a_town_and_its_country_are_one_place_in_any_language(
    one: str, other: str, expected: tuple[str, ...]
) -> None:
    reports = [replace(report(SIGNED), place=place) for place in (one, other)]
    assert find_differences(reports) == find_differences(reports[::-1]) == expected


def amount(
    number: int, unit: str | None = "USD", upper: int | None = None, bound: str | None = None
) -> Amount:
    most = Decimal(upper) if upper else None
    return Amount(f"{number} {unit}", 0, 1, Decimal(number), unit, most, bound)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ((amount(300),), (amount(300),), False),
        ((amount(300),), (amount(500),), True),
        ((amount(300), amount(20)), (amount(300),), False),
        ((amount(300),), (amount(500, "EUR"),), False),
        ((amount(300),), (), False),
        ((amount(300, upper=500),), (amount(400),), False),
        ((amount(300, bound="about"),), (amount(290),), False),
        ((amount(300, bound="at-least"),), (amount(500),), True),
        ((amount(300, None),), (amount(500, None),), False),
    ],
)
def test_sums_of_one_currency_that_cannot_be_the_same_are_a_difference(
    one: tuple[Amount, ...], other: tuple[Amount, ...], differ: bool
) -> None:
    reports = [replace(report(SIGNED), amounts=amounts) for amounts in (one, other)]
    assert find_differences(reports) == (("amount",) if differ else ())
