"""Column types that give the same Python values on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, LargeBinary, Row, Select, SmallInteger, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

AnySelect = Select[*tuple[Any, ...]]  # one whose columns are made from declarations
AnyRow = Row[*tuple[Any, ...]]
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
Member = TypeVar("Member", bound=Enum)


def plain(text: str, longest: int | None = None) -> str:
    """Return text that any database takes: without NUL and lone surrogates, cut to a length."""
    cut = text if longest is None else text[:longest]
    return cut.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class Code(TypeDecorator[str]):
    """A short text compared byte by byte, whatever language the server sorts in."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Give PostgreSQL the byte order that SQLite has by itself."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(collation=collation))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC to the second, kept as ISO text: readable, and sorted as text is."""

    impl = Code
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the moment as text."""
        return None if value is None else value.astimezone(UTC).strftime(MOMENT_FORMAT)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the text back."""
        if value is None:
            return None
        return datetime.strptime(value, MOMENT_FORMAT).replace(tzinfo=UTC)


class Lines(TypeDecorator[tuple[str, ...]]):
    """Several short texts, a line each."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Join the texts; a line break inside one becomes a space."""
        if value is None:
            return None
        return "\n".join(plain(" ".join(text.splitlines())) for text in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Part the lines."""
        return None if value is None else tuple(value.split("\n")) if value else ()


class Digest(TypeDecorator[str]):
    """A hash: hexadecimal in Python, half as many bytes in the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Pack the digits."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Unpack the digits."""
        return None if value is None else bytes(value).hex()


class Coded(TypeDecorator[Member], Generic[Member]):
    """A member of an enumeration, kept as its position: small, and sorted as it is declared."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[Member]) -> None:
        super().__init__()
        self.kind = kind
        self.members = tuple(kind)
        self.positions = {member: position for position, member in enumerate(self.members)}

    def process_bind_param(self, value: Member | None, dialect: Dialect) -> int | None:
        """Write the position."""
        return None if value is None else self.positions[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> Member | None:
        """Read the member at the position."""
        return None if value is None else self.members[value]
