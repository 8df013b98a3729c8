"""Settings in; what a build's result depends on besides its articles out.

An article whose content and whose versions are those of the last build need not be read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg import __version__
from kg.languages import language_settings, languages
from kg.model import Article
from kg.ontology import ontology_folder
from kg.settings import Settings

#: What comes after an article's quads, or before its text, changes none of them.
_WITHOUT_EFFECT = {
    *("articles", "cli", "drawing", "errors", "evaluation", "events", "explain", "export"),
    *("likeness", "network", "pipeline", "records", "store", "validation", "view"),
    *("clusters", "corrections", "doubts", "identities", "roster"),
    *("changes", "differences", "histories", "pages", "timelines"),
}


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of the program, of the trained models, and of rules and vocabularies (as a fingerprint)."""

    program: str
    models: tuple[str, ...]
    codebook: str

    @property
    def id(self) -> str:
        """A short name for this combination."""
        return _hash([self.program, *self.models, self.codebook])[:16]


def read_versions(settings: Settings) -> Versions:
    """Find out what an extraction with these settings depends on."""
    models = tuple(_model_version(lang, settings) for lang in languages())
    return Versions(__version__, models, _hash(_rules(settings))[:16])


def fingerprint(article: Article, versions: Versions) -> str:
    """Give a value that changes when the article, or anything that reads it, does."""
    published = article.published.isoformat() if article.published else ""
    parts = (article.id, article.text, article.title, article.lang, published, article.url, article.source)
    return _hash([versions.id, *(part or "" for part in parts)])[:32]


def _model_version(lang: str, settings: Settings) -> str:
    own = language_settings(lang)
    name = settings.models.get(lang, own.model)
    package = own.package if name == own.model else name
    try:
        return f"{lang}: {name} {version(package)}"
    except PackageNotFoundError:
        return f"{lang}: {name}"


def _rules(settings: Settings) -> Iterator[str]:
    for folder in (files("kg"), ontology_folder()):
        for path, file in _walk(folder):
            if path.split("/")[0].removesuffix(".py") not in _WITHOUT_EFFECT:
                yield path
                yield hashlib.sha256(file.read_bytes()).hexdigest()
    for name in settings.partners:
        yield hashlib.sha256(Path(name).read_bytes()).hexdigest() if Path(name).is_file() else name


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            if item.name not in ("__pycache__", "queries"):
                yield from _walk(item, f"{above}{item.name}/")
        elif not item.name.endswith((".pyc", ".md")):
            yield above + item.name, item


def _hash(parts: list[str] | Iterator[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
