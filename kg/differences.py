"""The reports of one event in, the names of what they differ in out.

What a report leaves out is no difference, nor is a month beside a day of it. A plan that an earlier article
tells, and its signing in a later one, do differ: both values stay, and their dates say which is which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations
from types import MappingProxyType

from babel import Locale

from kg.languages import languages, load_data
from kg.likeness import same_partner
from kg.model import Amount, Report


def find_differences(reports: Sequence[Report]) -> tuple[str, ...]:
    """Name the properties in which any two reports differ, in the order of ``PROPERTIES``."""
    pairs = list(combinations(reports, 2))
    return tuple(name for name, differ in PROPERTIES.items() if any(differ(*pair) for pair in pairs))


def _status(one: Report, other: Report) -> bool:
    return one.status != other.status


def _date(one: Report, other: Report) -> bool:
    if not (one.date and other.date):
        return False
    first, second = one.date.value, other.date.value
    return not (first.startswith(second) or second.startswith(first))


def _place(one: Report, other: Report) -> bool:
    if not (one.place and other.place):
        return False
    (first, first_country), (second, second_country) = _place_of(one.place), _place_of(other.place)
    if "country" in (first, second):
        # A town and its country do not contradict each other, nor does a town that lies nobody knows where.
        return bool(first_country and second_country) and first_country != second_country
    return (first, first_country) != (second, second_country)


def _place_of(name: str) -> tuple[str, str | None]:
    """Give what a place is, and in which country if it is one or its capital."""
    folded = _folded(name)
    return _known_places().get(folded, (folded, None))


@cache
def _known_places() -> Mapping[str, tuple[str, str]]:
    """Read the names of countries and capitals in all languages: "Bắc Kinh" and "Beijing" are one town."""
    found: dict[str, tuple[str, str]] = {}
    for lang in languages():
        data = load_data(lang, "names")
        named = ((code, name) for code, name in Locale(lang).territories.items() if code.isalpha())
        for kind, pairs in (("capital", data["capitals"].items()), ("country", data["countries"].items())):
            for code, names in pairs:
                found.update((_folded(name), (kind, code)) for name in names.split("|"))
        found.update((_folded(name), ("country", code)) for code, name in named)
    return found


def _folded(name: str) -> str:
    """Fold a name of a place: "Hà Nội", "Hanoï" and "HANOI" are one."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return re.sub(r"[\W\d_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _partners(one: Report, other: Report) -> bool:
    """Differ where each names a partner whom the other does not: a shorter list alone is no other list."""
    return _has_more(one, other) and _has_more(other, one)


def _has_more(one: Report, other: Report) -> bool:
    return any(not any(same_partner(mine, his) for his in other.partners) for mine in one.partners)


def _amount(one: Report, other: Report) -> bool:
    """Differ where both state amounts of a unit, and no two of them can mean the same."""
    units = {_unit(mine) for mine in one.amounts} & {_unit(his) for his in other.amounts}
    return any(
        not any(
            _agree(mine, his)
            for mine in one.amounts
            for his in other.amounts
            if _unit(mine) == _unit(his) == unit
        )
        for unit in units
        if unit[0] is not None
    )


def _unit(amount: Amount) -> tuple[str | None, str | None]:
    return amount.unit, amount.per


def _agree(one: Amount, other: Amount) -> bool:
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return low <= other_high and other_low <= high


def _range(amount: Amount) -> tuple[Decimal, Decimal]:
    """Give the least and the most that an amount can mean; what is said loosely is right within a tenth."""
    slack = amount.value / 10 if amount.bound else Decimal(0)
    return amount.value - slack, max(amount.value, amount.upper or amount.value) + slack


#: Property of the ontology -> whether two reports differ in it.
PROPERTIES: Mapping[str, Callable[[Report, Report], bool]] = MappingProxyType(
    {"status": _status, "date": _date, "place": _place, "partner": _partners, "amount": _amount}
)
