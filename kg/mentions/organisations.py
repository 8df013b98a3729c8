"""Which candidates name a partner, and of which kind.

In: ``Text``, candidates and persons. Out: the candidates that hold, none overlapping another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.mentions.candidates import Candidate
from kg.mentions.people import Person
from kg.names.texts import Listed, Text


def choose_names(text: Text, candidates: Iterable[Candidate], people: list[Person]) -> list[Candidate]:
    """Return the names of organisations, in order."""
    taken = {index for person in people for index in range(person.name, person.end)}
    offices = {index for person in people for index in range(person.start, person.end)}
    pool = [*candidates, *_listed(text)]
    held: list[Candidate] = []
    occupied: set[int] = set()
    for candidate in sorted(pool, key=lambda item: (-_worth(text, item), item.start)):
        span = range(candidate.start, candidate.end)
        if occupied.intersection(span) or taken.intersection(span) or offices.issuperset(span):
            continue
        if candidate.source == "run" and not _holds(text, candidate):
            continue
        held.append(_with_list(text, candidate))
        occupied.update(span)
    return sorted(held, key=lambda item: item.start)


def _listed(text: Text) -> list[Candidate]:
    return [
        Candidate(
            item.start, item.end, "gazetteer", item.entry.kind, item.entry.country, item.start, item.entry.ref
        )
        for item in text.listed
        if item.entry.sort == "known" and item.start not in text.residue
    ]


def _worth(text: Text, candidate: Candidate) -> float:
    """Rank: names that a list knows and names with a head noun by length, bare runs last."""
    length = candidate.end - candidate.start
    order = {"gazetteer": 100.5, "head": 100, "noun": 50, "run": 80 if candidate.kind else 10}
    return order[candidate.source] + length


def _with_list(text: Text, candidate: Candidate) -> Candidate:
    """Give a name with a generic noun before it the reference of the listed name inside it."""
    if candidate.ref is not None:
        return candidate
    listed = text.listed_at.get(candidate.core)
    if listed is not None and listed.entry.sort == "known" and listed.end == candidate.end:
        entry = listed.entry
        return replace(candidate, ref=entry.ref, kind=entry.kind, country=entry.country)
    return candidate


def _holds(text: Text, run: Candidate) -> bool:
    """Say whether a bare run of capitalised words names an organisation."""
    words = text.words[run.start : run.end]
    if _is_no_partner(text, run):
        return False
    if run.kind is not None:
        return True
    labels = [text.ents[index] for index in range(run.start, run.end)]
    organisation = labels.count("ORG") * 2 > len(labels)
    shaped = any(_is_shaped(word.text) for word in words)
    place = labels.count("LOC") * 2 > len(labels)
    return organisation or shaped and not place or _after_noun(text, run.start)


def _is_shaped(word: str) -> bool:
    """Say whether a word has the shape of a firm's or body's name: "VNPT", "TalTech", "G42"."""
    return len(word) > 1 and sum(character.isupper() for character in word) > 1


def _after_noun(text: Text, index: int) -> bool:
    return any(
        end == index
        for start in range(max(0, index - 3), index)
        for end, _ in text.lexicon.nouns.matches(text.words, start)
    )


def _is_no_partner(text: Text, run: Candidate) -> bool:
    lexicon = text.lexicon
    listed = text.listed_at.get(run.start)
    if listed is not None and listed.end == run.end and listed.entry.sort != "known":
        return True
    form = text.text(run.start, run.end)
    last = text.words[run.end - 1].text
    if form in lexicon.media or last in lexicon.not_partner_last:
        return True
    if run.end - run.start == 1 and (text.words[run.start].fold in lexicon.stop_words or len(form) < 2):
        return True
    before = text.words[run.start - 1] if run.start else None
    if before is not None and text.words[run.start].is_glued and before.fold in lexicon.not_partner_before:
        return True
    return _all_places(text, run)


def _all_places(text: Text, run: Candidate) -> bool:
    index = run.start
    while index < run.end:
        listed: Listed | None = text.listed_at.get(index)
        if listed is None or listed.entry.sort == "known":
            return False
        index = listed.end
    return True
