"""How a name goes on after a conjunction or a comma: "de l'Industrie, de l'Énergie et du Climat".

In: ``Text`` and the way gone so far (``Walk``). Out: how many words the name takes on, for ``steps``;
0 when what follows is no part of it.
"""

from __future__ import annotations

from kg.mentions.bounds import Walk, is_complete, skip_articles
from kg.mentions.candidates import is_compound
from kg.mentions.foreign import begins_foreign
from kg.names.texts import Text

#: Parts of speech of what a name may be made of.
CONTENT = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM"})


def conjunction_step(text: Text, index: int, walk: Walk) -> int:
    """Take "et des Technologies", "and Industry", "và Công nghệ" when what follows is no name of its own."""
    following = index + 1
    if following >= len(text.words) or not text.words[following].is_glued:
        return 0
    lexicon = text.lexicon
    if walk.kind == "company" and is_complete(text, walk.start):
        return 0
    if walk.kind == "local-government" and text.words[walk.start].key in lexicon.plurals:
        # "les municipalités de Zouara et de Zliten" are two.
        return 0
    content = following
    if text.words[content].key in lexicon.prepositions:
        content = skip_articles(text, content + 1)
    elif text.words[content].key in lexicon.articles:
        is_purpose = walk.capital and walk.used & lexicon.purpose and walk.kind != "local-government"
        content = skip_articles(text, content)
        if not is_purpose and not _is_portfolio(text, content, walk):
            return 0
    if content >= len(text.words) or not text.words[content].is_glued or begins_name(text, content):
        return 0
    if not lexicon.lowercase_names and begins_foreign(text, content):
        # "Makerere University and Universidade Eduardo Mondlane" are two.
        return 0
    if _joins_adjectives(text, index, walk):
        return content - index + 1
    named = _is_topic(text, content, walk.capital, content > following) or _is_one_entity(
        text, index, content
    )
    return (content - index + 1) if named else 0


def _is_portfolio(text: Text, index: int, walk: Walk) -> bool:
    """Say whether a ministry is for what has an article: "Department of Forestry, Fisheries and the
    Environment", but not "the Ministry of Finance and the Health Ministry".
    """
    if walk.kind != "government-body" or not walk.used or text.lexicon.lowercase_names:
        return False
    if index >= len(text.words) or text.words[index].text not in text.lexicon.topics:
        return False
    end = index + 1
    while end < len(text.words) and text.words[end].is_glued:
        if not text.words[end].is_capital and text.words[end].key not in text.lexicon.conjunctions:
            break
        end += 1
    if end < len(text.words) and text.words[end].is_glued and text.words[end].key in text.lexicon.possession:
        # "the Department of Migrant Workers and the Land of Hesse"
        return False
    return not any(
        kind != "company"
        for place in range(index + 1, end)
        for _, values in text.lexicon.finals.matches(text.words, place)
        for kind, _ in values
    )


def _joins_adjectives(text: Text, index: int, walk: Walk) -> bool:
    """Say whether a ministry's noun has two adjectives: "de la Souveraineté industrielle et numérique"."""
    after = index + 1
    return (
        walk.kind == "government-body"
        and text.lexicon.lowercase_names
        and text.lexicon.home is None
        and text.pos[index - 1] == text.pos[after] == "ADJ"
        and not text.words[index - 1].is_capital
        and not text.words[after].is_capital
        and not (text.words[after + 1 :] and text.words[after + 1].is_glued and text.pos[after + 1] == "NOUN")
    )


def _is_one_entity(text: Text, index: int, content: int) -> bool:
    """Say whether the trained pipeline sees one organisation on both sides of a conjunction."""
    return (
        not text.lexicon.lowercase_names
        and text.words[content].is_capital
        and all(text.ents[position] == "ORG" for position in range(index - 1, content + 1))
    )


def begins_name(text: Text, index: int) -> bool:
    """Say whether a new name begins: a head noun, a listed partner or place, an acronym."""
    if index >= len(text.words):
        return False
    word = text.words[index]
    if word.text in text.lexicon.portfolios:
        return False
    if index in text.listed_at or (word.is_acronym and word.text not in text.lexicon.topics):
        return True
    if not text.lexicon.lowercase_names:
        return False
    return any(
        # "Khoa" of "Khoa học" is no faculty.
        not is_compound(text, end - 1) and any(form[0].islower() or word.is_capital for _, form in values)
        for end, values in text.lexicon.heads.matches(text.words, index)
    )


def _is_topic(text: Text, index: int, capital: bool, led: bool) -> bool:
    """Say whether the word can be one of the things that a ministry or institute is for."""
    lexicon, word = text.lexicon, text.words[index]
    if lexicon.topics:
        is_noun = _is_capital_noun(text, index)
        return word.text in lexicon.topics or is_noun or _joins_tails(text, index)
    if led or (word.text in lexicon.portfolios and not _goes_on_as_firm(text, index)):
        return word.is_capital or (text.pos[index] in CONTENT and word.key not in lexicon.stop_words)
    return (
        not word.is_capital
        and text.pos[index] in ("NOUN", "ADJ")
        and capital
        and word.key not in lexicon.stop_words
    )


def _goes_on_as_firm(text: Text, index: int) -> bool:
    """Say whether a field begins the name of a firm: "l'Université de Moncton et Énergie NB"."""
    after = index + 1
    return (
        after < len(text.words)
        and text.words[after].gap == " "
        and text.words[after].is_capital
        and after not in text.listed_at
    )


def _is_capital_noun(text: Text, index: int) -> bool:
    """Say whether a noun with a capital, no title, goes on from small syllables: "Đổi mới và Tăng trưởng"."""
    is_noun = text.words[index].is_capital and is_compound(text, index)
    goes_on = index > 1 and not text.words[index - 2].is_capital and text.words[index - 2].text.isalpha()
    return is_noun and goes_on and not _is_title(text, index)


def _is_title(text: Text, index: int) -> bool:
    return next(text.lexicon.titles.matches(text.words, index), None) is not None


def _joins_tails(text: Text, index: int) -> bool:
    """Say whether a conjunction joins two small nouns of a name ("bức xạ và hạt nhân")."""
    if text.lexicon.home is None or index < 2 or text.words[index - 2].is_capital:
        return False
    return any(True for _ in text.lexicon.tails.matches(text.words, index))


def comma_step(text: Text, index: int, walk: Walk) -> int:
    """Take ", de l'Énergie" or ", Thương mại" when a conjunction closes the list a few words on."""
    lexicon, word, used = text.lexicon, text.words[index], walk.used
    if not _closes_list(text, index):
        return 0
    if word.key in lexicon.prepositions and word.key in used | lexicon.possession and used:
        content = skip_articles(text, index + 1)
        ok = (
            content < len(text.words)
            and not begins_name(text, content)
            and _is_topic(text, content, True, True)
        )
        return content - index + 1 if ok else 0
    if lexicon.topics and word.text in lexicon.topics and not begins_name(text, index):
        return 0 if lexicon.home and _is_title(text, index) else 1
    is_office = walk.kind == "government-body" and text.pos[index] != "VERB"
    if lexicon.home and not word.is_capital and is_office:
        # "Bộ Khoa học, công nghệ thông tin và truyền thông"
        return max((end - index for end, _ in lexicon.tails.matches(text.words, index)), default=0)
    return 0


def _closes_list(text: Text, index: int) -> bool:
    """Say whether a conjunction comes before the clause ends, as in "A, B et C"."""
    for position in range(index, min(index + 12, len(text.words))):
        word = text.words[position]
        if position > index and not word.is_glued and word.gap.strip() != ",":
            return False
        if text.pos[position] in ("AUX",) or (
            text.pos[position] == "VERB" and not text.lexicon.home and not word.is_capital
        ):
            return False
        if word.key in text.lexicon.conjunctions and position > index:
            content = position + 1
            if content < len(text.words) and text.words[content].key in text.lexicon.prepositions:
                content = skip_articles(text, content + 1)
            elif not text.lexicon.lowercase_names:
                # "Forestry, Fisheries and the Environment"
                content = skip_articles(text, content)
            return (
                content < len(text.words)
                and _is_topic(text, content, True, True)
                and not begins_name(text, content)
            )
    return False
