"""Offices found by their names in the project's own registers."""

import time
import tomllib
from pathlib import Path

import pytest

from gipcore.register.matching import Finder, Match, own_finder
from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion, load_register

CASES = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))["name"]
NAMES = [(name, case) for case in CASES for name in case["names"]]
KEYS = {"names", "office", "region", "level", "function", "suggestion"}


@pytest.mark.parametrize(("name", "case"), NAMES, ids=[name for name, _ in NAMES])
def test_name_is_found_as_what_it_is(name: str, case: dict[str, str]) -> None:
    assert set(case) <= KEYS
    match = own_finder().match(name)
    assert (None if match.office is None else match.office.id) == case.get("office")
    assert match.region_code == case.get("region")
    assert match.suggestion == case.get("suggestion")
    assert match.level == case.get("level")
    if "function" in case:
        assert match.function == case["function"]


@pytest.mark.parametrize(
    ("name", "context", "region"),
    [
        ("鼓楼区人民政府", "南京市鼓楼区位于主城。", "320106"),
        ("鼓楼区人民政府", "本区面积", None),
        ("鼓楼区人民政府", "南京市与徐州市结对", None),
        ("鼓楼区人民政府", "福建省福州市", "350102"),
        ("朝阳区人民政府", "北京市", "110105"),
        ("城关镇人民政府", "天津市武清区城关镇", "120114110"),
        ("西工区教育局", "南京市鼓楼区", "410303"),
    ],
)
def test_text_of_a_report_decides_between_regions_of_one_name(
    name: str, context: str, region: str | None
) -> None:
    match = own_finder().match(name, context)
    assert match.region_code == region
    assert (match.suggestion is None) is (region is not None)


def test_region_given_decides_only_between_what_the_name_may_mean() -> None:
    finder = own_finder()
    decided = finder.place("鼓楼区人民政府", "350102")
    assert decided is not None
    assert (decided.region_code, decided.suggestion) == ("350102", None)
    assert finder.place("鼓楼区人民政府", "410303") is None
    assert finder.place("西工区教育局", "350102") is None


@pytest.mark.parametrize(
    "spellings",
    [
        ("西华县公安局", "周口市西华县公安局", "河南省周口市西华县公安局", "河南省西华县 公安局"),
        ("金牛山街道办事处", "浉河区金牛山街道", "信阳市浉河区人民政府金牛山街道办事处"),
        ("济源市卫生健康委员会", "济源市卫生健康委", "河南省济源市卫生健康委员会"),
        ("逍遥镇人民政府", "西华县逍遥镇政府", "西华县逍遥镇"),
        ("洛阳市文化和旅游局", "洛阳市文化旅游局"),
    ],
)
def test_spellings_of_an_office_have_one_key(spellings: tuple[str, ...]) -> None:
    keys = {own_finder().match(name).key for name in spellings}
    assert len(keys) == 1
    assert None not in keys


def test_offices_of_one_region_have_keys_of_their_own() -> None:
    names = (
        "西华县公安局",
        "西华县教育局",
        "西华县人民政府",
        "西华县逍遥镇人民政府",
        "西华县奉母镇人民政府",
    )
    assert len({own_finder().match(name).key for name in names}) == len(names)


def test_nothing_is_said_of_no_name() -> None:
    nothing = Match(None, None, None, None, None)
    assert own_finder().match("") == own_finder().match("（ ）") == nothing


def test_name_without_end_is_matched_in_no_time() -> None:
    start = time.process_time()
    for name in ("市" * 100_000, "金" * 5000 + "街道办事处", "新区" * 60, "县镇乡" * 40):
        own_finder().match(name, name)
    assert time.process_time() - start < 10  # a part of a second; never minutes


def test_register_without_regions_knows_only_its_offices() -> None:
    office = RegisteredOffice("a", "甲县人民政府", (), "county", "government", None)
    finder = Finder(Register(offices=(office,)))
    assert finder.match("甲县人民政府").office == office
    assert finder.match("乙县人民政府").office is None


def test_every_region_is_found_by_its_full_name() -> None:
    register = load_register()
    finder = own_finder()
    larger = [region for region in register.regions if region.level != "township"]
    wrong = [
        name
        for region in larger
        if finder.match(name := f"{register.full_name(region)}审计局").region_code != region.code
    ]
    assert wrong == []


def test_most_townships_are_found_by_their_full_names() -> None:
    register = load_register()
    finder = own_finder()
    townships = [region for region in register.regions if region.level == "township"][::10]
    wrong = [
        region
        for region in townships
        if finder.match(f"{register.full_name(region)}人民政府").region_code != region.code
    ]
    assert len(wrong) < len(townships) / 100


def test_synthetic_region_decides_as_a_real_one() -> None:
    regions = (
        RegisteredRegion("990000", "东省", None, "province"),
        RegisteredRegion("990100", "甲乙市", "990000", "city"),
        RegisteredRegion("990101", "丙丁区", "990100", "county"),
    )
    match = Finder(Register(regions)).match("甲乙市丙丁区财政局")
    assert (match.region_code, match.level, match.function) == ("990101", "county", "finance")
