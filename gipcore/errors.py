"""Errors of the caller or the program; the faults of a document are values, not exceptions."""


class GipError(Exception):
    """Base of all our exceptions: a stable code for programs and a message for people.

    The message says what went wrong, where, and what to do about it.
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UnreadableDocumentError(GipError):
    """The bytes cannot be turned into a document (unknown format, broken, encrypted, a scan …)."""

    code = "unreadable_document"


class NoReportError(GipError):
    """The document was read, but holds no annual report (no title, no form, no figures)."""

    code = "no_report"


class InvalidDataError(GipError):
    """A data file of the project (normalized report, register, aliases) breaks its schema."""

    code = "invalid_data"


class WrongUseError(GipError):
    """A command, query or URL parameter was given something it does not take."""

    code = "wrong_use"


class StoreError(GipError):
    """The database is missing, locked, older than the code, or otherwise not usable."""

    code = "store"
