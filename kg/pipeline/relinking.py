"""Reports that changed in; the links, events, histories and partners that change with them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.events import SAME, Judgements, merge_linked
from kg.likeness import likeness
from kg.model import Event
from kg.pipeline import rows
from kg.pipeline.consolidation import article_of, compare_reports, first_day, read_origins
from kg.pipeline.updating import Update, closure, is_large

if TYPE_CHECKING:
    from pyoxigraph import Quad


Described = tuple[str, "list[Quad]"]


class Changed:
    """Events (IRI -> the event) that are there now, and those that are to be described anew or taken out."""

    def __init__(self, events: dict[str, Event], touched: set[str]) -> None:
        self.events, self.touched = events, touched


def judgements(update: Update) -> Judgements:
    """Give what merging reports to events must respect."""
    rulings, query = update.rulings, "SELECT stands FROM standing WHERE partner = ?"

    def standing(iri: str) -> str:
        return next((stands for (stands,) in update.index.rows(query, iri)), iri)

    apart = frozenset(frozenset(map(standing, pair)) for pair in rulings.different_partners)
    return Judgements(rulings.same_events, rulings.different_events, apart)


def replace_links(update: Update, said: Judgements) -> None:
    """Link reports anew, and remember those to which they were linked."""
    index, gone = update.index, update.gone | update.fresh
    update.beside |= index.column("SELECT other FROM links WHERE one = ?", gone)
    update.beside |= index.column("SELECT one FROM links WHERE other = ?", gone)
    for end in ("one", "other"):
        index.drop("links", end, gone)
    pairs = {pair for report in update.fresh for pair in _candidates(update, report)}
    for one, other in sorted(pairs):
        first, second = update.told(one), update.told(other)
        if first and second and first.article != second.article:
            score = likeness(first, second, said.apart, least=SAME)
            if score >= SAME:
                index.add("links", [(one, other, -score)])


def _candidates(update: Update, report: str) -> Iterator[tuple[str, str]]:
    told = update.told(report)
    for key, month, *_ in rows.block_rows(told) if told else ():
        for other in _members(update, key, month):
            if other != report:
                yield min(report, other), max(report, other)


def _members(update: Update, key: str, month: str) -> set[str]:
    if not is_large(update.index, key):
        return update.index.column("SELECT report FROM blocks WHERE key = ?", [key])
    months = [str(int(month) + step) for step in (-1, 0, 1)] if month.isdigit() else [month]
    query = "SELECT report FROM blocks WHERE key = ? AND month = ?"
    return {report for near in months for (report,) in update.index.rows(query, key, near)}


def replace_clusters(update: Update, said: Judgements) -> Changed:
    """Unite anew all reports that are joined to those that changed."""
    index, changed = update.index, update.gone | update.fresh
    together = [group for group in said.same if not group.isdisjoint(changed)]
    seeds = changed | update.beside | {report for group in together for report in group}
    near = closure(seeds, lambda report: _linked(update, report, said))
    present = sorted((told for told in map(update.told, near) if told), key=lambda told: told.iri)
    place = {told.iri: number for number, told in enumerate(present)}
    links = index.each("SELECT score, one, other FROM links WHERE one = ?", place)
    found = [(score, place[one], place[other]) for score, one, other in links]
    events = merge_linked(present, found, base_iri=update.store.base_iri, judgements=said)
    touched = index.column("SELECT event FROM tells WHERE report = ?", near)
    index.drop("tells", "event", touched)
    index.add("tells", ((report, event.iri) for event in events for report in event.reports))
    told = {item.iri: item for item in present}
    articles = {article_of(report) for event in events if len(event.reports) > 1 for report in event.reports}
    origins = read_origins(update.store, sorted(articles)) if articles else {}
    completed = {event.iri: compare_reports(event, told, origins) for event in events}
    return Changed(completed, touched | completed.keys())


def _linked(update: Update, report: str, said: Judgements) -> set[str]:
    index = update.index
    found = index.column("SELECT other FROM links WHERE one = ?", [report])
    found |= index.column("SELECT one FROM links WHERE other = ?", [report])
    return found.union(*(group for group in said.same if report in group))


def replace_histories(update: Update, changed: Changed) -> None:
    """Place events anew in time, and give those their predecessor that may have another one now."""
    index = update.index
    old = dict(index.each("SELECT event, step FROM steps WHERE event = ?", changed.touched))
    new = {iri: step for iri, event in changed.events.items() if (step := _step(update, event))}
    moved = {iri for iri in changed.touched if old.get(iri) != new.get(iri)}
    # What an event's partners are for its country is not part of its place, but of its pairs.
    pairs = {iri: sorted(rows.pair_rows(changed.events[iri])) for iri in new}
    before: dict[str, list[tuple[str, str]]] = {}
    for pair, event in index.each("SELECT pair, event FROM pairs WHERE event = ?", changed.touched):
        before.setdefault(event, []).append((pair, event))
    moved |= {iri for iri in changed.touched if sorted(before.get(iri, [])) != pairs.get(iri, [])}
    keys = {pair for iri in moved for pair, _ in (*before.get(iri, ()), *pairs.get(iri, ()))}
    for table in ("steps", "pairs"):
        index.drop(table, "event", moved)
    index.add("steps", ((iri, new[iri]) for iri in sorted(moved & new.keys())))
    index.add("pairs", (row for iri in sorted(moved & new.keys()) for row in pairs[iri]))
    near = set(moved)
    for pair in sorted(keys):
        near |= index.column("SELECT event FROM earlier WHERE pair = ?", [pair])
        index.drop("earlier", "pair", [pair])
        query = "SELECT event, step FROM pairs JOIN steps USING (event) WHERE pair = ?"
        members = [rows.read_step(*row) for row in index.rows(query, pair)]
        index.add("earlier", rows.earlier_rows(pair, members))
        near |= {step.iri for step, _ in members}
    _replace_followed(update, changed, near)


def _step(update: Update, event: Event) -> str | None:
    return rows.step_text(event, first_day(filter(None, map(update.told, event.reports))))


def _replace_followed(update: Update, changed: Changed, near: Iterable[str]) -> None:
    """Find who follows whom now; where this alone is new, the event is described anew too."""
    index = update.index
    query = (
        "SELECT earlier FROM earlier WHERE event = ? "
        "ORDER BY named DESC, day DESC, shared DESC, earlier DESC LIMIT 1"
    )
    for iri in sorted(near):
        now = index.rows(query, iri)
        if now != index.rows("SELECT earlier FROM follows WHERE event = ?", iri):
            index.drop("follows", "event", [iri])
            index.add("follows", ((iri, *row) for row in now))
            changed.touched.add(iri)
    for iri in sorted(changed.touched):
        event = changed.events.get(iri) or _stored(update, iri)
        if event:
            earlier = tuple(row[0] for row in index.rows("SELECT earlier FROM follows WHERE event = ?", iri))
            changed.events[iri] = replace(event, follows=earlier)


def _stored(update: Update, iri: str) -> Event | None:
    """Unite again an event whose reports are what they were."""
    reports = sorted(update.index.column("SELECT report FROM tells WHERE event = ?", [iri]))
    told = {report: item for report in reports if (item := update.told(report))}
    if not told:
        return None
    said = Judgements(same=(frozenset(told),))
    (event,) = merge_linked(list(told.values()), [], base_iri=update.store.base_iri, judgements=said)
    return compare_reports(event, told, read_origins(update.store, sorted(map(article_of, reports))))


def describe_changes(update: Update, changed: Changed) -> Iterator[Described]:
    """Describe what changed; what went has no quads."""
    from kg.triples import REAL, event_quads

    index, query = update.index, "SELECT partner, event FROM together WHERE event = ?"
    before = set(index.each(query, changed.touched))
    after = {row for event in changed.events.values() for row in rows.together_rows(event, REAL)}
    index.drop("together", "event", changed.touched)
    index.add("together", sorted(after))
    moved = {event for _, event in before ^ after}
    update.partners |= {partner for partner, event in before | after if event in moved}
    for iri in sorted(changed.touched):
        event = changed.events.get(iri)
        yield iri, event_quads(event, graph=update.store.events_graph) if event else []
