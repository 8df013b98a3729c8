"""Lessons in, the models of their sectors or activities out, from gold events as drafts.

A linear model learns from the topics that an article names near a draft, another one with a network beside it
from all words of a draft; boosted trees weigh what both say of lessons that they have not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from learning import Fitted, Numbers, Table, fit, fit_trees
from network_training import Recipe, probabilities
from training_data import Lesson

from kg.reports.scenes import Scene
from kg.reports.standings import name_standings, topic_candidates, topic_figures
from kg.reports.surroundings import FIGURES, Opinions, named_table, weighable
from kg.reports.themes import passage_features, theme_features
from kg.reports.topics import topic_features
from kg.reports.trees import TreeModel
from kg.weights import FeatureModel

#: How the annotations call the topics of each label.
FIELDS = {"sector": "sectors", "activity": "activities"}
#: Inverse penalties, chosen by cross-validation.
_NAMED, _WORDS = 0.1, 0.5
#: Chosen by what words alone tell of lessons left out.
_RECIPE = Recipe(
    epochs=30, units=64, batch=256, rate=3e-3, penalty=1e-5, features_left_out=0.5, units_left_out=0.5
)
_ROUNDS, _LEAVES, _RATE, _SHARE = 300, 8, 0.05, 0.5


@dataclass
class Topics:
    """The examples of one label; an example's group is the number of its lesson.

    ``named`` has a row for each topic that an article names near a draft, ``words`` one for each draft,
    ``passages`` one for each passage.
    """

    label: str
    named: Table
    words: Table
    passages: Table
    scenes: list[list[Scene]] = field(default_factory=list)
    #: Of each draft the topics of its rows in ``named``, and of each such row the figures.
    refs: list[tuple[str, ...]] = field(default_factory=list)
    figures: list[tuple[float, ...]] = field(default_factory=list)
    #: The lessons that are sentences cut from others: they teach no words twice.
    cuts: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, lessons: Sequence[Lesson], label: str) -> Topics:
        """Empty tables; the topics that the lessons tell most come first."""
        told = Counter(
            topic for lesson in lessons for event in lesson.gold["events"] for topic in event[FIELDS[label]]
        )
        columns: dict[str, int] = {}
        words = Table(tuple(sorted(told, key=lambda topic: (-told[topic], topic))), columns=columns)
        return cls(label, Table(("right",)), words, Table((), columns=columns))

    def add(self, lesson: Lesson, number: int, scenes: Sequence[tuple[Scene, dict[str, Any]]]) -> None:
        """Add the drafts of a lesson, each with its event."""
        self.scenes.append([scene for scene, _ in scenes])
        if lesson.is_cut:
            self.cuts.add(number)
        for table in (self.named, self.words):
            table.weights[number] = lesson.weight
        for passage in lesson.passages:
            self.passages.add(passage_features(lesson.setting, passage), (), number)
        for scene, event in scenes:
            self._add(scene, event, number)

    def _add(self, scene: Scene, event: dict[str, Any], number: int) -> None:
        label, name = self.label, FIELDS[self.label]
        optional = event.get(f"{name}_optional", [])
        told = {**dict.fromkeys(optional, None), **dict.fromkeys(event[name], True)}
        self.words.add(theme_features(scene), [told.get(topic, False) for topic in self.words.labels], number)
        candidates = topic_candidates(scene, label)
        self.refs.append(candidates.likely)
        for ref in candidates.likely:
            self.named.add(topic_features(scene, label, ref, candidates), [told.get(ref, False)], number)
            self.figures.append(topic_figures(scene, label, ref, candidates))

    def fit(self, folds: Sequence[set[int]]) -> tuple[FeatureModel, FeatureModel, TreeModel]:
        """The models of what is named and of words, and the trees; the lessons are dealt into folds."""
        kept = set().union(*folds)
        named, words = self._fit_named(kept).plain(), self._fit_words(kept).plain()
        examples = list(self._examples(folds))
        trees = fit_trees(FIGURES, examples, rounds=_ROUNDS, leaves=_LEAVES, rate=_RATE, share=_SHARE)
        return named, words, trees

    def _fit_named(self, groups: set[int]) -> Fitted:
        return fit(self.named, self.named.rows_of(groups), strength=_NAMED)

    def _fit_words(self, groups: set[int]) -> Fitted:
        return fit(self.words, self.words.rows_of(groups - self.cuts), strength=_WORDS, recipe=_RECIPE)

    def _examples(self, folds: Sequence[set[int]]) -> Iterator[tuple[Sequence[float], bool, float]]:
        """The figures of each topic of each draft, its answer and its weight."""
        (alone,) = _unseen(folds, self._fit_named, self.named)
        alone = probabilities(alone, exclusive=False)
        words, passages = _unseen(folds, self._fit_words, self.words, self.passages)
        in_folds = set().union(*folds)
        first = draft = 0
        for number, scenes in enumerate(self.scenes):
            rows = slice(draft, draft + len(scenes))
            draft = rows.stop
            standings = []
            for refs in self.refs[rows]:
                ends = slice(first, first + len(refs))
                first = ends.stop
                chances = [float(chance) for chance in alone[ends, 0]]
                standings.append(name_standings(refs, chances, self.figures[ends]))
            if not scenes or number not in in_folds:
                continue
            said = passages[slice(*np.searchsorted(self.passages.groups, (number, number + 1)))]
            named = named_table(self.words.labels, standings)
            pairs, figures = weighable(scenes, Opinions(named, words[rows], said))
            for (place, topic), row in zip(pairs, figures, strict=True):
                answer = self.words.answers[rows.start + place][topic]
                if answer is not None:
                    yield row.tolist(), answer, self.words.weights[number]


def _unseen(folds: Sequence[set[int]], learn: Callable[[set[int]], Fitted], *tables: Table) -> list[Numbers]:
    """Of each row of each table the log-odds by the model of the folds that it is not in."""
    found: list[Numbers] = []
    for fold in folds:
        fitted = learn(set().union(*(other for other in folds if other is not fold)))
        for number, table in enumerate(tables):
            rows = table.rows_of(fold)
            said = fitted.scores(table.matrix[rows])
            if number == len(found):
                found.append(np.zeros((len(rows), said.shape[1])))
            found[number][rows] = said
    return found
