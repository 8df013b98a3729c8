"""Everything that can go wrong, as one tree.

::

    KgError                 the base; its message is one sentence for the user
    ├── InputError          an article or a file of articles cannot be read (origin: file, line)
    ├── LanguageError       no rules or no pipeline for a language
    ├── DataError           ontology, codebook, gazetteer or gold data is not as it should be
    ├── StoreError          the graph folder cannot be opened, is in use, is newer, or is no graph
    ├── QueryError          a query is not valid, is not allowed, or has no such name
    └── UsageError          options that do not go together, an unknown ending, nothing to do

A message says what was wrong, where, what is possible and what to do. One bad article never stops a run:
readers hand the error to ``on_problem`` and go on.
"""


class KgError(Exception):
    """The base of all errors of this package; ``str(error)`` is fit for the user's eyes."""


class InputError(KgError):
    """An article cannot be read; ``origin`` names the file and, where there is one, the line."""

    def __init__(self, message: str, origin: str | None = None) -> None:
        super().__init__(f"{origin}: {message}" if origin else message)
        self.origin = origin


class LanguageError(KgError):
    """A language has no rules or no trained pipeline."""


class DataError(KgError):
    """A data file of the program or of the user is not as it should be."""


class StoreError(KgError):
    """The graph folder cannot be used."""


class QueryError(KgError):
    """A query is wrong, not allowed or not known."""


class UsageError(KgError):
    """What was asked for does not go together."""
