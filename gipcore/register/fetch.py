"""Making `data/regions.csv` anew from the published list: `python -m gipcore.register.fetch`.

The list is the statistics bureau's (统计用区划代码), in the npm package named in `data/SOURCES.md`;
names in English stay as they stand in the file.
"""

import base64
import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from gipcore.errors import GipError, InvalidDataError
from gipcore.register.rows import DATA, RegisteredRegion

PACKAGE = "china-division@2.7.0"
SHA512 = "4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA=="
LISTS = ("provinces", "cities", "areas", "streets")
COLUMNS = RegisteredRegion._fields
# Nodes of the list that stand for no region: what is below them belongs to the province.
NO_REGIONS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
TOWNSHIP_ENDINGS = ("街道", "镇", "乡", "苏木")
Row = Mapping[str, str]
Lists = Mapping[str, list[Row]]


def fetch_lists() -> Lists:
    """Fetch the package by the npm client and return its lists; raises InvalidDataError."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as fault:
            raise InvalidDataError(f"{PACKAGE} could not be fetched by npm ({fault})") from fault
        (file,) = Path(folder).iterdir()
        data = file.read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != SHA512:
        raise InvalidDataError(f"{PACKAGE} is not the package that is expected: its hash differs")
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        return {name: _rows(package, f"package/dist/{name}.csv") for name in LISTS}


def _rows(package: tarfile.TarFile, name: str) -> list[Row]:
    member = package.extractfile(name)
    if member is None:
        raise InvalidDataError(f"{PACKAGE} has no {name}")
    return list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))


def regions_of(lists: Lists, english: Mapping[tuple[str, str], str]) -> list[RegisteredRegion]:
    """Return the regions of the lists by their codes.

    Counties directly below a province (济源市) and those of municipalities (黄浦区) have the
    province as their parent; the townships of a city without counties (东莞市) have the city.
    `english` are names in English by code and name.
    """
    found: dict[str, tuple[str, str | None, str]] = {}  # code -> name, parent, level
    for row in lists["provinces"]:
        found[f"{row['code']}0000"] = (row["name"], None, "province")
    for row in lists["cities"]:
        if row["name"] not in NO_REGIONS:
            found[f"{row['code']}00"] = (row["name"], f"{row['provinceCode']}0000", "city")
    for row in lists["areas"]:
        city, province = f"{row['cityCode']}00", f"{row['provinceCode']}0000"
        if city not in found:
            found[row["code"]] = (row["name"], province, "county")
        elif row["name"] != found[city][0]:
            found[row["code"]] = (row["name"], city, "county")
    for row in lists["streets"]:
        county, city = row["areaCode"], f"{row['cityCode']}00"
        parent = county if county in found else city
        found[row["code"]] = (_township(row["name"], found[parent][0]), parent, "township")
    return [
        RegisteredRegion(code, name, parent, level, english.get((code, name)))
        for code, (name, parent, level) in sorted(found.items())
    ]


def _township(name: str, parent: str) -> str:
    """Return a township's name without its parent's in front and its office's at the end."""
    if name.endswith("街道办事处"):
        name = name.removesuffix("办事处")
    rest = name.removeprefix(parent)
    return rest if rest.endswith(TOWNSHIP_ENDINGS) and rest not in TOWNSHIP_ENDINGS else name


def _english_names(file: Path) -> Iterator[tuple[tuple[str, str], str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["name_en"]:
                yield (row["code"], row["name"]), row["name_en"]


def main() -> None:
    """Rewrite `data/regions.csv`."""
    file = DATA / "regions.csv"
    try:
        regions = regions_of(fetch_lists(), dict(_english_names(file)))
    except GipError as error:
        sys.exit(error.message)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(regions)
    sys.stdout.write(f"{file}: {len(regions)} regions\n")


if __name__ == "__main__":
    main()
