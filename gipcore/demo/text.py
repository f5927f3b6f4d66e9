"""The text of a synthetic report: a few paragraphs, some of them last year's again."""

from numpy.random import Generator

from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.report import Claim, Number, Passage

SLIP_SHARE = 0.01  # texts whose figure is not that of the table
MOST_SLIP = 20
OPENINGS = (
    "{office}（模拟数据）按照要求编制{year}年度报告，所列数据的统计期限为{year}年1月1日至12月31日。",
    "本报告是模拟数据，由程序为{office}生成，统计期限自{year}年1月1日起至{year}年12月31日止。",
)
WORK = (
    "完善公开目录，按月核对栏目更新情况，全年补正栏目若干。",
    "组织窗口人员学习依申请公开的办理规范，统一答复文书的格式。",
    "对政策文件同步配发解读，并在办事大厅设置查阅点。",
    "定期抽查公开栏目的链接和日期，发现问题当周整改。",
    "把公开工作列入年度考核，按季通报进展。",
)
PROBLEMS = (
    "部分栏目更新不够及时，下一步将明确责任人和更新时限。",
    "个别答复说理不够充分，下一步将加强案例培训。",
    "解读形式较为单一，下一步将增加图示和问答。",
)
LAST = "无其他需要报告的事项。"
SECTIONS = EDITIONS[EditionId.Y2021].sections
NUMERALS = "一二三四五六"


def claims_of(
    received: Number | None, disposed: Number | None, dice: Generator
) -> tuple[Claim, ...]:
    """Return what the text states: mostly the figures of the table."""
    found = []
    for line, verb, number in (("received", "收到", received), ("disposed", "办结", disposed)):
        if number is None:
            continue
        slip = int(dice.integers(1, MOST_SLIP)) if dice.random() < SLIP_SHARE else 0
        value = int(number) + slip
        place = "section 1, paragraph 2"
        found.append(Claim((f"{line}.total",), value, f"{verb}…{value} 件", place, says=verb))
    return tuple(found)


def passages_of(
    office: str, year: int, claims: tuple[Claim, ...], dice: Generator
) -> tuple[Passage, ...]:
    """Return the paragraphs of the six sections; the work done differs little from year to year."""
    stated = "，".join(f"{claim.says}{claim.value}件" for claim in claims)
    work = [WORK[number] for number in dice.integers(len(WORK), size=2)]
    texts = {
        1: (
            OPENINGS[int(dice.integers(len(OPENINGS)))].format(office=office, year=year),
            f"依申请公开方面，{year}年共{stated}。",
            *dict.fromkeys(work),
        ),
        5: (PROBLEMS[int(dice.integers(len(PROBLEMS)))],),
        6: (LAST,),
    }
    found = []
    for section in SECTIONS:
        number = section.number
        heading = f"{NUMERALS[number - 1]}、{section.title.zh}"
        found.append(Passage(number, heading, f"section {number}, paragraph 0"))
        for position, text in enumerate(texts.get(number, ()), start=1):
            found.append(Passage(number, text, f"section {number}, paragraph {position}"))
    return tuple(found)
