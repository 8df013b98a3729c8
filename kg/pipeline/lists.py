"""The partner lists of a graph: those that builds were given stay in its folder, so that every later step
knows the same partners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.settings import Settings

FOLDER: Final = "partners"
ENDINGS: Final = (".ttl", ".csv")


def graph_settings(graph: Path, settings: Settings) -> Settings:
    """Add a graph's own partner lists to the settings; of two of one name that of the settings counts."""
    given = {Path(name).name for name in settings.partners}
    own = (path for path in _lists_in(graph) if path.name not in given)
    return replace(settings, partners=(*settings.partners, *map(str, own)))


def with_lists(settings: Settings, lists: Iterable[Path]) -> Settings:
    """Add partner lists to the settings of one run; raises where one is not as it should be."""
    from kg.ontology import load_gazetteer

    wanted = _checked(list(lists))
    kept = (name for name in settings.partners if Path(name).name not in wanted)
    settings = replace(settings, partners=(*kept, *map(str, wanted.values())))
    load_gazetteer(map(Path, settings.partners))
    return settings


def check_lists(graph: Path, settings: Settings, lists: Iterable[Path]) -> Mapping[str, Path]:
    """Give partner lists that a graph is to keep, by name; raises where one is not as it should be."""
    from kg.ontology import load_gazetteer

    wanted = _checked(list(lists))
    others = graph_settings(graph, settings).partners
    load_gazetteer([*(Path(name) for name in others if Path(name).name not in wanted), *wanted.values()])
    return wanted


def keep_lists(graph: Path, settings: Settings, lists: Iterable[Path]) -> Settings:
    """Put partner lists into a graph's folder, each in the place of one of its name, to be used from now on.

    Raises ``DataError`` or ``UsageError``, and keeps none of them, where one is not as it should be.
    """
    from kg.store.folders import disk_errors, write_in_one_step

    wanted = check_lists(graph, settings, lists)
    with disk_errors(graph):
        (graph / FOLDER).mkdir(exist_ok=True)
        for name, path in wanted.items():
            content = path.read_text(encoding="utf-8-sig")
            if not (graph / FOLDER / name).is_file() or _content(graph / FOLDER / name) != content:
                write_in_one_step(graph / FOLDER / name, content)
    return graph_settings(graph, settings)


def lists_of(graphs: Iterable[Path], into: Path) -> tuple[Path, ...]:
    """Gather the lists of several graphs; raises ``UsageError`` where two of one name are not the same."""
    found: dict[str, Path] = {path.name: path for path in _lists_in(into)}
    for path in (path for graph in graphs for path in _lists_in(graph)):
        first = found.setdefault(path.name, path)
        if _content(first) != _content(path):
            raise UsageError(
                f"{first} and {path} are two lists of one name. Rename one, or make them the same."
            )
    return tuple(path for path in found.values() if path.parent.parent != into)


def _lists_in(graph: Path) -> list[Path]:
    folder = graph / FOLDER
    return (
        sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    )


def _checked(lists: list[Path]) -> Mapping[str, Path]:
    for path in lists:
        if path.suffix.lower() not in ENDINGS:
            raise UsageError(f"{path}: a partner list ends in {' or '.join(ENDINGS)}. See docs/commands.md.")
        if not path.is_file():
            raise UsageError(f"{path}: there is no such file. Name a partner list.")
    found = {path.name: path for path in lists}
    if len(found) < len(lists):
        raise UsageError("Two partner lists have the same name. Rename one of them.")
    return found


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")
