"""The URL is the truth: it restores the view, follows the widgets, and survives bad values."""

import pytest

from gipcore.labels import words
from tests.pages.reading import text


def box(app, label):
    return next(found for found in app.selectbox if found.label == label)


def test_url_sets_the_filters(visit):
    app = visit("quality", year="2023", severity="error", lang="en")
    assert box(app, "Year").value == "2023"
    assert box(app, "Severity").value == "error"
    assert "Check" in {found.label for found in app.selectbox}


def test_filter_writes_the_url_and_its_first_choice_leaves_no_trace(visit):
    app = visit("quality", page="1")
    box(app, "年度").set_value("2023").run()
    assert app.query_params == {"year": "2023"}
    assert "−11" in text(app)
    box(app, "年度").set_value("").run()
    assert app.query_params == {}


def test_search_writes_the_url(visit):
    app = visit("offices")
    app.text_input[0].set_value("西工区").run()
    assert app.query_params == {"search": "西工区"}
    assert "2 个机关" in text(app)


def test_language_stays_when_a_filter_changes(visit):
    app = visit("quality", lang="en")
    box(app, "Severity").set_value("error").run()
    assert app.query_params == {"lang": "en", "severity": "error"}


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("quality", {"year": "abc"}),
        ("quality", {"year": "1066"}),
        ("quality", {"check": "C999"}),
        ("quality", {"severity": "<script>"}),
        ("quality", {"page": "-1"}),
        ("quality", {"page": "²"}),
        ("quality", {"region": "' OR 1=1 --"}),
        ("outcomes", {"balanced": "maybe"}),
        ("outcomes", {"group": "granted", "show": "pie"}),
        ("download", {"table": "passwords"}),
        ("report", {"report": "hongze-government-2023", "below": "../../etc"}),
        ("office", {"office": "x" * 5000}),
        ("offices", {"search": "长" * 500}),
        ("offices", {"search": "%_\\'\"<b>\x00"}),
        ("offices", {"lang": "fr"}),
        ("offices", {"lang": ""}),
        ("offices", {"mark": "C401"}),
        ("outcomes", {"counted": "all"}),
        ("outcomes", {"unbalanced": "false"}),
        ("reviews", {"check": "C301"}),
        ("report", {"mark": "<b>"}),
    ],
)
def test_bad_value_is_ignored_and_never_breaks_a_page(visit, page, parameters):
    shown = text(visit(page, **parameters))
    assert "暂时无法显示" not in shown
    name = list(parameters)[-1]
    if name != "search" or len(parameters[name]) > 60:
        assert f"{name}={parameters[name][:10]}" in shown
    assert len(shown) < 200_000


def test_note_names_all_that_was_ignored(visit):
    shown = text(visit("quality", year="x", level="y"))
    assert "已忽略：year=x、level=y" in shown


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("outcomes", {"level": "ministry", "group": "denied", "show": "shares"}),
        ("report", {"below": "raw", "check": "C301"}),
        ("outcomes", {"group": "denied", "show": "shares", "year": "all", "balanced": "any"}),
        ("office", {"office": "hongze-government", "year": "2023", "lang": "en"}),
        ("download", {"table": "offices", "search": "洪泽", "lang": "zh"}),
    ],
)
def test_nothing_that_a_page_takes_is_called_ignored(visit, page, parameters):
    shown = text(visit(page, **parameters))
    assert words()["site.ignored"]["zh"].split("{")[0] not in shown
    assert words()["site.ignored"]["en"].split("{")[0] not in shown
