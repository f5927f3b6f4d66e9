"""The registers: the project's own, what is refused, names and what they tell."""

from collections import Counter
from pathlib import Path

import pytest

from gipcore.errors import InvalidDataError
from gipcore.register.names import Kind, kind_of, normalize_name
from gipcore.register.rows import load_register, region_prefix

LEVELS = ("province", "city", "county", "township")
REGIONS = "code,name,parent_code,level,name_en\n410000,河南省,,province,Henan\n"
OFFICES = "id,name,aliases,level,function,region_code,name_en\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (tmp_path / "offices.csv").write_text(OFFICES, encoding="utf-8")
    return tmp_path


def test_own_registers_have_the_offices_of_the_own_reports():
    register = load_register()
    offices = {office.name: office for office in register.offices}
    assert len(offices) == 9
    assert offices["涿河区金牛山办事处"].region_code is None
    assert offices["西工区人民政府办公室"].region_code == "410303"
    assert all(office.name_en for office in register.offices)
    assert all(r.name_en for r in register.regions if r.level in ("province", "city"))
    assert register.full_name(register.region_by_code["410303"]) == "河南省洛阳市西工区"


def test_own_register_has_the_whole_country_in_its_levels():
    register = load_register()
    levels = Counter(region.level for region in register.regions)
    assert (levels["province"], levels["city"]) == (31, 333)
    assert levels["county"] > 2900
    assert levels["township"] > 41_000
    for region in register.regions:
        parent = register.region_by_code.get(region.parent_code or "")
        assert len(region.code) == (9 if region.level == "township" else 6)
        if parent is None:
            assert region.level == "province"
            continue
        assert LEVELS.index(parent.level) < LEVELS.index(region.level)
        assert region.code.startswith(region_prefix(parent.code)), region


def test_nodes_that_are_no_regions_are_left_out():
    register = load_register()
    assert not {"市辖区", "县", "省直辖县级行政区划"} & {region.name for region in register.regions}
    parents = {"310101": "310000", "500229": "500000", "419001": "410000", "441900003": "441900"}
    parents |= {"620201001": "620200", "659001": "650000", "460400100": "460400"}
    found = {code: register.region_by_code[code].parent_code for code in parents}
    assert found == parents
    assert "620201" not in register.region_by_code  # 嘉峪关市 again, as its own district


def test_own_registers_name_no_office_twice():
    register = load_register()
    names = [normalize_name(n) for o in register.offices for n in (o.name, *o.aliases)]
    assert len(names) == len(set(names))


def test_offices_follow_their_regions_and_those_without_come_last():
    order = [office.region_code for office in load_register().offices_in_order()]
    known = [code for code in order if code is not None]
    assert known == sorted(known)
    assert order[-1] is None


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("regions.csv", "410300,洛阳市,420000,city,", "row 3.*420000"),
        ("regions.csv", "410000,河南省,,province,", "row 3.*twice"),
        ("regions.csv", "4103,洛阳市,410000,city,", "row 3.*code"),
        ("regions.csv", "410300,洛阳市,410000,village,", "row 3.*village"),
        ("regions.csv", "410300,,410000,city,", "row 3.*name"),
        ("regions.csv", "410300,洛阳市,410000,city", "row 3.*4 columns"),
        ("regions.csv", "４１０３００,洛阳市,410000,city,", "row 3.*code"),
        ("offices.csv", "a,甲,,city,government,999999,", "row 2.*999999"),
        ("offices.csv", "x-a,甲,,city,government,,", "row 2.*unregistered"),
        ("offices.csv", "A b,甲,,city,government,,", "row 2.*id"),
        ("offices.csv", "a,（）,,city,government,,", "row 2.*no name"),
        ("offices.csv", "a,甲,,city,,,", "row 2.*function"),
        ("offices.csv", "a", "row 2.*name"),
    ],
)
def test_broken_row_is_named(folder: Path, file: str, line: str, words: str):
    with (folder / file).open("a", encoding="utf-8") as register:
        register.write(line + "\n")
    with pytest.raises(InvalidDataError, match=rf"{file}, {words}"):
        load_register(folder)


def test_missing_or_garbled_register_is_named(folder: Path):
    (folder / "offices.csv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidDataError, match=r"offices\.csv"):
        load_register(folder)
    (folder / "offices.csv").unlink()
    with pytest.raises(InvalidDataError, match=r"offices\.csv"):
        load_register(folder)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("410000", "41"),
        ("410300", "4103"),
        ("410303", "410303"),
        ("4100", "41"),
        ("41", "41"),
        ("", ""),
        ("441900003", "441900003"),
        ("100000", "10"),
        ("000000", "00"),
    ],
)
def test_region_takes_all_below_it(code: str, prefix: str):
    assert region_prefix(code) == prefix


@pytest.mark.parametrize(
    ("name", "level", "function"),
    [
        ("西工区金谷园街道办事处", "township", "subdistrict"),
        ("某某街道办", "township", "subdistrict"),
        ("某某镇人民政府", "township", "government"),
        ("某某乡 人民政府", "township", "government"),
        ("河南省人民政府", "province", "government"),
        ("广西壮族自治区人民政府办公厅", "province", "general_office"),
        ("凉山彝族自治州人民政府", "city", "government"),
        ("沭阳县人民政府", "county", "government"),
        ("淮安市洪泽区人民政府", "county", "government"),
        ("某某旗人民政府", "county", "government"),
        ("西工区政府办公室", "county", "general_office"),
        ("沭阳县发展和改革局", "county", "development_and_reform"),
        ("淮安市人民政府", None, "government"),
        ("郑州高新技术产业开发区发展和改革局", None, "development_and_reform"),
        ("金牛山办事处", None, None),
        ("国家税务总局某某县税务局", "county", "taxation"),
        ("某某区教育和体育局", "county", "education"),
        ("河南省财政厅", "province", "finance"),
        ("城市管理局", None, "urban_management"),
        ("某某镇财政所", None, None),
        ("某某经济技术开发区管理委员会", None, "development_zone"),
        ("", None, None),
    ],
)
def test_name_tells_only_what_is_sure(name: str, level: str | None, function: str | None):
    assert kind_of(name) == Kind(level, function)


def test_spellings_of_a_name_are_one():
    spellings = (
        "西工区（本级）政府",
        "西工区 (本级) 政府",
        "西工区〔本级〕政府　",
        "西工区【本级】政府\n",
    )
    assert len({normalize_name(name) for name in spellings}) == 1
    assert normalize_name("ＡＢ１") == normalize_name("ab1")
