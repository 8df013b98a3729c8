"""The text of a SPARQL query in, nothing out; or an error when it would reach beyond the graph.

Oxigraph has no switch against ``SERVICE``, which makes a request to any address. So the word is refused
wherever the parser could read it as a keyword. The cutting into tokens is on the safe side: what is taken
for part of a string, comment, address or name here is surely so for the parser too; what is in doubt is code.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

_WORD = re.compile("service", re.IGNORECASE)
_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with")
_TOKEN = re.compile(
    r"""
    (?P<comment> \#[^\r\n]* )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | \"(?:[^"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<double> << )
  | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<variable> [?$][A-Za-z0-9_]+ )
  | (?P<tag> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?P<prefix>[A-Za-z_][A-Za-z0-9_-]*)?:(?:[A-Za-z0-9_:][A-Za-z0-9_:-]*)? )
  | (?P<space> \s+ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def check_query(text: str) -> None:
    """Raise ``QueryError`` for a query that asks another server, or that is no query but an update."""
    code = _code(text)
    if _WORD.search(code):
        raise QueryError("SERVICE is not allowed: a query here answers from the graph alone. Take it out.")
    first = _first_keyword(code)
    if first in _UPDATES:
        raise QueryError(
            f"{first.upper()} is not allowed: queries only read (SELECT, ASK, CONSTRUCT, DESCRIBE). "
            "The graph is changed with kg build and kg remove."
        )


def _code(text: str) -> str:
    """Blank out strings, comments, addresses, variables and the local part of names."""
    suspicious = _WORD.search(text) is not None
    pieces: list[str] = []
    brackets: list[str] = []
    operand = False
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if suspicious and (kind == "double" or (kind == "iri" and operand and _may_compare(token, brackets))):
            raise QueryError(
                "A '<' in this query can be read in two ways. Put spaces around '<' where it compares."
            )
        if kind == "name":
            pieces.append((match["prefix"] or "") + ":")
        elif kind == "other":
            pieces.append(token)
            _follow(brackets, token)
        else:
            pieces.append(" ")
        if kind not in ("space", "comment"):
            operand = kind != "other" or bool(re.match(r"[\w).]", token))
    return "".join(pieces)


def _may_compare(token: str, brackets: list[str]) -> bool:
    """Tell whether ``?a<?b#>`` may be a comparison and a comment (or a string) instead of an address."""
    return brackets[-1:] == ["("] and ("#" in token or "'" in token)


def _follow(brackets: list[str], token: str) -> None:
    if token in "({[":
        brackets.append(token)
    elif token in ")}]" and brackets:
        brackets.pop()


def _first_keyword(code: str) -> str:
    words: list[str] = re.findall(r"[A-Za-z]+:?", code)
    for word in words:
        if word.casefold() == "prefix":
            # The name of the prefix; one that is empty leaves no word behind.
            continue
        if word.casefold() == "base" or word.endswith(":"):
            continue
        return word.casefold()
    return ""
