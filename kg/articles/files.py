"""Inputs as a user names them (files, folders, globs, ``-``) in; the files to read, in a fixed order, out."""

from __future__ import annotations

import glob
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError

OnProblem = Callable[[InputError], None]
STANDARD_INPUT = "-"
#: What can be read, by ending. ``.htm`` is read as ``.html``.
ENDINGS = (".txt", ".md", ".html", ".htm", ".jsonl")
_KNOWN = ", ".join(ENDINGS)
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; ``id`` is its path relative to the input, without the ending."""

    path: str
    ending: str
    id: str


@dataclass(slots=True)
class _Walk:
    """What one search must remember: which files and folders it has been to, and whom to tell of problems."""

    on_problem: OnProblem
    files_seen: set[tuple[int, int]] = field(default_factory=set)
    folders_seen: set[str] = field(default_factory=set)
    told: int = 0

    def tell(self, message: str, path: Path | str) -> None:
        """Hand one problem on."""
        self.told += 1
        self.on_problem(InputError(message, str(path)))


def find_files(inputs: Iterable[str], on_problem: OnProblem) -> Iterator[Found]:
    """Yield every readable file of the inputs once; tell ``on_problem`` of inputs that lead to none."""
    walk = _Walk(on_problem)
    standard_input_used = False
    for given in inputs:
        if given == STANDARD_INPUT:
            if not standard_input_used:
                yield Found(STANDARD_INPUT, ".jsonl", "stdin")
            standard_input_used = True
            continue
        try:
            yield from _input_files(given, walk)
        except (OSError, ValueError) as error:
            walk.tell(f"{reason(error)}.", given)


def reason(error: Exception) -> str:
    """Say in words why the system refused a file or folder."""
    if isinstance(error, FileNotFoundError):
        return "it is not there (any more)"
    if isinstance(error, PermissionError):
        return "you have no permission to read it"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read ({error.strerror.lower()})"
    return f"it cannot be read ({error})"


def _input_files(given: str, walk: _Walk) -> Iterator[Found]:
    path = Path(given)
    if os.path.isdir(given):
        yield from _folder_or_problem(path, walk)
    elif os.path.lexists(given):
        ending = path.suffix.lower()
        if ending in ENDINGS:
            yield from _once(path, _id_of(path.name), walk)
        else:
            named = f"the ending {ending!r}" if ending else "a file without an ending"
            walk.tell(f"{named} is not known. There are: {_KNOWN}.", given)
    elif _MAGIC & set(given):
        yield from _matches(given, walk)
    else:
        walk.tell("there is no such file or folder. Check the spelling.", given)


def _folder_or_problem(path: Path, walk: _Walk) -> Iterator[Found]:
    before = (len(walk.files_seen), walk.told)
    yield from _folder_files(path, path, (), walk)
    # Files that an earlier input already gave are articles too: such a folder is not empty.
    if (len(walk.files_seen), walk.told) == before and not _has_known_files(path):
        walk.tell(f"no articles in this folder. It should hold {_KNOWN}.", path)


def _has_known_files(path: Path) -> bool:
    return any(_is_article_name(name) for _, _, names in os.walk(path) for name in names)


def _folder_files(path: Path, root: Path, above: tuple[str, ...], walk: _Walk) -> Iterator[Found]:
    """Go through a folder by name, subfolders where their name stands, links to folders followed once."""
    real = os.path.realpath(path)
    if real in above:
        walk.tell("the link leads back to a folder above it; it is not followed.", path)
        return
    if real in walk.folders_seen:
        return
    walk.folders_seen.add(real)
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        walk.tell(f"{reason(error)}; the folder is left out.", path)
        return
    for name in names:
        inner = path / name
        if name.startswith("."):
            continue
        if os.path.isdir(inner):
            yield from _folder_files(inner, root, (*above, real), walk)
        elif _is_article_name(name):
            yield from _once(inner, _id_of(inner.relative_to(root).as_posix()), walk)


def _is_article_name(name: str) -> bool:
    """Pass over what lies beside articles in a folder: other files, ``README.md``, and gold annotations."""
    stem, ending = os.path.splitext(name)
    is_beside = stem.upper() == "README" or name.lower().endswith(".gold.jsonl")
    return ending.lower() in ENDINGS and not name.startswith(".") and not is_beside


def _matches(given: str, walk: _Walk) -> Iterator[Found]:
    matches = sorted(glob.glob(given, recursive=True))
    files = [
        Path(match) for match in matches if os.path.isdir(match) or _is_article_name(os.path.basename(match))
    ]
    if not files:
        what = "what it matches has none of the endings" if matches else "it matches nothing; the endings are"
        walk.tell(f"{what} {_KNOWN}.", given)
        return
    base = _fixed_part(given)
    for path in files:
        if path.is_dir():
            yield from _folder_files(path, base, (), walk)
        else:
            yield from _once(path, _id_of(os.path.relpath(path, base)), walk)


def _fixed_part(pattern: str) -> Path:
    """Return the folders of a glob before its first wildcard: ids are relative to these."""
    fixed: list[str] = []
    for part in Path(pattern).parts[:-1]:
        if _MAGIC & set(part):
            break
        fixed.append(part)
    return Path(*fixed)


def _once(path: Path, article_id: str, walk: _Walk) -> Iterator[Found]:
    """Yield a regular file that was not yet seen; a pipe or device could block for ever and is refused."""
    try:
        status = os.stat(path)
    except OSError as error:
        walk.tell(f"{reason(error)}.", path)
        return
    if not stat.S_ISREG(status.st_mode):
        walk.tell("this is no regular file. Use - to read from standard input.", path)
        return
    key = (status.st_dev, status.st_ino)
    if key not in walk.files_seen:
        walk.files_seen.add(key)
        ending = path.suffix.lower()
        yield Found(str(path), ".html" if ending == ".htm" else ending, article_id)


def _id_of(relative: str) -> str:
    """Drop the ending; names of files that are no Unicode become so, in NFC as some systems store NFD."""
    stem = os.path.splitext(relative)[0].replace(os.sep, "/")
    return unicodedata.normalize("NFC", stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
