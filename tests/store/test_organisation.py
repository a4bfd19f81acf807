"""The care agreement of the organisation and its own days off, in a database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.public_holidays import OwnDayFields, load_agreements
from borging.settings import DATA
from borging.store.commands.organisation import (
    OWN_DAY,
    SETTING,
    choose_agreement,
    save_own_days,
)
from borging.store.commands.rows import Row, RowsError
from borging.store.commands.undo import undo
from borging.store.queries import audit
from borging.store.queries.history import last_entries
from borging.store.queries.organisation import AGREEMENT, chosen, own_holidays

ANNA, BERT = Actor("Anna de Wit"), Actor("Bert Vos")
KNOWN = load_agreements(DATA / "reference" / "feestdagen.toml")
GOOD_FRIDAY = OwnDayFields(" Goede  Vrijdag ", date(2027, 3, 26))


def value(engine: Engine) -> str | None:
    found = chosen(engine, AGREEMENT)
    return found.value if found else None


def take_back(engine: Engine, entity: str, row_id: int) -> None:
    undo(engine, ANNA, last_entries(engine, entity, [row_id]))


def test_nothing_is_chosen_in_a_new_database(engine: Engine) -> None:
    assert chosen(engine, AGREEMENT) is None
    assert own_holidays(engine).empty


def test_a_choice_is_stored_told_and_undone(engine: Engine) -> None:
    made = choose_agreement(engine, ANNA, "umc", KNOWN, None)
    assert value(engine) == "umc"
    assert audit.newest_entries(engine)["summary"].iloc[0] == "Feestdagen: cao UMC gekozen."
    choose_agreement(engine, ANNA, "ggz", KNOWN, 1)
    assert value(engine) == "ggz"
    take_back(engine, SETTING, made)
    assert value(engine) == "umc"


def test_the_first_choice_can_be_undone_and_made_again(engine: Engine) -> None:
    made = choose_agreement(engine, ANNA, "umc", KNOWN, None)
    take_back(engine, SETTING, made)
    assert value(engine) is None
    assert choose_agreement(engine, ANNA, "vvt", KNOWN, None) == made
    assert value(engine) == "vvt"


@pytest.mark.parametrize("seen", [None, 2])
def test_a_choice_that_somebody_else_made_is_not_overwritten(
    engine: Engine, seen: int | None
) -> None:
    choose_agreement(engine, BERT, "umc", KNOWN, None)
    with pytest.raises(RowsError, match="Bert Vos heeft intussen een andere cao gekozen"):
        choose_agreement(engine, ANNA, "ggz", KNOWN, seen)
    assert value(engine) == "umc"


def test_an_unknown_agreement_is_refused(engine: Engine) -> None:
    with pytest.raises(RowsError, match="niet bekend"):
        choose_agreement(engine, ANNA, "metaal", KNOWN, None)


def test_own_days_are_added_changed_removed_and_undone(engine: Engine) -> None:
    (made,) = save_own_days(engine, ANNA, [Row("rij 1", GOOD_FRIDAY)])
    assert own_holidays(engine)[["name", "version"]].to_numpy().tolist() == [["Goede Vrijdag", 1]]
    later = OwnDayFields("Goede Vrijdag", date(2028, 4, 14))
    save_own_days(engine, ANNA, [Row("rij 1", later, made, 1)])
    assert own_holidays(engine)["day"].iloc[0].date() == date(2028, 4, 14)
    take_back(engine, OWN_DAY, made)
    assert own_holidays(engine)["day"].iloc[0].date() == date(2027, 3, 26)
    save_own_days(engine, ANNA, [Row("rij 1", None, made, 3)])
    assert own_holidays(engine).empty
    take_back(engine, OWN_DAY, made)
    assert own_holidays(engine)["name"].tolist() == ["Goede Vrijdag"]
    words = audit.newest_entries(engine)["summary"].tolist()
    assert "Eigen vrije dag ‘Goede Vrijdag’ (26-03-2027) weggehaald." in words


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("rij 1", OwnDayFields(" ", date(2027, 3, 26))), "rij 1: geef de dag een naam."),
        (Row("rij 1", OwnDayFields("x" * 61, date(2027, 3, 26))), "ten hoogste 60 tekens"),
        (Row("rij 1", OwnDayFields("Feest", None)), "kies een datum"),
        (Row("rij 1", OwnDayFields("Feest", date(1949, 12, 31))), "kijk het jaar na"),
        (Row("rij 1", OwnDayFields("Feest", date(2027, 5, 1))), "al ‘Dag van de zorg’"),
        (Row("rij 1", GOOD_FRIDAY, 1, 2), "intussen gewijzigd"),
        (Row("rij 1", GOOD_FRIDAY, 9, 1), "intussen weggehaald"),
    ],
)
def test_own_days_that_cannot_be_are_refused(engine: Engine, row: Row, said: str) -> None:
    there = OwnDayFields("Dag van de zorg", date(2027, 5, 1))
    save_own_days(engine, ANNA, [Row("rij 1", there)])
    with pytest.raises(RowsError, match=said):
        save_own_days(engine, ANNA, [row])
    assert len(own_holidays(engine)) == 1
