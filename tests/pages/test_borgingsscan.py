from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.settings import ROOT
from borging.store import database
from borging.store.queries.scans import rounds
from tests.pages.conftest import charts, words
from tests.scans import CHECK_CASE, NHS, add_project, hand_in, individual, open_round

SLOW = 60
SAVE = "Gezamenlijk antwoord opslaan"


def opened(monkeypatch: pytest.MonkeyPatch, url: str, name: str, **query: str) -> AppTest:
    """Open a screen through the frame, as a visitor with this address does."""
    monkeypatch.setenv("BORGING_DATABASE_URL", url)
    monkeypatch.setenv("BORGING_EXAMPLE", "false")
    app = AppTest.from_file(str(ROOT / "borging" / "ui" / "main.py"), default_timeout=SLOW)
    app.switch_page(str(ROOT / "pages" / f"{name}.py"))
    for key, value in query.items():
        app.query_params[key] = value
    return checked(app)


def checked(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with one project (1), to write in."""
    add_project(database.engine_for(sqlite_url), title="ECD *mobiel* [wijk]")
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def test_the_published_case_shows_its_total_and_of_four_people_no_deviation(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine
) -> None:
    individual(own, 1, clock.today(), CHECK_CASE)
    app = opened(monkeypatch, own_url, "borgingsscan", id="1", cijfers="true")
    assert app.title[0].value == (
        "71,0 van 100 punten; de meeste winst ligt bij steun van bestuur en management (+6,8)"
    )
    assert "invullers, standaardafwijking" not in words(app)
    assert "of zij zou antwoorden van collega's verraden" in words(app)
    assert "Beklijft ECD \\*mobiel\\* \\[wijk\\]?" in words(app)
    assert len(charts(app)) == 4
    assert all(charts(app))
    assert app.table[0].value["Factor"].tolist() == [f.name for f in NHS.factors]


def test_eight_people_who_differ_have_a_deviation(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine
) -> None:
    more = ("abcbabcbab", "cbabdabbca", "bacbbadabc", "abbcabacdb")
    individual(own, 1, clock.today(), [*CHECK_CASE, *more])
    app = opened(monkeypatch, own_url, "borgingsscan", id="1")
    assert "n = 8 invullers, standaardafwijking 9,0 ·" in words(app)


def test_the_unit_of_the_radar_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine
) -> None:
    individual(own, 1, clock.today(), CHECK_CASE)
    app = opened(monkeypatch, own_url, "borgingsscan", id="1")
    assert '"maximum"' not in app.get("plotly_chart")[0].proto.spec
    app.radio(key="maat").set_value("punten")
    checked(app)
    assert '"maximum"' in app.get("plotly_chart")[0].proto.spec


@pytest.mark.parametrize("given", [0, 3])
def test_too_few_answers_and_none_look_the_same(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine, given: int
) -> None:
    individual(own, 1, clock.today(), CHECK_CASE[:given])
    app = opened(monkeypatch, own_url, "borgingsscan", id="1")
    assert app.title[0].value == "Te weinig antwoorden om te tonen (minimaal 4)"
    assert charts(app) == []
    assert f"{given} antwoord" not in words(app)
    assert app.table[0].value["Invullers"].tolist() == [
        "te weinig antwoorden om te tonen (minimaal 4)"
    ]


def test_an_open_round_says_until_when_and_gives_no_count(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine
) -> None:
    scan_id = open_round(own, 1, clock.today())
    for row in CHECK_CASE:
        hand_in(own, scan_id, clock.today(), row)
    app = opened(monkeypatch, own_url, "borgingsscan", id="1")
    last = clock.today() + timedelta(days=14)
    on_one_line = f"{last:%d\u2011%m\u2011%Y}"
    assert app.title[0].value == f"Ronde 1 is open tot en met {on_one_line}"
    assert "te weinig" not in words(app)
    assert app.button(key="go_round").label == "Ronde beheren"
    table = app.table[0].value
    assert table["Invullers"].tolist() == [f"open tot en met {last:%d-%m-%Y}"]
    assert (table["Moment"].tolist(), table["Staat"].tolist()) == (["herhaling"], ["open"])


def test_a_project_without_a_scan_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, own_url: str
) -> None:
    app = opened(monkeypatch, own_url, "borgingsscan", id="1")
    assert app.title[0].value == "Nog geen borgingsscan"
    assert app.button(key="go_round").label == "Ronde beginnen"
    assert app.button(key="go_joint").label == "Gezamenlijk antwoord"


@pytest.mark.parametrize("name", ["borgingsscan", "scan_invullen"])
def test_an_unknown_id_says_so_and_lets_you_choose(
    monkeypatch: pytest.MonkeyPatch, example_url: str, name: str
) -> None:
    app = opened(monkeypatch, example_url, name, id="99999")
    assert app.title[0].value == "Dit project is er niet"
    assert "99999" in words(app)
    assert app.selectbox(key="scan_project").options


def test_without_an_id_a_project_can_be_searched_and_chosen(
    monkeypatch: pytest.MonkeyPatch, example_url: str
) -> None:
    app = opened(monkeypatch, example_url, "borgingsscan")
    assert "borgingsscan" in app.title[0].value
    app.text_input(key="zoek_scan").set_value("p03")
    checked(app)
    assert app.dataframe[0].value["code"].tolist() == ["P03"]
    app.selectbox(key="scan_project").set_value(3)
    checked(app)
    assert "Beklijft" in words(app)
    assert len(charts(app)) == 5
    app.button(key="other_project").click()
    checked(app)
    assert app.selectbox(key="scan_project").value is None


def test_an_empty_portfolio_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, empty_url: str
) -> None:
    app = opened(monkeypatch, empty_url, "borgingsscan")
    assert app.title[0].value == "Nog geen projecten"
    assert app.button(key="go_import").label == "Lijst inlezen"


def test_a_thousand_projects_can_be_chosen_from(
    monkeypatch: pytest.MonkeyPatch, large_url: str
) -> None:
    app = opened(monkeypatch, large_url, "borgingsscan")
    assert "1.000 projecten" in app.title[0].value
    assert len(app.dataframe[0].value) == 1000


def test_every_example_project_opens(monkeypatch: pytest.MonkeyPatch, example_url: str) -> None:
    app = opened(monkeypatch, example_url, "borgingsscan")
    for project_id in range(1, 41):
        app.query_params["id"] = str(project_id)
        checked(app)
        assert "Beklijft" in words(app)


def fill(app: AppTest, row: str) -> None:
    radios = [each for each in app.radio if (each.key or "").startswith("antwoord_")]
    for radio, letter in zip(radios, row, strict=True):
        radio.set_value("weet ik niet" if letter == "-" else letter)


def submit(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click()
    return checked(app)


def test_the_levels_stand_in_words_best_first_and_do_not_know_last(
    monkeypatch: pytest.MonkeyPatch, own_url: str
) -> None:
    app = opened(monkeypatch, own_url, "scan_invullen", id="1")
    radios = [each for each in app.radio if (each.key or "").startswith("antwoord_")]
    assert len(radios) == 10
    for radio, factor in zip(radios, NHS.factors, strict=True):
        headings = [f"**{level.heading}**" for level in factor.levels]
        assert radio.options == [*headings, "Weet ik niet"]
    assert [each.value for each in app.header] == ["Proces", "Medewerkers", "Organisatie"]


def test_an_incomplete_answer_is_refused_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, own_url: str
) -> None:
    app = opened(monkeypatch, own_url, "scan_invullen", id="1")
    app.text_input(key="afgesproken_0").set_value("Team Noord")
    fill(app, "a" * 10)
    app.radio(key="antwoord_0_fit").set_value(None)
    submit(app, SAVE)
    assert "Nog niet ingevuld: Past bij doelen en cultuur" in app.error[0].value
    assert words(app).count("nog niet ingevuld") == 1
    assert app.radio(key="antwoord_0_benefits").value == "a"
    app.radio(key="antwoord_0_fit").set_value("weet ik niet")
    submit(app, SAVE)
    assert not app.error
    assert app.success


def test_an_agreed_answer_needs_names_and_is_shown_as_such(
    monkeypatch: pytest.MonkeyPatch, own_url: str, own: Engine
) -> None:
    app = opened(monkeypatch, own_url, "scan_invullen", id="1")
    fill(app, "b" * 9 + "-")
    submit(app, SAVE)
    assert "Vul in wie dit antwoord samen hebben afgesproken" in app.error[0].value
    assert app.radio(key="antwoord_0_benefits").value == "b"
    assert rounds(own, NHS, 1, clock.today()) == []
    app.text_input(key="afgesproken_0").set_value("Team Noord")
    submit(app, SAVE)
    assert app.success
    shown = opened(monkeypatch, own_url, "borgingsscan", id="1")
    assert "gezamenlijk\\: één afgesproken antwoord van Team Noord" in words(shown)
