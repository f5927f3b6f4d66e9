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
