"""Expressions of time in, dates out: a document's ``date`` mentions, at the precision that the text states.

The wordings are data (``languages/<lang>/dates.toml``). Each ``[[rule]]`` there has a ``match`` and says what it means:

- groups alone (``{day}``, ``{month}``, ``{year}``, ``{weekday}``, ``{season}``): the date that they spell; what they
  leave open comes from the publication date, ``when`` ("past" or "future") or the tense of the sentence;
- ``unit`` and ``shift``: so many days, weeks, months or years from the publication (times ``{amount}``);
- ``same``: so many days from the day that the text spoke of last;
- ``source = "deadline"`` or ``"period"``: no date of an event, but its limit or its span; ``skip``: no date at all.

``ref`` is "2025", "2025-09" or "2025-09-18". Weeks give a month, quarters and seasons a year: no more is certain.
``source`` is "stated" (the text gives the year), "derived" (worked out), "deadline" or "period".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from typing import Any

from spacy.tokens import Doc

from kg.errors import DataError
from kg.languages import load_data
from kg.model import Mention

_TABLES = ("month", "weekday", "season", "amount")
_NUMBERS = {
    "day": r"3[01]|[12]\d|0?[1-9]",
    "year": r"(?:19|20)\d\d",
    "monthnumber": r"1[0-2]|0?[1-9]",
}
#: A month or day without its year that lies this far away or farther is judged by the tense of its sentence.
_AMBIGUOUS_DAYS = 110


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    unit: str | None = None
    shift: int = 0
    when: str | None = None
    same: int | None = None
    source: str | None = None
    skip: bool = False


@dataclass(frozen=True, slots=True)
class _Wordings:
    rules: tuple[_Rule, ...]
    #: Written form (lower case) -> number, by table.
    numbers: dict[str, dict[str, int]]
    past: re.Pattern[str]
    future: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    rule: _Rule
    values: dict[str, int]


def find_dates(doc: Doc) -> list[Mention]:
    """Return the expressions of time in ``doc`` that can be dated, in order."""
    article = doc.user_data.get("article")
    published: date | None = article.published if article else None
    text, wordings = doc.text, _wordings(doc.lang_)
    mentions: list[Mention] = []
    latest: date | None = None
    for match in _matches(text, wordings):
        if match.rule.skip:
            continue
        if match.rule.same is not None:
            ref = _shifted_day(latest or published, match.rule.same)
        else:
            ref = _resolve(match, published, _Sentence(text, match.start, match.end, wordings))
        if ref is None:
            continue
        source = match.rule.source or ("stated" if "year" in match.values else "derived")
        mentions.append(
            Mention(match.start, match.end, text[match.start : match.end], "date", ref=ref, source=source)
        )
        if len(ref) == 10 and match.rule.same is None:
            latest = date.fromisoformat(ref)
    return mentions


def _matches(text: str, wordings: _Wordings) -> Iterator[_Match]:
    """Yield what the rules match: of those that overlap, the first and longest."""
    found = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(wordings.rules)
        for match in rule.pattern.finditer(text)
    ]
    end = 0
    for start, negative_end, _, rule, match in sorted(found, key=lambda item: item[:3]):
        if start < end:
            continue
        end = -negative_end
        yield _Match(start, end, rule, _values(match, wordings))


def _values(match: re.Match[str], wordings: _Wordings) -> dict[str, int]:
    """Return the numbers that the groups spell; a group that a rule has twice counts once."""
    values: dict[str, int] = {}
    for name, written in match.groupdict().items():
        name = name.split("_")[0]
        if written is None or name in values:
            continue
        number = wordings.numbers.get(name, {}).get(_folded(written))
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
    wordings: _Wordings

    def tense(self) -> str | None:
        """Return "past" or "future": the cue nearest before the expression, else the first after it."""
        before = self.text[max(self.text.rfind("\n", 0, self.start) + 1, self.start - 200) : self.start]
        before = re.split(r"[.!?;] ", before)[-1]
        cues = [(match.start(), name) for name, match in self._cues(before)]
        if cues:
            return max(cues)[1]
        after = re.split(r"[.!?;\n]", self.text[self.end : self.end + 150])[0]
        cues = [(match.start(), name) for name, match in self._cues(after)]
        return min(cues)[1] if cues else None

    def _cues(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        for name, pattern in (("past", self.wordings.past), ("future", self.wordings.future)):
            for match in pattern.finditer(text):
                yield name, match


def _resolve(match: _Match, published: date | None, sentence: _Sentence) -> str | None:
    """Return the ISO form of a match, or None where the text and the publication date do not suffice."""
    values, rule = match.values, match.rule
    year, month, day = values.get("year"), values.get("month"), values.get("day")
    if year is None and published is None:
        return None
    try:
        if year is not None:
            return _iso(year, month, day)
        assert published is not None
        if rule.unit == "year" and month:
            return _iso(published.year + rule.shift, month, day)
        if rule.unit and not month:
            return _shifted(published, rule.unit, rule.shift * values.get("amount", 1))
        if month and day:
            return _nearest_day(values, published, rule.when or sentence.tense(), forced=bool(rule.when))
        if month:
            return _nearest_month(month, published, rule.when or sentence.tense(), forced=bool(rule.when))
        if "season" in values:
            return _season_year(values["season"], published, rule.when)
        if "weekday" in values:
            return _weekday(values, published, rule.when or sentence.tense())
    except (ValueError, OverflowError):
        # "31 juin", "le 99e siècle": spelt like a date, but none.
        return None
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


def _nearest_day(values: dict[str, int], published: date, tense: str | None, *, forced: bool) -> str | None:
    """Return the day of that name nearest to the publication; a weekday beside it must agree where it can."""
    days = [_day(year, values["month"], values["day"]) for year in _years(published)]
    candidates = [day for day in days if day is not None]
    if "weekday" in values:
        candidates = [day for day in candidates if day.isoweekday() == values["weekday"]] or candidates
    return _choose(candidates, published, tense, forced=forced)


def _nearest_month(month: int, published: date, tense: str | None, *, forced: bool) -> str | None:
    this_month = published.replace(day=1)
    candidates = [date(year, month, 1) for year in _years(published)]
    if forced:
        candidates = [day for day in candidates if day != this_month]
    chosen = _choose(candidates, this_month, tense, forced=forced)
    return chosen[:7] if chosen else None


def _choose(candidates: list[date], origin: date, tense: str | None, *, forced: bool) -> str | None:
    """Return the candidate nearest to ``origin``, on the side of the tense when forced or when it is far away."""
    if not candidates:
        return None
    nearest = min(candidates, key=lambda day: abs((day - origin).days))
    if tense and (forced or abs((nearest - origin).days) > _AMBIGUOUS_DAYS):
        side = [day for day in candidates if (day <= origin if tense == "past" else day >= origin)]
        nearest = min(side, key=lambda day: abs((day - origin).days), default=nearest)
    return nearest.isoformat()


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


def _weekday(values: dict[str, int], published: date, tense: str | None) -> str | None:
    """Return the day of the week nearest in the past (today included), or in the future where the text says so."""
    if "day" in values:
        days = (published + timedelta(days=shift) for shift in range(-45, 46))
        fitting = [day for day in days if (day.isoweekday(), day.day) == (values["weekday"], values["day"])]
        return _choose(fitting, published, tense, forced=False)
    back = (published.isoweekday() - values["weekday"]) % 7
    shift = 7 - back if tense == "future" else -back
    return (published + timedelta(days=shift)).isoformat()


@cache
def _wordings(lang: str) -> _Wordings:
    data = load_data(lang, "dates")
    numbers = {
        table: {_folded(form): int(number) for number, forms in data[table].items() for form in forms}
        for table in _TABLES
    }
    parts: dict[str, str] = dict(data["macros"])
    for table, by_form in numbers.items():
        forms = "|".join(re.escape(form).replace(r"\ ", " ") for form in sorted(by_form, key=len, reverse=True))
        digits = r"\d{1,3}|" if table == "amount" else ""
        parts[table] = f"(?P<{table}>{digits}{forms})(?!\\w)"
    parts.update((name, f"(?P<{name}>{digits})(?!\\d)") for name, digits in _NUMBERS.items())
    rules = tuple(_rule(dict(entry), parts, f"languages/{lang}/dates.toml") for entry in data["rule"])
    tense = data["tense"]
    return _Wordings(rules, numbers, re.compile(tense["past"], re.I), re.compile(tense["future"], re.I))


def _rule(entry: dict[str, Any], parts: dict[str, str], origin: str) -> _Rule:
    source = str(entry.pop("match"))
    try:
        return _Rule(re.compile(rf"(?<!\w)(?:{_expanded(source, parts)})(?!\w)", re.I), **entry)
    except (re.error, TypeError, KeyError) as error:
        raise DataError(f"{origin}: the rule {source!r} is not well formed ({error!r}). Mend it.") from error


def _expanded(source: str, parts: dict[str, str]) -> str:
    """Put the tables and macros into a rule, name the groups apart, and widen blanks and apostrophes."""
    placeholder = re.compile(r"\{([a-z]+)\}")
    while placeholder.search(source):
        source = placeholder.sub(lambda match: parts[match[1]], source)
    count = iter(range(1_000))
    source = re.sub(r"\(\?P<([a-z]+)>", lambda match: f"(?P<{match[1]}_{next(count)}>", source)
    return source.replace(" ", r"[^\S\n]").replace("'", "['’]")


def _folded(written: str) -> str:
    return " ".join(written.lower().replace("’", "'").split())
