"""What the ending of a verb tells of its mood and tense, where a tagger errs.

Beside the infinitive some endings leave no doubt: "signer" + "ait" is a conditional, and French taggers call
half of them an imperfect. The endings are data of the language (``language.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.languages import language_settings

_VERBS = frozenset({"VERB", "AUX"})
#: An infinitive loses it before an ending ("rejoindre", "rejoindrait").
_LOST = "e"


class VerbEndings:
    """Sets ``morph`` of verbs that are an infinitive with one of the endings; call it with a document."""

    def __init__(self, endings: Mapping[str, str]) -> None:
        self._endings = endings
        self._verb = re.compile(f"(\\w+)({'|'.join(map(re.escape, endings))})")

    def __call__(self, doc: Doc) -> Doc:
        """Set them; what the ending does not say (the person) stays out."""
        for token in doc:
            if token.pos_ in _VERBS and (found := self._verb.fullmatch(token.lower_)):
                infinitive, ending = found.groups()
                if token.lemma_.lower().removesuffix(_LOST) == infinitive:
                    token.set_morph(self._endings[ending])  # type: ignore[attr-defined] # not in the stub
        return doc


@Language.factory("entente_verb_endings", default_config={"lang": None})
def _create(nlp: Language, name: str, lang: str) -> VerbEndings:
    return VerbEndings(language_settings(lang).verb_endings)


def add_verb_endings(nlp: Language, lang: str) -> None:
    """Add the component to a pipeline whose language has such endings."""
    if language_settings(lang).verb_endings:
        nlp.add_pipe("entente_verb_endings", config={"lang": lang})
