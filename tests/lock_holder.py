"""A real second process that holds the write lock of a portfolio.

    python -m tests.lock_holder URL

Prints a line once it holds the lock, and lets go when its input ends.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text

from borging.settings import ROOT


@contextmanager
def held(url: str) -> Iterator[None]:
    """Hold the write lock from another process until the block is done."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.lock_holder", url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.stdin.close()
            process.wait(30)


if __name__ == "__main__":
    with create_engine(sys.argv[1]).begin() as connection:
        connection.execute(text("UPDATE revision SET number = number + 1000"))
        print("held", flush=True)
        sys.stdin.read()
        connection.rollback()
