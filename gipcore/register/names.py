"""Names of offices: one spelling to compare them by, and what a name tells of its office."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_NAME = 120
SEPARATORS = re.compile(r"[\W_]+")


def normalize_name(name: str) -> str:
    """Return a name without spaces, brackets and marks, in half-width lower case."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True, slots=True)
class Kind:
    """An office's level and function, None where the name does not tell."""

    level: str | None
    function: str | None


# Only what is sure: 市 is a city or a county-level city, and a development zone (开发区, 新区) has
# no level among the divisions, so neither tells a level.
DISTRICT = r"(?<!自治)(?<!开发)(?<!新)(?<!园)(?<!示范)(?<!度假)(?<!试验)(?<!保税)(?<!管理)区"
PLACES = (
    ("province", "省|自治区"),
    ("city", "自治州|地区|盟"),
    ("county", rf"[县旗]|{DISTRICT}"),
    ("township", "镇|乡|苏木"),
)
GOVERNMENT = "(?:人民)?政府"
DEPARTMENT = r"[^省市县区旗镇乡]{0,10}(?:局|厅|委员会|委)"
DEPARTMENTS = (
    ("development_and_reform", "发展和?改革|发改"),
    ("education", "教育"),
    ("science_and_technology", "科学技术|科技"),
    ("industry", "工业和信息化|工信|经济和信息化|经信"),
    ("public_security", "公安"),
    ("civil_affairs", "民政"),
    ("justice", "司法"),
    ("finance", "财政"),
    ("human_resources", "人力资源和?社会保障|人社"),
    ("natural_resources", "自然资源|规划和自然资源"),
    ("ecology", "生态环境"),
    ("housing", "住房和?城乡建设|住房保障|住建"),
    ("urban_management", "城市管理|城管|综合行政执法"),
    ("transport", "交通运输"),
    ("water", "水利|水务"),
    ("agriculture", "农业农村"),
    ("commerce", "商务"),
    ("culture_and_tourism", "文化(?:广电|体育)?和?旅游|文化广电|文旅"),
    ("health", "卫生健康|卫健"),
    ("veterans", "退役军人事务"),
    ("emergency_management", "应急管理"),
    ("audit", "审计"),
    ("market_supervision", "市场监督管理|市场监管"),
    ("statistics", "统计"),
    ("medical_security", "医疗保障|医保"),
    ("taxation", "税务"),
)
FUNCTIONS = (
    ("general_office", rf"{GOVERNMENT}办公[室厅]"),
    ("government", GOVERNMENT),
    ("subdistrict", "街道(?:办事处|办)"),
    ("development_zone", r"(?:[^省市县]*(?:开发区|高新区|园区|示范区|新区))(?:管理委员会|管委会)"),
    *((function, rf"(?:{words}){DEPARTMENT}") for function, words in DEPARTMENTS),
)
# The place and what follows to the end; a group of each kind, so that one search tells both.
ENDING = re.compile(
    "(?:{places})?(?:{functions})$".format(
        places="|".join(f"(?P<{level}>{words})" for level, words in PLACES),
        functions="|".join(f"(?P<{function}>{words})" for function, words in FUNCTIONS),
    )
)


def kind_of(name: str) -> Kind:
    """Infer level and function from a name alone."""
    match = ENDING.search(normalize_name(name))
    if match is None:
        return Kind(None, None)
    function = next(function for function, _ in FUNCTIONS if match[function])
    if function == "subdistrict":
        return Kind("township", function)
    return Kind(next((level for level, _ in PLACES if match[level]), None), function)
