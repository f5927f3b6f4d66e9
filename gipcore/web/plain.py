"""Pages that need neither scripts nor Streamlit: one style, the visitor's language, printable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from markupsafe import Markup
from markupsafe import escape as escaped
from starlette.requests import Request

from gipcore.web import words
from gipcore.words import Language, Text

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
STYLE = """
:root{color-scheme:light dark;--line:#d5dadf;--soft:#f4f6f8;--accent:#12436d;--bad:#a3123f}
@media (prefers-color-scheme:dark){:root{--line:#3a434d;--soft:#1b222a;--accent:#8fc1ec;\
--bad:#ff8fab}}
body{font:1rem/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;\
max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem;overflow-wrap:anywhere}
body.small{max-width:40em;padding-top:15vh}
a{color:var(--accent)}h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.85rem}
th,td{border:1px solid var(--line);padding:.2rem .4rem;text-align:start;vertical-align:middle;\
overflow-wrap:normal}
thead th,th.head{background:var(--soft)}td.figure{text-align:end;white-space:nowrap}
td.failed{outline:2px solid var(--bad);outline-offset:-2px}
.wide{overflow-x:auto}.state{color:GrayText}pre{background:var(--soft);padding:.75rem;\
overflow-x:auto}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.75rem;font-size:.85rem}
@media print{body{max-width:none;padding:0;font-size:9pt}a{color:inherit;text-decoration:none}\
.wide{overflow:visible}table{font-size:7pt;page-break-inside:auto}tr{page-break-inside:avoid}\
nav{display:none}@page{margin:12mm}}
"""
# Chinese characters with what is written between them.
_CHINESE = re.compile("([\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*)")


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """A whole HTML document and the headers that let its style apply."""

    html: str
    headers: Mapping[str, str]


def asked_language(request: Request) -> Language:
    """Return the language of the URL; an unknown one is Chinese, as on the pages."""
    is_english = request.query_params.get("lang") == Language.EN
    return Language.EN if is_english else Language.ZH


def language_tag(language: Language) -> str:
    """Return what the `lang` attribute holds."""
    return "en" if language is Language.EN else "zh-CN"


def report_page(site: str, report_id: str, language: Language, revision: int | None = None) -> str:
    """Return the address of a report's plain page; without a revision the one for search."""
    given = [] if revision is None else [f"revision={revision}"]
    if language is Language.EN:
        given.append("lang=en")
    query = f"?{'&'.join(given)}" if given else ""
    return f"{site}/reports/{quote(report_id)}{query}"


def read_aloud(text: str, language: Language) -> Markup:
    """Return a text whose Chinese words are marked as such where the page is in English."""
    if language is Language.ZH:
        return escaped(text)
    pieces = _CHINESE.split(text)  # every other one is Chinese
    return Markup("").join(
        in_chinese(piece) if place % 2 else escaped(piece) for place, piece in enumerate(pieces)
    )


def in_chinese(text: str) -> Markup:
    """Return a text that is Chinese in either language."""
    return Markup('<span lang="zh-CN">{}</span>').format(text)


def in_languages(addresses: Mapping[Language, str], language: Language) -> Markup:
    """Return what a head says of a page's one address, and of the same in other languages."""
    others = [(language_tag(each), address) for each, address in addresses.items()]
    others.append(("x-default", addresses[Language.ZH]))
    links = [Markup('<link rel="canonical" href="{}">\n').format(addresses[language])]
    links += [
        Markup('<link rel="alternate" hreflang="{}" href="{}">\n').format(tag, address)
        for tag, address in others
    ]
    return Markup("").join(links)


def plain_document(
    request: Request,
    title: Text | str,
    body: Markup,
    *,
    language: Language | None = None,
    head: Markup | None = None,
    is_small: bool = False,
) -> PlainDocument:
    """Return a document with a way to the overview; `body` follows its heading."""
    spoken = asked_language(request) if language is None else language
    home = "/?lang=en" if spoken is Language.EN else "/"
    name = title if isinstance(title, str) else title.within(spoken)
    html = f"""<!DOCTYPE html>
<html lang="{language_tag(spoken)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" type="image/svg+xml" href="/icon.svg">
<title>{escape(name)} · {escape(words.SITE_NAME.within(spoken))}</title>
{head or ""}<style>{STYLE}</style>
</head>
<body{' class="small"' if is_small else ""}>
<main>
<h1>{read_aloud(name, spoken)}</h1>
{body}
</main>
<nav><p><a href="{home}">{escape(words.TO_OVERVIEW.within(spoken))}</a></p></nav>
</body>
</html>
"""
    headers = {"Content-Security-Policy": POLICY, "Cross-Origin-Resource-Policy": "same-origin"}
    return PlainDocument(html, headers)
