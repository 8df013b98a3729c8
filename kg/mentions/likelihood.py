"""How likely a run of capitalised words is to name a partner: weights and a small network over what stands in
it, beside it and elsewhere in the article.

In: ``Text`` and a run. Out: a probability, from ``mentions/weights/names.npz``, which
``tools/train_names.py`` learns from the training gold. Rules come first: this decides only what they leave
open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from spacy.tokens import Token

from kg.mentions.candidates import Candidate
from kg.names.texts import Text
from kg.names.towns import town_of
from kg.weights import FeatureModel, logistic, read_model


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for the whole article: how often each word stands where, and in which letters."""

    small: frozenset[str]
    capital: Counter[str]
    organisations: frozenset[str]
    persons: frozenset[str]
    #: Words of persons' names with a title, and words at which a name with a head noun begins or ends.
    people: frozenset[int]
    edges: Mapping[int, str]
    #: Where what looks like a person's name without a title begins and ends.
    untitled: frozenset[tuple[int, int]]


def read_surroundings(
    text: Text,
    people: frozenset[int],
    edges: Mapping[int, str],
    untitled: frozenset[tuple[int, int]] = frozenset(),
) -> Surroundings:
    """Count what ``features`` asks for."""
    small = frozenset(word.fold for word in text.words if not word.is_capital)
    capital = Counter(word.fold for word in text.words if word.is_capital)
    labels: dict[str, set[str]] = {"ORG": set(), "PER": set()}
    for word, label in zip(text.words, text.ents, strict=True):
        if label in labels:
            labels[label].add(word.fold)
    organisations, persons = frozenset(labels["ORG"]), frozenset(labels["PER"])
    return Surroundings(small, capital, organisations, persons, people, edges, untitled)


def probability(text: Text, run: Candidate, around: Surroundings) -> float:
    """Return the probability that the run names a partner."""
    return logistic(_scores(text, [run], around)[0])


def probabilities(text: Text, runs: Sequence[Candidate], around: Surroundings) -> list[float]:
    """Return the same for many runs; what is written alike in an article is judged alike, by the mean of its
    scores.
    """
    alike: dict[str, list[float]] = defaultdict(list)
    forms = [text.text(run.start, run.end).lower() for run in runs]
    for form, score in zip(forms, _scores(text, runs, around), strict=True):
        alike[form].append(score)
    chances = {form: logistic(sum(found) / len(found)) for form, found in alike.items()}
    return [chances[form] for form in forms]


def _scores(text: Text, runs: Sequence[Candidate], around: Surroundings) -> list[float]:
    model = load_names()
    label = model.labels.index(text.lexicon.lang)
    rows = [features(text, run, around) for run in runs]
    return [scores[label] for scores in model.table.scores(rows)[0]]


@cache
def load_names() -> FeatureModel:
    """Read the model; its labels are the languages."""
    return read_model("kg.mentions", "names")


@cache
def _common(lang: str) -> frozenset[str]:
    """Words that others write in small letters: "Imagery" at the start of a sentence names nobody."""
    path = files("kg.languages").joinpath(lang, "common_words.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def features(text: Text, run: Candidate, around: Surroundings) -> list[str]:
    """Return the names of the features that hold of a run, each once."""
    found = (
        _own(text, run),
        _pieces(text, run),
        _beside(text, run, around),
        _near(text, run),
        _governed(text, run),
        _located(text, run),
        _elsewhere(text, run, around),
    )
    return list(dict.fromkeys(chain.from_iterable(found)))


def _own(text: Text, run: Candidate) -> list[str]:
    """Shape, label and part of speech of the run itself."""
    words = text.words[run.start : run.end]
    labels = Counter(text.ents[run.start : run.end])
    label, count = labels.most_common(1)[0]
    form = text.text(run.start, run.end)
    found = [
        f"ent={label}{'' if count == len(words) else '~'}",
        f"pos={text.pos[run.end - 1]}",
        f"len={min(len(words), 4)}",
        f"kind={run.kind}",
    ]
    upper = sum(character.isupper() for character in words[-1].text)
    checks = {
        "acronym": len(words) == 1 and words[0].is_acronym,
        "camel": any(1 < sum(c.isupper() for c in word.text) < len(word.text) for word in words),
        "digit": any(c.isdigit() for c in form),
        "hyphen": "-" in form,
        "ampersand": "&" in form or "+" in form,
        "shout": len(words) > 1 and form.isupper(),
        "short": len(form) <= 3,
        "long": len(form) >= 8 and len(words) == 1,
        "ascii": form.isascii(),
        "person name": words[0].text in text.lexicon.surnames,
        "not last": words[-1].text in text.lexicon.not_partner_last,
        "media": any(word.text in text.lexicon.media for word in words),
        "stop": words[0].key in text.lexicon.stop_words,
        "place": any(
            i in text.listed_at and text.listed_at[i].entry.sort in ("city", "capital")
            for i in range(run.start, run.end)
        ),
        "country": any(
            i in text.listed_at and text.listed_at[i].entry.sort in ("country", "demonym")
            for i in range(run.start, run.end)
        ),
        "topic": words[-1].text in text.lexicon.topics,
        "one capital": upper == 1,
    }
    return found + [name for name, holds in checks.items() if holds] + [f"end={words[-1].fold[-3:]}"]


def _pieces(text: Text, run: Candidate) -> Iterator[str]:
    """How each word of the run begins and ends ("Petro…", "…tech"), and whether it is a common one."""
    words, common = text.words[run.start : run.end], _common(text.lexicon.lang)
    if words[0].fold in common:
        yield "common first"
        if all(word.fold in common for word in words):
            yield "common"
    for word in words:
        form = word.text.lower()
        yield f"begins={form[:3]}"
        yield from (f"ends={form[-length:]}" for length in (3, 4))


def _near(text: Text, run: Candidate) -> Iterator[str]:
    """Which words stand up to five words before and behind."""
    for index in range(max(0, run.start - _NEAR), run.start):
        yield f"near before={text.words[index].key}"
    for index in range(run.end, min(run.end + _NEAR, len(text.words))):
        yield f"near after={text.words[index].key}"


_NEAR = 5


def _governed(text: Text, run: Candidate) -> list[str]:
    """What governs the run, and as what, where the pipeline parses: subject of "acquired", after "with"."""
    top = _top(text, run)
    part, head = top.dep_, top.head
    if not part:
        return []
    lemma = head.lemma_.lower()
    return [
        f"part={part}",
        f"head={lemma}",
        f"part={part} of {lemma}",
        f"part={part} of {head.pos_}",
        f"part={part} below {head.head.lemma_.lower()}",
    ]


def _top(text: Text, run: Candidate) -> Token:
    """The token of the run that what stands outside governs."""
    first, last = text.tokens[run.start], text.tokens[run.end - 1]
    inside = range(first, last + 1)
    return next((text.doc[i] for i in inside if text.doc[i].head.i not in inside), text.doc[first])


def _located(text: Text, run: Candidate) -> Iterator[str]:
    """What tells of a town whether it acts: the word before it, its part in the sentence."""
    town = town_of(text.fold(run.start, run.end))
    if town is None:
        return
    yield "town"
    if town.is_large:
        yield "large town"
    if run.start and not _stops(text.words[run.start].gap):
        yield f"town before={text.words[run.start - 1].key}"
    if part := _top(text, run).dep_:
        yield f"town part={part}"


def _beside(text: Text, run: Candidate, around: Surroundings) -> list[str]:
    """Words and signs before and after."""
    before = text.words[run.start - 1] if run.start else None
    second = text.words[run.start - 2] if run.start > 1 else None
    after = text.words[run.end] if run.end < len(text.words) else None
    follow = text.words[run.end + 1] if run.end + 1 < len(text.words) else None
    gap, end = text.words[run.start].gap, text.gap(run.end)
    found = [f"gap={_sign(gap)}", f"end gap={_sign(end)}"]
    if before is not None and not _stops(gap):
        found.append(f"before={before.key}")
        found += [f"pos before={text.pos[run.start - 1]}", *_left(text, run.start)]
        if second is not None and not _stops(before.gap):
            found.append(f"before2={second.key}")
        if before.key in text.lexicon.not_partner_before:
            found.append("not before")
    if after is not None and not _stops(end):
        found += [f"after={after.key}", f"pos after={text.pos[run.end]}"]
        if not after.is_capital and len(after.key) > _ENDING:
            found.append(f"after end={after.key[-_ENDING:]}")
        if follow is not None and not _stops(follow.gap):
            found.append(f"after2={follow.key}")
    found += [f"noun {where}={kind}" for where, kind in _nouns(text, run)]
    found += ["first"] if text.is_sentence_start(run.start) else []
    found += [f"beside {where}" for where in _edges(text, run, around)]
    if run.start - 1 in around.people or run.end in around.people:
        found.append("beside person")
    if (run.start, run.end) in around.untitled:
        found.append("person")
    return found


#: The last letters of a word beside the run tell of words that the training has not seen.
_ENDING = 3


def _left(text: Text, start: int) -> list[str]:
    """Return what the word before is: the name of a nation or place that owns what follows, or how it
    ends.
    """
    before, index = text.words[start - 1], start - 1
    owns = before.fold == "s" and before.gap in ("'", "’") and index > 0
    index -= owns
    number = text.covered[index]
    if number >= 0:
        sort = text.listed[number].entry.sort
        return [f"left={sort}{'s' if owns else ''}{'' if text.words[index].is_capital else ' small'}"]
    if owns:
        return ["left=owner"]
    return [] if before.is_capital or len(before.key) <= _ENDING else [f"before end={before.key[-_ENDING:]}"]


def _sign(gap: str) -> str:
    sign = gap.strip()[:1] or gap[:1]
    return "line" if "\n" in gap else sign


def _stops(gap: str) -> bool:
    return "\n" in gap or any(sign in gap for sign in ".;:!?")


def _nouns(text: Text, run: Candidate) -> list[tuple[str, str]]:
    """Return the kinds of the nouns for organisations up to three words before and five behind."""
    found = []
    for where, span in (
        ("before", range(max(0, run.start - 3), run.start)),
        ("after", range(run.end, min(run.end + 5, len(text.words)))),
    ):
        for index in span:
            for _, values in text.lexicon.nouns.matches(text.words, index):
                found.append((where, values[0][0]))
                break
    return found[:3]


def _edges(text: Text, run: Candidate, around: Surroundings) -> list[str]:
    """Return how the run is joined to names that are sure: by a comma, a conjunction, a bracket."""
    found = []
    joints = text.lexicon.conjunctions | text.lexicon.joints
    if around.edges.get(run.start - 1, "")[:3] == "end" and not _stops(text.words[run.start].gap):
        found.append("name " + _sign(text.words[run.start].gap))
    if run.start > 1 and text.words[run.start - 1].key in joints and around.edges.get(run.start - 2):
        found.append("name and")
    if around.edges.get(run.end) and not _stops(text.gap(run.end)):
        found.append(_sign(text.gap(run.end)) + " name")
    if run.end + 1 < len(text.words) and text.words[run.end].key in joints and around.edges.get(run.end + 1):
        found.append("and name")
    return found


def _elsewhere(text: Text, run: Candidate, around: Surroundings) -> list[str]:
    """What the rest of the article shows of the run's words."""
    words = text.words[run.start : run.end]
    checks = {
        "small elsewhere": words[0].fold in around.small,
        "again": all(around.capital[word.fold] > 1 for word in words),
        "organisation elsewhere": any(word.fold in around.organisations for word in words),
        "person elsewhere": any(word.fold in around.persons for word in words),
    }
    return [name for name, holds in checks.items() if holds]
