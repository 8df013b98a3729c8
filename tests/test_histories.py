"""Which event follows which: the same partners, the same sector, one step after another, in any order of input."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from builders import BASE, report
from hypothesis import given
from hypothesis import strategies as st

from kg.events import merge_reports
from kg.histories import day_of, link_histories, step
from kg.likeness import Told
from kg.model import Event

PAIR = "Samsung/company/KR + VNU/university/VN"


def event(line: str, *, instrument: str | None = None, number: int = 0) -> Event:
    """Make an event of one report; ``number`` tells apart those that read the same."""
    item = report(line)
    told = Told(f"{line}#{number}{instrument}", "a", "en", None, item)
    (made,) = merge_reports([told], base_iri=BASE)
    return Event(
        made.iri,
        made.type,
        made.status,
        made.participants,
        made.reports,
        sectors=made.sectors,
        instruments=(instrument,) if instrument else (),
        dates=made.dates,
    )


def follows(*events: Event) -> dict[int, int]:
    """Link the events; give for each, by its place, that of the one before it."""
    place = {item.iri: index for index, item in enumerate(events)}
    assert len(place) == len(events)
    links = link_histories((item, None) for item in events)
    return {place[later]: place[earlier] for later, earlier in links.items()}


def at(head: str, day: str, *, partners: str = PAIR, sectors: str = "semiconductors") -> str:
    return f"{head}: {partners} | {sectors} | {day}"


def test_a_matter_goes_from_talks_to_its_end() -> None:
    chain = [
        event(at("meeting/concluded", "2023-01-10")),
        event(at("agreement/concluded", "2023-05-02"), instrument="mou"),
        event(at("agreement/concluded", "2024-02-01"), instrument="contract"),
        event(at("programme/ongoing", "2025-03-01")),
        event(at("programme/ended", "2025-09-01")),
    ]
    assert follows(*chain) == {1: 0, 2: 1, 3: 2, 4: 3}


@pytest.mark.parametrize(
    ("head", "instrument", "expected"),
    [
        ("meeting/planned", None, "talks"),
        ("forum/concluded", None, "talks"),
        ("agreement/proposed", "mou", "proposal"),
        ("investment/planned", None, "plan"),
        ("agreement/concluded", "mou", "memorandum"),
        ("agreement/concluded", None, "agreement"),
        ("agreement/ongoing", "licence", "contract"),
        ("investment/concluded", None, "contract"),
        ("programme/concluded", None, "opening"),
        ("cooperation/ongoing", None, "work"),
        ("meeting/ended", None, "end"),
    ],
)
def test_every_event_is_one_step(head: str, instrument: str | None, expected: str) -> None:
    type_, status = head.split("/")
    assert step(type_, status, [instrument] if instrument else []) == expected


@pytest.mark.parametrize(
    "other",
    [
        at("agreement/concluded", "2024-01-01", sectors="health"),
        at("agreement/concluded", "2024-01-01", partners="Samsung/company/KR + FPT/company/VN"),
        at("agreement/concluded", "2024-01-01", partners="KR + VN"),
        at("agreement/concluded", "2022-01-01"),
        at("agreement/concluded", "2029-06-01"),
        "agreement/concluded: KR + VN",
    ],
)
def test_another_matter_other_partners_or_another_time_is_no_next_step(other: str) -> None:
    assert follows(event(at("agreement/planned", "2023-01-10")), event(other)) == {}


def test_a_step_back_begins_anew_and_so_does_what_comes_after_an_end() -> None:
    signed, talks = at("agreement/concluded", "2023-01-10"), at("meeting/concluded", "2023-06-01")
    assert follows(event(signed), event(talks)) == {}
    ended, again = at("agreement/ended", "2024-01-01"), at("agreement/concluded", "2024-06-01")
    assert follows(event(signed), event(ended), event(again)) == {1: 0}


def test_a_ministry_goes_on_where_its_country_began_and_a_firm_does_not() -> None:
    talks = event(at("meeting/concluded", "2023-01-10", partners="KR + VN"))
    bodies = "MSIT/government-body/KR + MOST/government-body/VN"
    assert follows(talks, event(at("agreement/concluded", "2023-05-02", partners=bodies))) == {1: 0}
    assert follows(talks, event(at("agreement/concluded", "2023-05-02"))) == {}


def test_the_same_partners_come_before_their_countries_and_the_latest_before_the_older() -> None:
    bodies = "MSIT/government-body/KR + MOST/government-body/VN"
    steps = [
        event(at("meeting/concluded", "2023-01-10", partners=bodies)),
        event(at("meeting/concluded", "2023-02-10", partners=bodies)),
        event(at("meeting/concluded", "2023-03-10", partners="KR + VN")),
        event(at("agreement/concluded", "2023-05-02", partners=bodies)),
    ]
    assert follows(*steps) == {1: 0, 2: 1, 3: 1}


def test_two_papers_signed_on_one_day_do_not_follow_each_other() -> None:
    one, two = (event(at("agreement/concluded", "2023-05-02"), number=n) for n in (1, 2))
    talks = event(at("meeting/concluded", "2023-05-02"))
    assert follows(one, two, talks) == {0: 2, 1: 2}


def test_firms_without_a_sector_have_one_matter_and_states_have_none() -> None:
    talks, deal = at("meeting/concluded", "2023-01-10"), "agreement/concluded: " + PAIR + " || 2023-05-02"
    assert follows(event(talks), event(deal)) == {1: 0}
    states = [
        event(f"{head}: KR + VN || 2023-0{n}-01")
        for n, head in ((1, "meeting/concluded"), (2, "agreement/concluded"))
    ]
    assert follows(*states) == {}


def test_a_plan_counts_from_when_it_was_told() -> None:
    told = date(2025, 9, 19)
    assert day_of(["2027"], "planned", told) == told
    assert day_of(["2025-09-18", "2025"], "concluded", told) == date(2025, 9, 18)
    assert day_of(["2025-09"], "concluded", told) == told
    assert day_of(["2024"], "concluded", told) == date(2024, 1, 1)
    assert day_of([], "concluded", None) is None


_EVENTS = st.lists(
    st.builds(
        "{}: {} + {} | {} | {}".format,
        st.sampled_from(
            [
                "meeting/concluded",
                "agreement/planned",
                "agreement/concluded",
                "programme/ongoing",
                "programme/ended",
            ]
        ),
        st.sampled_from(["VN", "MOST/government-body/VN", "FPT/company/VN"]),
        st.sampled_from(["KR", "MSIT/government-body/KR", "KFIA/association/KR"]),
        st.sampled_from(["", "semiconductors", "health, space"]),
        st.sampled_from(["2023", "2024-01", "2024-01-05", "2025-09-18"]),
    ),
    max_size=10,
)


@given(_EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_the_events_does_not_matter_and_nothing_follows_itself(lines, chance) -> None:  # type: ignore[no-untyped-def]
    number = count()
    events = [(event(line, number=next(number)), None) for line in lines]
    links = link_histories(events)
    chance.shuffle(events)
    assert link_histories(events) == links
    for iri in links:
        seen = {iri}
        while iri in links:
            iri = links[iri]
            assert iri not in seen
            seen.add(iri)
