"""One neutral report form with its truth, rendered into every format by real tools."""

import io
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from gipcore.documents.model import Document, Grid
from gipcore.form import proactive, requests, reviews
from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId, Presence

REPORT_NAME = "青石县水务局2023年政府信息公开工作年度报告"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
SENTENCES = (
    "本局把公开写进日常流程，凡是该让群众知道的事情，都在办结之后及时挂到县政府网站的专栏上。",
    "全年修订公开目录一次，补充水价、节水和河道管理三类条目，并逐条核对了已经失效的文件。",
    "信息发布实行起草人自查、科室复核、分管领导签发三道手续，全年没有发生泄密和错发。",
    "我们在办事大厅摆放了查阅电脑和意见簿，工作日由值班人员引导老人查询缴费与停水通知。",
    "下一步将把问题整改列入台账，按季度检查，重点解决解读材料偏少和更新不够及时的问题。",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the neutral table: its text and how far it reaches."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells, each cell in the row it begins in."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield row, column and cell, by a plain matrix of taken positions."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                taken |= {
                    (row + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }

    def truth(self) -> list[list[str | None]]:
        """Return the texts of the grid that a reader must give; None where a cell is covered.

        Rows and columns in which no cell begins are none.
        """
        begins = {(row, column): bare(cell.text) for row, column, cell in self.placed()}
        columns = sorted({column for _, column in begins})
        rows = sorted({row for row, _ in begins})
        return [[begins.get((row, column)) for column in columns] for row in rows]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the form; level 1 is the title of the report."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """A report as it is to be rendered: titles, paragraphs and tables, and its figures."""

    parts: tuple[Title | str | Table, ...]
    figures: dict[str, int | float] = field(default_factory=dict)

    @property
    def tables(self) -> list[Table]:
        return [part for part in self.parts if isinstance(part, Table)]


def bare(text: str) -> str:
    """Return text without any white space, for comparing what formats space differently."""
    return "".join(text.split())


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str | None]]:
    """Return the bare texts of a grid, None where a position is covered."""
    return [[None if c.is_covered else bare(c.text) for c in row.cells] for row in grid.rows]


def prose(document: Document) -> list[str]:
    """Return the bare texts of the headings and paragraphs."""
    return [bare(block.text) for block in document.blocks if not isinstance(block, Grid)]


def expected_prose(form: Form) -> list[str]:
    return [
        bare(part.text if isinstance(part, Title) else part)
        for part in form.parts
        if not isinstance(part, Table)
    ]


def make_form(
    seed: int = 1,
    edition: EditionId = EditionId.Y2021,
    given: Mapping[str, int | float | None] | None = None,
) -> Form:
    """Return a whole report with random figures that balance, or with those given."""
    chance = random.Random(seed)
    figures = _figures(chance, edition)
    if given is not None:
        figures = {name: number for name, number in given.items() if number is not None}
    sections = EDITIONS[edition].sections
    titles = [Title(2, f"{'一二三四五六'[s.number - 1]}、{s.title.zh}") for s in sections]
    opening = [chance.choice(SENTENCES) * 2 for _ in range(4)]
    parts: list[Title | str | Table] = [
        Title(1, REPORT_NAME),
        titles[0],
        *opening,
        titles[1],
        _proactive_table(edition, figures),
        titles[2],
        _requests_table(edition, figures),
        titles[3],
        _reviews_table(figures),
        titles[4],
        chance.choice(SENTENCES),
        titles[5],
        "无其他需要报告的事项。",
    ]
    return Form(tuple(parts), figures)


def _figures(chance: random.Random, edition: EditionId) -> dict[str, int | float]:
    figures: dict[str, int | float] = {}
    for cell in EDITIONS[edition].tables[0].cells:
        figures[cell.name] = chance.randrange(3000)
    if "proactive.fees.amount_wan_yuan" in figures:
        figures["proactive.fees.amount_wan_yuan"] = (
            chance.randrange(70000) + chance.randrange(1, 10000, 2) / 10000
        )
    for column in requests.APPLICANTS:
        leaves = _leaves(edition)
        for leaf in leaves:
            figures[f"{leaf}.{column.id}"] = chance.choice((0, 0, 0, chance.randrange(400)))
        disposed = sum(int(figures[f"{leaf}.{column.id}"]) for leaf in leaves)
        carried = chance.randrange(9)
        brought = chance.randrange(1 + min(5, disposed))
        figures[f"disposed.{column.id}"] = disposed
        figures[f"carried_forward.{column.id}"] = carried
        figures[f"brought_forward.{column.id}"] = brought
        figures[f"received.{column.id}"] = disposed + carried - brought
    lines = {name.rpartition(".")[0] for name in figures if not name.startswith("proactive")}
    for line in lines:
        figures[f"{line}.total"] = sum(figures[f"{line}.{c.id}"] for c in requests.APPLICANTS)
    for line in reviews.LINES:
        results = [chance.randrange(6) for _ in reviews.RESULTS]
        for column, number in zip(reviews.RESULTS, results, strict=True):
            figures[f"{line.id}.{column.id}"] = number
        figures[f"{line.id}.total"] = sum(results)
    return figures


def _leaves(edition: EditionId) -> list[str]:
    shape = EDITIONS[edition]
    outer = {"received", "brought_forward", "disposed", "carried_forward"}
    return [
        line.id
        for line in shape.tables[1].lines
        if shape.presence(line) is Presence.REQUIRED and line.id not in outer
    ]


def _proactive_table(edition: EditionId, figures: dict[str, int | float]) -> Table:
    width = max(len(block.columns) for block in proactive.BLOCKS[edition]) + 1
    rows: list[tuple[Cell, ...]] = []
    for block in proactive.BLOCKS[edition]:
        last = width - len(block.columns)  # the last column takes the rest of the width
        widths = [1] * (len(block.columns) - 1) + [last]
        rows.append((Cell(block.article_item, columns=width),))
        labels = [column.label.zh for column in block.columns]
        if labels == ["本年收费金额"]:
            labels = ["本年收费金额（单位：万元）"]
        rows.append(
            (Cell("信息内容"), *(Cell(t, columns=w) for t, w in zip(labels, widths, strict=True)))
        )
        for line in block.lines:
            numbers = [str(figures[f"{line.id}.{column.id}"]) for column in block.columns]
            rows.append(
                (
                    Cell(line.printed),
                    *(Cell(t, columns=w) for t, w in zip(numbers, widths, strict=True)),
                )
            )
    return Table(tuple(rows))


def _requests_table(edition: EditionId, figures: dict[str, int | float]) -> Table:
    def row(line: str) -> tuple[Cell, ...]:
        return tuple(Cell(str(figures[f"{line}.{column.id}"])) for column in requests.COLUMNS)

    organizations = tuple(Cell(column.label.zh) for column in requests.ORGANIZATIONS)
    groups = [
        (id, label.zh, [leaf for leaf in leaves if edition in leaf.editions])
        for (id, label), leaves in zip(
            requests.GROUPS.items(), requests.LEAVES_BY_GROUP.values(), strict=True
        )
    ]
    body: list[tuple[Cell, ...]] = [
        (Cell(requests.GRANTED.printed, columns=2), *row("granted")),
        (Cell(requests.PARTIALLY_GRANTED.printed, columns=2), *row("partially_granted")),
    ]
    for id, label, leaves in groups:
        if not leaves:
            body.append((Cell(label, columns=2), *row(id)))
        for number, leaf in enumerate(leaves):
            group = (Cell(label, rows=len(leaves)),) if number == 0 else ()
            body.append((*group, Cell(leaf.printed), *row(leaf.id)))
    body.append((Cell("（七）总计", columns=2), *row("disposed")))
    body[0] = (Cell("三、本年度办理结果", rows=len(body)), *body[0])
    return Table(
        (
            (Cell(NOTE, rows=3, columns=3), Cell("申请人情况", columns=7)),
            (
                Cell("自然人", rows=2),
                Cell("法人或其他组织", columns=5),
                Cell("总计", rows=2),
            ),
            organizations,
            (Cell(requests.RECEIVED.printed, columns=3), *row("received")),
            (Cell(requests.BROUGHT_FORWARD.printed, columns=3), *row("brought_forward")),
            *body,
            (Cell(requests.CARRIED_FORWARD.printed, columns=3), *row("carried_forward")),
        )
    )


def _reviews_table(figures: dict[str, int | float]) -> Table:
    results = [column.label.zh for column in reviews.RESULTS]
    names = (*results, "总计")
    numbers = tuple(
        Cell(str(figures[f"{line.id}.{column.id}"]))
        for line in reviews.LINES
        for column in reviews.COLUMNS
    )
    return Table(
        (
            (Cell("行政复议", columns=5), Cell("行政诉讼", columns=10)),
            (
                *(Cell(name, rows=2) for name in names),
                Cell("未经复议直接起诉", columns=5),
                Cell("复议后起诉", columns=5),
            ),
            tuple(Cell(name) for name in names * 2),
            numbers,
        )
    )


PLAIN_STYLE = "table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:2px}"


def html_page(form: Form, *, style: str = PLAIN_STYLE, charset: str = "utf-8") -> str:
    """Return a plain page."""
    body = "\n".join(_html_part(part) for part in form.parts)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{REPORT_NAME}</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def _html_part(part: Title | str | Table) -> str:
    if isinstance(part, Title):
        return f"<h{part.level}>{part.text}</h{part.level}>"
    return html_table(part) if isinstance(part, Table) else f"<p>{part}</p>"


def html_table(table: Table) -> str:
    """Return a table with its spans as attributes."""
    rows = (
        "".join(
            f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{cell.text}</td>' for cell in row
        )
        for row in table.rows
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def word_html(form: Form) -> str:
    """Return a page as Word and WPS save it: paragraphs in cells, spans cut apart, lines wrapped.

    Its declaration says gb2312; encode it as gb18030, as those programs do.
    """
    body: list[str] = []
    for part in form.parts:
        if isinstance(part, Table):
            body.append(_word_table(part))
        else:
            text = part.text if isinstance(part, Title) else part
            outline = f"mso-outline-level:{part.level};" if isinstance(part, Title) else ""
            body.append(f"<p class=MsoNormal style='{outline}margin:0cm'>{_word_run(text)}</p>")
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">\r\n<head>\r\n'
        '<meta http-equiv=Content-Type content="text/html; charset=gb2312">\r\n'
        f"<title>{REPORT_NAME}</title>\r\n"
        "<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]-->\r\n"
        "<style>\r\n<!--\r\n p.MsoNormal {margin:0cm}\r\n-->\r\n</style>\r\n</head>\r\n"
        "<body lang=ZH-CN><div class=WordSection1>\r\n" + "\r\n".join(body) + "</div></body></html>"
    )


def _word_run(text: str) -> str:
    """Return a text split over two spans, with a line of the source wrapped inside it."""
    half = len(text) // 2
    wrapped = text[half:]
    if len(wrapped) > 20:
        wrapped = wrapped[:10] + "\r\n  " + wrapped[10:]
    return (
        f"<span style='font-family:宋体'>{text[:half]}</span>"
        f"<span lang=EN-US>{wrapped}<o:p></o:p></span>"
    )


def _word_table(table: Table) -> str:
    lines = ["<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>"]
    for row in table.rows:
        lines.append(" <tr style='height:20.0pt'>")
        for cell in row:
            spans = f" colspan={cell.columns}" if cell.columns > 1 else ""
            spans += f" rowspan={cell.rows}" if cell.rows > 1 else ""
            content = _word_run(cell.text) if cell.text else "<span lang=EN-US>&nbsp;</span>"
            lines.append(
                f"  <td width=50 nowrap{spans} style='border:solid windowtext 1.0pt'>\r\n"
                f"  <p class=MsoNormal align=center>{content}</p>\r\n  </td>"
            )
        lines.append(" </tr>")
    return "\r\n".join([*lines, "</table>"])


def site_page(form: Form) -> str:
    """Return a page of a government website: chrome and layout tables around the report."""
    article = "".join(_html_part(part) for part in form.parts)
    menu = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(30))
    facts = "".join(
        f"<tr><td>{key}</td><td>{value}</td></tr>"
        for key, value in (("索引号", "QS-2024-0007"), ("发布日期", "2024-01-22"))
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" ""><html><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />'
        f'<meta name="ArticleTitle" content="{REPORT_NAME}"><meta name="SiteName" content="青石县">'
        f"<title>{REPORT_NAME}-青石县人民政府</title><script>var t='<table><tr><td>9</td></tr>';"
        f"</script></head><body><nav><ul>{menu}</ul></nav>"
        '<table width="100%"><tr><td colspan="2"><img src="/banner.png"></td></tr>'
        f'<tr><td width="20%"><ul>{menu}</ul></td><td><div class="crumbs">首页 &gt; 公开</div>'
        f'<table class="facts">{facts}</table>'
        f'<table><tr><td><div id="zoom">{article}</div></td></tr></table>'
        '<div class="share" onclick="x()">分享到<script>share()</script></div></td></tr></table>'
        '<div style="display: none">1 2 3</div><footer>主办：青石县</footer></body></html>'
    )


def docx(form: Form, *, page_numbers: bool = False, size: float | None = None) -> bytes:
    """Return a Word file made by python-docx, with really merged cells."""
    from docx import Document as WordDocument
    from docx.shared import Pt

    document = WordDocument()
    if size is not None:
        document.styles["Normal"].font.size = Pt(size)
    for part in form.parts:
        if isinstance(part, Title):
            document.add_heading(part.text, part.level)
        elif isinstance(part, str):
            document.add_paragraph(part)
        else:
            table = document.add_table(len(part.rows), part.width, style="Table Grid")
            for row, column, cell in part.placed():
                first = table.cell(row, column)
                if cell.rows > 1 or cell.columns > 1:
                    first.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
                first.text = cell.text
    if page_numbers:
        _number_pages(document)
    return _saved(document)


def _number_pages(document: "object") -> None:
    """Print — 1 — below each page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.sections[0].footer.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def xlsx(form: Form) -> bytes:
    """Return an Excel file made by openpyxl: one sheet, figures as numbers, ruled tables."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side

    side = Side(style="thin")
    ruled = Border(left=side, right=side, top=side, bottom=side)
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "年度报告"
    top = 1
    for part in form.parts:
        if not isinstance(part, Table):
            sheet.cell(top, 1, part.text if isinstance(part, Title) else part)
            sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=10)
            top += 1
            continue
        for row in range(len(part.rows)):
            for column in range(part.width):
                sheet.cell(top + row, 1 + column).border = ruled
        for row, column, cell in part.placed():
            target = sheet.cell(top + row, 1 + column, _number(cell.text))
            if isinstance(target.value, float):
                target.number_format = "0.0000"
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=top + row,
                    end_row=top + row + cell.rows - 1,
                    start_column=1 + column,
                    end_column=column + cell.columns,
                )
        top += len(part.rows)
    return _saved(workbook)


def _number(text: str) -> str | int | float:
    if text.isdigit():
        return int(text)
    if text.replace(".", "", 1).isdigit():
        return float(text)
    return text


def _saved(document: "object") -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def joined_texts(parts: Sequence[Grid]) -> list[list[str | None]]:
    """Return the texts of grids that follow each other as one."""
    return [row for grid in parts for row in texts(grid)]


@st.composite
def random_tables(draw: st.DrawFn, *, has_blanks: bool = True) -> Table:
    """Return any table: a rectangle cut into cells of random spans."""
    size = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    return random_table(random.Random(draw(st.integers(0, 2**32))), *size, has_blanks=has_blanks)


def random_table(
    chance: random.Random, height: int, width: int, *, has_blanks: bool = True
) -> Table:
    """Return a table of so many rows and columns, cut into cells of random spans."""
    words = [word for word in WORDS if word or has_blanks]
    free = {(row, column) for row in range(height) for column in range(width)}
    rows: list[tuple[Cell, ...]] = []
    for row in range(height):
        cells = []
        for column in range(width):
            if (row, column) not in free:
                continue
            reach = 1
            while (row, column + reach) in free and chance.random() < 0.3:
                reach += 1
            depth = 1
            while row + depth < height and chance.random() < 0.3:
                depth += 1
            free -= {(row + d, column + r) for d in range(depth) for r in range(reach)}
            cells.append(Cell(chance.choice(words), depth, reach))
        rows.append(tuple(cells))
    return Table(tuple(rows))


WORDS = ("0", "12", "3,456.70", "", "规章", "其他", "一、合计", "减4", "/", "（七）总计")

WORD_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> str:
    """Return a part with references, by their kind."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def zipped(members: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def word_file(body: str, *, prolog: str = "", numbering: str = "", styles: str = "") -> bytes:
    """Return a Word file around the XML of a body."""
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": (
                f"{prolog}<w:document {WORD_NAMESPACES}><w:body>{body}</w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": relations(
                numbering="numbering.xml", styles="styles.xml"
            ),
            "word/numbering.xml": f"<w:numbering {WORD_NAMESPACES}>{numbering}</w:numbering>",
            "word/styles.xml": f"<w:styles {WORD_NAMESPACES}>{styles}</w:styles>",
        }
    )


def word_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def word_cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else word_paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
