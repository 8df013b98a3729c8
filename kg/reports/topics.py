"""The drafts of an article in, their sectors and activities out: what the article names, and what its words
speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

import numpy as np

from kg.model import Mention
from kg.reports.codebook import Trigger
from kg.reports.features import bucket
from kg.reports.passages import Passage
from kg.reports.scenes import Scene, where_of
from kg.reports.standings import Candidates, name_standings, topic_candidates, topic_figures
from kg.reports.surroundings import Opinions, Table, named_table, weighable
from kg.reports.themes import passage_features, theme_features
from kg.reports.weights import Models
from kg.weights import FeatureModel, FeatureTable, logistic

#: So many activities named one after the other, each this near to the next, are a list.
_LISTED, _LIST_GAP = 5, 30
_LIST_MARKS = re.compile(r"[,;]|\b(?:and|et|và)\b")
_TELLERS = ("of-one", "of-both")
_OPEN = frozenset({"", "("})
#: So many passages are weighed at once.
_PART = 64
#: A topic with its probability.
Weighed = tuple[float, str]


def choose_topics(scenes: Sequence[Scene], models: Models) -> dict[str, list[tuple[str, ...]]]:
    """By label, "sector" or "activity", the ids of each draft of an article, the surest first."""
    return {
        label: [
            take_topics(found, label, models.thresholds, scene.draft.probability)
            for scene, found in zip(scenes, weighed, strict=True)
        ]
        for label, weighed in weigh_topics(scenes, models).items()
    }


def weigh_topics(scenes: Sequence[Scene], models: Models) -> dict[str, list[list[Weighed]]]:
    """By label the topics of each draft that have a chance, the likeliest first; what is listed is sure.

    A linear model looks at each topic by where the article names it, another one at all words of each draft
    and passage; trees weigh what both say of all drafts.
    """
    if not scenes:
        return {label: [] for label in models.words}
    spoken = zip(
        models.words,
        _scores(models.word_table, [theme_features(scene) for scene in scenes]),
        _scores(models.word_table, [passage_features(scenes[0].setting, p) for p in scenes[0].passages]),
        strict=True,
    )
    return {label: _weighed(scenes, label, models, words, passages) for label, words, passages in spoken}


def _weighed(
    scenes: Sequence[Scene], label: str, models: Models, words: Table, passages: Table
) -> list[list[Weighed]]:
    labels, trees = models.words[label].labels, models.topics[label]
    standings = _standings(scenes, label, models.sectors if label == "sector" else models.activities)
    opinions = Opinions(named=named_table(labels, standings), words=words, passages=passages)
    pairs, figures = weighable(scenes, opinions)
    # What the lessons do not know, as a sector of the user's own, is judged by its name alone.
    known = frozenset(labels)
    found = [
        {ref: logistic(odds) for ref, (odds, *_) in named.items() if ref not in known} for named in standings
    ]
    for (draft, topic), probability in zip(pairs.tolist(), trees.probabilities(figures), strict=True):
        found[draft][labels[topic]] = probability
    if label == "activity":
        for scene, one in zip(scenes, found, strict=True):
            one.update(dict.fromkeys(_enumerated(scene), 1.0))
    return [sorted(((p, ref) for ref, p in one.items()), key=lambda x: (-x[0], x[1])) for one in found]


def _scores(table: FeatureTable, rows: Sequence[Sequence[str]]) -> list[Table]:
    """For each model of the table the log-odds of its labels for each row; a long article part by part."""
    parts = [table.scores(rows[start : start + _PART]) for start in range(0, len(rows), _PART)]
    return [
        np.concatenate([np.array(scores, dtype=np.float64) for scores in own])
        for own in zip(*parts, strict=True)
    ]


def _standings(
    scenes: Sequence[Scene], label: str, model: FeatureModel
) -> list[dict[str, tuple[float, ...]]]:
    """For each draft the figures of the topics that the article names near it."""
    candidates = [topic_candidates(scene, label) for scene in scenes]
    told = list(zip(scenes, candidates, strict=True))
    rows = [topic_features(scene, label, ref, near) for scene, near in told for ref in near.likely]
    # All drafts at once: a call costs more than a row.
    alone = iter([probability for (probability,) in model.probabilities_of(rows)])
    return [
        name_standings(
            near.likely,
            [next(alone) for _ in near.likely],
            [topic_figures(scene, label, ref, near) for ref in near.likely],
        )
        for scene, near in told
    ]


def take_topics(
    weighed: Sequence[Weighed], label: str, thresholds: Mapping[str, float], sure_of_draft: float
) -> tuple[str, ...]:
    """Those that are sure enough; what happens is about something, so the first needs less than the rest.

    Of a draft that is in doubt a sector must be the surer: who did what in which sector is one statement.
    """
    doubt = sqrt(sure_of_draft) if label == "sector" else 1.0
    sure = tuple(ref for probability, ref in weighed if probability * doubt >= thresholds[label])
    if not sure and weighed and weighed[0][0] * doubt >= thresholds[f"first-{label}"]:
        return (weighed[0][1],)
    return sure


def _enumerated(scene: Scene) -> frozenset[str]:
    """Activities that a passage of the draft lists: "training, technology transfer and joint research"."""
    names = [(m.start, m.end) for p in scene.partners for m in p.mentions if m.label == "partner"]
    found: set[str] = set()
    for number in scene.draft.passages:
        run: list[Mention] = []
        for mention in (m for m in scene.passages[number].mentions if m.label == "activity" and m.ref):
            if any(a <= mention.start and mention.end <= b for a, b in names):
                continue
            if run and not _is_next(scene.passages[number], run[-1], mention):
                found.update(_long_list(run))
                run = []
            run.append(mention)
        found.update(_long_list(run))
    return frozenset(found)


def _is_next(passage: Passage, last: Mention, mention: Mention) -> bool:
    between = passage.text[last.end - passage.start : max(last.end, mention.start) - passage.start]
    return len(between) <= _LIST_GAP and (between.strip() in _OPEN or _LIST_MARKS.search(between) is not None)


def _long_list(run: Sequence[Mention]) -> set[str]:
    refs = {mention.ref for mention in run if mention.ref}
    return refs if len(refs) >= _LISTED else set()


def topic_features(scene: Scene, label: str, ref: str, candidates: Candidates) -> list[str]:
    """Where and how often the article names the topic, as seen from the draft."""
    return list(dict.fromkeys(_topic_features(scene, label, ref, candidates)))


def _topic_features(scene: Scene, label: str, ref: str, candidates: Candidates) -> Iterator[str]:
    places = candidates[ref]
    nearest = min((gap for gap, _ in places), key=abs)
    where = where_of(nearest)
    yield from _place_features(scene, ref, where)
    yield from _share_features(scene, ref, where, candidates)
    yield from _teller_features(scene, label, ref, where)
    yield from _company_features(ref, where, candidates)
    yield from _name_features(scene, ref, where, candidates)
    own = [mention for gap, mention in places if gap == 0]
    if own:
        yield from _here_features(scene, own, candidates.free[ref], candidates)


def _place_features(scene: Scene, ref: str, where: str) -> Iterator[str]:
    kind = scene.draft.type
    yield f"id={ref}"
    yield f"where={where}"
    yield f"where={where}:{kind}"
    yield f"id={ref}:{where}"
    yield f"type={kind}:{ref}"
    yield f"lang={scene.lang}"
    yield f"lang={scene.lang}:{where}"
    for partner in scene.draft.partners:
        yield f"partner={scene.partners[partner].kind}:{where}"


def _share_features(scene: Scene, ref: str, where: str, candidates: Candidates) -> Iterator[str]:
    """How much of the article is about the topic, and how much of what it says of these partners."""
    places, rank = candidates[ref], candidates.ranks[ref]
    share = len(places) / candidates.total
    yield f"share={bucket(int(share * 10), (0, 1, 2, 4, 6))}:{where}"
    yield f"rank={min(rank, 3)}:{where}"
    title_end, lead_end = scene.setting.beginnings
    title = any(m.start < title_end for _, m in places)
    yield f"title={title}:{where}"
    yield f"title={title}:rank{min(rank, 3)}"
    yield f"lead={any(m.start < lead_end for _, m in places)}:{where}"


def _teller_features(scene: Scene, label: str, ref: str, where: str) -> Iterator[str]:
    """How much of what the article says of one of the partners, and of two of them, is about the topic."""
    named = scene.setting.topics[label]
    for name, tellers, edges in zip(_TELLERS, scene.tellers, ((0, 1, 3, 5, 8), (0, 3, 6)), strict=True):
        if tellers:
            hits = sum(ref in named[number] for number in tellers)
            yield f"{name}={bucket(10 * hits // len(tellers), edges)}:{where}"


def _company_features(ref: str, where: str, candidates: Candidates) -> Iterator[str]:
    """Which other topics the draft's passages name: broad ones give way to narrow ones."""
    here, rank = candidates.here, candidates.ranks[ref]
    yield f"here={bucket(len(here), (0, 1, 2, 3, 5))}:{where}"
    yield f"anyhere={bool(here)}:{where}"
    yield f"anyhere={bool(here)}:rank{min(rank, 4)}:{where}"
    for other in here:
        if other != ref:
            yield f"against={ref}<{other}"
            if where == "here":
                yield f"beside={ref}<{other}"


def _name_features(scene: Scene, ref: str, where: str, candidates: Candidates) -> Iterator[str]:
    """Whether partners bear the topic in their names ("Vietnam Airlines"), and where it stands free."""
    held = candidates.held[ref]
    bearers = {number for _, _, numbers in held for number in numbers}
    own = bearers & scene.draft.partners
    if own:
        yield f"bearers={min(len(own), 2)}/{min(len(scene.draft.partners), 3)}"
        for what in (scene.draft.type, where, ref, *sorted({scene.partners[n].kind for n in own})):
            yield f"bearer:{what}"
    elif bearers:
        yield f"bearer-other:{where}"
    free = [(gap, mention) for gap, mention, numbers in held if not numbers]
    nearest = where_of(min((gap for gap, _ in free), key=abs)) if free else "none"
    yield f"free={min(len(free), 4)}:{where}"
    yield f"free={nearest}"
    yield f"free={nearest}:{scene.draft.type}"
    yield f"free={nearest}:{ref}"
    beside = any(mention.start in candidates.beside for _, mention in free)
    yield f"paragraph={beside}:{nearest}"


def _here_features(
    scene: Scene, own: Sequence[Mention], outside: Sequence[Mention], candidates: Candidates
) -> Iterator[str]:
    yield f"named={'outside' if outside else 'inside'}"
    if not outside:
        inside_own = any(a <= m.start and m.end <= b for m in own for a, b in candidates.taking)
        yield f"named=inside:{'own' if inside_own else 'other'}"
    in_main = [m for m in outside or own if scene.main.start <= m.start < scene.main.end]
    yield f"main={bool(in_main)}"
    triggers = candidates.triggers
    if in_main and triggers:
        gap = min(abs(m.start - t.end) for m in in_main for t in triggers)
        after = any(m.start >= t.start for m in in_main for t in triggers)
        yield f"gap={bucket(gap, (15, 40, 80, 150))}:{'after' if after else 'before'}"
    for mention in own:
        yield f"word={mention.text.lower()}"
    clause = scene.clause
    yield f"clause={any(clause.start <= m.start < clause.end for m in in_main)}:{bool(in_main)}"
    for mention in in_main[:2]:
        yield from _joined_features(scene, mention, triggers)


def _joined_features(scene: Scene, mention: Mention, triggers: Sequence[Trigger]) -> Iterator[str]:
    """How a topic in the main passage hangs on the trigger before it: "a memorandum in the field of"."""
    main = scene.main
    words = main.text[: mention.start - main.start].lower().split()[-2:]
    if words:
        yield f"before={words[-1]}"
        yield f"before={' '.join(words)}"
    earlier = [trigger for trigger in triggers if trigger.end <= mention.start]
    if earlier:
        last = max(earlier, key=lambda t: (t.end, t.start))
        between = [place for place in main.places if last.end <= place.start < mention.start]
        rivals = [
            t
            for t in main.triggers
            if last.end <= t.start < mention.start and t.entry.type != last.entry.type
        ]
        yield f"partners-between={min(len(between), 2)}"
        yield f"triggers-between={min(len(rivals), 2)}"
        yield f"entry={last.entry.name}"
    if main.places:
        near = min(main.places, key=lambda p: max(p.start - mention.end, mention.start - p.end, 0))
        yield f"near={near.partner in scene.draft.partners}"
