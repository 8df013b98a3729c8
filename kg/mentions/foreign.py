"""Names in languages that the program does not read: "Universidad de Chile", "Luleå tekniska universitet".

In: ``Text``. Out: ``Candidate`` values: a noun of ``languages/foreign.toml`` with the capitalised words that
follow it, over small words that the text's own language does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.candidates import Candidate, country_of
from kg.names.lexicon import Foreign, load_foreign
from kg.names.texts import Text

_LONGEST = 12
#: "et de la": so many small words in a row.
_MOST_JOINTS = 2


def find_foreign(text: Text) -> Iterator[Candidate]:
    """Yield the names that a foreign noun begins or ends."""
    nouns = load_foreign()
    index = 0
    while index < len(text.words):
        word = text.words[index]
        found = None
        if word.is_capital and index not in text.residue:
            found = _with_head(text, index, nouns) or _with_final(text, index, nouns)
        if found is not None:
            yield found
        index = found.end if found is not None else index + 1


def begins_foreign(text: Text, index: int) -> bool:
    """Say whether a foreign noun stands here that the text's own language does not have."""
    return not _is_own(text, index) and next(_matches(text, index, load_foreign()), None) is not None


def _is_own(text: Text, index: int) -> bool:
    """Say whether the text's own language has a noun for bodies here."""
    return next(text.lexicon.heads.matches(text.words, index), None) is not None


def _with_head(text: Text, index: int, nouns: Foreign) -> Candidate | None:
    if text.lexicon.lowercase_names and text.lexicon.home is None and _is_own(text, index):
        # "Fédération de Russie" is no foreign name in French.
        return None
    for stop, kind in reversed(list(_matches(text, index, nouns))):
        end = _walk(text, index, stop, nouns)
        if end > stop:
            start = index
            while start > 0 and text.words[start].gap == "-" and text.words[start - 1].is_capital:
                # "Leibniz-Institut für"
                start -= 1
            return Candidate(start, end, "head", kind, country_of(text, start, end), start)
    return None


def _matches(text: Text, index: int, nouns: Foreign) -> Iterator[tuple[int, str]]:
    for stop, values in nouns.heads.matches(text.words, index):
        for kind, form in values:
            if text.text(index, stop) == form:
                yield stop, kind


def _walk(text: Text, start: int, index: int, nouns: Foreign) -> int:
    """Return where the name ends: at the last capitalised word, over small foreign words between."""
    end = index
    while index < len(text.words) and index - start < _LONGEST and text.words[index].is_glued:
        if text.words[index].is_capital and not text.words[index].is_acronym:
            index = end = index + 1
            continue
        step = _joint_end(text, index, nouns)
        if step == index or step >= len(text.words) or not text.words[step].is_capital:
            break
        index = step
    return end


def _joint_end(text: Text, index: int, nouns: Foreign) -> int:
    """Return where the small words between two others end; one of the text's own language is none."""
    own = text.lexicon.stop_words | text.lexicon.prepositions | text.lexicon.conjunctions
    for _ in range(_MOST_JOINTS):
        if index >= len(text.words):
            break
        ends = [stop for stop, _ in nouns.joints.matches(text.words, index)]
        is_own = text.words[index].key in own and not _is_shared(text, index)
        if not ends or text.words[index].is_capital or is_own:
            break
        index = max(ends)
    return index


def _is_shared(text: Text, index: int) -> bool:
    """Say whether "de" goes on, which French has too: "Empresa Brasileira de Pesquisa", "Politecnico de
    Milan".
    """
    listed = text.listed_at.get(index + 1)
    return text.words[index].text == "de" and (listed is None or listed.entry.sort != "known")


def _with_final(text: Text, index: int, nouns: Foreign) -> Candidate | None:
    end = index
    while end < len(text.words) and text.words[end].is_capital and (end == index or text.words[end].is_glued):
        end += 1
    for first in range(index + 1, end + 1):
        for stop, values in nouns.finals.matches(text.words, first):
            kind, form = values[0]
            if text.words[first].is_glued and stop >= end and text.text(first, stop) == form:
                if _joint_end(text, stop, nouns) > stop and any(_matches(text, first, nouns)):
                    # "Leibniz-Institut für Archäologie"
                    return None
                return Candidate(index, stop, "head", kind, country_of(text, index, stop), index)
    return None
