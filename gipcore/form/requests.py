"""Table 3, requests received and handled: 25 lines by 7 columns (国办公开办函〔2021〕30号)."""

from gipcore.form.model import ONLY_2021, Cell, Column, EditionId, Line, Presence, Table, Unit
from gipcore.words import Text

TITLE = Text("收到和处理政府信息公开申请情况", "Requests received and handled")

NATURAL_PERSON = Column("natural_person", Text("自然人", "Natural persons"))
ORGANIZATIONS = (
    Column("business", Text("商业企业", "Businesses")),
    Column("research_institution", Text("科研机构", "Research institutions")),
    Column("public_interest_organization", Text("社会公益组织", "Public-interest organisations")),
    Column("legal_services", Text("法律服务机构", "Legal service organisations")),
    Column("other_organization", Text("其他", "Other organisations")),
)
TOTAL = Column("total", Text("总计", "Total"))
APPLICANTS = (NATURAL_PERSON, *ORGANIZATIONS)
COLUMNS = (*APPLICANTS, TOTAL)

GROUPS = {
    "denied": Text("（三）不予公开", "Denied"),
    "unable_to_provide": Text("（四）无法提供", "Unable to provide"),
    "not_processed": Text("（五）不予处理", "Not processed"),
    "other_handling": Text("（六）其他处理", "Other handling"),
}
ENGLISH_PREFIX = {**{id: text.en for id, text in GROUPS.items()}, "other_handling": "Other"}


def _leaf(group: str, name: str, printed: str, full: str, en: str) -> Line:
    """Declare one leaf of a group; `full` is the short official wording used as its label."""
    return Line(
        id=f"{group}.{name}",
        label=Text(f"{GROUPS[group].zh} {full}", f"{ENGLISH_PREFIX[group]}: {en}"),
        printed=printed,
        group=group,
        editions=ONLY_2021 if group == "other_handling" else frozenset(EditionId),
    )


def _same(group: str, name: str, printed: str, en: str) -> Line:
    return _leaf(group, name, printed, printed, en)


RECEIVED = Line(
    "received",
    Text("一、本年新收政府信息公开申请数量", "Requests received this year"),
    "一、本年新收政府信息公开申请数量",
)
BROUGHT_FORWARD = Line(
    "brought_forward",
    Text("二、上年结转政府信息公开申请数量", "Brought forward from last year"),
    "二、上年结转政府信息公开申请数量",
)
GRANTED = Line("granted", Text("（一）予以公开", "Granted"), "（一）予以公开")
PARTIALLY_GRANTED = Line(
    "partially_granted",
    Text("（二）部分公开", "Partially granted"),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
)
DENIED = (
    _same("denied", "state_secret", "1.属于国家秘密", "state secret"),
    _same("denied", "prohibited_by_law", "2.其他法律行政法规禁止公开", "prohibited by other law"),
    _same(
        "denied",
        "security_or_stability",
        "3.危及“三安全一稳定”",
        "endangers security or stability",
    ),
    _same("denied", "third_party_rights", "4.保护第三方合法权益", "third party's rights"),
    _same("denied", "internal_affairs", "5.属于三类内部事务信息", "internal affairs"),
    _same("denied", "process_information", "6.属于四类过程性信息", "process information"),
    _same("denied", "enforcement_case_file", "7.属于行政执法案卷", "law-enforcement case file"),
    _same(
        "denied", "administrative_inquiry", "8.属于行政查询事项", "administrative inquiry matter"
    ),
)
UNABLE_TO_PROVIDE = (
    _same("unable_to_provide", "not_held", "1.本机关不掌握相关政府信息", "not held"),
    _same(
        "unable_to_provide",
        "requires_creation",
        "2.没有现成信息需要另行制作",
        "would have to be created",
    ),
    _same(
        "unable_to_provide",
        "still_unclear",
        "3.补正后申请内容仍不明确",
        "unclear after correction",
    ),
)
NOT_PROCESSED = (
    _same("not_processed", "petition", "1.信访举报投诉类申请", "petition or complaint"),
    _same("not_processed", "duplicate", "2.重复申请", "duplicate request"),
    _same("not_processed", "publication", "3.要求提供公开出版物", "asks for a publication"),
    _same(
        "not_processed",
        "excessive",
        "4.无正当理由大量反复申请",
        "excessive repeated requests",
    ),
    _same(
        "not_processed",
        "reissue",
        "5.要求行政机关确认或重新出具已获取信息",
        "asks to confirm or reissue",
    ),
)
OTHER_HANDLING = (
    _leaf(
        "other_handling",
        "correction_overdue",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "1.申请人无正当理由逾期不补正",
        "correction overdue",
    ),
    _leaf(
        "other_handling",
        "fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用",
        "fee overdue",
    ),
    _same("other_handling", "other", "3.其他", "other"),
)
OTHER_HANDLING_AS_ONE = Line(
    "other_handling", GROUPS["other_handling"], "（六）其他处理", presence=Presence.ALTERNATIVE
)
DISPOSED = Line("disposed", Text("（七）总计", "Disposed of in total"), "（七）总计")
CARRIED_FORWARD = Line(
    "carried_forward",
    Text("四、结转下年度继续办理", "Carried forward to next year"),
    "四、结转下年度继续办理",
)
SUBTOTALS = tuple(
    Line(group, GROUPS[group], GROUPS[group].zh, presence=Presence.SUBTOTAL)
    for group in ("denied", "unable_to_provide", "not_processed")
)
LEAVES_BY_GROUP = {
    "denied": DENIED,
    "unable_to_provide": UNABLE_TO_PROVIDE,
    "not_processed": NOT_PROCESSED,
    "other_handling": OTHER_HANDLING,
}
LEAVES = (
    GRANTED,
    PARTIALLY_GRANTED,
    *DENIED,
    *UNABLE_TO_PROVIDE,
    *NOT_PROCESSED,
    *OTHER_HANDLING,
)
LINES = (
    RECEIVED,
    BROUGHT_FORWARD,
    *LEAVES,
    OTHER_HANDLING_AS_ONE,
    DISPOSED,
    CARRIED_FORWARD,
    *SUBTOTALS,
)


def table(edition: EditionId) -> Table:
    """Return table 3 of an edition, with the lines that it does not require at their place."""
    lines = tuple(line for line in LINES if edition in line.editions)
    cells = tuple(
        Cell(line, column, 3, Unit.COUNT, line.editions) for line in lines for column in COLUMNS
    )
    return Table(3, TITLE, lines, cells)
