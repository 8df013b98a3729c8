"""In what the reports of one event differ; what one leaves out is no difference."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import report

from kg.differences import find_differences

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
