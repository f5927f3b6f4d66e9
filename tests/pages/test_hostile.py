"""Documents are hostile: their words are shown as they are and do nothing."""

from dataclasses import replace

import pytest

from gipcore.form.report import Claim, Repair, RepairCode, State, Unread, Value
from tests.pages.database import make_database, published
from tests.pages.reading import pieces, text

SCRIPT = "<script>alert(1)</script><img src=x>"
MARKDOWN = ":material/warning: $x^2$ **b** [a](javascript:alert(3))"
NAME = f"{SCRIPT}{MARKDOWN}局"


def hostile_report():
    """A report whose every text is hostile."""
    report = next(one for one in published() if one.number("reconsideration.upheld") == 10)
    cells = {
        **report.cells,
        "received.total": Value(21, State.NUMBER, f"21{SCRIPT}", f"table 3, {SCRIPT}"),
        "disposed.total": Value(None, State.UNREADABLE, SCRIPT, "table 3"),
    }
    return replace(
        report,
        office=replace(report.office, name=NAME, id=None, region_code=None),
        title=f"{NAME}2023年政府信息公开工作年度报告",
        cells=cells,
        source=replace(report.source, file=f"{SCRIPT}.html", sha256="f" * 64),
        claims=(Claim(("received.total",), 999, f"收到{SCRIPT}", f"section {SCRIPT}", SCRIPT),),
        repairs=(Repair(RepairCode.ROW_SHIFTED, SCRIPT, SCRIPT, ("received.total",)),),
        unread=(Unread(SCRIPT, MARKDOWN),),
    )


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("hostile") / "gip.sqlite", [hostile_report()])


@pytest.fixture
def office_id(hostile_url):
    from gipcore.store import reading
    from gipcore.store.database import open_engine
    from gipcore.store.query import Query

    engine = open_engine(hostile_url, read_only=True)
    found = reading.reports(engine, Query())[0]
    engine.dispose()
    return found.office_id


@pytest.mark.parametrize(
    "page", ["overview", "offices", "office", "report", "quality", "download", "reviews"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_a_document_stay_words(visit, hostile_url, office_id, page, language):
    given = {
        "office": {"office": office_id},
        "report": {"report": f"{office_id}-2023", "below": "raw", "check": "C301"},
        "reviews": {"balanced": "any"},
    }.get(page, {})
    app = visit(page, url=hostile_url, lang=language, **given)
    html = "".join(pieces(app))
    assert "<script" not in html
    assert "<img" not in html
    assert "alert(1)" in text(app)
    # Nothing of a document goes through markdown, where directives and links would come alive.
    drawn = [element.value for element in (*app.markdown, *app.caption, *app.title, *app.header)]
    assert not any("alert" in words or ":material" in words for words in drawn)
