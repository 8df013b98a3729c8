"""The towns that the world has, and what a name that is one may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from marked import read_document

from kg.languages import __file__ as languages
from kg.mentions import find_mentions
from kg.names.towns import town_of
from kg.names.words import normalise


@pytest.mark.parametrize(
    ("name", "country", "is_large"),
    [
        ("Duisburg", "DE", True),
        ("Duisbourg", "DE", True),
        ("Las Palmas de Gran Canaria", "ES", True),
        ("Gorinchem", "NL", False),
    ],
)
def test_a_town_is_known_by_its_names(name: str, country: str, is_large: bool) -> None:
    town = town_of(normalise(name))
    assert town is not None
    assert (town.country, town.is_large) == (country, is_large)


def test_what_is_no_town_is_none() -> None:
    assert town_of("no such town anywhere") is None


def test_the_list_is_sorted_and_folded() -> None:
    path = languages.replace("__init__.py", "towns.tsv")
    with open(path, encoding="utf-8") as lines:
        names = [line.split("\t")[0] for line in lines]
    assert all(one < other for one, other in pairwise(names))
    assert all(name == normalise(name) for name in names[::500])


def test_a_town_that_acts_and_no_list_has_is_a_local_government() -> None:
    text = "Gorinchem signed an agreement with Duisburg and with Bosch."
    found = {m.text: (m.kind, m.country) for m in find_mentions(read_document(text, "en")) if m.kind}
    assert found["Duisburg"] == ("local-government", "DE")
