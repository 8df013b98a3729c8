"""The partners of all articles in; which of them are one and the same out.

Within an article, ``partners`` has brought the spellings of a name together. Across articles it is done here,
on the set of all reports, so that the order of articles is no matter:

- *label*: a name that is another partner's name in a list, or that another article gives it, but for case,
  accents, punctuation and spaces ("Ha Noi", "Hanoi"), and for the noun that each language has for it
  ("Université de Kumamoto", "Kumamoto University");
- *acronym*: "KFIA" alone is the association that another article calls "Korea Fabless Industry Association
  (KFIA)", where only one partner of its country goes by it;
- *spelling*: two long names of one kind and country that differ by one slip of the pen in one long word;
- *correction*: a person said so, or said that they are not the same.

Two partners of the lists are never taken for one, and nothing is if two partners could be meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.clusters import Clusters
from kg.model import Partner
from kg.names.translations import name_key, name_keys
from kg.names.words import normalise

Pair = tuple[str, str]
#: Shorter acronyms stand for too much.
_ACRONYM: Final = re.compile(r"[^\W\d_a-z]{3,10}\d?")
#: A slip of the pen counts in words of so many letters, in names of at least two words.
_LONG_WORD: Final = 6
#: Kinds that one and the same body may be called in two articles.
_ALIKE: Final = {
    "local-government": "government-body",
    "research-institute": "university",
    "association": "body",
    "international-organisation": "body",
    "other": "body",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A partner as all its reports know it: the form told most often, and every name that it has there."""

    partner: Partner
    names: frozenset[str]
    is_known: bool = False
    #: Its names in the lists.
    listed: frozenset[str] = frozenset()

    @property
    def is_acronym(self) -> bool:
        """Whether it goes by an acronym alone."""
        return is_acronym(self.partner.label)


@dataclass(frozen=True, slots=True)
class Identities:
    """``partners``: IRI -> the partner that stands for it; ``reasons``: IRI -> why it is that one."""

    partners: Mapping[str, Partner] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def is_acronym(name: str) -> bool:
    """Say whether a name is written as an acronym."""
    return _ACRONYM.fullmatch(name) is not None


def describe_partners(partners: Iterable[Partner], known: Container[str]) -> dict[str, Profile]:
    """Gather what reports say of each partner; ``known`` are those that a list knows."""
    forms: dict[str, Counter[Partner]] = defaultdict(Counter)
    names: dict[str, set[str]] = defaultdict(set)
    # Reports share their partners; one that many have is looked at once.
    told = list(partners)
    kept = {id(partner): partner for partner in told}
    for key, count in Counter(map(id, told)).items():
        partner = kept[key]
        forms[partner.iri][replace(partner, mentions=())] += count
        names[partner.iri].update(item.text for item in partner.mentions if item.label == "partner")
    return {iri: make_profile(counts, names[iri], iri in known) for iri, counts in sorted(forms.items())}


def make_profile(counts: Mapping[Partner, int], names: Iterable[str], is_known: bool) -> Profile:
    """Describe one partner by its forms, with how many reports give each, and by its names."""
    form = most_told(counts)
    return Profile(form, frozenset({form.label, *names}), is_known)


def most_told(counts: Mapping[Partner, int]) -> Partner:
    """Give the form of a partner that is told most often; of several always the same one."""
    return min(counts, key=lambda item: (-counts[item], item.label, item.kind, item.country or ""))


def unite_partners(
    profiles: Mapping[str, Profile], *, same: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> Identities:
    """Find the partners that are one; ``same`` and ``apart`` are pairs that a person has judged.

    Of two that are the same the first one stays, unless only the second is in a list.
    """
    said = sorted(set(same))
    groups = _joined(profiles, said, apart)
    listed = {groups.root(iri) for iri, profile in profiles.items() if profile.is_known}
    reasons = {iri: "correction" for pair in said for iri in pair}
    for reason, find in _WAYS:
        for one, other in sorted(find(profiles, groups)):
            roots = {groups.root(one), groups.root(other)}
            # Two partners of the lists are two.
            if not roots <= listed and groups.may_join(one, other) and groups.join(one, other):
                listed |= {groups.root(one)} if roots & listed else set()
                reasons.setdefault(one, reason)
                reasons.setdefault(other, reason)
    later = {other for _, other in said}
    partners: dict[str, Partner] = {}
    for group in filter(lambda group: len(group) > 1, groups.members()):
        # Of what a person has judged, no article here need tell.
        members = [iri for iri in group if iri in profiles]
        if not members:
            continue
        chosen = min(members, key=lambda iri: _rank(iri, profiles, later))
        partners.update(dict.fromkeys(members, _united(chosen, members, profiles)))
    return Identities(partners, {iri: why for iri, why in sorted(reasons.items()) if iri in partners})


def _joined(profiles: Iterable[str], same: Iterable[Pair], apart: Iterable[Pair]) -> Clusters[str]:
    groups = Clusters(profiles)
    for one, other in same:
        groups.join(one, other)
    for one, other in apart:
        groups.keep_apart(one, other)
    return groups


def _rank(iri: str, profiles: Mapping[str, Profile], later: set[str]) -> tuple[bool | str, ...]:
    """Order the members of a group: who stands for the others comes first."""
    profile, partner = profiles[iri], profiles[iri].partner
    is_bare = profile.is_acronym, partner.country is None
    return partner.kind != "country", not profile.is_known, iri in later, *is_bare, iri


def _united(chosen: str, members: Iterable[str], profiles: Mapping[str, Profile]) -> Partner:
    """Take the country and the Wikidata item from another member where the chosen one has none."""
    partner = profiles[chosen].partner
    if profiles[chosen].is_known or partner.kind == "country":
        return partner
    others = [profiles[iri].partner for iri in sorted(members)]
    country = partner.country or next((item.country for item in others if item.country), None)
    wikidata = partner.wikidata or next((item.wikidata for item in others if item.wikidata), None)
    return replace(partner, country=country, wikidata=wikidata)


# --- what is alike ----------------------------------------------------------------------------------------


def fits(one: Partner, other: Partner) -> bool:
    """Say whether kinds and countries leave room for one identity."""
    kinds = {_ALIKE.get(item.kind, item.kind) for item in (one, other)}
    return len(kinds) == 1 and kinds != {"country"} and _same_country(one, other)


def _same_country(one: Partner, other: Partner) -> bool:
    return one.country == other.country or None in (one.country, other.country)


def _acronyms(profiles: Mapping[str, Profile], groups: Clusters[str]) -> Iterator[Pair]:
    """Pair a partner that goes by an acronym alone with the one partner that articles say it stands for."""
    owners: dict[str, list[str]] = defaultdict(list)
    for iri, profile in profiles.items():
        if not profile.is_acronym:
            for name in profile.names:
                # "CRRC" is the group, of which "CRRC Maintenance" is a part.
                if is_acronym(name) and name not in profile.partner.label.split():
                    owners[name].append(iri)
    for iri, profile in profiles.items():
        if profile.is_acronym and not profile.is_known:
            # An acronym tells no kind, so that it has been taken for a company's.
            guessed = profile.partner.kind == "company"
            fitting = [
                item
                for item in owners[profile.partner.label]
                if fits(profile.partner, profiles[item].partner)
                or (guessed and _same_country(profile.partner, profiles[item].partner))
            ]
            own = [item for item in fitting if profiles[item].partner.country == profile.partner.country]
            found = own or fitting
            if len({groups.root(item) for item in found}) == 1:
                yield min(found), iri


def _labels(profiles: Mapping[str, Profile], groups: Clusters[str]) -> Iterator[Pair]:
    """Pair a partner that no list knows with the one that has its label among its names."""
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, profile in profiles.items():
        for name in profile.names | profile.listed:
            if _tells(name, profile):
                owners[name_key(name)].add(iri)
    for iri, profile in profiles.items():
        label = profile.partner.label
        if profile.is_known or profile.is_acronym:
            continue
        fitting = [
            other
            for other in owners.get(name_key(label), ())
            if other != iri
            and fits(profile.partner, profiles[other].partner)
            and not _begins(profiles[other].partner.label, label)
        ]
        if len({groups.root(other) for other in fitting}) == 1:
            yield min(fitting), iri


def _translations(profiles: Mapping[str, Profile], _: Clusters[str]) -> Iterator[Pair]:
    """Pair partners of one kind and country whose names differ by a noun that each language has for it."""
    owners: dict[tuple[str, str], dict[str | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    for iri, profile in profiles.items():
        for name in {profile.partner.label, *profile.listed}:
            for key in name_keys(name)[1:]:
                owners[profile.partner.kind, key][profile.partner.country].add(iri)
    for by_country in owners.values():
        nowhere = by_country.pop(None, set())
        # Where one country alone is told, those of which none is told are of it; else nobody knows.
        told = list(by_country.values()) or [set[str]()]
        for found in told:
            members = sorted(found | nowhere if len(told) == 1 else found)
            yield from ((members[0], other) for other in members[1:])


def _tells(name: str, profile: Profile) -> bool:
    """Say whether a name tells who is meant: one word that an article alone gives may mean many."""
    return " " in name or name in profile.listed


def _begins(label: str, name: str) -> bool:
    """Say whether a name is only the beginning of a label, by which a part or another body may go too."""
    return normalise(label).startswith(f"{normalise(name)} ")


def _spellings(profiles: Mapping[str, Profile], _: Clusters[str]) -> Iterator[Pair]:
    """Pair long names that differ in one long word by one letter; blocked by all their other words."""
    blocks: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for iri, profile in profiles.items():
        for key, word in _spelling_keys(profile):
            blocks[key].append((word, iri))
    for members in blocks.values():
        for number, (word, iri) in enumerate(sorted(members)):
            for other_word, other in sorted(members)[number + 1 :]:
                one, two = profiles[iri], profiles[other]
                is_listed = one.is_known or two.is_known
                same_place = (
                    one.partner.kind == two.partner.kind and one.partner.country == two.partner.country
                )
                if same_place and one.partner.country and not is_listed and is_slip(word, other_word):
                    yield min(iri, other), max(iri, other)


def _spelling_keys(profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
    words = normalise(profile.partner.label).split()
    for index, word in enumerate(words if len(words) > 1 else ()):
        if len(word) >= _LONG_WORD and word.isalpha():
            yield (str(index), *words[:index], "", *words[index + 1 :]), word


def meeting_keys(profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Say by what a partner meets those that it may be one with: side, key and word.

    An ``owner`` meets a ``label`` of the same key; of ``spelling`` two meet whose words ``is_slip`` says are
    one. Partners that are not joined by such meetings, or by a correction, never bear on each other.
    """
    for name in profile.names | profile.listed:
        if _tells(name, profile) or is_acronym(name):
            yield "owner", name_key(name), ""
    for name in {profile.partner.label, *profile.listed}:
        yield from (("owner", key, "") for key in name_keys(name)[1:])
    if not profile.is_known:
        yield from (("label", key, "") for key in name_keys(profile.partner.label))
        for key, word in _spelling_keys(profile):
            yield "spelling", " ".join(key), word


#: The ways in which two may be found to be one, the surest first, each with the reason that is given.
_WAYS: Final = (
    ("label", _labels),
    ("label", _translations),
    ("spelling", _spellings),
    ("acronym", _acronyms),
)


def is_slip(word: str, other: str) -> bool:
    """Say whether two words are one but for one letter."""
    from rapidfuzz.distance import DamerauLevenshtein

    return word[0] == other[0] and DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1
