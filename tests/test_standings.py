"""How the topics that an article names stand against each other, as seen from a draft."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from marked import read_passages

from kg.documents import make_documents
from kg.model import Article
from kg.reports.grouping import Draft
from kg.reports.scenes import Scene, Setting
from kg.reports.standings import (
    NAMED_FIGURES,
    RIVAL_FIGURES,
    TOPIC_FIGURES,
    rival_figures,
    topic_candidates,
    topic_figures,
)
from kg.settings import Settings

TEXT = (
    "FPT signed an agreement with Samsung on chips and wafers. Intel makes solar panels. "
    "Samsung trains nurses on wafers."
)


@pytest.fixture(scope="module")
def scene() -> Scene:
    """The agreement of the first sentence."""
    (doc,) = make_documents([Article("chips", TEXT, lang="en")], Settings())
    passages, partners = read_passages(doc)
    own = frozenset(n for n, partner in enumerate(partners) if partner.label in ("FPT", "Samsung"))
    return Scene(Draft("agreement", own, (0,), 0.9), Setting(passages, partners, None, "en"))


def figures(scene: Scene, ref: str) -> dict[str, float]:
    found = topic_figures(scene, "sector", ref, topic_candidates(scene, "sector"))
    return dict(zip(TOPIC_FIGURES, found, strict=True))


def test_the_best_rival_of_each_is_the_likeliest_other() -> None:
    rows = [dict(zip(RIVAL_FIGURES, row, strict=True)) for row in rival_figures([0.2, 0.9, 0.5])]
    assert [(row["rank"], row["best"], row["second"]) for row in rows] == [
        (2, 0.9, 0.5),
        (0, 0.5, 0.2),
        (1, 0.9, 0.2),
    ]
    assert [row["lead"] > 0 for row in rows] == [False, True, False]
    assert sum(row["share"] for row in rows) == pytest.approx(1)


def test_one_without_rivals_leads() -> None:
    ((odds, rank, lead, best, second, others, share),) = rival_figures([0.5])
    assert (odds, rank, best, second, others) == (0, 0, 0, 0, 0)
    assert lead > 0
    assert share == pytest.approx(1)
    assert rival_figures([]) == []


def test_certainty_and_impossibility_stay_finite() -> None:
    assert np.isfinite(rival_figures([0.0, 1.0])).all()


def test_what_the_draft_names_in_several_words_stands_before_what_others_name(scene: Scene) -> None:
    chips, solar = figures(scene, "semiconductors"), figures(scene, "renewable-energy")
    assert (chips["words"], chips["named"], chips["all"], chips["nearest"]) == (2, 2, 3, 0)
    assert (solar["words"], solar["named"], solar["nearest"]) == (0, 0, 1)
    assert chips["freer"] > 0 > solar["freer"]


def test_distances_are_those_in_the_main_passage(scene: Scene) -> None:
    chips, solar = figures(scene, "semiconductors"), figures(scene, "renewable-energy")
    assert chips["to-own"] == len(" on ")
    assert chips["to-trigger"] > 0
    assert chips["to-other"] == -1
    assert (solar["to-own"], solar["to-trigger"]) == (-1, -1)


def test_a_partner_that_is_not_the_draft_s_counts_as_other(scene: Scene) -> None:
    (fpt,) = (n for n in scene.draft.partners if scene.partners[n].label == "FPT")
    alone = replace(scene, draft=replace(scene.draft, partners=frozenset({fpt})))
    found = figures(alone, "semiconductors")
    assert found["to-other"] < found["to-own"]
    assert found["closer"] == found["to-own"] - found["to-other"]


def test_every_figure_has_a_name_of_its_own() -> None:
    assert len(set(NAMED_FIGURES)) == len(NAMED_FIGURES) == len(RIVAL_FIGURES) + len(TOPIC_FIGURES)
