"""A person's words in, corrections out: what is named is looked up, and what it is called is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.corrections import FILE_NAME, Correction, Corrections, make_id, read_corrections
from kg.errors import DataError, UsageError
from kg.names.words import normalise
from kg.pipeline.naming import Names

if TYPE_CHECKING:
    from kg.ontology import KnownPartner
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a correction, when (ISO 8601), and why."""

    who: str
    when: str
    why: str = ""


def open_names(store: Store, lists: tuple[str, ...]) -> Names:
    """Read the names of a graph and of the partner lists."""
    from kg.ontology import load_gazetteer

    known: Mapping[str, KnownPartner] = {item.iri: item for item in load_gazetteer(map(Path, lists))}
    return Names(store, known)


def call_wrong(names: Names, report: str, maker: Maker) -> Corrections:
    """Say that a report is wrong."""
    return _made(names, Correction("wrong-report", (names.report(report),)), maker)


def call_same(names: Names, one: str, other: str, maker: Maker) -> Corrections:
    """Say that two partners, or two events, are one; of two partners the first one stays."""
    sides = _events(names, one, other)
    if sides is not None:
        return _made(names, Correction("same-event", *sides), maker)
    first, second = names.partner(one), names.partner(other)
    if first == second:
        raise UsageError(f"{one!r} and {other!r} are the same partner already: {names.short(first)}.")
    return _made(names, Correction("same-partner", (first,), (second,)), maker)


def call_different(names: Names, one: str, other: str, maker: Maker) -> Corrections:
    """Say that two partners, or two events, are two; or that a name does not mean a partner."""
    sides = _events(names, one, other)
    if sides is not None:
        first, second = sides
        # A report may be told from the rest of its event.
        rest = tuple(iri for iri in first if iri not in second), tuple(i for i in second if i not in first)
        ones, others = (rest[0], second) if rest[0] else (first, rest[1])
        if not (ones and others):
            what = f"{one!r} and {other!r} are one event"
            raise UsageError(f"{what}: name one of its reports, which kg correct reports EVENT lists.")
        return _made(names, Correction("different-event", ones, others), maker)
    return _made(names, _other_partner(names, names.partner(one), other), maker)


def _other_partner(names: Names, partner: str, other: str) -> Correction:
    """Tell a partner from another one, from one that it stands for, or from a name that articles give it."""
    if names.partners(other) != [partner]:
        return Correction("different-partner", (partner,), (names.partner(other),))
    former = [iri for iri in names.former(other) if iri != partner]
    if len(former) == 1:
        return Correction("different-partner", (partner,), (former[0],))
    if normalise(other) == normalise(names.labels.get(partner, "")) or other in (
        partner,
        names.short(partner),
    ):
        raise UsageError(f"{other!r} is that partner itself: {names.short(partner)}. Name another one.")
    return Correction("different-partner", (partner,), name=other)


def call_kind(names: Names, partner: str, kind: str, maker: Maker) -> Corrections:
    """Say of what kind a partner is."""
    iri = names.partner(partner)
    if f"{names.base_iri}country/" in iri:
        raise UsageError(f"{names.labels.get(iri, iri)} is a country, and stays one.")
    return _made(names, Correction("partner-kind", (iri,), kind=kind), maker)


def adopt(path: Path) -> Corrections:
    """Read a file of corrections, or those of another graph (its folder)."""
    file = path / FILE_NAME if path.is_dir() else path
    if not file.is_file():
        raise DataError(f"{file}: there is no such file. Name a file of corrections, or a graph's folder.")
    return read_corrections(file)


def without(ids: tuple[str, ...]) -> Callable[[Corrections], Corrections]:
    """Give what takes corrections back, by their ids or the beginnings of them."""

    def change(corrections: Corrections) -> Corrections:
        taken = {_by_id(corrections, id).id for id in ids}
        return replace(corrections, items=tuple(item for item in corrections.items if item.id not in taken))

    return change


def _by_id(corrections: Corrections, id: str) -> Correction:
    found = [item for item in corrections.items if id and item.id.startswith(id)]
    if len(found) != 1:
        known = ", ".join(item.id for item in found or corrections.items) or "none"
        what = "is the beginning of several" if found else "is no correction of this graph"
        raise UsageError(f"{id!r} {what}. There are: {known}. kg correct list shows them.")
    return found[0]


def _events(names: Names, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Find the reports of two events; None where partners are meant."""
    first, second = names.told(one), names.told(other)
    if first is None and second is None:
        return None
    if first is None or second is None:
        word = one if first is None else other
        raise UsageError(f"{word!r} is no event or report. Compare two events, two reports or two partners.")
    return first, second


def _made(names: Names, item: Correction, maker: Maker) -> Corrections:
    item = replace(item, who=maker.who, when=maker.when, why=maker.why)
    item = replace(item, id=make_id(item))
    return Corrections((item,), {iri: names.subject(iri) for iri in item.subjects})


def list_reports(names: Names, word: str) -> Iterator[tuple[str, str, str, str]]:
    """Give the reports of an event, or of all events of a partner: short ids of both, title and quote."""
    told = names.told(word)
    event_of = {report: event for event, reports in names.reports.items() for report in reports}
    for iri in told if told is not None else names.reports_of(names.partner(word)):
        subject = names.subject(iri)
        event = names.short(event_of[iri]) if iri in event_of else ""
        yield names.short(iri), event, subject.title, subject.quote or ""
