"""Words that make a claim count less, or more, than the office's own table does."""

import re
from dataclasses import dataclass
from functools import cache

ON_BEHALF = re.compile(
    r"[区县市省]?(政府办公?[厅室]?|府办|办公[厅室])?代表[^,，。]{0,12}?政府|代[区县市省]政府"
)
OWN_ONLY = re.compile(
    r"本机关|本级(?!财政)|[区县市省](人民)?政府办(公[室厅])?|府办(公[室厅])?|机关本级|"
    r"[区县市省]政府(?=(共|累计|全年)?(收到|受理|办理|接收|答复))"
)
ORGANS = re.compile(
    r"各?(?:[市区县]?[直级]?(?:部门|单位)|乡镇|镇街|街道|镇办|乡镇街道)(?=(?:共|累计|合计|全年)*(?:收到|受理|办理|接收|答复|办结))"
)
WHOLE_AREA = re.compile(r"全[省市县区州盟旗镇乡]|各级")
HALF_YEAR = re.compile(
    r"上半年|下半年|前[一二三四五六七八九十\d]{1,2}个?(月|季度)|[一二三四1-4]季度|"
    r"截至\d{0,4}年?(?!12)\d{1,2}月|(?<!\d)1-(?!12月)\d{1,2}月|\d{1,2}月份"
)
WHOLE_YEAR = re.compile(r"全年|本年|年度")
SYSTEM = re.compile(
    r"全[省市县区州盟旗]?(各级|各)?[一-鿿]{0,6}(系统|机关|部门|单位)|各级行政机关|全系统|各(分局|县区局|派出所)"
)
WHOLE_GOVERNMENT = re.compile(r"政府(\([^()]*\))?$")
# Words by which a number counts some of the requests, not all.
PART = re.compile(
    r"其中|通过|当面|网络|网上|线上|线下|信函|邮寄|来函|现场|窗口|传真|渠道|邮件|平台|自然人|企业|"
    r"分别|个人|法人|类申请|首次|每"
)
# Before a number whose words stand behind it: 其中3件予以公开.
BARE = re.compile(r"(其中|另外|另|有|共|、|和)*+")
EVERY_CHANNEL = re.compile(r"通过[^,;]{2,30}等(多种|各类|各种|多个)?(渠道|方式|形式|途径)")
ENUMERATES = re.compile(r"公民、?(?:企业、?)?法人(?:和|或|及|与|以及|或者|、)?(?:其他|其它)?组织")


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows a claim depends on whether the report is one of a whole government."""

    is_whole: bool
    part_of_year: str | None = None

    def within(self, sentence: str) -> "Scope":
        """Return the scope for a sentence and those after it: half a year holds until a year."""
        half = HALF_YEAR.search(sentence)
        if half is not None:
            return Scope(self.is_whole, half.group())
        return Scope(self.is_whole) if WHOLE_YEAR.search(sentence) else self

    def narrowed_by(self, before: str, after: str) -> str | None:
        """Return the words that narrow a claim; `before` and `after` are those around it."""
        words = before + after
        found = ON_BEHALF.search(words) or HALF_YEAR.search(words)
        if found is None and self.part_of_year and not WHOLE_YEAR.search(words):
            return self.part_of_year
        if found is None:
            found = _last_organ(before + after[:1]) if self.is_whole else SYSTEM.search(words)
        return found.group() if found else None


def _last_organ(words: str) -> re.Match[str] | None:
    """Return the organ named last before a number, if no whole area is named after it."""
    organs = sorted(
        [*OWN_ONLY.finditer(words), *ORGANS.finditer(words)], key=lambda found: found.start()
    )
    if not organs:
        return None
    clause = max(words.rfind(mark, 0, organs[-1].start()) for mark in ",:()") + 1
    if WHOLE_AREA.search(words, clause):
        return None
    return organs[-1]


@cache
def scope_of(office: str | None) -> Scope:
    """Return what narrows the claims of an office's report."""
    return Scope(bool(office and WHOLE_GOVERNMENT.search(office)))


def counts_part(clause: str) -> bool:
    """Tell whether words say that a number is of one channel or one kind of applicant."""
    return bool(PART.search(EVERY_CHANNEL.sub("", ENUMERATES.sub("", clause.removeprefix("其中")))))
