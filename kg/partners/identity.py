"""Mentions of one partner brought together: acronyms, short forms, spellings.

In: partner mentions in the order of the text. Out: ``Identity`` values, which grow while an article is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from kg.model import Mention
from kg.names.lexicon import Lexicon, known_partners
from kg.names.words import fold, normalise, split_words

#: Names shorter than this are never taken for misspellings of one another.
_SPELLABLE = 6


class Identity:
    """One partner of the article under way: its names, kind, country and mentions."""

    def __init__(self, mention: Mention, forms: Sequence[str]) -> None:
        self.ref = mention.ref
        self.kind = mention.kind
        self.country = mention.country
        self.mentions = [mention]
        self.forms = {normalise(form): form for form in forms}
        #: Short forms that the name contains, good for finding later mentions only.
        self.short: set[str] = set()
        self.label = max(forms, key=len)
        self.first = mention.start

    def add(self, mention: Mention, forms: Sequence[str] = ()) -> None:
        """Take in a further mention and what it tells."""
        self.mentions.append(mention)
        if mention.label == "partner":
            self.ref = self.ref or mention.ref
            self.kind = self.kind or mention.kind
            self.country = self.country or mention.country
        for form in forms:
            self.forms.setdefault(normalise(form), form)
        if forms and mention.label == "partner" and len(max(forms, key=len)) > len(self.label):
            self.label = max(forms, key=len)

    def words(self, lexicon: Lexicon) -> set[str]:
        """Return the folded words of all its names, those of the gazetteer included."""
        words = {word for form in self.forms for word in form.split()}
        known = known_partners(lexicon.lists).get(self.ref) if self.ref else None
        if known is not None:
            words.update(word for _, name in known.names for word in normalise(name).split())
        return words


def gather(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Identity]:
    """Return the partners that the mentions name."""
    identities: list[Identity] = []
    previous: tuple[Mention, Identity] | None = None
    for mention in mentions:
        forms = forms_of(mention, lexicon)
        identity = _alias(text, mention, previous, lexicon) or _same(mention, forms, identities)
        if identity is None:
            identity = Identity(mention, forms)
            identities.append(identity)
        else:
            identity.add(mention, forms if mention.kind != "country" else ())
        if identity.kind == "company":
            identity.short.update(_own_names(mention.text, lexicon))
        previous = (mention, identity)
    return identities


def forms_of(mention: Mention, lexicon: Lexicon) -> list[str]:
    """Return the names that a mention gives: a firm's own name without a generic noun before it."""
    office = _office(mention, lexicon)
    if office is not None:
        return [mention.text, office]
    core = _core(mention.text, lexicon)
    if not core or core == mention.text:
        return [mention.text]
    return [core] if mention.kind == "company" else [mention.text, core]


def _office(mention: Mention, lexicon: Lexicon) -> str | None:
    """Return "Ministry of higher education" for "Oman's higher education ministry"."""
    noun = lexicon.ministry.lower()
    if lexicon.lowercase_names or mention.kind != "government-body" or not mention.text.endswith(f" {noun}"):
        return None
    words = split_words(mention.text)
    start = next((word.start for word in words if not word.is_capital and word.text != "s"), 0)
    portfolio = mention.text[start : words[-1].start].strip()
    return f"{lexicon.ministry} of {portfolio}" if portfolio else None


def _core(text: str, lexicon: Lexicon) -> str | None:
    words = split_words(text, accents=lexicon.home is not None)
    best = 0
    for end, _ in lexicon.heads.matches(words, 0):
        best = end
    rest = words[best:]
    plain = lexicon.home is not None
    if (
        best
        and rest
        and all((w.is_capital and (w.text.isascii() or not plain)) or w.text in "&s" for w in rest)
    ):
        return text[rest[0].start :]
    return None


def _own_names(text: str, lexicon: Lexicon) -> set[str]:
    """Return the firm's own name at the end of a descriptive one ("Công ty cổ phần Công nghệ Pinloop")."""
    words = split_words(text, accents=lexicon.home is not None)
    after = max((end for end, _ in lexicon.heads.matches(words, 0)), default=0)
    rest = words[after:]
    if after and 1 < len(rest) < 4 and all(word.is_capital for word in rest):
        # "Minh Phú" of "Tập đoàn Minh Phú".
        return {normalise(text[rest[0].start :])}
    index = len(words)
    while index > 0 and words[index - 1].is_capital and words[index - 1].text.isascii():
        index -= 1
    if 0 < index < len(words) and not any(True for _ in lexicon.names.matches(words, index)):
        return {normalise(text[words[index].start :])}
    return set()


def _alias(
    text: str, mention: Mention, previous: tuple[Mention, Identity] | None, lexicon: Lexicon
) -> Identity | None:
    """Return the partner before "(KFIA)" or "(e-Governance Academy, eGA)" when the brackets rename it."""
    if previous is None or mention.kind == "country":
        return None
    before, identity = previous
    gap = text[before.end : mention.start]
    if _is_acronym_of(mention.text, before.text, gap):
        clash = identity.kind == "country" or (identity.ref and mention.ref and identity.ref != mention.ref)
        return None if clash else identity
    if len(gap) > 40 or not re.fullmatch(r"\s*\(\s*|\s*,\s*[^().]{0,30}", gap):
        return None
    if gap.strip().startswith(",") and not (
        _in_brackets(text, before) and text[mention.end :].startswith(")")
    ):
        return None
    if identity.kind == "country" or (identity.ref and mention.ref and identity.ref != mention.ref):
        return None
    if (
        mention.ref
        and not mention.text.isupper()
        and not identity.words(lexicon) & set(normalise(mention.text).split())
    ):
        # "APM Terminals (Maersk)": whom it belongs to.
        return None
    return identity if _renames(before.text, mention.text) else None


def _is_acronym_of(short: str, long: str, gap: str) -> bool:
    """Say whether "(IMT)" abbreviates "Institut de médecine tropicale d'Anvers", of which a part was read."""
    if not short.isupper() or not short.isalpha() or not re.fullmatch(r"[^().;:\n]{0,40}\(\s*", gap):
        return False
    initials = iter(word.fold[0] for word in split_words(long + gap))
    return len(short) > 2 and all(letter in initials for letter in fold(short))


def _in_brackets(text: str, mention: Mention) -> bool:
    return "(" in text[max(0, mention.start - 3) : mention.start]


def _renames(long: str, short: str) -> bool:
    """Say whether one of two names can be the short form or translation of the other."""
    a, b = split_words(long), split_words(short)
    if len(b) == 1 or len(a) == 1:
        return True
    return (len(b) <= 2 and any(word.is_acronym for word in b)) or (
        len(b) > 2 and any(w.text.isascii() for w in b)
    )


def _same(mention: Mention, forms: Sequence[str], identities: list[Identity]) -> Identity | None:
    if mention.kind == "country":
        matching = (item for item in identities if item.kind == "country" and item.country == mention.country)
        return next(matching, None)
    if mention.ref is not None:
        found = next((item for item in identities if item.ref == mention.ref), None)
        if found is not None:
            return found
    names = [normalise(form) for form in forms]
    candidates = [item for item in identities if item.kind != "country" and _agree(item, mention)]
    for item in reversed(candidates):
        if any(name in item.forms or name in item.short for name in names):
            return item
    for item in reversed(candidates):
        if mention.kind == item.kind == "local-government" and any(
            _governs(name, other) for name in names for other in item.forms
        ):
            return item
    for item in reversed(candidates):
        if any(_misspelt(name, other) for name in names for other in item.forms):
            return item
        pairs = ((name, other) for name in names for other in item.forms if _short_form(name, other))
        if any(len(name) < len(other) or not _is_another(item, mention, name) for name, other in pairs):
            return item
    return None


def _is_another(identity: Identity, mention: Mention, name: str) -> bool:
    """Say whether a longer name that comes later is that of another: of a body that bears a town's name
    ("Setagaya", then "Setagaya Art Museum") or of a firm's daughter ("Petronas", then "Petronas Ventures").
    """
    if identity.kind == mention.kind == "company":
        return name.split()[-1] not in _LEGAL_FORMS
    return identity.kind != mention.kind and mention.kind in _BODIES


#: What a firm's name may end with or not.
_LEGAL_FORMS = frozenset(
    ("group", "corporation", "corp", "holding", "holdings", "company", "co", "inc", "ltd")
)
#: Those whose full name is told before it is shortened.
_BODIES = frozenset(
    (
        "university",
        "research-institute",
        "association",
        "government-body",
        "international-organisation",
        "other",
    )
)


def _agree(identity: Identity, mention: Mention) -> bool:
    """Say whether kinds and references leave room for one identity."""
    if identity.ref and mention.ref and identity.ref != mention.ref:
        return False
    return (
        identity.kind is None
        or mention.kind is None
        or identity.kind == mention.kind
        or mention.source == "run"
    )


def _governs(name: str, other: str) -> bool:
    """Say whether one is the place that the other governs ("hue", "uy ban nhan dan thanh pho hue")."""
    short, long = sorted((name, other), key=len)
    return long.endswith(f" {short}")


def _short_form(name: str, other: str) -> bool:
    """Say whether one name is the beginning of the other ("hana", "hana microelectronics")."""
    short, long = sorted((name, other), key=len)
    return len(short) > 2 and " " not in short and long.startswith(short + " ") and len(long.split()) <= 4


def _misspelt(name: str, other: str) -> bool:
    """Say whether two names differ by a slip: one letter in six or more, never the digits at the end."""
    if min(len(name), len(other)) < _SPELLABLE or abs(len(name) - len(other)) > 2:
        return False
    if re.findall(r"\d+", name) != re.findall(r"\d+", other) or name[0] != other[0]:
        return False
    limit = 1 if min(len(name), len(other)) < 12 else 2
    return DamerauLevenshtein.distance(name, other, score_cutoff=limit) <= limit
