"""Which candidates name a partner, and of which kind.

In: ``Text``, candidates and persons. Out: the candidates that hold, none overlapping another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.mentions.candidates import (
    FULL_NAME,
    Candidate,
    begins_person,
    country_of,
    is_legal_form,
)
from kg.mentions.extension import before_someone
from kg.mentions.foreign import find_foreign
from kg.mentions.heads import description_end, find_heads
from kg.mentions.likelihood import Surroundings, features, probabilities, probability, read_surroundings
from kg.mentions.offices import find_offices
from kg.mentions.origins import as_country, with_country
from kg.mentions.people import Person, find_people
from kg.mentions.runs import find_runs
from kg.names.texts import Listed, Text
from kg.names.towns import town_of

#: A run of capitalised words is a partner from this probability on.
LIKELY = 0.3
#: The same where a noun at its end tells more than that of a firm does.
_LIKELY_WITH_NOUN = 0.2
_TELLING = frozenset(
    {"university", "research-institute", "association", "government-body", "local-government"}
)
#: The same where a noun for firms and their nation stand right before.
_LIKELY_CALLED = 0.1
#: What is named after people, with its noun before.
_NAMED_AFTER = frozenset({"university", "research-institute", "other"})
#: "The GRÓ Geothermal Training Programme" may act; "the Horizon Programme" does not.
_LONG = 3
#: The same for a run of which the list knows the first words.
_LIKELY_PROLONGED = 0.5


def choose_names(text: Text, runs: list[Candidate], people: list[Person]) -> list[Candidate]:
    """Return the names of organisations, in order."""
    heads = find_heads(text)
    around = surroundings(text, heads, people)
    likelihood = _likelihood(text, open_runs(text, runs, heads, people), around)
    sure = {index for person in people if person.role != "person" for index in range(person.name, person.end)}
    offices = {index for person in people for index in range(person.start, person.end)}
    held: list[Candidate] = []
    occupied: set[int] = set()
    foreign = list(find_foreign(text))
    for candidate in _ranked(text, [*heads, *foreign], runs, around):
        span = range(candidate.start, candidate.end)
        if (
            occupied.intersection(span)
            or (sure.intersection(span) and not _is_named_after(candidate))
            or (candidate.source == "head" and candidate not in foreign and offices.issuperset(span))
        ):
            continue
        if candidate.source == "run":
            if not _holds(text, candidate, around, likelihood):
                continue
            chance = _chance(text, candidate, around, likelihood)
            candidate = _as_town(text, replace(candidate, probability=chance))
        if _is_setting(text, candidate) or (
            candidate.source == "head" and description_end(text, candidate.start) == candidate.end
        ):
            occupied.update(span)
            continue
        held.append(as_country(text, with_country(text, _with_list(text, candidate))))
        occupied.update(span)
    return sorted(held, key=lambda item: item.start)


def _ranked(
    text: Text, whole: list[Candidate], runs: list[Candidate], around: Surroundings
) -> list[Candidate]:
    """Return all candidates, the surest first; ``whole`` are those that nothing prolongs."""
    spans = {(name.start, name.end) for name in whole}
    # "Carl-Zeiss-Stiftung" is no part of Carl Zeiss.
    open_ended = [run for run in runs if (run.start, run.end) not in spans]
    found = [*whole, *find_offices(text), *runs, *_listed(text), *_prolonged(text, open_ended, around)]
    return sorted(found, key=lambda item: (-_worth(item), item.start))


def _is_named_after(candidate: Candidate) -> bool:
    """Say whether a body bears the name of somebody: "l'université Cheikh Anta Diop"."""
    return candidate.source == "noun" and candidate.start < candidate.core and candidate.kind in _NAMED_AFTER


def _likelihood(text: Text, runs: Iterable[Candidate], around: Surroundings) -> dict[Candidate, float]:
    found = list(runs)
    return dict(zip(found, probabilities(text, found, around), strict=True))


def open_runs(
    text: Text, runs: list[Candidate], heads: list[Candidate], people: list[Person]
) -> Iterator[Candidate]:
    """Yield each run that rules neither take nor refuse."""
    taken = {
        index for person in people for index in range(person.name, person.end) if person.role != "person"
    }
    taken.update(index for head in heads for index in range(head.start, head.end))
    for run in runs:
        if not taken.intersection(range(run.start, run.end)) and not _is_no_partner(text, run):
            yield run


def examples(text: Text) -> Iterator[tuple[Candidate, list[str]]]:
    """Yield the same with their features; training reads these."""
    runs, heads = find_runs(text), find_heads(text)
    people = find_people(text, runs)
    around = surroundings(text, heads, people)
    for run in open_runs(text, runs, heads, people):
        yield run, features(text, run, around)


def surroundings(text: Text, heads: list[Candidate], people: list[Person]) -> Surroundings:
    """Return what the likelihood of a run depends on beyond the run."""
    edges = {head.start: "start" for head in heads} | {head.end - 1: "end" for head in heads}
    for item in text.listed:
        if item.entry.sort == "known":
            edges |= {item.start: "start", item.end - 1: "end"}
    titled = frozenset(
        i for person in people if person.role != "person" for i in range(person.start, person.end)
    )
    untitled = frozenset((person.start, person.end) for person in people if person.role == "person")
    return read_surroundings(text, titled, edges, untitled)


def _listed(text: Text) -> list[Candidate]:
    return [
        Candidate(
            item.start, item.end, "gazetteer", item.entry.kind, item.entry.country, item.start, item.entry.ref
        )
        for item in text.listed
        if item.entry.sort == "known"
        and item.start not in text.residue
        and text.text(item.start, item.end) not in text.lexicon.media
        and not (
            item.entry.is_common and text.is_sentence_start(item.start) and text.pos[item.start] != "PROPN"
        )
    ]


def _prolonged(text: Text, runs: list[Candidate], around: Surroundings) -> Iterator[Candidate]:
    """Yield the runs that begin with a name of the list and go on to another's: "Huawei Cloud", "IBM
    Canada".
    """
    for run in runs:
        listed = text.listed_at.get(run.start)
        if (
            listed is not None
            and listed.entry.sort == "known"
            and listed.end < run.end
            and text.words[listed.end].gap in (" ", "-")
            and not _is_no_partner(text, run)
            and not (text.lexicon.home and before_someone(text, run.start, run.end) < run.end)
            and (
                run.kind is not None
                or _is_branch(text, listed, run.end)
                or probability(text, run, around) >= _LIKELY_PROLONGED
            )
        ):
            country = country_of(text, listed.end, run.end) or listed.entry.country
            yield replace(run, source="longer", kind=run.kind or listed.entry.kind, country=country)


def _is_branch(text: Text, firm: Listed, end: int) -> bool:
    """Say whether a firm's name goes on with a country that is not its own, and no further: "Orange Mali"."""
    place = text.listed_at.get(firm.end)
    return (
        place is not None
        and place.end == end
        and place.entry.sort == "country"
        and firm.entry.kind == "company"
        and place.entry.country != firm.entry.country
        and text.words[firm.end].gap == " "
        and text.text(firm.start, firm.end) not in text.lexicon.media
    )


def _worth(candidate: Candidate) -> float:
    """Rank: names that a list knows and names with a head noun by length, bare runs last."""
    length = candidate.end - candidate.start
    order = {
        "longer": 100.5,
        "gazetteer": 100.5,
        "head": 100,
        "noun": 50,
        "run": 80 if candidate.kind else 10,
    }
    return order[candidate.source] + length


def _is_setting(text: Text, candidate: Candidate) -> bool:
    """Say whether a territory is only where something is: "dans la province de l'Anhui", "tại phường X"."""
    lexicon, index = text.lexicon, candidate.start
    is_territory = any(text.key(index, index + length) in lexicon.territories for length in (1, 2))
    if candidate.kind != "local-government" or candidate.source == "run" or not is_territory:
        return False
    while index > 0 and text.words[index].is_glued:
        before = text.words[index - 1].key
        if before not in lexicon.articles:
            return before in lexicon.inside
        index -= 1
    return False


def _with_list(text: Text, candidate: Candidate) -> Candidate:
    """Give a name with a generic noun before it the reference of the listed name inside it."""
    if candidate.ref is not None:
        return candidate
    listed = text.listed_at.get(candidate.core)
    if listed is not None and listed.entry.sort == "known" and listed.end == candidate.end:
        entry = listed.entry
        return replace(candidate, ref=entry.ref, kind=entry.kind, country=entry.country)
    number = text.covered[candidate.end - 1]
    place = text.listed[number] if number >= 0 else None
    if (
        candidate.source == "run"
        and place is not None
        and place.start <= candidate.start
        and place.end == candidate.end
        and place.entry.sort == "city"
    ):
        # Also "Quảng Ninh" of "tỉnh Quảng Ninh", which lists have as a whole.
        return replace(candidate, kind="local-government", country=place.entry.country, ref=place.entry.ref)
    return _with_place(text, candidate)


def _with_place(text: Text, candidate: Candidate) -> Candidate:
    """Give "thành phố Đà Nẵng" or "province du Yunnan" the reference of the government of that place."""
    number = text.covered[candidate.end - 1]
    if candidate.kind != "local-government" or candidate.source != "head" or number < 0:
        return candidate
    place = text.listed[number]
    if place.entry.sort != "city" or place.entry.ref is None:
        return candidate
    glue = text.lexicon.possession | text.lexicon.articles
    for end in range(candidate.start + 1, place.start + 1):
        is_place = any(stop == end for stop, _ in text.lexicon.nouns.matches(text.words, candidate.start))
        if is_place and all(word.key in glue for word in text.words[end : place.start]):
            return replace(candidate, ref=place.entry.ref, country=place.entry.country)
    return candidate


def _holds(text: Text, run: Candidate, around: Surroundings, likelihood: Mapping[Candidate, float]) -> bool:
    """Say whether a bare run of capitalised words names an organisation."""
    # What is open is no partner by no rule.
    if (run not in likelihood and _is_no_partner(text, run)) or _stands_for_words(text, run):
        return False
    if _heads_body(text, run, around):
        return False
    if renames(text, run, around) or (run.end - run.start > 1 and is_legal_form(text, run.end - 1)):
        return True
    likely = LIKELY
    if run.kind in _TELLING and run.end - run.start > 1:
        likely = min(likely, _LIKELY_WITH_NOUN)
    if _is_called(text, run):
        likely = min(likely, _LIKELY_CALLED)
    return _chance(text, run, around, likelihood) >= likely


def _as_town(text: Text, run: Candidate) -> Candidate:
    """Return the run as the government of a town where it is the name of one and no list knows it."""
    town = town_of(text.fold(run.start, run.end)) if run.kind is None and run.ref is None else None
    is_open = run.start not in text.listed_at and "ORG" not in text.ents[run.start : run.end]
    return replace(run, kind="local-government", country=town.country) if town and is_open else run


def _chance(text: Text, run: Candidate, around: Surroundings, likelihood: Mapping[Candidate, float]) -> float:
    found = likelihood.get(run)
    return probability(text, run, around) if found is None else found


def _heads_body(text: Text, run: Candidate, around: Surroundings) -> bool:
    """Say whether somebody's name follows a body's: "Thứ trưởng Bộ Lao động Leonie Gebers"."""
    return (
        text.lexicon.home is not None and run.end - run.start > 1 and _follows_name(text, run.start, around)
    )


def _follows_name(text: Text, index: int, around: Surroundings) -> bool:
    """Say whether a name ends before the word, its short form in brackets aside."""
    gap = text.words[index].gap
    last = index - 1 if gap == " " else index - 2 if gap == ") " else -1
    return last >= 0 and around.edges.get(last) == "end"


def _is_called(text: Text, run: Candidate) -> bool:
    """Say whether a nation and a noun for firms stand right before: "the Dutch supplier", "l'éditeur
    néerlandais".
    """
    words = range(max(0, run.start - 2), run.start)
    if len(words) < 2 or any(text.words[index + 1].gap != " " for index in words):
        return False
    nations = {
        i for i in words if text.covered[i] >= 0 and text.listed[text.covered[i]].entry.sort == "demonym"
    }
    nouns = {i for i in words for end, _ in text.lexicon.nouns.matches(text.words, i) if end == i + 1}
    return bool(nations and nouns) and not text.lexicon.home


def renames(text: Text, run: Candidate, around: Surroundings) -> bool:
    """Say whether the run stands in brackets right after a name with a head noun, as its short form does."""
    for index in range(max(0, run.start - 4), run.start):
        if text.key(index, run.start) in text.lexicon.same_as and text.words[run.start].is_glued:
            return True
    bracket = text.words[run.start].gap.strip() == "(" and around.edges.get(run.start - 1) == "end"
    return (
        bracket and run.end - run.start == 1 and any(c.isupper() for c in text.text(run.start, run.end)[:2])
    )


def _stands_for_words(text: Text, run: Candidate) -> bool:
    """Say whether the article spells the acronym out in small letters: "quantum key distribution (QKD)"."""
    return run.end - run.start == 1 and text.words[run.start].text in text.abbreviations


def _is_no_partner(text: Text, run: Candidate) -> bool:
    lexicon = text.lexicon
    listed = text.listed_at.get(run.start)
    if listed is not None and listed.end == run.end and listed.entry.sort not in ("known", "city"):
        return True
    if listed is not None and listed.end == run.end and listed.entry.sort == "city" and _is_where(text, run):
        return True
    if run.kind is None and _is_titled(text, run):
        return True
    form = text.text(run.start, run.end)
    last = text.words[run.end - 1].text
    if form in lexicon.media | lexicon.regions or (
        last in lexicon.not_partner_last and run.end - run.start < _LONG
    ):
        return True
    if run.end - run.start == 1 and _is_noun(text, run.start):
        return True
    if run.end - run.start == 1 and (text.words[run.start].key in lexicon.stop_words or len(form) < 2):
        return True
    if run.end - run.start == FULL_NAME and begins_person(text, run.start):
        return True
    before = text.words[run.start - 1] if run.start else None
    if before is not None and text.words[run.start].is_glued and before.key in lexicon.not_partner_before:
        return True
    return _all_places(text, run)


def _is_titled(text: Text, run: Candidate) -> bool:
    """Say whether the run is somebody who presides: "Chancellor Olaf Scholz"."""
    titles = text.lexicon.titles.matches(text.words, run.start)
    return any(role == "presiding" for end, values in titles if end < run.end for role, _ in values)


def _is_where(text: Text, city: Candidate) -> bool:
    """Say whether a city is only where something is: "à Hué", "in Dresden", "(Toulouse)"."""
    word = text.words[city.start]
    if word.gap.strip() == "(" and text.gap(city.end).startswith(")"):
        return True
    return text.before(city.start) in text.lexicon.locative - text.lexicon.possession


def _is_noun(text: Text, index: int) -> bool:
    """Say whether the one word is a noun for an organisation: "the Centre", "l'Office" name none."""
    if text.words[index].is_acronym:
        return False
    tables = (text.lexicon.nouns, text.lexicon.heads, text.lexicon.finals)
    return any(end == index + 1 for table in tables for end, _ in table.matches(text.words, index))


def _all_places(text: Text, run: Candidate) -> bool:
    index = run.start
    if text.words[index].text in text.lexicon.media:
        # "He told Reuters Vietnam would sign"
        index += 1
    while index < run.end:
        listed: Listed | None = text.listed_at.get(index)
        if listed is None or listed.entry.sort in ("known", "city"):
            return False
        index = listed.end
    return True
