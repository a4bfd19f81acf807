"""What a screen shows as it is now, also on a day in the past.

Facts with a day of their own go back: the koers, declarations, when restpunten were open, closed
and accepted, what began, ended and was handed over, scans, evaluations, checks, trainings counted.
What people overwrite has no day, and is named here per screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from borging.domain.wording import listed

STATES, NAMES, PLANS = "standen van projecten", "namen", "geplande data"
ANSWERS = "antwoorden op de vijftien vragen"
AS_THEY_ARE_NOW: Mapping[str, tuple[str, ...]] = {
    "portfolio": (STATES, NAMES, "eigenaars van restpunten", "afgesproken overdrachten", ANSWERS),
    "fasestatus": (STATES, NAMES, PLANS),
    "restpunten": (STATES, "eigenaars", "vervaldata", "prioriteiten"),
    "lessen": ("namen van projecten en eenheden", "de tekst van lessen"),
    "doelenboom": ("doelen", STATES, NAMES),
    "project": ("de stand", NAMES, PLANS, "wat in het dossier geen eigen dag heeft"),
    "projectenkalender": (STATES, PLANS, "afgesproken overdrachten"),
    "capaciteit": (STATES, "functies", "verlof", "gevraagde inzet"),
    "scenarios": (STATES, "functies", "verlof", "gevraagde inzet", "scenario’s"),
    "borgingsscan": (STATES, NAMES, "eigenaars van acties"),
    "mijn-team": (STATES, NAMES, "eigenaars van restpunten"),
    "vergelijken": (STATES, NAMES),
    "bespreken": (NAMES, "afspraken", "eigenaars van acties"),
}
"""Address of a screen to what does not go back with the peildatum."""
ABOUT_TODAY = ("beheer", "scanronde", "scan_invullen")
"""Addresses of screens that do not follow the peildatum at all."""


def note(screen: str, as_of: date, today: date) -> str:
    """Return what does not go back on a screen, '' when the day is not in the past."""
    if as_of >= today:
        return ""
    if screen in ABOUT_TODAY:
        return "Dit scherm gaat over vandaag: de peildatum telt hier niet."
    if screen not in AS_THEY_ARE_NOW:
        return ""
    words = listed(AS_THEY_ARE_NOW[screen])
    return f"{words[0].upper()}{words[1:]} staan hier zoals ze nu zijn, niet zoals op die dag."
