"""What an explanation consists of; all values are frozen, offsets count in the article's text."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Article, Mention, Report


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention, and the labels of what it names or stands for: "the two sides" are two partners."""

    mention: Mention
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fired:
    """A stretch of the article at which an entry of the codebook fired."""

    start: int
    end: int
    entry: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class Barred:
    """A stretch at which an entry did not fire although it has its words.

    Either an exception of the codebook forbids it, with the codebook's own counter-``example`` where it has
    one, or it lies inside a partner's name (``is_name``), or the sentence denies it (``is_denied``).
    """

    start: int
    end: int
    text: str
    entry: str
    is_name: bool = False
    is_denied: bool = False
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A partner in a candidate; ``distance`` 0: named here, 1 and 2: so many sentences before; None: in the
    title."""

    label: str
    distance: int | None = 0


@dataclass(frozen=True, slots=True)
class Clue:
    """What speaks for a candidate (``weight`` above nought) or against it, in words; log-odds."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that a sentence might state: how sure that is, and how sure it would have to be.

    ``bond`` says how surely the two are joined by themselves, ``parts`` how surely each takes part, ``rank``
    (from 1) how many of the ``rivals`` are surer; ``report`` is the report that it ended in, from nought;
    ``ruled_by`` (one of ``words.RULED``) is the construction that settled how sure it is.
    """

    type: str
    parties: tuple[Party, Party]
    probability: float
    threshold: float
    bond: float
    parts: tuple[float, float]
    rank: int
    rivals: int
    report: int | None = None
    ruled_by: str | None = None

    @property
    def is_enough(self) -> bool:
        """Whether it counts as an event."""
        return self.probability >= self.threshold


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence states nothing; ``code`` is one of ``words.REASONS``.

    ``names`` are the partners or words concerned, ``probability`` what there would be otherwise.
    """

    code: str
    names: tuple[str, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``quoted`` and ``supports`` are places in the list of reports, from nought.

    ``candidates`` come the surest first, ``clues`` (the weightiest first) are those of the first of them.
    ``reasons`` say why the sentence states nothing; they are empty when it states something.
    """

    number: int
    start: int
    end: int
    text: str
    mentions: tuple[Seen, ...]
    triggers: tuple[Fired, ...]
    barred: tuple[Barred, ...]
    candidates: tuple[Candidate, ...]
    clues: tuple[Clue, ...]
    quoted: tuple[int, ...]
    supports: tuple[int, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The surest event of an article, when it is less sure than an article needs to yield anything."""

    probability: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A sector or an activity that is not named where its report is told.

    ``sentences`` are the numbers of those that name it elsewhere in the article; where none does, ``words``
    are those that tell it all the same.
    """

    topic: str
    words: tuple[str, ...]
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All sentences of an article, and the reports that they state; ``themes`` has an item a report."""

    article: Article
    lang: str
    sentences: tuple[Sentence, ...]
    reports: tuple[Report, ...]
    doubt: Doubt | None = None
    themes: tuple[tuple[Theme, ...], ...] = ()
