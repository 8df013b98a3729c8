"""Expressions of time in, dates out: a document's ``date`` mentions, at the precision that the text states.

The wordings are data (``languages/<lang>/dates.toml``): each ``[[rule]]`` has a ``match``, and its meaning.

- Groups alone (``{day}``, ``{month}``, ``{year}``, ``{weekday}``, ``{season}``): the date that they spell;
  what they leave open comes from the publication date, ``when`` ("past", "future") or the sentence's tense.
- ``unit`` and ``shift``: so many days, weeks, months or years from the publication (times ``{amount}``).
- ``same``: so many days from the day that the text told of last.
- ``source``: "deadline" or "period" for the limit or span of something. ``skip``: no date at all.

``ref`` is "2025", "2025-09" or "2025-09-18". Weeks give a month; quarters and seasons give a year.
``source`` is "stated" (the text gives the year), "derived" (worked out), "deadline" or "period".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from typing import Any

from spacy.tokens import Doc

from kg.errors import DataError
from kg.languages import load_data
from kg.model import Mention
from kg.texts import text_of

_TABLES = ("month", "weekday", "season", "amount")
_NUMBERS = {
    "day": r"3[01]|[12]\d|0?[1-9]",
    "year": r"(?:19|20)\d\d",
    "monthnumber": r"1[0-2]|0?[1-9]",
}
#: A month or day without its year that lies this far away or farther is judged by the tense of its sentence.
_AMBIGUOUS_DAYS = 110
#: "The same day" goes back to a day at most this far from the publication, once there is one.
_RECENT_DAYS = 15
#: Rules are tried so many characters around an anchor: an expression of time is no longer.
_BEFORE, _AFTER = 48, 32
#: What a rule needs to see, the most telling first: the class of the rule.
_ANCHORS = ("month", "monthnumber", "year", "weekday", "season")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    anchor: str
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
    #: Finds the words that a match must contain; the group's name is the class of the rules to try there.
    anchors: re.Pattern[str]
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
    text, wordings = text_of(doc), _wordings(doc.lang_)
    mentions: list[Mention] = []
    latest: date | None = None
    for match in _matches(text, wordings):
        if match.rule.skip:
            continue
        if match.rule.same is not None:
            ref = _shifted_day(latest or published, match.rule.same * match.values.get("amount", 1))
        else:
            ref = _resolve(match, published, _Sentence(text, match.start, match.end, wordings))
        if ref is None:
            continue
        source = match.rule.source or ("stated" if "year" in match.values else "derived")
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


def _is_told_of(ref: str, published: date | None, latest: date | None) -> bool:
    """Say whether "the same day" can mean ``ref``: news tells of recent days, and background between them."""
    if len(ref) != 10:
        return False
    return (
        latest is None or published is None or abs((date.fromisoformat(ref) - published).days) <= _RECENT_DAYS
    )


def _matches(text: str, wordings: _Wordings) -> Iterator[_Match]:
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
        cues = list(self._cues(before))
        if cues:
            return max(cues, key=lambda cue: (cue[0], cue[1] == "future"))[1]
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


def _choose(candidates: list[date], origin: date, rule: _Rule, sentence: _Sentence) -> str:
    """Return the candidate nearest to ``origin``.

    A rule's ``when`` decides the side, a deadline lies ahead, and of what is far away the tense decides.
    """
    nearest = min(candidates, key=lambda day: abs((day - origin).days))
    side = "future" if rule.source == "deadline" else rule.when
    if side is None and abs((nearest - origin).days) > _AMBIGUOUS_DAYS:
        side = sentence.tense() or "past"
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
    elif when == "future" or (back and sentence.tense() == "future"):
        back -= 7
    return (published - timedelta(days=back)).isoformat()


@cache
def _wordings(lang: str) -> _Wordings:
    data = load_data(lang, "dates")
    numbers = {
        table: {_folded(form): int(number) for number, forms in data[table].items() for form in forms}
        for table in _TABLES
    }
    forms = {table: _alternatives(list(by_form)) for table, by_form in numbers.items()}
    parts: dict[str, str] = dict(data["macros"])
    parts.update((table, f"(?P<{table}>{either})(?!\\w)") for table, either in forms.items())
    parts["amount"] = parts["amount"].replace("(?P<amount>", r"(?P<amount>\d{1,3}|")
    parts.update((name, f"(?P<{name}>{digits})(?!\\d)") for name, digits in _NUMBERS.items())
    rules = tuple(_rule(dict(entry), parts, f"languages/{lang}/dates.toml") for entry in data["rule"])
    anchors = {name: forms[name] for name in _ANCHORS if name in forms}
    anchors["year"] = _NUMBERS["year"]
    anchors["monthnumber"] = r"\d{1,4} ?[/.-] ?\d{1,2}"
    anchors["word"] = _alternatives(data["anchors"]["words"])
    return _Wordings(
        rules,
        numbers,
        _compile("|".join(f"(?P<{name}>{anchors[name]})" for name in (*_ANCHORS, "word"))),
        past=re.compile(data["tense"]["past"], re.I),
        future=re.compile(data["tense"]["future"], re.I),
    )


def _rule(entry: dict[str, Any], parts: dict[str, str], origin: str) -> _Rule:
    source = str(entry.pop("match"))
    anchor = next((name for name in _ANCHORS if f"{{{name}}}" in source), "word")
    try:
        return _Rule(_compile(_expanded(source, parts)), anchor, **entry)
    except (re.error, TypeError, KeyError) as error:
        raise DataError(f"{origin}: the rule {source!r} is not well formed ({error!r}). Mend it.") from error


def _compile(source: str) -> re.Pattern[str]:
    """Compile for whole words, with blanks and apostrophes widened."""
    source = source.replace(" ", r"[^\S\n]").replace("'", "['’]")
    return re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE)


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", " ") for form in sorted(forms, key=len, reverse=True))


def _expanded(source: str, parts: dict[str, str]) -> str:
    """Put the tables and macros into a rule and name its groups apart."""
    placeholder = re.compile(r"\{([a-z]+)\}")
    while placeholder.search(source):
        source = placeholder.sub(lambda match: parts[match[1]], source)
    count = iter(range(1_000))
    return re.sub(r"\(\?P<([a-z]+)>", lambda match: f"(?P<{match[1]}_{next(count)}>", source)


def _folded(written: str) -> str:
    return " ".join(written.lower().replace("’", "'").split())
