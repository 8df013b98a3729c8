"""What people call partners, events and reports in; the IRIs that they mean out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.corrections import Subject
from kg.errors import UsageError
from kg.names.words import normalise
from kg.ontology import local_name

if TYPE_CHECKING:
    from kg.model import Report
    from kg.ontology import KnownPartner
    from kg.store import Store

#: Names of partners as articles give them, and as the graph and the lists do.
_NAMES: Final = (
    """SELECT ?iri ?name WHERE {
         ?form prov:specializationOf ?iri ; schema:name|schema:alternateName ?name }""",
    "SELECT ?iri ?name WHERE { ?iri a coop:Partner ; rdfs:label|skos:prefLabel|skos:altLabel ?name }",
)
_LABELS: Final = "SELECT ?iri ?label WHERE { ?iri a ?class ; rdfs:label ?label . VALUES ?class { %s } }"
_REPLACED: Final = "SELECT ?iri ?other WHERE { ?iri dcterms:isReplacedBy ?other }"
_EVENTS: Final = "SELECT ?event ?report WHERE { ?report coop:tellsOf ?event }"
_REPORTS: Final = "SELECT ?report WHERE { ?report a coop:Report }"
#: So much of the name of an event or a report tells it from the others.
_EVENT: Final = re.compile("[0-9a-f]{6,}")
_REPORT: Final = re.compile(r"r?[0-9a-f]{6,}(-\d+)?")
#: So many that a word could mean are listed.
_LISTED: Final = 8


class Names:
    """The names of a graph's partners, events and reports."""

    def __init__(self, store: Store, known: Mapping[str, KnownPartner]) -> None:
        self._store, self._known = store, known
        self.base_iri = store.base_iri
        self.replaced = {row["iri"] or "": row["other"] or "" for row in store.select(_REPLACED)}
        self.labels = {row["iri"] or "": row["label"] or "" for row in self._labelled()}
        self._names: dict[str, set[str]] = defaultdict(set)
        for query in _NAMES:
            for row in store.select(query):
                self._names[row["iri"] or ""].add(row["name"] or "")
        self.reports: dict[str, tuple[str, ...]] = {}
        by_event: dict[str, list[str]] = defaultdict(list)
        for row in store.select(_EVENTS):
            by_event[row["event"] or ""].append(row["report"] or "")
        self.reports = {event: tuple(sorted(found)) for event, found in by_event.items()}
        self._all_reports = sorted(row["report"] or "" for row in store.select(_REPORTS))

    def _labelled(self) -> Iterator[dict[str, str | None]]:
        yield from self._store.select(_LABELS % "coop:FormerPartner")
        yield from self._store.select(_LABELS % "coop:Partner")

    # --- finding --------------------------------------------------------------------------------------

    def partner(self, word: str) -> str:
        """Find the one partner that a word means."""
        found = self.partners(word)
        if not found:
            raise self._nothing(word, "partner")
        return self._only(word, found, "partner")

    def partners(self, word: str) -> list[str]:
        """Find all partners that a word may mean; one that another stands for only where none else is."""
        found = self._partners(word, self._names)
        if not found:
            listed = {
                iri: {item.label, *(text for _, text in item.names)} for iri, item in self._known.items()
            }
            found = self._partners(word, listed)
        return sorted(set(found) - self.replaced.keys()) or sorted(found)

    def former(self, word: str) -> list[str]:
        """Find the partners of this name that another one stands for now."""
        return sorted(set(self._partners(word, self._names)) & self.replaced.keys())

    def _partners(self, word: str, names: Mapping[str, Iterable[str]]) -> list[str]:
        if word in names:
            return [word]
        tail = word.removeprefix("partner/").removeprefix("country/")
        found = [iri for iri in names if local_name(iri) == tail and ("/" not in word or iri.endswith(word))]
        if found:
            return found
        exact = [iri for iri, own in names.items() if any(name.casefold() == word.casefold() for name in own)]
        # The label counts before names that others bear too.
        labelled = [iri for iri in exact if self.labels.get(iri, "").casefold() == word.casefold()]
        if labelled or exact:
            return labelled or exact
        folded = normalise(word)
        return [
            iri for iri, own in names.items() if folded and any(normalise(name) == folded for name in own)
        ]

    def told(self, word: str) -> tuple[str, ...] | None:
        """Find the reports that a word means: those of an event, or one; None where it means neither."""
        tail = word.removeprefix(f"{self.base_iri}event/").removeprefix("event/")
        if _EVENT.fullmatch(tail):
            events = [iri for iri in self.reports if local_name(iri).startswith(tail)]
            if events:
                return self.reports[self._only(word, events, "event")]
        fragment = word.rpartition("#")[2]
        if not _REPORT.fullmatch(fragment):
            return None
        fragment = fragment if fragment.startswith("r") else f"r{fragment}"
        found = [
            iri
            for iri in self._all_reports
            if iri.rpartition("#")[2].startswith(fragment)
            and ("#" not in word or f"/{iri.partition('#')[0]}".endswith(f"/{word.partition('#')[0]}"))
        ]
        return (self._only(word, found, "report"),) if found else None

    def report(self, word: str) -> str:
        """Find the one report that a word means; an event means its report where it has only one."""
        found = self.told(word)
        if found is None:
            raise self._nothing(word, "report")
        return self._only(word, found, "report")

    def reports_of(self, partner: str) -> list[str]:
        """Find the reports of all events of a partner."""
        query = f"SELECT ?report WHERE {{ ?report coop:tellsOf/coop:partner <{partner}> }}"
        return sorted(row["report"] or "" for row in self._store.select(query))

    # --- describing -----------------------------------------------------------------------------------

    def subject(self, iri: str) -> Subject:
        """Say what something is called, for people."""
        if "#" not in iri:
            known = self._known.get(iri)
            return Subject(self.labels.get(iri) or (known.label if known else local_name(iri)))
        report = self._report(iri)
        if report is None:
            return Subject(local_name(iri))
        title = f"{report.type}: {' + '.join(partner.label for partner in report.partners)}"
        return Subject(title, report.type, report.evidence[0].text if report.evidence else None)

    def short(self, iri: str) -> str:
        """Give the short id of a partner, an event or a report."""
        if "#" in iri:
            return iri.removeprefix(f"{self.base_iri}article/")
        return "/".join(iri.rsplit("/", 2)[-2:])

    def _report(self, iri: str) -> Report | None:
        from kg.triples import read_article

        item, names = read_article(self._store.graph_quads(iri.partition("#")[0]))
        return next((told for name, told in zip(names, item.reports, strict=True) if name == iri), None)

    # --- refusing -------------------------------------------------------------------------------------

    def _only(self, word: str, found: Iterable[str], what: str) -> str:
        choices = sorted(found)
        if len(choices) == 1:
            return choices[0]
        lines = [f"{self.short(iri)} ({self._words(iri)})" for iri in choices[:_LISTED]]
        more = f" and {len(choices) - _LISTED} more" if len(choices) > _LISTED else ""
        raise UsageError(
            f"{word!r} could mean {len(choices)} {what}s: {'; '.join(lines)}{more}. Name one by its id."
        )

    def _words(self, iri: str) -> str:
        if iri in self.reports:
            return f"{len(self.reports[iri])} reports, {self.subject(self.reports[iri][0]).title}"
        subject = self.subject(iri)
        return f"{subject.title}: {subject.quote[:60]!r}" if subject.quote else subject.title

    def _nothing(self, word: str, what: str) -> UsageError:
        if what == "partner":
            close = get_close_matches(word, sorted(set(self.labels.values())), n=3)
            hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
            return UsageError(f"No partner is called {word!r}.{hint} kg partners lists those that there are.")
        return UsageError(
            f"No event or report is called {word!r}. kg correct reports PARTNER lists those of a partner."
        )
