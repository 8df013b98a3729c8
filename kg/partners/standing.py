"""For whom persons and groups stand: "ông Long", "the two sides", "le groupe néerlandais", "the ministry".

In: mentions and the partners found so far. Out: the partners' mentions grow; a country or ministry that only its
people name becomes a partner.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import Mention
from kg.names.lexicon import Lexicon
from kg.names.words import split_words
from kg.partners.identity import Identity

#: How far behind a person's name or title the organisation may stand, in characters.
_NEAR = 60


def attach_people(
    doc: Doc, mentions: Sequence[Mention], identities: list[Identity], lexicon: Lexicon
) -> None:
    """Add each person to the partner for which he or she stands."""
    by_name: dict[str, Identity] = {}
    for mention in mentions:
        keys = [word.fold for word in split_words(mention.text) if word.is_capital]
        identity = _for_whom(doc, mention, identities, lexicon)
        if identity is None and mention.source in ("person", "honorific", "organisation", "bare"):
            identity = next((by_name[key] for key in reversed(keys) if key in by_name), None)
        if identity is None:
            continue
        if mention not in identity.mentions:
            identity.add(mention)
        if mention.source != "bare":
            by_name.update(dict.fromkeys(keys, identity))


def _for_whom(doc: Doc, mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    if mention.source == "state" and mention.country:
        return _country(mention, identities)
    if mention.source == "deputy":
        return _ministry(mention, identities, lexicon) or _new_ministry(mention, identities, lexicon)
    if mention.source == "organisation":
        return _nearest(doc, mention, identities)
    return None


def _country(mention: Mention, identities: list[Identity]) -> Identity:
    for identity in identities:
        if identity.kind == "country" and identity.country == mention.country:
            return identity
    identity = Identity(mention, [mention.text])
    identities.append(identity)
    return identity


def _ministry(mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    """Return the ministry of a deputy: that of the portfolio named, else the one mentioned last."""
    ministries = [item for item in identities if item.kind == "government-body"]
    words = {word.fold for word in split_words(mention.text)}
    for item in ministries:
        for form in item.forms:
            topics = {word for word in form.split()[1:] if len(word) > 3}
            if topics and topics <= words:
                return item
    before = [item for item in ministries if any(m.start < mention.start for m in item.mentions)]
    return max(
        before, key=lambda item: max(m.start for m in item.mentions if m.start < mention.start), default=None
    )


def _new_ministry(mention: Mention, identities: list[Identity], lexicon: Lexicon) -> Identity | None:
    """Make the ministry of "vice-ministre des Sciences" or "Deputy Minister of Construction" a partner."""
    words = split_words(mention.text)
    best = max((end for end, values in lexicon.titles.matches(words, 0)), default=0)
    topics = []
    for word in words[best:]:
        if word.is_capital and word.text in lexicon.surnames:
            break
        topics.append(word)
    if not topics:
        return None
    first = words[best - 1] if words[best - 1].key in lexicon.possession else topics[0]
    label = f"{lexicon.ministry} {mention.text[first.start : topics[-1].end]}".replace("  ", " ")
    identity = Identity(mention, [label])
    identities.append(identity)
    return identity


def _nearest(doc: Doc, mention: Mention, identities: list[Identity]) -> Identity | None:
    best: tuple[int, Identity] | None = None
    for identity in identities:
        if identity.kind == "country":
            continue
        for other in identity.mentions:
            if other.label != "partner":
                continue
            distance = mention.start - other.end if other.end <= mention.start else other.start - mention.end
            between = doc.text[min(mention.end, other.end) : max(mention.start, other.start)]
            if (
                0 <= distance < _NEAR
                and "." not in between
                and "\n" not in between
                and (best is None or distance < best[0])
            ):
                best = (distance, identity)
    return best[1] if best else None


def attach_groups(doc: Doc, mentions: Sequence[Mention], identities: list[Identity]) -> None:
    """Add "the two sides", "the company", "French firms" to the partners for which they stand."""
    for mention in mentions:
        if mention.source == "nation":
            identity = _country(mention, identities)
            if mention not in identity.mentions:
                identity.add(mention)
        elif mention.source == "pair":
            for identity in _latest(mention, identities, 2):
                identity.add(mention)
        else:
            for identity in _latest(mention, identities, 1):
                identity.add(mention)


def _latest(mention: Mention, identities: list[Identity], count: int) -> list[Identity]:
    """Return the partners named last before the mention whose kind and country fit it."""
    fitting = []
    for identity in identities:
        if mention.kind and (identity.kind or "company") != mention.kind:
            continue
        if mention.country and identity.country != mention.country:
            continue
        ends = [item.end for item in identity.mentions if item.end <= mention.start and item.label != "group"]
        if ends:
            fitting.append((max(ends), identity))
    fitting.sort(key=lambda pair: -pair[0])
    return [identity for _, identity in fitting[:count]]
