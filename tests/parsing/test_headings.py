"""Which lines open the six sections: sub-headings, contents, other words and faults of order."""

from random import Random

import pytest

from gipcore.checks.catalogue import check
from gipcore.checks.outcome import Verdict
from gipcore.checks.run import run_checks
from gipcore.form.editions import SECTIONS
from gipcore.form.model import EditionId
from gipcore.form.report import Report
from tests.parsing.layouts import Layout, balanced_figures, write
from tests.parsing.test_layouts import assert_reads, parsed

EDITION = EditionId.Y2021
FIGURES = balanced_figures(Random(11), EDITION)
OFFICIAL = [f"{'一二三四五六'[s.number - 1]}、{s.title.zh}" for s in SECTIONS]
ALL = [1, 2, 3, 4, 5, 6]


def written(text: str = "全年公开信息不少。", headings: list[str] | None = None) -> str:
    report = write(FIGURES, Layout(), edition=EDITION, year=2023, text=text)
    for official, other in zip(OFFICIAL, headings or OFFICIAL, strict=True):
        report = report.replace(official, other)
    return report


def faults(report: Report) -> list[str]:
    """Return the faults of C105, each with its section."""
    return [
        f"{outcome.detail.partition(':')[0]} {outcome.places[0][-1]}"
        for outcome in run_checks(report)
        if outcome.code == check("C105").code and outcome.verdict is Verdict.FAILED
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "（一）主动公开情况\n\n公开不少。\n\n（二）依申请公开情况\n\n没有。\n\n（三）行政复议、行政诉讼情况\n\n一件也没有。",
        "1.主动公开情况\n\n公开不少。\n\n2.依申请公开办理情况\n\n没有。\n\n3.其他需要报告的事项\n\n暂时没有。",
        "主动公开情况\n\n公开不少。\n\n依申请公开办理情况\n\n没有。",
        "（一）基本情况\n\n公开不少。\n\n（二）存在的主要问题及改进措施\n\n没有。",
    ],
    ids=["groups", "numbers", "without", "later_sections"],
)
@pytest.mark.parametrize("section", [1, 5])
def test_headings_inside_a_section_of_text_open_no_other(section, inside) -> None:
    place = "全年公开信息不少。" if section == 1 else "公开的渠道还不够多，明年增加。"
    report = assert_reads(FIGURES, written().replace(place, inside), EDITION)
    assert [heading.number for heading in report.sections] == ALL
    assert faults(report) == []
    texts = {p.text: p.section for p in report.passages}
    assert {texts[line] for line in inside.split("\n\n")} == {section}


@pytest.mark.parametrize("end", ["", "……………3", " 3"])
def test_a_list_of_contents_opens_nothing(end) -> None:
    contents = "\n\n".join(f"{heading}{end}" for heading in OFFICIAL)
    report = assert_reads(
        FIGURES, written().replace(OFFICIAL[0], f"目录\n\n{contents}\n\n{OFFICIAL[0]}", 1), EDITION
    )
    assert [heading.number for heading in report.sections] == ALL
    assert faults(report) == []
    assert next(p.section for p in report.passages if p.text == "全年公开信息不少。") == 1


@pytest.mark.parametrize(
    "headings",
    [
        ["第一部分 总体情况", *(f"第{h[0]}部分 {h[2:]}" for h in OFFICIAL[1:])],
        [f"{heading[0]} {heading[2:]}" for heading in OFFICIAL],
        [f"（{heading[0]}）{heading[2:]}" for heading in OFFICIAL],
        [f"{number}. {heading[2:]}" for number, heading in enumerate(OFFICIAL, start=1)],
        [f"{heading}：" for heading in OFFICIAL],
        [
            "一、2023年政府信息公开工作总体情况",
            "二、行政机关主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况表",
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "五、政府信息公开工作存在的主要问题、改进措施",
            "六、其它需报告事项",
        ],
        [
            "一、概述",
            "二、主动公开政府信息",
            "三、依申请公开情况",
            "四、政府信息公开行政复义和诉讼情况",
            "五、存在问题及下一步改进措施",
            "六、其他事项",
        ],
    ],
    ids=["parts", "bare", "groups", "digits", "colons", "longer", "shorter"],
)
def test_headings_in_other_words_and_numbers_are_the_sections(headings) -> None:
    report = assert_reads(FIGURES, written(headings=headings), EDITION)
    assert [heading.number for heading in report.sections] == ALL
    assert faults(report) == []


@pytest.mark.parametrize("parting", ["：", "。", " ", ""])
def test_text_on_the_line_of_its_heading_is_the_sections(parting) -> None:
    line = f"{OFFICIAL[5]}{parting}本年没有。"
    report = assert_reads(FIGURES, written().replace(OFFICIAL[5], line), EDITION)
    assert [heading.title for heading in report.sections][-1] == OFFICIAL[5]
    assert (6, "本年没有。") in {(p.section, p.text) for p in report.passages}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({3: OFFICIAL[2]}, ["repeated 3", "absent 4"]),
        ({2: f"{OFFICIAL[2]}\n\n{OFFICIAL[2]}"}, ["repeated 3"]),
        ({3: OFFICIAL[4], 4: OFFICIAL[3]}, ["out_of_order 4"]),
        ({3: OFFICIAL[3].replace("四", "三")}, ["misnumbered 4"]),
        ({5: "附言"}, ["absent 6"]),
    ],
    ids=["copied", "twice", "exchanged", "misnumbered", "absent"],
)
def test_a_fault_of_the_headings_is_reported_once(changes, expected) -> None:
    marked = [f"@{number}" for number in range(6)]
    text = written(headings=marked)
    for number, mark in enumerate(marked):
        text = text.replace(mark, changes.get(number, OFFICIAL[number]))
    assert faults(assert_reads(FIGURES, text, EDITION)) == expected


def test_a_report_printed_twice_on_a_page_repeats_no_heading() -> None:
    text = written()
    assert faults(parsed(text + text.partition("\n")[2])) == []
