"""Words of the pages: each key has its words, each word its place, and pages hold none of them."""

import ast
import re
import string
from pathlib import Path

import pytest

from gipcore.labels import words

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
DRAWING = [*PAGES, *sorted((ROOT / "gipcore" / "ui").glob("*.py"))]
KEY = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z0-9_]+")
# A page may name codes, keys, classes and paths: small letters without a space.
CODE = re.compile(r"[a-z0-9_./*,{}:-]*")


def calls_of_say(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "say" and node.args:
            yield node.args[0]


def literal_keys(file):
    """Keys written out in full, in a call or in a table of keys."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    within_templates = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    subjects = {key.split(".")[0] for key in words()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_key = KEY.fullmatch(node.value) and node.value.split(".")[0] in subjects
            if is_key and id(node) not in within_templates:
                yield node.value


def templates(file):
    """Patterns of the keys that an f-string in a call may become."""
    for argument in calls_of_say(file):
        for node in ast.walk(argument):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in node.values
                )


# Codes that stand in the register and look like keys, but are cells or files.
NOT_KEYS = {"received.total"}


@pytest.mark.parametrize("file", DRAWING, ids=lambda file: file.stem)
def test_every_key_has_words(file):
    missing = {key for key in literal_keys(file) if key not in words()} - NOT_KEYS
    assert not missing


@pytest.mark.parametrize("file", DRAWING, ids=lambda file: file.stem)
def test_every_made_key_can_have_words(file):
    for pattern in templates(file):
        assert any(re.fullmatch(pattern, key) for key in words()), pattern


def test_every_word_is_used():
    literal = {key for file in DRAWING for key in literal_keys(file)}
    made = {pattern for file in DRAWING for pattern in templates(file)}
    looked_up = {"functions", "formats", "rejections"}  # pages ask whether a code has words
    unused = [
        key
        for key in words()
        if key not in literal
        and key.split(".")[0] not in looked_up
        and not any(re.fullmatch(pattern, key) for pattern in made)
    ]
    assert not unused


# What gives a document up, and so names the code that it is listed with.
GIVING_UP = (
    *sorted((ROOT / "gipcore" / "documents").glob("*.py")),
    *sorted((ROOT / "gipcore" / "parsing").glob("*.py")),
    *(ROOT / "gipcore" / name for name in ("ingest.py", "store/archive.py", "demo/writing.py")),
)
CODE_OF_REJECTION = re.compile(r'(?:code ?=|contradiction =) ?"([a-z_]+)"(?:.* else "([a-z_]+)")?')


def test_every_code_of_a_rejected_document_has_words():
    found = {
        code
        for file in GIVING_UP
        for codes in CODE_OF_REJECTION.findall(file.read_text(encoding="utf-8").lower())
        for code in codes
        if code
    }
    assert {"scan_without_text", "no_report", "archive_damaged"} <= found
    assert {code for code in found if f"rejections.{code}" not in words()} == set()


@pytest.mark.parametrize("key", sorted(words()))
def test_both_languages_have_the_same_values_and_their_own_script(key):
    entry = words()[key]
    fields = {
        language: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for language, text in entry.items()
    }
    assert fields["zh"] == fields["en"]
    assert entry["en"].strip() == entry["en"] or entry["en"].strip()
    if key not in {"site.other_language", "filters.search_placeholder"}:
        assert not re.search(r"[\u4e00-\u9fff]", entry["en"]), "Chinese in the English words"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_holds_no_words(page):
    tree = ast.parse(page.read_text(encoding="utf-8"))
    docstring = tree.body[0].value
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node is not docstring
        and not CODE.fullmatch(node.value)
    ]
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_asks_a_question_and_stays_short(page):
    text = page.read_text(encoding="utf-8")
    assert "?" in ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 110
