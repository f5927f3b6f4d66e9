"""What a page shows, as text."""

from lxml.html import fromstring
from streamlit.testing.v1 import AppTest


def pieces(app: AppTest) -> list[str]:
    """Return the HTML that our own parts draw, piece by piece."""
    return [element.proto.body for element in app.get("html")]


def text(app: AppTest) -> str:
    """Return all words of our own parts, a space between the pieces."""
    drawn = (fromstring(piece).text_content() for piece in pieces(app) if "<style" not in piece)
    return " ".join(drawn)
