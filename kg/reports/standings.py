"""Candidates in, figures out: how each sector or activity that an article names stands among the others.

The linear model (``topics``) looks at each candidate by itself; boosted trees weigh these figures beside
those of ``surroundings``, so that of several that the text names those are taken that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from kg.model import EVENT_TYPES, Mention
from kg.reports.codebook import Trigger
from kg.reports.passages import Place
from kg.reports.scenes import Scene

#: What ``rival_figures`` and ``topic_figures`` give, in their order.
RIVAL_FIGURES = ("odds", "rank", "lead", "best", "second", "others", "share")
TOPIC_FIGURES = (
    *("words", "terms", "named", "free", "all", "nearest", "to-own", "to-other", "closer", "to-trigger"),
    *("topics-here", "type", "told", "freer", "title", "clause"),
)
NAMED_FIGURES = (*RIVAL_FIGURES, *TOPIC_FIGURES)
#: Probabilities are kept this far from 0 and 1; passages farther than this are all far.
_LEAST, _FARTHEST = 1e-4, 6
#: From so many passages away on a topic is too remote to be weighed: one in a hundred such is right.
_REMOTE = {"sector": 3, "activity": 2}


@dataclass(frozen=True, eq=False)
class Candidates(Mapping[str, list[tuple[int, Mention]]]):
    """All ids that an article names, with the distance of each place that names them from a draft.

    What is asked of all of them together is worked out once.
    """

    scene: Scene
    label: str
    places: Mapping[str, list[tuple[int, Mention]]]

    def __getitem__(self, ref: str) -> list[tuple[int, Mention]]:
        """Give the places of one id."""
        return self.places[ref]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in the order of the text."""
        return iter(self.places)

    def __len__(self) -> int:
        """Count the ids."""
        return len(self.places)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The ids by how often they are named, from 0."""
        order = sorted(self.places, key=lambda ref: (-len(self.places[ref]), ref))
        return {ref: rank for rank, ref in enumerate(order)}

    @cached_property
    def likely(self) -> tuple[str, ...]:
        """Those that are worth weighing: named near the draft."""
        remote = _REMOTE[self.label]
        return tuple(
            ref for ref, places in self.places.items() if any(abs(gap) < remote for gap, _ in places)
        )

    @cached_property
    def total(self) -> int:
        """How many places there are."""
        return sum(map(len, self.places.values()))

    @cached_property
    def here(self) -> tuple[str, ...]:
        """What the draft's own passages name."""
        return tuple(ref for ref, places in self.places.items() if any(gap == 0 for gap, _ in places))

    @cached_property
    def beside(self) -> frozenset[int]:
        """Where the mentions of the draft's paragraphs start."""
        paragraphs = self.scene.paragraphs
        return frozenset(
            m.start for p in self.scene.passages if p.paragraph in paragraphs for m in p.mentions
        )

    @cached_property
    def held(self) -> Mapping[str, list[tuple[int, Mention, list[int]]]]:
        """The places of each likely id, with the partners whose names hold them."""
        return {
            ref: [(gap, mention, self.scene.setting.bearers(mention)) for gap, mention in self.places[ref]]
            for ref in self.likely
        }

    @cached_property
    def free(self) -> Mapping[str, list[Mention]]:
        """The mentions of each likely id in the draft's passages that no partner's name holds."""
        return {
            ref: [mention for gap, mention, bearers in held if gap == 0 and not bearers]
            for ref, held in self.held.items()
        }

    @cached_property
    def freest(self) -> tuple[int, int]:
        """The two highest numbers of such mentions."""
        counts = sorted((len(mentions) for mentions in self.free.values()), reverse=True)
        return (counts[0], counts[1] if len(counts) > 1 else 0) if counts else (0, 0)

    @cached_property
    def taking(self) -> list[tuple[int, int]]:
        """Where the draft's partners are named or meant."""
        return [(m.start, m.end) for n in self.scene.draft.partners for m in self.scene.partners[n].mentions]

    @cached_property
    def neighbours(self) -> tuple[list[Place], list[Place]]:
        """Where the main passage names the draft's partners, and where others."""
        places, own = self.scene.main.places, self.scene.draft.partners
        return [p for p in places if p.partner in own], [p for p in places if p.partner not in own]

    @cached_property
    def triggers(self) -> list[Trigger]:
        """The triggers of the draft's type in its main passage."""
        return [t for t in self.scene.main.triggers if t.entry.type == self.scene.draft.type]


def topic_candidates(scene: Scene, label: str) -> Candidates:
    """The ids of the sectors or activities (``label``) that the article names, as seen from a draft."""
    found: dict[str, list[tuple[int, Mention]]] = {}
    for passage, mention in scene.setting.mentions.get(label, ()):
        found.setdefault(str(mention.ref), []).append((scene.distance(passage), mention))
    return Candidates(scene, label, found)


def rival_figures(probabilities: Sequence[float]) -> list[tuple[float, ...]]:
    """How each candidate stands among the others by what the linear model says of each by itself."""
    order = sorted(probabilities, reverse=True)
    total = sum(probabilities)
    rows: list[tuple[float, ...]] = []
    for own in probabilities:
        place = order.index(own)
        rest = order[:place] + order[place + 1 :][: max(0, 2 - place)]
        best, second = (*rest, 0.0, 0.0)[:2]
        odds = log_odds(own)
        rows.append((odds, place, odds - log_odds(best), best, second, total - own, own / (total + 1e-9)))
    return rows


def name_standings(
    refs: Sequence[str], alone: Sequence[float], figures: Sequence[Sequence[float]]
) -> dict[str, tuple[float, ...]]:
    """The ``NAMED_FIGURES`` of the topics that are named near a draft, by what a linear model says of each
    alone and by their ``topic_figures``.
    """
    rivals = rival_figures(alone)
    return {ref: (*rivals[n], *figures[n]) for n, ref in enumerate(refs)}


def log_odds(probability: float) -> float:
    """Turn a probability into a score, within reason."""
    return log(max(probability, _LEAST) / max(1 - probability, _LEAST))


def topic_figures(scene: Scene, label: str, ref: str, candidates: Candidates) -> tuple[float, ...]:
    """How often, how near and with how many words the draft's passages name the topic."""
    places = candidates[ref]
    own, free = [m for gap, m in places if gap == 0], candidates.free[ref]
    main = scene.main
    in_main = [m for m in free or own if main.start <= m.start < main.end]
    mine, others = candidates.neighbours
    to_own, to_other = _gap(in_main, mine), _gap(in_main, others)
    most, second = candidates.freest
    rival = second if len(free) == most else most
    nearest = min((gap for gap, _ in places), key=abs)
    named, tellers = scene.setting.topics[label], scene.tellers[0]
    title_end, _ = scene.setting.beginnings
    clause = scene.clause
    return (
        len({m.text.lower() for m in own}),
        sum(m.source != "weak" for m in own),
        len(own),
        len(free),
        len(places),
        max(-_FARTHEST, min(_FARTHEST, nearest)),
        to_own,
        to_other,
        to_own - to_other if to_own >= 0 and to_other >= 0 else 0,
        _gap(in_main, candidates.triggers),
        len(candidates.here),
        EVENT_TYPES.index(scene.draft.type),
        sum(ref in named[n] for n in tellers) / len(tellers) if tellers else -1,
        len(free) - rival,
        sum(m.start < title_end for _, m in places),
        sum(clause.start <= m.start < clause.end for m in in_main),
    )


def _gap(mentions: Sequence[Mention], spans: Sequence[Place] | Sequence[Trigger]) -> int:
    """The fewest characters between one of the mentions and one of the spans; -1 without either."""
    return min((max(s.start - m.end, m.start - s.end, 0) for m in mentions for s in spans), default=-1)
