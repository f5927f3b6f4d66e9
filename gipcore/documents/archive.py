"""Zip archives with documents in them, and the containers that must be unpacked elsewhere."""

from collections.abc import Iterator

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Document
from gipcore.documents.package import ZIP_MARK, Package, member_names
from gipcore.documents.reader import Reader, read_document
from gipcore.errors import GipError, UnreadableDocumentError

# What stands in a zip file that is a document of its own, not a collection of some.
DOCUMENT_PARTS = frozenset(["[content_types].xml", "word/document.xml", "content.xml"])
OTHER_DOCUMENTS = {
    "ofd.xml": "an OFD file",
    "ppt/presentation.xml": "a presentation",
    "meta-inf/container.xml": "an EPUB book",
}
OTHER_ARCHIVES = {
    b"Rar!\x1a\x07": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
}
# What systems and programs leave in archives beside the documents.
IGNORED_FOLDERS = ("__macosx/",)
IGNORED_STARTS = (".", "~$")
IGNORED_NAMES = frozenset(["thumbs.db", "desktop.ini"])

SURE_ENOUGH = 0.5
Outcome = tuple[str, Document | GipError]
Member = tuple[str, bytes | GipError]


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are an archive, or a zip file of a kind that is not read."""
    if data.startswith(tuple(OTHER_ARCHIVES)):
        return 0.9
    if not data.startswith((ZIP_MARK, b"PK\x05\x06")):
        return 0.0
    names = [name.lower() for name in member_names(data)]
    is_document = not DOCUMENT_PARTS.isdisjoint(names) and _other_document(names) is None
    return 0.0 if is_document else 0.9


def _other_document(names: list[str]) -> str | None:
    return next((text for name, text in OTHER_DOCUMENTS.items() if name in names), None)


def read(data: bytes, file_name: str) -> Document:
    """Read an archive that holds one document; several are for `read_documents`."""
    outcomes = list(documents_within(data, file_name))
    found = [outcome for _, outcome in outcomes if isinstance(outcome, Document)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadableDocumentError(
            f"{file_name}: the archive holds {len(found)} documents; unpack it and give one of "
            "them, or give the archive to the command “ingest”, which takes them all",
            code="several_documents",
        )
    for _, outcome in outcomes:
        if isinstance(outcome, GipError):
            raise outcome
    raise UnreadableDocumentError(
        f"{file_name}: there is no document in the archive", code="empty_document"
    )


def read_documents(data: bytes, file_name: str) -> tuple[Outcome, ...]:
    """Read each document of a file: one of most files, all of an archive, in its order.

    A document that cannot be read stands there with its error. Raises nothing but for the archive
    as a whole.
    """
    return tuple(documents_within(data, file_name))


def documents_within(data: bytes, file_name: str) -> Iterator[Outcome]:
    """Yield each document of a file with its name, one at a time."""
    for name, member in members_within(data, file_name):
        yield name, member if isinstance(member, GipError) else _outcome(member, name)


def members_within(data: bytes, file_name: str) -> Iterator[Member]:
    """Yield the bytes of each document of a file: its own, or those of an archive's members.

    A member that cannot be had stands there with its error. Raises UnreadableDocumentError for the
    archive as a whole.
    """
    if recognizes(data, file_name) < SURE_ENOUGH:
        yield file_name, data
        return
    yield from _Unpacking().members(data, file_name, 0)


def _outcome(data: bytes, file_name: str) -> Document | GipError:
    try:
        return read_document(data, file_name)
    except GipError as error:
        return error


class _Unpacking:
    """Goes through an archive and those within it, with one measure for all of them."""

    def __init__(self) -> None:
        self._bytes_left = LIMITS.unpacked_bytes
        self._members_left = LIMITS.members

    def members(self, data: bytes, file_name: str, depth: int) -> Iterator[Member]:
        """Yield the documents of one archive."""
        _refuse_others(data, file_name)
        package = Package(data, file_name)
        for name in package.members:
            if _is_ignored(name):
                continue
            path = f"{file_name}/{name}"
            self._members_left -= 1
            if self._members_left < 0:
                raise too_large(file_name, f"more than {LIMITS.members} files")
            try:
                content = package.read(name)
            except UnreadableDocumentError as error:
                yield path, error
                continue
            self._bytes_left -= len(content)
            if self._bytes_left < 0:
                limit = LIMITS.unpacked_bytes >> 20
                raise too_large(file_name, f"it unpacks to more than {limit} MiB")
            yield from self._member(content, path, depth)

    def _member(self, content: bytes, path: str, depth: int) -> Iterator[Member]:
        if not content.strip() or recognizes(content, path) < SURE_ENOUGH:
            yield path, content
            return
        if depth + 1 >= LIMITS.nested_archives:
            yield path, too_large(path, f"archives nested more than {LIMITS.nested_archives} deep")
            return
        try:
            yield from self.members(content, path, depth + 1)
        except GipError as error:
            yield path, error


def _is_ignored(name: str) -> bool:
    lower = name.lower().replace("\\", "/")
    base = lower.rpartition("/")[2]
    return (
        lower.startswith(IGNORED_FOLDERS)
        or base.startswith(IGNORED_STARTS)
        or base in IGNORED_NAMES
    )


def _refuse_others(data: bytes, file_name: str) -> None:
    """Raise for containers that are told apart but not opened."""
    for mark, text in OTHER_ARCHIVES.items():
        if data.startswith(mark):
            raise UnreadableDocumentError(
                f"{file_name}: this is {text}; unpack it and give the documents, or pack them "
                "as .zip",
                code="unknown_format",
            )
    other = _other_document([name.lower() for name in member_names(data)])
    if other is not None:
        raise UnreadableDocumentError(
            f"{file_name}: this is {other}, which is not read; save the report as PDF or Word "
            "and try again",
            code="unknown_format",
        )


READER = Reader("zip", (".zip",), recognizes, read)
