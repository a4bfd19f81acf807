"""The goal tree in a database: what may hang where, who saved first, and undoing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.goals import GoalFields
from borging.domain.terms import GoalKind
from borging.store.commands.goal_problems import (
    GoalChangedError,
    GoalError,
    GoalInUseError,
    GoalTitleError,
    GoalUnderItselfError,
    MisplacedGoalError,
    NothingToUndoError,
    ProjectsMovedError,
    SameTitleError,
    UnknownGoalError,
)
from borging.store.commands.goals import (
    add_goal,
    change_goal,
    hang_projects,
    remove_goal,
    undo_last,
)
from borging.store.queries import structure
from borging.store.queries.structure import newest_change
from borging.store.tables import AuditEntry, Goal, Project, Record
from tests.store.test_capacity import add_project

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
VISION = GoalFields("Goede zorg", GoalKind.VISION.value)
THEME = GoalFields("Digitale zorg", GoalKind.THEME.value)
AIM = GoalFields("Rustige nachten", GoalKind.GOAL.value)


def tree(engine: Engine) -> dict[str, tuple[str | None, int]]:
    """Title to the title above it and the version."""
    rows = structure.goals(engine)
    names = dict(zip(rows["id"], rows["title"], strict=True))
    return {
        title: (names.get(parent), version)
        for title, parent, version in zip(
            rows["title"], rows["parent_id"], rows["version"], strict=True
        )
    }


def three(engine: Engine) -> tuple[int, int, int]:
    """A vision with a theme with a goal; their ids."""
    vision = add_goal(engine, ANNA, VISION)
    theme = add_goal(engine, ANNA, replace(THEME, parent_id=vision))
    return vision, theme, add_goal(engine, ANNA, replace(AIM, parent_id=theme))


def hangs(engine: Engine, project: int) -> int | None:
    with Session(engine) as session:
        return session.scalar(select(Project.goal_id).where(Project.id == project))  # type: ignore[call-overload,no-any-return]


def test_a_tree_is_built_from_the_top(engine: Engine) -> None:
    three(engine)
    assert tree(engine) == {
        "Goede zorg": (None, 1),
        "Digitale zorg": ("Goede zorg", 1),
        "Rustige nachten": ("Digitale zorg", 1),
    }


@pytest.mark.parametrize(
    ("kind", "above", "wrong"),
    [
        (GoalKind.GOAL, VISION, False),
        (GoalKind.GOAL, THEME, False),
        (GoalKind.GOAL, AIM, True),
        (GoalKind.THEME, VISION, False),
        (GoalKind.THEME, THEME, True),
        (GoalKind.VISION, VISION, True),
    ],
)
def test_only_what_is_lower_hangs_under_what_is_higher(
    engine: Engine, kind: GoalKind, above: GoalFields, wrong: bool
) -> None:
    parent = add_goal(engine, ANNA, above)
    new = GoalFields("Nieuw", kind.value, parent)
    if not wrong:
        add_goal(engine, ANNA, new)
        return
    with pytest.raises(MisplacedGoalError, match="Van boven naar beneden: visie, thema, doel"):
        add_goal(engine, ANNA, new)
    assert list(tree(engine)) == [above.title]


def test_a_kind_does_not_sink_below_what_hangs_under_it(engine: Engine) -> None:
    _vision, theme, _aim = three(engine)
    now = replace(THEME, parent_id=_vision)
    with pytest.raises(MisplacedGoalError, match="Een doel kan niet hangen onder ‘Digitale zorg’"):
        change_goal(engine, ANNA, theme, 1, now, replace(now, kind="goal"))


def test_nothing_hangs_under_itself(engine: Engine) -> None:
    vision, theme, aim = three(engine)
    for above in (vision, theme, aim):
        with pytest.raises(GoalUnderItselfError):
            change_goal(engine, ANNA, vision, 1, VISION, replace(VISION, parent_id=above))
    assert tree(engine)["Goede zorg"] == (None, 1)


@pytest.mark.parametrize(
    ("title", "error"),
    [(" ", GoalTitleError), ("x" * 201, GoalTitleError), ("goede  ZORG", SameTitleError)],
)
def test_a_title_is_needed_and_is_the_only_one(
    engine: Engine, title: str, error: type[GoalError]
) -> None:
    add_goal(engine, ANNA, VISION)
    with pytest.raises(error):
        add_goal(engine, ANNA, GoalFields(title, "theme"))


def test_renaming_moving_and_dating_write_what_was_changed(engine: Engine) -> None:
    vision, _theme, aim = three(engine)
    now = replace(AIM, parent_id=_theme)
    after = GoalFields("Stille nachten", "goal", vision, date(2027, 1, 3))
    change_goal(engine, BAS, aim, 1, now, after)
    row = structure.goals(engine).set_index("id").loc[aim]
    assert (row["title"], row["parent_id"], row["version"]) == ("Stille nachten", vision, 2)
    assert row["legal_deadline"].date() == date(2027, 1, 3)


def test_the_second_is_told_what_changed_and_may_save_on_top(engine: Engine) -> None:
    aim = add_goal(engine, ANNA, AIM)
    change_goal(engine, BAS, aim, 1, AIM, replace(AIM, legal_deadline=date(2027, 1, 3)))
    mine = replace(AIM, title="Stille nachten")
    with pytest.raises(GoalChangedError) as refused:
        change_goal(engine, ANNA, aim, 1, AIM, mine)
    assert str(refused.value) == (
        "‘Rustige nachten’ is intussen gewijzigd door Bas Visser: de wettelijke datum is nu "
        "03-01-2027."
    )
    change_goal(engine, ANNA, aim, refused.value.version, AIM, mine)
    (row,) = structure.goals(engine).to_dict("records")
    assert (row["title"], row["legal_deadline"].date()) == ("Stille nachten", date(2027, 1, 3))


def test_what_something_hangs_under_stays(engine: Engine) -> None:
    _vision, theme, aim = three(engine)
    project = add_project(engine)
    hang_projects(engine, ANNA, aim, {project: None})
    with pytest.raises(GoalInUseError, match="heeft nog 1 tak onder zich"):
        remove_goal(engine, ANNA, theme, 1)
    with pytest.raises(GoalInUseError, match="heeft nog 1 project onder zich"):
        remove_goal(engine, ANNA, aim, 1)
    hang_projects(engine, ANNA, None, {project: aim})
    remove_goal(engine, ANNA, aim, 1)
    assert list(tree(engine)) == ["Digitale zorg", "Goede zorg"]


def test_several_projects_move_together_or_not_at_all(engine: Engine) -> None:
    aim, theme = add_goal(engine, ANNA, AIM), add_goal(engine, ANNA, THEME)
    one, two = add_project(engine), add_project(engine, "E2")
    assert hang_projects(engine, ANNA, aim, {one: None, two: None}) == 2
    with pytest.raises(ProjectsMovedError, match="verhangen of weggehaald: E2"):
        hang_projects(engine, BAS, theme, {one: aim, two: None})
    assert (hangs(engine, one), hangs(engine, two)) == (aim, aim)
    assert hang_projects(engine, BAS, theme, {one: aim, two: aim}) == 2
    assert hang_projects(engine, BAS, theme, {one: theme}) == 0


def test_who_has_a_project_open_while_it_moves_is_told(engine: Engine) -> None:
    aim, project = add_goal(engine, ANNA, AIM), add_project(engine)
    hang_projects(engine, ANNA, aim, {project: None})
    undo_last(engine, ANNA, newest_change(engine))
    table = Record.metadata.tables["project"]
    with Session(engine) as session:
        assert session.scalar(select(table.c.version)) == 3


def test_a_goal_or_project_that_is_gone_takes_nothing(engine: Engine) -> None:
    aim, project = add_goal(engine, ANNA, AIM), add_project(engine)
    with pytest.raises(UnknownGoalError):
        hang_projects(engine, ANNA, 99, {project: None})
    with pytest.raises(ProjectsMovedError, match="project 99"):
        hang_projects(engine, ANNA, aim, {99: None})
    with pytest.raises(UnknownGoalError):
        change_goal(engine, ANNA, 99, 1, AIM, THEME)


def test_each_kind_of_change_is_undone_and_made_again(engine: Engine) -> None:
    with pytest.raises(NothingToUndoError, match="nog niets gewijzigd"):
        undo_last(engine, ANNA, newest_change(engine))
    aim, project = add_goal(engine, ANNA, AIM), add_project(engine)
    assert undo_last(engine, BAS, newest_change(engine)) == (
        "Teruggedraaid: Doelenboom: doel ‘Rustige nachten’ toegevoegd."
    )
    assert tree(engine) == {}
    assert undo_last(engine, BAS, newest_change(engine)).startswith("Opnieuw: Doelenboom: doel")
    assert list(tree(engine)) == ["Rustige nachten"]
    dated = replace(AIM, legal_deadline=date(2027, 1, 3))
    change_goal(engine, ANNA, aim, 3, AIM, dated)
    undo_last(engine, ANNA, newest_change(engine))
    undo_last(engine, ANNA, newest_change(engine))
    assert structure.goals(engine)["legal_deadline"][0].date() == date(2027, 1, 3)
    remove_goal(engine, ANNA, aim, 6)
    undo_last(engine, ANNA, newest_change(engine))
    hang_projects(engine, ANNA, aim, {project: None})
    undo_last(engine, ANNA, newest_change(engine))
    assert hangs(engine, project) is None
    undo_last(engine, ANNA, newest_change(engine))
    assert hangs(engine, project) == aim


def test_what_changed_in_another_way_is_not_undone(engine: Engine) -> None:
    aim, project = add_goal(engine, ANNA, AIM), add_project(engine)
    with Session(engine) as session, session.begin():
        session.execute(update(Project).where(Project.id == project).values(goal_id=aim))  # type: ignore[arg-type]
    with pytest.raises(GoalInUseError):
        undo_last(engine, ANNA, newest_change(engine))
    with Session(engine) as session, session.begin():
        session.execute(update(Goal).values(title="Elders gewijzigd"))
    with pytest.raises(NothingToUndoError, match="op een andere manier gewijzigd"):
        undo_last(engine, ANNA, newest_change(engine))
    assert list(tree(engine)) == ["Elders gewijzigd"]


def test_a_goal_that_another_way_of_writing_made_has_a_version(engine: Engine) -> None:
    """Lists that are read in and the example know nothing of versions."""
    with Session(engine) as session, session.begin():
        session.execute(insert(Record.metadata.tables["goal"]).values(title="X", kind="theme"))
    assert tree(engine) == {"X": (None, 1)}


def test_every_change_is_told_in_one_sentence(engine: Engine) -> None:
    aim = add_goal(engine, ANNA, AIM)
    one, two = add_project(engine), add_project(engine, "E2")
    hang_projects(engine, BAS, aim, {one: None, two: None})
    hang_projects(engine, BAS, None, {one: aim})
    with Session(engine) as session:
        said = session.scalars(
            select(AuditEntry.summary)  # type: ignore[call-overload]
            .where(AuditEntry.entity == "goal")
            .order_by(AuditEntry.id)
        ).all()
    assert said == [
        "Doelenboom: doel ‘Rustige nachten’ toegevoegd.",
        "Doelenboom: 2 projecten gehangen onder ‘Rustige nachten’.",
        "Doelenboom: 1 project losgemaakt.",
    ]


def test_undoing_does_not_take_back_what_somebody_else_changed_since(engine: Engine) -> None:
    add_goal(engine, ANNA, GoalFields("Eerst", GoalKind.VISION.value))
    read = newest_change(engine)
    add_goal(engine, BAS, GoalFields("Daarna", GoalKind.VISION.value))
    with pytest.raises(NothingToUndoError, match="Intussen wijzigde Bas"):
        undo_last(engine, ANNA, read)
