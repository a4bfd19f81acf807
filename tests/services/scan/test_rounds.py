"""The desk of who holds the rounds: every title, every next step, on the edge of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from borging.domain.rounds import ScanRound
from borging.domain.scoring import score
from borging.domain.terms import Moment, RoundState, ScanKind
from borging.services.scan import rounds as round_desk
from borging.services.scan.rounds import Step, at_hand, clock_words, finding, next_step, step_words
from tests.scans import CHECK_CASE, NHS, answers

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def a_round(state: RoundState, number: int = 3, *, shown: bool = True) -> ScanRound:
    return ScanRound(
        id=number,
        project_id=1,
        number=number,
        kind=ScanKind.INDIVIDUAL,
        scanned_on=TODAY - 30 * DAY,
        min_answers=4,
        instrument_version=NHS.version,
        recorded_by=None,
        agreed_by=None,
        score=score(NHS, [answers(row) for row in CHECK_CASE]) if shown else None,
        state=state,
        moment=Moment.REPEAT,
        closes_on=date(2026, 12, 9),
        next_on=date(2027, 3, 9),
        answered_here=True,
    )


DRAFT = a_round(RoundState.DRAFT, shown=False)
OPEN = a_round(RoundState.OPEN, shown=False)
CLOSED = a_round(RoundState.CLOSED)
FEW = a_round(RoundState.CLOSED, shown=False)
PUBLISHED = a_round(RoundState.PUBLISHED)


@pytest.mark.parametrize(
    ("current", "title", "step"),
    [
        (None, "Nog geen ronde van de borgingsscan", Step.BEGIN),
        (DRAFT, "Ronde 3 staat klaar als concept", Step.OPEN),
        (replace(DRAFT, closes_on=TODAY), "Ronde 3 staat klaar als concept", Step.OPEN),
        (
            replace(DRAFT, closes_on=TODAY - DAY),
            "Ronde 3 staat klaar als concept, maar haar sluitingsdatum is voorbij",
            Step.OPEN,
        ),
        (OPEN, "Ronde 3 is open tot en met 09-12-2026", Step.WAIT),
        (
            replace(OPEN, closes_on=TODAY + DAY),
            "Ronde 3 is open tot en met 26-11-2026",
            Step.WAIT,
        ),
        (replace(OPEN, closes_on=TODAY), "Ronde 3 is vandaag voor het laatst open", Step.WAIT),
        (
            replace(OPEN, closes_on=TODAY - DAY),
            "Ronde 3 neemt geen antwoorden meer aan: sluit haar",
            Step.CLOSE,
        ),
        (CLOSED, "Ronde 3 is gesloten: bespreek haar", Step.DISCUSS),
        (
            replace(CLOSED, kind=ScanKind.JOINT),
            "Ronde 3 (gezamenlijk) is gesloten: bespreek haar",
            Step.DISCUSS,
        ),
        (FEW, "Ronde 3 is gesloten met te weinig antwoorden om te tonen", Step.BEGIN),
        (PUBLISHED, "Ronde 3 is vrijgegeven; de volgende is op 09-03-2027", Step.REST),
        (
            replace(PUBLISHED, next_on=None),
            "Ronde 3 is vrijgegeven; er is geen volgende ronde gepland",
            Step.REST,
        ),
        (replace(PUBLISHED, next_on=TODAY), "Vandaag begint de volgende ronde", Step.BEGIN),
        (
            replace(CLOSED, next_on=TODAY - DAY),
            "De volgende ronde is te laat: zij stond op 24-11-2026",
            Step.BEGIN,
        ),
        (
            replace(PUBLISHED, next_on=TODAY + DAY),
            "Ronde 3 is vrijgegeven; de volgende is op 26-11-2026",
            Step.REST,
        ),
    ],
)
def test_title_and_next_step(current: ScanRound | None, title: str, step: Step) -> None:
    assert finding(current, TODAY) == title
    assert next_step(current, TODAY) == step
    assert len(title) <= 80


@pytest.mark.parametrize(
    ("current", "words"),
    [
        (None, "Begin een ronde: kies een sluitingsdatum"),
        (DRAFT, "Maak de uitnodigingen en open de ronde."),
        (OPEN, "Nog 14 dagen. Herinner iedereen één keer: wie al antwoordde, is niet te zien."),
        (replace(OPEN, closes_on=TODAY + DAY), "Nog 1 dag. "),
        (replace(OPEN, closes_on=TODAY), "Vandaag is de laatste dag. "),
        (replace(OPEN, closes_on=TODAY - DAY), "De laatste dag is voorbij."),
        (CLOSED, "Bespreek de uitslag met het team"),
        (FEW, "Wat wel is geantwoord blijft dicht."),
        (PUBLISHED, "De uitslag telt mee in de portfolio. Werk aan de acties tot de volgende"),
        (
            replace(PUBLISHED, next_on=None),
            "De uitslag telt mee in de portfolio. Werk aan de acties.",
        ),
        (replace(PUBLISHED, next_on=TODAY), "Begin de volgende ronde; dezelfde mensen"),
    ],
)
def test_the_next_step_in_words(current: ScanRound | None, words: str) -> None:
    assert step_words(current, next_step(current, TODAY), TODAY).startswith(words)


def test_the_round_at_hand_is_the_one_under_way_else_the_newest() -> None:
    late_agreement = replace(PUBLISHED, id=9, number=4, scanned_on=TODAY)
    assert at_hand([]) is None
    assert at_hand([OPEN, late_agreement]) is OPEN
    assert at_hand([CLOSED, late_agreement]) is late_agreement


def test_a_desk_offers_a_new_round_only_when_none_is_under_way() -> None:
    older = a_round(RoundState.PUBLISHED, 1)
    desk = round_desk.view("P01", "ECD", [older, CLOSED], TODAY)
    assert desk.may_begin
    assert desk.closed == (CLOSED, older)
    assert desk.moment == Moment.REPEAT
    assert "25-11-2026 (wk 48)" in desk.small_print
    assert not round_desk.view("P01", "ECD", [older, OPEN], TODAY).may_begin
    assert round_desk.view("P01", "ECD", [], TODAY).moment == Moment.PLAN


def test_an_open_desk_tells_no_number_of_answers() -> None:
    desk = round_desk.view("P01", "ECD", [OPEN], TODAY)
    assert "n =" not in desk.title + desk.small_print + desk.step_words
    assert "te weinig" not in desk.title + desk.step_words


def test_a_closed_round_in_one_line() -> None:
    assert round_desk.closed_words(CLOSED) == (
        "Ronde 3 van 26-10-2026 · herhaling · n = 4 invullers · nog niet vrijgegeven"
    )
    assert round_desk.closed_words(replace(PUBLISHED, moment=None)) == (
        "Ronde 3 van 26-10-2026 · n = 4 invullers · vrijgegeven"
    )
    assert "te weinig antwoorden om te tonen (minimaal 4)" in round_desk.closed_words(FEW)


def test_the_day_of_the_next_round_is_kept_or_proposed() -> None:
    assert round_desk.next_day(CLOSED, TODAY) == date(2027, 3, 9)
    assert round_desk.next_day(replace(CLOSED, next_on=None), TODAY) == date(2027, 2, 25)


def test_names_are_lines_without_blanks_and_doubles() -> None:
    assert round_desk.labels(" Anna  de Wit \n\n Bert\nAnna de Wit\n") == ["Anna de Wit", "Bert"]
    assert round_desk.labels("  \n") == []


def test_links_lead_to_the_answering_page() -> None:
    base = "https://scan.example.nl/"
    assert round_desk.link(base, "a-b_C") == "https://scan.example.nl/scan?uitnodiging=a-b_C"
    assert round_desk.link(base, "x", shared=True) == "https://scan.example.nl/scan?ronde=x"
    assert round_desk.link("http://h/app", "é&") == "http://h/app/scan?uitnodiging=%C3%A9%26"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:8501/scanronde?id=1", "http://localhost:8501"),
        ("http://localhost:8501/", "http://localhost:8501"),
        ("https://zorg.nl/borging/scanronde", "https://zorg.nl/borging"),
    ],
)
def test_the_address_of_the_app_is_that_of_the_screen_without_its_name(
    url: str, address: str
) -> None:
    assert round_desk.origin(url) == address


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501", True),
        ("http://10.0.0.4:8502", False),
        ("https://scan.example.nl", False),
    ],
)
def test_an_address_of_this_machine_is_known(address: str, here: bool) -> None:
    assert round_desk.only_here(address) is here


def test_the_message_says_what_why_and_until_when() -> None:
    words = round_desk.message("ECD mobiel", date(2026, 12, 9), 4)
    assert "ECD mobiel" in words
    assert "tot en met 09-12-2026" in words
    assert "minimaal 4" in words


@pytest.mark.parametrize("closes_on", [TODAY + DAY, TODAY, TODAY - DAY])
def test_a_contested_link_goes_before_everything_else_of_an_open_round(closes_on: date) -> None:
    late = replace(OPEN, closes_on=closes_on)
    assert next_step(late, TODAY, ["Bas"]) == Step.RESOLVE
    assert finding(late, TODAY, ["Bas"]) == "Ronde 3 wacht op u: 1 link is betwist"
    assert finding(late, TODAY, ["Bas", "Cor"]) == "Ronde 3 wacht op u: 2 links zijn betwist"
    one = step_words(late, Step.RESOLVE, TODAY, ["Bas"])
    assert one.startswith("Iemand opende de link van Bas en zei: ‘dat was ik niet’.")
    assert "de link van" not in step_words(late, Step.RESOLVE, TODAY, ["An", "Bas", "Cor"])
    assert "An, Bas en Cor" in step_words(late, Step.RESOLVE, TODAY, ["An", "Bas", "Cor"])


def test_a_closed_round_tells_of_links_and_erased_answers() -> None:
    words = round_desk.closed_words(replace(CLOSED, invited=6, discarded=2))
    assert "n = 4 invullers, 2 antwoorden vervallen na ‘dat was ik niet’ · 6 uitnodigingen" in words
    assert "vervallen" not in round_desk.closed_words(CLOSED)


def test_a_jump_of_the_clock_is_said_with_its_days() -> None:
    days = {TODAY - 40 * DAY, TODAY}
    assert "Tussen 16-10-2026 en 25-11-2026 is de app niet geopend" in clock_words(days, TODAY)
    ahead = clock_words({TODAY + 40 * DAY}, TODAY)
    assert "stond eerder op 04-01-2027, later dan vandaag (25-11-2026)" in ahead
    assert clock_words({TODAY - DAY, TODAY}, TODAY) == ""
