"""The talk about one round, as a team meets it on the wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.store import database
from borging.store.commands.rounds import close_round, plan_round, usual_plan
from borging.store.queries import audit, discussion
from borging.store.queries.portfolio import residual_items
from tests.pages.conftest import Visit, charts, words
from tests.scans import (
    ANNA,
    CHECK_CASE,
    NHS,
    add_project,
    hand_in,
    individual,
    joint,
    open_round,
    seen,
)

TODAY = clock.today()
PROPOSAL = "Regel beheer en onderhoud: wie, hoeveel uur en uit welk budget"


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with one project (1) and one person (1), to write in."""
    add_project(database.engine_for(sqlite_url), title="ECD mobiel")
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def checked(app: AppTest) -> AppTest:
    assert [each.value for each in app.exception] == []
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click()
    return checked(app.run())


def talk(visit: Visit, url: str, scan_id: int) -> AppTest:
    return checked(visit("bespreken", url, scan=str(scan_id)))


def labelled(elements: Iterable[Any], label: str) -> Any:
    return next(each for each in elements if each.label == label)


def test_the_most_divided_factor_is_on_the_wall_first(
    visit: Visit, own_url: str, own: Engine
) -> None:
    app = talk(visit, own_url, individual(own, 1, TODAY, CHECK_CASE, publish=False))
    assert app.title[0].value == "Verdeeld over 5 van de 10 factoren; begin bij infrastructuur"
    assert app.header[0].value == "Infrastructuur"
    assert charts(app) == ["Infrastructuur: Iedereen 1× a, 2× b, 1× d"]
    shown = words(app)
    assert "**Nog niet vrijgegeven**" in shown
    assert "spreiding 3 op een schaal van 0–3" in shown
    assert "**1× d · Nog niets is klaar**" in shown
    assert "Mensen kunnen het, maar zijn onzeker" not in shown
    press(app, "Volgende")
    assert app.header[0].value == "Voordelen naast betere zorg"
    press(app, "Vorige")
    assert app.header[0].value == "Infrastructuur"


def test_a_published_round_carries_no_warning(visit: Visit, own_url: str, own: Engine) -> None:
    app = talk(visit, own_url, individual(own, 1, TODAY, CHECK_CASE))
    assert "Nog niet vrijgegeven" not in words(app)


def test_remarks_stand_at_their_factor_as_they_were_written(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    for row in CHECK_CASE:
        said = {"infrastructure": "Geen *tablets*"} if row == CHECK_CASE[0] else {}
        hand_in(own, scan_id, TODAY, row, said)
    close_round(own, ANNA, seen(own, scan_id), as_of=TODAY)
    app = talk(visit, own_url, scan_id)
    assert "‘Geen \\*tablets\\*’" in words(app)
    press(app, "Volgende")
    assert "tablets" not in words(app)
    assert "geen opmerkingen" in words(app)


@pytest.mark.parametrize(("leads", "shown"), [(4, True), (3, False)])
def test_a_group_stands_beside_the_whole_from_the_minimum_on(
    visit: Visit, own_url: str, own: Engine, leads: int, shown: bool
) -> None:
    scan_id = open_round(own, 1, TODAY, asks_role=True)
    for number in range(8):
        hand_in(
            own, scan_id, TODAY, CHECK_CASE[number % 4], role="lead" if number < leads else "care"
        )
    close_round(own, ANNA, seen(own, scan_id), as_of=TODAY)
    app = talk(visit, own_url, scan_id)
    assert ("leidinggevend" in charts(app)[0]) is shown
    assert ("zorg en behandeling" in charts(app)[0]) is shown


def test_what_is_agreed_stands_beside_the_answers_and_can_be_replaced(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = individual(own, 1, TODAY, CHECK_CASE)
    app = talk(visit, own_url, scan_id)
    press(app, "Afspraak vastleggen")
    assert app.error[0].value == "Kies het niveau dat u samen ziet."
    for level, reason in (("c", "Wij oefenen nog."), ("b", "Iedereen durft het nu.")):
        app.radio(key=f"niveau_{scan_id}_infrastructure").set_value(level)
        app.text_input(key=f"reden_{scan_id}_infrastructure").set_value(reason)
        press(app, "Afspraak vastleggen")
        assert reason in words(app)
    assert "**b · Mensen kunnen en durven, papieren niet klaar**" in words(app)
    assert "Wij oefenen nog." not in words(app)
    assert f"vastgelegd op {TODAY:%d-%m-%Y} door onbekend" in words(app)
    assert charts(app) == ["Infrastructuur: Iedereen 1× a, 2× b, 1× d"]
    assert discussion.consensus(own, scan_id)["infrastructure"].level == "b"
    written = audit.newest_entries(own)["summary"].str.contains("afgesproken niveau")
    assert written.sum() == 2


def test_an_agreement_without_a_reason_is_refused(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = individual(own, 1, TODAY, CHECK_CASE)
    app = talk(visit, own_url, scan_id)
    app.radio(key=f"niveau_{scan_id}_infrastructure").set_value("b")
    press(app, "Afspraak vastleggen")
    assert "Schrijf in een zin op waarom" in app.error[0].value
    assert discussion.consensus(own, scan_id) == {}


def test_a_proposal_becomes_a_restpunt_with_its_factor(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = individual(own, 1, TODAY, CHECK_CASE)
    app = talk(visit, own_url, scan_id)
    proposal = labelled(app.selectbox, "Voorstel")
    assert proposal.options == list(NHS.factor("infrastructure").follow_ups)
    proposal.set_value(PROPOSAL)
    press(app, "Actie vastleggen")
    assert "eigenaar en een datum nodig" in app.error[0].value
    assert labelled(app.selectbox, "Voorstel").value == PROPOSAL
    labelled(app.selectbox, "Wie doet het?").set_value(1)
    press(app, "Actie vastleggen")
    [item] = residual_items(own).to_dict("records")
    assert (item["title"], item["factor"], item["scan_id"]) == (PROPOSAL, "infrastructure", scan_id)
    due = TODAY + timedelta(weeks=6)
    assert f"Anna de Wit · uiterlijk {due:%d-%m-%Y}" in words(app)
    assert "staat nu ook bij de restpunten" in words(app)
    assert labelled(app.selectbox, "Voorstel").value is None


def test_own_words_go_before_a_proposal(visit: Visit, own_url: str, own: Engine) -> None:
    app = talk(visit, own_url, individual(own, 1, TODAY, CHECK_CASE))
    press(app, "Actie vastleggen")
    assert "Kies een voorstel of schrijf" in app.error[0].value
    labelled(app.selectbox, "Voorstel").set_value(PROPOSAL)
    labelled(app.text_input, "Of in eigen woorden").set_value(" Bel  *ICT* ")
    labelled(app.selectbox, "Wie doet het?").set_value(1)
    press(app, "Actie vastleggen")
    assert residual_items(own)["title"].tolist() == ["Bel *ICT*"]
    assert "Bel \\*ICT\\*" in words(app)


def test_an_agreed_answer_has_no_division_and_no_second_agreement(
    visit: Visit, own_url: str, own: Engine
) -> None:
    app = talk(visit, own_url, joint(own, 1, TODAY, "aaaaaadaaa"))
    assert app.title[0].value.startswith("Eén afgesproken antwoord; ")
    assert charts(app) == []
    assert "Wat gaan wij doen?" in words(app)
    assert "Wat spreken wij af?" not in words(app)


def test_a_round_that_is_not_closed_shows_one_sentence(
    visit: Visit, own_url: str, own: Engine
) -> None:
    draft = plan_round(own, ANNA, 1, NHS, usual_plan(TODAY), as_of=TODAY)
    assert talk(visit, own_url, draft).title[0].value == "Ronde 1 is nog een concept"
    other = add_project(own, "P02")
    opened = open_round(own, other, TODAY)
    for row in CHECK_CASE:
        hand_in(own, opened, TODAY, row)
    app = talk(visit, own_url, opened)
    assert app.title[0].value.startswith("Ronde 1 is nog open tot en met ")
    assert charts(app) == []
    assert not app.radio


@pytest.mark.parametrize("given", [0, 3])
def test_too_few_answers_and_none_show_the_same_sentence(
    visit: Visit, own_url: str, own: Engine, given: int
) -> None:
    app = talk(visit, own_url, individual(own, 1, TODAY, CHECK_CASE[:given]))
    assert app.title[0].value == "Ronde 1 is niet te bespreken"
    assert "te weinig antwoorden om te tonen (minimaal 4)" in words(app)
    assert not app.radio
    assert charts(app) == []


@pytest.mark.parametrize("asked", ["999", "0", "-1", "abc", "9" * 40, "²", ""])
def test_an_unknown_round_says_so(visit: Visit, own_url: str, asked: str) -> None:
    app = checked(visit("bespreken", own_url, scan=asked))
    assert app.title[0].value == "Deze ronde is er niet"


def test_a_screen_without_a_round_says_so(visit: Visit, empty_url: str) -> None:
    app = checked(visit("bespreken", empty_url))
    assert app.title[0].value == "Deze ronde is er niet"


def test_on_a_phone_the_factors_are_a_list(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = individual(own, 1, TODAY, CHECK_CASE)
    app = checked(visit("bespreken", own_url, scan=str(scan_id), smal="1"))
    labelled(app.selectbox, "Waarover praten wij nu?").set_value("fit")
    checked(app.run())
    assert app.header[0].value == "Past bij doelen en cultuur"
