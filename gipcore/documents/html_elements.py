"""The text of HTML elements as a browser shows it, and which elements begin lines of their own."""

import re

from lxml import etree

from gipcore.documents.raised import raised

EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d"
WRAPPED = re.compile(rf"(?<=[{EAST_ASIAN}])[ \t\r]*\n[ \t\r\n]*(?=[{EAST_ASIAN}])")

_SKIPPED_TAGS = """
    script style noscript template title iframe object embed applet svg math canvas audio video map
    select datalist textarea button nav del s strike
"""
_BLOCK_TAGS = """
    html body main article section aside header footer address div center blockquote p pre hr
    ul ol li dl dt dd details summary figure figcaption form fieldset legend
    table caption thead tbody tfoot tr td th
"""
SKIPPED = frozenset(_SKIPPED_TAGS.split())
BLOCKS = frozenset(_BLOCK_TAGS.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
NEWLINE = "\n"
KEPT_NEWLINE = "\x00"  # a newline that is meant (br, pre), until the source's own are gone
TYPED = ("", "text", "number", "tel")
SPECIAL = SKIPPED | {"", "input", "textarea", "sup"}  # "" is no element
PARTING = BLOCKS | HEADINGS.keys() | {"br"}


def tidy(text: str) -> str:
    """Return text as a browser shows it: runs of white space as one blank, none at the ends.

    A line of the source that ends between two Chinese characters is no blank.
    """
    if NEWLINE in text:
        text = WRAPPED.sub("", text)
    lines = [" ".join(part.split()) for part in text.split(KEPT_NEWLINE) if part]
    return lines[0] if len(lines) == 1 else NEWLINE.join(filter(None, lines))


def _special_text(element: etree._Element) -> str:
    """Return what an element shows that is not simply its content: a field's text, raised digits.

    A field stands apart from what stands around it.
    """
    if element.tag == "sup":
        return raised("".join(element.itertext()))
    content: str | None = None
    if element.tag == "textarea":
        content = element.text
    elif element.tag == "input" and (element.get("type") or "").lower() in TYPED:
        content = element.get("value")
    return f"{KEPT_NEWLINE}{content}{KEPT_NEWLINE}" if content else ""


def element_text(element: etree._Element, *, keeps_lines: bool = False) -> str:
    """Return the visible text of an element, a line for each of its paragraphs."""
    if not len(element):
        own = element.text or ""
        return own if keeps_lines else tidy(own)
    if not keeps_lines and _is_one_line(element):
        return tidy("".join(element.itertext()))
    parts: list[str] = []
    newline = NEWLINE if keeps_lines else KEPT_NEWLINE
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, child in walk:
        tag = child.tag if isinstance(child.tag, str) else ""
        if event == "start":
            if tag in SPECIAL:
                parts.append(_special_text(child))
                walk.skip_subtree()
                continue
            if tag in PARTING:
                parts.append(newline)
            if child.text:
                parts.append(child.text)
        elif child is not element:
            if tag in PARTING and tag != "br":
                parts.append(newline)
            if child.tail:
                parts.append(child.tail)
    return "".join(parts) if keeps_lines else tidy("".join(parts))


def _is_one_line(element: etree._Element) -> bool:
    """Tell whether all the text of an element stands on one line: in itself or in one paragraph."""
    only = element[0]
    has_one_child = len(element) == 1 and not _has_text(element.text) and not _has_text(only.tail)
    apart = only if has_one_child else None
    for child in element.iterdescendants():
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in SPECIAL or (tag in PARTING and child is not apart):
            return False
    return True


def _has_text(text: str | None) -> bool:
    return text is not None and not text.isspace()
