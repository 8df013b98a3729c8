"""What a draft says beside who and what: sectors, activities, status, date, instrument, place.

Each candidate (a sector that the article names, a date, a status) is described by features; a learned
decision weighs them. Nothing is taken that the article does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import EventDate, Mention, Partner
from kg.reports.features import bucket
from kg.reports.grouping import FORUM_NAMED, Draft
from kg.reports.passages import CONTENT, Passage
from kg.reports.weights import Models

#: A relationship of states, and what makes a document of it after all.
_STANDING = "agreement.strategic-partnership"
_SIGNING = frozenset({"agreement.sign", "agreement.exchange-documents", "agreement.declaration"})
#: So many activities named one after the other, each this near to the next, are a list.
_LISTED, _LIST_GAP = 5, 30
_LIST_MARKS = re.compile(r"[,;]|\b(?:and|et|và)\b")
_OPEN = frozenset({"", "("})
#: What a place is found as when it is one: a town or a country.
_PLACES = frozenset({"capital", "city", "country"})
#: How many passages around a draft's own are looked at for its details.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """A draft in its article."""

    draft: Draft
    passages: Sequence[Passage]
    partners: Sequence[Partner]
    published: date | None
    lang: str

    @property
    def main(self) -> Passage:
        """The passage that states the draft most surely."""
        return self.passages[self.draft.passages[0]]

    def distance(self, passage: Passage) -> int:
        """How many passages lie between this one and the draft's nearest; negative when before."""
        return min((passage.index - own for own in self.draft.passages), key=lambda gap: (abs(gap), gap))


def choose_topics(scene: Scene, label: str, models: Models) -> tuple[str, ...]:
    """The ids of the sectors or activities (``label``) of a draft, the surest first."""
    model = models.sectors if label == "sector" else models.activities
    candidates = topic_candidates(scene, label)
    scored = [
        (model.probabilities(topic_features(scene, label, ref, candidates))[0], ref) for ref in candidates
    ]
    least = models.thresholds[label]
    listed = _enumerated(scene) if label == "activity" else frozenset()
    scored = [(max(probability, least if ref in listed else 0.0), ref) for probability, ref in scored]
    return tuple(
        ref
        for probability, ref in sorted(scored, key=lambda item: (-item[0], item[1]))
        if probability >= least
    )


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


def topic_candidates(scene: Scene, label: str) -> Mapping[str, list[tuple[int, Mention]]]:
    """All ids that the article names, with the distance of each place that names them."""
    found: dict[str, list[tuple[int, Mention]]] = {}
    for passage in scene.passages:
        gap = scene.distance(passage)
        for mention in passage.mentions:
            if mention.label == label and mention.ref:
                found.setdefault(mention.ref, []).append((gap, mention))
    return found


def topic_features(
    scene: Scene, label: str, ref: str, candidates: Mapping[str, list[tuple[int, Mention]]]
) -> list[str]:
    """Where and how often the article names the topic, as seen from the draft."""
    return list(dict.fromkeys(_topic_features(scene, ref, candidates)))


def _topic_features(
    scene: Scene, ref: str, candidates: Mapping[str, list[tuple[int, Mention]]]
) -> Iterator[str]:
    kind, places = scene.draft.type, candidates[ref]
    gaps = [gap for gap, _ in places]
    nearest = min(gaps, key=abs)
    where = _where(nearest)
    yield f"id={ref}"
    yield f"where={where}"
    yield f"where={where}:{kind}"
    yield f"id={ref}:{where}"
    yield f"type={kind}:{ref}"
    title = any(scene.passages[0].is_title and m.start < scene.passages[0].end for _, m in places)
    yield f"title={title}:{where}"
    share = len(places) / sum(len(other) for other in candidates.values())
    yield f"share={bucket(int(share * 10), (0, 1, 2, 4, 6))}:{where}"
    rank = sorted(candidates, key=lambda other: (-len(candidates[other]), other)).index(ref)
    yield f"rank={min(rank, 3)}:{where}"
    here = [other for other in candidates if any(gap == 0 for gap, _ in candidates[other])]
    yield f"here={bucket(len(here), (0, 1, 2, 3, 5))}:{where}"
    if where == "here":
        for other in here:
            if other != ref:
                yield f"beside={ref}<{other}"
    own = [mention for gap, mention in places if gap == 0]
    if own:
        yield from _here_features(scene, ref, own)
    for partner in scene.draft.partners:
        yield f"partner={scene.partners[partner].kind}:{where}"


def _here_features(scene: Scene, ref: str, own: Sequence[Mention]) -> Iterator[str]:
    spans = [(m.start, m.end) for p in scene.partners for m in p.mentions if m.label == "partner"]
    taking = [(m.start, m.end) for n in scene.draft.partners for m in scene.partners[n].mentions]
    outside = [m for m in own if not any(a <= m.start and m.end <= b for a, b in spans)]
    yield f"named={'outside' if outside else 'inside'}"
    if not outside:
        inside_own = any(a <= m.start and m.end <= b for m in own for a, b in taking)
        yield f"named=inside:{'own' if inside_own else 'other'}"
    in_main = [m for m in outside or own if scene.main.start <= m.start < scene.main.end]
    yield f"main={bool(in_main)}"
    triggers = [t for t in scene.main.triggers if t.entry.type == scene.draft.type]
    if in_main and triggers:
        gap = min(abs(m.start - t.end) for m in in_main for t in triggers)
        after = any(m.start >= t.start for m in in_main for t in triggers)
        yield f"gap={bucket(gap, (15, 40, 80, 150))}:{'after' if after else 'before'}"
    for mention in own:
        yield f"word={mention.text.lower()}"


def _where(gap: int) -> str:
    if gap == 0:
        return "here"
    if abs(gap) > _NEAR:
        return "far"
    return f"{'next' if gap > 0 else 'previous'}{abs(gap)}"


def choose_status(scene: Scene, models: Models) -> str:
    """The status that the draft's passages make likeliest.

    A standing relationship that is told of without its date is in force: when it began is background.
    """
    chances = models.status.distribution(status_features(scene))
    status = models.status.labels[max(range(len(chances)), key=lambda index: chances[index])]
    if status == "concluded" and _is_standing(scene):
        return "ongoing"
    return status


def _is_standing(scene: Scene) -> bool:
    fired = {trigger.entry.name for trigger in scene.main.triggers}
    dated = any(mention.label == "date" for mention in scene.main.mentions)
    return _STANDING in fired and not dated and not fired & _SIGNING and scene.draft.type == "agreement"


def status_features(scene: Scene) -> list[str]:
    """Triggers, cues, tenses and words of the passages that state the draft."""
    return list(dict.fromkeys(_status_features(scene)))


def _status_features(scene: Scene) -> Iterator[str]:
    kind = scene.draft.type
    yield f"type={kind}"
    spans = [(m.start, m.end) for n in scene.draft.partners for m in scene.partners[n].mentions]
    for number in scene.draft.passages[:2]:
        passage = scene.passages[number]
        near = [(a, b) for a, b in spans if passage.start <= a < passage.end]
        for cue in passage.cues:
            yield f"cue={cue}"
            yield f"cue={cue}:{kind}"
        for trigger in passage.triggers:
            yield f"e={trigger.entry.name}"
            if trigger.entry.type == kind:
                yield f"own={trigger.entry.name}"
                word = passage.text[trigger.start - passage.start : trigger.end - passage.start]
                yield f"word={word.lower()}"
            if near and min(max(a - trigger.end, trigger.start - b, 0) for a, b in near) < 25:
                yield f"near={trigger.entry.name}"
        yield from _verb_features(passage)
        yield from _nearest_features(scene, passage, near)
        if passage.is_title:
            yield "title"
    yield from _time_features(scene)


def _nearest_features(scene: Scene, passage: Passage, near: list[tuple[int, int]]) -> Iterator[str]:
    """The words around the trigger that stands nearest to the partners, and its verb's auxiliaries."""
    own = [t for t in passage.triggers if t.entry.type == scene.draft.type] or list(passage.triggers)
    if not own or not near:
        return
    trigger = min(own, key=lambda t: (min(max(a - t.end, t.start - b, 0) for a, b in near), t.start))
    doc = passage.span.doc
    covered = [token for token in passage.span if trigger.start <= token.idx < trigger.end]
    if not covered:
        return
    yield f"nearest={trigger.entry.name}"
    first, last = covered[0].i, covered[-1].i
    before = [token.lower_ for token in doc[max(passage.span.start, first - 4) : first] if not token.is_space]
    after = [token.lower_ for token in doc[last + 1 : min(passage.span.end, last + 3)] if not token.is_space]
    for word in before:
        yield f"before={word}"
    yield f"before={' '.join(before[-2:])}"
    for word in after:
        yield f"after={word}"
    if not covered[0].dep_:
        return
    verb = next((t for t in (covered[0], *covered[0].ancestors) if t.pos_ in ("VERB", "AUX")), covered[0])
    tense = "+".join(value for name in ("Tense", "Mood", "VerbForm") for value in verb.morph.get(name, []))
    yield f"verb={tense}"
    yield f"verb={verb.lemma_.lower()}"
    for child in verb.children:
        if child.dep_ in ("aux", "aux:tense", "aux:pass", "auxpass", "advmod", "mark", "neg"):
            yield f"aux={child.lower_}"
            yield f"aux={child.lower_}:{tense}"


def _verb_features(passage: Passage) -> Iterator[str]:
    starts = {t.start: t.entry.name for t in passage.triggers}
    for token in passage.span:
        if token.pos_ in CONTENT and len(token) > 1:
            yield f"w={token.lemma_.lower()}"
        if token.pos_ in ("VERB", "AUX"):
            tense = "+".join(
                value for name in ("Tense", "Mood", "VerbForm") for value in token.morph.get(name, [])
            )
            if tense:
                yield f"tense={tense}"
                if token.idx in starts:
                    yield f"tense={tense}:trigger"
                if token.dep_ in ("ROOT", "conj"):
                    yield f"tense={tense}:{token.dep_}"
        elif token.pos_ in ("PART", "ADV", "SCONJ") and len(token) <= 8:
            yield f"f={token.lower_}"


def _time_features(scene: Scene) -> Iterator[str]:
    if scene.published is None:
        return
    for mention in scene.main.mentions:
        if mention.label == "date" and mention.ref:
            yield f"time={_relation(mention.ref, scene.published)}"
            yield f"time={mention.source}"


def _relation(value: str, published: date) -> str:
    today = published.isoformat()[: len(value)]
    return "same" if value == today else "past" if value < today else "future"


def choose_date(scene: Scene, status: str, models: Models) -> EventDate | None:
    """The date of the draft among those that its passages and their neighbours give."""
    best: tuple[float, Mention] | None = None
    for gap, mention in date_candidates(scene):
        chance = models.dates.probabilities(date_features(scene, status, gap, mention))[0]
        if best is None or chance > best[0]:
            best = (chance, mention)
    if best is None or best[0] < models.thresholds["date"] or best[1].ref is None:
        return None
    return EventDate(best[1].ref, "stated" if best[1].source == "stated" else "derived")


def date_candidates(scene: Scene) -> list[tuple[int, Mention]]:
    """Dates near the draft, with their distance in passages."""
    found = [
        (scene.distance(passage), mention)
        for passage in scene.passages
        for mention in passage.mentions
        if mention.label == "date" and mention.ref
    ]
    return sorted(found, key=lambda item: (abs(item[0]), item[1].start))


def date_features(scene: Scene, status: str, gap: int, mention: Mention) -> list[str]:
    """How a date stands to the draft."""
    return list(dict.fromkeys(_date_features(scene, status, gap, mention)))


def _date_features(scene: Scene, status: str, gap: int, mention: Mention) -> Iterator[str]:
    kind, value = scene.draft.type, mention.ref or ""
    where = _where(gap)
    yield f"where={where}"
    yield f"where={where}:{kind}"
    yield f"where={where}:{status}"
    yield f"source={mention.source}"
    yield f"precision={len(value)}:{where}"
    if scene.published is not None:
        relation = _relation(value, scene.published)
        yield f"relation={relation}:{status}"
        yield f"relation={relation}:{status}:{where}"
        yield f"recent={value[:7] == scene.published.isoformat()[:7]}:{status}:{where}"
    dates_here = [
        m for p in scene.passages if scene.distance(p) == gap for m in p.mentions if m.label == "date"
    ]
    yield f"rivals={bucket(len(dates_here) - 1, (0, 1, 2))}:{where}"
    if gap == 0:
        triggers = [t for t in scene.main.triggers if t.entry.type == kind]
        if triggers:
            away = min(max(mention.start - t.end, t.start - mention.end, 0) for t in triggers)
            yield f"away={bucket(away, (5, 20, 50, 100))}"
    before = scene.main.text[: max(0, mention.start - scene.main.start)].split()
    if gap == 0 and before:
        yield f"before={before[-1].lower()}"
    earlier = sum(m.label == "date" and m.start < mention.start for p in scene.passages for m in p.mentions)
    yield f"order={min(earlier, 3)}:{where}"


def choose_instrument(scene: Scene) -> str | None:
    """The kind of document named nearest to a trigger of an agreement."""
    if scene.draft.type != "agreement":
        return None
    named = [m for m in scene.main.mentions if m.label == "instrument" and m.ref]
    triggers = [t for t in scene.main.triggers if t.entry.type == "agreement"]
    if not named:
        return None
    if not triggers:
        return named[0].ref
    return min(named, key=lambda m: (min(abs(m.start - t.start) for t in triggers), m.start)).ref


def choose_place(scene: Scene) -> str | None:
    """The town, else the country, that the draft's passages name as a place, or the passages just before."""
    named: list[Mention] = []
    for number in scene.draft.passages[:2]:
        start = max(0, number - _NEAR)
        nearest = [scene.passages[number], *reversed(scene.passages[start:number])]
        for passage in nearest:
            named += [m for m in passage.mentions if m.label == "place" and m.source in _PLACES]
    towns = [mention for mention in named if mention.source != "country"]
    return (towns or named)[0].text if named else None


def is_at_forum(scene: Scene) -> bool:
    """Whether the draft is told to have happened, in a passage that names a forum."""
    fired = {t.entry.name for number in scene.draft.passages for t in scene.passages[number].triggers}
    return scene.draft.type in ("agreement", "meeting") and FORUM_NAMED in fired
