"""What somebody did, as the history of a project tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    at: moment in UTC. list_key: of an item of the dossier. before, after: what changed; None when
    it was not there before or after, or when that is not told. undoable: it is the last change of
    its thing and can be undone.
    """

    id: int
    at: datetime
    who: str
    action: str
    entity: str
    summary: str
    list_key: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoable: bool
