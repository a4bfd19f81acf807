"""Write to a portfolio at an even pace, from a process of its own, through the commands.

`python -m tools.load_writes DATABASE_URL COUNT SECONDS` writes so many times, with so many seconds
from one write to the next: in turn a restpunt, a koers and another restpunt. It prints one line per
write and ends with the last.
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import select

from borging import clock
from borging.access.actor import UNKNOWN_LOCAL
from borging.domain.project_fields import CourseFields
from borging.domain.terms import Course
from borging.store import database
from borging.store.commands import projects, residuals
from borging.store.queries.portfolio import newest_report
from borging.store.tables import Record

MOST = 10_000


def main(words: list[str]) -> None:
    """Write, wait, and write again."""
    engine = database.engine_for(words[0])
    table, people = (Record.metadata.tables[name] for name in ("project", "person"))
    with engine.connect() as connection:
        known = connection.execute(select(table.c.id).order_by(table.c.id)).scalars().all()
        person = connection.execute(select(people.c.id)).scalars().first()
    start, today = time.monotonic(), clock.today()
    for number in range(min(int(words[1]), MOST)):
        time.sleep(max(0.0, start + number * float(words[2]) - time.monotonic()))
        project = known[number * 7 % len(known)]
        if number % 3 == 1:
            course = CourseFields(Course.GREEN.value, f"Belasting {number}", person)
            seen = newest_report(engine, project)
            projects.set_course(engine, UNKNOWN_LOCAL, project, course, today, seen)
        else:
            item = residuals.ItemFields(title=f"Belasting {number}")
            residuals.add_item(engine, UNKNOWN_LOCAL, project, item, today)
        print(f"write {number}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
