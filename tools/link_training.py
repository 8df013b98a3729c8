"""Lessons in, the models of links out: roles, pairs, kinds, and the trees that weigh them against their
rivals.

What the trees learn from are the opinions of models that have not seen the article. Articles are
dealt into folds; a model that left out some folds is fitted once and serves wherever it is needed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from happenings import Deed, deeds_of, same_happenings
from learning import Fitted, Table, fit, fit_trees
from network_training import Recipe
from training_data import Lesson

from kg.model import EVENT_TYPES
from kg.reports.candidates import Pair, make_pairs, make_roles
from kg.reports.features import (
    pair_features,
    pair_stretch,
    role_features,
    role_stretch,
    shared_features,
)
from kg.reports.links import FIGURES, joint_figures
from kg.reports.rivals import Rivals, Scored
from kg.reports.trees import TreeModel

#: Inverse penalties, chosen by cross-validation.
STRENGTH = {"roles": 0.05, "pairs": 0.05, "kinds": 0.05}
RECIPES = {
    "roles": Recipe(epochs=4),
    "pairs": Recipe(epochs=4),
    "kinds": Recipe(epochs=4, batch=256),
}
FOLDS = 4
_LABELS = (*EVENT_TYPES, "any")
#: Trees learn from all pairs, and from less likely types than the program weighs.
_LEAST = 0.01

Examples = list[tuple[list[float], bool, float]]


class Answers:
    """What the gold says of partners and pairs in passages."""

    def __init__(self, lesson: Lesson) -> None:
        self.stated: set[tuple[Any, ...]] = set()
        self.somewhere: set[tuple[Any, ...]] = set()
        for event in lesson.gold["events"]:
            marks = _marks(event)
            self.somewhere.update((mark, event["type"]) for mark in marks)
            for passage in lesson.stated_in(event):
                self.stated.update((mark, event["type"], passage) for mark in marks)
        for event in lesson.gold.get("optional_events", []):
            self.somewhere.update((mark, event["type"]) for mark in _marks(event))

    def of(self, mark: Any, passage: int) -> list[bool | None]:
        """True where the passage states it, None where only another does or it is optional, else False."""
        found = [self._of(mark, kind, passage) for kind in EVENT_TYPES]
        return [*found, True if True in found else None if None in found else False]

    def _of(self, mark: Any, kind: str, passage: int) -> bool | None:
        if (mark, kind, passage) in self.stated:
            return True
        return None if (mark, kind) in self.somewhere else False


def _marks(event: dict[str, Any]) -> list[Any]:
    keys = sorted({partner["key"] for partner in event["partners"]})
    return [*keys, *combinations(keys, 2)]


def _pair_mark(lesson: Lesson, key: tuple[int, int]) -> Any:
    """The two gold keys of a pair, None where one is in no gold event or both are one."""
    a, b = (lesson.key_of[number] for number in key)
    return None if a is None or b is None or a == b else tuple(sorted((a, b)))


class LinkTraining:
    """The candidates of all lessons with their features, and the models fitted on them so far."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self.lessons: list[Lesson] = []
        self.roles, self.pairs, self.kinds = (
            Table(_LABELS),
            Table(_LABELS),
            Table(EVENT_TYPES),
        )
        self._answers: list[Answers] = []
        #: Of each lesson its pairs, each with the rows of the pair and of its two roles.
        self._pairs: list[list[tuple[Pair, int, int, int]]] = []
        self._fitted: dict[frozenset[int], tuple[Fitted, Fitted, Fitted]] = {}
        for lesson in lessons:
            self._add(lesson)

    def _add(self, lesson: Lesson) -> None:
        number, answers = len(self.lessons), Answers(lesson)
        self.lessons.append(lesson)
        self._answers.append(answers)
        self._pairs.append([])
        for table in (self.roles, self.pairs, self.kinds):
            table.weights[number] = lesson.weight
        for roles in make_roles(lesson.passages):
            rows = {}
            for role in roles:
                shared = shared_features(role.passage, lesson.passages, role_stretch(role), lesson.lang)
                found = shared + role_features(role, lesson.passages, lesson.partners)
                rows[role.place.partner] = len(self.roles.answers)
                key = lesson.key_of[role.place.partner]
                self.roles.add(found, answers.of(key, role.passage.index), number)
            for pair in make_pairs(roles):
                self._add_pair(number, pair, rows)

    def _add_pair(self, number: int, pair: Pair, rows: dict[int, int]) -> None:
        lesson = self.lessons[number]
        shared = shared_features(pair.passage, lesson.passages, pair_stretch(pair), lesson.lang)
        found = shared + pair_features(pair, lesson.passages, lesson.partners)
        answer = self._answer(number, pair)
        row = len(self.pairs.answers)
        self.pairs.add(found, answer, number)
        first, second = rows[pair.first.place.partner], rows[pair.second.place.partner]
        self._pairs[number].append((pair, row, first, second))
        for kind in range(len(EVENT_TYPES)):
            if answer[kind]:
                self.kinds.add(found, [kind == other for other in range(len(EVENT_TYPES))], number)

    def _answer(self, number: int, pair: Pair) -> list[bool | None]:
        return self._answers[number].of(_pair_mark(self.lessons[number], pair.key), pair.passage.index)

    @cached_property
    def folds(self) -> list[set[int]]:
        """Articles dealt out at random, the same each time; what tells of the same stays together."""
        deeds: dict[str, frozenset[Deed]] = {}
        for lesson in self.lessons:
            deeds[lesson.article] = deeds.get(lesson.article, frozenset()) | deeds_of(lesson.gold)
        group_of = same_happenings(deeds)
        groups = sorted(set(group_of.values()))
        random.Random(1).shuffle(groups)
        fold_of = {group: number % FOLDS for number, group in enumerate(groups)}
        folds: list[set[int]] = [set() for _ in range(FOLDS)]
        for number, lesson in enumerate(self.lessons):
            folds[fold_of[group_of[lesson.article]]].add(number)
        return folds

    def models(self, without: Iterable[int] = ()) -> tuple[Fitted, Fitted, Fitted]:
        """The models of roles, pairs and kinds, fitted on all folds but some."""
        left_out = frozenset(without)
        if left_out not in self._fitted:
            groups = set().union(*(fold for n, fold in enumerate(self.folds) if n not in left_out))
            self._fitted[left_out] = (
                self._fit("roles", groups),
                self._fit("pairs", groups),
                self._fit("kinds", groups, exclusive=True),
            )
        return self._fitted[left_out]

    def _fit(self, name: str, groups: set[int], *, exclusive: bool = False) -> Fitted:
        table: Table = getattr(self, name)
        rows = table.rows_of(groups)
        return fit(table, rows, strength=STRENGTH[name], exclusive=exclusive, recipe=RECIPES[name])

    def scored(self, number: int, models: tuple[Fitted, Fitted, Fitted]) -> list[Scored]:
        """What ``links.score_pairs`` gives, of unlikely pairs too, from features that are already made."""
        pairs = self._pairs[number]
        if not pairs:
            return []
        rows = [row for _, row, _, _ in pairs]
        # Pairs and kinds have the same features under different columns.
        bonds = models[1].predict(self.pairs.matrix[rows]).tolist()
        kinds = models[2].predict(self._kind_matrix[rows]).tolist()
        parts = models[0].predict(self.roles.matrix[[r for _, _, *both in pairs for r in both]]).tolist()
        return [
            Scored(pair, bonds[n], kinds[n], parts[2 * n], parts[2 * n + 1])
            for n, (pair, *_) in enumerate(pairs)
        ]

    @cached_property
    def _kind_matrix(self) -> Any:
        """All pairs with the columns of the table of kinds."""
        column = {name: number for number, name in enumerate(self.pairs.names)}
        return self.pairs.matrix[:, [column[name] for name in self.kinds.names]]

    def trees(self, without: Iterable[int] = ()) -> TreeModel:
        """The last decision, from the opinions of models that have not seen the article.

        It weighs a candidate against its rivals, which short pieces have few of: only whole news teaches it.
        """
        left_out = set(without)
        examples: Examples = []
        for number, fold in enumerate(self.folds):
            if number not in left_out:
                models = self.models({number, *left_out})
                for lesson in sorted(one for one in fold if self.lessons[one].is_news):
                    examples.extend(self._examples(lesson, self.scored(lesson, models)))
        # Two models of a share of the figures: 0.005 more in partner F1 than one of all, by cross-validation.
        return fit_trees(FIGURES, examples, rounds=200, share=0.3, models=2)

    def _examples(self, number: int, scored: Sequence[Scored]) -> Iterator[tuple[list[float], bool, float]]:
        rivals, partners = Rivals(scored), self.lessons[number].partners
        weight = self.lessons[number].weight
        for one in scored:
            answers = {
                kind: answer
                for kind, answer in enumerate(self._answer(number, one.pair)[: len(EVENT_TYPES)])
                if answer is not None and (answer or one.is_worth_it(kind, _LEAST))
            }
            rows = joint_figures(one, answers, rivals, partners)
            yield from ((row, answer, weight) for row, answer in zip(rows, answers.values(), strict=True))
