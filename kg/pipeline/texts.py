"""Texts in, numbers out, and back: the tables of an index say each text once.

IRIs, names and keys stand in many rows, and would be most of the index. A number is negative, so that what a
query counts or compares is told from what it names.
"""

from __future__ import annotations

import sqlite3
import zlib
from typing import Final

#: In a kept text the base of the graph's IRIs, and what begins a text that is kept as it is.
_BASE, _PLAIN = "\x01", "\x02"
#: What compression finds in most rows from the start.
_WORDS: Final = (
    b'"2025-01-01", null, "people" "university", "research-institute", "government-body", "association", '
    b'"planned", "ongoing", "concluded", "investment", "programme", "cooperation", "meeting", "agreement", '
    b'0.9, "mou", null], [["semiconductors"], ["training"]], ["2025-09-18", "stated"], [], '
    b'"company", "country/", "VN", null], [["", "partner"]], null], [["partner/'
)


class Texts:
    """The texts of one index, in its own database."""

    def __init__(self, db: sqlite3.Connection, base_iri: str) -> None:
        self._db, self._base = db, base_iri
        self._words = _WORDS + base_iri.encode()
        self._numbers: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        #: Whether all texts of the index are in memory, so that none need be looked for in it.
        self._is_new = False

    def make(self) -> None:
        """Make the table of a new index."""
        self._db.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, mark INTEGER, text TEXT)")
        self._is_new = True

    def finish(self) -> None:
        """Make what finds a text by its mark."""
        self._db.execute("CREATE INDEX by_mark ON texts (mark)")
        self._is_new = False

    def number(self, text: str) -> int:
        """Give the number of a text, a new one where it has none yet."""
        found = self.find(text)
        if not found:
            found = self._numbers[text] = self._added(text)
        return found

    def find(self, text: str) -> int:
        """Give the number of a text, 0 where it has none."""
        if text in self._numbers or self._is_new:
            return self._numbers.get(text, 0)
        short = self._short(text)
        query = "SELECT number FROM texts WHERE mark = ? AND text = ?"
        row = self._db.execute(query, (_mark(short), short)).fetchone()
        if row is None:
            return 0
        self._numbers[text] = -int(row[0])
        return self._numbers[text]

    def text(self, number: int) -> str:
        """Give the text that has a number."""
        found = self._texts.get(number)
        if found is None:
            row = self._db.execute("SELECT text FROM texts WHERE number = ?", (-number,)).fetchone()
            if row is None:
                raise sqlite3.DatabaseError(f"The index has no text {-number}.")
            short = str(row[0])
            found = short[1:] if short.startswith(_PLAIN) else short.replace(_BASE, self._base)
            self._texts[number] = found
        return found

    def _added(self, text: str) -> int:
        short = self._short(text)
        row = self._db.execute("INSERT INTO texts (mark, text) VALUES (?, ?)", (_mark(short), short))
        return -int(row.lastrowid or 0)

    def _short(self, text: str) -> str:
        if _BASE in text or text.startswith(_PLAIN):
            return _PLAIN + text
        return text.replace(self._base, _BASE)

    # --- what is said in one row alone ----------------------------------------------------------------

    def pack(self, text: str) -> bytes:
        """Make a long text small."""
        packer = zlib.compressobj(1, zdict=self._words)
        return packer.compress(text.encode("ascii")) + packer.flush()

    def unpack(self, packed: bytes) -> str:
        """Give back what was made small."""
        reader = zlib.decompressobj(zdict=self._words)
        try:
            text = reader.decompress(packed).decode("ascii")
        except (zlib.error, ValueError) as error:
            raise sqlite3.DatabaseError(f"The index is damaged ({error}).") from error
        if not reader.eof:
            raise sqlite3.DatabaseError("The index is damaged: a row is cut off.")
        return text


def _mark(text: str) -> int:
    """Give a number of four bytes by which a text is looked up; others may share it."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) - 0x8000_0000
