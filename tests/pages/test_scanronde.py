"""The desk of who holds the rounds, in each state, as a visitor meets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import Actor
from borging.domain.rounds import ScanRound
from borging.domain.terms import RoundState
from borging.domain.wording import day
from borging.store import database
from borging.store.commands import ballots, devices, ways_in
from borging.store.commands.clock_days import see_day
from borging.store.commands.invitations import invite
from borging.store.commands.rounds import (
    change_round,
    close_round,
    plan_round,
    publish_round,
    usual_plan,
)
from borging.store.commands.ways_in import Link, NoWayInError
from borging.store.queries import discussion
from borging.store.queries.scans import newest_scans, rounds
from borging.ui.text import unbroken
from tests.pages.conftest import Visit, words
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
LAST_DAY = day(TODAY + timedelta(days=14))


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with one project (1), to write in."""
    add_project(database.engine_for(sqlite_url), title="ECD *mobiel*")
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


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def links(app: AppTest) -> list[str]:
    return [each.value for each in app.code if "/scan?" in each.value]


def token(link: str) -> str:
    return link.rpartition("=")[2]


def only(engine: Engine) -> ScanRound:
    [found] = rounds(engine, NHS, 1, TODAY)
    return found


def test_one_click_makes_invites_and_opens(visit: Visit, own_url: str, own: Engine) -> None:
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.title[0].value == "Nog geen ronde van de borgingsscan"
    app.text_area(key="namen_nieuw").set_value("Anna de Wit\n\nBert *B*\nAnna de Wit")
    press(app, "Openen en links maken")
    scan = only(own)
    assert (scan.state, scan.min_answers, scan.asks_role) == (RoundState.OPEN, 4, False)
    assert app.title[0].value == unbroken(
        f"Ronde 1 is open tot en met {day(TODAY + timedelta(days=14))}"
    )
    assert len(links(app)) == 2
    assert "**2 links gemaakt" in words(app)
    for link in links(app):
        assert ways_in.find_round(own, Link(token(link)), TODAY).scan_id == scan.id


def test_words_that_go_away_move_nothing_that_may_stand_open(
    visit: Visit, own_url: str, own: Engine
) -> None:
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area(key="namen_nieuw").set_value("Anna")
    press(app, "Openen en links maken")
    assert "De ronde is open." in words(app)
    before = {place: each.type for place, each in app.main.children.items()}
    checked(app.run())
    assert "De ronde is open." not in words(app)
    after = {place: each.type for place, each in app.main.children.items()}
    assert list(before) == list(after)


def test_links_are_shown_once_and_gone_after_a_reload(
    visit: Visit, own_url: str, own: Engine
) -> None:
    open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area[0].set_value("Anna")
    press(app, "Links maken")
    [link] = links(app)
    checked(app.run())
    assert links(app) == [link]
    again = checked(visit("scanronde", own_url, id="1"))
    assert links(again) == []
    assert "**Uitgenodigd (1):** Anna" in words(again)


def test_a_desk_of_an_open_round_looks_the_same_whoever_answered(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    [invited] = invite(own, ANNA, scan_id, ["Anna"])
    before = checked(visit("scanronde", own_url, id="1"))
    filled = ballots.Filled(dict.fromkeys((f.id for f in NHS.factors), "a"))
    ballots.hand_in(own, Link(invited.token), scan_id, "browser", filled, NHS, as_of=TODAY)
    after = checked(visit("scanronde", own_url, id="1"))
    assert (words(before), labels(before)) == (words(after), labels(after))
    assert "Hoeveel mensen al antwoordden, staat nergens" in words(after)


def test_without_anybody_to_invite_nothing_is_made(visit: Visit, own_url: str, own: Engine) -> None:
    app = checked(visit("scanronde", own_url, id="1"))
    press(app, "Openen en links maken")
    assert app.error[0].value == "Noem minstens één genodigde, of kies de gedeelde link."
    app.text_area(key="namen_nieuw").set_value("x" * 81)
    press(app, "Openen en links maken")
    assert "te lang" in app.error[0].value
    assert rounds(own, NHS, 1, TODAY) == []


def test_the_people_of_the_round_before_stand_ready(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY - timedelta(days=100))
    invite(own, ANNA, scan_id, ["Zoë", "Anna"])
    close_round(own, ANNA, seen(own, scan_id), as_of=TODAY - timedelta(days=95))
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.text_area(key="namen_nieuw").value == "Anna\nZoë"
    assert "Dezelfde mensen als vorige keer" in app.caption[0].value


def test_a_concept_keeps_its_names_and_is_changed_opened_and_removed(
    visit: Visit, own_url: str, own: Engine
) -> None:
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area(key="namen_nieuw").set_value("Anna")
    press(app, "Alleen klaarzetten")
    assert app.title[0].value == "Ronde 1 staat klaar als concept"
    assert app.text_area[0].value == "Anna"
    assert discussion.invitations(own, only(own).id) == []
    app.number_input[0].set_value(5)
    app.checkbox[0].check()
    press(app, "Plan opslaan")
    assert (only(own).min_answers, only(own).asks_role) == (5, True)
    press(app, "Verwijderen")
    assert app.title[0].value == "Nog geen ronde van de borgingsscan"
    plan_round(own, ANNA, 1, NHS, usual_plan(TODAY), as_of=TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    press(app, "Ronde openen")
    assert only(own).state == RoundState.OPEN


def test_a_link_can_be_taken_back(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = open_round(own, 1, TODAY)
    [invited] = invite(own, ANNA, scan_id, ["Anna"])
    app = checked(visit("scanronde", own_url, id="1"))
    assert "blijft meetellen" in words(app)
    app.selectbox(key="link_van").set_value(discussion.invitations(own, scan_id)[0].id)
    checked(app.run())
    press(app, "Intrekken")
    assert "**Ingetrokken (1):** Anna" in words(app)
    with pytest.raises(NoWayInError):
        ways_in.find_round(own, Link(invited.token), TODAY)


def contested(own: Engine) -> int:
    """Open a round in which one of two links is contested; return its id."""
    scan_id = open_round(own, 1, TODAY)
    bas, _ = invite(own, ANNA, scan_id, ["Bas *de* Wit", "Cor"])
    filled = ballots.Filled(dict.fromkeys((f.id for f in NHS.factors), "a"))
    ballots.hand_in(own, Link(bas.token), scan_id, "one", filled, NHS, as_of=TODAY)
    devices.object_to_answer(own, Link(bas.token), scan_id, "two", as_of=TODAY)
    return scan_id


def test_a_contested_link_says_what_to_do_and_is_renewed(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = contested(own)
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.title[0].value == "Ronde 1 wacht op u: 1 link is betwist"
    assert "Vernieuw de link of trek hem in" in words(app)
    assert "de link van Bas \\*de\\* Wit" in words(app)
    assert next(each for each in app.button if each.key == "sluiten").disabled
    app = press(app, "Link vernieuwen")
    assert not next(each for each in app.button if each.key == "sluiten").disabled
    (link,) = links(app)
    assert ways_in.find_round(own, Link(token(link)), TODAY).scan_id == scan_id
    assert app.title[0].value == unbroken(
        f"Ronde 1 is open tot en met {day(TODAY + timedelta(days=14))}"
    )
    assert "Link vernieuwen" not in labels(app)


def test_a_contested_link_is_taken_back(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = contested(own)
    app = press(checked(visit("scanronde", own_url, id="1")), "Link intrekken")
    assert not [each for each in discussion.invitations(own, scan_id) if each.unresolved]
    app = press(press(app, "Ronde sluiten …"), "Ja, sluiten")
    assert only(own).closed


def test_a_link_that_was_taken_back_is_not_to_be_handed_out(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area[0].set_value("Anna\nBas")
    press(app, "Links maken")
    anna, bas = discussion.invitations(own, scan_id)
    before = links(app)
    app.selectbox(key="link_van").set_value(anna.id)
    checked(app.run())
    press(app, "Intrekken")
    assert links(app) == before[1:]
    assert "**1 link gemaakt" in words(app)
    assert ways_in.find_round(own, Link(token(links(app)[0])), TODAY).scan_id == scan_id
    app.selectbox(key="link_van").set_value(bas.id)
    checked(app.run())
    press(app, "Intrekken")
    assert links(app) == []


def test_a_shared_link_has_a_code_and_is_replaced_and_stopped(
    visit: Visit, own_url: str, own: Engine
) -> None:
    open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    press(app, "Gedeelde link maken")
    [first] = links(app)
    assert "/scan?ronde=" in first
    [code] = app.image
    assert "QR-code van de gedeelde link" in str(code.proto)
    assert ways_in.find_round(own, Link(token(first), shared=True), TODAY)
    press(app, "Nieuwe gedeelde link")
    [second] = links(app)
    assert second != first
    with pytest.raises(NoWayInError):
        ways_in.find_round(own, Link(token(first), shared=True), TODAY)
    press(app, "Stoppen")
    assert links(app) == []
    assert not discussion.is_shared(own, only(own).id)


def test_an_open_round_is_extended_and_closed_in_two_clicks(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    for row in CHECK_CASE:
        hand_in(own, scan_id, TODAY, row)
    app = checked(visit("scanronde", own_url, id="1"))
    later = TODAY + timedelta(days=21)
    app.date_input[-1].set_value(later)
    press(app, "Sluitingsdatum wijzigen")
    assert only(own).closes_on == later
    press(app, "Ronde sluiten …")
    assert "**Sluiten kan niet terug.**" in words(app)
    press(app, "Nog niet")
    assert only(own).state == RoundState.OPEN
    press(app, "Ronde sluiten …")
    press(app, "Ja, sluiten")
    assert only(own).state == RoundState.CLOSED
    assert app.title[0].value == "Ronde 1 is gesloten: bespreek haar"
    assert "n = 4 invullers" in words(app)
    assert "Bespreken" in labels(app)


def test_a_closed_round_is_published_and_taken_back(
    visit: Visit, own_url: str, own: Engine
) -> None:
    individual(own, 1, TODAY, CHECK_CASE, publish=False)
    app = checked(visit("scanronde", own_url, id="1"))
    assert newest_scans(own, NHS, TODAY).empty
    press(app, "Vrijgeven voor de portfolio")
    assert "· vrijgegeven" in words(app)
    assert not newest_scans(own, NHS, TODAY).empty
    press(app, "Niet langer vrijgeven")
    assert "nog niet vrijgegeven" in words(app)
    assert newest_scans(own, NHS, TODAY).empty


def test_the_day_of_the_next_round_is_chosen(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = individual(own, 1, TODAY - timedelta(days=9), CHECK_CASE)
    app = checked(visit("scanronde", own_url, id="1"))
    chosen = TODAY + timedelta(days=40)
    next(each for each in app.date_input if each.label == "Volgende ronde").set_value(chosen)
    press(app, "Dag opslaan")
    assert app.title[0].value == unbroken(
        f"Ronde 1 is vrijgegeven; de volgende is op {day(chosen)}"
    )
    early = TODAY - timedelta(days=9)
    next(each for each in app.date_input if each.label == "Volgende ronde").set_value(early)
    press(app, "Dag opslaan")
    assert "moet na deze ronde liggen" in app.error[0].value
    assert rounds(own, NHS, 1, TODAY)[0].id == scan_id


def test_an_agreed_answer_can_be_published_too(visit: Visit, own_url: str, own: Engine) -> None:
    joint(own, 1, TODAY, "b" * 10, publish=False)
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.title[0].value == "Ronde 1 (gezamenlijk) is gesloten: bespreek haar"
    press(app, "Vrijgeven voor de portfolio")
    assert not newest_scans(own, NHS, TODAY).empty


def test_too_few_answers_lead_to_a_new_round_and_no_talk(
    visit: Visit, own_url: str, own: Engine
) -> None:
    individual(own, 1, TODAY - timedelta(days=1), CHECK_CASE[:3], publish=False)
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.title[0].value == "Ronde 1 is gesloten met te weinig antwoorden om te tonen"
    assert "Bespreken" not in labels(app)
    assert "Openen en links maken" in labels(app)


def test_somebody_else_did_it_first(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    press(app, "Ronde sluiten …")
    close_round(own, ANNA, seen(own, scan_id), as_of=TODAY)
    publish_round(own, ANNA, seen(own, scan_id), as_of=TODAY)
    next(each for each in app.button if each.label == "Ja, sluiten").click()
    checked(app.run())
    assert "te weinig antwoorden" in app.title[0].value


@pytest.mark.parametrize(("address", "warned"), [("", True), ("https://scan.nl", False)])
def test_links_carry_the_address_of_the_answering_page(
    visit: Visit,
    own_url: str,
    own: Engine,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    warned: bool,
) -> None:
    if address:
        monkeypatch.setattr("borging.ui.scan.round_links.address", lambda: address)
    open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    assert ("niet op een telefoon" in words(app)) is warned
    press(app, "Gedeelde link maken")
    assert links(app)[0].startswith(f"{address or 'http://localhost'}")


def test_a_round_whose_last_day_is_over_asks_to_be_closed(
    visit: Visit, own_url: str, own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing closed it yet by itself: the process looked before midnight."""
    monkeypatch.setattr("borging.ui.scan.load_rounds.close_overdue", lambda: None, raising=False)
    open_round(own, 1, TODAY - timedelta(days=15))
    app = checked(visit("scanronde", own_url, id="1"))
    assert app.title[0].value == "Ronde 1 neemt geen antwoorden meer aan: sluit haar"
    [close] = [each for each in app.button if each.label == "Ronde sluiten …"]
    assert close.proto.type == "primary"


def test_many_links_stand_in_a_table(visit: Visit, own_url: str, own: Engine) -> None:
    open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area[0].set_value("\n".join(f"=Naam {n}" for n in range(21)))
    press(app, "Links maken")
    assert links(app) == []
    [table] = app.dataframe
    assert table.value["Voor"].tolist() == [f"=Naam {n}" for n in range(21)]
    assert table.value["Link"].str.contains("/scan?uitnodiging=", regex=False).all()
    assert {"Excel", "Tekst"} <= {each.label for each in app.get("download_button")}


def test_a_round_right_after_one_has_to_wait_and_nothing_typed_is_lost(
    visit: Visit, own_url: str, own: Engine
) -> None:
    individual(own, 1, TODAY, CHECK_CASE)
    app = checked(visit("scanronde", own_url, id="1"))
    app.text_area(key="namen_nieuw").set_value("Anna")
    press(app, "Openen en links maken")
    assert "De vorige ronde sloot op" in app.warning[0].value
    assert app.title[0].value == "Ronde 2 staat klaar als concept"
    assert app.text_area[0].value == "Anna"


def test_words_of_people_are_not_obeyed(visit: Visit, own_url: str, own: Engine) -> None:
    scan_id = open_round(own, 1, TODAY)
    invite(own, ANNA, scan_id, ["**Anna** :red[x]"])
    shown = words(checked(visit("scanronde", own_url, id="1")))
    assert "\\*\\*Anna\\*\\* \\:red\\[x\\]" in shown


def test_the_second_of_two_keeps_the_day_that_was_chosen(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    app = checked(visit("scanronde", own_url, id="1"))
    mine, other = TODAY + timedelta(days=30), TODAY + timedelta(days=20)
    plan = replace(usual_plan(TODAY), closes_on=other)
    change_round(own, Actor("Bas Visser"), seen(own, scan_id), plan, as_of=TODAY)
    (field,) = [each for each in app.date_input if each.label == "Open tot en met"]
    field.set_value(mine)
    app = press(app, "Sluitingsdatum wijzigen")
    said = "".join(each.value for each in app.error)
    assert "intussen gewijzigd door Bas Visser" in said
    assert only(own).closes_on == other
    (field,) = [each for each in app.date_input if each.label == "Open tot en met"]
    assert field.value == mine
    press(app, "Sluitingsdatum wijzigen")
    assert only(own).closes_on == mine


def test_closing_a_round_that_somebody_extended_asks_again(
    visit: Visit, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, TODAY)
    app = press(checked(visit("scanronde", own_url, id="1")), "Ronde sluiten …")
    plan = replace(usual_plan(TODAY), closes_on=TODAY + timedelta(days=20))
    change_round(own, Actor("Bas Visser"), seen(own, scan_id), plan, as_of=TODAY)
    app = press(app, "Ja, sluiten")
    assert "Bas Visser" in "".join(each.value for each in app.error)
    assert not only(own).closed
    press(app, "Ja, sluiten")
    assert only(own).closed


def test_a_jump_of_the_clock_is_told_where_rounds_are_closed(
    visit: Visit, own_url: str, own: Engine
) -> None:
    open_round(own, 1, TODAY)
    assert not checked(visit("scanronde", own_url, id="1")).warning
    see_day(own, TODAY + timedelta(days=400))
    (warning,) = checked(visit("scanronde", own_url, id="1")).warning
    assert "later dan vandaag" in warning.value
