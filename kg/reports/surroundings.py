"""What speaks for each topic in the drafts of an article in, figures out, by which trees weigh all topics of
all drafts: what is named, what the draft's own words speak of, and what the article around it does.

All topics of all drafts are compared at once, as tables: a row a draft, a column a topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.reports.scenes import Scene
from kg.reports.standings import NAMED_FIGURES, log_odds

Table = npt.NDArray[np.float64]

#: Beside what ``standings`` says of a topic that is named: by its draft's words; by both together, with its
#: place among all topics of the draft and how far it leads; by the words of any passage, of all, of the
#: title, of those beside the draft and of the rest of its paragraph; by both for other drafts at most and on
#: average, for those that share a partner, and for the one before; how many topics lessons tell more often.
WORD_FIGURES = (
    *("own-words", "either", "place", "top-gap", "anywhere", "whole", "heading", "beside", "paragraph"),
    *("elsewhere", "on-average", "companions", "before", "rarity"),
)
FIGURES = (*NAMED_FIGURES, *WORD_FIGURES)

#: Log-odds where there is nothing that could speak, and what stands for the figures of what is not named.
_SILENCE, _UNNAMED = -6.0, -10.0
#: The chance that stands for that of a draft that there is not.
_NOBODY = -0.1
#: Log-odds are kept within so much of 0.
_MOST = -log_odds(0.0)
#: Topics with less than these log-odds by both are not weighed, unless another draft has so much of a chance.
_HOPELESS, _ELSEWHERE = -4.0, 0.3


@dataclass(frozen=True, eq=False)
class Opinions:
    """What is said for each topic by itself.

    ``named`` has the figures of the topics that the article names near a draft (drafts, topics,
    ``NAMED_FIGURES``); ``words`` log-odds (drafts, topics), ``passages`` log-odds (passages, topics).
    """

    named: Table
    words: Table
    passages: Table


def named_table(topics: Sequence[str], drafts: Sequence[Mapping[str, Sequence[float]]]) -> Table:
    """The figures of the topics that are named near each draft, as a table of all topics."""
    table = np.full((len(drafts), len(topics), len(NAMED_FIGURES)), _UNNAMED)
    columns = {topic: number for number, topic in enumerate(topics)}
    for row, standings in enumerate(drafts):
        for topic, figures in standings.items():
            if topic in columns:
                table[row, columns[topic]] = figures
    return table


def weighable(scenes: Sequence[Scene], opinions: Opinions) -> tuple[npt.NDArray[np.intp], Table]:
    """The topics that have a chance, as pairs of draft and topic, and the figures of each."""
    named, words = opinions.named[:, :, 0], np.clip(opinions.words, -_MOST, _MOST)
    either = (np.maximum(named, -_MOST) + words) / 2 + 1
    passages = np.clip(opinions.passages, -_MOST, _MOST)
    columns = (
        words,
        *_within_drafts(either),
        *(np.broadcast_to(row, either.shape) for row in _of_article(scenes[0], passages)),
        *_near(scenes, passages),
        *_of_others(scenes, 1 / (1 + np.exp(-either))),
        np.broadcast_to(np.arange(either.shape[1], dtype=np.float64), either.shape),
    )
    table = np.concatenate((opinions.named, np.stack(columns, axis=2)), axis=2)
    chances = (either >= _HOPELESS) | (table[:, :, FIGURES.index("elsewhere")] >= _ELSEWHERE)
    return np.argwhere(chances), table[chances]


def _within_drafts(either: Table) -> tuple[Table, Table, Table]:
    """How each topic stands among all topics of its draft."""
    # So that a topic without any other leads too.
    ordered = np.sort(np.pad(either, ((0, 0), (0, 1)), constant_values=-2 * _MOST), axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    places = (either[:, None, :] > either[:, :, None]).sum(axis=2)
    return either, places.astype(np.float64), either - np.where(either == best, second, best)


def _of_article(scene: Scene, passages: Table) -> tuple[Table, Table, Table]:
    """What any passage speaks of, what all do, and what the title does."""
    title = passages[0] if scene.passages[0].is_title else np.full(passages.shape[1], _SILENCE)
    return passages.max(axis=0), passages.mean(axis=0), title


def _near(scenes: Sequence[Scene], passages: Table) -> tuple[Table, Table]:
    """What speaks most among the passages next to a draft's own, and in the rest of its paragraphs."""
    beside, paragraph = (np.full((len(scenes), passages.shape[1]), _SILENCE) for _ in range(2))
    for row, scene in enumerate(scenes):
        others = [p for p in scene.passages if p.index not in scene.draft.passages]
        next_to = [p.index for p in others if abs(scene.distance(p)) == 1 and not p.is_title]
        around = [p.index for p in others if p.paragraph in scene.paragraphs]
        for table, numbers in ((beside, next_to), (paragraph, around)):
            if numbers:
                table[row] = passages[numbers].max(axis=0)
    return beside, paragraph


def _of_others(scenes: Sequence[Scene], chances: Table) -> tuple[Table, ...]:
    """What the other drafts of the article are about, those that share a partner, and the one before."""
    most, mean, shared, before = (np.full(chances.shape, _NOBODY) for _ in range(4))
    partners = [scene.draft.partners for scene in scenes]
    for row, own in enumerate(partners):
        others = [number for number in range(len(scenes)) if number != row]
        if others:
            most[row], mean[row] = chances[others].max(axis=0), chances[others].mean(axis=0)
        companions = [number for number in others if partners[number] & own]
        if companions:
            shared[row] = chances[companions].max(axis=0)
        if row:
            before[row] = chances[row - 1]
    return most, mean, shared, before
