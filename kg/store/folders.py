"""The folder of a graph: what lies where, who may write, which finished state readers see.

::

    graph/
      entente.json     what this is: format, base IRI (written first, so that what has it is a graph)
      quads/           the database; only the one writer opens it
      snapshots/<n>/   finished states, sharing their files with the database; readers open the latest
      current          the number of the latest finished state (replaced in one step)
      journal.jsonl    which articles each build brought and took, and when
      index.sqlite     what a build keeps for the next one, so that it looks at what changed alone
      unfinished       there from a build's first write until its state is published
      writer.lock      held while a process writes
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreError

#: Raised by one when an older program could no longer read what this one writes.
FORMAT = 1
MARKER, CURRENT, LOCK, QUADS, SNAPSHOTS = "entente.json", "current", "writer.lock", "quads", "snapshots"
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is a graph."""

    path: Path
    base_iri: str

    @property
    def quads(self) -> Path:
        """Where the database lies."""
        return self.path / QUADS

    @property
    def is_unfinished(self) -> bool:
        """Whether the database holds more than what readers see."""
        return (self.path / UNFINISHED).exists() or not (self.path / CURRENT).exists()


def mark_unfinished(folder: Folder) -> None:
    """Note, before the first write, that the database and the published state begin to differ."""
    if not (folder.path / UNFINISHED).exists():
        write_in_one_step(folder.path / UNFINISHED, "")


def find_folder(path: Path) -> Folder:
    """Check that a folder is a graph that this program can read."""
    if not path.exists():
        raise StoreError(f"{path}: there is no graph here. Build one with: kg build ARTICLES -g {path}")
    marker = path / MARKER
    if not marker.is_file():
        raise StoreError(f"{path}: this is not a graph (it has no {MARKER}). Name the folder of a graph.")
    try:
        values = json.loads(marker.read_text(encoding="utf-8"))
        number, base_iri = int(values["format"]), str(values["base_iri"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"{marker}: cannot be read ({type(error).__name__}: {error}). Build the graph anew elsewhere."
        ) from error
    if number > FORMAT:
        raise StoreError(
            f"{path}: this graph was written by a newer version of the program (format {number}; this one "
            f"knows up to {FORMAT}). Update entente-kg, or build into another folder."
        )
    return Folder(path, base_iri)


def make_folder(path: Path, *, base_iri: str) -> Folder:
    """Find the graph, or make an empty one where nothing is yet."""
    with _writing(path):
        if (path.is_dir() and not any(path.iterdir())) or not path.exists():
            path.mkdir(parents=True, exist_ok=True)
            write_in_one_step(path / MARKER, json.dumps({"format": FORMAT, "base_iri": base_iri}))
    folder = find_folder(path)
    if folder.base_iri != base_iri:
        raise StoreError(
            f"{path}: this graph's IRIs start with {folder.base_iri}, but the settings say {base_iri}. "
            "Change base_iri in the settings, or build into another folder."
        )
    return folder


@contextmanager
def writer_lock(folder: Folder) -> Iterator[None]:
    """Hold the graph for writing; the system lets go of it when the process ends in whatever way."""
    with _writing(folder.path):
        file = open(folder.path / LOCK, "a+", encoding="utf-8")  # noqa: SIM115 - closed by the next block
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise StoreError(
                f"{folder.path}: another build is writing this graph (process {holder}). "
                "Wait for it to end, or build into another folder."
            ) from error
        with _writing(folder.path):
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def has_published(folder: Folder) -> bool:
    """Tell whether there is a finished state that readers see."""
    return (folder.path / CURRENT).exists()


def publish(folder: Folder, backup: Callable[[str], None]) -> None:
    """Make the state of the database what readers see, in one step, and drop older ones nobody reads."""
    with _writing(folder.path):
        snapshots = folder.path / SNAPSHOTS
        snapshots.mkdir(exist_ok=True)
        number = max((int(p.name) for p in snapshots.iterdir() if p.name.isdigit()), default=0) + 1
        backup(str(snapshots / str(number)))
        write_in_one_step(folder.path / CURRENT, str(number))
        (folder.path / UNFINISHED).unlink(missing_ok=True)
        for old in snapshots.iterdir():
            if old.name.isdigit() and int(old.name) < number:
                _drop(old)


def _drop(snapshot: Path) -> None:
    """Remove a snapshot unless a reader still holds it; then a later build will."""
    lock = snapshot.with_name(snapshot.name + ".lock")
    with contextlib.suppress(OSError), open(lock, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(snapshot, ignore_errors=True)
        lock.unlink(missing_ok=True)


def hold_snapshot(folder: Folder) -> tuple[Path, IO[str] | None]:
    """Find the latest finished state and hold it; closing the file lets go of it."""
    for _ in range(5):
        number = _current(folder)
        snapshot = folder.path / SNAPSHOTS / number
        held = _hold(snapshot)
        # A build may have finished between the two lines above and taken this state away.
        if snapshot.is_dir() and (held is not None or not os.access(folder.path, os.W_OK)):
            return snapshot, held
        if held:
            held.close()
    raise StoreError(f"{folder.path}: the latest finished state is missing. Run the same kg build again.")


def _current(folder: Folder) -> str:
    try:
        return str(int((folder.path / CURRENT).read_text(encoding="ascii")))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder.path}: no build of this graph has finished yet. Run the same kg build again; "
            "it goes on where it stopped."
        ) from error


def _hold(snapshot: Path) -> IO[str] | None:
    """Take the reader's lock; None on a disk that cannot be written, where nobody can remove it either."""
    try:
        file = open(snapshot.with_name(snapshot.name + ".lock"), "a", encoding="utf-8")  # noqa: SIM115
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def write_in_one_step(path: Path, text: str) -> None:
    """Write a small file so that it is there in full or not at all."""
    draft = path.with_name(path.name + ".new")
    with open(draft, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    with disk_errors(path):
        yield


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the disk or the database refuses into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{path}: cannot write to the graph ({reason}). It is as it was after its last finished build; "
            "make room or set the permissions, then run the same command again."
        ) from error
