"""Drafts in, the status of each out: how far it got, as its passages tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.reports.codebook import fold, load_codebook
from kg.reports.passages import VERBS, Clause
from kg.reports.scenes import Scene, relation_of
from kg.reports.syntax import inflection
from kg.reports.weights import Models
from kg.reports.wordings import wording_features

#: Words that colour a verb rather than name a thing.
_SMALL = frozenset({"PART", "ADV", "SCONJ", "AUX"})
_SHORT = 8
#: Where an article is cut for saying where something stands: passages from the top, parts of the whole; and
#: how often is often.
_FAR_DOWN, _PARTS, _OFTEN = 6, 5, 4


def choose_statuses(scenes: Sequence[Scene], models: Models) -> list[str]:
    """The status that each draft's passages make likeliest; what is denied was not concluded.

    A standing relationship ("strategic partnership") that is told of without its date is in force: when it
    began is background. What a list of signed documents names is signed.
    """
    chances = models.status.distributions_of([status_features(scene) for scene in scenes])
    return [
        _status(scene, dict(zip(models.status.labels, own, strict=True)))
        for scene, own in zip(scenes, chances, strict=True)
    ]


def _status(scene: Scene, chances: dict[str, float]) -> str:
    heading = scene.heading
    if heading and heading.status:
        return heading.status
    if scene.main.only_denies(scene.draft.type):
        del chances["concluded"]
    status = max(chances, key=lambda label: chances[label])
    return "ongoing" if status == "concluded" and _is_standing(scene) else status


def _is_standing(scene: Scene) -> bool:
    if scene.draft.type != "agreement":
        return False
    book = load_codebook(scene.lang)
    for number in scene.draft.passages:
        passage = scene.passages[number]
        dated = any(mention.label == "date" for mention in passage.mentions)
        lowered = fold(passage.text)
        if not dated and book.standing.search(lowered) and not book.made.search(lowered):
            return True
    return False


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
        yield from _cue_features(passage.cues, kind)
        for trigger in passage.triggers:
            yield f"e={trigger.entry.name}"
            if trigger.entry.type == kind:
                yield f"own={trigger.entry.name}"
                yield f"word={passage.word_of(trigger)}"
            if near and min(max(a - trigger.end, trigger.start - b, 0) for a, b in near) < 25:
                yield f"near={trigger.entry.name}"
        if passage.is_title:
            yield "title"
    yield from _time_features(scene)
    yield from _clause_features(scene)
    yield from wording_features(scene)
    yield from _place_features(scene)
    yield from _earlier_features(scene)
    yield from _later_features(scene)


def _cue_features(cues: Iterable[str], kind: str) -> Iterator[str]:
    for cue in sorted(cues):
        yield f"cue={cue}"
        yield f"cue={cue}:{kind}"


def _clause_features(scene: Scene) -> Iterator[str]:
    """The same of the clause alone that tells the draft: the rest of the sentence may tell another."""
    kind, passage, clause = scene.draft.type, scene.main, scene.clause
    yield f"lang={scene.lang}"
    yield f"lang={scene.lang}:{kind}"
    yield f"kinds={'+'.join(sorted({scene.partners[n].kind for n in scene.draft.partners}))}"
    yield f"types={'+'.join(sorted({t.entry.type for t in passage.triggers}))}>{kind}"
    yield from (f"c:{feature}" for feature in _cue_features(clause.cues, kind))
    for trigger in clause.triggers:
        yield f"c:e={trigger.entry.name}"
        if trigger.entry.type == kind:
            yield f"c:own={trigger.entry.name}"
            yield f"c:default={trigger.entry.status}:{kind}"
    for word in clause.words:
        yield f"c:w={word}"
    span, tokens = passage.span, passage.tokens
    for number in range(span.start, span.end):
        if not clause.start <= tokens.starts[number] < clause.end or tokens.is_space[number]:
            continue
        pos, word = tokens.pos[number], tokens.words[number]
        if pos in VERBS and (tense := inflection(span.doc[number], "Tense", "Mood", "VerbForm")):
            yield f"c:tense={tense}"
        elif pos in _SMALL and len(word) <= _SHORT:
            yield f"c:f={word}"
    yield from _clause_times(scene, clause)


def _clause_times(scene: Scene, clause: Clause) -> Iterator[str]:
    if scene.published is None:
        return
    found = [m.ref for m in scene.main.mentions if m.label == "date" and m.ref]
    inside = [
        m.ref
        for m in scene.main.mentions
        if m.label == "date" and m.ref and clause.start <= m.start < clause.end
    ]
    for value in inside:
        relation = relation_of(value, scene.published)
        yield f"c:time={relation}"
        yield f"c:time={relation}:{scene.draft.type}"
        yield f"c:time={relation}:{len(value)}"
        yield f"c:years={max(-9, min(int(value[:4]) - scene.published.year, 9))}"
    if not inside:
        yield f"c:undated:{scene.draft.type}:{bool(found)}"


def _place_features(scene: Scene) -> Iterator[str]:
    """Where in the article the draft is told, and how much the article is about its partners: news leads with
    what is new, and background follows."""
    kind, main, partners = scene.draft.type, scene.main, scene.draft.partners
    named = {number for passage in scene.passages if passage.is_title for number in passage.partners}
    counts = sorted(sum(n in passage.partners for passage in scene.passages) for n in partners)
    yield f"index={min(main.index, _FAR_DOWN)}"
    yield f"index={min(main.index, _FAR_DOWN)}:{kind}"
    yield f"part={main.index * _PARTS // len(scene.passages)}"
    yield f"in-title={len(named & partners)}"
    yield f"in-title={len(named & partners)}:{kind}"
    yield f"told={min(counts[0], _OFTEN)}:{min(counts[-1], _OFTEN)}"
    yield f"named={len(main.partners & partners)}"
    yield f"others={min(len(main.partners - partners), _OFTEN)}"
    yield f"passages={len(scene.draft.passages)}"


def _earlier_features(scene: Scene) -> Iterator[str]:
    """The cues of the sentence before: what is told among plans is planned too."""
    number = scene.draft.passages[0]
    if number:
        before = scene.passages[number - 1]
        where = "here" if before.paragraph == scene.main.paragraph else "before"
        yield from (f"earlier={where}:{cue}" for cue in sorted(before.cues))


def _later_features(scene: Scene) -> Iterator[str]:
    """What the last passage of a draft adds: a proposal is answered there, a delivery stops."""
    last = scene.passages[max(scene.draft.passages)]
    if last.index == min(scene.draft.passages):
        return
    yield from (f"later={cue}" for cue in sorted(last.cues))
    yield from (f"later:w={word}" for word in last.words)
    for trigger in last.triggers:
        yield f"later:e={trigger.entry.name}"
        yield f"later:{trigger.entry.type}:{trigger.entry.status}"


def _time_features(scene: Scene) -> Iterator[str]:
    if scene.published is None:
        return
    for mention in scene.main.mentions:
        if mention.label == "date" and mention.ref:
            yield f"time={relation_of(mention.ref, scene.published)}"
            yield f"time={mention.source}"
