"""Passages and partners in, links out: which two partners a passage brings together, in which type of
event, how surely.

Three learned decisions. Two look at words and constructions: the part of each partner in a passage, and the
bond of each two (``features``). The last one, of trees, weighs these against all their
rivals in the passage and the article: of all that a sentence names, who is meant?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import EVENT_TYPES, Partner
from kg.reports.candidates import TITLE, Pair, make_pairs, make_roles
from kg.reports.constraints import Constraints
from kg.reports.features import (
    Stretch,
    pair_features,
    pair_stretch,
    passage_features,
    role_features,
    role_stretch,
    stretch_features,
)
from kg.reports.passages import Passage
from kg.reports.rivals import ANY_FIGURES, RANK_FIGURES, Rivals, Scored
from kg.reports.weights import Models
from kg.weights import FeatureTable, Figures, probabilities, shares

#: Pairs whose bond and whose weaker role are both below this are not looked at further.
HOPELESS = 0.05
#: With a partner that is less likely than this to take part in anything, no bond is weighed.
UNLIKELY = 0.25


@dataclass(frozen=True, slots=True)
class Link:
    """Two partners (indices, the lower first) joined in an event of ``type`` by a passage."""

    type: str
    passage: int
    pair: tuple[int, int]
    probability: float
    #: The construction that has changed the probability, as in ``constraints``.
    ruled_by: str | None = None


def find_links(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Link]:
    """All links with their probability; the caller decides which are sure enough."""
    return join(score_pairs(passages, partners, lang, models), partners, models)


def join(scored: Sequence[Scored], partners: Sequence[Partner], models: Models) -> list[Link]:
    """Apply the last decision to pairs whose roles and bonds are weighed, within what constructions say."""
    rivals, constraints = Rivals(scored), Constraints(scored)
    rows: list[list[float]] = []
    places: list[tuple[Scored, int]] = []
    for item in scored:
        told = constraints.type_of(item.pair)
        numbers = [number for number in _TYPES if number == told or item.is_worth_it(number, HOPELESS)]
        rows.extend(joint_figures(item, numbers, rivals, partners) if numbers else ())
        places.extend((item, number) for number in numbers)
    weighed = zip(places, models.joint.probabilities(rows), strict=True)
    return [_link(item.pair, number, chance, constraints) for (item, number), chance in weighed]


def _link(pair: Pair, number: int, probability: float, constraints: Constraints) -> Link:
    bound = constraints.bound_of(pair, number)
    kept = bound.hold(probability)
    ruled_by = bound.why if kept != probability else None
    return Link(EVENT_TYPES[number], pair.passage.index, pair.key, kept, ruled_by)


def score_pairs(
    passages: Sequence[Passage], partners: Sequence[Partner], lang: str, models: Models
) -> list[Scored]:
    """Apply the models of roles and of bonds."""
    told = [roles for roles in make_roles(passages) if len(roles) > 1]
    shared = [_Shared(roles[0].passage, passages, lang) for roles in told]
    # The roles of all passages at once: a call costs more than a row.
    (parts,) = models.roles.table.scores(
        [role_features(role, passages, partners) for roles in told for role in roles],
        [
            own.sums(models.roles.table, role_stretch(role))
            for roles, own in zip(told, shared, strict=True)
            for role in roles
        ],
    )
    chances = map(probabilities, parts)
    scored: list[Scored] = []
    for roles, own in zip(told, shared, strict=True):
        part_of = {role.place.partner: next(chances) for role in roles}
        pairs = [pair for pair in make_pairs(roles) if is_likely(pair, *(part_of[n] for n in pair.key))]
        bonds, kinds = models.pair_table.scores(
            [pair_features(pair, passages, partners) for pair in pairs],
            [own.sums(models.pair_table, pair_stretch(pair)) for pair in pairs],
        )
        scored.extend(
            Scored(
                pair,
                probabilities(bond),
                shares(kind),
                part_of[pair.first.place.partner],
                part_of[pair.second.place.partner],
            )
            for pair, bond, kind in zip(pairs, bonds, kinds, strict=True)
        )
    return scored


def is_likely(pair: Pair, first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether both roles are likely enough, in any type of event at all, for their bond to be weighed."""
    return min(first[-1], second[-1]) >= UNLIKELY or pair.passage.heading is not None


class _Shared:
    """The sums of what all candidates of a passage share, each made once."""

    def __init__(self, passage: Passage, passages: Sequence[Passage], lang: str) -> None:
        self._passage = passage
        self._features: dict[Stretch, list[str]] = {None: passage_features(passage, passages, lang)}
        self._sums: dict[tuple[int, Stretch], Figures] = {}

    def sums(self, table: FeatureTable, stretch: Stretch) -> Figures:
        key = (id(table), stretch)
        if key not in self._sums:
            start = None if stretch is None else self.sums(table, None)
            if stretch not in self._features:
                self._features[stretch] = stretch_features(self._passage, stretch)
            self._sums[key] = table.sums(self._features[stretch], start)
        return self._sums[key]


#: The figures of the last decision, in the order of ``joint_figures``.
FIGURES = (
    *(f"is_{kind}" for kind in EVENT_TYPES),
    *RANK_FIGURES,
    *("first_here", "second_here", "distance", "places"),
    *("countries", "is_same_country", "persons", "groups", "less_sure", "surer", "is_title"),
    *("first_focus", "second_focus"),
    *ANY_FIGURES,
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
    placed = [
        float(pair.first.is_here),
        float(pair.second.is_here),
        float(min(pair.distance, TITLE)),
        float(len(passage.places)),
        *_agent_figures(pair, partners),
        float(passage.is_title),
        float(min(pair.first.focus, 9)),
        float(min(pair.second.focus, 9)),
    ]
    ranks, anything, triggers = rivals.ranks(item), rivals.anything(item), _TriggerFigures(pair)
    for number in numbers:
        yield [
            *_ONE_HOT[number],
            *ranks[number],
            *placed,
            *anything[number],
            *triggers.of(EVENT_TYPES[number]),
        ]


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
            float(passage.is_item),
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
        min(partner.probability for partner in both),
        max(partner.probability for partner in both),
    ]
