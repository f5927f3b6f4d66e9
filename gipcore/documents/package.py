"""Zip files and the XML in them, opened within bounds: the container of docx, xlsx and archives."""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from urllib.parse import unquote

from lxml import etree

from gipcore.documents.limits import LIMITS, broken, encrypted, too_large
from gipcore.errors import UnreadableDocumentError

ZIP_MARK = b"PK\x03\x04"
ENCRYPTED_FLAG = 0x1
UTF8_NAME_FLAG = 0x800
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
# Files of the “strict” kind use other names for the same elements.
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def member_names(data: bytes) -> frozenset[str]:
    """Return the names in a zip file; none when it is no zip file or a damaged one."""
    if not data.startswith(ZIP_MARK):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return frozenset(info.filename for info in opened.infolist()[: LIMITS.members])
    except FAULTS:
        return frozenset()


class Package:
    """A zip file whose members are read one by one, each and all within the limits."""

    def __init__(self, data: bytes, file_name: str) -> None:
        self.file_name = file_name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS as error:
            raise broken(file_name, f"its list of contents cannot be read ({error})") from None
        members = self._zip.infolist()
        if len(members) > LIMITS.members:
            raise too_large(file_name, f"{len(members)} files in one, more than {LIMITS.members}")
        self._budget = LIMITS.unpacked_bytes
        if sum(info.file_size for info in members) > self._budget:
            raise self._grown()
        # A name given twice means its last entry, as unpacking programs take it.
        self.members = {_name(info): info for info in members if _is_file(info)}
        self._names_in_lower_case = {name.lower(): name for name in self.members}

    def has(self, name: str) -> bool:
        """Tell whether there is a member of that name, in whatever case."""
        return name.lower() in self._names_in_lower_case

    def read(self, name: str) -> bytes:
        """Return one member; what it declares as its size is not believed."""
        info = self.members[self._names_in_lower_case[name.lower()]]
        if info.flag_bits & ENCRYPTED_FLAG:
            raise encrypted(self.file_name)
        try:
            with self._zip.open(info) as member:
                data = member.read(self._budget + 1)
        except FAULTS as error:
            raise broken(self.file_name, f"its part {name} cannot be unpacked ({error})") from None
        self._budget -= len(data)
        if self._budget < 0:
            raise self._grown()
        return data

    def _grown(self) -> UnreadableDocumentError:
        return too_large(
            self.file_name, f"it unpacks to more than {LIMITS.unpacked_bytes >> 20} MiB"
        )

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML member."""
        return parse_xml(self.read(name), f"{self.file_name}, part {name}")

    def optional_xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML member, or None if there is no such member."""
        return self.xml(name) if self.has(name) else None

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Return the members that a part refers to, by their ids; `kind` ends their type.

        References to anything outside of the file are left out.
        """
        folder, _, base = part.rpartition("/")
        root = self.optional_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        found: dict[str, str] = {}
        for relation in root.iter(RELATIONSHIP):
            type_, target = relation.get("Type") or "", relation.get("Target") or ""
            if not type_.endswith(f"/{kind}") or relation.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
            found[relation.get("Id") or ""] = path.lstrip("/")
        return found

    def main_part(self, usual: str) -> str:
        """Return the name of the part that holds the document itself."""
        for target in self.targets("", "officeDocument").values():
            if self.has(target):
                return target
        if self.has(usual):
            return usual
        raise broken(self.file_name, f"its part {usual} is missing")

    def title(self) -> str | None:
        """Return the title among the properties of the file."""
        root = self.optional_xml("docProps/core.xml")
        return root.findtext(CORE_TITLE) if root is not None else None


def _is_file(info: zipfile.ZipInfo) -> bool:
    return bool(info.filename) and not info.filename.endswith("/")


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; names without a declared encoding are GBK in Chinese archives."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def parse_xml(data: bytes, where: str) -> etree._Element:
    """Return the root of an XML text; entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if STRICT in data:
        for strict, usual in NAMESPACES.items():
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        kinds = {entry.type_name for entry in parser.error_log}
        if "ERR_NO_MEMORY" in kinds:
            raise MemoryError from error
        if "ERR_RESOURCE_LIMIT" in kinds:
            raise too_large(where, "XML nested or grown beyond what the parser bears") from None
        raise broken(where, f"the XML cannot be parsed ({error})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise broken(where, "the XML declares entities, which no office program writes")
    return root
