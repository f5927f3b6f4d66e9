"""The ways in which a region's name is written: in full, with a short end, or without its kind."""

import re
from enum import IntEnum
from typing import NamedTuple

from gipcore.register.names import normalize_name
from gipcore.register.rows import RegisteredRegion

# The peoples that names of regions carry, and the names that are written without 族.
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|"
    "东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|"
    "乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各|多"
)
OF_A_PEOPLE = rf"(?:(?:{PEOPLES})族|维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)"
AUTONOMOUS = re.compile(rf"(?P<bare>.{{2,}}?)(?:{OF_A_PEOPLE})*自治(?P<kind>[区州县旗])")
PLAIN = re.compile(r"(?P<bare>.{2,}?)(?:地区|林区|特区|新区|[省市县区旗盟州])")
# What may follow a name without its kind: 洪泽县 has become 洪泽区, and is still found.
KINDS = {"province": "省市", "city": "市州盟", "county": "县区市旗"}

TOWNSHIP_KIND = (
    "(?:街道办事处|街道办|街道|地区办事处|办事处|地区|镇|民族苏木|苏木"
    rf"|(?:{OF_A_PEOPLE})*(?:民族)?乡)"
)
TOWNSHIP = re.compile(rf"(?P<stem>.+?)(?P<road>路?)(?P<kind>{TOWNSHIP_KIND})")
FOLLOWING_STEM = re.compile(rf"(?P<road>路?)(?P<kind>{TOWNSHIP_KIND})")


class Writing(IntEnum):
    """How a name is written; the fuller one is the surer."""

    BARE = 1
    SHORT = 2
    FULL = 3


class Township(NamedTuple):
    """A township by what stays of its name when its kind, and a 路 before it, are left out."""

    region: RegisteredRegion
    stem: str
    road: str
    kind: str


def writings(region: RegisteredRegion) -> dict[str, Writing]:
    """Return the ways to write the name of a province, city or county."""
    found: dict[str, Writing] = {}
    match = AUTONOMOUS.fullmatch(region.name)
    if match is not None:
        bare, kind = match["bare"].removesuffix("族"), match["kind"]
        found[bare] = Writing.SHORT if kind == "区" else Writing.BARE
        found[f"{bare}{kind}"] = Writing.SHORT
        found[f"{bare}自治{kind}"] = Writing.SHORT
    else:
        match = PLAIN.fullmatch(region.name)
        if match is not None and len(match["bare"]) > 1:
            found[match["bare"]] = Writing.BARE
    found[region.name] = Writing.FULL
    return found


def township_of(region: RegisteredRegion) -> Township:
    """Take a township's name apart; one that is of no usual kind is all stem."""
    name = region.name if region.name.isalnum() else normalize_name(region.name)
    match = TOWNSHIP.fullmatch(name)
    if match is None:
        return Township(region, name, "", "")
    return Township(region, match["stem"], match["road"], kind_of_township(match["kind"]))


def kind_of_township(words: str) -> str:
    """Return the kind that words at the end of a township's name are: 街道, 镇, 乡 or 苏木."""
    return next((kind for kind in ("镇", "乡", "苏木") if words.endswith(kind)), "街道")
