"""Actions out of scans: what was done, and where did its factor stand in the round after that?

An action is compared over two individual rounds: the one it came from, and the first readable
one that opened on the day it was done or later. That one follows the action; it does not prove
that the action did it, and no sentence here says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.chance import LEAST_ANSWERS
from borging.domain.instruments import Factor, Instrument
from borging.domain.residuals import days_overdue, is_open
from borging.domain.rounds import ScanRound
from borging.domain.terms import Term
from borging.domain.wording import count, day, number, percent, signed
from borging.services.scan import trend
from borging.services.scan.trend import FactorChange
from borging.services.scan.words import round_words
from borging.services.stages import dates_of

NOBODY = "zonder eigenaar"
NOTHING = "–"


class After(Term):
    """What can be said of a factor after an action."""

    RISES = "rises", "staat hoger, meer dan toeval verklaart"
    FALLS = "falls", "staat lager, meer dan toeval verklaart"
    CHANCE = "chance", "niet van toeval te onderscheiden"
    TOO_FEW = "too_few", "te weinig antwoorden om verschil van toeval te onderscheiden"
    HIDDEN = "hidden", "te weinig antwoorden om te tonen"
    NOT_DONE = "not_done", "nog niet gedaan"
    WAITING = "waiting", "nog geen ronde daarna"
    JOINT = "joint", "gezamenlijk antwoord: niet te vergelijken"
    VERSION = "version", "andere versie van de vragen: niet te vergelijken"


TESTED = (After.RISES, After.FALLS, After.CHANCE)
BRIEFLY = {
    After.RISES: "hoger",
    After.FALLS: "lager",
    After.CHANCE: "kan toeval zijn",
    After.TOO_FEW: "te weinig antwoorden",
    After.HIDDEN: "te weinig antwoorden",
    After.JOINT: "niet te vergelijken",
    After.VERSION: "niet te vergelijken",
}
"""Words for a narrow column, where they differ."""


@dataclass(frozen=True)
class Action:
    """One action out of a scan.

    came_from: the round in which it was agreed; None when that is not known any more. done_on:
    the day it was closed, None while it is open. late: days past its date, when it was done or
    until now. change: its factor in both rounds, None where they cannot be compared.
    """

    title: str
    factor: Factor
    owner: str
    due: date | None
    done_on: date | None
    late: int
    came_from: ScanRound | None
    next_round: ScanRound | None
    change: FactorChange | None
    after: After


@dataclass(frozen=True)
class ActionsView:
    """What the screen shows. actions: oldest first. table: see `action_table`."""

    finding: str
    note: str
    actions: tuple[Action, ...]
    table: pd.DataFrame


def view(
    items: pd.DataFrame,
    rounds: Sequence[ScanRound],
    instrument: Instrument,
    project_id: int,
    as_of: date,
) -> ActionsView:
    """Build the view of one project.

    items: see `borging.store.queries.portfolio.residual_items`. rounds: of the project.
    """
    own = items[(items["project_id"] == project_id) & items["factor"].notna()]
    own = own[own["created_on"] <= pd.Timestamp(as_of)].sort_values(["created_on", "id"])
    factors = {factor.id: factor for factor in instrument.factors}
    found = [
        _action(row, due, closed, factors[row["factor"]], rounds, as_of)
        for row, due, closed in zip(
            own.astype(object).where(own.notna(), None).to_dict("records"),
            dates_of(own["due"]),
            dates_of(own["closed_on"]),
            strict=True,
        )
        if row["factor"] in factors
    ]
    return ActionsView(finding(found), _note(found, instrument), tuple(found), action_table(found))


def _action(
    row: dict[str, object] | dict[object, object],
    due: date | None,
    closed: date | None,
    factor: Factor,
    rounds: Sequence[ScanRound],
    as_of: date,
) -> Action:
    values = {str(name): value for name, value in row.items()}
    done_on = None if is_open(date.min, closed, as_of) else closed
    came_from = next((r for r in rounds if r.id == values["scan_id"]), None)
    following, change, after = _what_followed(factor.id, came_from, done_on, rounds)
    return Action(
        title=str(values["title"]),
        factor=factor,
        owner=str(values["owner"] or NOBODY),
        due=due,
        done_on=done_on,
        late=days_overdue(due, done_on or as_of),
        came_from=came_from,
        next_round=following,
        change=change,
        after=after,
    )


def _what_followed(
    factor: str, came_from: ScanRound | None, done_on: date | None, rounds: Sequence[ScanRound]
) -> tuple[ScanRound | None, FactorChange | None, After]:
    if done_on is None:
        return None, None, After.NOT_DONE
    later = [
        r
        for r in sorted(rounds, key=lambda r: (r.scanned_on, r.id))
        if r.score is not None and r.scanned_on >= done_on and r is not came_from
    ]
    following = next((r for r in later if not r.joint), None)
    if following is None:
        return None, None, After.JOINT if later else After.WAITING
    if came_from is None or came_from.score is None:
        return following, None, After.HIDDEN
    if came_from.joint:
        return following, None, After.JOINT
    if came_from.instrument_version != following.instrument_version:
        return following, None, After.VERSION
    changes = trend.compared(came_from, following)
    change = next(each for each in changes if each.factor.id == factor)
    return following, change, After(change.outcome.value)


def finding(actions: Sequence[Action]) -> str:
    """Say how many actions were done, and how many factors stand higher or lower after them."""
    if not actions:
        return "Nog geen acties uit een scan. Spreek er na het gesprek over een ronde één af."
    done = [each for each in actions if each.done_on is not None]
    lead = _done_words(len(done), len(actions))
    if not done:
        return f"{lead}."
    tested = [each.after for each in done if each.after in TESTED]
    if not tested:
        return f"{lead}; {_untested(done)}."
    parts = [
        f"{'daarna' if len(done) == 1 else f'na {number(n)} daarvan'} staat de factor {word}"
        for n, word in (
            (tested.count(After.RISES), "hoger"),
            (tested.count(After.FALLS), "lager"),
        )
        if n
    ]
    if not parts:
        return f"{lead}; een verschil daarna kan toeval zijn."
    return f"{lead}; {' en '.join(parts)}, meer dan toeval verklaart."


def _done_words(done: int, every: int) -> str:
    if every == 1:
        return "De enige actie is gedaan" if done else "De enige actie is nog niet gedaan"
    if done == every:
        if every == 2:
            return "Beide acties zijn gedaan"
        return f"Alle {number(every)} acties zijn gedaan"
    if not done:
        return f"Geen van de {number(every)} acties is gedaan"
    return f"{number(done)} van de {number(every)} acties {'is' if done == 1 else 'zijn'} gedaan"


def _untested(done: Sequence[Action]) -> str:
    found = {each.after for each in done}
    if After.TOO_FEW in found or After.HIDDEN in found:
        return After.TOO_FEW.label
    if found <= {After.WAITING}:
        return "daarna is er nog geen ronde gehouden"
    return "de rondes daarvoor en daarna zijn niet te vergelijken"


def _note(actions: Sequence[Action], instrument: Instrument) -> str:
    if not actions:
        return ""
    return (
        "vóór: de ronde waarna de actie is afgesproken; na: de eerste ronde die is geopend toen "
        f"de actie was gedaan · gemiddelde in % van het maximum · permutatietoets met Holm over "
        f"{number(len(instrument.factors))} factoren, grens 5\u00a0%, onder {LEAST_ANSWERS} "
        "antwoorden per ronde geen uitspraak · een verschil na de actie bewijst niet dat het "
        "door de actie komt"
    )


def action_table(actions: Sequence[Action]) -> pd.DataFrame:
    """Return one row per action, all text.

    Columns: action, factor, owner, round, due, done (with how late), before and now (percent
    and n), change (points), after, and briefly and done_briefly for a narrow column.
    """
    columns = [
        "action",
        "factor",
        "owner",
        "round",
        "due",
        "done",
        "before",
        "now",
        "change",
        "after",
        "done_briefly",
        "briefly",
    ]
    rows = [
        {
            "action": each.title,
            "factor": each.factor.name,
            "owner": each.owner,
            "round": round_words(each.came_from) if each.came_from else NOTHING,
            "due": day(each.due, "geen datum"),
            "done": done_words(each),
            "before": _side(each.change.before.percent, each.change.before.n)
            if each.change
            else NOTHING,
            "now": _side(each.change.now.percent, each.change.now.n) if each.change else NOTHING,
            "change": _points(each),
            "after": each.after.label,
            "done_briefly": day(each.done_on, "open") + (" (te laat)" if each.late else ""),
            "briefly": _briefly(each),
        }
        for each in actions
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def done_words(action: Action) -> str:
    """Say when an action was done, or that it is open, and how late it is or was."""
    words = day(action.done_on, "open")
    late = count(action.late, "dag", "dagen")
    return f"{words}, {late} te laat" if action.late else words


def _side(share: float | None, n: int) -> str:
    return NOTHING if share is None else f"{percent(share)} (n\u00a0=\u00a0{number(n)})"


def _points(action: Action) -> str:
    if action.change is None or action.change.change is None:
        return NOTHING
    return signed(action.change.change, 1)


def _briefly(action: Action) -> str:
    words = BRIEFLY.get(action.after, action.after.label)
    points = _points(action)
    return f"{action.factor.short}: {words if points == NOTHING else f'{points}, {words}'}"
