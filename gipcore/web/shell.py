"""The HTML document that Streamlit's pages start in, in the visitor's language, and plain pages."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gipcore.errors import GipError
from gipcore.web import words
from gipcore.web.negotiation import Representation, respond
from gipcore.web.plain import asked_language, language_tag, plain_document
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
class Shell:
    """The shell in both languages, and the sources of the scripts that stand in it."""

    documents: Mapping[Language, Representation]
    script_hashes: tuple[str, ...]

    def answer(self, request: Request) -> Response:
        """Return the shell in the language that the URL asks for."""
        return respond(request, self.documents[asked_language(request)], {"Cache-Control": _CACHE})


def make_shell(index: Path) -> Shell:
    """Make the shell from Streamlit's index.html.

    Raises GipError when that file no longer looks as expected, so that an update of Streamlit
    cannot silently undo the language, the title or the security policy.
    """
    html = index.read_text(encoding="utf-8")
    written = {language: _written(html, language) for language in Language}
    hashes = {
        "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
        for document in written.values()
        for script in _INLINE_SCRIPT.findall(document)
    }
    documents = {
        language: Representation.of(document.encode(), "text/html; charset=utf-8")
        for language, document in written.items()
    }
    return Shell(documents, tuple(sorted(hashes)))


def _written(html: str, language: Language) -> str:
    title, description = words.SITE_NAME.within(language), words.DESCRIPTION.within(language)
    head = (
        f"<title>{escape(title)}</title>\n"
        f'    <meta name="description" content="{escape(description)}" />\n'
        f"    <style>{STATUS_STYLE}</style>"
    )
    html = _COMMENT.sub("", html)
    for pattern, replacement in (
        (_LANGUAGE, f'<html lang="{language_tag(language)}">'),
        (_TITLE, head),
        (_ICON, '<link rel="icon" type="image/svg+xml" href="./icon.svg" />'),
        (_FONT, ""),
        (_AGENT, ""),
        (_INLINE_SCRIPT, f"<script>\n{SCRIPT.read_text(encoding='utf-8')}    </script>"),
        (_ROOT, f'{_status(language)}\n    <div id="root"></div>'),
        (_NO_SCRIPT, f"<noscript>{_without_scripts(language)}</noscript>"),
    ):
        html, found = pattern.subn(replacement.replace("\\", r"\\"), html)
        if found != 1:
            raise GipError(
                f"Streamlit's index.html has {found} places for {pattern.pattern!r}, not one; "
                "adapt gipcore/web/shell.py to the Streamlit that is installed"
            )
    return html


def _status(language: Language) -> str:
    """Return the line that says what the page is at, with all that it may say."""
    told = {
        "loading": words.LOADING,
        "running": words.RUNNING,
        "lost": words.LOST,
        "failed": words.FAILED,
    }
    said = "".join(f' data-{at}="{escape(text.within(language))}"' for at, text in told.items())
    return f'<div id="gip-status" role="status"{said}></div>'


def _without_scripts(language: Language) -> str:
    files = (
        ("offices", words.OFFICES_FILE),
        ("reports", words.REPORTS_FILE),
        ("findings", words.FINDINGS_FILE),
    )
    links = "".join(
        f'<li><a href="./api/v1/{name}.csv">{escape(label.within(language))}</a></li>'
        for name, label in files
    )
    return (
        f"<h1>{escape(words.SITE_NAME.within(language))}</h1>"
        f"<p>{escape(words.DESCRIPTION.within(language))}</p>"
        f"<p>{escape(words.NEEDS_SCRIPTS.within(language))}</p><ul>{links}</ul>"
    )


def plain_page(request: Request, status: int, title: Text, message: Text) -> Response:
    """Return a small page that needs neither scripts nor the database, with a way out."""
    words_of_it = Markup("<p>{}</p>").format(message.within(asked_language(request)))
    document = plain_document(request, title, words_of_it, is_small=True)
    return HTMLResponse(document.html, status, document.headers)
