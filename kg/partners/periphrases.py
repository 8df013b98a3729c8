"""For which partners the periphrases stand: "the two sides", "le groupe néerlandais", "tập đoàn này".

In: group mentions and the partners found so far. Out: the partners' mentions grow; a nation's unnamed firms
make their country a partner.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Mention
from kg.names.lexicon import Lexicon
from kg.names.words import split_words
from kg.partners.identity import Identity
from kg.partners.standing import country_identity

#: Where a sentence ends, near enough for looking back.
_BREAK = re.compile(r"[.!?…][»”\"’)]*\s+|\n+")
#: How many sentences "the two sides" may look back for two partners named together.
_BACK = 4
#: How far back "the two countries" may look for places, in characters, and which places are countries.
_FAR = 800
_STATES = frozenset({"country", "capital"})
_PERIPHRASES = frozenset({"pair", "anaphor"})


def attach_groups(
    text: str,
    mentions: Sequence[Mention],
    identities: list[Identity],
    lexicon: Lexicon,
    *,
    places: Sequence[Mention] = (),
) -> None:
    """Add "the two sides", "the company", "French firms" to the partners for which they stand.

    "The two countries" may be two that ``places`` name only as places, or that are no partners yet.
    """
    breaks = [match.end() for match in _BREAK.finditer(text)]
    for mention in mentions:
        if mention.source == "nation":
            identity = _body_of_nation(mention, identities, lexicon) or country_identity(mention, identities)
            if mention not in identity.mentions:
                identity.add(mention)
        elif mention.source == "pair":
            found = _pair(mention, identities, breaks, lexicon)
            if mention.kind == "country" and len(found) < 2:
                found += _countries_before(mention, places, identities, 2 - len(found))
            for identity in found:
                identity.add(mention)
        else:
            latest = _latest(mention, identities, 1, _nouns(mention, lexicon), lexicon)
            if not latest and mention.country and _may_be_nation(mention, lexicon):
                # "doanh nghiệp Hàn Quốc": no firm was named, so a nation's firms are meant.
                mention = replace(mention, kind="country", source="nation")
                latest = [country_identity(mention, identities)]
            for identity in latest:
                if mention not in identity.mentions:
                    identity.add(mention)


def _may_be_nation(mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether the words may stand for a nation: "l'administration américaine", in Vietnamese any noun but
    that of a town or province.
    """
    words = split_words(mention.text, accents=lexicon.home is not None)
    is_of_state = mention.kind != "local-government"
    return is_of_state and (lexicon.home is not None or any(word.key in lexicon.people for word in words))


def _body_of_nation(mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    """Return the body for which "the Korean side" stands: the one of that country named last, unless the
    country itself was named before.
    """
    words = split_words(mention.text, accents=lexicon.home is not None)
    if not any(word.key in lexicon.sides for word in words):
        return None
    before = [
        (max(spots), identity)
        for identity in identities
        if identity.country == mention.country
        and (spots := [m.start for m in identity.mentions if m.end <= mention.start and m.source != "nation"])
    ]
    if not before or any(identity.kind == "country" for _, identity in before):
        return None
    return max(before, key=lambda item: item[0])[1]


def _pair(
    mention: Mention, identities: list[Identity], breaks: list[int], lexicon: Lexicon
) -> list[Identity]:
    """Return the two partners of "hai bên": the first two of the nearest sentence before that names two.

    Two bodies come before countries, which may only be where they are from; without such a sentence, the two
    countries named most often, or the two partners named last.
    """
    index = bisect_right(breaks, mention.start)
    end = mention.start
    for start in [*reversed(breaks[max(0, index - _BACK) : index]), *([0] if index <= _BACK else [])]:
        named = _named_between(mention, identities, start, end)
        if len(named) > 1:
            return named[:2]
        end = start
    found = _latest(mention, identities, len(identities), frozenset(), lexicon)
    if mention.kind == "country":
        found.sort(key=lambda item: -sum(other.start < mention.start for other in item.mentions))
        if len(found) < 2:
            found = [item for item in identities if item.kind == "country" and item.mentions]
    return found[:2]


def _countries_before(
    mention: Mention, places: Sequence[Mention], identities: list[Identity], count: int
) -> list[Identity]:
    """Return the countries named last before the mention that are no partners so far."""
    known = {identity.country for identity in identities if identity.kind == "country"}
    before: dict[str, Mention] = {}
    for place in places:
        if mention.start - _FAR < place.start < mention.start and place.country and place.source in _STATES:
            before.pop(place.country, None)
            before[place.country] = place
    found = [place for code, place in before.items() if code not in known][-count:]
    if len(found) < count:
        return []
    return [country_identity(replace(place, label="partner", kind="country"), identities) for place in found]


def _named_between(mention: Mention, identities: list[Identity], start: int, end: int) -> list[Identity]:
    """Return the partners fit for ``mention`` that the stretch names, in their order."""
    places: list[tuple[int, Identity]] = []
    for identity in identities:
        if mention.kind and (identity.kind or "company") != mention.kind:
            continue
        spots = [
            m.start for m in identity.mentions if start <= m.start < end and m.source not in _PERIPHRASES
        ]
        if spots:
            places.append((min(spots), identity))
    named = [identity for _, identity in sorted(places, key=lambda place: place[0])]
    bodies = [identity for identity in named if identity.kind != "country"]
    return bodies if len(bodies) > 1 and mention.kind is None else named


#: Kinds whose anaphor repeats the noun of the name: "le ministère" is a body called so, "the firm" is any
#: company.
_NAMED_BY_NOUN = frozenset(
    {
        "government-body",
        "association",
        "research-institute",
        "international-organisation",
        "other",
    }
)


def _nouns(mention: Mention, lexicon: Lexicon) -> frozenset[str]:
    """Return the words of an anaphor that must be found again in the partner's name; none for firms and
    schools.
    """
    return _stems(mention, lexicon) if mention.kind in _NAMED_BY_NOUN else frozenset()


def _stems(mention: Mention, lexicon: Lexicon) -> frozenset[str]:
    """The beginnings of the nouns of a description."""
    words = split_words(mention.text, accents=lexicon.home is not None)
    skipped = lexicon.determiners | lexicon.articles | lexicon.after
    return frozenset(
        _stem(word.fold)
        for number, word in enumerate(words)
        if word.key not in skipped
        and len(word.text) > 1
        and (not number or not word.is_capital or any(True for _ in lexicon.nouns.matches(words, number)))
    )


def _stem(word: str) -> str:
    """The letters that forms and spellings of a noun share: "centre", "center"."""
    return word[:_STEM]


_STEM = 4


#: Kinds that one noun may mean: "the institution", "l'établissement".
_AKIN = frozenset({"university", "research-institute"})


def _are_akin(kind: str, other: str) -> bool:
    return kind == other or {kind, other} <= _AKIN


def _latest(
    mention: Mention, identities: list[Identity], count: int, nouns: frozenset[str], lexicon: Lexicon
) -> list[Identity]:
    """Return the partners named before the mention that its kind, country and noun fit: those whose names
    have its own words first ("the Kumamoto side"), then those known to be of its country, then the latest.
    """
    fitting = []
    own = _own_words(mention, lexicon)
    # "Ngân hàng" with a capital is a body that is called so.
    is_name = lexicon.home is not None and mention.text[:1].isupper()
    called = _stems(mention, lexicon) if is_name else frozenset()
    for identity in identities:
        kind = identity.kind or "company"
        is_of_kind = not mention.kind or _are_akin(kind, mention.kind)
        words = identity.words(lexicon) if nouns or called or own else set()
        stems = {_stem(word) for word in words}
        is_so_called = bool(nouns & stems) or bool(called and called <= stems)
        if not is_of_kind and not is_so_called:
            continue
        if mention.country and identity.country not in (None, mention.country):
            continue
        is_at_home = identity.country == mention.country is not None
        if nouns and not is_so_called and not is_at_home:
            continue
        if mention.country and not is_at_home and not (is_of_kind and kind == "company"):
            continue
        ends = [item.end for item in identity.mentions if item.end <= mention.start and item.label != "group"]
        if ends:
            by_name = bool(own & words) or (not nouns and is_so_called)
            is_exact = mention.kind in (None, kind)
            fitting.append((by_name, is_at_home, is_exact, max(ends), identity))
    fitting.sort(key=lambda item: item[:4], reverse=True)
    return [identity for *_, identity in fitting[:count]]


def _own_words(mention: Mention, lexicon: Lexicon) -> set[str]:
    """The words of a description that are names: of a place, or short for the partner's own."""
    words = split_words(mention.text, accents=lexicon.home is not None)
    return {word.fold for word in words[1:] if word.is_capital}
