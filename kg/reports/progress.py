"""A draft in, its status out: how far it got, as its passages tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.reports.passages import CONTENT, Clause, Passage
from kg.reports.scenes import Scene, relation_of
from kg.reports.weights import Models

#: A relationship of states, and what makes a document of it after all.
_STANDING = "agreement.strategic-partnership"
_SIGNING = frozenset({"agreement.sign", "agreement.exchange-documents", "agreement.declaration"})
#: Words that colour a verb rather than name a thing.
_SMALL = frozenset({"PART", "ADV", "SCONJ", "AUX"})
_SHORT = 8


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
        yield from _cue_features(passage.cues, kind)
        for trigger in passage.triggers:
            yield f"e={trigger.entry.name}"
            if trigger.entry.type == kind:
                yield f"own={trigger.entry.name}"
                yield f"word={passage.word_of(trigger)}"
            if near and min(max(a - trigger.end, trigger.start - b, 0) for a, b in near) < 25:
                yield f"near={trigger.entry.name}"
        yield from _verb_features(passage)
        yield from _nearest_features(scene, passage, near)
        if passage.is_title:
            yield "title"
    yield from _time_features(scene)
    yield from _clause_features(scene)


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
    tokens = [t for t in passage.span if clause.start <= t.idx < clause.end and not t.is_space]
    for token in tokens:
        if token.pos_ in ("VERB", "AUX") and (tense := _tense(token)):
            yield f"c:tense={tense}"
        elif token.pos_ in _SMALL and len(token) <= _SHORT:
            yield f"c:f={token.lower_}"
    for first, second in pairwise(tokens):
        if first.is_alpha and second.is_alpha:
            yield f"c:b={scene.lang}:{first.lower_}_{second.lower_}"
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


def _tense(token: Token) -> str:
    return "+".join(value for name in ("Tense", "Mood", "VerbForm") for value in token.morph.get(name, []))


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
    tense = _tense(verb)
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
            tense = _tense(token)
            if tense:
                yield f"tense={tense}"
                if token.idx in starts:
                    yield f"tense={tense}:trigger"
                if token.dep_ in ("ROOT", "conj"):
                    yield f"tense={tense}:{token.dep_}"
        elif token.pos_ in ("PART", "ADV", "SCONJ") and len(token) <= _SHORT:
            yield f"f={token.lower_}"


def _time_features(scene: Scene) -> Iterator[str]:
    if scene.published is None:
        return
    for mention in scene.main.mentions:
        if mention.label == "date" and mention.ref:
            yield f"time={relation_of(mention.ref, scene.published)}"
            yield f"time={mention.source}"
