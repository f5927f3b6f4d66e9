"""The HTML document that Streamlit's pages start in, in the visitor's language, and plain pages."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from json import dumps
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gipcore.errors import GipError
from gipcore.web import words
from gipcore.web.linked_data import script
from gipcore.web.negotiation import Representation, respond
from gipcore.web.plain import (
    asked_language,
    in_languages,
    language_tag,
    plain_document,
    report_page,
)
from gipcore.web.subjects import WITH_DATASET, Subject, subject_of_path
from gipcore.words import Language, Text

ICON = Path(__file__).with_name("icon.svg")
SCRIPT = Path(__file__).with_name("shell.js")
# Beside the pages, since it speaks before they are there and when they are lost. It hides what
# Streamlit says of the connection in English.
STATUS_STYLE = """
#gip-status{position:fixed;inset:auto 0 1.25rem;z-index:1000000;width:fit-content;max-width:80vw;\
margin:0 auto;padding:.5rem 1.1rem;border-radius:4px;background:#12436d;color:#fff;\
font:1rem/1.5 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;\
box-shadow:0 2px 12px rgba(0,0,0,.35)}
#gip-status:empty{display:none}
#gip-status[data-at=lost],#gip-status[data-at=failed]{background:#8a1a14}
@media print{#gip-status{display:none}}
"""
FILES = (
    ("offices", words.OFFICES_FILE),
    ("reports", words.REPORTS_FILE),
    ("findings", words.FINDINGS_FILE),
)
KEPT = 256  # documents, some 30 kB each
_HOLE = "\0"  # where a template is filled
_CACHE = "no-cache"  # asked for anew each time, answered with 304 while it is the same

# What is replaced in Streamlit's index.html: a pattern that must match once, and its replacement.
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_LANGUAGE = re.compile(r'<html lang="[^"]*">')
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
_FONT = re.compile(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^>]*>')  # never shown here
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_AGENT = re.compile(r'<link rel="service-desc"[^>]*>')  # leads to a route that is closed
_ROOT = re.compile(r'<div id="root"></div>')
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """A shell in three pieces.

    What is said of the page in its head stands after the first, what it says without scripts after
    the second.
    """

    pieces: tuple[str, str, str]

    def filled(self, head: str, without_scripts: str) -> bytes:
        """Return the document."""
        first, second, third = self.pieces
        return f"{first}{head}{second}{without_scripts}{third}".encode()


class Shell:
    """The shell of pages in both languages, and the hashes of the scripts that stand in it.

    What was made is kept: a page is asked for again and again.
    """

    def __init__(self, templates: Mapping[Language, Template]) -> None:
        self._templates = templates
        self._made = lru_cache(maxsize=KEPT)(self._make)
        scripts = {
            script
            for template in templates.values()
            for script in _INLINE_SCRIPT.findall("".join(template.pieces))
        }
        self.script_hashes = tuple(
            sorted(
                "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
                for script in scripts
            )
        )

    def answer(self, request: Request, site: str, found: Subject | None = None) -> Response:
        """Return the shell in the language that the URL asks for.

        `found` is what the database says that a page is about; else it is what its path says.
        """
        language = asked_language(request)
        document = self._made(language, site, request.url.path, found)
        return respond(request, document, {"Cache-Control": _CACHE})

    def _make(
        self, language: Language, site: str, path: str, found: Subject | None
    ) -> Representation:
        about = subject_of_path(path, site) if found is None else found
        body = self._templates[language].filled(
            _head(about, site, language), _without_scripts(about, language)
        )
        return Representation.of(body, "text/html; charset=utf-8")


def make_shell(index: Path) -> Shell:
    """Make the shell from Streamlit's index.html.

    Raises GipError when that file no longer looks as expected, so that an update of Streamlit
    cannot silently undo the language, the title or the security policy.
    """
    html = index.read_text(encoding="utf-8")
    return Shell({language: _template(html, language) for language in Language})


def _template(html: str, language: Language) -> Template:
    head = f"{_HOLE}\n    <style>{STATUS_STYLE}</style>"
    html = _COMMENT.sub("", html)
    for pattern, replacement in (
        (_LANGUAGE, f'<html lang="{language_tag(language)}">'),
        (_TITLE, head),
        (_ICON, '<link rel="icon" type="image/svg+xml" href="./icon.svg" />'),
        (_FONT, ""),
        (_AGENT, ""),
        (_INLINE_SCRIPT, f"<script>\n{SCRIPT.read_text(encoding='utf-8')}    </script>"),
        (_ROOT, f'{_status(language)}\n    <div id="root"></div>'),
        (_NO_SCRIPT, f"<noscript>{_HOLE}</noscript>"),
    ):
        html, found = pattern.subn(replacement.replace("\\", r"\\"), html)
        if found != 1:
            raise GipError(
                f"Streamlit's index.html has {found} places for {pattern.pattern!r}, not one; "
                "adapt gipcore/web/shell.py to the Streamlit that is installed"
            )
    first, second, third = html.split(_HOLE)
    return Template((first, second, third))


def _head(about: Subject, site: str, language: Language) -> str:
    """Return what the head of a page says of it, with its addresses in both languages."""
    addresses = {each: _address(about, site, each) for each in Language}
    parts = [
        Markup("<title>{}</title>").format(about.title.within(language)),
        Markup('<meta name="description" content="{}" />').format(
            about.description.within(language)
        ),
        in_languages(addresses, language).strip(),
    ]
    if about.is_unknown:
        parts.append(Markup('<meta name="robots" content="noindex" />'))
    if about.data is not None:
        parts.append(script(about.data[language]))
    return Markup("\n    ").join(parts)


def _address(about: Subject, site: str, language: Language) -> str:
    query = [about.query] if about.query else []
    if language is Language.EN:
        query.append("lang=en")
    return f"{site}{about.path}" + (f"?{'&'.join(query)}" if query else "")


def _status(language: Language) -> str:
    """Return the line that says what the page is at, with all that it may say."""
    told = {
        "loading": words.LOADING,
        "running": words.RUNNING,
        "lost": words.LOST,
        "failed": words.FAILED,
    }
    said = "".join(f' data-{at}="{escape(text.within(language))}"' for at, text in told.items())
    instead = {theirs: text.within(language) for theirs, text in words.INSTEAD.items()}
    said += f' data-instead="{escape(dumps(instead, ensure_ascii=False))}"'
    return f'<div id="gip-status" role="status"{said}></div>'


def _without_scripts(about: Subject, language: Language) -> str:
    """Return what a visitor without scripts is told: the plain pages, the files, or both."""
    plain = [(report_page(".", each, language), name) for each, name in about.reports.items()]
    files = [(f"./api/v1/{name}.csv", label) for name, label in FILES]
    files.append(("./sitemap.xml", words.SITEMAP))
    is_of_all = about.path in WITH_DATASET
    lists = []
    if is_of_all or not plain:
        lists.append((words.NEEDS_SCRIPTS, files))
    if plain:
        lists.append((words.NEWEST_PAGES if is_of_all else words.PLAIN_PAGES, plain))
    return Markup("<h1>{}</h1><p>{}</p>{}").format(
        about.title.within(language),
        about.description.within(language),
        Markup("").join(_listed(said.within(language), links, language) for said, links in lists),
    )


def _listed(said: str, links: Iterable[tuple[str, Text]], language: Language) -> Markup:
    items = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(address, label.within(language))
        for address, label in links
    )
    return Markup("<p>{}</p><ul>{}</ul>").format(said, items)


def plain_page(request: Request, status: int, title: Text, message: Text) -> Response:
    """Return a small page that needs neither scripts nor the database, with a way out."""
    words_of_it = Markup("<p>{}</p>").format(message.within(asked_language(request)))
    document = plain_document(request, title, words_of_it, is_small=True)
    return HTMLResponse(document.html, status, document.headers)
