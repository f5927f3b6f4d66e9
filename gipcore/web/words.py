"""The words that the server itself says, beside the pages and their labels."""

from gipcore.words import Text

SITE_NAME = Text("政府信息公开年报数据", "Disclosure reports of China")
DESCRIPTION = Text(
    "中国各级行政机关政府信息公开工作年度报告的结构化数据：逐格数字与出处、勾稽关系校验、"
    "申请办理结果、行政复议与诉讼，可检索、比较和下载。",
    "The annual government information disclosure reports of Chinese administrative organs as "
    "data: every figure with its place in the document, balance relations checked, outcomes of "
    "requests, reviews and litigation, to search, compare and download.",
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
OTHER_LANGUAGE = Text("English", "中文")
OFFICE = Text("机关", "Office")
REGION = Text("地区", "Region")
YEAR = Text("年度", "Year")
EDITION = Text("表格版本", "Edition of the form")
PRINTED_TITLE = Text("印出的标题", "Title as printed")
DOCUMENT = Text("来源文件", "Document")
READ_AT = Text("读取时间", "Read at")
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
