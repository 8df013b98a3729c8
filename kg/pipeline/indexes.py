"""A graph in; its index out: what of a consolidation the next one needs, to look at what changed alone.

The index lies beside the graph (``index.sqlite``) and holds nothing that does not follow from it. It belongs
to one finished state, one set of corrections and partner lists, and one version of the program; where any of
these is another one it is not used, and made anew by the next consolidation of the whole.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.pipeline.texts import Texts
from kg.store.folders import CURRENT, disk_errors

if TYPE_CHECKING:
    from kg.store import Store

FILE_NAME: Final = "index.sqlite"
#: A smaller graph is consolidated as a whole in less time than an index is worth.
LEAST_ARTICLES = 300
#: Where more than one article in so many changed, the whole is faster.
MOST_CHANGED: Final = 20

#: Columns that are NAMES hold texts by their numbers, BLOBs hold texts made small. The numbers fall, so that
#: in falling order no page is left half empty.
_TABLES: Final = {
    # Reports as read; what they call whom (raw), and the same as corrected (judged).
    "reports": "report NAME, article NAME, told BLOB, PRIMARY KEY (report DESC)",
    "raw": "partner NAME, label NAME, report NAME, PRIMARY KEY (report DESC, partner, label)",
    "judged": (
        "partner NAME, form NAME, names NAME, report NAME, PRIMARY KEY (report DESC, partner, form, names)"
    ),
    # By what partners meet, those of reports and those of the lists; and who stands for whom.
    "keys": "partner NAME, side TEXT, key NAME, word NAME, PRIMARY KEY (partner DESC, side, key, word)",
    "listed": "partner NAME, key NAME, PRIMARY KEY (partner DESC, key)",
    "standing": "partner NAME, stands NAME, form NAME, label NAME, PRIMARY KEY (partner DESC)",
    # Reports as their events are made of them: partners, blocks, links, events.
    "described": "partner NAME, form NAME, report NAME, PRIMARY KEY (report DESC, partner, form)",
    "blocks": "key NAME, month NAME, report NAME, times INTEGER, PRIMARY KEY (report DESC, key, month)",
    "links": "one NAME, other NAME, score REAL, PRIMARY KEY (one, other)",
    "tells": "report NAME, event NAME, PRIMARY KEY (report DESC)",
    # Events in time: place, pairs of partners, what may be followed for each pair, what is.
    "steps": "event NAME, step BLOB, PRIMARY KEY (event DESC)",
    "pairs": "pair NAME, event NAME, PRIMARY KEY (event DESC, pair)",
    "earlier": (
        "event NAME, pair NAME, named INTEGER, day TEXT, shared INTEGER, earlier TEXT, "
        "PRIMARY KEY (event DESC, pair)"
    ),
    "follows": "event NAME, earlier TEXT, PRIMARY KEY (event DESC)",
    # Who does cooperate in which event; who is described because of whom.
    "together": "partner NAME, event NAME, PRIMARY KEY (event DESC, partner)",
    "needs": "partner NAME, needed NAME, why TEXT, PRIMARY KEY (partner DESC, needed, why)",
}
#: Table -> the types of its columns.
_KINDS: Final = {
    name: [column.split()[1] for column in columns.partition(", PRIMARY")[0].split(", ")]
    for name, columns in _TABLES.items()
}
_KEEP: Final[Mapping[str, Callable[[Texts, Any], object]]] = {
    "NAME": Texts.number,
    "BLOB": Texts.pack,
    "TEXT": lambda _, value: value,
    "REAL": lambda _, value: value,
    "INTEGER": lambda _, value: value,
}
_INDEXES: Final = (
    "reports (article)",
    "raw (partner, label)",
    "judged (partner, form, names)",
    "keys (key, side)",
    "listed (key)",
    "standing (stands)",
    "described (partner, form)",
    "blocks (key, month)",
    "links (other)",
    "tells (event)",
    "pairs (pair)",
    "earlier (pair)",
    "together (partner)",
    "needs (needed)",
)


class Index:
    """An open index; one transaction, which ``keep`` ends."""

    def __init__(self, path: Path, base_iri: str) -> None:
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._texts = Texts(self._db, base_iri)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN")

    def make(self) -> None:
        """Make the tables of a new index."""
        self._db.execute("CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT)")
        self._texts.make()
        for name, columns in _TABLES.items():
            self._db.execute(f"CREATE TABLE {name} ({columns}) WITHOUT ROWID")

    def finish(self) -> None:
        """Make what finds rows, once they are all there."""
        self._texts.finish()
        for number, columns in enumerate(_INDEXES):
            self._db.execute(f"CREATE INDEX by{number} ON {columns}")

    def rows(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Answer a query."""
        asked = [self._texts.find(value) if isinstance(value, str) else value for value in values]
        return [tuple(map(self._plain, row)) for row in self._db.execute(query, asked).fetchall()]

    def each(self, query: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Answer a query of one value for each of several."""
        for value in values:
            yield from self.rows(query, value)

    def column(self, query: str, values: Iterable[str]) -> set[Any]:
        """Gather the only column of what ``each`` gives."""
        return {value for (value,) in self.each(query, values)}

    def add(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into a table."""
        kinds = _KINDS[table]
        kept = (
            [_KEEP[kind](self._texts, value) for kind, value in zip(kinds, row, strict=True)] for row in rows
        )
        marks = ", ".join("?" * len(kinds))
        self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", kept)

    def drop(self, table: str, column: str, values: Iterable[str]) -> None:
        """Take out the rows that have one of the values in a column."""
        numbers = ((self._texts.find(value),) for value in values)
        self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", numbers)

    def _plain(self, value: object) -> object:
        """Give what a column holds: the text of a number, what was packed, or what is neither."""
        if isinstance(value, int):
            return self._texts.text(value) if value < 0 else value
        return self._texts.unpack(value) if isinstance(value, bytes) else value

    def state(self, name: str) -> str | None:
        """Give what is noted under a name."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def keep(self, folder: Path) -> None:
        """Make what was done last, for the state of the graph that readers see now."""
        try:
            self.note(CURRENT, (folder / CURRENT).read_text(encoding="ascii"))
            self._db.execute("COMMIT")
        except sqlite3.Error:
            # The graph is finished, and an index that belongs to another state of it is not used.
            return
        self.close()
        if self.path.name != FILE_NAME:
            self.path.replace(folder / FILE_NAME)

    def close(self) -> None:
        """Let go of the file; what was not kept is as it was."""
        self._db.close()


@contextmanager
def new_index(store: Store) -> Iterator[Index | None]:
    """Give an index to be filled, or None where the graph is so small that it needs none."""
    final, draft = store.folder.path / FILE_NAME, store.folder.path / f"{FILE_NAME}.new"
    with disk_errors(store.folder.path):
        final.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    if sum(1 for _ in store.articles()) < LEAST_ARTICLES:
        yield None
        return
    index = Index(draft, store.base_iri)
    try:
        index.make()
        yield index
    finally:
        index.close()
        draft.unlink(missing_ok=True)


@contextmanager
def open_index(store: Store, context: str) -> Iterator[Index | None]:
    """Give the index of a graph that was in a finished state when it was opened; None where none fits."""
    path = store.folder.path / FILE_NAME
    if not (store.was_finished and path.is_file()):
        yield None
        return
    index = None
    with suppress(sqlite3.Error, OSError):
        index = Index(path, store.base_iri)
        current = (store.folder.path / CURRENT).read_text(encoding="ascii")
        if (index.state("context"), index.state(CURRENT)) != (context, current):
            index.close()
            index = None
    try:
        yield index
    finally:
        if index:
            index.close()


def changed_articles_of(store: Store) -> list[str] | None:
    """Give the articles that changed since a graph was opened; None where they are too many."""
    base = f"{store.base_iri}article/"
    found = sorted(iri for iri in store.written if iri.startswith(base))
    if len(found) <= 1:
        return found
    return found if len(found) * MOST_CHANGED <= sum(1 for _ in store.articles()) else None


def context_of(corrections: Iterable[object], lists: Iterable[str]) -> str:
    """Give a value that changes when anything does of which an index depends beside the articles."""
    said = sorted(map(str, corrections))
    mark = hashlib.sha256("\n".join([sys.version, version("babel"), *said]).encode())
    for path in (*map(Path, lists), *_program_files()):
        mark.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()


def _program_files() -> Iterator[Path]:
    """Give the files of the program and of its lists: what another version has made is not used."""
    from kg.ontology import ontology_folder

    for root in (files("kg"), ontology_folder()):
        found = (path for path in Path(str(root)).rglob("*") if path.suffix in (".py", ".toml", ".ttl"))
        yield from sorted(found)


def publish_unchanged(store: Store) -> None:
    """Publish a graph of which nothing changed that its index knows, and keep the index for that state."""
    folder, index = store.folder.path, None
    current = (folder / CURRENT).read_text(encoding="ascii") if (folder / CURRENT).exists() else None
    store.publish()
    if (folder / FILE_NAME).is_file() and store.was_finished:
        with suppress(sqlite3.Error):
            index = Index(folder / FILE_NAME, store.base_iri)
            if index.state(CURRENT) == current:
                index.keep(folder)
        if index:
            index.close()
