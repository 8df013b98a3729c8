"""What the article around a draft says for a topic."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from marked import read_passages

from kg.documents import make_documents
from kg.model import Article
from kg.reports.grouping import Draft
from kg.reports.scenes import Scene, Setting
from kg.reports.standings import NAMED_FIGURES
from kg.reports.surroundings import FIGURES, Opinions, named_table, weighable
from kg.settings import Settings

TOPICS = ("energy", "health", "space")
TEXT = (
    "FPT signed an agreement with Samsung. It is about wafers.\n\nIntel met FPT in Hanoi. The weather was fine. "
    "Intel trains nurses with Viettel."
)
Table = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """An agreement, a meeting that shares a partner with it, and a programme that shares one with this."""
    (doc,) = make_documents([Article("around", TEXT, lang="en")], Settings())
    passages, partners = read_passages(doc)
    setting = Setting(passages, partners, None, "en")
    told = [
        ("agreement", ("FPT", "Samsung"), 0),
        ("meeting", ("Intel", "FPT"), 2),
        ("programme", ("Intel", "Viettel"), 4),
    ]
    return [
        Scene(
            Draft(kind, frozenset(n for n, p in enumerate(partners) if p.label in names), (passage,), 0.9),
            setting,
        )
        for kind, names, passage in told
    ]


def figures(scenes: list[Scene], words: Table, passages: Table) -> dict[tuple[int, str], dict[str, float]]:
    """By draft and topic the figures by name, of what no article names."""
    named = named_table(TOPICS, [{} for _ in scenes])
    pairs, rows = weighable(scenes, Opinions(named, words, passages))
    return {
        (int(draft), TOPICS[topic]): dict(zip(FIGURES, map(float, row), strict=True))
        for (draft, topic), row in zip(pairs, rows, strict=True)
    }


def around(scenes: list[Scene], value: float = 4.0) -> dict[tuple[int, str], dict[str, float]]:
    """All topics likely by words, and passage n speaking of everything with n."""
    numbers = np.arange(len(scenes[0].passages), dtype=np.float64)
    return figures(scenes, np.full((len(scenes), 3), value), np.repeat(numbers[:, None], 3, axis=1))


def test_the_passages_beside_and_in_the_paragraph_speak(scenes: list[Scene]) -> None:
    found = around(scenes)
    assert [found[draft, "space"]["beside"] for draft in range(3)] == [1, 3, 3]
    assert [found[draft, "space"]["paragraph"] for draft in range(3)] == [1, 4, 3]
    assert {row["anywhere"] for row in found.values()} == {4}
    assert {row["whole"] for row in found.values()} == {2}
    assert {row["heading"] for row in found.values()} == {-6}


def test_other_drafts_count_and_those_that_share_a_partner_by_themselves(scenes: list[Scene]) -> None:
    words = np.array([[5.0, -5.0, 0.0], [0.0, 0.0, 0.0], [0.0, 5.0, 0.0]])
    found = figures(scenes, words, np.zeros((5, 3)))
    chance = {score: 1 / (1 + np.exp(-((np.log(1e-4) + score) / 2 + 1))) for score in (5.0, 0.0, -5.0)}
    health = found[1, "health"]
    assert health["elsewhere"] == health["companions"] == pytest.approx(chance[5.0])
    assert health["on-average"] == pytest.approx((chance[5.0] + chance[-5.0]) / 2)
    assert health["before"] == pytest.approx(chance[-5.0])
    # The first draft shares nobody with the last one.
    assert found[0, "energy"]["companions"] == pytest.approx(chance[0.0])
    assert found[0, "energy"]["before"] == pytest.approx(-0.1)


def test_what_has_no_chance_is_weighed_only_where_another_draft_is_about_it(scenes: list[Scene]) -> None:
    words = np.array([[9.0, -9.0, -9.0], [-9.0, -9.0, -9.0], [-9.0, -9.0, -9.0]])
    assert set(figures(scenes, words, np.zeros((5, 3)))) == {(draft, "energy") for draft in range(3)}
    assert figures(scenes[1:], words[1:], np.zeros((5, 3))) == {}


def test_what_is_named_counts_beside_the_words(scenes: list[Scene]) -> None:
    standing = (2.0, *([1.0] * (len(NAMED_FIGURES) - 1)))
    named = named_table(TOPICS, [{"health": standing, "of-my-own": standing}])
    assert named.shape == (1, 3, len(NAMED_FIGURES))
    assert named[0, 1].tolist() == list(standing)
    assert set(named[0, [0, 2]].ravel()) == {-10.0}
    pairs, rows = weighable(scenes[:1], Opinions(named, np.zeros((1, 3)), np.zeros((5, 3))))
    either = {
        TOPICS[topic]: row[FIGURES.index("either")] for (_, topic), row in zip(pairs, rows, strict=True)
    }
    assert either["health"] == pytest.approx((2.0 + 0.0) / 2 + 1)
    assert either["energy"] == either["space"] < 0


@given(arrays.arrays(np.float64, (3, 3), elements=st.floats(-30, 30)))
def test_one_topic_leads_and_the_figures_stay_finite(scenes: list[Scene], words: Table) -> None:
    found = figures(scenes, words, np.zeros((5, 3)))
    for draft in range(3):
        rows = [row for (number, _), row in found.items() if number == draft]
        assert all(np.isfinite(list(row.values())).all() for row in rows)
        leaders = [row for row in rows if row["place"] == 0]
        assert all(row["top-gap"] >= 0 for row in leaders)
        assert all(row["top-gap"] <= 0 for row in rows if row["place"] > 0)


def test_every_figure_has_a_name_of_its_own() -> None:
    assert len(set(FIGURES)) == len(FIGURES)
