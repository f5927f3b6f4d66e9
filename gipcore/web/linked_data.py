"""What search engines read of a page: schema.org's Dataset, as JSON in a script that never runs."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from gipcore.export.columns import Origin
from gipcore.export.package import LICENCE
from gipcore.store.rows import DatabaseState, OfficeRow, ReportRow
from gipcore.store.snapshots import moment_of, snapshot_of
from gipcore.web import words
from gipcore.web.plain import language_tag, report_page
from gipcore.words import Language

BUNDLES = ("/bundle.zip", "/bundle.zip?format=parquet")
TABLES = ("offices", "reports", "cells", "findings")
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def dataset(site: str, language: Language, state: DatabaseState | None = None) -> dict[str, Any]:
    """Describe the whole of the data, as it is now where its state is known."""
    name = words.SITE_NAME.within(language)
    home = f"{site}/" + ("?lang=en" if language is Language.EN else "")
    files = [("application/zip", path) for path in BUNDLES]
    files += [
        (kind, f"/api/v1/{table}.{suffix}")
        for table in TABLES
        for suffix, kind in MEDIA_TYPES.items()
    ]
    known = {}
    if state is not None:
        snapshot = snapshot_of(state)
        known = {
            "identifier": f"{site}/?snapshot={snapshot}",
            "version": snapshot,
            "dateModified": moment_of(state).isoformat(timespec="seconds"),
        }
    return known | {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": words.DESCRIPTION.within(language),
        "url": home,
        "creator": {"@type": "Organization", "name": name, "url": home},
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "inLanguage": ["zh-CN", "en"],
        "spatialCoverage": "China",
        "temporalCoverage": "2019/..",
        "keywords": ["政府信息公开", "依申请公开", "freedom of information", "China"],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{site}{path}"}
            for kind, path in files
        ],
    }


def dataset_of_report(row: ReportRow, origin: Origin, language: Language) -> dict[str, Any]:
    """Describe one report, at the address of its plain page."""
    site = origin.site
    office = _named(row.office_name, row.office_name_en, language)
    title = words.REPORT_TITLE.within(language).format(office=office, year=row.year)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": (row.title if language is Language.ZH else None) or title,
        "description": words.REPORT_DESCRIPTION.within(language).format(
            office=office, year=row.year
        ),
        "url": report_page(site, row.id, language),
        "inLanguage": language_tag(language),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": office},
        "temporalCoverage": str(row.year),
        "isPartOf": {"@type": "Dataset", "url": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{site}/api/v1/reports/{quote(row.id)}",
            }
        ],
    }


def dataset_of_office(row: OfficeRow, site: str, language: Language) -> dict[str, Any]:
    """Describe all reports of one office."""
    chosen = urlencode({"office": row.id})
    name = _named(row.name, row.name_en, language)
    others = {row.name: None, row.name_en: None} | dict.fromkeys(row.aliases)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "alternateName": [other for other in others if other and other != name],
        "description": words.OFFICE_DESCRIPTION.within(language).format(office=name),
        "url": f"{site}/office?{chosen}" + ("&lang=en" if language is Language.EN else ""),
        "inLanguage": language_tag(language),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": name},
        "spatialCoverage": row.region_name or "China",
        "temporalCoverage": f"{row.first_year}/{row.last_year}",
        "isPartOf": {"@type": "Dataset", "url": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{site}/api/v1/{table}.csv?{chosen}",
            }
            for table in ("reports", "cells", "findings")
        ],
    }


def _named(name: str, name_en: str | None, language: Language) -> str:
    return name_en if language is Language.EN and name_en else name


def script(data: Mapping[str, Any]) -> Markup:
    """Return data as a script element; nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    quoted = Markup(text)  # noqa: S704 - every sign that HTML knows is written as an escape of JSON
    return Markup('<script type="application/ld+json">{}</script>\n').format(quoted)
