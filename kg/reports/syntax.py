"""The construction that a partner stands in: its neighbours, its relation and preposition, the trigger that
governs it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reports.passages import Passage, Place

#: How many steps up the tree the governing trigger may be.
_STEPS = 5
#: Relations that only pass on the relation of what they hang on.
_TRANSPARENT = frozenset({"conj", "appos", "pobj"})


def neighbour_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """The words just before and after, in lower case."""
    span = passage.span
    doc = span.doc
    before = [t.lower_ for t in doc[max(span.start, place.first - 3) : place.first] if not t.is_space]
    after = [t.lower_ for t in doc[place.last + 1 : min(span.end, place.last + 3)] if not t.is_space]
    yield f"{name}-1={before[-1] if before else '^'}"
    if before:
        yield f"{name}-2={' '.join(before[-2:])}"
    yield f"{name}+1={after[0] if after else '$'}"


def syntax_features(name: str, place: Place, passage: Passage) -> Iterator[str]:
    """Relation, preposition and governing entry; nothing where the language has no parser."""
    root = place.root
    if not root.dep_:
        return
    case = next((child.lower_ for child in root.children if child.dep_ in ("case", "prep")), "")
    if not case and root.dep_ == "pobj":
        case = root.head.lower_
    yield f"dep_{name}={root.dep_}"
    yield f"case_{name}={case}"
    covering = [(trigger.start, trigger.end, trigger.entry.name) for trigger in passage.triggers]
    token, relation = root, root.dep_
    for _ in range(_STEPS):
        if token.head is token:
            return
        token = token.head
        if relation in _TRANSPARENT:
            relation = token.dep_
        names = [entry for start, end, entry in covering if start <= token.idx < end]
        for entry in names:
            yield f"gov_{name}={entry}:{relation}:{case}"
            yield f"gov_{name}={entry}"
        if names:
            return
