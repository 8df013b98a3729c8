"""Explanations in; one self-contained HTML page out, which asks nothing of anyone and holds no program.

What articles say only ever becomes text: the template escapes all of it, and the page's own policy admits
nothing but its own style.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kg.explain import words
from kg.explain.values import Explanation, Sentence
from kg.model import Mention

_FILES = files("kg.explain") / "assets"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence under the same marks.

    ``label`` is what the innermost mention is ("" outside of all); ``fires`` says that a trigger lies over
    it; ``tags`` are the labels of what ends with it.
    """

    text: str
    label: str
    fires: bool
    tags: tuple[str, ...]


class _Span(NamedTuple):
    start: int
    end: int
    label: str


def write_page(explanations: Sequence[Explanation], path: Path, *, only: int | None = None) -> None:
    """Write what ``kg explain`` shows of some articles; ``only`` is the number of the one sentence shown."""
    style = (_FILES / "explain.css").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((_FILES / "explain.html").read_text(encoding="utf-8"))
    first = explanations[0].article
    page = template.render(
        title=(first.title or first.id) if len(explanations) == 1 else f"{len(explanations)} articles",
        style=Markup(style),
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        legend=words.LABELS,
        articles=[_article(number, item, only) for number, item in enumerate(explanations, 1)],
    )
    path.write_text(page, encoding="utf-8", errors="replace")


def _article(number: int, explanation: Explanation, only: int | None) -> dict[str, Any]:
    article = explanation.article
    return {
        "at": f"a{number}",
        "title": article.title or article.id,
        "lang": explanation.lang,
        "about": [str(part) for part in (article.source, article.published, explanation.lang) if part],
        "doubt": words.doubt_words(explanation),
        "count": len(explanation.sentences),
        "reports": [
            {
                "words": words.report_words(report),
                "rule": report.rule,
                "themes": [words.theme_words(theme) for theme in themes],
                "told": [item.number for item in explanation.sentences if index in item.quoted],
            }
            for index, (report, themes) in enumerate(
                zip(explanation.reports, explanation.themes, strict=True)
            )
        ],
        "sentences": [
            _sentence(explanation, item) for item in explanation.sentences if only in (None, item.number)
        ],
    }


def _sentence(explanation: Explanation, sentence: Sentence) -> dict[str, Any]:
    candidates, rest = words.candidates_told(sentence)
    pro, contra = words.clues_told(sentence.clues)
    reports = [("states", index) for index in sentence.quoted] + [("adds to", i) for i in sentence.supports]
    return {
        "number": sentence.number,
        "segments": list(segments(sentence)),
        "named": list(_named(sentence)),
        "triggers": [
            (sentence.text[item.start - sentence.start : item.end - sentence.start], item)
            for item in sentence.triggers
        ],
        "barred": [words.barred_words(item) for item in sentence.barred],
        "candidates": [
            (words.candidate_words(item), words.verdict_words(item, explanation.doubt), item)
            for item in candidates
        ],
        "rest": rest,
        "weighed": words.bond_words(candidates[0]) if candidates else "",
        "clues": [("for it", pro), ("against it", contra)],
        "reports": [
            (how, i + 1, words.report_words(explanation.reports[i]), explanation.reports[i].rule)
            for how, i in reports
        ],
        "reasons": [words.reason_words(reason, sentence) for reason in sentence.reasons],
    }


def _named(sentence: Sentence) -> Iterator[tuple[str, list[str]]]:
    for label in words.LABELS:
        found = [words.seen_words(seen) for seen in sentence.mentions if seen.mention.label == label]
        if found:
            yield label, list(dict.fromkeys(found))


def _span(mention: Mention, offset: int) -> _Span:
    return _Span(mention.start - offset, mention.end - offset, mention.label)


def segments(sentence: Sentence) -> Iterator[Segment]:
    """Cut a sentence wherever something begins or ends.

    Together the segments are the whole sentence but for the blanks after it.
    """
    offset, text = sentence.start, sentence.text.rstrip()
    named = [_span(item.mention, offset) for item in sentence.mentions]
    fired = [(item.start - offset, item.end - offset) for item in sentence.triggers]
    edges = {0, *(edge for span in named for edge in (span.start, span.end))}
    edges.update(edge for stretch in fired for edge in stretch)
    for start, end in pairwise([*sorted(edge for edge in edges if edge < len(text)), len(text)]):
        over = [span for span in named if span.start <= start and end <= span.end]
        inner = min(over, key=lambda span: (span.end - span.start, span.label), default=None)
        ending = sorted((s for s in over if min(s.end, len(text)) == end), key=lambda span: -span.start)
        yield Segment(
            text=text[start:end],
            label=inner.label if inner else "",
            fires=any(a <= start and end <= b for a, b in fired),
            tags=tuple(dict.fromkeys(span.label for span in ending)),
        )
