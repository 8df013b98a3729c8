"""Expressions of time in, dates out: a document's ``date`` mentions, at the precision that the text states.

The wordings are data (``languages/<lang>/dates.toml``): each ``[[rule]]`` has a ``match``, and its meaning.

- Groups alone (``{day}``, ``{month}``, ``{year}``, ``{weekday}``, ``{season}``): the date that they spell;
  what they leave open comes from the publication date, ``when`` ("past", "future") or the sentence's tense.
- ``unit`` and ``shift``: so many days, weeks, months or years from the publication (times ``{amount}``).
- ``same``: so many days from the day that the text told of last; with ``unit``, so many years from the date
  before it ("a year earlier"), of which ``{month}`` gives the month.
- ``source``: "deadline" or "period" for the limit or span of something. ``skip``: no date at all.

``ref`` is "2025", "2025-09" or "2025-09-18". Weeks give a month; quarters and seasons give a year.
``source`` is "stated" (the text gives the year), "derived" (worked out), "deadline", "period" or "dateline".
A dateline's day is the one from which "today" and "Monday" count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from spacy.tokens import Doc

from kg.date_wordings import Rule, Wordings, folded, load_wordings
from kg.model import Mention
from kg.texts import text_of

#: A month or day without its year that lies this far away or farther is judged by the tense of its sentence.
_AMBIGUOUS_DAYS = 110
#: What lies ahead by no more than this is so even where its clause tells of the past ("announced for May 5").
_NEAR_DAYS = 20
#: "The same day" goes back to a day at most this far from the publication, once there is one.
_RECENT_DAYS = 15
#: A dateline's place is no longer; a report is printed at most so many days after its dateline.
_PLACE, _DELAY = 40, 3
_NO_PLACE = re.compile(r"(?<!\w)[^\W\dA-ZÀ-ÞĂĐƠƯ_]\w{3,}|\s[-–—]")
_AFTER_DATELINE = re.compile(r"\s*(?:[-–—:/|]|\([A-Z]|$)")
#: Rules are tried so many characters around an anchor: an expression of time is no longer.
_BEFORE, _AFTER = 48, 32


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    rule: Rule
    values: dict[str, int]


def find_dates(doc: Doc) -> list[Mention]:
    """Return the expressions of time in ``doc`` that can be dated, in order."""
    article = doc.user_data.get("article")
    published: date | None = article.published if article else None
    text, wordings = text_of(doc), load_wordings(doc.lang_)
    mentions: list[Mention] = []
    latest: date | None = None
    datelines = 0
    for match in _matches(text, wordings):
        if match.rule.skip:
            continue
        if match.rule.same is not None and match.rule.unit:
            ref = _year_from(mentions[-1].ref if mentions else None, published, match)
        elif match.rule.same is not None:
            ref = _shifted_day(latest or published, match.rule.same * match.values.get("amount", 1))
        else:
            ref = _resolve(match, published, _Sentence(text, match.start, match.end, wordings))
        if ref is None:
            continue
        source = match.rule.source or ("stated" if "year" in match.values else "derived")
        if source in ("stated", "derived") and _is_dateline(match, text):
            source = "dateline"
            published = _told_on(ref, published) if not datelines else published
            datelines += 1
        mentions.append(
            Mention(match.start, match.end, text[match.start : match.end], "date", ref=ref, source=source)
        )
        if source in ("stated", "derived") and _is_told_of(ref, published, latest):
            latest = date.fromisoformat(ref)
    return mentions


def date_told_at(dates: Sequence[Mention], offset: int, published: date | None) -> Mention | None:
    """Return the day that the text tells of at ``offset``, for a sentence that happened and names none.

    News names its day once and goes on: it is the last recent day named before, else the first one after.
    """
    days = [mention for mention in dates if _is_recent(mention, published)]
    before = [mention for mention in days if mention.start <= offset]
    return before[-1] if before else next(iter(days), None)


def _is_recent(mention: Mention, published: date | None) -> bool:
    if published is None or mention.source not in ("stated", "derived") or len(mention.ref or "") != 10:
        return False
    return 0 <= (published - date.fromisoformat(mention.ref or "")).days <= _RECENT_DAYS


def _is_dateline(match: _Match, text: str) -> bool:
    """Say whether a day stands alone in its line, or between a place and a dash, bracket or end of line."""
    if not {"day", "month"} <= match.values.keys():
        return False
    before = text[text.rfind("\n", 0, match.start) + 1 : match.start]
    after = text[match.end :].split("\n", 1)[0]
    if not before.strip():
        return not after.strip(" .")
    is_place = len(before) <= _PLACE and before[0].isupper() and not _NO_PLACE.search(before)
    return is_place and _AFTER_DATELINE.match(after) is not None


def _told_on(dateline: str, published: date | None) -> date | None:
    """Return the day from which a report counts: that of its dateline, when it is not much older."""
    told = date.fromisoformat(dateline)
    return told if published and 0 <= (published - told).days <= _DELAY else published


def _year_from(told: str | None, published: date | None, match: _Match) -> str | None:
    """Return the year, or month of it, that lies so far from the date ``told`` of, else from publication."""
    origin = int(told[:4]) if told else published.year if published else None
    if origin is None:
        return None
    shift = (match.rule.same or 0) * match.values.get("amount", 1)
    try:
        return _iso(_checked_year(origin + shift), match.values.get("month"), match.values.get("day"))
    except ValueError:
        return None


def _is_told_of(ref: str, published: date | None, latest: date | None) -> bool:
    """Say whether "the same day" can mean ``ref``: news tells of recent days, and background between them."""
    if len(ref) != 10:
        return False
    return (
        latest is None or published is None or abs((date.fromisoformat(ref) - published).days) <= _RECENT_DAYS
    )


def _matches(text: str, wordings: Wordings) -> Iterator[_Match]:
    """Yield what the rules match: of those that overlap, the first and longest."""
    windows = _windows(text, wordings.anchors)
    found = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(wordings.rules)
        for start, end in windows.get(rule.anchor, ())
        for match in rule.pattern.finditer(text, start, end)
    ]
    end = 0
    for start, negative_end, _, rule, match in sorted(found, key=lambda item: item[:3]):
        if start < end:
            continue
        end = -negative_end
        yield _Match(start, end, rule, _values(match, wordings))


def _windows(text: str, anchors: re.Pattern[str]) -> dict[str, list[tuple[int, int]]]:
    """Return, by class of rules, where to try them: most text says nothing of time."""
    windows: dict[str, list[tuple[int, int]]] = {}
    for match in anchors.finditer(text):
        spans = windows.setdefault(match.lastgroup or "", [])
        start, end = max(match.start() - _BEFORE, 0), match.end() + _AFTER
        while end < len(text) and text[end].isalnum():
            end += 1
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return windows


def _values(match: re.Match[str], wordings: Wordings) -> dict[str, int]:
    """Return the numbers that the groups spell; a group that a rule has twice counts once."""
    values: dict[str, int] = {}
    for name, written in match.groupdict().items():
        name = name.split("_")[0]
        if written is None or name in values:
            continue
        number = wordings.numbers.get(name, {}).get(folded(written))
        values[name] = int(written) if number is None else number
    if "monthnumber" in values:
        values["month"] = values.pop("monthnumber")
    return values


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The surroundings of a match; its tense is read only where it matters."""

    text: str
    start: int
    end: int
    wordings: Wordings

    def tense(self) -> str | None:
        """Return "past" or "future": the cue nearest before the expression, else the first after it."""
        return self._last_cue(self._sentence) or self._next_cue()

    def looks_back(self) -> bool:
        """Say whether its clause tells of the past, and nothing before it in the sentence of the future."""
        return self._last_cue(self._clause) == "past" and self.wordings.future.search(self._sentence) is None

    def looks_ahead(self) -> bool:
        """Say whether its clause tells of the future; of another clause's future it says nothing."""
        if cue := self._last_cue(self._clause):
            return cue == "future"
        return not self._clause.strip(" (") and self._next_cue() == "future"

    @property
    def _sentence(self) -> str:
        return re.split(r"[.!?;] ", self._before)[-1]

    @property
    def _clause(self) -> str:
        return re.split(r"[,.!?;:—–]", self._before)[-1]

    @property
    def _before(self) -> str:
        return self.text[max(self.text.rfind("\n", 0, self.start) + 1, self.start - 200) : self.start]

    def _last_cue(self, before: str) -> str | None:
        return max(self._cues(before), key=lambda cue: (cue[0], cue[1] == "future"), default=(0, None))[1]

    def _next_cue(self) -> str | None:
        after = re.split(r"[.!?;\n]", self.text[self.end : self.end + 150])[0]
        return min(self._cues(after), default=(0, None))[1]

    def _cues(self, text: str) -> Iterator[tuple[int, str]]:
        for name, pattern in (("future", self.wordings.future), ("past", self.wordings.past)):
            for match in pattern.finditer(text):
                yield match.start(), name


def _resolve(match: _Match, published: date | None, sentence: _Sentence) -> str | None:
    """Return the ISO form of a match, or None where the text and the publication date do not suffice."""
    values = match.values
    try:
        if "year" in values:
            return _iso(values["year"], values.get("month"), values.get("day"))
        return None if published is None else _resolve_relative(match, published, sentence)
    except (ValueError, OverflowError):
        # "31 juin": spelt like a date, but none.
        return None


def _resolve_relative(match: _Match, published: date, sentence: _Sentence) -> str | None:
    values, rule = match.values, match.rule
    month, day = values.get("month"), values.get("day")
    if rule.unit == "year" and month:
        return _iso(published.year + rule.shift, month, day)
    if rule.unit and not month:
        return _shifted(published, rule.unit, rule.shift * values.get("amount", 1))
    if "season" in values:
        return _season_year(values["season"], published, rule.when)
    if "weekday" in values and not day:
        when = "future" if rule.source == "deadline" else rule.when
        return _weekday(values["weekday"], published, when, sentence)
    if day:
        return _choose(_days(values, published), published, rule, sentence)
    if month:
        this_month = published.replace(day=1)
        months = [date(year, month, 1) for year in _years(published)]
        if rule.when:
            months = [first for first in months if first != this_month]
        return _choose(months, this_month, rule, sentence)[:7]
    return None


def _iso(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return f"{year:04d}"
    return date(year, month, day).isoformat() if day else f"{year:04d}-{month:02d}"


def _shifted(published: date, unit: str, shift: int) -> str:
    """Return the day, month (also for weeks) or year that lies ``shift`` units away."""
    if unit == "day":
        return (published + timedelta(days=shift)).isoformat()
    if unit == "week":
        return (published + timedelta(weeks=shift)).isoformat()[:7]
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return _iso(_checked_year(months // 12), months % 12 + 1, None)
    return _iso(_checked_year(published.year + shift), None, None)


def _shifted_day(day: date | None, shift: int) -> str | None:
    return None if day is None else _shifted(day, "day", shift)


def _checked_year(year: int) -> int:
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(year)
    return year


def _choose(candidates: list[date], origin: date, rule: Rule, sentence: _Sentence) -> str:
    """Return the candidate nearest to ``origin``.

    A rule's ``when`` decides the side, a deadline lies ahead, and of what is far away the tense decides.
    """
    nearest = min(candidates, key=lambda day: abs((day - origin).days))
    side = "future" if rule.source == "deadline" else rule.when
    if side is None and abs((nearest - origin).days) > _AMBIGUOUS_DAYS:
        side = sentence.tense() or "past"
    elif side is None and (nearest - origin).days > _NEAR_DAYS and sentence.looks_back():
        # "reached in January", in October
        side = "past"
    if side:
        fitting = [day for day in candidates if (day <= origin if side == "past" else day >= origin)]
        nearest = min(fitting, key=lambda day: abs((day - origin).days), default=nearest)
    return nearest.isoformat()


def _days(values: dict[str, int], published: date) -> list[date]:
    """Return the days that may be meant; a weekday beside the number must agree where it can."""
    if "month" in values:
        days = [_day(year, values["month"], values["day"]) for year in _years(published)]
    else:
        near = [published + timedelta(days=shift) for shift in range(-45, 46)]
        days = [day for day in near if day.day == values["day"]]
    candidates = [day for day in days if day is not None]
    agreeing = [day for day in candidates if day.isoweekday() == values.get("weekday")]
    if not candidates:
        raise ValueError("no such day")
    return agreeing or candidates


def _years(published: date) -> range:
    return range(max(published.year - 1, MINYEAR), min(published.year + 1, MAXYEAR) + 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _season_year(month: int, published: date, when: str | None) -> str:
    """Return the year of the season that begins in ``month``."""
    begun = published.month >= month
    if when == "past" and not begun:
        return _iso(_checked_year(published.year - 1), None, None)
    if when == "future" and published.month >= month + 2:
        return _iso(_checked_year(published.year + 1), None, None)
    return _iso(published.year, None, None)


def _weekday(weekday: int, published: date, when: str | None, sentence: _Sentence) -> str:
    """Return the latest such day (that of publication counts), or the next where the text looks ahead."""
    back = (published.isoweekday() - weekday) % 7
    if when == "past":
        back = back or 7
    elif when == "future" or (back and sentence.looks_ahead()):
        back -= 7
    return (published - timedelta(days=back)).isoformat()
