"""A link that was used before: on another device, or on one that several people share."""

from __future__ import annotations

import streamlit as st

from borging.domain.wording import day
from borging.ui.scan import answer_form as form
from borging.ui.scan.answer_form import Visit


def elsewhere(visit: Visit) -> None:
    """Tell that another device gave the answer; with a personal link, offer the objection."""
    if visit.link.shared:
        st.header("Met dit toestel is al geantwoord", anchor=False)
        st.markdown("Dat antwoord telt. Het is hier niet te zien en niet meer te wijzigen.")
        return
    st.header("Met deze link is al geantwoord", anchor=False)
    st.markdown(
        "Dat gebeurde op een ander toestel of in een andere browser, of op dit toestel waarna het "
        "antwoord hier is vergeten. Wat is geantwoord, is hier niet te zien en niet te wijzigen."
    )
    st.markdown("**Was u dat zelf?** Dan hoeft u niets te doen: uw antwoord telt.")
    if form.read(form.OBJECTING):
        _confirm(visit)
        return
    st.markdown(
        "**Was u dat niet?** Zeg het hier. Het antwoord vervalt dan en de uitslag wacht tot u een "
        "nieuwe link hebt of deze is ingetrokken. Wie dit zei, wordt niet bewaard."
    )
    st.button(
        "Dat was ik niet …",
        width="stretch",
        key="object",
        on_click=form.write,
        args=(form.OBJECTING, True),
    )
    _problem()


def _confirm(visit: Visit) -> None:
    st.markdown(
        "**Was u dat niet?** Het antwoord dat met uw link is gegeven, vervalt en komt niet terug. "
        "Vraag daarna om een nieuwe link bij wie u deze gaf."
    )
    with st.container(horizontal=True):
        st.button(
            "Terug",
            width="stretch",
            key="object_no",
            on_click=form.write,
            args=(form.OBJECTING, None),
        )
        st.button(
            "Nee, dat was ik niet",
            type="primary",
            width="stretch",
            key="object_yes",
            on_click=form.object_to_answer,
            args=(visit,),
        )


def contested(visit: Visit) -> None:
    """Tell that the answer of this link was erased, and how to go on."""
    st.header("Deze link wacht op een nieuwe", anchor=False)
    st.markdown(
        "Iemand met deze link zei: ‘dat was ik niet’. Het antwoord dat ermee is gegeven, telt "
        "niet. De ronde wordt pas geteld als wie de links uitdeelt deze link vernieuwt of intrekt."
    )
    if visit.use.was_here:
        st.markdown(
            ":orange-background[Let op] Vanaf dit toestel is met deze link geantwoord. Was dat uw "
            "antwoord? Zeg dat dan als u om een nieuwe link vraagt."
        )
    else:
        st.markdown(
            "**Vraag om een nieuwe link** bij wie u deze gaf. Antwoorden kan tot en met "
            f"{day(visit.round.closes_on)}."
        )


def shared_device(visit: Visit) -> None:
    """Offer to let a device forget the answer that was given on it."""
    st.markdown(
        ":small[:gray[Gebruiken anderen dit toestel ook? Wie hier uw link opent, kan uw antwoord "
        "zien en wijzigen. Laat het toestel uw antwoord vergeten: het telt, en niemand kan er nog "
        "bij, ook u niet.]]"
    )
    st.button(
        "Vergeet mijn antwoord op dit toestel",
        width="stretch",
        key="forget",
        type="tertiary",
        on_click=form.leave_device,
        args=(visit,),
    )


def left() -> None:
    """Tell that this device holds the answer no more."""
    st.header("Dank u wel", anchor=False)
    st.success("Uw antwoord telt. Dit toestel is het vergeten. U kunt dit scherm sluiten.")


def _problem() -> None:
    if problem := form.read(form.PROBLEM):
        st.error(str(problem))
