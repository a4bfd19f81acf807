"""The first screen of answering a round: the promise, exactly as strong as it is true."""

from __future__ import annotations

import streamlit as st

from borging.domain.wording import day, listed
from borging.ui.scan import answer_form as form
from borging.ui.scan.answer_form import Visit
from borging.ui.text import plain

PROMISE = (
    "Nergens staat wie wat antwoordde. Te zien is wel hoeveel mensen per vraag welk antwoord "
    "kozen. Wie meedoet en zijn eigen antwoord wegdenkt, weet dus wat u koos als alle overigen "
    "hetzelfde kozen, en weet altijd welke antwoorden niemand anders koos. Hoe minder mensen "
    "antwoorden, hoe vaker dat gebeurt."
)
TOO_MANY_LINKS = (
    "Zijn het er meer dan er mensen meedoen? Vraag dan waarom voordat u antwoordt: wie links "
    "heeft, kan er zelf mee antwoorden en zo overhouden wat anderen kozen."
)
BOUND = (
    "Uw antwoord hoort bij dit toestel. Wie uw link elders opent, ziet alleen of hij is gebruikt, "
    "en kan zeggen: ‘dat was ik niet’."
)
REMARKS_ARE_SHOWN = (
    "Een opmerking wordt letterlijk getoond, los van de antwoorden. Noem dus geen namen."
)
ONE_PER_DEVICE = (
    "Met deze link telt elk toestel één keer. Wie hem na u op dit toestel opent, kan uw antwoord "
    "zien en vervangen, tenzij u het toestel na het antwoorden laat vergeten wat u koos."
)


def begin(visit: Visit) -> None:
    """Draw the first screen: what is asked, and what becomes of the answers."""
    opened = visit.round
    st.header(f"Hoe staat het met {plain(opened.project)}?", anchor=False)
    questions = len(visit.instrument.factors)
    st.markdown(
        f"{questions} vragen, minder dan tien minuten. Invullen kan tot en met "
        f"**{day(opened.closes_on)}**. De uitslag bespreekt het team; op dit scherm staat zij niet."
    )
    st.markdown(f"**Zonder naam.** {PROMISE}")
    st.markdown(
        f"- De uitslag is er vanaf {opened.min_answers} antwoorden.\n"
        f"- {_handed_out(visit)} {TOO_MANY_LINKS}\n"
        f"{_discarded(visit)}"
        f"{_near(visit)}" + ("" if visit.link.shared else f"- {BOUND}\n") + f"- {REMARKS_ARE_SHOWN}"
    )
    if visit.link.shared:
        st.markdown(ONE_PER_DEVICE)
    if not visit.remembered:
        st.markdown(
            ":orange-background[Let op] Uw browser bewaart geen cookie van deze pagina. "
            "Antwoord geven kan, maar sluit u dit scherm, dan is wat u invulde weg."
        )
    first = form.first_open(visit)
    st.button(
        "Beginnen", type="primary", width="stretch", key="begin", on_click=form.go, args=(first,)
    )


def _handed_out(visit: Visit) -> str:
    """Say how many ways in there are: with that, too many answers are noticed."""
    number, shared = visit.round.invited, visit.round.shared
    if number == 0:
        return "Er is één gedeelde link voor het hele team en geen andere uitnodiging."
    words = "Er is 1 uitnodiging" if number == 1 else f"Er zijn {number} uitnodigingen"
    rest = "en daarnaast een gedeelde link voor het team" if shared else "en geen gedeelde link"
    return f"{words} uitgedeeld, {rest}."


def _discarded(visit: Visit) -> str:
    """Tell of erased answers: discarding genuine ones must not go unseen."""
    number = visit.round.discarded
    if not number:
        return ""
    links = "1 link" if number == 1 else f"{number} links"
    return f"- Van {links} is het antwoord vervallen, omdat iemand zei: ‘dat was ik niet’.\n"


def _near(visit: Visit) -> str:
    """Tell of rounds that the same people may answer: together they show more than apart."""
    if not visit.round.near:
        return ""
    titles = plain(listed([f"‘{each}’" for each in visit.round.near]))
    return (
        f"- Uw onderdeel antwoordt in deze weken ook over {titles}. Antwoordt u daar hetzelfde en "
        "doen niet dezelfde mensen mee, dan kan het verschil iets over u zeggen.\n"
    )
