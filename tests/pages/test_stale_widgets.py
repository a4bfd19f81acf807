"""A session holds what is on the screen, not every screen it has shown."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Visit


def widgets(app: AppTest) -> set[str]:
    """Return the widgets of which the session holds the callbacks."""
    assert not app.exception
    known = app.session_state._state._state._new_widget_state.widget_metadata
    return {each for each in known if each.startswith("$$ID")}


def test_a_session_lets_go_of_the_widgets_of_the_screen_before(
    visit: Visit, example_url: str
) -> None:
    app = visit("project", example_url, id="1")
    first = widgets(app)
    assert any(each.endswith("dossier_1_project_result_opslaan") for each in first)
    app.query_params["id"] = "2"
    second = widgets(app.run())
    assert any(each.endswith("dossier_2_project_result_opslaan") for each in second)
    assert not [each for each in second if "dossier_1_" in each]
    kept = [each for each in app.session_state.to_dict() if each.endswith("_basis")]
    assert "dossier_2_project_result_basis" in kept
    assert not [each for each in kept if "dossier_1_" in each]


def test_a_widget_that_comes_back_keeps_its_value(visit: Visit, example_url: str) -> None:
    app = visit("project", example_url, id="1")
    app.selectbox(key="person").set_value(2)
    app.run()
    app.query_params["id"] = "2"
    app.run()
    app.query_params["id"] = "1"
    assert app.run().selectbox(key="person").value == 2
