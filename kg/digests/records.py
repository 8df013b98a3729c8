"""Events in; the record of the report out, as JSON values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from kg.digests.charts import chart
from kg.digests.notes import Notes
from kg.histories import day_of
from kg.network import WEIGHTINGS, EventRow, Filters, Network, Weighting, build_network
from kg.timelines import event_record

#: So many sentences are shown of an event, and of what sums several events up.
_QUOTES, _FEW = 3, 2
#: So many sectors are shown, those with most events.
_SECTORS: Final = 6
_REACHED: Final = frozenset({"concluded", "ongoing"})
_OPEN: Final = frozenset({"proposed", "planned"})

Record = dict[str, Any]


def digest(
    rows: Iterable[EventRow],
    *,
    title: str,
    choice: str = "",
    filters: Filters | None = None,
    weighting: Weighting = WEIGHTINGS["shared"],
    top: int = 10,
) -> Record:
    """Sum up the events that ``filters`` admit; ``choice`` says in words which these are.

    What proposals have led to is looked up among all ``rows``. ``top`` bounds the length of each list.
    """
    everything = list(rows)
    filters = filters or Filters()
    chosen = [row for row in everything if filters.admits(row)]
    notes = Notes()
    newest, told = _newest(chosen, top), _best_told(chosen, top)
    # The order of these lines is the order of the page, in which footnotes are numbered.
    record: Record = {"title": title, "choice": choice, "figures": _figures(chosen), "chart": chart(chosen)}
    network = _Summary(chosen, weighting, notes, top)
    partners = network.graph()
    record["partners"], record["pairs"] = network.partners(partners), network.pairs(partners)
    record["countries"] = network.pairs(network.graph("country"))
    record["sectors"] = [network.sector(id) for id in _main_sectors(chosen)]
    record["newest"] = [_event(row, notes) for row in newest]
    record["told"] = [_event(row, notes) for row in told]
    record["open"] = [_event(row, notes) for row in _open_matters(chosen, everything)[:top]]
    record["notes"] = notes.records()
    return record


class _Summary:
    """Looks for who stands out; ``notes`` take the sentences that say so."""

    def __init__(self, rows: Sequence[EventRow], weighting: Weighting, notes: Notes, top: int) -> None:
        self._by_iri = {row.iri: row for row in rows}
        self._weighting, self._notes, self._top = weighting, notes, top

    def graph(self, level: str = "partner") -> Network:
        return build_network(self._by_iri.values(), level=level, weighting=self._weighting)

    def partners(self, graph: Network) -> list[Record]:
        strength = {node: round(float(value), 6) for node, value in graph.degree(weight="weight")}
        nodes = sorted(graph.nodes(data=True), key=lambda item: (-strength[item[0]], item[0]))
        return [
            {name: values[name] for name in ("label", "kind", "country")}
            | {"events": len(values["events"]), "others": graph.degree[node]}
            | {"strength": round(strength[node], 2), "notes": self._of(values["events"])}
            for node, values in nodes[: self._top]
            if strength[node]
        ]

    def pairs(self, graph: Network) -> list[Record]:
        links = sorted(graph.edges(data=True), key=lambda link: (-link[2]["weight"], link[:2]))
        return [
            {"labels": [graph.nodes[node]["label"] for node in (one, other)]}
            | {"types": values["types"], "statuses": values["statuses"], "last": values["last"]}
            | {"events": len(values["shares"]), "sources": values["sources"]}
            | {"strength": round(values["weight"], 2), "notes": self._of(values["shares"])}
            for one, other, values in links[: self._top]
        ]

    def sector(self, id: str) -> Record:
        rows = [row for row in self._by_iri.values() if id in row.sectors]
        few = _Summary(rows, self._weighting, self._notes, min(5, self._top))
        graph = few.graph()
        return {"id": id, "events": len(rows), "partners": few.partners(graph), "pairs": few.pairs(graph)}

    def _of(self, iris: Iterable[str]) -> list[int]:
        rows = sorted((self._by_iri[iri] for iri in iris), key=_newest_first)
        return self._notes.of_all(rows, most=_FEW)


def _figures(rows: Sequence[EventRow]) -> Record:
    partners = {item.iri: item for row in rows for item in row.participants}
    evidence = [item for row in rows for item in row.evidence]
    published = sorted(item.published for item in evidence if item.published)
    return {
        "counts": {
            "events": len(rows),
            "agreements": sum(row.type == "agreement" and row.status in _REACHED for row in rows),
            "partners": len(partners),
            "countries": len({item.country for item in partners.values() if item.country}),
            "articles": len({item.article for item in evidence}),
            "sources": len({origin for row in rows for origin in row.origins}),
        },
        "languages": sorted({item.lang for item in evidence if item.lang}),
        "published": [published[0], published[-1]] if published else None,
        "types": _counted(row.type for row in rows),
        "statuses": _counted(row.status for row in rows),
    }


def _counted(values: Iterable[str]) -> list[list[Any]]:
    return [list(item) for item in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))]


def _main_sectors(rows: Iterable[EventRow]) -> list[str]:
    counts = Counter(sector for row in rows for sector in row.sectors)
    return sorted(counts, key=lambda id: (-counts[id], id))[:_SECTORS]


def _newest(rows: Iterable[EventRow], top: int) -> list[EventRow]:
    signed = [row for row in rows if row.type == "agreement" and row.status in _REACHED]
    return sorted(signed, key=_newest_first)[:top]


def _best_told(rows: Iterable[EventRow], top: int) -> list[EventRow]:
    several = [row for row in rows if len(row.origins) > 1 and row.status in _REACHED]
    several.sort(key=lambda row: (-len(row.origins), -_languages(row), row.type != "agreement", row.iri))
    return several[:top]


def _open_matters(rows: Iterable[EventRow], everything: Iterable[EventRow]) -> list[EventRow]:
    """Give the proposals and plans that nothing has followed, the newest first."""
    following: defaultdict[str, list[EventRow]] = defaultdict(list)
    for row in everything:
        for iri in row.follows:
            following[iri].append(row)
    waiting = [row for row in rows if row.status in _OPEN and not _is_settled(row, following)]
    return sorted(waiting, key=_newest_first)


def _is_settled(row: EventRow, following: Mapping[str, list[EventRow]]) -> bool:
    """Tell whether anything beyond a proposal or a plan follows, also through further steps."""
    seen, ahead = {row.iri}, list(following.get(row.iri, ()))
    while ahead:
        step = ahead.pop()
        if step.status not in _OPEN and step.type not in ("meeting", "forum"):
            return True
        if step.iri not in seen:
            seen.add(step.iri)
            ahead += following.get(step.iri, ())
    return False


def _event(row: EventRow, notes: Notes) -> Record:
    day = _day(row)
    return event_record(row) | {"day": day.isoformat() if day else None, "notes": notes.of(row, most=_QUOTES)}


def _day(row: EventRow) -> date | None:
    published = min((item.published for item in row.evidence if item.published), default=None)
    return day_of(row.dates, row.status, date.fromisoformat(published) if published else None)


def _newest_first(row: EventRow) -> tuple[int, str]:
    day = _day(row)
    return (-day.toordinal() if day else 0, row.iri)


def _languages(row: EventRow) -> int:
    return len({item.lang for item in row.evidence})
