"""Reports of one happening become one event; others stay apart; the order of the articles is no matter."""

from __future__ import annotations

import random
from datetime import date

import pytest
from builders import BASE, report
from hypothesis import given
from hypothesis import strategies as st

from kg.events import merge_reports
from kg.likeness import Told
from kg.model import Event

SIGNED = "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18"


def told(article: str, line: str, *, lang: str = "en", published: str = "2025-09-19") -> Told:
    number = sum(map(ord, line))
    return Told(f"{article}#{number}", article, lang, date.fromisoformat(published), report(line))


def merge(*items: Told) -> list[Event]:
    return merge_reports(items, base_iri=BASE)


def test_one_agreement_told_in_three_languages_is_one_event_with_three_articles() -> None:
    (event,) = merge(*(told(lang, SIGNED, lang=lang) for lang in ("fr", "vi", "en")))
    assert event.articles == ("en", "fr", "vi")
    assert event.languages == ("en", "fr", "vi")
    assert len(event.reports) == 3


@pytest.mark.parametrize(
    "other",
    [
        "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09",
        "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors",
        "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18",
        "agreement/planned: KFIA/association/KR + ITID/government-body/VN | semiconductors, education",
    ],
)
def test_a_report_with_less_detail_joins_the_fuller_one(other: str) -> None:
    assert len(merge(told("a", SIGNED), told("b", other))) == 1


@pytest.mark.parametrize(
    "other",
    [
        "agreement/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2024-03-01",
        "agreement/concluded: KFIA/association/KR + FPT/company/VN | semiconductors | 2025-09-18",
        "agreement/concluded: KFIA/association/KR + JP | semiconductors | 2025-09-18",
        "meeting/concluded: KFIA/association/KR + ITID/government-body/VN | semiconductors | 2025-09-18",
    ],
)
def test_another_date_partner_or_kind_of_contact_is_another_event(other: str) -> None:
    assert len(merge(told("a", SIGNED), told("b", other))) == 2


def test_two_reports_of_one_article_are_two_events() -> None:
    items = [Told(f"a#{n}", "a", "en", None, report(SIGNED)) for n in (1, 2)]
    assert len(merge(*items)) == 2
    assert len(merge(*items, told("b", SIGNED))) == 2


def test_two_states_that_merely_talk_months_apart_do_so_twice() -> None:
    talk = "cooperation/proposed: VN + JP | semiconductors"
    assert len(merge(told("a", talk), told("b", talk, published="2025-12-20"))) == 2
    assert len(merge(told("a", talk), told("b", talk, published="2025-09-21"))) == 1


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("planned", "concluded"), "concluded"),
        (("concluded", "proposed"), "concluded"),
        (("ongoing", "concluded"), "ongoing"),
        (("ended", "ongoing"), "ongoing"),
        (("ongoing", "ended"), "ended"),
    ],
)
def test_an_event_has_the_furthest_status_and_a_later_end_wins(
    statuses: tuple[str, str], expected: str
) -> None:
    line = "agreement/{}: KFIA/association/KR + ITID/government-body/VN | semiconductors"
    items = [told(f"a{n}", line.format(s), published=f"2025-09-1{n}") for n, s in enumerate(statuses)]
    assert [event.status for event in merge(*items)] == [expected]


def test_a_state_gives_way_to_its_body_that_another_article_names() -> None:
    line = "agreement/concluded: KFIA/association/KR + VN | semiconductors | 2025-09-18"
    (event,) = merge(told("a", SIGNED), told("b", line))
    assert [item.partner.label for item in event.participants] == ["ITID", "KFIA"]


def test_an_event_keeps_its_name_when_later_articles_tell_of_it() -> None:
    first = told("m", SIGNED)
    for later in ("a", "z"):
        both = merge(first, told(later, SIGNED, published="2025-09-25"))
        assert [event.iri for event in both] == [event.iri for event in merge(first)]


_LINES = st.builds(
    "{}/{}: {} + {} | {} | {}".format,
    st.sampled_from(["agreement", "meeting", "cooperation", "programme"]),
    st.sampled_from(["proposed", "concluded", "ongoing", "ended"]),
    st.sampled_from(["VN", "ITID/government-body/VN", "FPT/company/VN"]),
    st.sampled_from(["KR", "JP", "KFIA/association/KR"]),
    st.sampled_from(["", "semiconductors", "health", "health, space"]),
    st.sampled_from(["", "2025", "2025-09", "2025-09-18"]),
)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), _LINES), max_size=14), st.randoms(use_true_random=False))
def test_the_order_in_which_articles_come_in_changes_nothing(
    items: list[tuple[str, str]], chance: random.Random
) -> None:
    reports = [
        Told(f"{name}#{n}", name, "en", date(2025, 9, 1 + ord(name) - 97), report(line))
        for n, (name, line) in enumerate(items)
    ]
    events = merge_reports(reports, base_iri=BASE)
    chance.shuffle(reports)
    assert merge_reports(reports, base_iri=BASE) == events
    assert sorted(iri for event in events for iri in event.reports) == sorted(item.iri for item in reports)
