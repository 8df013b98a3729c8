"""Articles in, spaCy documents out: language recognised, sentences cut, entities labelled alike.

A ``Doc`` of this module has ``doc.text == article.text``; ``doc.lang_``; ``doc.user_data["article"]``;
sentences that never cross a line; ``doc.spans["residue"]`` (newsroom residue, see ``residue``); ``pos_`` and
``lemma_``; and ``ents`` with the labels PER, ORG, LOC and MISC.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, partial

import numpy as np
import spacy
from py3langid import langid
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from kg.attributes import replace_ruler
from kg.errors import InputError, KgError, LanguageError
from kg.languages import LanguageSettings, check_language, language_settings, languages
from kg.lemmas import replace_lemmatizer
from kg.model import Article
from kg.residue import find_residue
from kg.settings import Settings
from kg.verb_endings import add_verb_endings

#: Articles are read ahead in windows of this many, or of this many characters, and grouped by language.
_WINDOW = 256
_WINDOW_CHARACTERS = 1_000_000
#: So many go through a trained pipeline at once: the tables of more do not fit the processor's cache.
_BATCH = 32
#: Language identification looks at no more than this.
_SAMPLE = 5_000
#: An open guess at another language is believed when it is this probable, and so much more than any of ours.
_PROBABLE, _TIMES = 0.5, 100
_ENDS = frozenset({".", "!", "?", "…", "...", "....", "?!", "!?", "。"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_CLOSERS = frozenset("»”’)]}›/") | _ENDS
_STRAIGHT_QUOTES = frozenset({'"', "'", "''"})


def _ignore(_: KgError) -> None:
    """Let a problem pass."""


def make_documents(
    articles: Iterable[Article], settings: Settings, *, on_problem: Callable[[KgError], None] = _ignore
) -> Iterator[Doc]:
    """Yield the document of each article, in order.

    One that cannot be read (another language, no words, not Unicode) goes to ``on_problem`` and is left out.
    """
    for window in _windows(articles):
        by_language: dict[str, list[int]] = {}
        for index, article in enumerate(window):
            try:
                by_language.setdefault(_language(article), []).append(index)
            except KgError as error:
                on_problem(error)
        documents: dict[int, Doc] = {}
        for lang, indices in by_language.items():
            nlp = load_pipeline(lang, settings)
            for doc, index in _pipe(nlp, [(window[i], i) for i in indices], on_problem):
                documents[index] = doc
        yield from (documents.pop(index) for index in sorted(documents))


def detect_language(text: str) -> str:
    """Return the language of ``text``; raise ``LanguageError`` when it is surely none of ours."""
    scores = dict(_identifier().rank(text[:_SAMPLE]))
    lang = max(languages(), key=lambda code: scores[language_settings(code).langid])
    guess, probability = max(scores.items(), key=lambda item: item[1])
    if probability >= _PROBABLE and probability > _TIMES * scores[language_settings(lang).langid]:
        raise LanguageError(f"The text is in {guess!r}. There are: {', '.join(languages())}.")
    return lang


def load_pipeline(lang: str, settings: Settings) -> Language:
    """Return the spaCy pipeline of ``lang``; loaded once a process."""
    check_language(lang)
    return _load(lang, settings.models.get(lang, language_settings(lang).model))


@cache
def _load(lang: str, model: str) -> Language:
    own = language_settings(lang)
    try:
        # numpy multiplies such tables twice as fast as spaCy's own library does.
        with use_ops("numpy", use_blis=False):
            nlp: Language = (
                importlib.import_module(model).load() if model.startswith("kg.") else spacy.load(model)
            )
    except (OSError, ImportError) as error:
        hint = f"`pip install {own.package}`" if model == own.model else "pip, or take it out of the settings"
        raise LanguageError(f"No pipeline {model!r} for {own.name}. Install it with {hint}.") from error
    # The rules for sentences hold in all languages and leave the parser no choice, so they come before it.
    replace_ruler(nlp)
    replace_lemmatizer(nlp)
    nlp.add_pipe("entente_sentences", first=True, config={"lang": lang})
    add_verb_endings(nlp, lang)
    nlp.add_pipe("entente_entities", last=True, config={"lang": lang})
    nlp.max_length = max(nlp.max_length, 10_000_000)
    return nlp


@cache
def _identifier() -> langid.LanguageIdentifier:
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _language(article: Article) -> str:
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"not Unicode at character {error.start} (a lone surrogate). Save the text as UTF-8.",
            _origin(article),
        ) from None
    if article.lang:
        lang = article.lang.replace("_", "-").split("-")[0].lower()
        if lang not in languages():
            raise InputError(
                f"language {article.lang!r} is not known. There are: {', '.join(languages())}.",
                _origin(article),
            )
        return lang
    if not any(character.isalpha() for character in article.text):
        raise InputError("there are no words. Give a text, or take it out.", _origin(article))
    try:
        return detect_language(article.text)
    except LanguageError as error:
        raise InputError(f"{str(error)[0].lower()}{str(error)[1:]}", _origin(article)) from None


def _origin(article: Article) -> str:
    return article.origin or article.id


def _windows(articles: Iterable[Article]) -> Iterator[list[Article]]:
    window: list[Article] = []
    characters = 0
    for article in articles:
        window.append(article)
        characters += len(article.text)
        if len(window) >= _WINDOW or characters >= _WINDOW_CHARACTERS:
            yield window
            window, characters = [], 0
    if window:
        yield window


def _pipe(
    nlp: Language, items: list[tuple[Article, int]], on_problem: Callable[[KgError], None]
) -> Iterator[tuple[Doc, int]]:
    """Yield each article's document with its index; one that a model fails on costs no other."""
    try:
        # Tables of this size are no work for several threads, and workers would get into each other's way.
        with threadpool_limits(1, "blas"):
            documents = list(
                nlp.pipe((_new_document(nlp, article) for article, _ in items), batch_size=_BATCH)
            )
    except Exception as error:
        if len(items) > 1:
            for item in items:
                yield from _pipe(nlp, [item], on_problem)
        else:
            on_problem(InputError(f"the language model failed on it ({error}).", _origin(items[0][0])))
        return
    for doc, (_, index) in zip(documents, items, strict=True):
        yield doc, index


def _new_document(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article.text)
    doc.user_data["article"] = article
    residue = find_residue(article.text, article.body_start)
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in residue)
    doc.spans["residue"] = [span for span in spans if span is not None]
    return doc


@Language.factory("entente_sentences", default_config={"lang": None})
def _create_sentences(nlp: Language, name: str, lang: str) -> Callable[[Doc], Doc]:
    return partial(_set_sentences, rules=language_settings(lang))


def _set_sentences(doc: Doc, rules: LanguageSettings) -> Doc:
    """Decide of each token whether it starts a sentence, so that a parser has nothing left to decide."""
    article = doc.user_data.get("article")
    title_end = len(article.title) if article and article.title else 0
    starts: list[int] = []
    after = _End.LINE
    previous: Token | None = None
    for token in doc:
        if token.is_space:
            starts.append(-1)
            after = _End.LINE if "\n" in token.text else after
            continue
        is_start = after is _End.LINE or (
            token.idx >= title_end and _may_start(token, previous, after, rules)
        )
        starts.append(1 if is_start else -1)
        if is_start or after is _End.NONE or not _is_closer(token, previous):
            after = _end(token, previous, rules)
        previous = token
    # Not by ``token.is_sent_start``, which looks through the whole document each time.
    column = np.array(starts, dtype=np.int64).astype(np.uint64).reshape(-1, 1)
    return doc.from_array([SENT_START], column)  # type: ignore[arg-type] # the stub asks for signed numbers


class _End(Enum):
    """What a token leaves behind it: nothing, the end of a line, or of a sentence."""

    NONE = 0
    LINE = 1
    SURE = 2
    UNSURE = 3


def _may_start(token: Token, previous: Token | None, after: _End, rules: LanguageSettings) -> bool:
    if after is _End.NONE or _is_closer(token, previous) or token.text[0].islower():
        return False
    return after is _End.SURE or token.text.split()[0] in rules.starters


def _end(token: Token, previous: Token | None, rules: LanguageSettings) -> _End:
    """Say whether a sentence ends with ``token``."""
    text = token.text
    if text in _ENDS and text != ".":
        return _End.SURE
    if not text.endswith("."):
        return _End.NONE
    if text == "." and previous is not None and previous.idx + len(previous) == token.idx:
        if previous.is_digit and _is_first_of_line(previous):
            return _End.NONE
        text = previous.text + "."
    word = text.split()[-1]
    if word in rules.abbreviations:
        return _End.NONE
    return _End.UNSURE if word in rules.final_abbreviations or _INITIALS.fullmatch(text) else _End.SURE


def _is_first_of_line(token: Token) -> bool:
    return token.i == 0 or "\n" in token.nbor(-1).text


def _is_closer(token: Token, previous: Token | None) -> bool:
    """Say whether ``token`` closes a quote or bracket; a straight one does when no blank precedes it."""
    if token.text in _CLOSERS:
        return True
    return (
        token.text in _STRAIGHT_QUOTES and previous is not None and previous.idx + len(previous) == token.idx
    )


@Language.factory("entente_entities", default_config={"lang": None})
def _create_entities(nlp: Language, name: str, lang: str) -> Callable[[Doc], Doc]:
    return partial(_set_entities, labels=language_settings(lang).entities)


def _set_entities(doc: Doc, labels: Mapping[str, str]) -> Doc:
    """Give entities our labels; drop the other kinds and whatever crosses the end of a line."""
    doc.set_ents(
        [
            Span(doc, ent.start, ent.end, label=labels[ent.label_])
            for ent in doc.ents
            if ent.label_ in labels and "\n" not in ent.text
        ]
    )
    return doc
