"""The sentences before in, the list that a sentence stands in out.

"The following memoranda were signed:" says of each item below it what it is, so that an item need only name
the partners and the matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reports.codebook import Codebook, Trigger, fold
from kg.reports.frames import COUNTED, INSTRUMENTS

if TYPE_CHECKING:
    from kg.reports.passages import Passage, Place

#: How an item opens: a dash or a dot, a number, a letter.
_ITEM = re.compile(r"\s*(?:[-–—•*·▪‣]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_CONCLUDING = frozenset({"agreement.sign", "agreement.conclude", "agreement.exchange-documents"})
#: A word of number may also stand at most so many characters behind what it counts.
_BEHIND = 2
#: Signs that what the line speaks of is still to come, and those that leave open whether it comes.
_AHEAD = frozenset({"future", "conditional"})
_UNSURE = frozenset({"conditional-on", "wish", "negation"})
_ATTENDING = "forum.attend-speak"
_SHARING = frozenset({"with", "between"})


@dataclass(frozen=True, slots=True)
class Listing:
    """What the line above a list says of its items.

    ``lead``: the passage of that line; ``type``: of event; ``status``: of agreements, None where the line
    leaves it open; ``host``: where it names the one partner with whom each item has to do ("agreements
    between the ministry and:").
    """

    lead: int
    type: str
    status: str | None
    host: Place | None

    def is_host(self, partner: int) -> bool:
        """Whether a partner is the one with whom each item has to do."""
        return self.host is not None and self.host.partner == partner


def opens_item(text: str) -> bool:
    """Whether a sentence opens an item of a list."""
    return _ITEM.match(text) is not None


def listing_of(
    before: Sequence[Passage], paragraph: int, codebook: Codebook, *, is_item: bool
) -> Listing | None:
    """The list of the sentence behind ``before``, if a line above says what its items are."""
    if not before:
        return None
    last = before[-1]
    if last.paragraph == paragraph:
        return last.listing
    if not is_item:
        return None
    return last.listing if last.listing or last.is_item else _announced_by(last, codebook)


def _announced_by(lead: Passage, codebook: Codebook) -> Listing | None:
    """What a line that ends with a colon announces: "three memoranda:", "signed contracts with:"."""
    if not lead.triggers or not lead.text.rstrip().endswith(":"):
        return None
    names = {trigger.entry.name for trigger in lead.triggers}
    documents = [trigger for trigger in lead.triggers if trigger.entry.name in INSTRUMENTS]
    counts = [match.span() for match in codebook.several.finditer(fold(lead.text))]
    if documents and names & _CONCLUDING and _is_left_open(lead):
        return Listing(lead.index, "agreement", _status(lead.cues), _host(lead))
    if "witness" in lead.cues or _ATTENDING in names:
        # It says who was there.
        return None
    if any(_is_plural(one, lead) or _is_counted(one, lead, counts) for one in documents):
        return Listing(lead.index, "agreement", _status(lead.cues), _host(lead))
    last = lead.triggers[-1]
    if last.entry.type == "programme" and _is_counted(last, lead, counts):
        return Listing(lead.index, "programme", None, _host(lead))
    return None


def _is_left_open(lead: Passage) -> bool:
    """Whether a line ends with "with", "between" or "and", so that its items go on with names."""
    words = [token for token in lead.span if not token.is_space and not token.is_punct]
    last = words[-1]
    return last.pos_ == "CCONJ" or any(start <= last.idx < end for start, end, _ in lead.joints)


def _is_plural(trigger: Trigger, lead: Passage) -> bool:
    """Whether a trigger is a plural, in languages that have one."""
    inside = (token for token in lead.span if trigger.start <= token.idx < trigger.end)
    return any(token.pos_ == "NOUN" and "Plur" in token.morph.get("Number", []) for token in inside)


def _is_counted(trigger: Trigger, lead: Passage, counts: Sequence[tuple[int, int]]) -> bool:
    """Whether a word of number goes with a trigger: "three memoranda", "accords suivants"."""
    start, end = trigger.start - lead.start, trigger.end - lead.start
    return any(0 <= start - b <= COUNTED or 0 <= a - end <= _BEHIND for a, b in counts)


def _status(cues: frozenset[str]) -> str | None:
    """Documents were signed unless the line says that they will be."""
    if cues & _UNSURE:
        return None
    return "planned" if cues & _AHEAD else "concluded"


def _host(lead: Passage) -> Place | None:
    is_shared = any(name in _SHARING for _, _, name in lead.joints)
    return lead.places[0] if len(lead.places) == 1 and is_shared else None
