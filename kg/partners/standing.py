"""For whom persons and groups stand: "ông Long", "the two sides", "le groupe néerlandais", "the ministry".

In: mentions and the partners found so far. Out: the partners' mentions grow; a country or ministry that only
its people name becomes a partner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Mention
from kg.names.lexicon import Lexicon
from kg.names.words import fold, normalise, split_words
from kg.partners.identity import Identity
from kg.partners.speakers import find_named, post_beside

#: How far behind a person's name or title the organisation may stand, in characters.
_NEAR = 60
#: The same before the organisation, where a verb soon stands between: "the rector signed with ACME".
_BESIDE = 6
#: The same for a title that may be that of a statesman.
_CLOSE = 24
#: How far from a name its title may stand.
_TITLED = 40
#: Kinds whose own heads bear the title of a statesman.
_WITH_PRESIDENTS = frozenset({"university", "company", "association", "research-institute"})


def attach_people(
    text: str, mentions: Sequence[Mention], identities: list[Identity], lexicon: Lexicon, *, seat: str | None
) -> None:
    """Add each person to the partner for which he or she stands; ``seat`` is the article's country."""
    by_name: dict[str, Identity] = {}
    named = find_named(identities)
    open_ones: list[Mention] = []
    for mention in mentions:
        if mention.source == "state" and mention.country is None:
            body = _nearest(text, mention, identities, near=_CLOSE)
            # "Griffith President Carolyn Evans" is no head of state.
            body = body if body is not None and body.kind in _WITH_PRESIDENTS else None
            country = None if body else _state_of(mention, identities, lexicon, seat)
            mention = replace(mention, country=country, source="state" if country else "organisation")
        post = post_beside(text, mention, named, lexicon) if mention.source in _UNTITLED else None
        if post is not None and post.of_state and post.identity.country:
            # "To Lam, General Secretary of the Communist Party of Vietnam" stands for Vietnam.
            mention = replace(mention, kind="country", country=post.identity.country, source="state")
            post = None
        identity = post.identity if post else _for_whom(text, mention, identities, lexicon)
        if identity is None and mention.source in _UNTOLD:
            identity = _by_name(mention, by_name, lexicon)
        if identity is None:
            open_ones.append(mention)
            continue
        _attach(mention, identity, by_name, lexicon)
    for mention in open_ones:
        identity = _beside_titled(text, mention, identities) if mention.source in _UNTOLD else None
        identity = identity or _by_name(mention, by_name, lexicon)
        if identity is None and mention.source == "bare":
            identity = _by_title(text, mention, identities)
        if identity is not None:
            _attach(mention, identity, by_name, lexicon)


#: Sources of mentions that do not tell by themselves for whom the person stands; "bare" is a title alone.
_UNTITLED = frozenset({"person", "honorific", "organisation"})
_UNTOLD = _UNTITLED | {"bare"}


def _attach(mention: Mention, identity: Identity, by_name: dict[str, Identity], lexicon: Lexicon) -> None:
    if mention not in identity.mentions:
        identity.add(mention)
    if mention.source != "bare":
        by_name.update(dict.fromkeys(_keys(mention, lexicon), identity))


def _by_name(mention: Mention, by_name: dict[str, Identity], lexicon: Lexicon) -> Identity | None:
    return next((by_name[key] for key in _keys(mention, lexicon) if key in by_name), None)


def _keys(mention: Mention, lexicon: Lexicon) -> list[str]:
    """The words of a name by which the person is called later on, the likeliest first: the last one, then
    others that many do not share.
    """
    words = [word for word in split_words(mention.text) if word.is_capital]
    return [
        word.fold
        for number, word in enumerate(reversed(words))
        if number == 0 or word.text not in lexicon.surnames
    ]


def _beside_titled(text: str, mention: Mention, identities: Sequence[Identity]) -> Identity | None:
    """For whom the title beside a name stands: "the Minister of Construction of Japan, Aoki Rin"."""
    for identity in identities:
        for other in identity.mentions:
            if other.label != "person" or other == mention:
                continue
            first, second = sorted((other, mention), key=lambda item: item.start)
            if text[first.end : second.start] in _APPOSED:
                return identity
    return None


#: What stands between a name and a title beside it.
_APPOSED = frozenset({", ", " ", " - ", " – "})


def _by_title(text: str, mention: Mention, identities: Sequence[Identity]) -> Identity | None:
    """For whom a title alone stands: the one for whom the person named last with that title does."""
    title = re.compile(rf"(?<!\w){re.escape(fold(mention.text))}(?!\w)")
    before = [
        (other.start, identity)
        for identity in identities
        for other in identity.mentions
        if other.label == "person"
        and other.end <= mention.start
        and title.search(fold(text[max(0, other.start - _TITLED) : other.end + _TITLED]))
    ]
    return max(before, key=lambda item: item[0])[1] if before else None


def _state_of(mention: Mention, identities: list[Identity], lexicon: Lexicon, seat: str | None) -> str | None:
    """Guess the country of a statesman named without one: his own press says "the Prime Minister"."""
    names = [word.text for word in split_words(mention.text) if word.is_capital]
    if family := next((name for name in names if name in lexicon.families), None):
        return lexicon.families[family]
    if lexicon.home is None:
        return seat
    before = [
        item
        for item in identities
        if item.kind == "country" and item.country != lexicon.home and item.first < mention.start
    ]
    return (
        max(before, key=lambda item: max(m.start for m in item.mentions if m.start < mention.start)).country
        if before
        else None
    )


def _for_whom(text: str, mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    if mention.source == "state" and mention.country:
        return country_identity(mention, identities)
    if mention.source == "deputy":
        return _ministry(mention, identities, lexicon) or _new_ministry(mention, identities, lexicon)
    if mention.source == "organisation":
        return _nearest(text, mention, identities, near=_NEAR, behind=_BESIDE)
    return None


def country_identity(mention: Mention, identities: list[Identity]) -> Identity:
    """Return the country of a mention; one that none has named yet becomes a partner."""
    for identity in identities:
        if identity.kind == "country" and identity.country == mention.country:
            return identity
    identity = Identity(mention, [mention.text])
    identities.append(identity)
    return identity


def _ministry(mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    """Return the ministry of a deputy: that of the portfolio named, else the one mentioned last."""
    head = normalise(lexicon.ministry)
    ministries = [
        item for item in identities if item.kind == "government-body" and head in item.words(lexicon)
    ]
    label = _ministry_name(mention, lexicon)
    if label is not None:
        own = normalise(label)
        return next((item for item in ministries if any(_begins(own, form) for form in item.forms)), None)
    before = [item for item in ministries if any(m.start < mention.start for m in item.mentions)]
    return max(
        before, key=lambda item: max(m.start for m in item.mentions if m.start < mention.start), default=None
    )


def _begins(name: str, other: str) -> bool:
    return name.startswith(other) or other.startswith(name)


def _new_ministry(mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    """Make the ministry of "vice-ministre des Sciences" or "Deputy Minister of Construction" a partner."""
    label = _ministry_name(mention, lexicon)
    if label is None:
        return None
    identity = Identity(mention, [label])
    identities.append(identity)
    return identity


def _ministry_name(mention: Mention, lexicon: Lexicon) -> str | None:
    """Return the name of a deputy's ministry from the title, when it names a portfolio."""
    words = split_words(mention.text, accents=lexicon.home is not None)
    best = max((end for end, values in lexicon.titles.matches(words, 0)), default=0)
    topics = []
    for word in words[best:]:
        if word.is_capital and word.text in lexicon.surnames:
            break
        topics.append(word)
    if not best or not topics or lexicon.home is not None:
        return None
    if len(topics) > 1 and topics[1].key in lexicon.possession and not topics[0].is_capital:
        # "vice-ministre vietnamien de la Santé"
        topics = topics[1:]
    led = words[best - 1].key in lexicon.possession or topics[0].key in lexicon.possession
    if not led:
        return None
    first = words[best - 1] if words[best - 1].key in lexicon.possession else topics[0]
    return f"{lexicon.ministry} {mention.text[first.start : topics[-1].end]}"


def _nearest(
    text: str, mention: Mention, identities: list[Identity], *, near: int, behind: int | None = None
) -> Identity | None:
    """The organisation named nearest in the sentence: up to ``near`` characters before, ``behind`` after."""
    best: tuple[int, Identity] | None = None
    for identity in identities:
        if identity.kind == "country":
            continue
        for other in identity.mentions:
            if other.label != "partner":
                continue
            is_before = other.end <= mention.start
            distance = mention.start - other.end if is_before else other.start - mention.end
            least = near if is_before or behind is None else behind
            between = text[min(mention.end, other.end) : max(mention.start, other.start)]
            if (
                0 <= distance < least
                and "." not in between
                and "\n" not in between
                and (best is None or distance < best[0])
            ):
                best = (distance, identity)
    return best[1] if best else None
