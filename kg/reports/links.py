"""Passages and partners in, links out: which two partners a passage brings together, in which type of
event, how surely.

Three learned decisions. Two linear ones look at words and constructions: the part of each partner in a
passage, and the bond of each two (``features``). The last one, of trees, weighs these against all their
rivals in the passage and the article: of all that a sentence names, who is meant?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from kg.model import EVENT_TYPES, Partner
from kg.reports.candidates import TITLE, Pair, make_pairs, make_roles
from kg.reports.features import (
    Stretch,
    pair_features,
    pair_stretch,
    role_features,
    role_stretch,
    shared_features,
)
from kg.reports.passages import Passage
from kg.reports.weights import LinearModel, Models

#: Pairs whose bond and whose weaker role are both below this are not looked at further.
HOPELESS = 0.01
#: How sure it is that a body named after two countries is their programme.
_JOINT_BODY = 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """Two partners (indices, the lower first) joined in an event of ``type`` by a passage."""

    type: str
    passage: int
    pair: tuple[int, int]
    probability: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with its own probabilities and those of its two roles, by type as in ``EVENT_TYPES``.

    ``bond`` and the roles end with one more, for any type at all; ``kinds`` says which type it would be and
    sums to one.
    """

    pair: Pair
    bond: Sequence[float]
    kinds: Sequence[float]
    first: Sequence[float]
    second: Sequence[float]

    def is_worth_it(self, number: int, least: float) -> bool:
        """Whether the bond or both roles reach a probability at all."""
        return self.bond[number] >= least or min(self.first[number], self.second[number]) >= least


def find_links(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Link]:
    """All links with their probability; the caller decides which are sure enough."""
    return join(score_pairs(passages, partners, lang, models), partners, models)


def join(scored: Sequence[Scored], partners: Sequence[Partner], models: Models) -> list[Link]:
    """Apply the last decision to pairs whose roles and bonds are weighed."""
    rivals = Rivals(scored)
    rows: list[list[float]] = []
    places: list[tuple[Scored, int]] = []
    for item in scored:
        numbers = [number for number in _TYPES if item.is_worth_it(number, HOPELESS)]
        rows.extend(joint_figures(item, numbers, rivals, partners) if numbers else ())
        places.extend((item, number) for number in numbers)
    return [
        Link(
            EVENT_TYPES[number],
            item.pair.passage.index,
            item.pair.key,
            max(probability, _JOINT_BODY if _is_joint_body(item.pair, number) else 0.0),
        )
        for (item, number), probability in zip(places, models.joint.probabilities(rows), strict=True)
    ]


def _is_joint_body(pair: Pair, number: int) -> bool:
    """Whether a passage tells of a body that bears the names of both countries, in the words of a programme.

    Such a body (see ``partners.joint``) is a joint programme of the two by its very name.
    """
    first, second = pair.first.place, pair.second.place
    span = (first.start, first.end)
    return (
        EVENT_TYPES[number] == "programme"
        and pair.distance == 0
        and first.label == second.label == "group"
        and span == (second.start, second.end)
        and any(p.label == "partner" and (p.start, p.end) == span for p in pair.passage.places)
        and any(trigger.entry.type == "programme" for trigger in pair.passage.triggers)
    )


def score_pairs(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Scored]:
    """Apply the models of roles and of bonds."""
    scored: list[Scored] = []
    for roles in make_roles(passages):
        if len(roles) < 2:
            continue
        shared = _Shared(roles[0].passage, passages, lang)
        parts = {
            role.place.partner: models.roles.probabilities(
                role_features(role, passages, partners), shared.scores(models.roles, role_stretch(role))
            )
            for role in roles
        }
        for pair in make_pairs(roles):
            found, stretch = pair_features(pair, passages, partners), pair_stretch(pair)
            bond = models.pairs.probabilities(found, shared.scores(models.pairs, stretch))
            kinds = models.kinds.distribution(found, shared.scores(models.kinds, stretch))
            first, second = pair.first.place.partner, pair.second.place.partner
            scored.append(Scored(pair, bond, kinds, parts[first], parts[second]))
    return scored


class _Shared:
    """The sums of what all candidates of a passage share, each made once."""

    def __init__(self, passage: Passage, passages: Sequence[Passage], lang: str) -> None:
        self._passage, self._passages, self._lang = passage, passages, lang
        self._features: dict[Stretch, list[str]] = {}
        self._sums: dict[tuple[int, Stretch], list[float]] = {}

    def scores(self, model: LinearModel, stretch: Stretch) -> list[float]:
        key = (id(model), stretch)
        if key not in self._sums:
            if stretch not in self._features:
                found = shared_features(self._passage, self._passages, stretch, self._lang)
                self._features[stretch] = found
            self._sums[key] = model.scores(self._features[stretch])
        return self._sums[key]


class Rivals:
    """The surest bonds and roles of an article, to compare each pair with."""

    def __init__(self, scored: Sequence[Scored]) -> None:
        self.role: dict[tuple[int, int], float] = defaultdict(float)
        self.bonds: dict[tuple[int, int], list[float]] = defaultdict(list)
        self._partner: dict[tuple[int, int, int], list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        self._pair: dict[tuple[tuple[int, int], int], list[tuple[float, int]]] = defaultdict(list)
        for item in scored:
            self._add(item)
        for rivals in self._partner.values():
            rivals.sort(reverse=True)
        for places in self._pair.values():
            places.sort(reverse=True)
        for bonds in self.bonds.values():
            bonds.sort(reverse=True)

    def _add(self, item: Scored) -> None:
        passage, key = item.pair.passage.index, item.pair.key
        for number, bond in enumerate(item.bond):
            self.bonds[passage, number].append(bond)
            self._pair[key, number].append((bond, passage))
            for role, parts in ((item.pair.first, item.first), (item.pair.second, item.second)):
                partner = role.place.partner
                self._partner[passage, partner, number].append((bond, key))
                self.role[partner, number] = max(self.role[partner, number], parts[number])

    def other_bond(self, item: Scored, partner: int, number: int) -> float:
        """The surest bond of a partner with somebody else in the same passage."""
        ranked = self._partner[item.pair.passage.index, partner, number]
        return next((bond for bond, key in ranked if key != item.pair.key), 0.0)

    def elsewhere(self, item: Scored, number: int) -> float:
        """The surest bond of the same pair in another passage."""
        ranked = self._pair[item.pair.key, number]
        return next((bond for bond, passage in ranked if passage != item.pair.passage.index), 0.0)


#: The figures of the last decision, in the order of ``joint_figures``.
FIGURES = (
    *(f"is_{kind}" for kind in EVENT_TYPES),
    *("bond", "low", "high", "rank", "behind", "others_low", "others_high", "sure_here"),
    *("bond_as_other", "low_as_other", "passage_as_other", "elsewhere", "elsewhere_as_other"),
    *("top_low", "top_high", "first_here", "second_here", "distance", "places"),
    *("countries", "is_same_country", "persons", "groups", "is_title"),
    *("any", "any_low", "any_high", "any_behind", "kind", "kind_rank", "both"),
    *("triggers", "trigger_between", "trigger_gap", "rival_triggers", "is_list"),
    *("wish", "future", "ended", "negation"),
    *("clauses", "own_in_clause", "rivals_in_clause", "wish_in_clause", "opinion_in_clause"),
)

_TYPES = range(len(EVENT_TYPES))
_ONE_HOT = [[float(n == number) for n in _TYPES] for number in _TYPES]
#: Beyond this many characters a trigger is as good as absent.
_FAR = 200


def joint_figures(
    item: Scored, numbers: Iterable[int], rivals: Rivals, partners: Sequence[Partner]
) -> Iterator[list[float]]:
    """What the last decision looks at, for each of some types: one number for each of ``FIGURES``."""
    pair, passage = item.pair, item.pair.passage
    lows = [min(one, other) for one, other in zip(item.first, item.second, strict=True)]
    highs = [max(one, other) for one, other in zip(item.first, item.second, strict=True)]
    ranks = _RankFigures(item, lows, highs, rivals)
    placed = [
        float(pair.first.is_here),
        float(pair.second.is_here),
        float(min(pair.distance, TITLE)),
        float(len(passage.places)),
        *_agent_figures(pair, partners),
        float(passage.is_title),
    ]
    anything = _any_figures(item, lows[-1], highs[-1], rivals)
    triggers = _TriggerFigures(pair)
    for number in numbers:
        kind = item.kinds[number]
        yield [
            *_ONE_HOT[number],
            *ranks.of(number),
            *placed,
            *anything,
            logit(kind),
            float(sum(other > kind for other in item.kinds)),
            logit(item.bond[-1] * kind),
            *triggers.of(EVENT_TYPES[number]),
        ]


class _RankFigures:
    """How sure a pair is of a type, beside other pairs, other types and other passages."""

    def __init__(self, item: Scored, lows: Sequence[float], highs: Sequence[float], rivals: Rivals) -> None:
        self._item, self._lows, self._highs, self._rivals = item, lows, highs, rivals
        self._ids = (item.pair.first.place.partner, item.pair.second.place.partner)
        self._elsewhere = [rivals.elsewhere(item, number) for number in _TYPES]
        self._here = [rivals.bonds[item.pair.passage.index, number] for number in _TYPES]
        every = (item.bond, lows, [bonds[0] for bonds in self._here], self._elsewhere)
        self._others = [[logit(value) for value in _best_others(values)] for values in every]

    def of(self, number: int) -> list[float]:
        """The figures for one type of event."""
        bond, here, rivals = self._item.bond[number], self._here[number], self._rivals
        around = sorted(rivals.other_bond(self._item, partner, number) for partner in self._ids)
        tops = sorted(rivals.role[partner, number] for partner in self._ids)
        as_other, low_as_other, passage_as_other, elsewhere_as_other = self._others
        return [
            logit(bond),
            logit(self._lows[number]),
            logit(self._highs[number]),
            float(min(sum(other > bond for other in here), 20)),
            logit(bond) - logit(here[0]),
            logit(around[0]),
            logit(around[1]),
            float(min(sum(other > 0.3 for other in here), 20)),
            as_other[number],
            low_as_other[number],
            passage_as_other[number],
            logit(self._elsewhere[number]),
            elsewhere_as_other[number],
            logit(tops[0]),
            logit(tops[1]),
        ]


def _best_others(values: Sequence[float]) -> list[float]:
    """For each type the highest value that another type has."""
    return [max(values[other] for other in _TYPES if other != number) for number in _TYPES]


def _any_figures(item: Scored, low: float, high: float, rivals: Rivals) -> list[float]:
    """Whether there is any event at all."""
    any_here = rivals.bonds[item.pair.passage.index, len(EVENT_TYPES)]
    bond = logit(item.bond[-1])
    return [bond, logit(low), logit(high), bond - logit(any_here[0])]


class _TriggerFigures:
    """Where triggers stand in a passage and in the clauses that name a pair, and what these say of time and
    will."""

    def __init__(self, pair: Pair) -> None:
        passage = pair.passage
        here = [role.place for role in (pair.first, pair.second) if role.is_here]
        low = min((place.end for place in here), default=passage.start)
        high = max((place.start for place in here), default=passage.end)
        #: Of each trigger its type, how far it stands from the two, and whether it stands between them.
        self._here = [
            (t.entry.type, max(low - t.end, t.start - high, 0), low <= t.start and t.end <= high)
            for t in passage.triggers
        ]
        self._cues = [
            float(passage.text.lstrip()[:1] in "-–•*"),
            *(float(cue in passage.cues) for cue in ("wish", "future", "ended", "negation")),
        ]
        stretch, every = pair_stretch(pair), passage.clauses
        clauses = every if stretch is None else every[stretch[0] : stretch[1] + 1]
        self._clauses = float(len(every) - len(clauses))
        self._in_clauses = [trigger.entry.type for clause in clauses for trigger in clause.triggers]
        self._clause_cues = [
            float(any(cue in clause.cues for clause in clauses)) for cue in ("wish", "opinion")
        ]

    def of(self, kind: str) -> list[float]:
        """The figures for one type of event."""
        own = [(gap, between) for name, gap, between in self._here if name == kind]
        in_clauses = self._in_clauses.count(kind)
        return [
            float(min(len(own), 5)),
            float(sum(between for _, between in own)),
            float(min([_FAR, *(gap for gap, _ in own)])),
            float(min(len(self._here) - len(own), 10)),
            *self._cues,
            self._clauses,
            float(min(in_clauses, 5)),
            float(min(len(self._in_clauses) - in_clauses, 10)),
            *self._clause_cues,
        ]


def _agent_figures(pair: Pair, partners: Sequence[Partner]) -> list[float]:
    places = (pair.first.place, pair.second.place)
    both = [partners[place.partner] for place in places]
    countries = {partner.country for partner in both}
    return [
        float(sum(partner.kind == "country" for partner in both)),
        float(len(countries) == 1 and None not in countries),
        float(sum(place.label == "person" for place in places)),
        float(sum(place.label == "group" for place in places)),
    ]


def logit(probability: float) -> float:
    """The log-odds, kept within reason."""
    clipped = 0.002 if probability < 0.002 else 0.998 if probability > 0.998 else probability
    return log(clipped / (1 - clipped))
