"""Answering a round: every state of the page, through the frame of the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.domain.terms import RoleGroup
from borging.settings import ROOT
from borging.store import database
from borging.store.commands import ballots, invitations, rounds, ways_in
from borging.store.commands.ballots import Filled
from borging.store.commands.ways_in import Link
from borging.store.queries import discussion
from borging.store.queries.discussion import remarks
from borging.store.tables import Record
from borging.ui.scan import answer_form, answer_parts, answer_promise
from borging.web import scan_door
from tests.pages.conftest import Visit
from tests.scans import ANNA, NHS, add_project, answers, open_round, seen

TODAY = clock.today()
FACTORS = len(NHS.factors)
MAIN = str(ROOT / "borging" / "ui" / "main.py")


@dataclass(frozen=True)
class Round:
    engine: Engine
    url: str
    scan_id: int
    token: str
    shared: str

    def ballots(self) -> int:
        with self.engine.connect() as connection:
            return len(connection.execute(select(Record.metadata.tables["scan_ballot"])).all())

    def draft(self, cookie: str, token: str | None = None) -> Filled:
        link = Link(token or self.token)
        return ballots.read_draft(self.engine, link, self.scan_id, cookie[:32])


@pytest.fixture(params=[False])
def round_(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Round]:
    """A round that opened today, with one invitation and a link for the team."""
    engine = database.engine_for(sqlite_url)
    scan_id = open_round(engine, add_project(engine), TODAY, asks_role=request.param)
    (invited,) = invitations.invite(engine, ANNA, scan_id, ["Iemand"])
    shared = invitations.share(engine, ANNA, seen(engine, scan_id))
    yield Round(engine, sqlite_url, scan_id, invited.token, shared)
    engine.dispose()
    database.engine_for.cache_clear()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_parts, "EMPTY", 0)


@pytest.fixture
def cookie(round_: Round, monkeypatch: pytest.MonkeyPatch) -> str:
    """A browser that holds a cookie of this installation."""
    value = scan_door.new_cookie(round_.engine)
    monkeypatch.setattr(answer_form, "cookie", lambda: value)
    return value


def text(app: AppTest) -> str:
    """All that the page says."""
    parts = [*app.title, *app.header, *app.markdown, *app.success, *app.error]
    return "\n".join(each.value for each in parts)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    return button.click().run()


def fill(app: AppTest, letters: str) -> AppTest:
    for letter in letters:
        app.radio[0].set_value(answer_form.DO_NOT_KNOW if letter == "-" else letter)
        app = press(app, "Verder")
    return app


def begun(visit: Visit, round_: Round) -> AppTest:
    return press(visit("scan", round_.url, uitnodiging=round_.token), "Beginnen")


@pytest.mark.usefixtures("cookie")
def test_the_first_screen_tells_what_somebody_must_know(visit: Visit, round_: Round) -> None:
    app = visit("scan", round_.url, uitnodiging=round_.token)
    said = text(app)
    assert answer_promise.PROMISE in said
    assert "als alle overigen hetzelfde kozen" in said
    assert "te herleiden" not in said, "who knows his own answers can know a letter of a colleague"
    assert "Uw antwoord hoort bij dit toestel" in said
    assert "wie links heeft, kan er zelf mee antwoorden" in said
    assert "ECD mobiel" in said
    assert f"{TODAY + timedelta(days=14):%d-%m-%Y}" in said
    assert "vanaf 4 antwoorden" in said
    assert "Er is 1 uitnodiging uitgedeeld, en daarnaast een gedeelde link voor het team." in said
    assert "letterlijk getoond" in said
    assert len(app.title) == 1
    assert [each.label for each in app.button] == ["Beginnen"]
    assert not app.multiselect


@pytest.mark.usefixtures("cookie")
def test_the_levels_stand_in_words_and_nothing_is_chosen(visit: Visit, round_: Round) -> None:
    app = begun(visit, round_)
    (question,) = app.radio
    factor = NHS.factors[0]
    assert app.header[0].value == factor.name
    headings = [f"**{level.heading}**" for level in factor.levels]
    assert question.options == [*headings, "**Weet ik niet**"]
    assert question.value is None
    assert app.text_area[0].proto.max_chars == ballots.LONGEST_REMARK
    assert "Factor 1 van 10 · Proces" in app.get("progress")[0].proto.text
    assert not re.search(r"\d,\d|punten", text(app))


@pytest.mark.usefixtures("cookie")
def test_going_on_without_an_answer_says_what_to_do(visit: Visit, round_: Round) -> None:
    app = press(begun(visit, round_), "Verder")
    assert "Kies een antwoord" in text(app)
    assert app.header[0].value == NHS.factors[0].name


def test_ten_answers_a_remark_and_one_confirmation(
    visit: Visit, round_: Round, cookie: str
) -> None:
    app = fill(begun(visit, round_), "ab")
    app.text_area[0].set_value("Te weinig tijd.")
    app = fill(app, "cd-abcda")
    assert app.header[0].value == "Uw antwoorden"
    said = text(app)
    for factor, letter in zip(NHS.factors, "abcd-abcda", strict=True):
        found = [level.heading for level in factor.levels if level.letter == letter]
        assert f"{factor.name}  \n**{found[0] if found else 'Weet ik niet'}**" in said
    assert "Te weinig tijd." in said
    assert round_.ballots() == 0
    app = press(app, "Antwoord geven")
    assert (
        f"Uw antwoord is ontvangen. U kunt het tot en met {TODAY + timedelta(days=14):%d-%m-%Y} "
        "wijzigen, alleen op dit toestel." in text(app)
    )
    assert round_.ballots() == 1
    kept = round_.draft(cookie)
    assert kept.handed_in
    assert kept.answers == answers("abcd-abcda")
    assert kept.remarks == {NHS.factors[2].id: "Te weinig tijd."}


def test_an_answer_can_be_changed_after_it_was_given(
    visit: Visit, round_: Round, cookie: str
) -> None:
    app = press(fill(begun(visit, round_), "a" * FACTORS), "Antwoord geven")
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert "Uw antwoord is ontvangen" in text(app)
    app = press(app, "Antwoord wijzigen")
    app = press(app, f"{NHS.factors[4].short} wijzigen")
    assert app.header[0].value == NHS.factors[4].name
    assert app.radio[0].value == "a"
    app.radio[0].set_value("d")
    app = press(app, "Bewaren")
    assert app.header[0].value == "Uw antwoorden"
    assert not round_.draft(cookie).handed_in
    app = press(app, "Antwoord geven")
    assert round_.ballots() == 1
    assert round_.draft(cookie).answers == answers("aaaadaaaaa")
    for _ in range(3):
        (invited,) = invitations.invite(round_.engine, ANNA, round_.scan_id, ["Ander"])
        given = Filled(answers("a" * FACTORS), {"benefits": "Ja"})
        args = (round_.engine, Link(invited.token), round_.scan_id, "x", given, NHS)
        ballots.hand_in(*args, as_of=TODAY)
    rounds.close_round(round_.engine, ANNA, seen(round_.engine, round_.scan_id), as_of=TODAY)
    found = Record.metadata.tables["factor_answer"]
    with round_.engine.connect() as connection:
        letters = connection.execute(select(found.c.level)).scalars().all()
    assert sorted(letters) == ["a"] * (4 * FACTORS - 1) + ["d"]
    assert remarks(round_.engine, NHS, round_.scan_id, TODAY) == {"benefits": ("Ja", "Ja", "Ja")}


@pytest.mark.usefixtures("cookie")
def test_a_page_that_was_closed_goes_on_at_the_first_open_factor(
    visit: Visit, round_: Round
) -> None:
    fill(begun(visit, round_), "abc")
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert app.header[0].value == NHS.factors[3].name
    app = press(press(app, "Terug"), "Terug")
    assert app.header[0].value == NHS.factors[1].name
    assert app.radio[0].value == "b"


def test_going_back_keeps_what_was_chosen(visit: Visit, round_: Round, cookie: str) -> None:
    app = fill(begun(visit, round_), "a")
    app.radio[0].set_value(answer_form.DO_NOT_KNOW)
    press(app, "Terug")
    second = NHS.factors[1].id
    assert round_.draft(cookie).answers == {NHS.factors[0].id: "a", second: None}


OBJECTION = "Dat was ik niet …"


def answered_on(
    visit: Visit, round_: Round, monkeypatch: pytest.MonkeyPatch, cookie: str
) -> AppTest:
    """Answer with a device, and open the same link with another one."""
    monkeypatch.setattr(answer_form, "cookie", lambda: cookie)
    press(fill(begun(visit, round_), "a" * FACTORS), "Antwoord geven")
    other = scan_door.new_cookie(round_.engine)
    monkeypatch.setattr(answer_form, "cookie", lambda: other)
    return visit("scan", round_.url, uitnodiging=round_.token)


def test_another_device_is_told_that_a_link_was_used_and_no_more(
    visit: Visit, round_: Round, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = answered_on(visit, round_, monkeypatch, cookie)
    assert app.header[0].value == "Met deze link is al geantwoord"
    assert [each.label for each in app.button] == [OBJECTION]
    assert not app.radio
    said = text(app)
    assert not [level for f in NHS.factors for level in f.levels if level.heading in said]
    app = press(press(app, OBJECTION), "Terug")
    assert [each.label for each in app.button] == [OBJECTION]
    assert round_.ballots() == 1


def test_an_objection_erases_the_answer_and_tells_both_devices(
    visit: Visit, round_: Round, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = answered_on(visit, round_, monkeypatch, cookie)
    app = press(press(app, OBJECTION), "Nee, dat was ik niet")
    assert app.header[0].value == "Deze link wacht op een nieuwe"
    assert "Vraag om een nieuwe link" in text(app)
    assert not app.button
    assert round_.ballots() == 0
    monkeypatch.setattr(answer_form, "cookie", lambda: cookie)
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert "Vanaf dit toestel is met deze link geantwoord" in text(app)
    (contested,) = discussion.invitations(round_.engine, round_.scan_id)
    renewed = invitations.renew(round_.engine, ANNA, contested.id)
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert only_says(app, str(answer_form.AnswerLostError()))
    app = visit("scan", round_.url, uitnodiging=renewed.token)
    assert "Van 1 link is het antwoord vervallen" in text(app)
    assert "Beginnen" in [each.label for each in app.button]


def test_a_link_used_elsewhere_half_way_is_told_at_the_next_step(
    visit: Visit, round_: Round, cookie: str
) -> None:
    app = fill(begun(visit, round_), "ab")
    filled = Filled(answers("a" * FACTORS))
    at = (round_.engine, Link(round_.token), round_.scan_id, "another device")
    ballots.hand_in(*at, filled, NHS, as_of=TODAY)
    app = fill(app, "c")
    assert app.header[0].value == "Met deze link is al geantwoord"


def test_a_shared_device_forgets_an_answer(visit: Visit, round_: Round, cookie: str) -> None:
    app = press(fill(begun(visit, round_), "a" * FACTORS), "Antwoord geven")
    app = press(app, "Vergeet mijn antwoord op dit toestel")
    assert "Dit toestel is het vergeten" in text(app)
    assert round_.ballots() == 1
    assert round_.draft(cookie) == Filled()
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert app.header[0].value == "Met deze link is al geantwoord"


@pytest.mark.parametrize("round_", [True], indirect=True)
@pytest.mark.parametrize("group", [*(each.value for each in RoleGroup), answer_form.RATHER_NOT])
def test_a_round_may_ask_for_a_role_group(
    visit: Visit, round_: Round, cookie: str, group: str
) -> None:
    app = fill(begun(visit, round_), "a" * FACTORS)
    assert app.header[0].value == "Uw functiegroep"
    labels = [f"**{each.label.capitalize()}**" for each in RoleGroup]
    assert app.radio[0].options == [*labels, "**Liever niet**"]
    assert app.radio[0].value is None
    app = press(app, "Verder")
    assert "Kies een antwoord" in text(app)
    app.radio[0].set_value(group)
    app = press(press(app, "Verder"), "Antwoord geven")
    assert "Uw antwoord is ontvangen" in text(app)
    expected = None if group == answer_form.RATHER_NOT else group
    assert round_.draft(cookie).role == expected
    app = press(visit("scan", round_.url, uitnodiging=round_.token), "Antwoord wijzigen")
    assert answer_parts.UNANSWERED not in text(app)
    assert "Antwoord geven" in [each.label for each in app.button]


def only_says(app: AppTest, sentence: str) -> bool:
    return (
        [each.value for each in app.markdown] == [sentence]
        and [each.value for each in app.title] == ["Borgingsscan"]
        and not app.button
        and not app.radio
    )


@pytest.mark.usefixtures("cookie")
@pytest.mark.parametrize("cause", ["unknown", "revoked", "closed", "over", "wrong kind"])
def test_a_link_that_leads_nowhere_says_one_sentence_and_nothing_else(
    visit: Visit, round_: Round, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"uitnodiging": round_.token}
    if cause == "unknown":
        query = {"uitnodiging": "onzin"}
    elif cause == "wrong kind":
        query = {"ronde": round_.token}
    elif cause == "revoked":
        invited = Record.metadata.tables["scan_invitation"]
        with round_.engine.connect() as connection:
            (number,) = connection.execute(select(invited.c.id)).scalars()
        invitations.revoke(round_.engine, ANNA, number)
    elif cause == "closed":
        rounds.close_round(round_.engine, ANNA, seen(round_.engine, round_.scan_id), as_of=TODAY)
    else:
        monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=15))
    app = visit("scan", round_.url, **query)
    assert only_says(app, str(ways_in.NoWayInError()))


@pytest.mark.usefixtures("cookie")
def test_a_round_that_closes_meanwhile_takes_nothing_more(visit: Visit, round_: Round) -> None:
    app = fill(begun(visit, round_), "a" * FACTORS)
    rounds.close_round(round_.engine, ANNA, seen(round_.engine, round_.scan_id), as_of=TODAY)
    app = press(app, "Antwoord geven")
    assert only_says(app, str(ways_in.NoWayInError()))


def test_a_page_without_a_link_asks_for_it(visit: Visit, round_: Round) -> None:
    assert only_says(visit("scan", round_.url), "Gebruik de link uit uw uitnodiging.")


@pytest.mark.parametrize("made_up", [None, "", "0" * 32, f"{'0' * 32}.{'0' * 64}"])
def test_without_a_true_cookie_an_invitation_works_and_a_shared_link_does_not(
    visit: Visit, round_: Round, monkeypatch: pytest.MonkeyPatch, made_up: str | None
) -> None:
    monkeypatch.setattr(answer_form, "cookie", lambda: made_up)
    app = visit("scan", round_.url, uitnodiging=round_.token)
    assert "dan is wat u invulde weg" in text(app)
    app = press(fill(press(app, "Beginnen"), "a" * FACTORS), "Antwoord geven")
    assert "Uw antwoord is ontvangen" in text(app)
    assert "zolang dit scherm open staat" in text(app)
    assert round_.ballots() == 1
    assert not round_.draft("0" * 32).answers
    again = visit("scan", round_.url, uitnodiging=round_.token)
    assert again.header[0].value == "Met deze link is al geantwoord"
    app = visit("scan", round_.url, ronde=round_.shared)
    assert only_says(app, str(answer_form.CookieNeededError()))


@pytest.mark.usefixtures("cookie")
def test_a_shared_link_takes_one_answer_of_each_device(
    visit: Visit, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    for expected in (1, 1, 2):
        app = visit("scan", round_.url, ronde=round_.shared)
        assert "kan uw antwoord zien en vervangen" in text(app)
        label = "Beginnen" if "Beginnen" in [b.label for b in app.button] else "Antwoord wijzigen"
        app = press(app, label)
        if label == "Beginnen":
            app = fill(app, "a" * FACTORS)
        app = press(app, "Antwoord geven")
        assert "telt elk toestel één keer" in text(app)
        assert round_.ballots() == expected
        if expected == 1 and label == "Antwoord wijzigen":
            other = scan_door.new_cookie(round_.engine)
            monkeypatch.setattr(answer_form, "cookie", lambda value=other: value)


@pytest.mark.usefixtures("cookie")
def test_the_scan_process_has_this_page_and_no_other(
    visit: Visit, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORGING_MODE", "scan")
    assert "Beginnen" in [
        b.label for b in visit("scan", round_.url, uitnodiging=round_.token).button
    ]
    assert only_says(visit("portfolio", round_.url), "Gebruik de link uit uw uitnodiging.")
    assert only_says(AppTest.from_file(MAIN).run(), "Gebruik de link uit uw uitnodiging.")


def test_other_screens_keep_their_frame(visit: Visit, round_: Round) -> None:
    app = visit("portfolio", round_.url, uitnodiging="x")
    assert app.multiselect(key="eenheid")


def test_a_round_is_counted_by_itself_on_the_third_day_of_visits_after_its_last_day(
    visit: Visit, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit("portfolio", round_.url)
    scan = Record.metadata.tables["scan"]
    with round_.engine.connect() as connection:
        assert connection.execute(select(scan.c.closed_on)).scalar() is None
    for days, closed in ((15, False), (16, False), (17, True)):
        monkeypatch.setattr(clock, "today", lambda later=TODAY + timedelta(days=days): later)
        visit("portfolio", round_.url)
        with round_.engine.connect() as connection:
            found = connection.execute(select(scan.c.closed_on)).scalar()
        assert (found is not None) == closed
