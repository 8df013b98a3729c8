"""The words in which explanations are told, on the terminal and on the page alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.explain.values import (
    Barred,
    Candidate,
    Clue,
    Doubt,
    Explanation,
    Party,
    Reason,
    Seen,
    Sentence,
    Theme,
)
from kg.model import Report

#: What may be named in a sentence, in the order in which it is told -> what that is.
LABELS: Final = {
    "partner": "the name of a partner",
    "person": "a person who stands for a partner",
    "group": "words that stand for partners",
    "place": "a place",
    "sector": "a sector",
    "activity": "an activity",
    "instrument": "a kind of document",
    "date": "a date",
}
#: Why a sentence states nothing: code -> words, to which names and figures are added.
REASONS: Final = {
    "residue": "newsroom residue (caption, byline, link)",
    "no trigger": "no word of the codebook fired",
    "no partner": "no partner is named or meant",
    "one partner": "only one partner",
    "hopeless": "nothing joins any two of its partners",
    "below threshold": "not sure enough",
    "unrelated": "what it says belongs to no report",
    "article": "sure enough by itself, but the whole article is in doubt",
    "counter-example": "counter-example",
    "negation": "negated",
    "wish": "a wish",
    "conditional": "conditional",
    "conditional-on": "depends on a condition",
    "ended": "ended or refused",
    "opinion": "an opinion",
    "rivalry": "rivalry",
    "statistic": "a statistic",
    "product-launch": "tells of a product",
    "background": "background",
    "witness": "tells of witnesses",
}
#: Which construction settled how sure a candidate is: code -> words.
RULED: Final = {
    "heading": "as the line above the list says",
    "no verb": "an item without a verb says no more than the line above the list",
    "semicolon": "a semicolon parts the two",
    "joint body": "a body that bears both names",
    "denied": "the sentence speaks of it only to deny it",
    "unnamed": "the sentence names neither of the two",
}
#: So many candidates that failed are told, and so many clues for and against the surest.
_FAILED, _FOR, _AGAINST = 2, 5, 3
#: Clues that weigh less than this say nothing.
_FAINT = 0.05


def seen_words(seen: Seen) -> str:
    """Say what is named and whom or what it means."""
    text = " ".join(seen.mention.text.split())
    meant = " + ".join(seen.meant)
    return f"{text} = {meant}" if meant and meant != text else text


def report_words(report: Report) -> str:
    """Write a report in one line, as the tests of the codebook do."""
    head = f"{report.type}/{report.status}: {' + '.join(partner.label for partner in report.partners)}"
    details = [
        ", ".join(report.sectors),
        ", ".join(report.activities),
        report.instrument or "",
        report.date.value if report.date else "",
        report.place or "",
        f"{report.confidence:.2f}",
    ]
    return " | ".join([head, *filter(None, details)])


def theme_words(theme: Theme) -> str:
    """Say where a topic is named that its report's sentences do not name, or what tells it."""
    if theme.sentences:
        *others, last = map(str, theme.sentences)
        where = f"sentences {', '.join(others)} and {last}" if others else f"sentence {last}"
        return f"{theme.topic} is named in {where}, not where this is told"
    told = ", ".join(f'"{word}"' for word in theme.words)
    return f"{theme.topic} is not named" + (f"; {told} tell of it" if told else "")


def party_words(party: Party) -> str:
    """Name a partner, with where it is named when that is not in the sentence itself."""
    if party.distance == 0:
        return party.label
    if party.distance is None:
        return f"{party.label} (named in the title)"
    before = "the sentence before" if party.distance == 1 else f"{party.distance} sentences before"
    return f"{party.label} (named {before})"


def candidate_words(candidate: Candidate) -> str:
    """Say what a candidate is: "agreement: Intel + FPT"."""
    return f"{candidate.type}: {' + '.join(map(party_words, candidate.parties))}"


def verdict_words(candidate: Candidate, doubt: Doubt | None) -> str:
    """Say what became of a candidate."""
    least = f"{candidate.threshold:.2f}"
    ruled = f" ({RULED[candidate.ruled_by]})" if candidate.ruled_by else ""
    if not candidate.is_enough:
        return f"{candidate.probability:.2f}{ruled}, not the {least} that it needs"
    told = f"{candidate.probability:.2f}{ruled}, needs {least}"
    if candidate.report is not None:
        return f"{told}: told in [{candidate.report + 1}]"
    return f"{told}: left out, the article is in doubt" if doubt else f"{told}: in no report"


def bond_words(candidate: Candidate) -> str:
    """Say how sure it is, before all is weighed, that the two belong together and that each takes part."""
    one, other = candidate.parties
    first, second = candidate.parts
    rank = "the surest" if candidate.rank == 1 else f"number {candidate.rank}"
    among = f", {rank} of {candidate.rivals} pairs" if candidate.rivals > 1 else ""
    return (
        f"the two together {candidate.bond:.2f}{among}; {one.label} {first:.2f}; {other.label} {second:.2f}"
    )


def clues_told(clues: Sequence[Clue]) -> tuple[list[Clue], list[Clue]]:
    """The weightiest clues for and against a candidate."""
    pro = [clue for clue in clues if clue.weight >= _FAINT]
    contra = [clue for clue in clues if clue.weight <= -_FAINT]
    return pro[:_FOR], contra[:_AGAINST]


def clue_words(clue: Clue) -> str:
    """Say what speaks for or against a candidate, and how loudly."""
    return f"{clue.words} ({clue.weight:+.1f})"


def candidates_told(sentence: Sentence) -> tuple[list[Candidate], str]:
    """The candidates that are worth telling, and a word on the rest ("" when there is none)."""
    sure = [item for item in sentence.candidates if item.is_enough]
    failed = [item for item in sentence.candidates if not item.is_enough]
    rest = failed[_FAILED:]
    if not rest:
        return sure + failed, ""
    most = max(item.probability for item in rest)
    return sure + failed[:_FAILED], f"and {len(rest)} more, none surer than {most:.2f}"


def barred_words(barred: Barred) -> str:
    """Say what kept an entry from firing."""
    if barred.is_name:
        return f'"{barred.text}" is within a name: {barred.entry} does not fire'
    if barred.is_denied:
        return f'"{barred.text}" is denied: {barred.entry} does not fire'
    example = f" (as in: {barred.example})" if barred.example else ""
    return f'"{barred.text}" is a counter-example of {barred.entry}{example}'


def reason_words(reason: Reason, sentence: Sentence) -> str:
    """Say why a sentence states nothing."""
    words = REASONS[reason.code]
    if reason.code == "below threshold":
        best = sentence.candidates[0]
        return f"{words}: {best.type} at {best.probability:.2f}, needs {best.threshold:.2f}"
    if reason.code == "hopeless":
        return words
    if reason.probability is not None:
        signs = ", ".join(f'"{name}"' for name in reason.names)
        return f"{words} ({signs}): it would be at {reason.probability:.2f} without that"
    return f"{words}: {', '.join(reason.names)}" if reason.names else words


def doubt_words(explanation: Explanation) -> str:
    """Say that an article yields nothing because even its surest event is in doubt; "" when it is not."""
    doubt = explanation.doubt
    if doubt is None:
        return ""
    return (
        f"The surest event of the whole article is at {doubt.probability:.2f}; an article needs one at "
        f"{doubt.threshold:.2f} to yield anything, so it yields nothing."
    )
