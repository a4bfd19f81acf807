"""When was the projectenkalender last reviewed, and what changed on it since?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.calendar_review import (
    Changes,
    Entry,
    LookedAt,
    Reviewed,
    changes,
    next_review,
    reviewed,
)
from borging.domain.terms import ProjectState
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services.handovers import coming_handovers
from borging.services.stages import ACTIVE, dates_of

CHANGED = ("kind", "code", "title", "detail")
EARLIER = ("held_on", "chaired_by", "participants", "decided", "projects", "running", "handovers")


@dataclass(frozen=True)
class ReviewView:
    """What the screen says of the reviews held up to and including the day.

    warns: whether the finding asks for action. told: label and text of the newest one. decisions:
    of the newest one. since: what changed on the calendar in one sentence, '' without a review.
    changed: a row per change; columns kind, code, title, detail. held: a row per review, newest
    first; the columns of EARLIER.
    """

    standing: Reviewed
    warns: bool
    finding: str
    told: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...]
    since: str
    changed: pd.DataFrame
    held: pd.DataFrame


def looked_at(projects: pd.DataFrame, results: pd.DataFrame, day_of_picture: date) -> LookedAt:
    """Return what lies on the table: all projects as they are on a day."""
    active = projects[projects["state"].isin(ACTIVE)]
    return LookedAt(
        day=day_of_picture,
        running=int((projects["state"] == ProjectState.RUNNING).sum()),
        handovers=coming_handovers(results, active, day_of_picture).coming,
        entries={
            str(code): Entry(state, end, None if pd.isna(theme) else str(theme))
            for code, state, end, theme in zip(
                projects["code"],
                projects["state"],
                dates_of(projects["end"]),
                projects["theme"],
                strict=True,
            )
        },
    )


def view(
    reviews: pd.DataFrame, projects: pd.DataFrame, results: pd.DataFrame, as_of: date
) -> ReviewView:
    """Build the view. projects: all of them, filtered or not."""
    held = reviews[reviews["held_on"] <= pd.Timestamp(as_of)]
    newest = None if held.empty else held.iloc[0]
    last = None if newest is None else newest["held_on"].date()
    standing = reviewed(last, as_of)
    told: tuple[tuple[str, str], ...] = ()
    decisions: tuple[str, ...] = ()
    since, changed = "", pd.DataFrame(columns=list(CHANGED))
    if newest is not None:
        told = _told(newest)
        decisions = tuple(str(newest["decisions"]).splitlines())
        now = looked_at(projects, results, as_of)
        found = changes(newest["entries"], now.entries)
        since = _since(found, newest["looked_on"].date())
        changed = _changed(found, newest["entries"], now, projects)
    missed = newest is not None and newest["next_on"].date() < as_of
    return ReviewView(
        standing=standing,
        warns=standing is not Reviewed.ON_TIME or missed,
        finding=_finding(standing, newest, missed),
        told=told,
        decisions=decisions,
        since=since,
        changed=changed,
        held=_held(held),
    )


def _finding(standing: Reviewed, newest: pd.Series | None, missed: bool) -> str:
    if newest is None:
        return (
            "De projectenkalender is nog nooit herzien. Bekijk hem elk jaar als geheel en leg hier "
            "vast wat er is besloten."
        )
    held = newest["held_on"].date()
    said = f"De projectenkalender is het laatst herzien op {day_and_week(held)}"
    if standing is Reviewed.LATE:
        return f"{said}. Dat is langer dan een jaar geleden: {day(next_review(held))} was de grens."
    if missed:
        planned = day(newest["next_on"])
        return f"{said}. De volgende stond gepland op {planned} en is niet vastgelegd."
    return f"{said}. De volgende is op {day_and_week(newest['next_on'].date())}."


def _told(newest: pd.Series) -> tuple[tuple[str, str], ...]:
    projects = count(newest["projects"], "project", "projecten")
    handovers = count(newest["handovers"], "overdracht", "overdrachten")
    return (
        ("Geleid door", newest["chaired_by"]),
        ("Deden mee", newest["participants"] or "niet vastgelegd"),
        (
            f"Lag op tafel op {day(newest['looked_on'])}",
            f"{projects}, waarvan {number(newest['running'])} lopend; {handovers} gepland in het "
            "jaar daarna",
        ),
        ("Volgende herziening", day(newest["next_on"])),
    )


def _since(found: Changes, looked_on: date) -> str:
    parts = [
        f"{number(len(found.new))} erbij",
        f"{number(len(found.closed))} afgesloten",
        f"{number(len(found.moved))} verschoven",
    ]
    if found.stopped:
        parts.append(f"{number(len(found.stopped))} ingetrokken of afgewezen")
    if found.gone:
        parts.append(f"{number(len(found.gone))} niet meer op de lijst")
    return f"Sinds de vorige herziening (stand van {day(looked_on)}): {listed(parts)}."


def _changed(
    found: Changes, before: dict[str, Entry], now: LookedAt, projects: pd.DataFrame
) -> pd.DataFrame:
    titles = dict(zip(projects["code"].tolist(), projects["title"].tolist(), strict=True))
    rows = [("erbij", code, ProjectState(now.entries[code].state).label) for code in found.new]
    for kind, codes in (("afgesloten", found.closed), ("gestopt", found.stopped)):
        rows += [(kind, c, f"was {ProjectState(before[c].state).label}") for c in codes]
    rows += [
        ("verschoven", c, f"einde van {day(before[c].end)} naar {day(now.entries[c].end)}")
        for c in found.moved
    ]
    rows += [("niet meer op de lijst", c, before[c].theme or "zonder thema") for c in found.gone]
    table = pd.DataFrame(rows, columns=["kind", "code", "detail"], dtype=object)
    return table.assign(title=[titles.get(code, "–") for code in table["code"]])[list(CHANGED)]


def _held(held: pd.DataFrame) -> pd.DataFrame:
    decided = ["; ".join(text.splitlines()) or "geen besluiten" for text in held["decisions"]]
    return held.assign(decided=decided)[["id", "version", *EARLIER]].reset_index(drop=True)
