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


@dataclass(frozen=True, slots=True)
class NameEnding:
    """The end of a name that tells what its office is, and the kind it tells."""

    pattern: re.Pattern[str]
    kind: Kind


# Only what is sure: 市 is a city or a county-level city, and a development zone (开发区, 新区) has
# no level among the divisions, so neither tells a level. The first ending that fits counts.
DISTRICT = r"(?<!自治)(?<!开发)(?<!新)(?<!园)(?<!示范)(?<!度假)(?<!试验)区"
COUNTY = rf"(?:[县旗]|{DISTRICT})"
TOWNSHIP = r"(?:镇|乡|苏木)"
PROVINCE = r"(?:省|自治区)"
PREFECTURE = r"(?:自治州|地区|盟)"
GOVERNMENT = "(?:人民)?政府"
GENERAL_OFFICE = rf"{GOVERNMENT}办公[室厅]"
DEVELOPMENT_AND_REFORM = "(?:发展和改革|发展改革|发改)(?:局|委员会|委)"


def _ending(pattern: str, level: str | None, function: str | None) -> NameEnding:
    return NameEnding(re.compile(f"{pattern}$"), Kind(level, function))


ENDINGS = (
    _ending("街道(?:办事处|办)", "township", "subdistrict"),
    *(
        _ending(f"{place}{ending}", level, function)
        for ending, function in (
            (GOVERNMENT, "government"),
            (GENERAL_OFFICE, "general_office"),
            (DEVELOPMENT_AND_REFORM, "development_and_reform"),
        )
        for place, level in (
            (PROVINCE, "province"),
            (PREFECTURE, "city"),
            (COUNTY, "county"),
            (TOWNSHIP, "township"),
            ("", None),
        )
    ),
)


def kind_of(name: str) -> Kind:
    """Infer level and function from a name alone."""
    compared = normalize_name(name)
    for ending in ENDINGS:
        if ending.pattern.search(compared):
            return ending.kind
    return Kind(None, None)
