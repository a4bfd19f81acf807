"""A peildatum in the past: what goes back, and what a screen says does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from borging.domain.dossier import FieldType
from borging.services.dossier.anchoring import sectors
from borging.services.dossier.compliance import compliance
from borging.services.dossier.days import HAPPENED, MEASURED
from borging.services.past_day import ABOUT_TODAY, AS_THEY_ARE_NOW, note
from borging.settings import ROOT
from borging.ui import links
from tests.dossiers import AS_OF, LISTS, dossier

YESTERDAY, TOMORROW = AS_OF - timedelta(1), AS_OF + timedelta(1)
NOT_ON_A_DAY = {"start", "scan", "niet-gevonden"}
PLANNED_OR_SAID = {
    "planned_on",
    "due",
    "notice_by",
    "ends_on",
    "review_on",
    "since",
    "until",
    "checked_on",
    "answered_on",
    "next_on",
}
"""Days that are a plan, or that the reader of the list judges by itself."""


def test_every_screen_says_what_does_not_go_back() -> None:
    pages = {links.address(path.stem) for path in (ROOT / "pages").glob("*.py")}
    assert len(pages) > 15
    assert pages - NOT_ON_A_DAY == set(AS_THEY_ARE_NOW) | set(ABOUT_TODAY)
    for screen in pages - NOT_ON_A_DAY:
        assert note(screen, YESTERDAY, AS_OF)
        assert note(screen, AS_OF, AS_OF) == note(screen, TOMORROW, AS_OF) == ""


def test_the_sentence_is_one_sentence() -> None:
    assert note("fasestatus", YESTERDAY, AS_OF) == (
        "Standen van projecten, namen en geplande data staan hier zoals ze nu zijn, niet zoals op "
        "die dag."
    )


@pytest.mark.parametrize(("counted", "words"), [(AS_OF, "8 van 10"), (TOMORROW, "niet gemeten")])
def test_training_that_was_counted_later_is_not_known_yet(counted: Any, words: str) -> None:
    row = {"group": "Noord", "people": 10.0, "trained": 8.0, "counted_on": counted}
    assert compliance(dossier(training_coverage=[row])).coverage[0].words == words


@pytest.mark.parametrize(("seen", "stage"), [(AS_OF, 3), (TOMORROW, None)])
def test_how_far_a_group_is_follows_the_day(seen: Any, stage: int | None) -> None:
    row = {"name": "Noord", "stage": "does", "seen_on": seen}
    assert sectors(dossier(anchoring_group=[row]))[0].stage == stage


@pytest.mark.parametrize("key", HAPPENED)
def test_what_was_done_later_was_not_done_yet(key: str) -> None:
    for name in HAPPENED[key]:
        (before,) = dossier(**{key: [{name: AS_OF}]}).rows(key)
        (after,) = dossier(**{key: [{name: TOMORROW}]}).rows(key)
        assert (before[name], after[name]) == (AS_OF, None)
        (stored,) = dossier(**{key: [{name: TOMORROW}]}).lists[key][name]
        assert stored == TOMORROW


def test_every_day_of_a_list_goes_back_or_is_a_plan() -> None:
    days = {
        (key, field.id)
        for key, definition in LISTS.items()
        for field in definition.fields
        if field.type == FieldType.DAY
    }
    back = {(key, name) for key, names in HAPPENED.items() for name in names}
    back |= {(key, measured_on) for key, (measured_on, _) in MEASURED.items()}
    assert back <= days
    rest = {(key, name) for key, name in days - back if name not in PLANNED_OR_SAID}
    assert rest == {("handover_action", "done_on")}
