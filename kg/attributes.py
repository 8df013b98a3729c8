"""What a pipeline's ``attribute_ruler`` says of tokens, said faster.

Nearly all of its patterns ask one token for its tag, its part of speech or its word, so that tokens that
agree in these get the same attributes: they are looked up once for each such kind of token, and not for each
token.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from spacy.attrs import IDS
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline.attributeruler import AttributeRuler
from spacy.tokens import Doc, Span
from spacy.tokens._retokenize import set_token_attrs

#: What tells kinds of tokens apart; a pattern that asks for more is tried on each document.
_ASKED = ("LOWER", "TAG", "POS", "DEP", "IS_SPACE")
_COLUMNS = [IDS[name] for name in _ASKED]
#: How a pattern may ask for values, so that those that none asks for are all alike.
_LISTED = ("IN", "NOT_IN")

_Kind = tuple[int, ...]


class Attributes:
    """The rules of an ``attribute_ruler``; call it with a document."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler, self._strings = ruler, ruler.vocab.strings
        #: The rules of one token, and those that must be tried.
        self._simple, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        #: What they ask for in each column; all that none asks for is alike.
        self._asked = [{1} if name == "IS_SPACE" else set[int]() for name in _ASKED]
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            is_simple = all(map(_is_simple, patterns))
            (self._simple if is_simple else self._others).add(str(number), patterns)
            if is_simple:
                self._note(patterns)
        self._rules_of: dict[_Kind, tuple[int, ...]] = {}
        self._attributes_of: dict[tuple[int, ...], dict[Any, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes; of two rules for a token the later one has its way."""
        kinds = [self._kind(row) for row in doc.to_array(_COLUMNS).tolist()]
        more: dict[int, list[int]] = defaultdict(list)
        for rule, start, end in self._matches(self._others, doc):
            more[range(start, end)[self._ruler.indices[rule]]].append(rule)
        for place, kind in enumerate(kinds):
            if kind not in self._rules_of:
                found = self._matches(self._simple, doc[place : place + 1])
                self._rules_of[kind] = tuple(sorted(rule for rule, _, _ in found))
            rules = self._rules_of[kind]
            if place in more:
                rules = tuple(sorted((*rules, *more[place])))
            if rules:
                set_token_attrs(doc[place], self._attributes(rules))
        return doc

    def _note(self, patterns: Iterable[Sequence[Mapping[str, Any]]]) -> None:
        for pattern in patterns:
            for name, value in pattern[0].items():
                if isinstance(value, bool):
                    continue
                words = (value,) if isinstance(value, str) else chain(*value.values())
                self._asked[_ASKED.index(name)].update(map(self._strings.add, words))

    def _kind(self, row: Sequence[int]) -> _Kind:
        return tuple(value if value in asked else 0 for value, asked in zip(row, self._asked, strict=True))

    def _matches(self, matcher: Matcher, doc: Doc | Span) -> Iterable[tuple[int, int, int]]:
        if not len(matcher):  # It would warn.
            return
        for name, start, end in matcher(doc, allow_missing=True, as_spans=False):
            yield int(self._strings[name]), start, end

    def _attributes(self, rules: tuple[int, ...]) -> dict[Any, Any]:
        if rules not in self._attributes_of:
            self._attributes_of[rules] = {
                key: value for rule in rules for key, value in self._ruler.attrs[rule].items()
            }
        return self._attributes_of[rules]


def _is_simple(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern asks one token for no more than what tells kinds apart."""
    return (
        len(pattern) == 1
        and set(pattern[0]) <= set(_ASKED)
        and all(isinstance(asked, str | bool) or set(asked) <= set(_LISTED) for asked in pattern[0].values())
    )


@Language.factory("entente_attributes")
def _create(nlp: Language, name: str) -> Attributes:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return Attributes(ruler)


def replace_ruler(nlp: Language) -> None:
    """Put ``Attributes`` into the place of a pipeline's ``attribute_ruler``, if it has one."""
    if nlp.has_pipe("attribute_ruler"):
        nlp.add_pipe("entente_attributes", after="attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
