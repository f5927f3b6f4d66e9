"""Raised digits, such as the marks of notes: they are no part of the number they stand behind."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Return text with its digits as raised ones."""
    return text.translate(RAISED)
