"""Paragraph properties and styles of Word: what makes a heading, and what is part of a list."""

from lxml import etree

from gipcore.documents.word_numbering import VAL, W

MAX_HEADING_LEVEL = 6


class Style:
    """What a paragraph style says of headings and lists, with the styles it is based on."""

    def __init__(self, element: etree._Element) -> None:
        self.name = value(element, "name").lower()
        self.based_on = value(element, "basedOn")
        properties = element.find(f"{W}pPr")
        self.level = outline_level(properties)
        self.list_id, self.list_level = list_place(properties)


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """Return the paragraph styles by their ids."""
    if root is None:
        return {}
    return {
        element.get(f"{W}styleId") or "": Style(element)
        for element in root.iterchildren(f"{W}style")
        if element.get(f"{W}type") == "paragraph"
    }


def value(parent: etree._Element | None, name: str) -> str:
    """Return the value of a property, or nothing."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return (child.get(VAL) or "") if child is not None else ""


def number(parent: etree._Element | None, name: str, default: int) -> int:
    """Return the number that a property sets, or the default."""
    text = value(parent, name)
    return int(text) if text.isdecimal() and len(text) < 10 else default


def outline_level(properties: etree._Element | None) -> int | None:
    """Return the heading level that paragraph properties set: 0 for body text, None if not said."""
    level = number(properties, "outlineLvl", -1)
    if level < 0:
        return None
    return level + 1 if level < MAX_HEADING_LEVEL else 0


def list_place(properties: etree._Element | None) -> tuple[str | None, int]:
    """Return the list and level that paragraph properties set; the list is None if not said."""
    place = properties.find(f"{W}numPr") if properties is not None else None
    if place is None:
        return None, 0
    return value(place, "numId") or None, number(place, "ilvl", 0)
