"""Words that come from people, made safe for the screen."""

from __future__ import annotations

import re

MARKUP = re.compile(r"[\\`*_\[\]#:$<>~|&]")
LIST_MARK = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
ICON = re.compile(r":(?=material/|streamlit:)")
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ADDRESS = re.compile(r"(?:https?:(?=//))|(?:www(?=\.))|(?:@(?=[\w-]+\.))", re.IGNORECASE)
"""Beginnings of what Markdown makes a link of by itself, also behind a backslash."""
WORD_JOINER = "\u2060"
"""A mark without width; it breaks a sign of Markdown where a backslash cannot."""


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it is, on one line.

    Marks that turn the direction of writing are left out: they would turn what follows too. An
    address stays words: whoever fills in a scan must not be able to lay a link for others.
    """
    one_line = " ".join(DIRECTION.sub("", text).split())
    unlinked = ADDRESS.sub(rf"\g<0>{WORD_JOINER}", one_line)
    escaped = MARKUP.sub(r"\\\g<0>", ICON.sub(f":{WORD_JOINER}", unlinked))
    return LIST_MARK.sub(_escaped_mark, escaped)


def _escaped_mark(found: re.Match[str]) -> str:
    sign, number, end = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{end}"


def unbroken(text: str) -> str:
    """Return text whose dates do not break over two lines; for running text only."""
    return re.sub(r"(\d\d)-(\d\d)-(\d{4})", "\\1\u2011\\2\u2011\\3", text)
