"""The sentences of the scan screen: who answered, where a number comes from, what a chart says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore, ScanScore
from borging.domain.terms import RoundState
from borging.domain.wording import count, day, listed, number, percent

UNRECORDED = "onbekend"
NO_MOMENT = "niet gezegd"
FROM_MEMORY = "uit geheugen"


def respondents(scan: ScanRound) -> str:
    """Say how many people answered, that there is one agreed answer, or why nothing is shown."""
    if not scan.closed:
        return standing(scan)
    if scan.score is None:
        return f"te weinig antwoorden om te tonen (minimaal {scan.min_answers})"
    if scan.joint:
        return "gezamenlijk: één afgesproken antwoord"
    discarded = count(scan.discarded, "antwoord", "antwoorden")
    lost = f", {discarded} vervallen na ‘dat was ik niet’" if scan.discarded else ""
    return f"n = {count(scan.score.n, 'invuller', 'invullers')}{lost}"


def standing(scan: ScanRound) -> str:
    """Say where a round stands: 'open tot en met 09-12-2026', 'concept', 'vrijgegeven'."""
    if scan.state == RoundState.OPEN and scan.closes_on is not None:
        return f"open tot en met {day(scan.closes_on)}"
    if scan.state == RoundState.CLOSED:
        return "gesloten, nog niet vrijgegeven"
    return scan.state.label


def unread_title(scan: ScanRound) -> str:
    """Return the title of a screen that may show no round; `scan` is the newest one."""
    if scan.state == RoundState.OPEN:
        return f"Ronde {scan.number} is {standing(scan)}"
    if scan.state == RoundState.DRAFT:
        return f"Ronde {scan.number} staat klaar als concept"
    return respondents(scan).capitalize()


def next_words(rounds: Sequence[ScanRound], as_of: date) -> str:
    """Say when the next round is, and that it is late; '' without a day or with one under way."""
    if not rounds or not all(each.closed for each in rounds):
        return ""
    next_on = max(rounds, key=lambda each: (each.scanned_on, each.id)).next_on
    if next_on is None:
        return ""
    return f"volgende ronde op {day(next_on)}" + (" (te laat)" if next_on < as_of else "")


def round_words(scan: ScanRound) -> str:
    """Name a round in a legend: 'ronde 3 · 18-11-2026 (n = 4)'."""
    return f"ronde {scan.number} · {day(scan.scanned_on)} ({briefly(scan)})"


def briefly(scan: ScanRound) -> str:
    """Say in a word or two who answered."""
    if not scan.closed:
        return scan.state.label
    if scan.score is None:
        return "te weinig"
    return "gezamenlijk" if scan.joint else f"n = {scan.score.n}"


def origin(scan: ScanRound, instrument: Instrument, with_deviation: bool = False) -> str:
    """Say where numbers come from: round, respondents, who recorded it, instrument version."""
    deviation = scan.score.sd if scan.score and with_deviation else None
    sd = "" if deviation is None else f", standaardafwijking {number(deviation, 1)}"
    agreed = f" van {scan.agreed_by}" if scan.joint and scan.agreed_by else ""
    return " · ".join(
        (
            f"ronde {scan.number} van {day(scan.scanned_on)}",
            respondents(scan) + agreed + sd,
            f"vastgelegd door {scan.recorded_by or UNRECORDED}",
            f"{instrument.title} {scan.instrument_version}",
        )
    )


def status(instrument: Instrument) -> str:
    """Say how many of the points still have to be compared with the guide."""
    statuses = [level.status for factor in instrument.factors for level in factor.levels]
    open_numbers = statuses.count(FROM_MEMORY)
    if not open_numbers:
        return f"alle {len(statuses)} puntwaarden nagekeken bij de bron"
    return f"{open_numbers} van {len(statuses)} puntwaarden nog na te kijken bij de bron"


def empty_words(rounds: Sequence[ScanRound]) -> str:
    """Say what to do when nothing may be shown."""
    if not rounds:
        return (
            "Laat een paar mensen die met het resultaat werken ieder voor zich de tien vragen "
            "beantwoorden, of leg één antwoord vast dat u samen afspreekt. Het kost hooguit tien "
            "minuten."
        )
    newest = rounds[-1]
    if newest.state == RoundState.OPEN:
        return (
            "De antwoorden blijven dicht tot de ronde sluit. Daarna staat hier de uitslag, als er "
            f"minimaal {newest.min_answers} antwoorden zijn."
        )
    if newest.state == RoundState.DRAFT:
        return "Deze ronde is nog niet geopend: niemand kan antwoorden."
    return (
        f"De ronde van {day(newest.scanned_on)} heeft te weinig antwoorden om te tonen (minimaal "
        f"{newest.min_answers}). Zo blijft onbekend wie wat heeft geantwoord."
    )


def answer_words(scored: FactorScore) -> str:
    """Write the counted answers, best level first: '1× a, 2× b, 1× d'."""
    return ", ".join(f"{n}× {letter}" for letter, n in scored.counts.items() if n)


def missing_words(joint: bool) -> str:
    """Say why a factor has no score."""
    return "weet ik niet" if joint else "te weinig antwoorden"


def levels_question(current: ScanRound | None) -> str:
    """Return the question above the answers per level."""
    if current is not None and current.joint:
        return "Wat is per factor afgesproken?"
    return "Waarover is het team verdeeld?"


def topics_note(current: ScanRound | None, divided: bool) -> str:
    """Say how to read the list of what to discuss first; divided: whether it has any."""
    if current is None:
        return ""
    if current.joint:
        return "Dit is één afgesproken antwoord: verschil van inzicht is hier niet te zien."
    if not divided:
        return "De antwoorden liggen overal dicht bij elkaar. Bespreek waar de meeste winst ligt."
    return "De invullers zien dit het meest verschillend. Vraag elkaar wat u ziet."


def radar_question(shown: Sequence[ScanRound]) -> str:
    """Return the question above the radar; `shown` begins with the round that stands."""
    if len(shown) < 2:
        return "Hoe is het beeld?"
    numbers = sorted(r.number for r in shown[1:])
    word = "ronde" if len(numbers) == 1 else "rondes"
    return f"Hoe is het beeld, vergeleken met {word} {listed([str(n) for n in numbers])}?"


def levels_note(current: ScanRound | None, origin: str) -> str:
    """Say how to read the answers per level."""
    if current is None:
        return ""
    if current.joint:
        return f"één afgesproken antwoord heeft geen spreiding · {origin}"
    return (
        "spreiding 0–3 (naar Doyle 2013): hoogste min laagste niveau; 3 = de invullers staan "
        "tegenover elkaar · een gemiddelde tussen a en b is meestal verschil van inzicht · "
        f"‘weet ik niet’ telt niet mee · {origin}"
    )


def totals_note(instrument: Instrument) -> str:
    """Say what the one threshold means, with its caveat and source."""
    return f"punten van {number(instrument.maximum)} · {threshold_words(instrument)}"


def threshold_words(instrument: Instrument) -> str:
    """Say what the threshold means, how far it is proven, where it comes from, and its status."""
    border = instrument.threshold
    return (
        f"{number(border.points)} of hoger {border.text} ({border.caveat}) · "
        f"bron: {instrument.source} · status van de grens: {border.status}"
    )


def in_words(
    shown: Sequence[ScanRound],
    factors: Sequence[FactorScore],
    rounds: pd.DataFrame,
    missing: str,
) -> dict[str, str]:
    """Return what each chart says: keys radar, gains, levels and totals."""
    radar = [f"{round_words(r)}: {_percents(r.score)}" for r in shown if r.score]
    gains = [f"{f.factor.name} {_gain(f)}" for f in factors]
    levels = [f"{f.factor.name} {answer_words(f) or missing}" for f in factors]
    totals = [
        f"{day(on)} {'geen totaal' if pd.isna(total) else number(total, 1)}"
        for on, total, closed in zip(
            rounds["scanned_on"], rounds["total"], rounds["closed"], strict=True
        )
        if closed
    ]
    return {
        "radar": "Radar in % van het maximum. " + ". ".join(radar),
        "gains": "Behaald en nog te winnen in punten: " + "; ".join(gains),
        "levels": "Antwoorden per niveau: " + "; ".join(levels),
        "totals": "Totaal per ronde: " + "; ".join(totals),
    }


def _percents(scored: ScanScore) -> str:
    return ", ".join(
        f"{f.factor.short} {'geen uitslag' if f.percent is None else percent(f.percent)}"
        for f in scored.factors
    )


def _gain(scored: FactorScore) -> str:
    if scored.mean is None or scored.potential is None:
        return "geen uitslag"
    return f"{number(scored.mean, 1)}, nog {number(scored.potential, 1)}"
