"""Bytes in, clean text out: encoding recognised, Unicode in NFC, nothing that breaks XML or a terminal."""

from __future__ import annotations

import codecs
import re
import unicodedata

from kg.errors import InputError

# The longer marks come first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"{\\rtf",
)
_SAMPLE = 65_536
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, noncharacters, and the invisible marks that split a word or turn its direction.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[" + "".join(chr(plane * 0x10000 + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)) + "]"
)
# What no text has in number; line ends and tabs are not among them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE_AT_LINE_END = re.compile(r"[^\S\n]+(?=\n|\Z)")
_COMBINING_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VOWEL_WITH_TONE = re.compile(
    "[aeiouy\u0103\u00e2\u00ea\u00f4\u01a1\u01b0][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE
)


def decoded(data: bytes, origin: str, *, declared: str | None = None) -> str:
    """Turn bytes into text: by byte order mark, as UTF-8, as declared (HTML), else by the best guess.

    Raises ``InputError`` when the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            codec = "utf-8-sig" if encoding == "utf-8" else encoding
            return _checked(data.decode(codec, errors="replace"), origin)
    if data.startswith(_BINARY_SIGNATURES):
        raise _binary(origin)
    for guess in (_unmarked_utf16(data), "utf-8", declared):
        text = _tried(data, guess)
        if text is not None:
            return _checked(text, origin)
    if b"\x00" in data:
        raise _binary(origin)
    return _checked(_guessed(data), origin)


def cleaned(text: str) -> str:
    """Normalise to NFC, ``\\n`` as the one line end, no control characters, no outer or trailing spaces.

    Surrogate pairs are joined and lone surrogates become U+FFFD. No-break spaces inside a line stay.
    Cleaning what is clean changes nothing.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _UNWANTED.sub("", _NEWLINES.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    return _SPACE_AT_LINE_END.sub("", text).strip()


def _tried(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(text: str, origin: str) -> str:
    """Refuse what decodes but is no text: more than one control character in twenty."""
    sample = text[:_SAMPLE]
    strange = len(_CONTROL.findall(sample))
    if strange * 20 > len(sample):
        raise _binary(origin)
    return text


def _binary(origin: str) -> InputError:
    return InputError("this is binary data and no text. Convert it to one of the text formats first.", origin)


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero bytes on one side of most Latin letters."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    zeros_low, zeros_high = sample[::2].count(0), sample[1::2].count(0)
    if zeros_high > half * 0.4 and zeros_low * 20 < half:
        return "utf-16-le"
    if zeros_low > half * 0.4 and zeros_high * 20 < half:
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> str:
    """Guess an 8-bit encoding.

    The Latin ones differ in a few letters only, too few for the detector: for these the Windows pages decide,
    the one with combining tone marks (1258) where such marks stand on vowels, else the common one (1252).
    """
    # Imported here: most files are UTF-8 and never need it.
    from charset_normalizer import from_bytes

    toned = _tried(data, "cp1258")
    if toned is not None:
        marks = len(_COMBINING_TONES.findall(toned))
        if marks >= 3 and len(_VOWEL_WITH_TONE.findall(toned)) > 0.95 * marks:
            return toned
    western = _tried(data, "cp1252")
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None and (western is None or not _is_latin(str(best))):
        text = _tried(data, best.encoding)
        if text is not None:
            return text
    return western if western is not None else data.decode("latin-1")


def _is_latin(text: str) -> bool:
    letters = [c for c in text if ord(c) > 127 and c.isalpha()]
    return sum(ord(c) < 0x250 for c in letters) * 2 >= len(letters)
