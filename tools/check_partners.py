"""Check the partner list: that it parses, that every entry is complete, and that no name means two partners.

In: ``ontology/partners.ttl``, or the files named on the command line. Out: one line for each problem, with
its repair, then a count of partners by kind; exit code 1 when there are problems. The checks are plain
functions, so that the tests run them too.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, parse

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "ontology" / "partners.ttl"

COOP = "https://w3id.org/entente/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PARTNER = "https://w3id.org/entente/data/partner/"
COUNTRY = "https://w3id.org/entente/data/country/"
WIKIDATA = "http://www.wikidata.org/entity/Q"

#: Properties that name a partner wherever they stand.
LABELS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
#: Everything that an entry may say, besides its class.
KNOWN = frozenset(
    {
        *LABELS,
        COOP + "genericName",
        COOP + "placeName",
        COOP + "commonWord",
        COOP + "country",
        COOP + "partOf",
        SKOS + "exactMatch",
    }
)
WITHOUT_COUNTRY = "InternationalOrganisation"
KINDS = frozenset(
    {
        "Partner",
        "GovernmentBody",
        "LocalGovernment",
        "Company",
        "University",
        "ResearchInstitute",
        "Association",
        WITHOUT_COUNTRY,
    }
)
LANGUAGES = frozenset({"en", "fr", "vi"})
_DEFINITION = re.compile(r"^p:(\S+) a ", re.MULTILINE)


@dataclass
class Entry:
    """What the list says of one partner: its class and, by property, (language, value) pairs."""

    id: str
    kinds: list[str] = field(default_factory=list)
    values: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def of(self, *properties: str) -> list[tuple[str, str]]:
        """Return the values of some properties, in the order of the file."""
        return [pair for name in properties for pair in self.values.get(name, ())]

    def one(self, name: str) -> str | None:
        """Return the single value of a property, if it has any."""
        return next((value for _, value in self.of(name)), None)


def read_entries(text: str) -> dict[str, Entry]:
    """Parse a partner list; raise ``SyntaxError`` with its line where it is no Turtle."""
    entries: dict[str, Entry] = {}
    for quad in parse(text.encode("utf-8"), format=RdfFormat.TURTLE):
        id = str(getattr(quad.subject, "value", quad.subject)).removeprefix(PARTNER)
        entry = entries.setdefault(id, Entry(id))
        value = str(getattr(quad.object, "value", quad.object))
        if quad.predicate.value == RDF_TYPE:
            entry.kinds.append(value.removeprefix(COOP))
        else:
            lang = getattr(quad.object, "language", None) or ""
            entry.values[quad.predicate.value].append((lang, value))
    return entries


def problems(text: str) -> Iterator[str]:
    """Yield one sentence for everything that is wrong with a partner list."""
    yield from _defined_twice(text)
    entries = read_entries(text)
    for entry in entries.values():
        yield from _incomplete(entry)
        yield from _unfit_names(entry)
        part_of = entry.one(COOP + "partOf")
        if part_of is not None and part_of.removeprefix(PARTNER) not in entries:
            yield f"{entry.id}: is part of {part_of}, which is not in the list. Add it or take the line out."
    yield from _shared_labels(entries.values())
    yield from _circles(entries)


def _defined_twice(text: str) -> Iterator[str]:
    for id, count in Counter(_DEFINITION.findall(text)).items():
        if count > 1:
            yield f"{id}: is defined {count} times. Unite the entries or give one another id."


def _incomplete(entry: Entry) -> Iterator[str]:
    if len(entry.kinds) != 1 or entry.kinds[0] not in KINDS:
        yield f"{entry.id}: has the kinds {entry.kinds}. Give it one of {', '.join(sorted(KINDS))}."
    if "en" not in dict(entry.of(SKOS + "prefLabel")):
        yield f"{entry.id}: has no English skos:prefLabel. Give it one."
    country = entry.one(COOP + "country")
    if entry.kinds == [WITHOUT_COUNTRY]:
        if country is not None:
            yield f"{entry.id}: is an international organisation, yet has a country. Take the country out."
    elif country is None or not re.fullmatch(COUNTRY + "[A-Z]{2}", country):
        yield f"{entry.id}: has the country {country}. Give it coop:country country:XX (ISO 3166-1)."
    for name in entry.values:
        if name not in KNOWN:
            yield f"{entry.id}: has the property {name}, which the list does not know. Take it out."
    wikidata = entry.one(SKOS + "exactMatch")
    if wikidata is not None and not re.fullmatch(WIKIDATA + "[0-9]+", wikidata):
        yield f"{entry.id}: matches {wikidata}, which is no Wikidata item (wd:Q...)."


def _unfit_names(entry: Entry) -> Iterator[str]:
    own = {value for _, value in entry.of(*LABELS)}
    for lang, value in entry.of(*LABELS, COOP + "genericName", COOP + "placeName"):
        if lang not in LANGUAGES:
            yield f"{entry.id}: {value!r} has the language {lang!r}. Use one of en, fr, vi."
        if value != value.strip() or len(value) < 2:
            yield f"{entry.id}: {value!r} is no name. Take blanks away or leave it out."
    for lang, count in Counter(lang for lang, _ in entry.of(SKOS + "prefLabel")).items():
        if count > 1:
            yield f"{entry.id}: has {count} skos:prefLabel in {lang!r}. Make all but one skos:altLabel."
    for lang, value in entry.of(COOP + "genericName"):
        if (lang, value) in entry.of(*LABELS) and lang != "vi":
            yield f"{entry.id}: {value!r} is both a label and a generic name. Keep one."
    for _, value in entry.of(COOP + "commonWord"):
        if value not in own:
            yield f"{entry.id}: the common word {value!r} is none of its labels. Make it one or take it out."


def _shared_labels(entries: Iterable[Entry]) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for _, value in entry.of(*LABELS):
            owners[value.casefold()].add(entry.id)
    for name, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield f"{name!r} names {', '.join(sorted(ids))}. Leave it to one, or make it generic for all."


def _circles(entries: Mapping[str, Entry]) -> Iterator[str]:
    for start in entries:
        seen: list[str] = []
        at: str | None = start
        while at is not None and at in entries and at not in seen:
            seen.append(at)
            whole = entries[at].one(COOP + "partOf")
            at = None if whole is None else whole.removeprefix(PARTNER)
        if at == start:
            yield f"{start}: is part of itself ({' -> '.join([*seen, start])}). Take one coop:partOf out."


def main(paths: list[str]) -> int:
    """Check each file; print its problems and a count by kind."""
    failed = False
    for path in [Path(name) for name in paths] or [FILE]:
        text = path.read_text(encoding="utf-8")
        try:
            found = list(problems(text))
        except SyntaxError as error:
            print(f"{path}:{error.lineno}: not valid Turtle ({error.msg}). Mend this line.")
            return 1
        entries = read_entries(text).values()
        print(*(f"{path}: {problem}" for problem in found), sep="\n", end="\n" if found else "")
        countries = {country for entry in entries if (country := entry.one(COOP + "country"))}
        kinds = Counter(entry.kinds[0] for entry in entries if entry.kinds)
        counts = ", ".join(f"{name} {count}" for name, count in kinds.most_common())
        print(f"{path}: {len(entries)} partners of {len(countries)} countries: {counts}")
        failed = failed or bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
