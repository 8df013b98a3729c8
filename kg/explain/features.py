"""A feature of ``kg.reports`` in; out: what it means, in words for those who do not know its name.

Features that mean the same to a reader get the same words: the lemma in the sentence and the same lemma in
the clause are both "the word". A feature that is not known here is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

#: What is said of a feature whose value tells a reader nothing.
_FIXED: Final = {
    "lang": "the language of the article",
    "title": "it stands in the title",
    "list": "it is an item of a list",
    "types": "the mixture of events that the sentence speaks of",
    "nested": "one name lies within the other",
    "new_paragraph": "it begins a paragraph",
    "announces": "it speaks of several agreements",
    "then": "the order of the types that its words speak of",
    "many": "how often its words speak of a type",
}
#: Features that count: how that is put, and what counting begins at for a reader.
_COUNTED: Final = {
    "index": ("it is sentence {} of the article", 1),
    "length": ("it has {} characters", 0),
    "places": ("partners in the sentence: {}", 0),
    "tokens": ("words between the names: {}", 0),
    "partners_between": ("partners between the names: {}", 0),
    "together": ("other sentences with both names: {}", 0),
    "count": ("sentences that name {name}: {}", 0),
}
_WHOLE: Final = {
    "index=<=-1": "it is the headline",
    "countries=same": "both are of the same country",
    "countries=different": "they are of different countries",
    "countries=inside": "one is the other's country",
    "countries=unknown": "a country is not known",
}
_HERE: Final = {
    "hh": "both are named in the sentence",
    "hc": "one of them is named before the sentence",
    "ch": "one of them is named before the sentence",
    "cc": "both are named before the sentence",
}
_LABELS: Final = {
    "partner": "by its name",
    "person": "through a person",
    "group": "by a group",
    "place": "through a place",
}
_GRAMMAR: Final = {
    "nsubj": "subject",
    "nsubjpass": "subject of a passive",
    "nsubj:pass": "subject of a passive",
    "obj": "object",
    "dobj": "object",
    "iobj": "indirect object",
    "obl": "adverbial",
    "obl:arg": "complement",
    "obl:agent": "agent of a passive",
    "obl:mod": "adverbial",
    "agent": "agent of a passive",
    "pobj": "complement of a preposition",
    "nmod": "attribute of a noun",
    "poss": "possessor",
    "compound": "part of a compound",
    "conj": "member of a list",
    "appos": "apposition",
    "amod": "adjective",
    "ROOT": "head of the sentence",
}
_MANNERS: Final = {
    "it": '"it"',
    "person": '"he" or "she"',
    "they": '"they"',
    "we": '"we"',
    "both": '"both"',
    "named": "a noun",
    "home": '"here"',
}
_TITLES: Final = {"a": 0, "b": 1}


def feature_words(feature: str, names: tuple[str, str]) -> str:
    """Say what a feature of two partners means; ``names`` are theirs, in the order of the features."""
    key, sign, value = feature.partition("=")
    if feature in _WHOLE:
        return _WHOLE[feature]
    if key in _FIXED:
        return _FIXED[key]
    base, name = _side(key, names)
    if base in _COUNTED:
        words, first = _COUNTED[base]
        return words.format(_range(value, first), name=name)
    if sign and base in _WORDS:
        return _WORDS[base](value, name) or feature
    return feature


def _side(key: str, names: tuple[str, str]) -> tuple[str, str]:
    """Part "dep_a" into what is looked at and whose it is: ("dep", first name)."""
    for letter, number in _TITLES.items():
        if key.endswith(f"_{letter}"):
            return key.removesuffix(f"_{letter}"), names[number]
        if key.startswith((f"{letter}-", f"{letter}+", f"{letter}_")):
            return key[1:].removeprefix("_"), names[number]
    return key, ""


def _range(value: str, first: int) -> str:
    """Say an interval as ``kg.reports.features.bucket`` names it; ``first`` is what counting begins at."""
    limit = value.lstrip("<>=")
    if not limit.isdecimal():
        return value
    number = int(limit) + first
    if value.startswith(">"):
        return f"more than {number}"
    return str(number) if number <= 1 + first else f"up to {number}"


def _clauses(value: str, _: str) -> str:
    between, _, others = value.partition("+")
    words = "one clause names both" if between == "1" else "the names stand in several clauses"
    return words if others == "0" else f"{words}, there are others"


def _rule(value: str, _: str) -> str:
    name, _, where = value.partition(":")
    place = where.partition(":")[0]
    told = {"before": " before the names", "after": " after the names", "between": " between the names"}
    return f"rule {name}{told.get(place, '')}"


def _between_rule(value: str, _: str) -> str:
    return f"rule {value.partition(':')[0]} between the names"


def _governed(value: str, name: str) -> str:
    return f"{name} depends on rule {value.partition(':')[0]}"


def _joint(value: str, name: str) -> str:
    joint, _, rule = value.partition(":")
    return f'{name} follows "{joint}"' + (f" after {rule}" if rule else "")


def _before(value: str, name: str) -> str:
    return f"{name} begins the sentence" if value == "^" else f'"{value}" before {name}'


def _after(value: str, name: str) -> str:
    return f"{name} ends the sentence" if value == "$" else f'"{value}" after {name}'


def _case(value: str, name: str) -> str:
    return f'{name} after "{value}"' if value else f"{name} without a preposition"


def _kinds(value: str, _: str) -> str:
    return " and ".join(sorted(kind.replace("-", " ") for kind in value.replace(">", "+").split("+")))


def _here(value: str, _: str) -> str:
    where, _, more = value.partition(":")
    words = _HERE.get(where, where)
    return f"{words}, beside rule {more}" if "." in more else words


def _labels(value: str, name: str) -> str:
    if ">" in value:
        ways = dict.fromkeys(_LABELS.get(label, label) for label in value.split(">"))
        return f"named {' and '.join(ways)}"
    return f"{name} named {_LABELS.get(value, value)}"


def _word(value: str, _: str) -> str:
    return f'the word "{value}"'


def _in_name(value: str, name: str) -> str:
    return f'"{value}" in the name {name}' if name else f'"{value}" in one of the names'


def _words_at(where: str) -> Callable[[str, str], str]:
    return lambda value, _: f'"{value}" {where} the names'


def _shape(value: str, _: str) -> str:
    """The order of names (A, B, others x), types of triggers and joints."""
    return f'the order "{" ".join(value.split())}"'


def _order(where: str) -> Callable[[str, str], str]:
    return lambda value, _: f'"{value}" {where} the names' if value else f"no sign {where} the names"


def _quoted_between(value: str, _: str) -> str:
    return f'"{value}" between the names'


def _focus(value: str, _: str) -> str:
    """Ranks by how often the article names the two."""
    ranks = [rank for rank in value.partition(":")[0].split("+") if rank.isdecimal()]
    told = " and ".join(str(int(rank) + 1) for rank in ranks)
    return f"among those whom the article names most: {told}" if told else ""


def _refers(value: str, name: str) -> str:
    manner = _MANNERS.get(value.partition(":")[0])
    return f"the sentence speaks of somebody by {manner}, {name} stands before it" if manner else ""


def _announced(value: str, _: str) -> str:
    """How far back several agreements were announced, with where, if that is said."""
    return f"several agreements were announced {_back(value.rpartition(':')[2])}"


def _back(value: str) -> str:
    gap = _range(value, 0)
    return "in the sentence before" if gap == "1" else f"{gap} sentences before"


def _gathering(value: str, _: str) -> str:
    name, _, gap = value.partition(":")
    if "." in name:
        return f"the gathering that was told last: rule {name}"
    kinds = " and ".join(f"a {kind}" for kind in name.split("+"))
    return f"the article told of {kinds} {_back(gap)}"


def _root(value: str, _: str) -> str:
    return f"its verb is of rule {value}" if "." in value else f'its verb is "{value}"'


#: What is looked at -> how its value and the partner's name are put.
_WORDS: Final[dict[str, Callable[[str, str], str]]] = {
    "clauses": _clauses,
    "t": lambda value, _: f"words of type {value}",
    "ct": lambda value, _: f"words of type {value}",
    "e": _rule,
    "ce": _rule,
    "bt": _between_rule,
    "gov": _governed,
    "govs": lambda value, _: f"one trigger governs both: {value.partition(':')[0]}",
    "shape": _shape,
    "before": _order("before"),
    "between": _order("between"),
    "after": _order("after"),
    "previous": lambda value, _: f"rule {value} in the sentence before",
    "word": _word,
    "w": _word,
    "cw": _word,
    "bw": _quoted_between,
    "fw": _quoted_between,
    "join": _quoted_between,
    "mid": _quoted_between,
    "left": _words_at("before"),
    "right": _words_at("after"),
    "name": _in_name,
    "focus": _focus,
    "refer": _refers,
    "stand": lambda _, name: f"how near {name} stands before the sentence, and as what",
    "cue": lambda value, _: f"a sign of {value}",
    "cc": lambda value, _: f"a sign of {value}",
    "gap": lambda value, _: f"how near words of type {value.partition(':')[0]} stand",
    "kinds": _kinds,
    "kindset": _kinds,
    "here": _here,
    "label": _labels,
    "labels": _labels,
    "joint": _joint,
    "-1": _before,
    "-2": _before,
    "+1": _after,
    "case": _case,
    "announced": _announced,
    "gathering": _gathering,
    "first": lambda value, _: f"its first trigger: rule {value}",
    "last": lambda value, _: f"its last trigger: rule {value}",
    "root": _root,
    **{
        f"root_{relation}": lambda value, _: f"rule {value} hangs on its verb"
        for relation in (*_GRAMMAR, "xcomp", "prep")
    },
    "object": lambda value, _: f'the object of its verb is "{value}"',
    "dep": lambda value, name: f"{name} as {_GRAMMAR.get(value, value)}",
}
