"""The learned decisions of the stage: ``reports/weights``, as ``tools/train_reports.py`` writes it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from kg.errors import DataError
from kg.reports.trees import TreeModel, read_trees
from kg.weights import FeatureModel, FeatureTable, read_model

_PACKAGE = "kg.reports"
#: The decisions by features, each with a file of its own.
BY_FEATURES = ("roles", "pairs", "kinds", "status", "sectors", "activities", "dates")
#: Those by words and those of the trees that weigh them, by what they decide.
WORDS = {"sector": "sector_words", "activity": "activity_words"}
TOPIC_TREES = {"sector": "sector_trees", "activity": "activity_trees"}


@dataclass(frozen=True)
class Models:
    """All decisions of the stage, and the probabilities from which on they count."""

    roles: FeatureModel
    pairs: FeatureModel
    kinds: FeatureModel
    joint: TreeModel
    status: FeatureModel
    sectors: FeatureModel
    activities: FeatureModel
    dates: FeatureModel
    #: By "sector" and "activity": what words speak of, the topics that lessons tell most first; and the trees
    #: that weigh it beside what is named.
    words: Mapping[str, FeatureModel]
    topics: Mapping[str, TreeModel]
    thresholds: Mapping[str, float]
    #: Steps from the probability of a draft to the share of such drafts that are right.
    calibration: tuple[tuple[float, float], ...] = ()

    @cached_property
    def pair_table(self) -> FeatureTable:
        """What features say of two: of their bond, and of its type."""
        return FeatureTable(self.pairs, self.kinds)

    @cached_property
    def word_table(self) -> FeatureTable:
        """What words say of sectors and of activities, in the order of ``words``."""
        return FeatureTable(*self.words.values())

    def confidence(self, probability: float) -> float:
        """How often a draft of this probability is right (piecewise linear between the steps)."""
        if not self.calibration:
            return probability
        xs, ys = zip(*self.calibration, strict=True)
        index = bisect_right(xs, probability)
        if index in (0, len(xs)):
            return float(ys[min(index, len(ys) - 1)])
        share = (probability - xs[index - 1]) / (xs[index] - xs[index - 1])
        return float(ys[index - 1] + share * (ys[index] - ys[index - 1]))


@cache
def load_models() -> Models:
    """Read the weights that the package ships; raises ``DataError`` when a file is absent."""
    models: dict[str, Any] = {name: read_model(_PACKAGE, name) for name in BY_FEATURES}
    steps = tuple((float(x), float(y)) for x, y in _read("calibration")["steps"])
    return Models(
        **models,
        joint=read_trees(_read("joint")),
        words={label: read_model(_PACKAGE, name) for label, name in WORDS.items()},
        topics={label: read_trees(_read(name)) for label, name in TOPIC_TREES.items()},
        thresholds=_read("thresholds"),
        calibration=steps,
    )


def _read(name: str) -> dict[str, Any]:
    source = files(_PACKAGE).joinpath("weights", f"{name}.json")
    if not source.is_file():
        raise DataError(f"kg/reports/weights/{name}.json is missing. Run: make train")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return data
