"""Restpunten: what is left over, and whose is it?

Items of closed projects count like any other. The window of the burn-up and of what was
closed recently is WEEKS weeks, up to and including `as_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.periods import Week
from borging.domain.residuals import AGE_CLASSES
from borging.domain.terms import Priority, ProjectState, Standing
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services.figures import KeyFigure
from borging.services.residuals.items import described, holding, open_on, per
from borging.services.selection import no_projects

WEEKS = 26
RECENT_DAYS = 28

EVERYTHING = "alles"
OVERDUE = "te laat"
CLOSED = "onlangs gesloten"
CHOICES = (EVERYTHING, Standing.UNOWNED.label, Standing.UNACCEPTED.label, OVERDUE, CLOSED)
"""The quick choices above the table, as they stand in the address."""


@dataclass(frozen=True)
class BurnUp:
    """Opened and closed items, added up over the weeks of the window.

    weeks: one row per week, columns day (last day counted), opened (with what was open at the
    start), closed (since the start). The difference is what is open.
    """

    weeks: pd.DataFrame
    open_at_start: int

    @property
    def open_now(self) -> int:
        """Items open on the last day."""
        last = self.weeks.iloc[-1]
        return int(last["opened"] - last["closed"])

    @property
    def small_print(self) -> str:
        """What the chart counts."""
        return (
            f"per week opgeteld sinds {day(self.weeks['day'].iloc[0])} · toen "
            f"{number(self.open_at_start)} open, die tellen mee als geopend"
        )

    @property
    def in_words(self) -> str:
        """The chart as one sentence."""
        last = self.weeks.iloc[-1]
        came, went = int(last["opened"]) - self.open_at_start, int(last["closed"])
        return (
            f"{WEEKS} weken geleden stonden {number(self.open_at_start)} restpunten open. "
            f"Sindsdien kwamen er {number(came)} bij en zijn er {number(went)} gesloten; nu staan "
            f"er {number(self.open_now)} open."
        )


@dataclass(frozen=True)
class ResidualsView:
    """What the restpunten screen shows.

    ages: rows the words of the age classes, oldest first; columns Standing values; counts.
    owners, projects: one row per owner (key Int64, NA without owner) or project (key), with
    name, open, unaccepted (an owner but not accepted), unowned, overdue, oldest (days).
    open_items, closed_items: one row per item, as `residual_items.described` says; open ones
    by what needs work, closed ones by the day they closed, newest first.
    """

    title: str
    small_print: str
    figures: tuple[KeyFigure, ...]
    ages: pd.DataFrame
    burn_up: BurnUp
    owners: pd.DataFrame
    projects: pd.DataFrame
    open_items: pd.DataFrame
    closed_items: pd.DataFrame
    any_project: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: not even a closed item."""
        return self.open_items.empty and self.closed_items.empty

    @property
    def ages_note(self) -> str:
        """What the chart of ages counts."""
        return f"open restpunten naar leeftijd · n = {number(len(self.open_items))}"

    @property
    def ages_in_words(self) -> str:
        """The chart of ages as one sentence."""
        parts = []
        for words, row in self.ages.iterrows():
            held = [f"{number(n)} {Standing(str(key)).label}" for key, n in row.items() if n]
            parts.append(f"{words}: {listed(held) or 'geen'}")
        return f"Open restpunten naar leeftijd. {'; '.join(parts)}."

    def chosen(
        self,
        choice: str,
        words: str = "",
        owner: int | str | None = EVERYTHING,
        project: int | None = None,
    ) -> pd.DataFrame:
        """Return the items of a quick choice that hold `words`.

        owner: an id, None for items without owner, EVERYTHING for all. project: an id, None
        for all.
        """
        rows = self.closed_items if choice == CLOSED else self.open_items
        if choice == OVERDUE:
            rows = rows[rows["overdue"].notna()]
        elif choice in (Standing.UNOWNED.label, Standing.UNACCEPTED.label):
            rows = rows[rows["standing"] == Standing.from_label(choice)]
        if owner != EVERYTHING:
            rows = rows[rows["owner_id"].isna() if owner is None else rows["owner_id"] == owner]
        if project is not None:
            rows = rows[rows["project_id"] == project]
        return holding(rows, words)


def view(
    items: pd.DataFrame,
    projects: pd.DataFrame,
    instrument: Instrument,
    as_of: date,
    *,
    filtered: bool = False,
) -> ResidualsView:
    """Build the view of the items of the selected projects.

    items: see `borging.store.queries.portfolio.residual_items`. projects: with their stage.
    definition: of the scan from which some items came.
    filtered: whether a filter leaves projects out.
    """
    last = pd.Timestamp(as_of)
    known = items[items["project_id"].isin(projects["id"]) & (items["created_on"] <= last)]
    closed = ~open_on(known, as_of)
    open_items = described(known[~closed], projects, instrument, as_of)
    recent = closed & (known["closed_on"] > last - timedelta(weeks=WEEKS))
    counts = {standing: int((open_items["standing"] == standing).sum()) for standing in Standing}
    return ResidualsView(
        title=finding(
            len(projects),
            len(open_items),
            counts[Standing.UNOWNED],
            counts[Standing.UNACCEPTED],
            int(closed.sum()),
            filtered=filtered,
        ),
        small_print=_small_print(open_items, as_of),
        figures=_figures(open_items, known, counts, as_of),
        ages=_ages(open_items),
        burn_up=_burn_up(known, as_of),
        owners=per(open_items, "owner_id", "owner"),
        projects=per(open_items, "project_id", "project"),
        open_items=open_items,
        closed_items=described(known[recent], projects, instrument, as_of).sort_values(
            "closed_on", ascending=False, kind="stable", ignore_index=True
        ),
        any_project=not projects.empty,
    )


def finding(
    projects: int,
    items: int,
    unowned: int,
    unaccepted: int,
    closed: int,
    *,
    filtered: bool = False,
) -> str:
    """Return the title: how many open items nobody owns, and how many wait for the line."""
    if projects == 0:
        return no_projects(filtered)
    if items == 0:
        return _nothing_open(closed, filtered)
    if items == 1:
        state = "heeft geen eigenaar" if unowned else "wacht op aanvaarding"
        return f"Het enige open restpunt {state if unowned or unaccepted else 'is belegd'}"
    if unowned == unaccepted == 0:
        return f"Alle {number(items)} restpunten zijn belegd"
    waiting = f"{'wacht' if unaccepted == 1 else 'wachten'} op aanvaarding"
    if unowned == 0:
        if unaccepted == items:
            return f"Alle {number(items)} restpunten wachten op aanvaarding"
        some = f"{number(unaccepted)} van de {number(items)}"
        return f"Elk restpunt heeft een eigenaar; {some} {waiting}"
    if unowned == items:
        return f"Geen van de {number(items)} restpunten heeft een eigenaar"
    have = "heeft" if unowned == 1 else "hebben"
    first = f"{number(unowned)} van de {number(items)} restpunten {have} geen eigenaar"
    if unaccepted == 0:
        rest = "het andere is" if items - unowned == 1 else "de andere zijn"
        return f"{first}, {rest} belegd"
    return f"{first}, {number(unaccepted)} {waiting}"


def _nothing_open(closed: int, filtered: bool) -> str:
    if closed == 0:
        return "Geen restpunten in deze selectie" if filtered else "Nog geen restpunten"
    return (
        "Het enige restpunt is gesloten"
        if closed == 1
        else f"Alle {number(closed)} restpunten zijn gesloten"
    )


def _small_print(open_items: pd.DataFrame, as_of: date) -> str:
    own = open_items.drop_duplicates("project_id")
    parts = [
        f"Peildatum {day_and_week(as_of)}",
        f"{count(len(open_items), 'open restpunt', 'open restpunten')} uit "
        f"{count(len(own), 'project', 'projecten')}",
    ]
    if done := int((own["state"] == ProjectState.CLOSED).sum()):
        parts[1] += f", waarvan {number(done)} afgesloten"
    return " · ".join(parts)


def _figures(
    open_items: pd.DataFrame, known: pd.DataFrame, counts: dict[Standing, int], as_of: date
) -> tuple[KeyFigure, ...]:
    since = pd.Timestamp(as_of) - timedelta(days=RECENT_DAYS)
    n = len(open_items)
    urgent = int(
        (
            (open_items["standing"] == Standing.UNOWNED) & (open_items["priority"] == Priority.HIGH)
        ).sum()
    )
    late = open_items["overdue"].dropna()
    went = int(((known["closed_on"] > since) & (known["closed_on"] <= pd.Timestamp(as_of))).sum())
    came = int((known["created_on"] > since).sum())
    return (
        KeyFigure(
            "Zonder eigenaar",
            _of(counts[Standing.UNOWNED], n),
            f"{number(urgent)} met hoge prioriteit",
        ),
        KeyFigure("Nog niet aanvaard", _of(counts[Standing.UNACCEPTED], n), "wel een eigenaar"),
        KeyFigure(
            "Over de vervaldatum",
            _of(len(late), n),
            _overdue_note(open_items, late),
        ),
        KeyFigure("Gesloten in 4 weken", number(went), f"{number(came)} nieuw geopend"),
    )


def _overdue_note(open_items: pd.DataFrame, late: pd.Series) -> str | None:
    undated = int(open_items["due"].isna().sum())
    parts = [f"{number(undated)} zonder vervaldatum"] if undated else []
    if len(late):
        parts.append(f"langste {count(int(late.max()), 'dag', 'dagen')}")
    return " · ".join(parts) or None


def _of(part: int, whole: int) -> str:
    return f"{number(part)} van {number(whole)}"


def _ages(open_items: pd.DataFrame) -> pd.DataFrame:
    labels = [words for _, _, words in AGE_CLASSES]
    edges = [first - 1 for first, _, _ in AGE_CLASSES] + [np.inf]
    classes = pd.cut(open_items["age"].astype(float), edges, labels=labels).astype(object)
    table = pd.crosstab(classes, open_items["standing"])
    order = [standing.value for standing in Standing]
    return table.reindex(index=labels[::-1], columns=order, fill_value=0).astype(int)


def _burn_up(known: pd.DataFrame, as_of: date) -> BurnUp:
    days = [as_of - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    marks = np.array(days, dtype="datetime64[us]")
    created = np.sort(known["created_on"].to_numpy("datetime64[us]"))
    closed = np.sort(known["closed_on"].dropna().to_numpy("datetime64[us]"))
    came = np.searchsorted(created, marks, side="right")
    went = np.searchsorted(closed, marks, side="right")
    weeks = pd.DataFrame(
        {
            "day": days,
            "week": [Week.of(each).label for each in days],
            "opened": came - went[0],
            "closed": went - went[0],
        }
    )
    return BurnUp(weeks, int(came[0] - went[0]))
