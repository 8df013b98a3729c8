"""Who is named where: partners, the persons and groups that stand for them, places, and topics.

In: a spaCy ``Doc``. Out: ``Mention`` values in the order of the text. Newsroom residue names nothing.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.mentions.candidates import Candidate
from kg.mentions.groups import Group, find_groups
from kg.mentions.organisations import choose_names
from kg.mentions.parents import without_parents
from kg.mentions.people import Person, find_people
from kg.mentions.places import find_countries
from kg.mentions.runs import find_runs
from kg.mentions.topics import find_topics
from kg.model import Mention
from kg.names.texts import Text, read_text

__all__ = ["find_mentions"]


def find_mentions(doc: Doc, *, lists: tuple[str, ...] = ()) -> tuple[Mention, ...]:
    """Return all mentions; those of partners, persons, groups and places do not overlap.

    ``lists`` are the user's own partner lists (``Settings.partners``).
    """
    text = read_text(doc, lists)
    return tuple(
        sorted([*find_names(text), *find_topics(doc)], key=lambda item: (item.start, item.end, item.label))
    )


def find_names(text: Text) -> list[Mention]:
    """Return partners, persons, groups and places; where two overlap, the name of an organisation comes
    first.
    """
    runs = find_runs(text)
    people = find_people(text, runs)
    names = choose_names(text, runs, people)
    groups, places = find_groups(text), find_countries(text, names)
    ranked = [
        *(_name_mention(text, item) for item in names),
        *(_person_mention(text, item) for item in people),
        *(_group_mention(text, item) for item in groups if item.source == "pair" or item.is_of_country),
        *(place for place in places if place.label == "partner"),
        *(_group_mention(text, item) for item in groups if item.source != "pair" and not item.is_of_country),
        *(place for place in places if place.label == "place"),
    ]
    found = sorted(_without_overlaps(ranked), key=lambda item: (item.start, item.end))
    return without_parents(found, text.string, text.doc.lang_)


def _without_overlaps(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in mentions:
        span = range(mention.start, mention.end)
        if not taken.intersection(span):
            kept.append(mention)
            taken.update(span)
    return kept


def _name_mention(text: Text, name: Candidate) -> Mention:
    return _mention(
        text,
        (name.start, name.end),
        "partner",
        ref=name.ref,
        kind=name.kind,
        country=name.country,
        source=name.source,
        probability=name.probability,
    )


def _person_mention(text: Text, person: Person) -> Mention:
    kind = {"state": "country", "bare": "country", "deputy": "government-body"}.get(person.role)
    return _mention(
        text, (person.start, person.end), "person", kind=kind, country=person.country, source=person.role
    )


def _group_mention(text: Text, group: Group) -> Mention:
    return _mention(
        text, (group.start, group.end), "group", kind=group.kind, country=group.country, source=group.source
    )


def _mention(
    text: Text,
    span: tuple[int, int],
    label: str,
    *,
    ref: str | None = None,
    kind: str | None = None,
    country: str | None = None,
    source: str = "",
    probability: float = 1.0,
) -> Mention:
    start, end = text.words[span[0]].start, text.words[span[1] - 1].end
    return Mention(start, end, text.string[start:end], label, ref, kind, country, source, probability)
