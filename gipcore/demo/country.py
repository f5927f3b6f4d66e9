"""The registers of a country that does not exist, as large as asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random

from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion

MARK = "模拟"  # stands in front of every province, so in every region's full name
MARK_EN = "Synthetic"
FIRST_CODE, MOST_PROVINCES = 11, 85
COUNTIES_OF_CITY, CITIES_OF_PROVINCE = 8, 11
OFFICES_OF_COUNTY = 16
FIRST_SYLLABLES = tuple("青云白石清长永安平和丰宁兴泰明东南西北龙凤金玉红松柳桃杏竹梅兰桂枫榆")
LAST_SYLLABLES = tuple("山河岭原川溪湖州城江泉塘林谷坪阳陵水沙渡桥湾岗峰港台关坝洲浦")
PINYIN = """
    qing yun bai shi qing chang yong an ping he feng ning xing tai ming dong nan xi bei long feng
    jin yu hong song liu tao xing zhu mei lan gui feng yu shan he ling yuan chuan xi hu zhou
    cheng jiang quan tang lin gu ping yang ling shui sha du qiao wan gang feng gang tai guan ba
    zhou pu
"""
SYLLABLES = dict(zip((*FIRST_SYLLABLES, *LAST_SYLLABLES), PINYIN.split(), strict=True))
SUFFIXES = {"province": "省", "city": "市", "county": "县"}
SUFFIXES_EN = {"province": "Province", "city": "City", "county": "County"}
FUNCTIONS = {
    "government": ("人民政府", "People's Government"),
    "general_office": ("人民政府办公室", "Government General Office"),
    "development_and_reform": ("发展和改革局", "Development and Reform Bureau"),
}
TOWNSHIP = ("街道办事处", "Subdistrict Office")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in both languages, without what kind of place it is."""

    zh: str
    en: str


def make_country(offices: int, seed: int) -> Register:
    """Return registers with so many offices: governments, their organs, townships."""
    names = _names(Random(seed))  # noqa: S311 - names are no secrets
    counties = max(1, round(offices / OFFICES_OF_COUNTY))
    regions = tuple(_regions(counties, names))
    made = list(islice(_organs(regions), offices))
    below = _townships([region for region in regions if region.level == "county"], names)
    made += islice(below, offices - len(made))
    return Register(regions, tuple(made))


def _names(dice: Random) -> Iterator[_Name]:
    """Yield names without end; the first thousand and more are of two syllables and differ."""
    pairs = [first + last for first in FIRST_SYLLABLES for last in LAST_SYLLABLES]
    dice.shuffle(pairs)
    for turn in count():
        for pair in pairs:
            zh = pair if turn == 0 else FIRST_SYLLABLES[turn % len(FIRST_SYLLABLES)] + pair
            yield _Name(zh, "".join(SYLLABLES[syllable] for syllable in zh).capitalize())


def _regions(counties: int, names: Iterator[_Name]) -> Iterator[RegisteredRegion]:
    """Yield provinces, cities and counties, each after what it lies in."""
    left = counties
    for province in range(FIRST_CODE, FIRST_CODE + MOST_PROVINCES):
        above = _region(f"{province}0000", None, "province", next(names))
        yield above
        for city in range(1, 1 + CITIES_OF_PROVINCE):
            middle = _region(f"{province}{city:02}00", above.code, "city", next(names))
            yield middle
            for county in range(1, 1 + COUNTIES_OF_CITY):
                code = f"{province}{city:02}{county:02}"
                yield _region(code, middle.code, "county", next(names))
                left -= 1
                if left == 0:
                    return


def _region(code: str, parent: str | None, level: str, name: _Name) -> RegisteredRegion:
    is_top = parent is None
    return RegisteredRegion(
        code=code,
        name=f"{MARK if is_top else ''}{name.zh}{SUFFIXES[level]}",
        parent_code=parent,
        level=level,
        name_en=f"{MARK_EN + ' ' if is_top else ''}{name.en} {SUFFIXES_EN[level]}",
    )


def _organs(regions: tuple[RegisteredRegion, ...]) -> Iterator[RegisteredOffice]:
    """Yield the government of each region, then its organs, function after function."""
    for function, (zh, en) in FUNCTIONS.items():
        for region in regions:
            yield RegisteredOffice(
                id=f"demo-{region.code}-{function.replace('_', '-')}",
                name=f"{region.name}{zh}",
                aliases=(),
                level=region.level,
                function=function,
                region_code=region.code,
                name_en=f"{region.name_en} {en}",
            )


def _townships(
    counties: list[RegisteredRegion], names: Iterator[_Name]
) -> Iterator[RegisteredOffice]:
    """Yield a township in each county, then a second in each, and so on."""
    zh, en = TOWNSHIP
    for number in count(1):
        for county in counties:
            name = next(names)
            yield RegisteredOffice(
                id=f"demo-{county.code}-{number}",
                name=f"{county.name}{name.zh}{zh}",
                aliases=(),
                level="township",
                function="subdistrict",
                region_code=county.code,
                name_en=f"{name.en} {en}, {county.name_en}",
            )
