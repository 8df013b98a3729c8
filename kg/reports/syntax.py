"""The construction that a partner stands in: its neighbours, its relation and preposition, the trigger that
governs it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.reports.passages import Passage, Place

#: How many steps up the tree the governing trigger may be.
_STEPS = 5
#: Relations that only pass on the relation of what they hang on.
_TRANSPARENT = frozenset({"conj", "appos", "pobj"})
#: How far a joint may stand before the partner: "with the vice-president of".
_JOINT_GAP = 60


def construction_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """All that the construction tells of a partner; ``name`` says whose features they are."""
    yield from _syntax_features(name, place, passage)
    yield from _neighbour_features(name, place, passage)
    yield from _joint_features(name, place, passage)


def inflection(token: Token, *names: str) -> str:
    """The values of some features of a word's form: "Past+Fin" for ``Tense`` and ``VerbForm``."""
    return "+".join(value for name in names for value in token.morph.get(name, []))


def _neighbour_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """The words just before and after, in lower case."""
    span, tokens = passage.span, passage.tokens
    before = tokens.words_in(max(span.start, place.first - 3), place.first)
    after = tokens.words_in(place.last + 1, min(span.end, place.last + 3))
    yield f"{name}-1={before[-1] if before else '^'}"
    if before:
        yield f"{name}-2={' '.join(before[-2:])}"
    yield f"{name}+1={after[0] if after else '$'}"


def _syntax_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """Relation, preposition and governing entry; nothing where the language has no parser."""
    root = place.root
    if not root.dep_:
        return
    yield f"dep_{name}={root.dep_}"
    yield f"case_{name}={_case(root)}"
    for entry, relation in _governors(place, passage):
        yield f"gov_{name}={entry}:{relation}"
        yield f"gov_{name}={entry}"


def _joint_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """The construction "meeting with the head of X": a trigger, a joint, nobody else before the partner."""
    edge = max((p.end for p in passage.places if p.end <= place.start), default=passage.start)
    inside = [joint for joint in passage.joints if edge <= joint[0] and joint[1] <= place.start]
    joint = inside[-1] if inside else None
    if joint is None or place.start - joint[1] > _JOINT_GAP:
        return
    yield f"{name}_joint={joint[2]}"
    before = [trigger for trigger in passage.triggers if trigger.end <= joint[0] + 1]
    if before:
        trigger = max(before, key=lambda t: (t.end, t.start))
        yield f"{name}_joint={joint[2]}:{trigger.entry.type}"
        yield f"{name}_joint={joint[2]}:{trigger.entry.name}"


def shared_governors(first: Place, second: Place, passage: Passage) -> Iterator[str]:
    """The triggers that govern both, with the two relations: subject and "with" of one signing."""
    others = dict(_governors(second, passage))
    for entry, relation in _governors(first, passage):
        if entry in others:
            yield f"govs={entry}"
            yield f"govs={entry}:{relation}+{others[entry]}"
            yield f"govs={relation}+{others[entry]}"


def root_features(passage: Passage) -> Iterator[str]:
    """The verb of a sentence and what hangs on it, with the triggers there; nothing without a parser."""
    root = passage.span.root
    if not root.dep_:
        return
    yield f"root={root.lemma_.lower()}"
    yield from (f"root={name}" for name in _fired_on(root, passage))
    for child in root.children:
        if child.dep_ in _ARGUMENTS:
            yield from (f"root_{child.dep_}={name}" for name in _fired_on(child, passage))
        if child.dep_ in _OBJECTS:
            yield f"object={child.lemma_.lower()}"


def _fired_on(token: Token, passage: Passage) -> list[str]:
    """The entries of the triggers that touch a token."""
    start, end = token.idx, token.idx + len(token)
    return [trigger.entry.name for trigger in passage.triggers if trigger.start < end and start < trigger.end]


#: What hangs on a verb and says what is done, in the schemes of the parsers.
_OBJECTS = frozenset({"obj", "dobj"})
_ARGUMENTS = _OBJECTS | {"nsubj", "nsubj:pass", "nsubjpass", "obl", "obl:arg", "xcomp", "prep"}


def _case(root: Token) -> str:
    case = next((child.lower_ for child in root.children if child.dep_ in ("case", "prep")), "")
    return root.head.lower_ if not case and root.dep_ == "pobj" else case


def _governors(place: Place, passage: Passage) -> list[tuple[str, str]]:
    """The entries of the nearest trigger up the tree, each with the place's relation to it."""
    root = place.root
    if not root.dep_:
        return []
    case = _case(root)
    covering = [(trigger.start, trigger.end, trigger.entry.name) for trigger in passage.triggers]
    token, relation = root, root.dep_
    for _ in range(_STEPS):
        if token.head is token:
            return []
        token = token.head
        if relation in _TRANSPARENT:
            relation = token.dep_
        names = [entry for start, end, entry in covering if start <= token.idx < end]
        if names:
            return [(entry, f"{relation}:{case}") for entry in names]
    return []
