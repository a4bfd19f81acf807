"""Hashes that only this installation can make, from the random keys in its database."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from sqlalchemy import Engine, select

from borging.store.tables import Record

secret = Record.metadata.tables["secret"]

INVITATION, ANSWER, DRAFT, BROWSER = "invitation", "answer", "draft", "browser"
"""What the keys are for. A hash made with one of them says nothing about that of another."""


@lru_cache(maxsize=64)
def _key(engine: Engine, name: str) -> bytes:
    with engine.connect() as connection:
        found = connection.execute(select(secret.c.value).where(secret.c.name == name))
        return str(found.scalar_one()).encode()


def keyed_hash(engine: Engine, name: str, *parts: str) -> str:
    """Return a hash of `parts` under the key `name`, as 64 hexadecimal digits."""
    message = "\x1f".join(parts).encode()
    return hmac.new(_key(engine, name), message, hashlib.sha256).hexdigest()
