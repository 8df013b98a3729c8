"""What a draft says beside who, what, how far and when: instrument and place."""

from __future__ import annotations

from kg.model import Mention
from kg.reports.grouping import FORUM_NAMED
from kg.reports.passages import Passage
from kg.reports.scenes import NEAR, Scene

#: What a place is found as when it is one: a town or a country.
_PLACES = frozenset({"capital", "city", "country"})


def choose_instrument(scene: Scene) -> str | None:
    """The kind of document named nearest to a trigger of an agreement."""
    if scene.draft.type != "agreement":
        return None
    named = _instruments(scene.main)
    if not named and scene.heading:
        named = _instruments(scene.passages[scene.heading.lead])
    triggers = [t for t in scene.main.triggers if t.entry.type == "agreement"]
    if not named:
        return None
    if not triggers:
        return named[0].ref
    return min(named, key=lambda m: (min(abs(m.start - t.start) for t in triggers), m.start)).ref


def _instruments(passage: Passage) -> list[Mention]:
    return [m for m in passage.mentions if m.label == "instrument" and m.ref]


def choose_place(scene: Scene) -> str | None:
    """The town, else the country, that the draft's passages name as a place, or the passages just before."""
    named: list[Mention] = []
    for number in scene.draft.passages[:2]:
        start = max(0, number - NEAR)
        nearest = [scene.passages[number], *reversed(scene.passages[start:number])]
        for passage in nearest:
            named += [m for m in passage.mentions if m.label == "place" and m.source in _PLACES]
    towns = [mention for mention in named if mention.source != "country"]
    return (towns or named)[0].text if named else None


def is_at_forum(scene: Scene) -> bool:
    """Whether the draft is told to have happened, in a passage that names a forum."""
    fired = {t.entry.name for number in scene.draft.passages for t in scene.passages[number].triggers}
    return scene.draft.type in ("agreement", "meeting") and FORUM_NAMED in fired
