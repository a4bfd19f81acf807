"""Words that come from people, made safe for the screen."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it is, on one line."""
    escaped = "".join(f"\\{c}" if c in "\\`*_[]#:$<>~|" else c for c in text)
    return " ".join(escaped.split())
