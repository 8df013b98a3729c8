"""A draft in, the wording that tells it out: the verbs above its trigger with their tense and auxiliaries,
and the words and cues just before and after.

A sentence often tells several matters, each at another stage: what colours one does not colour its neighbour.
Where a language has no parser, the stretch between two marks stands in for the clause of a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.reports.codebook import Trigger
from kg.reports.passages import VERBS, Passage, Place
from kg.reports.scenes import Scene

#: The cues that say how far a matter got.
STAGES = frozenset(
    {"future", "conditional", "conditional-on", "wish", "ended", "ongoing", "past", "background", "negation"}
)
#: Relations of what belongs to the form of a verb, in both schemes that parsers use.
_AUXILIARY = frozenset({"aux", "aux:tense", "aux:pass", "aux:caus", "auxpass", "neg", "cop"})
_BESIDE_VERB = _AUXILIARY | {"advmod", "mark", "prt"}
_BESIDE_NOUN = frozenset({"det", "poss", "nmod:poss", "case", "amod", "prep"})
_FORM = ("Tense", "Aspect", "Mood", "VerbForm")
#: So many verbs up the tree are looked at.
_VERBS_UP = 4
#: What parts a sentence into stretches.
_MARKS = re.compile(r"[,;:—–()“”\"«»]|\s-\s")
_LINKING = frozenset({"ADV", "PART", "AUX", "SCONJ", "ADP"})
_COLOURING = (_LINKING - {"AUX"}) | {"VERB"}
#: So many words after the trigger are looked at, and so many characters before it are just before.
_WORDS_AFTER, _JUST_BEFORE = 6, 12


@dataclass(frozen=True, slots=True)
class _Wording:
    """The trigger that tells a draft in a passage, and its tokens."""

    passage: Passage
    kind: str
    trigger: Trigger
    tokens: tuple[Token, ...]


def wording_features(scene: Scene) -> Iterator[str]:
    """What the wording of the main passage tells of a draft."""
    kind, passage = scene.draft.type, scene.main
    for place in passage.places:
        if place.partner in scene.draft.partners:
            yield from _partner_features(place, kind)
    trigger = telling_trigger(scene)
    if trigger is None:
        return
    tokens = tuple(token for token in passage.span if trigger.start <= token.idx < trigger.end)
    wording = _Wording(passage, kind, trigger, tokens)
    if tokens and tokens[0].dep_:
        yield from _tree_features(wording)
    yield from _stretch_features(wording)
    yield from _cue_features(wording)


def telling_trigger(scene: Scene) -> Trigger | None:
    """The trigger of the draft's type that stands nearest to two of its partners; else any that does."""
    passage = scene.main
    own = [t for t in passage.triggers if t.entry.type == scene.draft.type] or passage.triggers
    spans = [
        [(m.start, m.end) for m in scene.partners[n].mentions if passage.start <= m.start < passage.end]
        for n in scene.draft.partners
    ]

    def away(trigger: Trigger) -> tuple[int, int]:
        gaps = sorted(
            min(max(start - trigger.end, trigger.start - end, 0) for start, end in own)
            for own in spans
            if own
        )
        return sum(gaps[:2]), trigger.start

    return min(own, key=away, default=None)


def verbs_above(token: Token) -> list[Token]:
    """The verbs that govern a token, itself included, the nearest first; their auxiliaries left out."""
    found: list[Token] = []
    for one in (token, *token.ancestors):
        is_verb = one.pos_ in VERBS and (one.dep_ not in _AUXILIARY or one.dep_ == "cop")
        if is_verb or any(child.dep_ == "cop" for child in one.children):
            found.append(one)
    return found[:_VERBS_UP]


def form_of(verb: Token) -> str:
    """Auxiliaries and form of a verb: ``have:Pres:Ind>Past/Perf/Part``."""
    parts = []
    for child in verb.children:
        if child.dep_ in _AUXILIARY:
            tense = child.morph.get("Tense", [])
            mood = child.morph.get("Mood", []) if tense else []
            parts.append(":".join([child.lemma_.lower(), *tense, *mood]))
    form = "/".join(value for name in _FORM for value in verb.morph.get(name, []))
    return f"{' '.join(parts)}>{form}"


def _partner_features(place: Place, kind: str) -> Iterator[str]:
    """The verb that a partner hangs on."""
    if not place.root.dep_:
        return
    verbs = verbs_above(place.root)
    if not verbs:
        return
    verb, form, lemma = verbs[0], form_of(verbs[0]), verbs[0].lemma_.lower()
    yield f"partner-form={form}"
    yield f"partner-form={form}:{kind}"
    yield f"partner-verb={lemma}"
    yield f"partner-verb={lemma}:{place.root.dep_}"
    yield f"partner-verb:{verb.dep_}"
    if len(verbs) > 1:
        yield f"partner-above={verbs[1].lemma_.lower()}:{verb.dep_}"


def _tree_features(wording: _Wording) -> Iterator[str]:
    inside = {token.i for token in wording.tokens}
    root = next((t for t in wording.tokens if t.head.i not in inside or t.head.i == t.i), wording.tokens[0])
    verbs = verbs_above(root)
    yield from _verb_features(verbs, wording.kind)
    yield from _group_features(verbs, wording)
    if root.pos_ in VERBS:
        return
    for child in root.children:
        if child.dep_ in _BESIDE_NOUN:
            yield f"noun={child.lower_}"
            yield f"noun={child.lower_}:{wording.kind}"
    yield f"noun:{root.dep_}"
    yield f"noun:{root.dep_}:{root.head.lower_}"


def _verb_features(verbs: Sequence[Token], kind: str) -> Iterator[str]:
    """Form and lemma of the verb at the trigger, of the one above, and of the first finite one."""
    if not verbs:
        yield "verb:none"
        return
    forms, lemmas = [form_of(verb) for verb in verbs], [verb.lemma_.lower() for verb in verbs]
    relation = verbs[0].dep_
    yield f"form={forms[0]}"
    yield f"form={forms[0]}:{kind}"
    yield f"form={forms[0]}:{relation}"
    yield f"verb={lemmas[0]}"
    yield f"verb={lemmas[0]}:{forms[0]}"
    yield f"verb:{relation}"
    finite = next((n for n, form in enumerate(forms) if "Fin" in form), None)
    if finite is not None:
        yield f"finite={forms[finite]}"
        yield f"finite={forms[finite]}:{finite}"
        yield f"finite={lemmas[finite]}:{finite}"
    if len(verbs) > 1:
        yield f"above={forms[1]}"
        yield f"above={forms[1]}:{relation}:{forms[0]}"
        yield f"above={lemmas[1]}:{relation}"
    for lemma in lemmas[1:]:
        yield f"above={lemma}"


def _group_features(verbs: Sequence[Token], wording: _Wording) -> Iterator[str]:
    """Cues and entries that the verbs above the trigger stand in, with their auxiliaries and adverbs."""
    for number, verb in enumerate(verbs):
        step = min(number, 2)
        group = [verb.idx, *(child.idx for child in verb.children if child.dep_ in _BESIDE_VERB)]
        for cue in sorted(
            {name for a, b, name in wording.passage.cue_places if any(a <= at < b for at in group)} & STAGES
        ):
            yield f"group{step}={cue}"
            yield f"group{step}={cue}:{wording.kind}"
        for trigger in wording.passage.triggers:
            if trigger.start <= verb.idx < trigger.end:
                yield f"group{step}:e={trigger.entry.name}"
                yield f"group{step}:{trigger.entry.type}:{trigger.entry.status}"


def _stretch_features(wording: _Wording) -> Iterator[str]:
    """What stands around the trigger between two marks."""
    passage, trigger, kind = wording.passage, wording.trigger, wording.kind
    marks = [passage.start, *(m.start() + passage.start for m in _MARKS.finditer(passage.text)), passage.end]
    start = max(mark for mark in marks if mark <= trigger.start)
    end = min((mark for mark in marks if mark > trigger.start), default=passage.end)
    for cue in sorted({name for a, b, name in wording.passage.cue_places if start <= a and b <= end}):
        yield f"stretch={cue}"
        yield f"stretch={cue}:{kind}"
    span, tokens = passage.span, passage.tokens
    inside = [
        number
        for number in range(span.start, span.end)
        if start <= tokens.starts[number] < end and not tokens.is_space[number]
    ]
    before = [number for number in inside if tokens.starts[number] < trigger.start]
    linking = [tokens.words[number] for number in before if tokens.pos[number] in _LINKING]
    verbs = [tokens.lemmas[number] for number in before if tokens.pos[number] == "VERB"]
    yield from (f"left={word}" for word in linking)
    yield from (f"left-verb={word}" for word in verbs)
    if linking:
        yield f"left:last={linking[-1]}"
    if verbs:
        yield f"left-verb:last={verbs[-1]}"
        yield f"left-verb:first={verbs[0]}"
    after = [number for number in inside if tokens.starts[number] >= trigger.end][:_WORDS_AFTER]
    yield from (f"right={tokens.words[number]}" for number in after if tokens.pos[number] in _COLOURING)


def _cue_features(wording: _Wording) -> Iterator[str]:
    """The nearest cues before and after the trigger, and whether a mark stands between.

    The cue ``past`` is in nearly every sentence of news: the forms of the verbs say more.
    """
    passage, trigger, kind = wording.passage, wording.trigger, wording.kind
    cues = [cue for cue in wording.passage.cue_places if cue[2] in STAGES]
    for name in sorted({name for start, _, name in cues if trigger.start <= start < trigger.end}):
        yield f"in={name}"
        yield f"in={name}:{kind}"
    cues = [cue for cue in cues if cue[2] != "past"]
    last = max((end for _, end, _ in cues if end <= trigger.start), default=None)
    if last is None:
        yield f"last=none:{kind}"
    else:
        parted = _is_parted(passage, last, trigger.start)
        for name in sorted({name for _, end, name in cues if end == last}):
            yield f"last={name}:{parted}"
            yield f"last={name}:{parted}:{kind}"
            if trigger.start - last < _JUST_BEFORE:
                yield f"last={name}:just-before"
    first = min((start for start, _, _ in cues if start >= trigger.end), default=None)
    if first is not None:
        parted = _is_parted(passage, trigger.end, first)
        for name in sorted({name for start, _, name in cues if start == first}):
            yield f"next={name}:{parted}"
            yield f"next={name}:{parted}:{kind}"


def _is_parted(passage: Passage, start: int, end: int) -> bool:
    return _MARKS.search(passage.text[start - passage.start : end - passage.start]) is not None
