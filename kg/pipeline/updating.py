"""The index of a graph and the articles that changed in; what changes in the consolidated graph out.

What follows for partners, links, events and histories is worked out by the same functions as for the whole,
on all that is joined to what changed and on nothing else; so the result is that of the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg import events
from kg.corrections import Corrections, Rulings, make_rulings, replace_partners
from kg.identities import Profile, is_slip, make_profile, unite_partners
from kg.model import Partner
from kg.pipeline import rows
from kg.pipeline.correcting import Listed, find_moved, judged, with_kinds
from kg.pipeline.slim import read_form, read_text
from kg.pipeline.told import read_told

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.likeness import Told
    from kg.ontology import KnownPartner
    from kg.pipeline.indexes import Index
    from kg.store import Store


class NeedsWhole(Exception):
    """What changed bears on everything: only a consolidation of the whole will do."""


class Update:
    """What is worked out bit by bit: reports and partners that were touched, reports as they are now."""

    def __init__(
        self, index: Index, store: Store, known: Mapping[str, KnownPartner], corrections: Corrections
    ) -> None:
        self.index, self.store, self.known, self.corrections = index, store, known, corrections
        self.rulings = Rulings()
        #: Reports that went or came anew, those that are to be linked anew, and those beside them so far.
        self.gone: set[str] = set()
        self.fresh: set[str] = set()
        self.beside: set[str] = set()
        self.partners: set[str] = set()
        self._told: dict[str, Told | None] = {}

    def told(self, report: str) -> Told | None:
        """Give a report as events are made of it; None where it is not there, or wrong, or of one partner."""
        if report not in self._told:
            found = self.index.rows("SELECT told FROM reports WHERE report = ?", report)
            whole = self.whole(read_text(found[0][0])) if found else None
            self._told[report] = whole if whole and len(whole.report.participants) > 1 else None
        return self._told[report]

    def whole(self, raw: Told) -> Told | None:
        """Give a report, as it was read, with the partners that stand for those that it names."""
        for item in judged([raw], self.rulings, self.store):
            iris = {partner.iri for partner in item.report.partners}
            query = "SELECT partner, form FROM standing WHERE partner = ?"
            standing = {iri: read_form(form) for iri, form in self.index.each(query, iris)}
            return next(replace_partners([item], standing))
        return None


def update_graph(update: Update, articles: Iterable[str]) -> Iterator[tuple[str, list[Quad]]]:
    """Describe what changes with articles (IRIs), those that went among them; what goes has no quads."""
    from kg.pipeline import relinking as links
    from kg.pipeline import repartnering as partners

    replace_wholes(update, replace_identities(update, replace_reports(update, articles)))
    said = links.judgements(update)
    links.replace_links(update, said)
    changed = links.replace_clusters(update, said)
    links.replace_histories(update, changed)
    yield from links.describe_changes(update, changed)
    yield from partners.describe_partners_anew(update)
    yield from partners.describe_wrong(update)


def replace_reports(update: Update, articles: Iterable[str]) -> set[str]:
    """Put the reports of articles into the place of those before; give the partners whose profile changed."""
    index, store = update.index, update.store
    articles = list(articles)
    update.gone = index.column("SELECT report FROM reports WHERE article = ?", articles)
    raw = list(read_told(store, [iri for iri in articles if store.has_article(iri)]))
    update.partners |= index.column("SELECT partner FROM raw WHERE report = ?", update.gone)
    update.partners |= {partner.iri for item in raw for partner in item.report.partners}
    touched = index.column("SELECT partner FROM judged WHERE report = ?", update.gone)
    index.drop("reports", "report", update.gone)
    index.add("reports", map(rows.report_row, raw))
    moved = find_moved(update.corrections, _Reports(index), store)
    if json.dumps(sorted(moved.items())) != index.state("moved"):
        raise NeedsWhole
    update.rulings = make_rulings(update.corrections, moved)
    items = list(judged(raw, update.rulings, store))
    touched |= {partner.iri for item in items for partner in item.report.partners}
    before = profiles_of(update, touched)
    for table in ("raw", "judged"):
        index.drop(table, "report", update.gone)
    index.add("raw", (row for item in raw for row in rows.raw_rows(item)))
    index.add("judged", (row for item in items for row in rows.judged_rows(item)))
    update.fresh = {item.iri for item in items}
    after = profiles_of(update, touched)
    return {iri for iri in touched if before.get(iri) != after.get(iri)}


class _Reports:
    """The reports of an index, as something that is asked whether it has one."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __contains__(self, report: object) -> bool:
        query = "SELECT 1 FROM reports WHERE report = ?"
        return isinstance(report, str) and bool(self._index.rows(query, report))


def profiles_of(update: Update, partners: Iterable[str]) -> dict[str, Profile]:
    """Describe partners as all their reports know them."""
    listed, query = (
        _listed(update, update.known),
        ("SELECT form, names, count(*) FROM judged WHERE partner = ? GROUP BY form, names"),
    )
    profiles = {}
    for iri in sorted(partners):
        counts: dict[Partner, int] = {}
        names: set[str] = set()
        for form, called, count in update.index.rows(query, iri):
            partner = read_form(form)
            counts[partner] = counts.get(partner, 0) + count
            names.update(json.loads(called))
        if counts:
            profiles[iri] = make_profile(counts, names, iri in listed)
    return profiles


def _listed(update: Update, known: Mapping[str, KnownPartner]) -> Listed:
    from kg.partners.labels import country_label

    return Listed(known, update.store.base_iri, country_label)


def replace_identities(update: Update, changed: set[str]) -> set[str]:
    """Bring together anew the partners that may meet those that changed; give those who stand otherwise."""
    if not changed:
        return changed
    index = update.index
    stands = index.column("SELECT stands FROM standing WHERE partner = ?", changed)
    seeds = changed | index.column("SELECT partner FROM standing WHERE stands = ?", stands)
    seeds |= {other for iri in changed for other in _neighbours(update, iri)}
    index.drop("keys", "partner", changed)
    profiles = profiles_of(update, changed)
    index.add("keys", (row for iri, item in profiles.items() for row in rows.key_rows(iri, item)))
    near = closure(seeds, lambda iri: _neighbours(update, iri))
    query = "SELECT partner, stands, form, label FROM standing WHERE partner = ?"
    old = {row[0]: row for row in index.each(query, near)}
    new = {row[0]: row for row in _standing(update, near)}
    differing = {iri for iri in near if old.get(iri) != new.get(iri)}
    if differing & {iri for pair in update.rulings.different_partners for iri in pair}:
        raise NeedsWhole
    index.drop("standing", "partner", differing)
    index.add("standing", (new[iri] for iri in sorted(differing) if iri in new))
    update.partners |= differing | {row[1] for row in (*old.values(), *new.values()) if row[0] in differing}
    return differing


def _standing(update: Update, near: set[str]) -> Iterator[tuple[str, str, str, str]]:
    rulings = update.rulings
    listed = _listed(update, {iri: update.known[iri] for iri in sorted(near) if iri in update.known})
    profiles = profiles_of(update, near)
    named = {iri for pair in rulings.same_partners for iri in pair if iri in near}
    profiles |= listed.profiles(profiles, named)
    found = unite_partners(profiles, same=rulings.same_partners, apart=rulings.different_partners)
    yield from (row for row in rows.standing_rows(with_kinds(found, rulings), profiles) if row[0] in near)


def _neighbours(update: Update, iri: str) -> set[str]:
    """Give the partners that one meets by its keys, or by a correction."""
    index = update.index
    found = {other for pair in update.rulings.same_partners if iri in pair for other in pair}
    keys = index.rows("SELECT side, key, word FROM keys WHERE partner = ?", iri)
    owned = {key for side, key, _ in keys if side == "owner"}
    owned |= index.column("SELECT key FROM listed WHERE partner = ?", [iri])
    found |= index.column("SELECT partner FROM keys WHERE side = 'label' AND key = ?", owned)
    labels = {key for side, key, _ in keys if side == "label"}
    found |= index.column("SELECT partner FROM keys WHERE side = 'owner' AND key = ?", labels)
    found |= index.column("SELECT partner FROM listed WHERE key = ?", labels)
    query = "SELECT partner, word FROM keys WHERE side = 'spelling' AND key = ?"
    for side, key, word in keys:
        if side == "spelling":
            found |= {other for other, its in index.rows(query, key) if is_slip(word, its)}
    return found


def replace_wholes(update: Update, differing: set[str]) -> None:
    """Describe reports anew whose partners stand otherwise, and put them into their blocks."""
    index = update.index
    update.fresh |= index.column("SELECT report FROM judged WHERE partner = ?", differing)
    gone = update.gone | update.fresh
    update.partners |= index.column("SELECT partner FROM described WHERE report = ?", gone)
    texts = index.each("SELECT told FROM reports WHERE report = ?", sorted(update.fresh))
    items = [item for (text,) in texts if (item := update.whole(read_text(text)))]
    update.partners |= {partner.iri for item in items for partner in item.report.partners}
    blocks = [row for item in items if len(item.report.participants) > 1 for row in rows.block_rows(item)]
    touched = {row[0] for row in blocks} | index.column("SELECT key FROM blocks WHERE report = ?", gone)
    large = {key for key in touched if is_large(index, key)}
    for table in ("described", "blocks"):
        index.drop(table, "report", gone)
    index.add("described", (row for item in items for row in rows.described_rows(item)))
    index.add("blocks", blocks)
    # A block that has become large, or is so no longer, makes other pairs of all its reports.
    crossed = {key for key in touched if is_large(index, key) != (key in large)}
    update.fresh |= index.column("SELECT report FROM blocks WHERE key = ?", crossed)


def is_large(index: Index, key: str) -> bool:
    """Say whether a block is so large that it is cut by month."""
    ((count,),) = index.rows("SELECT total(times) FROM blocks WHERE key = ?", key)
    return bool(count > events.LARGE_BLOCK)


def closure(seeds: Iterable[str], near: Callable[[str], set[str]]) -> set[str]:
    """Give everything that is joined to the seeds, also through others."""
    found, waiting = set(seeds), list(seeds)
    while waiting:
        fresh = near(waiting.pop()) - found
        found |= fresh
        waiting += fresh
    return found
