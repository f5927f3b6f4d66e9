"""One damage at a time: what real documents do to the tables, and that it is right or flagged."""

import re
from random import Random

import pytest

from gipcore.errors import NoReportError
from gipcore.form.model import EditionId
from gipcore.form.report import State
from tests.parsing.layouts import Gaps, Layout, Lines, balanced_figures, write
from tests.parsing.test_layouts import assert_reads, parsed

EDITION = EditionId.Y2021
REISSUE = "5.要求行政机关确认或重新出具已获取信息"


@pytest.fixture
def figures() -> dict:
    return balanced_figures(Random(5), EDITION)


@pytest.fixture
def text(figures) -> str:
    return write(figures, Layout(), edition=EDITION, year=2023)


def codes(report) -> set[str]:
    return {repair.code.value for repair in report.repairs}


def test_a_damaged_label_is_matched_and_reported(figures, text) -> None:
    report = assert_reads(
        figures, text.replace("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"), EDITION
    )
    assert codes(report) == {"label_approximate"}


def test_a_lost_label_is_placed_by_order_and_flagged(figures, text) -> None:
    report = assert_reads(figures, text.replace("\t6.属于四类过程性信息", "\t"), EDITION)
    flagged = [repair for repair in report.repairs if repair.code == "placed_by_order"]
    assert [repair.cells[0] for repair in flagged] == ["denied.process_information.natural_person"]


def test_two_lost_labels_between_known_lines_are_placed_by_order(figures, text) -> None:
    damaged = text.replace("\t6.属于四类过程性信息", "\t").replace("\t7.属于行政执法案卷", "\t")
    report = assert_reads(figures, damaged, EDITION)
    assert sum(repair.code == "placed_by_order" for repair in report.repairs) == 2


def test_the_text_is_kept_without_its_tables(text) -> None:
    kept = {(passage.section, passage.text) for passage in parsed(text).passages}
    tables = [passage for passage in kept if passage[0] in (2, 3, 4)]
    assert all(passage[1][0] in "二三四" for passage in tables)
    assert len({section for section, _ in kept}) == 7


def test_a_row_of_no_line_is_left_unread(figures, text) -> None:
    extra = "\t\t9.依据其他文件\t1\t0\t0\t0\t0\t0\t1"
    report = parsed(text.replace("\n\t（四）无法提供", f"\n{extra}\n\t（四）无法提供"))
    assert {name: value.number for name, value in report.cells.items()} == figures
    assert [row.text.split(" | ")[0] for row in report.unread] == ["9.依据其他文件"]


@pytest.mark.parametrize("drop", ["二、主动", "三、收到", "四、政府"])
def test_a_missing_heading_does_not_matter(figures, text, drop) -> None:
    assert_reads(figures, re.sub(rf"(?m)^{drop}.*\n", "", text), EDITION)


def test_numbering_off_by_one_does_not_matter(figures, text) -> None:
    report = assert_reads(figures, text.replace("三、收到和处理", "二．收到和处理"), EDITION)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_figures_detached_from_their_labels_are_paired_and_flagged(figures, text) -> None:
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if "一、本年新收" in line)
    rows = []
    while "\t" in lines[start]:
        rows.append(lines.pop(start).split("\t"))
    lines[start:start] = ["\t".join(row[:3]) for row in rows] + ["\t".join(row[3:]) for row in rows]
    report = assert_reads(figures, "\n".join(lines), EDITION)
    assert "placed_by_order" in codes(report)


@pytest.mark.parametrize("where", ["above", "below", "around"])
def test_a_label_wrapped_around_its_figures_is_joined(figures, text, where) -> None:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if REISSUE in line)
    cells = lines[at].split("\t")[3:]
    first, last = f"\t\t{REISSUE[:12]}", f"\t\t{REISSUE[12:]}"
    values, nothing = "\t" + "\t".join(cells), "\t" * 7
    lines[at : at + 1] = {
        "above": [first + nothing, last + values],
        "below": [first + values, last + nothing],
        "around": [first + nothing, "\t\t" + values, last + nothing],
    }[where]
    report = assert_reads(figures, "\n".join(lines), EDITION)
    assert not codes(report) & {"label_approximate", "placed_by_order"}


@pytest.mark.parametrize("lines", [line for line in Lines if line is not Lines.SPACES])
@pytest.mark.parametrize("gaps", Gaps)
def test_blank_cells_keep_their_places(lines, gaps) -> None:
    figures = balanced_figures(Random(5), EDITION)
    blanked = {
        name: value or None if name.startswith(("denied", "granted", "rec", "lit")) else value
        for name, value in figures.items()
    }
    layout = Layout(lines=lines, gaps=gaps)
    assert_reads(blanked, write(blanked, layout, edition=EDITION, year=2023), EDITION)


def test_where_blanks_vanish_two_equal_figures_are_person_and_total_and_flagged(figures, text):
    zeros = dict.fromkeys(figures, 0)
    blanked = zeros | dict.fromkeys((name for name in zeros if name.startswith("granted.")), None)
    blanked |= {"granted.natural_person": 3, "granted.total": 3}
    written = write(blanked, Layout(lines=Lines.SPACES), edition=EDITION, year=2023)
    report = parsed(written)
    assert report.number("granted.natural_person") == report.number("granted.total") == 3
    flagged = [repair for repair in report.repairs if repair.code == "placed_by_order"]
    assert flagged[0].cells == ("granted.total", "granted.natural_person")


def test_a_cell_printed_twice_with_different_figures_is_a_conflict(figures, text) -> None:
    line = next(line for line in text.split("\n") if "（一）予以公开" in line)
    other = line.rsplit("\t", 1)[0] + "\t99999"
    report = parsed(text.replace(line, f"{line}\n{other}"))
    assert report.cells["granted.total"].state is State.CONFLICT
    assert report.number("granted.total") is None


def test_a_note_beside_a_figure_is_kept_apart_and_reported(figures, text) -> None:
    line = next(line for line in text.split("\n") if line.startswith("行政规范性文件"))
    _, issued, rest = line.split("\t", 2)
    noted = f"行政规范性文件\t{issued}（其中修订 1 件）\t{rest}"
    report = assert_reads(figures, text.replace(line, noted), EDITION)
    assert "note_removed" in codes(report)
    assert report.cells["proactive.normative_documents.issued"].raw.endswith("（其中修订 1 件）")


def test_printed_subtotals_are_read_as_subtotals(figures, text) -> None:
    head = "\t（三）不予公开\t1.属于国家秘密"
    subtotal = "\t（三）不予公开\t小计\t" + "\t".join("0" * 7)
    report = parsed(text.replace(head, f"{subtotal}\n{head}"))
    assert report.number("denied.total") == 0
    assert report.number("denied.state_secret.total") == figures["denied.state_secret.total"]
    assert report.number("disposed.total") == figures["disposed.total"]


def test_page_numbers_inside_a_table_are_no_figures(figures) -> None:
    written = write(figures, Layout(lines=Lines.CELLS), edition=EDITION, year=2023)
    broken = written.replace("\n2.重复申请\n", "\n- 4 -\n2.重复申请\n")
    assert_reads(figures, broken.replace("\n（七）总计\n", "\n— 5 —\n（七）总计\n"), EDITION)


def test_a_later_report_on_the_old_edition_is_read_as_it_is() -> None:
    old = balanced_figures(Random(3), EditionId.Y2019)
    assert_reads(old, write(old, Layout(), edition=EditionId.Y2019, year=2023), EditionId.Y2019)


def test_traditional_script_is_read() -> None:
    figures = balanced_figures(Random(9), EDITION)
    written = write(figures, Layout(), edition=EDITION, year=2023)
    pairs = str.maketrans("总计结转继续办处罚强制规无检请", "總計結轉繼續辦處罰強制規無檢請")
    assert_reads(figures, written.translate(pairs), EDITION)


def test_headings_without_tables_are_no_report(text) -> None:
    with pytest.raises(NoReportError, match="no figures found"):
        parsed(re.sub(r"(?m)^.*\t.*\n?", "", text))


def test_a_form_without_values_is_no_report_and_never_zeros(figures) -> None:
    empty = write(dict.fromkeys(figures), Layout(), edition=EDITION, year=2023)
    with pytest.raises(NoReportError, match="no figures found"):
        parsed(empty)


def test_another_document_is_no_report() -> None:
    with pytest.raises(NoReportError, match="no annual report found"):
        parsed("青禾县文化节安排\n\n节目\t时间\n开幕\t9\n")


def test_several_reports_in_one_file_are_named_and_not_mixed(text) -> None:
    other = text.replace("青禾县柳塘镇人民政府", "青禾县白鹭乡人民政府")
    with pytest.raises(NoReportError, match="白鹭乡") as caught:
        parsed(text + other)
    assert caught.value.code == "several_reports"


def _row_changed(text: str, label: str, change) -> str:
    """Return the text with the figures of one row of table 3 changed by a function of its cells."""
    line = next(line for line in text.split("\n") if label in line)
    return text.replace(line, "\t".join(change(line.split("\t"))))


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[:-1],
        lambda cells: [*cells[:3], *cells[4:]],
        lambda cells: [*cells[:5], *cells[6:]],
    ],
    ids=["last", "first", "inner"],
)
@pytest.mark.parametrize("label", ["一、本年新收", "（一）予以公开", "3.其他"])
def test_a_row_that_lost_a_cell_is_never_guessed_and_always_named(figures, text, label, change):
    report = parsed(_row_changed(text, label, change))
    read = {name: value.number for name, value in report.cells.items()}
    assert all(figures[name] == number for name, number in read.items())
    assert len(read) == len(figures) - 7
    assert [repair.code for repair in report.repairs] == ["cell_missing"]
    assert len(report.unread) == 1


def test_figures_shifted_by_a_cell_are_read_and_reported(figures, text) -> None:
    report = assert_reads(
        figures,
        _row_changed(text, "（二）部分公开", lambda cells: [*cells[:3], "", *cells[3:]]),
        EDITION,
    )
    assert codes(report) == {"row_shifted"}


def test_table_4_with_a_cell_lost_is_unread_and_named(figures, text) -> None:
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("四、政府")) + 5
    lines[at] = "\t".join(lines[at].split("\t")[:-1])
    report = parsed("\n".join(lines))
    assert not any(name.startswith(("recon", "litig")) for name in report.cells)
    assert codes(report) == {"cell_missing"}


def test_trailing_blanks_cut_from_lines_stay_blank_and_are_reported() -> None:
    figures = balanced_figures(Random(5), EDITION)
    blanked = {
        name: None if name.endswith(".total") and name.startswith("denied") else value
        for name, value in figures.items()
    }
    written = write(blanked, Layout(), edition=EDITION, year=2023)
    cut = "\n".join(line.rstrip("\t") for line in written.split("\n"))
    report = assert_reads(blanked, cut, EDITION)
    assert codes(report) == {"cell_missing"}


@pytest.mark.parametrize("where", ["after", "around"])
def test_labels_of_pasted_lines_that_end_below_their_figures_are_whole(figures, where) -> None:
    written = write(figures, Layout(lines=Lines.SPACES), edition=EDITION, year=2023)
    lines = []
    for line in written.split("\n"):
        words, *rest = line.split("  ")
        if len(rest) == 7 and len(words) > 10:
            head, end = words[:8], words[8:]
            figures_line = "  ".join(rest)
            lines += (
                [f"{head}  {figures_line}", end] if where == "after" else [head, figures_line, end]
            )
        else:
            lines.append(line)
    report = parsed("\n".join(lines))
    flagged = {cell for repair in report.repairs for cell in repair.cells}
    read = {name: value.number for name, value in report.cells.items()}
    assert {name for name in read if figures.get(name) != read[name]} <= flagged
    assert len(read) >= len(figures) - 7


def test_a_leaf_of_unknown_words_is_not_its_neighbours(text) -> None:
    known, unknown = "2.没有现成信息需要另行制作", "没有现成信息需要另行制作\t9.依据其他文件"
    report = parsed(text.replace(f"\t{known}", f"\t{unknown}"))
    assert "unable_to_provide.requires_creation.total" not in report.cells or any(
        "unable_to_provide.requires_creation.total" in repair.cells for repair in report.repairs
    )


def test_a_table_drawn_with_lines_is_read(figures) -> None:
    written = write(figures, Layout(is_markdown=True), edition=EDITION, year=2023)
    drawn = written.replace("| --- ", "┼────").replace("|", "│").replace("┼────", "┼───")
    assert_reads(figures, drawn, EDITION)


def test_labels_broken_by_tags_in_markdown_are_read(figures) -> None:
    written = write(figures, Layout(is_markdown=True), edition=EDITION, year=2023)
    assert_reads(figures, written.replace("属于行政", "属于<br>行政"), EDITION)


def test_one_damaged_figure_costs_no_other(figures, text) -> None:
    line = next(line for line in text.split("\n") if "（一）予以公开" in line)
    cells = line.split("\t")
    damaged = "\t".join([*cells[:5], "O", *cells[6:]])
    report = parsed(text.replace(line, damaged))
    wrong = {n for n, v in report.cells.items() if v.number != figures[n]}
    assert wrong == {"granted.research_institution"}
    assert report.cells["granted.research_institution"].state is State.UNREADABLE


@pytest.mark.parametrize("section", ["一、总体情况", "五、存在的主要问题"])
def test_last_years_table_in_a_section_of_text_is_not_this_years(figures, text, section) -> None:
    other = write(balanced_figures(Random(6), EDITION), Layout(), edition=EDITION, year=2022)
    table = other.partition("三、收到和处理政府信息公开申请情况")[2].partition("四、")[0]
    heading = next(line for line in text.split("\n") if line.startswith(section))
    with_table = text.replace(
        heading, f"{heading}\n\n2022年的情况如下。\n\n{table.strip()}\n\n以上。"
    )
    assert_reads(figures, with_table, EDITION)


def test_tables_that_stand_in_another_section_alone_are_read(figures, text) -> None:
    for heading in ("二、主动", "三、收到", "四、政府"):
        line = next(line for line in text.split("\n") if line.startswith(heading))
        text = text.replace(line, "")
    assert_reads(figures, text, EDITION)


DAMAGED = ["约三五", "??", "若干", "见附件", "1O", "三十二", "不详", "#REF!"]
DAMAGED_CELLS = [
    "proactive.government_rules.issued",
    "proactive.licences.decisions",
    "received.natural_person",
    "granted.total",
    "denied.state_secret.legal_services",
    "reconsideration.upheld",
    "litigation_direct.corrected",
    "litigation_after_reconsideration.total",
]


@pytest.mark.parametrize("printed", DAMAGED)
@pytest.mark.parametrize("name", DAMAGED_CELLS)
def test_words_in_place_of_a_figure_cost_no_other(figures, name, printed) -> None:
    written = write(figures | {name: printed}, Layout(), edition=EDITION, year=2023)
    report = parsed(written)
    assert report.cells[name].state is State.UNREADABLE
    assert report.cells[name].raw == printed
    read = {other: value.number for other, value in report.cells.items()}
    assert read == figures | {name: None}
    assert report.unread == ()


@pytest.mark.parametrize("lines", [Lines.CELLS, Lines.CELLS_APART, Lines.CELLS_PIPE_LINE])
@pytest.mark.parametrize("printed", ["约三五", "??", "若干", "1O"])
@pytest.mark.parametrize("name", [DAMAGED_CELLS[0], *DAMAGED_CELLS[2:3], *DAMAGED_CELLS[4:7]])
def test_words_on_the_line_of_a_figure_cost_no_other(figures, name, printed, lines) -> None:
    layout = Layout(lines=lines)
    report = parsed(write(figures | {name: printed}, layout, edition=EDITION, year=2023))
    read = {other: value.number for other, value in report.cells.items()}
    assert read == figures | {name: None}
    assert report.cells[name].state is State.UNREADABLE


def test_a_comparison_of_years_below_the_form_is_no_row_of_it(figures, text) -> None:
    other = "项目\t2022年\t2023年\n一、本年新收政府信息公开申请数量\t5\t7\n（一）予以公开\t1\t2"
    heading = next(line for line in text.split("\n") if line.startswith("四、政府"))
    report = assert_reads(
        figures, text.replace(heading, f"与上年相比如下。\n\n{other}\n\n{heading}"), EDITION
    )
    assert report.repairs == ()


def test_figures_below_labels_that_a_tab_keeps_apart_are_read(figures) -> None:
    """A page whose cells hold paragraphs is copied as labels by tabs and a figure a line."""
    text = write(figures, Layout(gaps=Gaps.VANISHED), edition=EDITION, year=2023)
    head, rows = text.split("一、本年新收", 1)
    rows, tail = ("一、本年新收" + rows).split("四、政府信息公开行政复议", 1)
    pasted = re.sub(r"\t(?=[\d.]+(\t|$))", "\n\n", rows, flags=re.M)
    pasted = re.sub(r"(?m)^(.*[^\d\n].*)\n\n(?=[\d.]+$)", r"\1\t\n", pasted)
    assert "\t（一）予以公开\t\n" in pasted
    assert_reads(figures, f"{head}{pasted}四、政府信息公开行政复议{tail}", EDITION)


def test_a_group_before_its_first_line_shifts_nothing(figures) -> None:
    text = write(figures, Layout(gaps=Gaps.VANISHED), edition=EDITION, year=2023)
    assert codes(assert_reads(figures, text, EDITION)) == set()
