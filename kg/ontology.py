"""Terms, vocabularies, known partners and named queries, read from ``ontology/``.

In: the Turtle and SPARQL files of ``ontology/`` (installed as the package ``kg.ontology_files``) and a user's
own partner files. Out: plain frozen values and IRIs as ``str``, so that no other module needs to parse RDF
for them. This is the only module that knows an IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.errors import DataError
from kg.model import EVENT_TYPES, KINDS

if TYPE_CHECKING:
    from pyoxigraph import Quad

COOP = "https://w3id.org/entente/ontology#"
SECTOR = "https://w3id.org/entente/sector/"
ACTIVITY = "https://w3id.org/entente/activity/"
STATUS = "https://w3id.org/entente/status/"
INSTRUMENT = "https://w3id.org/entente/instrument/"
DATA = "https://w3id.org/entente/data/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"

#: Prefixes that the files, the serialisations and a user's queries share.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {"coop": COOP, "sector": SECTOR, "activity": ACTIVITY, "status": STATUS, "instrument": INSTRUMENT}
    | {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "prov": PROV, "oa": OA}
    | {"dcterms": DCTERMS, "schema": SCHEMA, "wd": WIKIDATA}
)

TYPE = RDF + "type"
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
HIDDEN_LABEL = SKOS + "hiddenLabel"
EXACT_MATCH = SKOS + "exactMatch"
#: The coding of what the schemes of political science do not code.
OUTSIDE = COOP + "outside"
REPLACED_BY = DCTERMS + "isReplacedBy"
INVALIDATED_BY = PROV + "wasInvalidatedBy"

#: A class is called as the kind or type is: "government-body" is ``GovernmentBody``.
CLASS_BY_KIND: Mapping[str, str] = MappingProxyType(
    {kind: COOP + kind.title().replace("-", "") for kind in KINDS} | {"other": COOP + "Partner"}
)
KIND_BY_CLASS: Mapping[str, str] = MappingProxyType({iri: kind for kind, iri in CLASS_BY_KIND.items()})
CLASS_BY_EVENT_TYPE: Mapping[str, str] = MappingProxyType({type: COOP + type.title() for type in EVENT_TYPES})
EVENT_TYPE_BY_CLASS: Mapping[str, str] = MappingProxyType({v: k for k, v in CLASS_BY_EVENT_TYPE.items()})

VocabularyName = Literal["sectors", "activities", "statuses", "instruments"]
BASE_BY_VOCABULARY: Mapping[str, str] = MappingProxyType(
    {"sectors": SECTOR, "activities": ACTIVITY, "statuses": STATUS, "instruments": INSTRUMENT}
)

#: Kinds that act for a state; CAMEO and PLOVER code what at least one of them does.
PUBLIC_KINDS = frozenset({"country", "government-body", "local-government", "international-organisation"})

Text = tuple[str, str]
"""A language tag and a text in that language."""


class EventCodes(NamedTuple):
    """The codes of an event in the two coding schemes of political science."""

    cameo: str
    plover: str
    #: The coding: how its type and status are coded, and what the codes mean beside it.
    iri: str


@dataclass(frozen=True, slots=True)
class KnownPartner:
    """A partner of the gazetteer; ``names`` are its preferred, other and hidden labels.

    ``generic``: bare names that mean it only where the context says so; ``places``: the names of the place
    that it governs; ``common``: those of its names that are ordinary words too.
    """

    iri: str
    label: str
    kind: str
    country: str | None
    wikidata: str | None
    names: tuple[Text, ...]
    part_of: str | None = None
    generic: tuple[Text, ...] = ()
    places: tuple[Text, ...] = ()
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a vocabulary with its labels and the terms by which news names it.

    ``terms``, ``weak_terms`` and ``stop_terms`` are written in the notation of ``coop:term``.
    """

    id: str
    iri: str
    pref: Mapping[str, str]
    alt: tuple[Text, ...] = ()
    hidden: tuple[Text, ...] = ()
    terms: tuple[Text, ...] = ()
    weak_terms: tuple[Text, ...] = ()
    stop_terms: tuple[Text, ...] = ()
    broader: str | None = None

    def label(self, lang: str = "en") -> str:
        """Give the preferred label in ``lang``, else in English, else the id."""
        return self.pref.get(lang) or self.pref.get("en") or self.id


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A concept scheme: its concepts by id, in the order of the file."""

    name: str
    concepts: Mapping[str, Concept]
    #: Languages in which a word without its accents is another word.
    accent_sensitive: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __contains__(self, id: object) -> bool:
        return id in self.concepts

    def __getitem__(self, id: str) -> Concept:
        try:
            return self.concepts[id]
        except KeyError:
            known = ", ".join(self.concepts)
            raise DataError(f"No concept {id!r} among the {self.name}. There are: {known}.") from None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that comes with the program."""

    name: str
    description: str
    text: str


def preferred_label(labels: Mapping[str, str]) -> str | None:
    """Give the label in English, else the first that there is."""
    return labels.get("en") or next(iter(labels.values()), None)


def country_iri(code: str, base: str = DATA) -> str:
    """Give the IRI of the country with this ISO 3166-1 alpha-2 code."""
    return f"{base}country/{code.upper()}"


def partner_iri(slug: str, base: str = DATA) -> str:
    """Give the IRI of the partner with this slug."""
    return f"{base}partner/{slug}"


def sector_iri(id: str) -> str:
    """Give the IRI of a sector."""
    return SECTOR + id


def activity_iri(id: str) -> str:
    """Give the IRI of an activity."""
    return ACTIVITY + id


def status_iri(id: str) -> str:
    """Give the IRI of a status."""
    return STATUS + id


def instrument_iri(id: str) -> str:
    """Give the IRI of an instrument."""
    return INSTRUMENT + id


def local_name(iri: str) -> str:
    """Give what follows the last ``#`` or ``/``: the id of a concept, the slug of a partner, ..."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def ontology_folder() -> Traversable:
    """Find the folder of ontology files: the installed package, else ``ontology/`` beside ``kg/``."""
    source = Path(__file__).resolve().parent.parent / "ontology"
    if (source / "cooperation.ttl").is_file():
        return source
    try:
        return files("kg.ontology_files")
    except ModuleNotFoundError:
        raise DataError(
            f"The ontology files are missing: neither {source} nor kg.ontology_files is there."
        ) from None


def ontology_files() -> tuple[Traversable, ...]:
    """List the Turtle files that make up the ontology graph, without the shapes."""
    found = (item for item in ontology_folder().iterdir() if item.name.endswith(".ttl"))
    return tuple(sorted((item for item in found if item.name != "shapes.ttl"), key=lambda item: item.name))


@cache
def load_vocabulary(name: VocabularyName) -> Vocabulary:
    """Read one of the vocabularies."""
    base = BASE_BY_VOCABULARY[name]
    texts: dict[str, dict[str, list[Text]]] = {}
    broader: dict[str, str] = {}
    sensitive: set[str] = set()
    for quad in parse_file(ontology_folder() / f"{name}.ttl"):
        subject, predicate, value = value_of(quad.subject), quad.predicate.value, value_of(quad.object)
        if predicate == COOP + "accentSensitive":
            sensitive.add(value)
        elif subject.startswith(base) and len(subject) > len(base):
            by_property = texts.setdefault(subject, {})
            if lang := getattr(quad.object, "language", None):
                by_property.setdefault(predicate, []).append((lang, value))
            elif predicate == SKOS + "broader":
                broader[subject] = local_name(value)
    concepts = (_concept(iri, by_property, broader.get(iri)) for iri, by_property in texts.items())
    return Vocabulary(name, MappingProxyType({item.id: item for item in concepts}), frozenset(sensitive))


def _concept(iri: str, texts: Mapping[str, list[Text]], broader: str | None) -> Concept:
    def of(predicate: str) -> tuple[Text, ...]:
        return tuple(texts.get(predicate, ()))

    words = of(COOP + "term"), of(COOP + "weakTerm"), of(COOP + "stopTerm")
    pref = MappingProxyType(dict(of(PREF_LABEL)))
    return Concept(local_name(iri), iri, pref, of(ALT_LABEL), of(HIDDEN_LABEL), *words, broader=broader)


def event_codes(
    event_type: str, status: str, kinds: Iterable[str], activities: Iterable[str] = ()
) -> EventCodes | None:
    """Give the CAMEO and PLOVER codes of an event; None where no partner acts for a state.

    Both schemes code what states and their bodies do, so that a deal between companies alone has no code.
    What an activity is coded as holds for public partners alone: where a company takes part, aid is business.
    """
    present = frozenset(kinds)
    if PUBLIC_KINDS.isdisjoint(present):
        return None
    special = () if "company" in present else sorted(activities)
    found = (_codes().get((event_type, status, activity)) for activity in (*special, None))
    return next((codes for codes in found if codes), None)


@cache
def _codes() -> Mapping[tuple[str, str, str | None], EventCodes]:
    rows: dict[str, dict[str, str]] = {}
    for quad in parse_file(ontology_folder() / "codings.ttl"):
        rows.setdefault(value_of(quad.subject), {})[quad.predicate.value] = value_of(quad.object)
    codes: dict[tuple[str, str, str | None], EventCodes] = {}
    for iri, row in rows.items():
        if row.get(TYPE) == COOP + "Coding" and iri != OUTSIDE:
            activity = row.get(COOP + "activity")
            key = EVENT_TYPE_BY_CLASS[row[COOP + "eventType"]], local_name(row[COOP + "status"])
            named = local_name(activity) if activity else None
            codes[*key, named] = EventCodes(row[COOP + "cameo"], row[COOP + "plover"], iri)
    return MappingProxyType(codes)


@cache
def load_queries() -> Mapping[str, NamedQuery]:
    """Read the named queries, each with its leading ``# description:`` comment and what continues it."""
    folder = ontology_folder() / "queries"
    by_name = {item.name.removesuffix(".rq"): item for item in folder.iterdir() if item.name.endswith(".rq")}
    return MappingProxyType(
        {name: _named_query(name, by_name[name].read_text(encoding="utf-8")) for name in sorted(by_name)}
    )


def _named_query(name: str, text: str) -> NamedQuery:
    words: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        content = line.lstrip("#").strip()
        if content.casefold().startswith("description:"):
            words = [content[len("description:") :].strip()]
        elif words and content and not content.casefold().startswith("params:"):
            words.append(content)
    return NamedQuery(name, " ".join(words), text)


def load_gazetteer(paths: Iterable[Path] = ()) -> tuple[KnownPartner, ...]:
    """Read ``partners.ttl`` and then the user's own partner files.

    A user's file adds partners, or names to a partner that is there (labels without a class). Raises
    ``DataError`` that names file and line when a file is no Turtle, an id is defined twice, a kind is not
    known, a label is missing or ``coop:partOf`` runs in a circle.
    """
    from kg.gazetteer import read_gazetteer

    return read_gazetteer(tuple(Path(path) for path in paths))


def parse_file(file: Traversable) -> Iterator[Quad]:
    """Yield the statements of a Turtle file; raise ``DataError`` that names the line where it is none."""
    from pyoxigraph import RdfFormat, parse

    try:
        data = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror}). Check the path.") from error
    try:
        yield from parse(data, format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise DataError(f"{file}:{error.lineno}: not valid Turtle ({error.msg}). Mend this line.") from error


def value_of(term: object) -> str:
    """Give the text of a term; a blank node gives its own id."""
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else str(term)
