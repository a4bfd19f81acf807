"""No command silently writes over the change of somebody else.

Every public function of the commands that gets an engine is in one of three lists: it carries
what somebody saw, it has a reason to carry nothing, or it only reads. A new one in none of them
is red.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.store import commands, imports
from borging.store.commands import ballots, devices, invitations, rounds
from borging.store.commands.followup import AgreementChangedError, record_consensus
from borging.store.commands.round_checks import RoundChangedError
from borging.store.commands.rounds import plan_round, usual_plan
from borging.store.commands.ways_in import Link
from borging.store.queries import discussion
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, answers, individual, open_round, seen

DAY = date(2026, 11, 18)
BAS = Actor("Bas Visser", None)

SEEN = {
    "attachments.describe_file": "row",
    "calendar_reviews.correct_review": "version",
    "calendar_reviews.withdraw_review": "version",
    "calendar_reviews.restore_review": "version",
    "capacity.save_functions": "rows",
    "capacity.save_leave": "rows",
    "capacity.save_needs": "rows",
    "capacity.save_rooms": "rows",
    "dossier.save_items": "rows",
    "followup.record_consensus": "seen",
    "goals.change_goal": "version",
    "goals.remove_goal": "version",
    "goals.hang_projects": "seen",
    "goals.undo_last": "seen",
    "handovers.hand_over": "handover",
    "handovers.take_back": "version",
    "hard_questions.save_answers": "rows",
    "invitations.share": "seen",
    "invitations.stop_sharing": "seen",
    "organisation.choose_agreement": "seen",
    "organisation.save_own_days": "rows",
    "phase_proposals.confirm_phases": "seen",
    "projects.change_project": "row",
    "projects.set_course": "seen",
    "projects.save_phases": "rows",
    "residuals.change_items": "changes",
    "residuals.close_items": "seen",
    "residuals.reopen_items": "seen",
    "residuals.accept_for_line": "seen",
    "results.save_results": "rows",
    "rounds.change_round": "seen",
    "rounds.open_round": "seen",
    "rounds.close_round": "seen",
    "rounds.publish_round": "seen",
    "rounds.withdraw_round": "seen",
    "rounds.set_next_round": "seen",
    "rounds.remove_concept": "seen",
    "scenarios.change_scenario": "version",
    "scenarios.remove_scenario": "version",
    "scenarios.accept_scenario": "version",
    "scenarios.undo_scenario": "version",
    "undo.undo": "entry_ids",
}
"""Command to the parameter that carries what somebody saw. A row carries its version; an entry of
the history is undone only while it is the newest of its thing, with the content it left."""

ADDS = "adds something and changes nothing that is there"
OWN = "writes what belongs to one device, and no other device can"
REASONS = {
    "attachments.add_file": ADDS,
    "ballots.save_draft": OWN,
    "ballots.hand_in": OWN,
    "calendar_reviews.record_review": ADDS,
    "capacity.fill_needs": ADDS,
    "capacity.take_back_needs": "removes only rows that nobody changed since they were added",
    "clock_days.see_day": ADDS,
    "devices.object_to_answer": "erases what another device gave, which no device may read",
    "devices.leave_device": OWN,
    "example.write_example": "touches only the example portfolio",
    "example.remove_example": "hides only what nobody worked on; `restore_example` takes it back",
    "example.restore_example": "takes back the last removal",
    "example_left.adopt_functions": "touches only figures of the example that nobody edited",
    "example_left.empty_functions": "touches only figures of the example that nobody edited",
    "flu.take_series": "every season is a new revision; earlier ones stay readable",
    "flu.enter_season": "every entry is a new revision; earlier ones stay readable",
    "flu.withdraw_season": "what was entered stays readable among the revisions",
    "followup.take_action": ADDS,
    "goals.add_goal": ADDS,
    "imports.run.import_portfolio": "compares the file with what is stored and reports each change",
    "invitations.invite": ADDS,
    "invitations.renew": "refused when somebody revoked the link already",
    "invitations.revoke": "refused when somebody revoked the link already",
    "new_project.plan_project": ADDS,
    "people.add_person": ADDS,
    "projects.add_project": ADDS,
    "residuals.add_item": ADDS,
    "rounds.plan_round": ADDS,
    "rounds.close_overdue": "nobody looks at a screen; it reads each round in its transaction",
    "scans.record_joint_answer": ADDS,
    "scenarios.save_scenario": ADDS,
    "sustain.declare": ADDS,
}
READS = {
    "ballots.read_draft",
    "clock_days.days_seen",
    "devices.link_use",
    "devices.lost_here",
    "example.has_example",
    "example.has_own_projects",
    "example.has_removed_example",
    "example_left.left_functions",
    "example_left.staying",
    "ways_in.find_round",
    "ways_in.way_in",
    "ways_in.token_hash",
    "ways_in.keys",
}


def all_commands() -> dict[str, Callable[..., object]]:
    found = {}
    for package, prefix in ((commands, ""), (imports, "imports.")):
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                own = function.__module__ == module.__name__ and not name.startswith("_")
                if own and next(iter(inspect.signature(function).parameters), "") == "engine":
                    found[f"{prefix}{info.name}.{name}"] = function
    return found


def test_every_command_carries_what_was_seen_or_has_a_reason() -> None:
    listed = [*SEEN, *REASONS, *READS]
    assert len(set(listed)) == len(listed)
    assert set(listed) == set(all_commands())


def test_what_was_seen_cannot_be_left_out() -> None:
    known = all_commands()
    for name, parameter in SEEN.items():
        assert inspect.signature(known[name]).parameters[parameter].default is inspect._empty, name


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def extended(engine: Engine, scan_id: int) -> None:
    plan = usual_plan(DAY + timedelta(days=7))
    rounds.change_round(engine, BAS, seen(engine, scan_id), plan, as_of=DAY)


def test_the_second_of_two_is_told_what_the_first_changed_of_a_round(
    engine: Engine, project: int
) -> None:
    scan_id = open_round(engine, project, DAY)
    read = seen(engine, scan_id)
    extended(engine, scan_id)
    with pytest.raises(RoundChangedError) as refused:
        rounds.change_round(engine, ANNA, read, usual_plan(DAY), as_of=DAY)
    words = "Deze ronde is intussen gewijzigd door Bas Visser: ‘Open tot en met’ is nu 09-12-2026"
    assert str(refused.value).startswith(words)
    assert seen(engine, scan_id).closes_on == date(2026, 12, 9)
    assert refused.value.version == seen(engine, scan_id).version


@pytest.mark.parametrize(
    "act",
    [
        lambda engine, read: rounds.close_round(engine, ANNA, read, as_of=DAY),
        lambda engine, read: invitations.share(engine, ANNA, read),
        lambda engine, read: invitations.stop_sharing(engine, ANNA, read),
    ],
    ids=["close", "share", "stop"],
)
def test_an_open_round_that_changed_is_not_acted_upon(
    engine: Engine, project: int, act: Callable[..., object]
) -> None:
    scan_id = open_round(engine, project, DAY)
    read = seen(engine, scan_id)
    extended(engine, scan_id)
    with pytest.raises(RoundChangedError, match="Bas Visser"):
        act(engine, read)
    act(engine, seen(engine, scan_id))


@pytest.mark.parametrize(
    "act",
    [
        lambda engine, read: rounds.open_round(engine, ANNA, read, as_of=DAY),
        lambda engine, read: rounds.remove_concept(engine, ANNA, read),
    ],
    ids=["open", "remove"],
)
def test_a_concept_that_changed_is_not_acted_upon(
    engine: Engine, project: int, act: Callable[..., object]
) -> None:
    scan_id = plan_round(engine, ANNA, project, NHS, usual_plan(DAY), as_of=DAY)
    read = seen(engine, scan_id)
    invitations.invite(engine, BAS, scan_id, ["Cor"])
    with pytest.raises(RoundChangedError, match="Bas Visser"):
        act(engine, read)
    act(engine, seen(engine, scan_id))


@pytest.mark.parametrize(
    "act",
    [
        lambda engine, read: rounds.publish_round(engine, ANNA, read, as_of=DAY),
        lambda engine, read: rounds.withdraw_round(engine, ANNA, read),
        lambda engine, read: rounds.set_next_round(engine, ANNA, read, date(2027, 1, 1)),
    ],
    ids=["publish", "withdraw", "next"],
)
def test_a_closed_round_that_changed_is_not_acted_upon(
    engine: Engine, project: int, act: Callable[..., object]
) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE)
    read = seen(engine, scan_id)
    rounds.withdraw_round(engine, BAS, read)
    with pytest.raises(RoundChangedError, match="‘Stand’ is nu ‘gesloten’"):
        act(engine, read)
    act(engine, seen(engine, scan_id))


def test_an_answer_never_changes_the_version_of_a_round(engine: Engine, project: int) -> None:
    """Otherwise the version would count the answers."""
    scan_id = open_round(engine, project, DAY)
    (made,) = invitations.invite(engine, ANNA, scan_id, ["Cor"])
    before = seen(engine, scan_id).version
    filled = ballots.Filled(answers("a" * 10))
    link = Link(made.token)
    ballots.hand_in(engine, link, scan_id, "phone", filled, NHS, as_of=DAY)
    devices.object_to_answer(engine, link, scan_id, "other", as_of=DAY)
    assert seen(engine, scan_id).version == before


def test_the_second_of_two_agreements_does_not_replace_the_first(
    engine: Engine, project: int
) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE)
    at = (scan_id, NHS, "fit")
    record_consensus(engine, BAS, *at, "b", "Het past", None, as_of=DAY)
    with pytest.raises(AgreementChangedError) as refused:
        record_consensus(engine, ANNA, *at, "d", "Het past niet", None, as_of=DAY)
    assert "gewijzigd door Bas Visser. Er staat nu: b, ‘Het past’" in str(refused.value)
    assert discussion.consensus(engine, scan_id)["fit"].level == "b"
    record_consensus(engine, ANNA, *at, "d", "Het past niet", refused.value.seen, as_of=DAY)
    assert discussion.consensus(engine, scan_id)["fit"].level == "d"
