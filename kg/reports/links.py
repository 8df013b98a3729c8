"""Passages and partners in, links out: which two partners a passage brings together, in which type of event, how surely.

Three learned decisions: the part of each partner alone, the bond of each two, and both joined. What they see is in
``features``; the rules that found the triggers are in the codebook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from kg.model import EVENT_TYPES, Partner
from kg.reports.candidates import Pair, Role, make_pairs, make_roles
from kg.reports.features import pair_features, role_features
from kg.reports.passages import Passage
from kg.reports.weights import Models

#: Roles by (partner, type) or pairs by (pair, type): the best probability in the article.
Best = dict[tuple[object, str], float]


@dataclass(frozen=True, slots=True)
class Link:
    """Two partners (indices, the lower first) joined in an event of ``type`` by a passage."""

    type: str
    passage: int
    pair: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with its own probabilities and those of its two roles, by type in the order of ``EVENT_TYPES``."""

    pair: Pair
    bond: Sequence[float]
    first: Sequence[float]
    second: Sequence[float]


def find_links(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Link]:
    """All links with their probability; the caller decides which are sure enough."""
    scored = score_pairs(passages, partners, lang, models)
    tops = best_roles(scored)
    links: list[Link] = []
    for item in scored:
        for number, kind in enumerate(EVENT_TYPES):
            features = joint_features(item, number, tops)
            probability = models.joint.probabilities(features)[0]
            links.append(Link(kind, item.pair.passage.index, item.pair.key, probability))
    return links


def score_pairs(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Scored]:
    """Apply the models of roles and of bonds."""
    scored: list[Scored] = []
    for roles in make_roles(passages):
        parts = {
            role.place.partner: models.roles.probabilities(role_features(role, passages, partners, lang))
            for role in roles
        }
        for pair in make_pairs(roles):
            bond = models.pairs.probabilities(pair_features(pair, passages, partners, lang))
            scored.append(Scored(pair, bond, parts[_index(pair.first)], parts[_index(pair.second)]))
    return scored


def best_roles(scored: Sequence[Scored]) -> dict[tuple[int, int], float]:
    """The surest part of each (partner, number of the type) in the article."""
    tops: dict[tuple[int, int], float] = defaultdict(float)
    for item in scored:
        for role, parts in ((item.pair.first, item.first), (item.pair.second, item.second)):
            for number, probability in enumerate(parts):
                key = (_index(role), number)
                tops[key] = max(tops[key], probability)
    return tops


def joint_features(
    item: Scored, number: int, tops: dict[tuple[int, int], float]
) -> list[str | tuple[str, float]]:
    """What the last decision looks at: the logits of the three others, and the type."""
    kind = EVENT_TYPES[number]
    low, high = sorted((logit(item.first[number]), logit(item.second[number])))
    bond = logit(item.bond[number])
    rivals = max(logit(p) for other, p in enumerate(item.bond) if other != number)
    tops_of_both = [logit(tops[_index(role), number]) for role in (item.pair.first, item.pair.second)]
    features: list[str | tuple[str, float]] = [
        f"type={kind}",
        ("low", low),
        ("high", high),
        ("bond", bond),
        ("rivals", rivals),
        ("top", min(tops_of_both)),
        (f"low:{kind}", low),
        (f"high:{kind}", high),
        (f"bond:{kind}", bond),
    ]
    if item.pair.distance:
        features.append(f"away={item.pair.distance}")
    return features


def logit(probability: float) -> float:
    """The log-odds, kept within reason."""
    clipped = min(max(probability, 0.002), 0.998)
    return log(clipped / (1 - clipped))


def _index(role: Role) -> int:
    return role.place.partner
