"""The goal tree on its screen: reading it, changing it, and what the filter does to it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from borging.access.actor import Actor
from borging.domain.goals import GoalFields
from borging.store import database
from borging.store.commands import goals as commands
from borging.store.queries import structure
from tests.pages.conftest import Visit, press

BAS = Actor("Bas Visser")
AIM = "Rustige en veilige nachten"


def goals(url: str) -> dict[str, int]:
    rows = structure.goals(database.engine_for(url))
    return dict(zip(rows["title"].tolist(), rows["id"].tolist(), strict=True))


def said(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.warning)).replace("\\", "")


def test_a_new_goal_is_added_under_the_branch_and_taken_back(visit: Visit, copy_url: str) -> None:
    app = visit("doelenboom", copy_url, tak=str(goals(copy_url)["Digitale zorg"]))
    naam = next(e for e in app.text_input if e.key and e.key.startswith("doel_naam_-"))
    naam.input("Familie doet mee")
    app = press(app, "Toevoegen")
    assert not app.exception
    assert "✓] ‘Familie doet mee’ toegevoegd." in said(app)
    assert app.title[0].value == "1 van de 12 doelen heeft geen project"
    app = press(app, "Laatste wijziging terugdraaien")
    assert "Familie doet mee" not in goals(copy_url)
    assert "Teruggedraaid: Doelenboom: doel ‘Familie doet mee’ toegevoegd." in said(app)


def test_what_is_in_use_is_not_removed_and_says_so(visit: Visit, copy_url: str) -> None:
    app = visit("doelenboom", copy_url, tak=str(goals(copy_url)[AIM]))
    app = press(app, "Weghalen")
    assert "heeft nog 3 projecten onder zich" in said(app)
    assert AIM in goals(copy_url)


def test_the_second_is_told_what_changed_and_keeps_his_text(visit: Visit, copy_url: str) -> None:
    aim = goals(copy_url)[AIM]
    app = visit("doelenboom", copy_url, tak=str(aim))
    theme = goals(copy_url)["Digitale zorg"]
    was = GoalFields(AIM, "goal", theme)
    commands.change_goal(
        database.engine_for(copy_url),
        BAS,
        aim,
        1,
        was,
        GoalFields("Stille nachten", "goal", theme),
    )
    app.text_input(key=f"doel_naam_{aim}_0").input("Nachten zonder alarm")
    app = press(app, "Opslaan")
    assert "gewijzigd door Bas Visser: de naam is nu ‘Stille nachten’" in said(app)
    assert app.text_input(key=f"doel_naam_{aim}_0").value == "Nachten zonder alarm"
    app = press(app, "Opslaan")
    assert not app.warning
    assert goals(copy_url)["Nachten zonder alarm"] == aim


def test_who_removes_second_is_told_once_and_may_still_remove(visit: Visit, copy_url: str) -> None:
    engine = database.engine_for(copy_url)
    aim = commands.add_goal(engine, BAS, GoalFields("Even", "goal"))
    app = visit("doelenboom", copy_url, tak=str(aim))
    commands.change_goal(
        engine, BAS, aim, 1, GoalFields("Even", "goal"), GoalFields("Straks", "goal")
    )
    app = press(app, "Weghalen")
    assert "gewijzigd door Bas Visser. Druk nogmaals op Weghalen" in said(app)
    assert "Straks" in goals(copy_url)
    app = press(app, "Weghalen")
    assert not app.warning
    assert "Straks" not in goals(copy_url)


def test_several_projects_are_taken_off_and_stand_under_no_goal(
    visit: Visit, copy_url: str
) -> None:
    aim = goals(copy_url)[AIM]
    app = visit("doelenboom", copy_url, tak=str(aim))
    choice = next(each for each in app.multiselect if each.label == "Projecten losmaken")
    choice.set_value([2, 7]).run()
    app = press(app, "Losmaken")
    assert not app.exception
    assert "2 projecten losgemaakt." in said(app)
    assert app.title[0].value.endswith("2 projecten hangen onder geen doel")
    app = press(app, "Laatste wijziging terugdraaien")
    assert "geen doel" not in app.title[0].value


def test_a_filter_counts_less_and_says_so_but_hides_no_goal(visit: Visit, example_url: str) -> None:
    everything = visit("doelenboom", example_url)
    app = visit("doelenboom", example_url, stand="afgesloten")
    assert "filter: geteld zijn 6 van de 40 projecten" in said(app)
    assert app.title[0].value == everything.title[0].value
    charts = [each.get("plotly_chart")[0].proto.alt for each in (everything, app)]
    assert charts[0].count(";") == charts[1].count(";")
    assert "visie Goede zorg, dichtbij en houdbaar: 6 projecten, 6 afgesloten" in charts[1]


def test_a_branch_that_is_not_there_is_named(visit: Visit, example_url: str) -> None:
    assert "Tak 999 is er niet" in said(visit("doelenboom", example_url, tak="999"))
