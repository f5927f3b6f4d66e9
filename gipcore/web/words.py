"""The words that the server itself says, beside the pages and their labels."""

from collections.abc import Mapping

from gipcore.words import Text

SITE_NAME = Text("政府信息公开年报数据", "Disclosure reports of China")
DESCRIPTION = Text(
    "中国各级行政机关政府信息公开工作年度报告的结构化数据：逐格数字与出处、勾稽关系校验、"
    "申请办理结果、行政复议与诉讼，可检索、比较和下载。",
    "The annual government information disclosure reports of Chinese administrative organs as "
    "data: every figure with its place in the document, balance relations checked, outcomes of "
    "requests, reviews and litigation, to search, compare and download.",
)
# The pages by their paths: the name in the menu, and what one finds there.
PAGES: Mapping[str, tuple[Text, Text]] = {
    "/offices": (
        Text("机关", "Offices"),
        Text(
            "按名称、地区和层级查找公布政府信息公开工作年度报告的行政机关，看它们哪些年有报告。",
            "Find administrative organs by name, region and level, and the years of which they "
            "have published a disclosure report.",
        ),
    ),
    "/office": (
        Text("机关档案", "Office"),
        Text(
            "一个机关各年的政府信息公开申请：收到多少、如何办理、是否平衡、在同类机关中处于什么位置。",
            "One office over its years: requests received, how they were handled, whether the "
            "figures add up, and where it stands among its peers.",
        ),
    ),
    "/report": (
        Text("年度报告", "Report"),
        Text(
            "一份年度报告印出的三张表，逐格可查原文和位置，不平衡的格子有标记。",
            "One report as printed: its three tables, every cell with its text and place, and "
            "those that do not add up marked.",
        ),
    ),
    "/changes": (
        Text("两年对照", "Two years"),
        Text(
            "同一机关两年的报告并排对照：哪些数字变了，哪些文字是重复的。",
            "Two years of one office side by side: which figures changed and which words repeat.",
        ),
    ),
    "/revisions": (
        Text("版本改动", "Revisions"),
        Text(
            "同一份报告前后两次读取之间，数字、文字和问题的变化。",
            "What changed between two readings of one report: figures, words and findings.",
        ),
    ),
    "/outcomes": (
        Text("办理结果", "Outcomes"),
        Text(
            "政府信息公开申请的办理结果：六大类、二十一小类，按申请人类别列出件数和占比。",
            "What became of requests for information: six groups and 21 outcomes by kind of "
            "applicant, as counts and shares.",
        ),
    ),
    "/reviews": (
        Text("复议诉讼", "Reviews"),
        Text(
            "因政府信息公开提起的行政复议和行政诉讼：结果、纠正占比和涉及的机关。",
            "Reconsideration and litigation over disclosure: results, the share corrected, and "
            "the offices concerned.",
        ),
    ),
    "/quality": (
        Text("数据质量", "Quality"),
        Text(
            "哪些年度报告的数字不平衡、差多少、在哪些格子，哪些机关没有公布报告。",
            "Which reports do not balance, by how much and in which cells, and which offices have "
            "not published.",
        ),
    ),
    "/checks": (
        Text("校验项", "Checks"),
        Text(
            "每一项校验的内容、依据、公式，以及通过和未通过的报告数。",
            "Each check: what must hold, its legal source and formula, and how many reports pass.",
        ),
    ),
    "/check": (
        Text("自查", "Check a draft"),
        Text(
            "公布之前检查年度报告草稿：数字是否平衡，文字与表格是否一致。文件不会保存。",
            "Check a draft report before it is published: whether it adds up and the text agrees "
            "with the tables. Nothing is kept.",
        ),
    ),
    "/download": (
        Text("下载", "Download"),
        Text(
            "按需要筛选并下载全部数字：CSV、Excel、Parquet、JSON，附数据字典。",
            "Filter and download every figure as CSV, Excel, Parquet or JSON, with a data "
            "dictionary.",
        ),
    ),
    "/methods": (
        Text("方法", "Methods"),
        Text(
            "数字从哪里来，如何读取、核对和计算，各项校验和指标的公式与依据。",
            "Where the figures come from, how they are read, checked and worked out, with every "
            "formula and source.",
        ),
    ),
    "/compare": (
        Text("比较", "Compare"),
        Text(
            "二至五个机关并排比较，连同它们的同类机关，占比都带区间，不排名。",
            "Two to five offices side by side and among their peers, with intervals and without "
            "ranks.",
        ),
    ),
}
REPORT_DESCRIPTION = Text(
    "{office}{year}年政府信息公开工作年度报告的每一个数字，连同它在原文件中的位置，以及勾稽关系校验的结果。",
    "Every figure of the disclosure report of {office} for {year}, with its place in the document "
    "and whether the figures add up.",
)
OFFICE_DESCRIPTION = Text(
    "{office}历年政府信息公开工作年度报告：收到和办理的申请、行政复议与诉讼、校验结果，逐格可查。",
    "The annual disclosure reports of {office}: requests received and handled, reviews and "
    "litigation, and whether the figures add up, cell by cell.",
)
PLAIN_PAGES = Text("不需要脚本的页面：", "Pages that need no scripts:")
NEWEST_PAGES = Text(
    "最近收录的报告，不需要脚本即可阅读：", "Reports read last, to be read without scripts:"
)
NEEDS_SCRIPTS = Text(
    "本站页面需要启用 JavaScript。不启用时，仍可直接下载数据：",
    "The pages of this site need JavaScript. Without it, the data can still be fetched:",
)
LOADING = Text("正在打开……", "Opening …")
RUNNING = Text("正在读取数据……", "Reading the data …")
LOST = Text(
    "与服务器的连接断开了，正在重新连接。已显示的内容仍可阅读。",
    "The connection to the server is lost; trying to reconnect. What is shown can still be read.",
)
FAILED = Text(
    "页面没有显示完整。请刷新页面；如果仍然如此，请稍后再来。",
    "The page could not be shown in full. Load it again; if that does not help, come back later.",
)
OFFICES_FILE = Text("机关（CSV）", "Offices (CSV)")
REPORTS_FILE = Text("报告（CSV）", "Reports (CSV)")
FINDINGS_FILE = Text("发现的问题（CSV）", "Findings (CSV)")
SITEMAP = Text("网站地图（所有报告和机关的地址）", "Sitemap (addresses of all reports and offices)")
NOT_FOUND_TITLE = Text("没有这个页面", "No such page")
NOT_FOUND = Text(
    "这个地址下没有内容，可能已经移走，或地址有误。",
    "There is nothing at this address; it may have moved, or the address is wrong.",
)
FAULT_TITLE = Text("服务器出错", "Something went wrong")
FAULT = Text(
    "服务器未能完成这次请求，错误已记录。请稍后重试。",
    "The server could not finish this request; the fault has been logged. Please try again later.",
)
TO_OVERVIEW = Text("回到总览", "Go to the overview")
API_TITLE = Text("数据接口", "The data, address by address")
REPORT_TITLE = Text(
    "{office}{year}年政府信息公开工作年度报告", "{office}: disclosure report {year}"
)
SYNTHETIC = Text("模拟数据，不是真实报告。", "Synthetic data, no real reports.")
TO_REPORT = Text("在网站上查看", "See it on the site")
AS_JSON = Text("JSON", "JSON")
OTHER_LANGUAGE = Text("English", "中文")
OFFICE = Text("机关", "Office")
REGION = Text("地区", "Region")
YEAR = Text("年度", "Year")
EDITION = Text("表格版本", "Edition of the form")
PRINTED_TITLE = Text("印出的标题", "Title as printed")
DOCUMENT = Text("来源文件", "Document")
READ_AT = Text("读取时间", "Read at")
TO_OFFICE = Text("该机关的各年报告", "All reports of this office")
OLDER_REVISION = Text(
    "这是第{revision}次读取的版本，不是现行的；现行的是第{newest}次读取的版本。",
    "This is revision {revision}, which is not the newest: that is revision {newest}.",
)
TO_NEWEST = Text("查看现行版本", "See the newest revision")
TO_CITE = Text("引用", "To cite")
CITATION = Text(
    "{what}。{site}，数据生成于 {date}，内容标识 {hash}。{url}",
    "{what}. {site}, data made on {date}, content {hash}. {url}",
)
BAD_PARAMETER_TITLE = Text("地址有误", "This address is not understood")
BAD_PARAMETER = Text(
    "地址中的“{name}”无法理解。"
    "这一页只接受 revision（第几次读取的版本，如 1）和 lang（zh 或 en）。",
    "“{name}” in the address is not understood. This page takes revision (the number of a "
    "revision, such as 1) and lang (zh or en).",
)
REVISION = Text("第几次读取的版本", "Revision")
FINDINGS_HEADING = Text("发现的问题", "Findings")
NO_FINDINGS = Text("各项校验没有发现问题。", "No check found anything.")
FINDINGS_COUNT = Text("发现问题{findings}处。", "Findings: {findings}. ")
TABLES_HEADING = Text("表格（照原样）", "Tables as printed")
MARKS_NOTE = Text(
    "[x] 空白或无法读取，[z] 不适用，[!] 印出的内容互相矛盾，[p] 文件中没有这一格。"
    "加框的格涉及未通过的校验。",
    "[x] blank or unreadable, [z] not applicable, [!] printed in conflict, [p] not in the "
    "document. Framed cells are those of failed checks.",
)
TEXT_HEADING = Text("正文（照原样）", "Text as printed")
FEED_TITLE = Text("新收录和有修订的年度报告", "New and revised disclosure reports")
REVISED = Text("（第{revision}次读取，有修订）", " (revision {revision})")

# What Streamlit's widgets say in English only, and what is said instead; … stands for what it
# names there. The rest of its words is given by parameters or never shown.
INSTEAD: Mapping[str, Text] = {
    "Open": Text("展开选项", "Show the choices"),
    "No results": Text("没有这样的选项", "No such choice"),
    "Dismiss": Text("收起选项", "Close the choices"),
    "… option available.": Text("… 个选项", "… choice"),
    "… options available.": Text("… 个选项", "… choices"),
    "…, selected": Text("…，已选", "…, chosen"),
    "Selected values": Text("已选的", "Chosen"),
    "Clear all": Text("全部移去", "Clear all"),
    "Remove …": Text("移去“…”", "Remove …"),
    "Press Enter to apply": Text("按回车键查找", "Press Enter to search"),
    "Copy to clipboard": Text("复制", "Copy"),
    "Copied": Text("已复制", "Copied"),
    "file upload": Text("选择文件", "Choose a file"),
    "Upload": Text("选择文件", "Choose a file"),
    "… per file": Text("或把文件拖到这里", "or drop it here"),
    "Drag and drop a file here": Text("把文件放在这里", "Drop the file here"),
    "Add files": Text("换一个文件", "Choose another file"),
    "add icon": Text("换一个文件", "Choose another file"),
    "Cancel upload of …": Text("不传“…”了", "Stop taking “…”"),
    "Error: ": Text("没有传上来：", "Not taken: "),
    "File must be … or smaller.": Text("文件不能大于 …。", "The file may have up to …."),
}
