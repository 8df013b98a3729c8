"""A draft in, the features of its words out, by which every sector and activity is weighed, whether a word
names it or not.

The vocabularies know the words that name a topic; what else is said of training or of health they cannot
list. Here every word counts that lessons have taught: a bag of words, for the models ``weights.WORDS``.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.reports.passages import CONTENT, Passage
from kg.reports.scenes import Scene, Setting

#: Parts of speech that say nothing of a topic, and those whose words count by their beginning too.
_MUTE = frozenset({"PUNCT", "NUM", "SYM", "SPACE"})
_STEMMED = CONTENT | {"PROPN"}
#: Letters of such a beginning; a word must be longer.
_STEM = 6


def theme_features(scene: Scene) -> list[str]:
    """The words of a draft's passages, those of its partners' names, and its type."""
    return list(dict.fromkeys(_theme_features(scene)))


def _theme_features(scene: Scene) -> Iterator[str]:
    yield f"type={scene.draft.type}"
    for number in sorted(scene.draft.partners):
        for mention in scene.partners[number].mentions:
            if mention.label == "partner":
                for word in mention.text.lower().split():
                    yield f"own={word}"
    for number in scene.draft.passages:
        yield from passage_features(scene.setting, scene.passages[number])


def passage_features(setting: Setting, passage: Passage) -> list[str]:
    """The words of one passage, made once for all its drafts."""
    if passage.index not in setting.made:
        setting.made[passage.index] = list(_word_features(setting, passage))
    return setting.made[passage.index]


def _word_features(setting: Setting, passage: Passage) -> Iterator[str]:
    tokens = passage.tokens
    names = [(a, b) for a, b, _ in setting.names if passage.start < b and a < passage.end]
    for number in range(passage.span.start, passage.span.end):
        pos, word, start = tokens.pos[number], tokens.words[number], tokens.starts[number]
        if pos in _MUTE or tokens.is_space[number]:
            continue
        if any(a <= start < b for a, b in names):
            yield f"name={word}"
        else:
            yield f"{setting.lang}={tokens.lemmas[number] or word}"
        if len(word) > _STEM and pos in _STEMMED:
            yield f"stem={word[:_STEM]}"
