"""A draft and its status in, the dates that it may have out, each with what speaks for it.

The candidates are the dates of the article and the month in which it appeared. They are weighed against each
other and against having no date at all: a row of features each, "none" being the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.model import Mention
from kg.reports.codebook import Trigger
from kg.reports.features import bucket
from kg.reports.passages import VERBS, Passage, Place
from kg.reports.scenes import NEAR, Scene, relation_of, where_of
from kg.reports.syntax import inflection

#: How many days before or after publication a day lies: the edges of what makes a difference.
_DAYS = (-400, -60, -31, -8, -4, -1, 0, 1, 7, 31, 400)
#: A day as old as this may be the one that the article reports on.
_RECENT_DAYS = 15
#: What parts a sentence into what is said of one matter.
_PARTS = re.compile(r"[,;:()—–]|\s-\s")
_SPAN = re.compile(r"\d.*\D\d")
_SMALL = frozenset({"ADV", "PART", "AUX", "SCONJ"})


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that a draft may have: its value and how it was come by, its distance in passages, where it
    stands (None: the month of publication)."""

    value: str
    source: str | None
    gap: int
    mention: Mention | None
    passage: Passage


def date_candidates(scene: Scene) -> list[DateCandidate]:
    """The dates of the article, the nearest to the draft first, and the month in which it appeared."""
    found = [
        (abs(gap), mention.start, DateCandidate(str(mention.ref), mention.source, gap, mention, passage))
        for passage, mention in scene.setting.mentions.get("date", ())
        for gap in (scene.distance(passage),)
    ]
    candidates = [one for _, _, one in sorted(found, key=lambda item: item[:2])]
    if scene.published is not None:
        month = scene.published.isoformat()[:7]
        candidates.append(DateCandidate(month, "derived", 0, None, scene.main))
    return candidates


def date_rows(scene: Scene, status: str, candidates: Sequence[DateCandidate]) -> list[list[str]]:
    """The features of each candidate, and of having no date."""
    choice = _Choice(scene, status, [one for one in candidates if one.mention is not None])
    rows = [
        choice.undated("month", one.value) if one.mention is None else choice.dated(one, one.mention)
        for one in candidates
    ]
    rows.append(choice.undated("none", None))
    return [list(dict.fromkeys(row)) for row in rows]


@dataclass(frozen=True)
class _Choice:
    """All that is chosen from; what several candidates look at is worked out once."""

    scene: Scene
    status: str
    named: Sequence[DateCandidate]

    @cached_property
    def here(self) -> int:
        """How many dates stand in the passages that state the draft."""
        return sum(one.gap == 0 for one in self.named)

    @cached_property
    def days(self) -> list[DateCandidate]:
        """The days that the article may report on, in order of the text."""
        if self.scene.published is None:
            return []
        recent = [one for one in self.named if _is_recent(one.value, self.scene.published)]
        return sorted(recent, key=_start)

    @cached_property
    def told(self) -> DateCandidate | None:
        """The day that the article tells of where the draft stands: the last one named before, else the
        first."""
        before = [one for one in self.days if one.passage.index <= self.scene.main.index]
        return before[-1] if before else next(iter(self.days), None)

    @cached_property
    def prior(self) -> DateCandidate | None:
        """The last date that is named before the draft."""
        before = [one for one in self.named if one.passage.index < self.scene.main.index]
        return max(before, key=_start, default=None)

    @cached_property
    def own(self) -> list[Trigger]:
        """The triggers of the draft's type in its passages."""
        passages = [self.scene.passages[number] for number in self.scene.draft.passages]
        return [t for passage in passages for t in passage.triggers if t.entry.type == self.scene.draft.type]

    @cached_property
    def small_words(self) -> list[str]:
        """The words of the main passage that colour its verbs."""
        span, tokens = self.scene.main.span, self.scene.main.tokens
        return [tokens.words[n] for n in range(span.start, span.end) if tokens.pos[n] in _SMALL]

    def undated(self, name: str, month: str | None) -> Iterator[str]:
        """What speaks for the month of publication, or for no date."""
        kind, status, clause = self.scene.draft.type, self.status, self.scene.clause
        near = f"{min(self.here, 2)}:{any(where_of(one.gap) != 'far' for one in self.named)}"
        yield name
        for what in (status, kind, f"{kind}:{status}", f"lang={self.scene.lang}"):
            yield f"{name}:{what}"
        for what in (status, kind, f"{kind}:{status}"):
            yield f"{name}:{near}:{what}"
        yield f"{name}:dates={min(len(self.named), 6)}"
        yield f"{name}:index={min(self.scene.main.index, 4)}:{status}"
        if month is not None:
            same = sum(one.value[:7] == month for one in self.named)
            yield f"{name}:recent{min(same, 2)}:{status}"
            older = any(one.value[:7] < month for one in self.named if one.gap == 0)
            yield f"{name}:older{older}:{status}"
        for cue in sorted(clause.cues):
            yield f"{name}:cue={cue}"
            yield f"{name}:cue={cue}:{status}"
        for word in self.small_words:
            yield f"{name}:f={word}"

    def dated(self, one: DateCandidate, mention: Mention) -> Iterator[str]:
        """What speaks for a date that the article names."""
        where = where_of(one.gap)
        yield from self._value_features(one, where)
        yield from self._rival_features(one, mention, where)
        yield from self._told_features(one, where)
        yield from self._passage_features(one.passage, where)
        yield from self._wording_features(one, mention)
        if one.gap == 0:
            yield from self._trigger_features(one.passage, mention)
            yield from self._part_features(one.passage, mention)
            yield from self._nearest_features(one.passage, mention)
            yield from self._governor_features(one.passage, mention)

    def _value_features(self, one: DateCandidate, where: str) -> Iterator[str]:
        """How it lies to the day of publication, and how it was come by."""
        kind, status, published = self.scene.draft.type, self.status, self.scene.published
        yield f"where={where}"
        yield f"where={where}:{kind}"
        yield f"where={where}:{status}"
        yield f"lang={self.scene.lang}:{where}"
        source = "stated" if one.source == "dateline" else one.source
        yield f"source={source}"
        yield f"source={source}:{where}:{status}"
        if one.source == "dateline":
            for what in ("", where, status, kind, f"lead={self.scene.main.index <= NEAR}"):
                yield f"dateline:{what}"
        yield f"precision={len(one.value)}:{where}"
        if published is None:
            return
        relation = relation_of(one.value, published)
        yield f"relation={relation}:{status}"
        yield f"relation={relation}:{status}:{where}"
        yield f"recent={one.value[:7] == published.isoformat()[:7]}:{status}:{where}"
        if len(one.value) == 10:
            days = bucket((date.fromisoformat(one.value) - published).days, _DAYS)
            yield f"days={days}:{status}:{where}"
        else:
            years = max(-9, min(int(one.value[:4]) - published.year, 9))
            yield f"years={years}:{len(one.value)}:{status}:{where}"

    def _rival_features(self, one: DateCandidate, mention: Mention, where: str) -> Iterator[str]:
        """How many dates stand beside it, and how often the article gives the same, or more exactly."""
        kind, status, here = self.scene.draft.type, self.status, min(self.here, 2)
        beside = sum(other.gap == one.gap for other in self.named)
        same = [abs(other.gap) for other in self.named if other.value == one.value]
        earlier = sum(_start(other) < mention.start for other in self.named)
        finer = [
            abs(other.gap)
            for other in self.named
            if other.value.startswith(one.value) and other.value != one.value
        ]
        yield f"rivals={bucket(beside - 1, (0, 1, 2))}:{where}"
        yield f"often={min(len(same), 3)}:{where}"
        yield f"nearest={abs(one.gap) == min(same)}:{where}"
        yield f"have-here={here}:{where}"
        yield f"have-here={here}:{where}:{status}:{kind}"
        yield f"order={min(earlier, 3)}:{where}"
        yield f"finer={bool(finer) and min(finer) <= NEAR}:{bool(finer)}:{where}"

    def _told_features(self, one: DateCandidate, where: str) -> Iterator[str]:
        """Whether it is what the article tells of at the draft, or the first day that it tells of."""
        status, here = self.status, min(self.here, 1)
        yield f"prior={one is self.prior}:{min(self.here, 2)}:{where}"
        yield f"prior={one is self.prior}:{min(self.here, 2)}:{status}:{where == 'here'}"
        if self.told is None:
            yield "told=none"
            return
        names = f"{one.value == self.told.value}:{one.value == self.days[0].value}"
        yield f"told={names}:{here}"
        yield f"told={names}:{here}:{status}"
        yield f"told={names}:{here}:{self.scene.draft.type}:{status}"
        yield f"told={names}:{where}"
        yield f"told-days={min(len({day.value for day in self.days}), 3)}:{names}:{here}"

    def _passage_features(self, passage: Passage, where: str) -> Iterator[str]:
        """What the sentence that gives it is: the lead, the same paragraph, about the same partners."""
        scene, status = self.scene, self.status
        shared = min(len({place.partner for place in passage.places} & scene.draft.partners), 2)
        yield f"lead={passage.index <= NEAR}:{where}:{status}"
        yield f"title={passage.is_title}:{where}"
        yield f"shared={shared}:{where}"
        yield f"shared={shared}:{where}:{status}"
        yield f"paragraph={passage.paragraph in scene.paragraphs}:{where}"
        yield f"main={min(scene.main.index, 4)}:{where}:{status}"
        yield f"kind={any(t.entry.type == scene.draft.type for t in passage.triggers)}:{where}"
        if where == "far":
            yield f"before={passage.index < scene.main.index}:{status}:{scene.draft.type}"

    def _wording_features(self, one: DateCandidate, mention: Mention) -> Iterator[str]:
        """The words of the expression ("since", "from", "last") and those beside it."""
        here, passage = one.gap == 0, one.passage
        words = [word for word in mention.text.lower().split() if word.isalpha()] or [""]
        for name, word in (("first", words[0]), ("last", words[-1])):
            yield f"{name}={word}:{here}"
            yield f"{name}={word}:{here}:{self.status}"
        if _SPAN.fullmatch(mention.text):
            yield f"span:{here}"
        before = passage.text[: mention.start - passage.start].lower().split()[-1:]
        if before:
            yield f"before={before[0]}:{here}"
        after = passage.text[mention.end - passage.start :].lower().split()[:1]
        if after:
            yield f"after={after[0]}:{here}"

    def _trigger_features(self, passage: Passage, mention: Mention) -> Iterator[str]:
        """How it stands to the triggers of a passage that states the draft."""
        kind, status, clause = self.scene.draft.type, self.status, self.scene.clause
        inside = clause.start <= mention.start < clause.end
        yield f"clause={inside}:{status}"
        yield f"clause={inside}:{kind}"
        before = [trigger for trigger in passage.triggers if trigger.end <= mention.start]
        after = [trigger for trigger in passage.triggers if trigger.start >= mention.end]
        if before:
            last = max(before, key=lambda t: (t.end, t.start))
            between = sum(last.end <= place.start < mention.start for place in passage.places)
            yield f"last-own={last.entry.type == kind}"
            yield f"between={min(between, 2)}"
        if after:
            yield f"next-own={min(after, key=lambda t: (t.start, t.end)).entry.type == kind}"

    def _part_features(self, passage: Passage, mention: Mention) -> Iterator[str]:
        """What stands in the same part of the sentence."""
        kind, drafts = self.scene.draft.type, self.scene.draft.partners
        marks = [passage.start + match.start() for match in _PARTS.finditer(passage.text)]
        low = max((mark for mark in marks if mark < mention.start), default=passage.start)
        high = min((mark for mark in marks if mark >= mention.end), default=passage.end)
        triggers = [t for t in passage.triggers if low <= t.start < high]
        partners = {place.partner for place in passage.places if low <= place.start < high}
        is_own = any(t.entry.type == kind for t in triggers)
        yield f"part-own={is_own}"
        yield f"part-own={is_own}:{self.status}"
        yield f"part-partners={min(len(partners & drafts), 2)}:{min(len(partners - drafts), 2)}"

    def _nearest_features(self, passage: Passage, mention: Mention) -> Iterator[str]:
        """Whether another date of the passage stands nearer to the draft's triggers and partners."""
        rivals = [one.mention for one in self.named if one.passage is passage and one.mention]
        own = [trigger for trigger in passage.triggers if trigger.entry.type == self.scene.draft.type]
        if own:
            yield f"away={bucket(min(_away(mention, t) for t in own), (5, 20, 50, 100))}"
        places = [place for place in passage.places if place.partner in self.scene.draft.partners]
        for name, marks in (("own", own), ("partner", places)):
            if marks and len(rivals) > 1:
                best = min(rivals, key=lambda rival: min(_away(rival, mark) for mark in marks))
                yield f"best-{name}={best is mention}"
        if passage.places:
            near = min(passage.places, key=lambda place: (_away(mention, place), place.start))
            yield f"nearest-partner={near.partner in self.scene.draft.partners}:{len(rivals) > 1}"

    def _governor_features(self, passage: Passage, mention: Mention) -> Iterator[str]:
        """The verb that it hangs on, where the pipeline parses."""
        tokens = [t for t in passage.span if mention.start <= t.idx < mention.end]
        if not tokens or not tokens[0].dep_:
            return
        top = next((t for t in tokens if not mention.start <= t.head.idx < mention.end), tokens[0])
        verb = next((t for t in top.ancestors if t.pos_ in VERBS), None)
        if verb is None:
            yield "governor=none"
            return
        tense = inflection(verb, "Tense", "VerbForm")
        yield f"governor-tense={tense}:{self.status}"
        under = {t.idx for t in verb.subtree}
        is_own = any(t.start <= verb.idx < t.end for t in self.own)
        yield f"governor-own={is_own}:{any(t.start in under for t in self.own)}"


def _start(one: DateCandidate) -> int:
    return one.mention.start if one.mention else 0


def _is_recent(value: str, published: date) -> bool:
    return len(value) == 10 and 0 <= (published - date.fromisoformat(value)).days <= _RECENT_DAYS


def _away(mention: Mention, mark: Trigger | Place) -> int:
    return max(mention.start - mark.end, mark.start - mention.end, 0)
