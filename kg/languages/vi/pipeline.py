"""Vietnamese as a spaCy pipeline: underthesea's CRF models behind a tokenizer and two components.

In: text. Out: a ``Doc`` whose tokens are words (of several syllables, with spaces inside), with part of
speech, lemma and entities. The models lie in underthesea's wheel; nothing is fetched and nothing is written.

underthesea's own functions are nested (``ner`` calls ``chunk`` calls ``pos_tag`` calls ``word_tokenize``),
normalise the text and return strings. Here each model runs once on shared features, and offsets are kept.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from kg.languages import language_settings, load_data

with warnings.catch_warnings():
    # joblib, under the segmenter, warns when the machine has no semaphores; nothing here runs in parallel.
    warnings.simplefilter("ignore")
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline import ner as ner_package
    from underthesea.pipeline import pos_tag as tag_package
    from underthesea.pipeline import word_tokenize as segment_package
    from underthesea.pipeline.text_normalize import token_normalize
    from underthesea.pipeline.word_tokenize import regex_tokenize
    from underthesea_core import CRFTagger

_LANG = Path(__file__).parent.name
#: The segmenter's cost is linear, but a line without end would be held in features all at once.
_LINE_LIMIT = 20_000


def load() -> Language:
    """Return the pipeline: tokenizer, tagger and entity recogniser."""
    nlp = spacy.blank(_LANG, config={"nlp": {"tokenizer": {"@tokenizers": "entente.words"}}})
    nlp.add_pipe("entente_tagger")
    return nlp


@registry.tokenizers("entente.words")
def create_tokenizer() -> Any:
    """Return what spaCy calls to make a tokenizer."""
    return lambda nlp: WordTokenizer(nlp.vocab)


class WordTokenizer:
    """Segments text into words; the Doc's text is the text given, character by character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.segmenter = FastCRFSequenceTagger()
        self.segmenter.load(str(_folder(segment_package) / "models" / "ws_crf_vlsp2013_20230727"))
        data = load_data(_LANG, "tagset")
        settings = language_settings(_LANG)
        self.detached = frozenset(data["detached"])
        self.abbreviations = settings.abbreviations | settings.final_abbreviations

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for start, end in self._words(text):
            _add_gap(text[position:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            position = end
        _add_gap(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the models lie in underthesea's package."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> WordTokenizer:
        """See ``to_bytes``."""
        return self

    def _words(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of the words; none crosses a line's end."""
        for line in re.finditer(r"[^\n]+", text):
            for start in range(line.start(), line.end(), _LINE_LIMIT):
                yield from self._line_words(text, start, min(start + _LINE_LIMIT, line.end()))

    def _line_words(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        syllables = list(self._syllables(text, start, end))
        if not syllables:
            return
        forms = [token_normalize(text[first:last]) for first, last in syllables]
        tags = self.segmenter.predict([[form] for form in forms])
        first, last = syllables[0]
        for (left, right), tag in zip(syllables[1:], tags[1:], strict=True):
            if tag == "I-W" and not self._is_detached(text, first, last, left):
                last = right
                continue
            yield first, last
            first, last = left, right
        yield first, last

    def _syllables(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for match in regex_tokenize.patterns.finditer(text, start, end):
            left, right = match.span()
            word = match.group()
            # The library keeps a full stop with every word in capitals ("KFIA."); only abbreviations want it.
            if len(word) > 2 and word.endswith(".") and word[-2].isalpha() and word not in self.abbreviations:
                yield left, right - 1
                yield right - 1, right
            else:
                yield left, right

    def _is_detached(self, text: str, first: int, last: int, following: int) -> bool:
        return text[first:last].lower() in self.detached and text[following].isupper()


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Add the white space between two words: one blank is a word's own, the rest is a token."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@Language.factory("entente_tagger")
def create_tagger(nlp: Language, name: str) -> WordTagger:
    """Return the component that tags words and finds entities."""
    return WordTagger()


class WordTagger:
    """Sets ``pos_``, ``tag_``, ``lemma_`` and ``ents``, one sentence at a time."""

    def __init__(self) -> None:
        self.tagger = _load_model(_folder(tag_package) / "pos_crf_2017_10_11.bin")
        self.recogniser = _load_model(_folder(ner_package) / "ner_crf_2017_10_12.bin")
        data = load_data(_LANG, "tagset")
        self.pos_by_tag: dict[str, str] = data["tags"]
        self.pos_by_word: dict[str, str] = data["words"]

    def __call__(self, doc: Doc) -> Doc:
        entities: list[Span] = []
        sentences = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
        for sentence in sentences:
            tokens = [token for token in sentence if not token.is_space]
            words = [" ".join(token.text.split()) for token in tokens]
            if not words:
                continue
            shared = _word_features(words)
            tags = self.tagger.tag(_tag_features(shared))
            for token, word, tag in zip(tokens, words, tags, strict=True):
                token.tag_ = tag
                token.lemma_ = word.lower()
                token.pos_ = self.pos_by_word.get(token.lemma_) or self.pos_by_tag.get(tag, "X")
            labels = self.recogniser.tag(_entity_features(shared, words, tags))
            entities.extend(_entities(doc, [token.i for token in tokens], labels))
        for token in doc:
            if token.is_space:
                token.pos_ = "SPACE"
        doc.set_ents(entities)
        return doc


def _entities(doc: Doc, indices: list[int], labels: list[str]) -> Iterator[Span]:
    """Yield the entities that BIO labels state, from the first capital on; those without one are noise."""
    open_label, members = "", list[int]()
    for index, label in zip([*indices, -1], [*labels, "O"], strict=True):
        if label.startswith("I-") and label[2:] == open_label:
            members.append(index)
            continue
        while members and not doc[members[0]].text[:1].isupper():
            members.pop(0)
        if members:
            yield Span(doc, members[0], members[-1] + 1, label=open_label)
        open_label, members = (label[2:], [index]) if label != "O" else ("", [])


def _word_features(words: list[str]) -> list[list[str]]:
    """Return the features that tagger and recogniser share: the templates of underthesea's ``model_crf``."""
    lower = [word.lower() for word in words]
    title = [str(_is_title(word)) for word in words]
    rows: list[list[str]] = []
    for i in range(len(words)):
        row = [f"T[{k}].lower={_at(lower, i + k)}" for k in (-2, -1, 0, 1, 2)]
        row += [f"T[{k}].istitle={_at(title, i + k)}" for k in (0, -1, 1)]
        row += [f"T[{k}]={_at(words, i + k)}" for k in (-2, -1, 0, 1, 2)]
        row += [f"T[{k},{k + 1}]={_pair(words, i + k)}" for k in (-2, -1, 0, 1)]
        rows.append(row)
    return rows


def _tag_features(shared: list[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    for i, row in enumerate(shared):
        # The template asks for earlier tags; the library itself always passes "X" there.
        earlier = [f"T[{k}][1]={'X' if i + k >= 0 else 'BOS'}" for k in (-3, -2, -1)]
        earlier += [f"T[{k},{k + 1}][1]={'X X' if i + k >= 0 else 'BOS'}" for k in (-3, -2)]
        rows.append(row + earlier)
    return rows


def _entity_features(shared: list[list[str]], words: list[str], tags: list[str]) -> list[list[str]]:
    title = [str(_is_title(word)) for word in words]
    rows: list[list[str]] = []
    for i, row in enumerate(shared):
        own = [f"T[{k}].istitle={_at(title, i + k)}" for k in (-2, 2)]
        own += [f"T[{k}][1]={_at(tags, i + k)}" for k in (-2, -1, 0, 1, 2)]
        own += [f"T[{k},{k + 1}][1]={_pair(tags, i + k)}" for k in (-2, -1, 0, 1)]
        own += [f"T[{k}][3]={'X' if i + k >= 0 else 'BOS'}" for k in (-3, -2, -1)]
        rows.append(row + own)
    return rows


def _at(values: list[str], i: int) -> str:
    if i < 0:
        return "BOS"
    return values[i] if i < len(values) else "EOS"


def _pair(values: list[str], i: int) -> str:
    if i < 0:
        return "BOS"
    return f"{values[i]} {values[i + 1]}" if i + 1 < len(values) else "EOS"


def _is_title(word: str) -> bool:
    return all(syllable[0].istitle() for syllable in word.split(" "))


def _folder(package: Any) -> Path:
    return Path(package.__file__).parent


@cache
def _load_model(path: Path) -> CRFTagger:
    model = CRFTagger()
    model.load(str(path))
    return model
