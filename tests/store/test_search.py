"""Finding offices: by name, pinyin, initials, English, region, and though something is wrong."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion
from gipcore.register.sounds import (
    asked_grams,
    initials,
    mended_readings,
    readings,
    spelled,
    syllables,
    telling_grams,
)
from gipcore.store import reading
from gipcore.store.building import open_for_writing
from gipcore.store.models import SearchGram
from gipcore.store.query import Query
from gipcore.store.read_search import FOUND_AT_MOST
from gipcore.store.search import Match
from gipcore.store.writing import Writer
from tests.factories import REGISTER, build, country, make_report, read
from tests.store.test_hostile import NASTY

OTHERS = (
    RegisteredOffice(
        "changsha", "长沙市人民政府", (), "city", "government", "430100", "Changsha Government"
    ),
    RegisteredOffice(
        "shuyang-dr", "沭阳县发展和改革局", ("沭阳县发改局",), "county", "finance", None
    ),
    RegisteredOffice("education", "沭阳县教育局", (), "county", "education", None),
    RegisteredOffice("chongqing", "重庆市人民政府", (), "city", "government", None),
)
KNOWN = Register(
    (
        *REGISTER.regions,
        RegisteredRegion("430000", "湖南省", None, "province", "Hunan"),
        RegisteredRegion("430100", "长沙市", "430000", "city", "Changsha"),
    ),
    (*REGISTER.offices, *OTHERS),
)


@pytest.fixture(scope="module")
def engine(new_url: Callable[[], str]) -> Engine:
    return build(new_url(), country(), KNOWN)


def found(engine: Engine, words: str) -> list[tuple[str, Match]]:
    return [(one.office.id, one.match) for one in reading.find_offices(engine, words)]


@pytest.mark.parametrize(
    ("words", "office", "match"),
    [
        ("西工区人民政府", "xigong", Match.EXACT),
        ("  西工区（人民政府） ", "xigong", Match.EXACT),
        ("洛阳市政府", "luoyang", Match.EXACT),  # an alias
        ("长沙", "changsha", Match.PREFIX),
        ("区金谷园", "jinguyuan", Match.CONTAINS),
        ("谷园", "jinguyuan", Match.CONTAINS),
        ("Jinguyuan Subdistrict", "jinguyuan", Match.PREFIX),
        ("huai'an", "huaian", Match.PREFIX),
        ("xigong", "xigong", Match.PINYIN),
        ("XI GONG QU", "xigong", Match.PINYIN),
        ("xgq", "xigong", Match.PINYIN),
        ("chongqing", "chongqing", Match.PINYIN),  # not zhongqing: it is read as a word
        ("shuyangxian", "shuyang-dr", Match.PINYIN),
        ("河南", "luoyang", Match.REGION),
        ("Henan", "luoyang", Match.REGION),
        ("洛阳 金谷园", "jinguyuan", Match.REGION),
        ("luoyang jinguyuan", "jinguyuan", Match.REGION),
        ("长沙市人民正府", "changsha", Match.NEAR),  # sounds the same
        ("長沙市", "changsha", Match.NEAR),  # the traditional script
        ("西工区金银园街道办事处", "jinguyuan", Match.NEAR),  # one character wrong
        ("西王区金谷园街道", "jinguyuan", Match.NEAR),
        ("沐阳县教育局", "education", Match.NEAR),
        ("西工区金园街道办事处", "jinguyuan", Match.NEAR),  # one missing
        ("西工区金大谷园街道", "jinguyuan", Match.NEAR),  # one too many
        ("xigog", "xigong", Match.NEAR),
        ("cangsha", "changsha", Match.NEAR),
        ("jinguyaun", "jinguyuan", Match.NEAR),
    ],
)
def test_office_is_found_first(engine: Engine, words: str, office: str, match: Match):
    assert found(engine, words)[0] == (office, match)


def test_surest_stand_first(engine: Engine):
    ways = [match for _, match in found(engine, "西工区")]
    assert ways == sorted(ways)
    assert found(engine, "西工区政府")[0] == ("xigong", Match.EXACT)


def test_near_is_not_sought_where_something_is_found(engine: Engine):
    assert {match for _, match in found(engine, "淮安")} == {Match.PREFIX}


@pytest.mark.parametrize(
    "words", ["", "   ", "（）", "%", "_", "人", "qqq", "zzzzzz", "不存在的名"]
)
def test_nothing_is_found_for_nothing(engine: Engine, words: str):
    assert found(engine, words) == []


def test_letters_within_a_syllable_are_not_pinyin(engine: Engine):
    assert {match for _, match in found(engine, "igong")} == {Match.NEAR}
    assert ("huaian", Match.PINYIN) in found(engine, "anshi")


@pytest.mark.parametrize(
    "nasty", [*NASTY, "西" * 500, "a" * 5000, "x y " * 300, "x" * 40, "g" * 39]
)
def test_nasty_words_find_nothing(engine: Engine, nasty: str):
    assert found(engine, nasty) == []


def test_no_more_are_given_than_asked_for(new_url: Callable[[], str]):
    many = [
        RegisteredOffice(f"o-{n}", f"青山县第{n}局", (), "county", "finance", None)
        for n in range(60)
    ]
    engine = build(new_url(), (), Register((), tuple(many)))
    assert len(found(engine, "青山县")) == FOUND_AT_MOST
    assert len(reading.find_offices(engine, "清山县", limit=5)) == 5


def test_filter_takes_pinyin_as_part_of_the_name(engine: Engine):
    ids = [row.id for row in reading.offices(engine, Query(search="xigong"))]
    assert ids == ["xigong", "jinguyuan"]
    assert reading.count_reports(engine, Query(search="XGQ")) == 3
    assert reading.count_reports(engine, Query(search="xi%ong")) == 0
    assert reading.offices(engine, Query(search="xigog")) == ()


def test_office_that_only_a_document_names_is_found_and_goes(url: str):
    build(url, country(), KNOWN).dispose()
    with open_for_writing(url, KNOWN) as engine:
        with engine.begin() as connection:
            Writer(connection).save(read(make_report("西华县公安局", 2024)))
        assert found(engine, "xihuaxian")[0][1] is Match.PINYIN
        assert found(engine, "西花县公安局")[0][1] is Match.NEAR
        number = select(SearchGram.office).where(SearchGram.gram == "xi hua")
        with engine.connect() as connection:
            assert len(connection.scalars(number).all()) == 1


def test_sounds_of_names():
    assert syllables("重庆市") == ("chong", "qing", "shi")
    assert syllables("abc第12局") == ("abc", "di", "12", "ju")
    assert syllables("\U0002000b") in ((), ("zhang",), ("you",))
    assert spelled("西安市") == "XiAnShi"
    assert initials("XiAnShi") == "xas"


def test_letters_are_taken_apart_in_every_way():
    assert ("xi", "an") in readings("xian")
    assert ("xian",) in readings("xian")
    assert readings("xigog") == ()
    assert ("xi", "gong") in mended_readings("xigog")
    assert readings("a" * 1000) == mended_readings("a" * 1000) == ()


def test_one_error_leaves_something_to_find_by():
    grams = telling_grams("西工区人民政府金谷园街道办事处")
    for wrong in ("金银园", "金园", "金大谷园"):
        assert grams & asked_grams(syllables(wrong)), wrong
    assert not telling_grams("人民政府办公室")
