"""Corrections in; a ``DataError`` with file and line where they contradict each other or speak of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final
from urllib.parse import unquote

from kg.clusters import Clusters
from kg.corrections.places import place_of
from kg.corrections.values import Correction, Corrections
from kg.errors import DataError
from kg.ontology import local_name

#: So many articles are named to tell two events apart.
_NAMED: Final = 3


def check_corrections(corrections: Corrections) -> None:
    """Refuse corrections that contradict each other, also through a third one."""
    for verdict in ("partner", "event"):
        said = [item for item in corrections.items if item.verdict == f"same-{verdict}"]
        denied = [item for item in corrections.items if item.verdict == f"different-{verdict}"]
        clusters = _clusters(said)
        for item in denied:
            if any(clusters.root(a) == clusters.root(b) for a, b in product(item.about, item.other)):
                raise _contradiction(item, _cause(item, said, clusters), corrections)
    _check_kinds(corrections)


def check_known(
    corrections: Corrections, is_known: Callable[[str], bool], *, accepted: Iterable[str] = ()
) -> None:
    """Refuse a correction of something that nobody knows, but for those accepted while it was there."""
    known_before = set(accepted)
    for item in corrections.items:
        for iri in item.subjects if item.id not in known_before else ():
            if not is_known(iri):
                what = (
                    f"report {iri} in this graph" if "#" in iri else f"partner {iri} in this graph or a list"
                )
                place = place_of(item.origin, iri) or item.id
                raise DataError(f"{place}: there is no {what}. Mend the name or take the correction out.")


def say(item: Correction, corrections: Corrections) -> str:
    """Say in words what a correction says."""
    one, other = (_named(side, corrections) for side in (item.about, item.other))
    if item.verdict.endswith(("-event", "-report")):
        # Events and reports often have one name: the articles tell them apart.
        one, other = (
            f"{name} ({_articles(side)})" for name, side in ((one, item.about), (other, item.other))
        )
    return {
        "wrong-report": f"report {one} is wrong",
        "same-partner": f"{other} is {one}",
        "different-partner": f"{one} is not {other}" if item.other else f'"{item.name}" is not {one}',
        "same-event": f"{one} and {other} are one event",
        "different-event": f"{one} and {other} are two events",
        "partner-kind": f"{one} is of the kind {item.kind}",
    }[item.verdict]


def _named(iris: Sequence[str], corrections: Corrections) -> str:
    """Name a side by what it is called, each name once."""
    titles = dict.fromkeys(
        corrections.subjects[iri].title if iri in corrections.subjects else _short(iri) for iri in iris
    )
    return " + ".join(f'"{title}"' for title in titles)


def _short(iri: str) -> str:
    """Give the short id of what has no name in the file: partner/kfia, or an article's report."""
    return iri.rpartition("/")[2] if "#" in iri else "/".join(iri.rsplit("/", 2)[-2:])


def _articles(iris: Iterable[str]) -> str:
    """Name the articles of reports, the first few."""
    found = sorted({unquote(local_name(iri.partition("#")[0])) for iri in iris})
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"{', '.join(found[:_NAMED])}{more}"


def _clusters(same: Iterable[Correction]) -> Clusters[str]:
    clusters: Clusters[str] = Clusters()
    for item in same:
        for subject in item.subjects[1:]:
            clusters.join(item.subjects[0], subject)
    return clusters


def _cause(item: Correction, said: Iterable[Correction], clusters: Clusters[str]) -> Correction:
    """Find one of the corrections by which what ``item`` keeps apart is one."""
    roots = {clusters.root(iri) for iri in item.about} & {clusters.root(iri) for iri in item.other}
    return next(other for other in said if clusters.root(other.about[0]) in roots)


def _check_kinds(corrections: Corrections) -> None:
    clusters = _clusters(item for item in corrections.items if item.verdict == "same-partner")
    given: dict[str, Correction] = {}
    for item in corrections.items:
        if item.verdict == "partner-kind":
            first = given.setdefault(clusters.root(item.about[0]), item)
            if first.kind != item.kind:
                raise _contradiction(item, first, corrections)


def _contradiction(item: Correction, other: Correction, corrections: Corrections) -> DataError:
    later, earlier = sorted((item, other), key=lambda one: (one.when, one.id), reverse=True)
    return DataError(
        f"{later.origin or later.id}: {say(later, corrections)}, but correction {earlier.id} says that "
        f"{say(earlier, corrections)} ({earlier.who}, {earlier.when[:10]}"
        f"{', ' + earlier.origin if earlier.origin else ''}). {_repair(later, earlier)}"
    )


def _repair(later: Correction, earlier: Correction) -> str:
    """Say what to do: of one file that cannot be read as a whole, nothing can be taken back by command."""
    is_one_file = later.origin.rpartition(":")[0] == earlier.origin.rpartition(":")[0] != ""
    if is_one_file:
        return "Keep one, and take the other out of the file."
    return f"Keep one; kg correct undo {earlier.id} takes that one back."


def unknown_subjects(corrections: Corrections, is_known: Callable[[str], bool]) -> Iterator[str]:
    """Give what corrections speak of and nobody knows, once."""
    yield from dict.fromkeys(iri for item in corrections.items for iri in item.subjects if not is_known(iri))
