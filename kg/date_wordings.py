"""The wordings of dates out of ``languages/<lang>/dates.toml``: rules as patterns, and where to try them.

``dates`` says what the keys of a rule mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.languages import load_data

_TABLES = ("month", "weekday", "season", "amount")
_NUMBERS = {
    "day": r"3[01]|[12]\d|0?[1-9]",
    "year": r"(?:19|20)\d\d",
    "monthnumber": r"1[0-2]|0?[1-9]",
}
#: What a rule needs to see, the most telling first: the class of the rule.
_ANCHORS = ("month", "monthnumber", "year", "weekday", "season")


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording and its meaning; ``anchor`` is the class of words near which it is tried."""

    pattern: re.Pattern[str]
    anchor: str
    unit: str | None = None
    shift: int = 0
    when: str | None = None
    same: int | None = None
    source: str | None = None
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Wordings:
    """All wordings of a language, and the cues of its tenses."""

    rules: tuple[Rule, ...]
    #: Written form (lower case) -> number, by table.
    numbers: dict[str, dict[str, int]]
    #: Finds the words that a match must contain; the group's name is the class of the rules to try there.
    anchors: re.Pattern[str]
    past: re.Pattern[str]
    future: re.Pattern[str]


@cache
def load_wordings(lang: str) -> Wordings:
    """Read the rules of a language; raises ``DataError`` where one is not well formed."""
    data = load_data(lang, "dates")
    numbers = {
        table: {folded(form): int(number) for number, forms in data[table].items() for form in forms}
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
    return Wordings(
        rules,
        numbers,
        _compile("|".join(f"(?P<{name}>{anchors[name]})" for name in (*_ANCHORS, "word"))),
        past=re.compile(data["tense"]["past"], re.I),
        future=re.compile(data["tense"]["future"], re.I),
    )


def _rule(entry: dict[str, Any], parts: dict[str, str], origin: str) -> Rule:
    source = str(entry.pop("match"))
    anchor = next((name for name in _ANCHORS if f"{{{name}}}" in source), "word")
    try:
        return Rule(_compile(_expanded(source, parts)), anchor, **entry)
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


def folded(written: str) -> str:
    """Fold case, apostrophes and white space, as the tables are."""
    return " ".join(written.lower().replace("’", "'").split())
