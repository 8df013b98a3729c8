"""Which date a report gets: the dates of an article are weighed against each other and against none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from marked import read_passages

from kg.documents import make_documents
from kg.model import Article
from kg.reports.dating import date_candidates, date_rows
from kg.reports.grouping import Draft
from kg.reports.scenes import Scene, Setting
from kg.reports.times import choose_date, weigh_date
from kg.reports.weights import Models, load_models
from kg.settings import Settings
from kg.weights import FeatureModel

TEXT = (
    "SEOUL, Sept. 18 -- Samsung signed an agreement with FPT on Tuesday. "
    "Intel visited Hanoi in March 2024, and Samsung had met FPT since 2019. "
    "The ceremony on Tuesday was short."
)


@pytest.fixture(scope="module")
def scene() -> Scene:
    """An agreement that the first sentence states."""
    (doc,) = make_documents([Article("x", TEXT, lang="en", published=date(2025, 9, 19))], Settings())
    passages, partners = read_passages(doc)
    number = {partner.label: index for index, partner in enumerate(partners)}
    pair = frozenset(index for label, index in number.items() if "Samsung" in label or label == "FPT")
    return Scene(Draft("agreement", pair, (0,), 0.9), Setting(passages, partners, date(2025, 9, 19), "en"))


def rows_by_value(scene: Scene) -> dict[str, set[str]]:
    """The features of each value, the first that has it, and of "none"."""
    candidates = date_candidates(scene)
    names = [*(one.value for one in candidates), "none"]
    found: dict[str, set[str]] = {}
    for name, row in zip(names, date_rows(scene, "concluded", candidates), strict=True):
        found.setdefault(name, set(row))
    return found


def models_with(threshold: float = 0.4, **weights: float) -> Models:
    """The shipped models, with a model of dates that knows these features alone."""
    rows = {name.replace("__", "="): (weight,) for name, weight in weights.items()}
    models = load_models()
    dates = FeatureModel(("right",), rows, (0.0,))
    return replace(models, dates=dates, thresholds={**models.thresholds, "date": threshold})


def test_each_date_the_month_and_none_are_weighed(scene: Scene) -> None:
    assert set(rows_by_value(scene)) == {"2025-09-18", "2025-09-16", "2024-03", "2019", "2025-09", "none"}


def test_a_date_beside_the_draft_is_told_from_one_beside_others(scene: Scene) -> None:
    rows = rows_by_value(scene)
    assert "where=here" in rows["2025-09-16"]
    assert "part-own=True" in rows["2025-09-16"]
    assert "where=next1" in rows["2024-03"]
    assert "first=since:False" in rows["2019"]
    assert not any(feature.startswith("dateline") for feature in rows["2025-09-16"])
    assert "dateline:here" in rows["2025-09-18"]


def test_the_verb_that_a_date_hangs_on_counts(scene: Scene) -> None:
    assert "governor-own=True:True" in rows_by_value(scene)["2025-09-16"]


def test_what_the_article_gives_twice_counts_twice(scene: Scene) -> None:
    chance, best = weigh_date(scene, "concluded", models_with()) or (0.0, None)
    assert best is not None
    assert best.value == "2025-09-16"
    assert chance == pytest.approx(2 / 7)


def test_dates_that_none_outweighs_are_not_given(scene: Scene) -> None:
    sure = choose_date(scene, "concluded", models_with(where__here=5.0))
    assert sure is not None
    assert choose_date(scene, "concluded", models_with(where__here=5.0, none=9.0)) is None


def test_without_dates_and_publication_there_is_nothing_to_choose(scene: Scene) -> None:
    silent = [replace(passage, mentions=()) for passage in scene.passages]
    bare = replace(scene, setting=replace(scene.setting, published=None, passages=silent))
    assert weigh_date(bare, "concluded", load_models()) is None
