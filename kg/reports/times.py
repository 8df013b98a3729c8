"""A draft and its status in, its date out, among the dates that the article gives.

News that gives no date is of the month in which it appears; that month is one candidate more, and never
more exact than a month: the day of publication is no event's date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import EventDate, Mention
from kg.reports.features import bucket
from kg.reports.passages import Passage
from kg.reports.scenes import NEAR, Scene, relation_of, where_of
from kg.reports.weights import Models

#: How many days before or after publication a day lies: the edges of what makes a difference.
_DAYS = (-400, -60, -31, -8, -4, -1, 0, 1, 7, 31, 400)


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that a draft may have: its value and how it was come by, its distance in passages, where it
    stands (None: the month of publication)."""

    value: str
    source: str | None
    gap: int
    mention: Mention | None
    passage: Passage


def choose_date(scene: Scene, status: str, models: Models) -> EventDate | None:
    """The likeliest date of the draft, if it is likely enough."""
    weighed = weigh_date(scene, status, models)
    if weighed is None or weighed[0] < models.thresholds["date"]:
        return None
    return weighed[1]


def weigh_date(scene: Scene, status: str, models: Models) -> tuple[float, EventDate] | None:
    """The likeliest date with its probability; None when there is no candidate."""
    candidates = date_candidates(scene)
    scored = [
        (models.dates.probabilities(date_features(scene, status, one, candidates))[0], -number, one)
        for number, one in enumerate(candidates)
    ]
    if not scored:
        return None
    chance, _, best = max(scored, key=lambda item: item[:2])
    return chance, EventDate(best.value, "stated" if best.source == "stated" else "derived")


def date_candidates(scene: Scene) -> list[DateCandidate]:
    """The dates of the article, the nearest to the draft first, and the month in which it appeared."""
    found = [
        (abs(gap), mention.start, DateCandidate(mention.ref, mention.source, gap, mention, passage))
        for passage in scene.passages
        for gap in (scene.distance(passage),)
        for mention in passage.mentions
        if mention.label == "date" and mention.ref
    ]
    candidates = [one for _, _, one in sorted(found, key=lambda item: item[:2])]
    if scene.published is not None:
        month = scene.published.isoformat()[:7]
        candidates.append(DateCandidate(month, "derived", 0, None, scene.main))
    return candidates


def date_features(
    scene: Scene, status: str, candidate: DateCandidate, candidates: Sequence[DateCandidate]
) -> list[str]:
    """How a date stands to the draft and to its other dates."""
    if candidate.mention is None:
        found = _month_features(scene, status, candidate.value, candidates)
    else:
        found = _date_features(scene, status, candidate, candidates)
    return list(dict.fromkeys(found))


def _month_features(
    scene: Scene, status: str, month: str, candidates: Sequence[DateCandidate]
) -> Iterator[str]:
    kind, named = scene.draft.type, [one for one in candidates if one.mention is not None]
    here = [one for one in named if one.gap == 0]
    near = bool(here), any(where_of(one.gap) != "far" for one in named)
    yield "month"
    for what in (
        status,
        kind,
        f"{kind}:{status}",
        f"{status}:{near}",
        f"{kind}:{near}",
        f"lang={scene.lang}",
    ):
        yield f"month:{what}"
    yield f"month:recent{min(sum(one.value[:7] == month for one in named), 2)}:{status}"
    yield f"month:older{any(one.value[:7] < month for one in here)}:{status}"
    yield f"month:index{min(scene.main.index, 4)}:{status}"
    clause = scene.clause
    for cue in sorted(clause.cues):
        yield f"month:cue={cue}"
        yield f"month:cue={cue}:{status}"
    for word in clause.words:
        yield f"month:w={word}"
    for token in scene.main.span:
        if token.pos_ in ("ADV", "PART", "AUX", "SCONJ"):
            yield f"month:f={token.lower_}"


def _date_features(
    scene: Scene, status: str, one: DateCandidate, candidates: Sequence[DateCandidate]
) -> Iterator[str]:
    kind, value, where = scene.draft.type, one.value, where_of(one.gap)
    yield f"where={where}"
    yield f"where={where}:{kind}"
    yield f"where={where}:{status}"
    yield f"lang={scene.lang}:{where}"
    yield f"source={one.source}"
    yield f"precision={len(value)}:{where}"
    if scene.published is not None:
        relation = relation_of(value, scene.published)
        yield f"relation={relation}:{status}"
        yield f"relation={relation}:{status}:{where}"
        yield f"recent={value[:7] == scene.published.isoformat()[:7]}:{status}:{where}"
        yield from _age_features(value, scene.published, f"{status}:{where}")
    yield from _rival_features(scene, status, one, candidates)
    yield from _passage_features(scene, status, one)
    if one.gap == 0:
        yield from _here_features(scene, status, one)


def _age_features(value: str, published: date, context: str) -> Iterator[str]:
    if len(value) == 10:
        days = bucket((date.fromisoformat(value) - published).days, _DAYS)
        yield f"days={days}:{context}"
    else:
        years = max(-9, min(int(value[:4]) - published.year, 9))
        yield f"years={years}:{len(value)}:{context}"


def _rival_features(
    scene: Scene, status: str, one: DateCandidate, candidates: Sequence[DateCandidate]
) -> Iterator[str]:
    """How many dates stand beside it, and how often the article gives the same."""
    where = where_of(one.gap)
    named = [other for other in candidates if other.mention is not None]
    beside = sum(other.gap == one.gap for other in named)
    same = [abs(other.gap) for other in named if other.value == one.value]
    here = min(sum(other.gap == 0 for other in named), 2)
    assert one.mention is not None
    earlier = sum(other.mention.start < one.mention.start for other in named if other.mention)
    yield f"rivals={bucket(beside - 1, (0, 1, 2))}:{where}"
    yield f"often={min(len(same), 3)}:{where}"
    yield f"nearest={abs(one.gap) == min(same)}:{where}"
    yield f"have-here={here}:{where}"
    yield f"have-here={here}:{where}:{status}:{scene.draft.type}"
    yield f"order={min(earlier, 3)}:{where}"


def _passage_features(scene: Scene, status: str, one: DateCandidate) -> Iterator[str]:
    """What the sentence that gives the date is: the lead, the same paragraph, about the same partners."""
    passage, where = one.passage, where_of(one.gap)
    shared = min(len({place.partner for place in passage.places} & scene.draft.partners), 2)
    yield f"lead={passage.index <= NEAR}:{where}:{status}"
    yield f"title={passage.is_title}:{where}"
    yield f"shared={shared}:{where}"
    yield f"shared={shared}:{where}:{status}"
    yield f"paragraph={passage.paragraph in scene.paragraphs}:{where}"
    yield f"main={min(scene.main.index, 4)}:{where}:{status}"
    yield f"kind={any(t.entry.type == scene.draft.type for t in passage.triggers)}:{where}"
    if where == "far":
        yield f"before={one.gap < 0}:{status}:{scene.draft.type}"
    assert one.mention is not None
    words = passage.text[: one.mention.start - passage.start].lower().split()[-2:]
    if words:
        yield f"before={words[-1]}:{where == 'here'}"
        yield f"before={' '.join(words)}:{where == 'here'}"


def _here_features(scene: Scene, status: str, one: DateCandidate) -> Iterator[str]:
    """How the date stands to the triggers of a passage that states the draft."""
    kind, mention, passage, clause = scene.draft.type, one.mention, one.passage, scene.clause
    assert mention is not None
    inside = clause.start <= mention.start < clause.end
    yield f"clause={inside}:{status}"
    yield f"clause={inside}:{kind}"
    own = [trigger for trigger in passage.triggers if trigger.entry.type == kind]
    if own:
        away = min(max(mention.start - t.end, t.start - mention.end, 0) for t in own)
        yield f"away={bucket(away, (5, 20, 50, 100))}"
    before = [trigger for trigger in passage.triggers if trigger.end <= mention.start]
    after = [trigger for trigger in passage.triggers if trigger.start >= mention.end]
    if before:
        last = max(before, key=lambda t: (t.end, t.start))
        between = sum(last.end <= place.start < mention.start for place in passage.places)
        yield f"last={last.entry.type == kind}"
        yield f"between={min(between, 2)}"
    if after:
        yield f"next={min(after, key=lambda t: (t.start, t.end)).entry.type == kind}"
