"""What search engines read of a page: schema.org's Dataset, as JSON in a script that never runs."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from gipcore.export.columns import Origin
from gipcore.export.package import LICENCE
from gipcore.store.rows import OfficeRow, ReportRow
from gipcore.web import words
from gipcore.words import Language

FILES = (
    ("application/zip", "/bundle.zip"),
    ("text/csv", "/api/v1/reports.csv"),
    ("text/csv", "/api/v1/cells.csv"),
)


def dataset(site: str) -> dict[str, Any]:
    """Describe the whole of the data."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{words.SITE_NAME.within(Language.ZH)} {words.SITE_NAME.within(Language.EN)}",
        "description": words.DESCRIPTION.within(Language.EN),
        "url": f"{site}/",
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "inLanguage": ["zh-CN", "en"],
        "spatialCoverage": "China",
        "temporalCoverage": "2019/..",
        "keywords": ["政府信息公开", "依申请公开", "freedom of information", "China"],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{site}{path}"}
            for kind, path in FILES
        ],
    }


def dataset_of_report(row: ReportRow, origin: Origin) -> dict[str, Any]:
    """Describe one report."""
    site = origin.site
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": row.title or f"{row.office_name} {row.year}",
        "description": words.REPORT_DESCRIPTION.within(Language.ZH).format(
            office=row.office_name, year=row.year
        ),
        "url": f"{site}/reports/{row.id}",
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": row.office_name},
        "temporalCoverage": str(row.year),
        "isPartOf": {"@type": "Dataset", "url": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{site}/api/v1/reports/{row.id}",
            }
        ],
    }


def dataset_of_office(row: OfficeRow, site: str) -> dict[str, Any]:
    """Describe all reports of one office."""
    chosen = urlencode({"office": row.id})
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": row.name,
        "alternateName": [name for name in (row.name_en, *row.aliases) if name],
        "description": words.OFFICE_DESCRIPTION.within(Language.ZH).format(office=row.name),
        "url": f"{site}/office?{chosen}",
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": row.name},
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


def script(data: Mapping[str, Any]) -> Markup:
    """Return data as a script element; nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    quoted = Markup(text)  # noqa: S704 - every sign that HTML knows is written as an escape of JSON
    return Markup('<script type="application/ld+json">{}</script>\n').format(quoted)
