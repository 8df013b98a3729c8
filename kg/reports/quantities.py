"""A sentence in; the sums of money and the numbers of people to be trained that it states out.

What they look like is data: ``languages/amounts.toml`` has the signs and codes of money of all languages,
``languages/<language>/amounts.toml`` the words:

- ``number``, ``scale``: number words and what multiplies; ``short_scale`` counts only beside a sign ("$5m")
- ``link``: what may stand between a number and its unit; ``between``: so many other words may, before people,
  that are no ``function_words``
- ``currency``: wordings by ISO 4217 code, or by a name that several currencies share
- ``bound``, ``range``, ``per``: "nearly", "from ... to ...", "a year": part of what is stated
- ``cues``: the nearest of ``money`` and ``not_money`` decides whether a sum is given to something or is,
  say, a turnover; ``each`` marks prices; a number of people counts only near ``training_...``

Every ``[[example]]`` is a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from kg.languages import load_data, load_shared
from kg.model import PEOPLE
from kg.reports.codebook import fold

#: So far from a sum or a number the words that say what it is for are looked for.
_CUE_REACH, _TRAINING_REACH = 70, 45
#: What makes a sum another's (a turnover, a fine) counts as if it stood so much nearer.
_DOUBT = 15
#: Beyond it numbers are misprints.
_TOO_MUCH = Decimal(10) ** 18
_BLANK = "[ \t\u00a0\u202f]"
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
#: Numbers of Vietnamese or French papers that were written the English way are read that way.
_POINT_LOCALE = "en_US"
_CLAUSE_END = re.compile(r"[;()]|[.!?]\s")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit where the sentence states it; ``unit`` may be a name that currencies share.

    ``is_sure`` says that a word beside it tells what it is for.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    bound: str
    per: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What a language's quantities look like, compiled."""

    lang: str
    numbers: Mapping[str, Decimal]
    scales: Mapping[str, int]
    units: Mapping[str, str]
    patterns: tuple[re.Pattern[str], ...]
    bounds: Mapping[str, re.Pattern[str]]
    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    cues: Mapping[str, re.Pattern[str]]


def find_quantities(text: str, lang: str) -> list[Quantity]:
    """Find what ``text``, a sentence, states for something; prices, turnovers and the like are left out."""
    grammar, lowered = _grammar(lang), fold(text)
    found = [item for match in _matches(lowered, grammar) if (item := _quantity(match, lowered, grammar))]
    return sorted(found, key=lambda item: item.start)


def currency(name: str, countries: Set[str]) -> str | None:
    """Give the code of a unit; where several currencies share a name, the partners' countries decide.

    ``countries`` holds an empty name for a partner whose country nobody knows.
    """
    codes: Mapping[str, str] | None = load_shared("amounts")["meaning"].get(name)
    if codes is None:
        return name
    own = {codes[country] for country in countries if country in codes}
    if not own:
        return codes.get("default")
    # A dollar of Canada's and Japan's deal may be Canada's or the world's; their dirham would be one's alone.
    return own.pop() if len(own) == 1 and (len(countries) == 1 or "default" not in codes) else None


def _matches(lowered: str, grammar: _Grammar) -> Iterator[re.Match[str]]:
    """Find what looks like a quantity; of two that overlap the longer one."""
    found = [match for pattern in grammar.patterns for match in pattern.finditer(lowered)]
    taken: list[tuple[int, int]] = []
    for match in sorted(found, key=lambda match: (match.start() - match.end(), match.start())):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            taken.append(match.span())
            yield match


def _quantity(match: re.Match[str], lowered: str, grammar: _Grammar) -> Quantity | None:
    parts = match.groupdict()
    unit = grammar.units.get(_plain(parts.get("unit") or parts.get("sign") or ""), PEOPLE)
    value, upper = _values(parts, grammar, is_money=unit != PEOPLE)
    if value is None or not _is_plausible(parts, value):
        return None
    start, end, bound, per = _extended(match, lowered, grammar)
    cue = _cue(lowered, (start, end), unit, grammar)
    if cue is None or (grammar.cues["each"].match(lowered[end:].lstrip()) and not per):
        return None
    return Quantity(start, end, value, upper, unit, bound, per, is_sure=cue)


def _values(
    parts: Mapping[str, str | None], grammar: _Grammar, *, is_money: bool
) -> tuple[Decimal | None, Decimal | None]:
    """Read the number, or both ends of a range; the first borrows the scale of the second."""
    scale = parts.get("scale") or parts.get("short")
    high = parts.get("high")
    low_scale = parts.get("low_scale") or scale
    value = _number(parts["low"] or "", low_scale if high else scale, grammar, is_money=is_money)
    if not high:
        return value, None
    upper = _number(high, scale, grammar, is_money=is_money)
    if value is None or upper is None or upper <= value:
        return None, None
    return value, upper


def _number(text: str, scale: str | None, grammar: _Grammar, *, is_money: bool) -> Decimal | None:
    """Read a number as the language writes it, else as English does; None for what cannot be one."""
    words = _plain(text)
    number = grammar.numbers.get(words)
    if number is None:
        digits = re.sub(_BLANK, "", text)
        # Without a scale three digits after the mark are thousands: nobody states a thousandth of a euro.
        if _GROUPED.fullmatch(digits) and not scale:
            number = Decimal(re.sub("[.,]", "", digits))
        else:
            number = _parsed(digits, grammar.lang)
    if number is None:
        return None
    value = number * grammar.scales.get(_plain(scale or ""), 1)
    if value <= 0 or (not is_money and (value != value.to_integral_value() or value < 2)):
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _parsed(digits: str, lang: str) -> Decimal | None:
    for locale in (lang, _POINT_LOCALE):
        try:
            return parse_decimal(digits, locale=locale, strict=True)
        except NumberFormatError:
            continue
    # Groups by commas in one language, by points in the other: a text that mixes them is left alone.
    return Decimal(digits) if digits.isdecimal() else None


def _is_plausible(parts: Mapping[str, str | None], value: Decimal) -> bool:
    """Leave out "a dollar", which is no sum, and what no world holds."""
    is_number = (parts["low"] or "")[-1:].isdigit() or parts.get("scale") or parts.get("noun")
    return bool(is_number) and value < _TOO_MUCH


def _extended(match: re.Match[str], lowered: str, grammar: _Grammar) -> tuple[int, int, str, str]:
    """Take in "nearly" before it and "a year" before or after it."""
    start, end, bound, per = match.start(), match.end(), "", ""
    for _ in range(2):
        for name, pattern in grammar.bounds.items():
            if not bound and (found := pattern.search(lowered, 0, start)):
                start, bound = found.start(), name
        for name, pattern in grammar.before.items():
            if not per and (found := pattern.search(lowered, 0, start)):
                start, per = found.start(), name
    for name, pattern in grammar.after.items():
        if not per and (found := pattern.match(lowered, end)):
            end, per = found.end(), name
    return start, end, bound, per


# --- what it is for ---------------------------------------------------------------------------------------


def _cue(lowered: str, span: tuple[int, int], unit: str, grammar: _Grammar) -> bool | None:
    """Say whether it is surely meant for something; None where it is surely not."""
    if unit == PEOPLE:
        return True if _is_training(lowered, span, grammar) else None
    money, other = (_gap(lowered, span, grammar.cues[name]) for name in ("money", "not_money"))
    if other is not None and (money is None or other <= money + _DOUBT):
        return None
    return money is not None


def _gap(lowered: str, span: tuple[int, int], cue: re.Pattern[str]) -> int | None:
    """Give how far the nearest cue is, within the clause."""
    start, end = span
    low, high = max(0, start - _CUE_REACH), min(len(lowered), end + _CUE_REACH)
    before = re.split(_CLAUSE_END, lowered[low:start])[-1]
    after = re.split(_CLAUSE_END, lowered[end:high])[0]
    # What opens a bracket after its noun still belongs to it: "a prize (2 m$)".
    if not before.strip():
        before = lowered[low:start]
    gaps = [len(before) - found.end() for found in cue.finditer(before)]
    gaps += [found.start() for found in cue.finditer(after)]
    return min(gaps, default=None)


def _is_training(lowered: str, span: tuple[int, int], grammar: _Grammar) -> bool:
    start, end = span
    before = re.split(_CLAUSE_END, lowered[max(0, start - _TRAINING_REACH) : start])[-1]
    after = re.split(_CLAUSE_END, lowered[end : end + _TRAINING_REACH])[0]
    if grammar.cues["not_people"].search(before):
        return False
    # The person of the number is the subject: "300 engineers will be trained", not "... and train".
    passive = grammar.cues["training_after"].match(after.lstrip())
    return bool(passive or grammar.cues["training_before"].search(before))


# --- grammar ----------------------------------------------------------------------------------------------


@cache
def _grammar(lang: str) -> _Grammar:
    data, shared = load_data(lang, "amounts"), load_shared("amounts")
    units = {fold(sign): name for sign, name in shared["sign"].items()}
    units |= {fold(code): code for code in shared["codes"]["words"]}
    units |= {fold(code): same for code, same in shared["codes"]["same"].items()}
    units |= {fold(word): name for name, words in data["currency"].items() for word in words}
    numbers = {word: Decimal(str(value)) for word, value in data["number"].items()}
    scales = data["scale"] | data["short_scale"]
    per = data["per"]
    return _Grammar(
        lang=lang,
        numbers=numbers,
        scales=scales,
        units=units,
        patterns=tuple(_patterns(data, shared)),
        bounds={
            name: re.compile(rf"(?<!\w){_any(words)}{_BLANK}*$") for name, words in data["bound"].items()
        },
        before={name: re.compile(rf"(?<!\w){_any(words)}{_BLANK}+$") for name, words in per.items()},
        after={name: re.compile(rf",?{_BLANK}*{_any(words)}(?!\w)") for name, words in per.items()},
        cues={name: _cue_pattern(name, words) for name, words in data["cues"].items()},
    )


def _patterns(data: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    """Build the patterns: sign before the number, unit after it, people; each alone and as a range."""
    words = [fold(word) for words in data["currency"].values() for word in words]
    codes = [fold(code) for code in shared["codes"]["words"]]
    signs = [fold(sign) for sign in shared["sign"]]
    scale, number = _any(data["scale"]), f"(?:{_DIGITS}|{_any(data['number'])})"
    link = rf"(?:{_any(data['link'])}{_BLANK}?)?" if data["link"] else ""
    sign = rf"(?P<sign>(?<!\w){_any([*signs, *codes])})"
    unit = rf"(?P<unit>{_any([*words, *codes])}(?!\w)|{_any(signs)}(?!\w))"
    short = rf"(?:{_BLANK}?-?(?P<scale>{scale})(?!\w)|{_BLANK}?(?P<short>{_any(data['short_scale'])}))?"
    money_before = rf"{short}(?!\w)"
    money_after = rf"{short}[ \t\u00a0\u202f-]?{link}{unit}"
    others = _any([*data["function_words"], *data["number"]])
    between = rf"(?:(?!{others}(?!\w))[^\W\d]+[ -]){{0,{data['between']}}}"
    noun = _any(data["cues"]["people"], plain=False)
    people = rf"(?:{_BLANK}?(?P<scale>{scale})(?!\w))?{_BLANK}{link}{between}(?P<noun>{noun})(?!\w)"
    low = rf"(?<![\w.,])(?P<low>{number})"
    yield re.compile(rf"{sign}{_BLANK}?(?P<low>{_DIGITS}){money_before}")
    yield re.compile(low + money_after)
    yield re.compile(low + people)
    for opening, joint in data["range"]["pairs"]:
        yield from _ranges(opening, joint, number, (scale, sign, (money_before, money_after, people)))


def _ranges(
    opening: str, joint: str, number: str, parts: tuple[str, str, tuple[str, str, str]]
) -> Iterator[re.Pattern[str]]:
    scale, sign, (money_before, money_after, people) = parts
    start = rf"(?<!\w){_word(opening)}{_BLANK}" if opening else r"(?<![\w.,])"
    low_scale = rf"(?:{_BLANK}?(?P<low_scale>{scale}|[kmb](?!\w)))?"
    joined = rf"{_BLANK}?{re.escape(joint)}{_BLANK}?" if joint in "-–" else rf"{_BLANK}{_word(joint)}{_BLANK}"
    again = sign.replace("?P<sign>", "?:")
    yield re.compile(
        rf"{start}{sign}{_BLANK}?(?P<low>{_DIGITS}){low_scale}{joined}(?:{again}{_BLANK}?)?(?P<high>{_DIGITS}){money_before}"
    )
    for end in (money_after, people):
        yield re.compile(rf"{start}(?P<low>{number}){low_scale}{joined}(?P<high>{number}){end}")


def _cue_pattern(name: str, words: list[str]) -> re.Pattern[str]:
    # What comes after "per" is looked at by the wordings of prices themselves.
    return re.compile(rf"(?<!\w){_any(words, plain=False)}" + ("" if name == "each" else r"(?!\w)"))


def _any(words: Iterable[str], *, plain: bool = True) -> str:
    """Match one of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_word, ordered) if plain else ordered)})"


def _word(word: str) -> str:
    return _BLANK.join(map(re.escape, fold(word).split(" ")))


def _plain(text: str) -> str:
    return re.sub(f"{_BLANK}+", " ", text.strip())
