"""Markdown in; its front matter as strings and its text without markup out."""

from __future__ import annotations

import re

import yaml

from kg.articles.wrapping import join_markdown
from kg.errors import InputError

_HINT = "Mend this line: a value that holds a colon needs quotes."
_FENCE = re.compile(r"^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_LINK = re.compile(
    r"(?<!!)\[([^\]\n]{1,300})\]\((?:https?:|mailto:|/|#|\.)[^)\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t]*#*(?:\n|\Z)")
#: What the front matter may say; other keys belong to other programs and are passed over.
KEYS = ("id", "title", "date", "published", "url", "source", "lang")


def front_matter(text: str, origin: str) -> tuple[dict[str, str], dict[str, int], str]:
    """Split a file into the values of its front matter, the line of each, and the body.

    Values stay the strings that were written: YAML's own types would turn the language ``no`` into a boolean,
    and the id ``007`` into a number. Raises ``InputError`` when the front matter is no YAML or does not end.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not re.match(r"---[ \t]*(\n|\Z)", text):
        return {}, {}, text
    block = _FENCE.match(text)
    if block is None:
        raise InputError(
            "the front matter does not end. Close it with a line of three hyphens.", f"{origin}:1"
        )
    node = _parsed(block[1], origin)
    values, lines = {}, {}
    for key, value in node.value if node is not None else ():
        name = str(key.value)
        if name not in KEYS:
            continue
        line = key.start_mark.line + 2
        if not isinstance(value, yaml.ScalarNode):
            raise InputError(f"{name} must be one value, not a list or a mapping.", f"{origin}:{line}")
        if value.value.strip() and not _is_null(value):
            values[name], lines[name] = value.value.strip(), line
    return values, lines, text[block.end() :]


def without_markup(text: str) -> tuple[str, str | None]:
    """Drop images, link targets, bold marks and heading marks; return the text and the heading that leads it.

    A line break inside a paragraph becomes the space that it means. Only what is surely markup goes: an
    asterisk or a bracket may be part of a name.
    """
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    heading = _FIRST_HEADING.match(text)
    if heading:
        text = text[heading.end() :]
    return _HEADING.sub(r"\1", join_markdown(text)), heading[1] if heading else None


def _is_null(value: yaml.ScalarNode) -> bool:
    return value.style is None and value.value in {"null", "Null", "NULL", "~"}


def _parsed(source: str, origin: str) -> yaml.MappingNode | None:
    """Parse YAML to its nodes, which carry their lines; nothing in it is ever constructed."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{origin}:{mark.line + 2}" if mark else origin
        raise InputError(f"the front matter is no valid YAML ({error.problem}). {_HINT}", where) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = "too deep" if isinstance(error, RecursionError) else "characters that YAML does not allow"
        raise InputError(f"the front matter is no valid YAML ({what}).", f"{origin}:1") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise InputError("the front matter must be lines of the form key: value.", f"{origin}:2")
    return node
