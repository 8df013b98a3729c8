"""Vietnamese as a spaCy pipeline: underthesea's CRF models behind a tokenizer and two components.

In: text. Out: a ``Doc`` whose tokens are words (of several syllables, with spaces inside), with part of
speech, lemma and entities. The models lie in underthesea's wheel; nothing is fetched and nothing is written.

underthesea's own functions are nested (``ner`` calls ``chunk`` calls ``pos_tag`` calls ``word_tokenize``),
normalise the text and return strings. Here each model runs once on shared features, and offsets are kept.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
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
    from underthesea_core import CRFTagger  # type: ignore[import-untyped]

_LANG = Path(__file__).parent.name
#: The segmenter's cost is linear, but a line without end would be held in features all at once.
_LINE_LIMIT = 20_000


def load() -> Language:
    """Return the pipeline: tokenizer, tagger and entity recogniser."""
    nlp = spacy.blank(_LANG, config={"nlp": {"tokenizer": {"@tokenizers": "entente.words"}}})
    nlp.add_pipe("entente_tagger")
    return nlp


@registry.tokenizers("entente.words")  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], WordTokenizer]:
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
            if tag == "I-W" and not self._is_detached(text, first, last, left, right):
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

    def _is_detached(self, text: str, first: int, last: int, left: int, right: int) -> bool:
        """Whether what follows a word is no part of it, though the segmenter says so: a name after a small
        word, and what is Vietnamese beside what is not ("ADB lắp", "kể FPT").
        """
        word, following = text[first:last], text[left:right]
        if word.lower() in self.detached and following[0].isupper():
            return True
        previous = word.rpartition(" ")[2]
        are_names = previous[0].isupper() and following[0].isupper()
        return not are_names and _is_syllable(previous) != _is_syllable(following)


#: What a Vietnamese syllable looks like without its marks.
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|n(?:gh?|h)?|ph?|qu?|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|n[gh]?|p|t)?"
)


@lru_cache(maxsize=65_536)
def _is_syllable(word: str) -> bool:
    """Say whether a word may be Vietnamese: one syllable, not all in capitals. Signs and numbers may be
    part of any word.
    """
    if not word.isalpha():
        return not any(character.isalpha() for character in word)
    if len(word) > 1 and word.isupper():
        return False
    plain = unicodedata.normalize("NFD", word.lower())
    return _SYLLABLE.fullmatch("".join(c for c in plain if not unicodedata.combining(c))) is not None


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Add the white space between two words: one blank is a word's own, the rest is a token."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@Language.factory("entente_tagger")
def _create_tagger(nlp: Language, name: str) -> WordTagger:
    return WordTagger()


class WordTagger:
    """Sets ``pos_``, ``tag_``, ``lemma_`` and ``ents``, one sentence at a time."""

    def __init__(self) -> None:
        self.tagger = _load_model(_folder(tag_package) / "pos_crf_2017_10_11.bin")
        self.recogniser = _load_model(_folder(ner_package) / "ner_crf_2017_10_12.bin")
        data = load_data(_LANG, "tagset")
        self.pos_by_tag: dict[str, str] = data["tags"]
        self.pos_by_word: dict[str, str] = data["words"]
        self.heads: dict[str, str] = {head: label for label, heads in data["heads"].items() for head in heads}

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
                token.pos_ = self._pos(token.lemma_, tag)
            labels = self.recogniser.tag(_entity_features(shared, words, tags))
            for start, end, label in _chunks([token.i for token in tokens], labels):
                entities.extend(self._entity(doc[start:end], label))
        for token in doc:
            if token.is_space:
                token.pos_ = "SPACE"
        doc.set_ents(entities)
        return doc

    def _pos(self, word: str, tag: str) -> str:
        if word[0].isdigit():
            return "NUM"
        return self.pos_by_word.get(word) or self.pos_by_tag.get(tag, "X")

    def _entity(self, span: Span, label: str) -> Iterator[Span]:
        """Yield the entity in ``span``, if any, with the label that its head asks for.

        The model takes most names for places; a head noun knows better, and a title is no part of a name.
        """
        doc, start, end = span.doc, span.start, span.end
        while start < end and not doc[start].text[0].isupper():
            start += 1
        brackets = (token.i for token in doc[start:end] if token.text in ("(", ")"))
        end = next(brackets, end)
        head = self.heads.get(doc[start].lemma_, "") if start < end else ""
        if head == "PER":
            start += 1
        if head == "ORG" or any(token.pos_ == "PROPN" for token in doc[start:end]):
            yield Span(doc, start, end, label=head or label)


def _chunks(indices: list[int], labels: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first token, end and label of each chunk that BIO labels state."""
    start, open_label = 0, ""
    for position, label in enumerate([*labels, "O"]):
        if open_label and label != f"I-{open_label}":
            yield indices[start], indices[position - 1] + 1, open_label
            open_label = ""
        if not open_label and label != "O":
            start, open_label = position, label[2:]


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
