"""How a finding says first what is not known, so that unknown never reads as good."""

from __future__ import annotations

from borging.domain.wording import number


def unknown_words(unknown: int, whole: int, what: str, one: str, many: str) -> str:
    """Return how many of a set are unknown: 'Van 5 van de 14 projecten is de koers niet bekend'.

    what: the predicate, 'is de koers niet bekend'. one, many: the noun of the set.
    """
    if unknown == whole == 1:
        return f"Van het enige {one} {what}"
    some = "" if unknown == whole else f"{number(unknown)} van de "
    return f"Van {some}{number(whole)} {many} {what}"


def known_first(
    finding: str,
    unknown: int,
    whole: int,
    what: str,
    one: str = "project",
    many: str = "projecten",
) -> str:
    """Return a finding with what is unknown before it; only that where nothing is known.

    finding: what can be said of what is known. The other arguments: see `unknown_words`.
    """
    if unknown == 0:
        return finding
    lead = unknown_words(unknown, whole, what, one, many)
    return lead if unknown == whole else f"{lead}; {_within(finding)}"


def _within(finding: str) -> str:
    """Return a sentence as it goes on after another; a code keeps its capital."""
    return finding[:1].lower() + finding[1:] if finding[1:2].islower() else finding
