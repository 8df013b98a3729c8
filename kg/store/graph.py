"""The graph on disk: quads in, answers out.

A ``Store`` opened for writing holds the graph alone; one opened for reading sees the last finished state,
also while a build runs. One method call writes wholly or not at all. Oxigraph itself loads, queries and
updates; ``Store.dataset`` shows the same quads to rdflib, for serialising, SHACL and notebooks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ontology as o
from kg.errors import QueryError, StoreError
from kg.store.folders import (
    Folder,
    disk_errors,
    find_folder,
    hold_snapshot,
    make_folder,
    mark_unfinished,
    publish,
    writer_lock,
)
from kg.store.safety import check_query

if TYPE_CHECKING:
    from rdflib import Dataset

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
#: So many quads are written at once when there is no article to keep together.
_BATCH = 5_000
#: Oxigraph keeps what is not on the disk yet in memory, up to a gigabyte if it may.
_FLUSH_AFTER = 60_000
_TYPE = ox.NamedNode(o.TYPE)
_ARTICLE = ox.NamedNode(o.COOP + "Article")
_TELLS_OF = ox.NamedNode(o.COOP + "tellsOf")
_INVALIDATED_BY = ox.NamedNode(o.INVALIDATED_BY)
_FINGERPRINT = ox.NamedNode(o.COOP + "fingerprint")


@dataclass(frozen=True, slots=True)
class Build:
    """What made a graph: versions that change what an article yields."""

    iri: str
    program: str
    models: tuple[str, ...]
    codebook: str


class Store:
    """An open graph; get one from ``open_graph`` or ``read_graph``."""

    def __init__(self, folder: Folder, quads: ox.Store, *, writable: bool) -> None:
        self.folder = folder
        self.base_iri = folder.base_iri
        self.writable = writable
        self._quads = quads
        self._unflushed = 0
        #: Whether readers saw everything when it was opened.
        self.was_finished = not folder.is_unfinished
        #: Articles, events and partners that were written since it was opened.
        self.written: set[str] = set()
        #: Events and partners that went since then.
        self.dropped: set[str] = set()
        self.events_graph = folder.base_iri + "graph/events"
        self.provenance_graph = folder.base_iri + "graph/provenance"
        self.measures_graph = folder.base_iri + "graph/measures"
        self.corrections_graph = folder.base_iri + "graph/corrections"
        self.ontology_graph = o.COOP.rstrip("#")

    # --- articles -------------------------------------------------------------------------------------

    def fingerprint(self, article_iri: str) -> str | None:
        """Give the fingerprint with which an article was stored; None when it is not there."""
        node = ox.NamedNode(article_iri)
        found = self._quads.quads_for_pattern(node, _FINGERPRINT, None, node)
        return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), None)

    def has_article(self, article_iri: str) -> bool:
        """Tell whether an article is in the graph."""
        node = ox.NamedNode(article_iri)
        return any(self._quads.quads_for_pattern(node, _TYPE, _ARTICLE, node))

    def articles(self) -> Iterator[str]:
        """Give the IRIs of all articles, which are also the names of their graphs."""
        for quad in self._quads.quads_for_pattern(None, _TYPE, _ARTICLE):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject == quad.graph_name:
                yield quad.subject.value

    def graph_quads(self, graph_iri: str) -> Iterator[ox.Quad]:
        """Give the quads of one graph."""
        return self._quads.quads_for_pattern(None, None, None, ox.NamedNode(graph_iri))

    def replace_articles(self, articles: Mapping[str, Iterable[ox.Quad]]) -> None:
        """Store articles (IRI -> quads), in one step, each in the place of what was there of it."""
        old: list[ox.Quad] = []
        new: list[ox.Quad] = []
        for iri, quads in articles.items():
            before, after = set(self.graph_quads(iri)), list(quads)
            if before:
                old += before.difference(after)
                new += (quad for quad in after if quad not in before)
            else:
                new += after
        self.written.update(articles)
        self._swap(old, new)

    def replace_article(self, iri: str, quads: Iterable[ox.Quad]) -> None:
        """Store one article in the place of what was there of it, in one step."""
        self.replace_articles({iri: quads})

    def remove_articles(self, iris: Iterable[str]) -> None:
        """Take articles out, in one step."""
        self.replace_articles(dict.fromkeys(iris, ()))

    # --- what follows from the articles ---------------------------------------------------------------

    def replace_events(
        self, descriptions: Iterable[tuple[str, Iterable[ox.Quad]]], *, are_all: bool = True
    ) -> int:
        """Bring the consolidated graph in line with ``descriptions`` (IRI, quads); write only differences.

        Unless they ``are_all``, what is not described stays, and what goes is described by no quads. Return
        how many events and partners changed, came or went.
        """
        batch = _Batch(self)
        seen: set[str] = set()
        changed = 0
        for iri, quads in descriptions:
            seen.add(iri)
            old, new = self.description(iri), set(quads)
            if old != new:
                changed += 1
                (self.written if new else self.dropped).add(iri)
            batch.add(old - new, new - old)
        for iri in [iri for iri in self.described() if iri not in seen] if are_all else []:
            changed += 1
            self.dropped.add(iri)
            batch.add(self.description(iri), set())
        batch.write()
        if changed:
            self.replace_measures(())
        return changed

    def replace_measures(self, quads: Iterable[ox.Quad]) -> bool:
        """Keep the measures of a network, in the place of those before; tell whether anything changed.

        They go by themselves when an event or a partner changes: they would be those of another network.
        """
        old, new = set(self.graph_quads(self.measures_graph)), set(quads)
        self._swap(old - new, new - old)
        return old != new

    def described(self) -> Iterator[str]:
        """Give the events and partners of the consolidated graph."""
        graph = ox.NamedNode(self.events_graph)
        marks = [(_TYPE, ox.NamedNode(o.COOP + name)) for name in ("Event", "Partner", "FormerPartner")]
        for predicate, value in (*marks, (_INVALIDATED_BY, None)):
            found = self._quads.quads_for_pattern(None, predicate, value, graph)
            yield from [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def description(self, iri: str) -> set[ox.Quad]:
        """Give what the consolidated graph says of an event or a partner, and which reports tell of it.

        What a report tells of belongs to the event's description.
        """
        graph, node = ox.NamedNode(self.events_graph), ox.NamedNode(iri)
        said = self._quads.quads_for_pattern(node, None, None, graph)
        found = {quad for quad in said if quad.predicate != _TELLS_OF}
        return found.union(self._quads.quads_for_pattern(None, _TELLS_OF, node, graph))

    def types(self, iri: str) -> list[str]:
        """Give the classes that a node is said to have, in whichever graph."""
        found = self._quads.quads_for_pattern(ox.NamedNode(iri), _TYPE, None)
        return [quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)]

    @property
    def side_graphs(self) -> tuple[str, ...]:
        """Name the graphs that hold neither articles nor what follows from them, nor the ontology."""
        return self.provenance_graph, self.measures_graph, self.corrections_graph

    def events_of(self, report_iri: str) -> list[str]:
        """Give the event that a report tells of, in a list that is empty before events were merged."""
        found = self._quads.quads_for_pattern(ox.NamedNode(report_iri), _TELLS_OF, None)
        return [quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)]

    def replace_graph(self, graph_iri: str, quads: Iterable[ox.Quad]) -> None:
        """Store a graph in the place of what was there of it, in one step; write only differences."""
        old, new = set(self.graph_quads(graph_iri)), set(quads)
        self._swap(old - new, new - old)
        if old != new:
            self.written.add(graph_iri)

    def reports_of(self, event_iri: str) -> list[str]:
        """Give the reports that tell of an event."""
        found = self._quads.quads_for_pattern(None, _TELLS_OF, ox.NamedNode(event_iri))
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def load_ontology(self) -> None:
        """Put the ontology and the vocabularies that come with the program into their own graph."""
        graph = ox.NamedNode(self.ontology_graph)
        # The gazetteer is no part of it: a partner of the graph is described once, with the events.
        contents = [file.read_bytes() for file in o.ontology_files() if file.name != "partners.ttl"]
        mark = ox.Quad(graph, _FINGERPRINT, ox.Literal(hashlib.sha256(b"".join(contents)).hexdigest()), graph)
        old = set(self.graph_quads(self.ontology_graph))
        if mark in old:
            return
        new = {mark}
        for content in contents:
            for triple in ox.parse(content, format=ox.RdfFormat.TURTLE):
                new.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
        self._swap(old - new, new - old)

    def record_build(self, build: Build) -> None:
        """Say once for the graph what built it; when, the journal says: no clock shows in the quads."""
        graph, node = ox.NamedNode(self.provenance_graph), ox.NamedNode(build.iri)
        new = {
            ox.Quad(node, _TYPE, ox.NamedNode(o.PROV + "Activity"), graph),
            ox.Quad(node, ox.NamedNode(o.COOP + "programVersion"), ox.Literal(build.program), graph),
            ox.Quad(node, ox.NamedNode(o.COOP + "codebookVersion"), ox.Literal(build.codebook), graph),
            *(
                ox.Quad(node, ox.NamedNode(o.COOP + "modelVersion"), ox.Literal(m), graph)
                for m in build.models
            ),
        }
        self._swap(set(self._quads.quads_for_pattern(node, None, None, graph)) - new, new)

    @property
    def is_unfinished(self) -> bool:
        """Whether something was written, now or by an interrupted build, that readers do not see yet."""
        return self.folder.is_unfinished

    def publish(self) -> None:
        """Make everything written so far what readers see, safe on the disk."""
        with disk_errors(self.folder.path):
            self._quads.flush()
        publish(self.folder, self._quads.backup)

    def sizes(self) -> dict[str, int]:
        """Count articles, reports, events and partners, by the names of their classes."""
        classes = ("Article", "Report", "Event", "Partner")
        return {name: self._count(ox.NamedNode(o.COOP + name)) for name in classes}

    def _count(self, kind: ox.NamedNode) -> int:
        follows = kind.value in (o.COOP + "Event", o.COOP + "Partner")
        graph = f"<{self.events_graph}>" if follows else "?graph"
        # The database counts faster than a loop over what it gives.
        query = f"SELECT (COUNT(*) AS ?count) {{ GRAPH {graph} {{ ?node <{o.TYPE}> {kind} }} }}"
        return next(int(row["count"] or 0) for row in self.select(query))

    # --- asking ---------------------------------------------------------------------------------------

    def query(self, text: str) -> Answer:
        """Answer a SPARQL 1.1 query over the union of all graphs; the usual prefixes are known.

        Raises ``QueryError`` for what is not SPARQL, writes, or would ask another server.
        """
        check_query(text)
        try:
            return self._quads.query(text, prefixes=dict(o.PREFIXES), use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"This is not a SPARQL query: {_first_line(error)}.") from error
        except OSError as error:
            raise StoreError(f"{self.folder.path}: cannot be read ({error}).") from error

    def select(self, text: str) -> Iterator[dict[str, str | None]]:
        """Answer a SELECT query as plain values: name of the variable -> IRI or lexical form."""
        answer = self.query(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("This query gives no table. Use SELECT.")
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            yield {name: _plain(solution[name]) for name in names}

    def dump(self, graphs: Iterable[str] | None = None) -> list[str]:
        """Give the quads as sorted N-Quads lines, of all graphs or of those named."""
        if graphs is None:
            return sorted(f"{quad} ." for quad in self._quads)
        return sorted(f"{quad} ." for graph in graphs for quad in self.graph_quads(graph))

    def content(self) -> list[str]:
        """Give the sorted N-Quads of articles and events: the same for the same articles, whenever built."""
        return self.dump([*self.articles(), self.events_graph, self.corrections_graph])

    def close(self) -> None:
        """Let go of the database, which Oxigraph does when nothing refers to it any more."""
        self._quads = ox.Store()
        self.writable = False

    def dataset(self) -> Dataset:
        """Show the same quads as an rdflib ``Dataset`` whose default graph is the union."""
        from kg.store.dataset import open_dataset

        return open_dataset(self._quads)

    # --- writing --------------------------------------------------------------------------------------

    def _swap(self, old: Collection[ox.Quad], new: Collection[ox.Quad]) -> None:
        """Take out ``old`` and put in ``new``, as one transaction."""
        if not self.writable:
            raise StoreError(f"{self.folder.path}: this graph was opened for reading.")
        if not old and not new:
            return
        with disk_errors(self.folder.path):
            mark_unfinished(self.folder)
            if old:
                parts = [
                    f"{verb} DATA {{ {_block(quads)} }}" for verb, quads in (("DELETE", old), ("INSERT", new))
                ]
                self._quads.update(" ;\n".join(parts))
            else:
                self._quads.extend(new)
            self._unflushed += len(old) + len(new)
            if self._unflushed >= _FLUSH_AFTER:
                self._quads.flush()
                self._unflushed = 0


class _Batch:
    """Gathers small changes, so that each write is worth its cost."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._old: set[ox.Quad] = set()
        self._new: set[ox.Quad] = set()

    def add(self, old: set[ox.Quad], new: set[ox.Quad]) -> None:
        self._old |= old
        self._new |= new
        if len(self._old) + len(self._new) >= _BATCH:
            self.write()

    def write(self) -> None:
        # A quad that moved between two descriptions is in both sets and stays.
        self._store._swap(self._old - self._new, self._new)
        self._old, self._new = set(), set()


@contextmanager
def open_graph(path: Path, *, base_iri: str) -> Iterator[Store]:
    """Open a graph for writing, made when there is none; ``StoreError`` when another process writes."""
    folder = make_folder(Path(path), base_iri=base_iri)
    with writer_lock(folder):
        with disk_errors(folder.path):
            quads = ox.Store(str(folder.quads))
        store = Store(folder, quads, writable=True)
        del quads
        try:
            yield store
        finally:
            store.close()


@contextmanager
def read_graph(path: Path) -> Iterator[Store]:
    """Open the last finished state of a graph for reading; a build may run meanwhile."""
    folder = find_folder(Path(path))
    with ExitStack() as stack:
        snapshot, held = hold_snapshot(folder)
        if held:
            stack.enter_context(held)
        try:
            quads = ox.Store.read_only(str(snapshot))
        except OSError as error:
            raise StoreError(f"{path}: the graph cannot be read ({error}). Build it again.") from error
        store = Store(folder, quads, writable=False)
        del quads
        try:
            yield store
        finally:
            store.close()


def _block(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)


def _plain(term: object) -> str | None:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else None if term is None else str(term)


def _first_line(error: Exception) -> str:
    return str(error).split(", [")[0].splitlines()[0].rstrip(".")
