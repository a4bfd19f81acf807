"""Words that come from people, made safe for the screen."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it is, on one line."""
    escaped = "".join(f"\\{c}" if c in "\\`*_[]#:$<>~|" else c for c in text)
    return " ".join(escaped.split())


def unbroken(text: str) -> str:
    """Return text whose dates do not break over two lines; for running text only."""
    return re.sub(r"(\d\d)-(\d\d)-(\d{4})", "\\1\u2011\\2\u2011\\3", text)
