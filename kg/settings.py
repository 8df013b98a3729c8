"""The settings of a run: one frozen value, read once from ``entente.toml`` and the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from kg.errors import DataError

FILE_NAME = "entente.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. Every field can stand in ``entente.toml`` under the same name."""

    #: IRIs of partners, events, reports and articles start with this.
    base_iri: str = "https://w3id.org/entente/data/"
    #: Trained pipeline by language; what is not named here is the language's own default.
    models: Mapping[str, str] = field(default_factory=dict)
    #: Articles beyond this many characters are refused (a book is no article).
    max_characters: int = 1_000_000
    #: Further partner lists (Turtle or CSV), read after ``ontology/partners.ttl``.
    partners: tuple[str, ...] = ()


def read_settings(path: Path | None = None) -> Settings:
    """Read the settings file (``$ENTENTE_SETTINGS`` or ``./entente.toml`` when no path is given); absent
    means defaults.

    Raises ``DataError`` that names the file and the key when something in it is unknown or of the wrong type.
    """
    path = path or Path(os.environ.get("ENTENTE_SETTINGS", FILE_NAME))
    if not path.is_file():
        return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not a TOML file ({error}). Mend it or take it away.") from error
    return _checked(values, path)


def _checked(values: dict[str, object], path: Path) -> Settings:
    defaults = Settings()
    known = {item.name: getattr(defaults, item.name) for item in fields(Settings)}
    for name, value in values.items():
        if name not in known:
            raise DataError(f"{path}: no setting {name!r}. There are: {', '.join(sorted(known))}.")
        wanted = list if isinstance(known[name], tuple) else type(known[name])
        if not isinstance(value, wanted):
            raise DataError(f"{path}: {name} must be {wanted.__name__}, not {value!r}.")
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return replace(defaults, **frozen)  # type: ignore[arg-type]
