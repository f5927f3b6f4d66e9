"""Offices that documents name: which are one, which are several, and where they belong."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from gipcore.form.report import OfficeName
from gipcore.register.rows import load_register
from gipcore.store import database, reading
from gipcore.store.building import new_database
from gipcore.store.database import open_engine
from gipcore.store.offices import find_office, unregistered_id
from gipcore.store.query import Query
from gipcore.store.rows import OfficeRow
from tests.factories import make_report, read


def built(url: str, *offices: tuple[OfficeName, int]) -> Engine:
    with new_database(url, load_register()) as writer:
        for named, year in offices:
            report = make_report(named.name or "", year)
            writer.save(read(replace(report, office=named)))
    return open_engine(url, read_only=True)


def unregistered(engine: Engine) -> dict[str, OfficeRow]:
    found = reading.offices(engine, Query())
    return {row.id: row for row in found if not row.is_registered}


def test_two_offices_of_one_name_in_two_regions_stay_two(url: str):
    name = "鼓楼区人民政府"
    engine = built(
        url, (OfficeName(name, None, "320106"), 2024), (OfficeName(name, None, "350102"), 2024)
    )
    found = unregistered(engine).values()
    assert [row.region_code for row in found] == ["320106", "350102"]
    assert [row.region_name for row in found] == ["江苏省南京市鼓楼区", "福建省福州市鼓楼区"]
    assert [row.reports for row in found] == [1, 1]
    assert reading.count_reports(engine, Query(region="35")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("西华县公安局", "河南省周口市西华县公安局"),
        ("浉河区金牛山街道办事处", "信阳市浉河区人民政府金牛山街道办事处"),
    ],
)
def test_two_spellings_of_an_office_are_one(url: str, one: str, other: str):
    engine = built(url, (OfficeName(one), 2023), (OfficeName(other), 2024))
    (row,) = unregistered(engine).values()
    assert (row.name, row.reports) == (one, 2)
    assert reading.chain(engine, row.id)[-1].report_id == f"{row.id}-2024"


def test_another_spelling_finds_the_registered_office(url: str):
    engine = built(url, (OfficeName("河南省洛阳市西工区金谷园路街道办事处"), 2024))
    assert unregistered(engine) == {}
    with database.reading(engine) as connection:
        found = find_office(connection, "洛阳市西工区人民政府金谷园街道办")
    assert found is not None
    assert found.id == "xigong-jinguyuan-subdistrict"


def test_unregistered_office_has_what_its_name_tells(url: str):
    names = (
        "西华县公安局",
        "济源市人民政府",
        "鼓楼区人民政府",
        "教育部",
        "洛阳经济技术开发区管委会",
    )
    engine = built(url, *((OfficeName(name), 2024) for name in names))
    found = {row.name: row for row in unregistered(engine).values()}
    kinds = {n: (row.region_code, row.level, row.function) for n, row in found.items()}
    assert kinds == {
        "西华县公安局": ("411622", "county", "public_security"),
        "济源市人民政府": ("419001", "county", "government"),
        "鼓楼区人民政府": (None, "county", "government"),
        "教育部": (None, "ministry", None),
        "洛阳经济技术开发区管委会": ("410300", None, "development_zone"),
    }


def test_what_is_not_in_the_register_is_a_notice_of_each_report(url: str):
    engine = built(
        url,
        (OfficeName("涿河区金牛山办事处"), 2024),
        (OfficeName("西华县公安局"), 2024),
        (OfficeName("鼓楼区人民政府"), 2024),
        (OfficeName("教育部"), 2024),
    )
    found = {row.office_name: row.detail for row in reading.findings(engine, Query(check="C108"))}
    assert set(found) == {"涿河区金牛山办事处", "鼓楼区人民政府"}
    assert "浉河区（河南省信阳市） township=金牛山街道" in found["涿河区金牛山办事处"]


def test_regions_are_those_that_hold_offices(new_url: Callable[[], str]):
    engine = built(new_url(), (OfficeName("西华县公安局"), 2024))
    codes = {row.code: row.offices for row in reading.regions(engine)}
    assert codes["411622"] == 2  # the registered subdistrict below it, too
    assert codes["411600"] == 2
    assert "411502" not in codes
    region = reading.region(engine, "411502")
    assert region is not None
    assert (region.full_name, region.offices) == ("河南省信阳市浉河区", 0)
    assert reading.region(engine, "999999") is None


def test_id_of_an_unregistered_office_is_that_of_its_spellings():
    spellings = ("西工区（本级）政府", "西工区 (本级) 政府", "西工区【本级】政府\n")
    assert len({unregistered_id(name) for name in spellings}) == 1
    assert unregistered_id("甲局") != unregistered_id("乙局")
    assert unregistered_id("甲局", "410000|甲局") != unregistered_id("甲局", "420000|甲局")
    assert unregistered_id("甲局", "410000|局") == unregistered_id("乙局", "410000|局")
