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
from kg.partners.forms import (
    LEGAL_FORMS,
    abbreviates,
    adds_country,
    begins_with,
    is_country,
    is_one_firm,
    translates,
)

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
        #: Known partners that have the same short form, but are of another country.
        self.namesakes: set[str] = set()
        self.label = max(forms, key=len)
        self.first = mention.start

    def add(self, mention: Mention, forms: Sequence[str] = ()) -> None:
        """Take in a further mention and what it tells."""
        self.mentions.append(mention)
        if mention.label == "partner" and mention.ref not in self.namesakes:
            self.ref = self.ref or mention.ref
            self.country = self.country or mention.country
        if mention.label == "partner":
            self.kind = self.kind or mention.kind
        for form in forms:
            self.forms.setdefault(normalise(form), form)
        if forms and mention.label == "partner" and len(max(forms, key=len)) > len(self.label):
            self.label = max(forms, key=len)

    def absorb(self, other: Identity) -> None:
        """Take in another that turns out to be the same."""
        self.mentions = sorted([*other.mentions, *self.mentions], key=lambda item: item.start)
        self.forms = {**other.forms, **self.forms}
        self.short |= other.short
        self.ref, self.kind = self.ref or other.ref, self.kind or other.kind
        self.country = self.country or other.country
        self.label = max(self.label, other.label, key=len)
        self.first = min(self.first, other.first)

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
        identity = _alias(text, mention, previous, lexicon)
        if identity is not None:
            _unite(identity, mention, identities)
            _part_namesake(identity, mention, lexicon)
        identity = identity or _same(mention, forms, identities, lexicon)
        if identity is None:
            identity = Identity(mention, forms)
            identities.append(identity)
        else:
            identity.add(mention, forms if mention.kind != "country" else ())
        if identity.kind == "company":
            identity.short.update(_own_names(mention.text, lexicon))
        previous = (mention, identity)
    return identities


def _unite(identity: Identity, alias: Mention, identities: list[Identity]) -> None:
    """Take in the partner that was called before by what now turns out to be another's short name."""
    name = normalise(alias.text)
    for other in identities:
        is_same = other is not identity and name in other.forms and _agree(other, alias)
        is_open = other.kind not in ("country", "local-government") and (
            None in (other.kind, identity.kind) or other.kind == identity.kind
        )
        if is_same and is_open and (other.ref is None or identity.ref in (None, other.ref)):
            identity.absorb(other)
            identities.remove(other)
            return


def _part_namesake(identity: Identity, alias: Mention, lexicon: Lexicon) -> None:
    """Note when an acronym is also that of a body elsewhere: "Université technique de Moldavie (UTM)"."""
    known = known_partners(lexicon.lists).get(alias.ref) if alias.ref and identity.ref is None else None
    if known is None or not alias.text.isupper() or not known.country or not identity.country:
        return
    if known.country != identity.country:
        identity.namesakes.add(known.iri)


def forms_of(mention: Mention, lexicon: Lexicon) -> list[str]:
    """Return the names that a mention gives: a firm's own name without a generic noun before it."""
    office = _office(mention, lexicon)
    if office is not None:
        return [mention.text, office]
    core = _core(mention.text, lexicon, mention.kind)
    # "Société Générale Maroc" is not "Maroc".
    if not core or core == mention.text or is_country(normalise(core), mention.country):
        return [mention.text]
    return [core] if mention.kind == "company" else [mention.text, core]


def _office(mention: Mention, lexicon: Lexicon) -> str | None:
    """Return "Ministry of higher education" for "Oman's higher education ministry" or "Oman's ministry of
    higher education".
    """
    noun = lexicon.ministry.lower()
    if lexicon.lowercase_names or mention.kind != "government-body":
        return None
    words = split_words(mention.text)
    start = next((word.start for word in words if not word.is_capital and word.text != "s"), 0)
    told = mention.text[start:]
    if told.startswith(f"{noun} of "):
        return lexicon.ministry + told.removeprefix(noun)
    portfolio = told.removesuffix(noun).strip() if told.endswith(f" {noun}") else ""
    return f"{lexicon.ministry} of {portfolio}" if portfolio else None


def _core(text: str, lexicon: Lexicon, kind: str | None) -> str | None:
    words = split_words(text, accents=lexicon.home is not None)
    best = 0
    for end, values in lexicon.heads.matches(words, 0):
        if kind == "company" or any(own != "company" for own, _ in values):
            # "Health Ministry" is not "Ministry", though firms begin so.
            best = end
    rest = words[best:]
    plain = lexicon.home is not None
    if (
        best
        and rest
        and rest[0].text != "&"
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
    if previous is None or mention.kind in ("country", "local-government"):
        return None
    before, identity = previous
    if identity.kind == "country" or (identity.ref and mention.ref and identity.ref != mention.ref):
        return None
    gap = text[before.end : mention.start]
    if _is_acronym_of(mention.text, before.text, gap) or _is_called(text, before, mention, lexicon):
        return identity
    if len(gap) > 40 or not re.fullmatch(r"\s*\(\s*|\s*,\s*[^().]{0,30}", gap):
        return None
    if gap.strip().startswith(",") and not (
        _in_brackets(text, before) and text[mention.end :].startswith(")")
    ):
        return None
    if (
        mention.ref
        and not mention.text.isupper()
        and not identity.words(lexicon) & set(normalise(mention.text).split())
        and not translates(mention.text, identity.words(lexicon), _known_words(mention.ref, lexicon))
    ):
        # "APM Terminals (Maersk)": whom it belongs to.
        return None
    return identity if _renames(before.text, mention.text) else None


#: Between a name and its initials: ", l'IITA".
_APPOSED = re.compile(r",\s+(?:(?:the|le|la|or|ou|hay)\s+|l['’])?")


def _is_called(text: str, before: Mention, mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether words or a comma lead from a name to the short one: ", known as ÍSOR,", ", l'IITA,"."""
    gap = text[before.end : mention.start]
    if text[mention.end : mention.end + 1] not in _CLOSING or set(gap) & _PARTING:
        return False
    words = split_words(gap, accents=lexicon.home is not None)
    if " ".join(word.key for word in words) in lexicon.same_as:
        return True
    return bool(re.fullmatch(_APPOSED, gap)) and abbreviates(mention.text, before.text, lexicon)


#: Signs behind an apposition, and signs that none holds.
_CLOSING, _PARTING = frozenset(",);"), frozenset('«»“”".;:\n')


def _known_words(ref: str, lexicon: Lexicon) -> set[str]:
    known = known_partners(lexicon.lists).get(ref)
    names = () if known is None else known.names
    return {word for _, name in names for word in normalise(name).split()}


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


def _same(
    mention: Mention, forms: Sequence[str], identities: list[Identity], lexicon: Lexicon
) -> Identity | None:
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
    fitting = [item for item in candidates if _is_form(item, mention, lexicon)]
    return fitting[0] if len(fitting) == 1 else None


def _is_form(identity: Identity, mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether the mention is a form of one of the partner's names."""
    name = normalise(mention.text)
    return any(
        is_one_firm(name, key)
        or begins_with(mention.text, form)
        or (mention.ref is None and abbreviates(mention.text, form, lexicon))
        or (identity.ref is None and abbreviates(form, mention.text, lexicon))
        or adds_country(key, name, lexicon.home or identity.country)
        or adds_country(name, key, lexicon.home or mention.country)
        for key, form in identity.forms.items()
    )


def _is_another(identity: Identity, mention: Mention, name: str) -> bool:
    """Say whether a longer name that comes later is that of another: of a body that bears a town's name
    ("Setagaya", then "Setagaya Art Museum") or of a firm's daughter ("Petronas", then "Petronas Ventures").
    """
    if identity.kind == mention.kind == "company":
        return name.split()[-1] not in LEGAL_FORMS
    return identity.kind != mention.kind and mention.kind in _BODIES


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
