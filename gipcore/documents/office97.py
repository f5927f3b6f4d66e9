"""Files that LibreOffice turns into docx or xlsx first: old Word and Excel, WPS, ODF, RTF."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock

from gipcore.documents import docx, xlsx
from gipcore.documents.limits import LIMITS, broken, encrypted, too_large
from gipcore.documents.model import Document
from gipcore.documents.package import Package, member_names
from gipcore.documents.reader import Reader
from gipcore.errors import UnreadableDocumentError

COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF_MARK = b"{\\rtf"
WORD_XML_MARKS = (b'progid="Word.Document"', b"<w:wordDocument")
SECTOR = 512
WORD_HEADER, WORD_FLAGS, WORD_ENCRYPTED = b"\xec\xa5", 0x0B, 0x01
SHEET_HEADER, SHEET_ENCRYPTED = b"\x09\x08", b"\x2f\x00"
ODF_TEXT, ODF_SHEET = b"application/vnd.oasis.opendocument.text", b"spreadsheet"
PROGRAMS = ("soffice", "libreoffice")
# A network of its own with nothing in it, where the kernel lets us have one.
WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")
# Limits are set by a shell, so that a caller's own limits do not bind the converter; its clock
# runs on when the caller is killed.
LIMITED = (
    "/bin/sh", "-c",
    'ulimit -S -v "$1"; ulimit -S -t "$2"; ulimit -f "$3"; shift 3; exec timeout -s KILL "$@"',
    "sh",
    str(LIMITS.conversion_memory_bytes >> 10), str(int(LIMITS.conversion_seconds)),
    str(LIMITS.unpacked_bytes >> 9), str(int(LIMITS.conversion_seconds) + 5),
)  # fmt: skip
SETTINGS = {
    ("Common/Security/Scripting", "DisableMacrosExecution"): ("boolean", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel"): ("int", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): ("boolean", "true"),
    ("Common/Security/Scripting", "DisableActiveContent"): ("boolean", "true"),
    ("Writer/Content/Update", "Link"): ("int", "2"),
    ("Calc/Content/Update", "Link"): ("int", "2"),
    ("Calc/Formula/Load", "OOXMLRecalcMode"): ("int", "1"),
    ("Calc/Formula/Load", "ODFRecalcMode"): ("int", "1"),
    ("Inet/Settings", "ooInetProxyType"): ("int", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName"): ("string", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort"): ("int", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName"): ("string", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort"): ("int", "9"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that is converted: its name, its suffixes, and what it is converted to."""

    format: str
    suffixes: tuple[str, ...]
    is_sheet: bool = False

    @property
    def target(self) -> str:
        """Return the suffix of the format that is read in its place."""
        return "xlsx" if self.is_sheet else "docx"


DOC = Kind("doc", (".doc", ".wps", ".dot", ".wpt"))
XLS = Kind("xls", (".xls", ".et", ".xlt"), is_sheet=True)
ODT = Kind("odt", (".odt", ".ott"))
ODS = Kind("ods", (".ods",), is_sheet=True)
RTF = Kind("rtf", (".rtf",))
WORD_XML = Kind("word_xml", (".xml",))


def kind_of(data: bytes) -> Kind | None:
    """Tell the kind of some bytes by their content, or None."""
    if data.startswith(COMPOUND_MARK):
        if _has_stream(data, "WordDocument") or _has_stream(data, "EncryptedPackage"):
            return DOC
        return XLS if _has_stream(data, "Workbook") or _has_stream(data, "Book") else None
    if data.startswith(RTF_MARK):
        return RTF
    if any(mark in data[:4096] for mark in WORD_XML_MARKS):
        return WORD_XML
    if "content.xml" in member_names(data) and data[30:38] == b"mimetype":
        kind = data[38:120]
        if ODF_TEXT in kind:
            return ODT
        return ODS if ODF_SHEET in kind else None
    return None


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _recognizes(kind: Kind, data: bytes, file_name: str) -> float:
    return 0.97 if kind_of(data) is kind else 0.0


def _read(kind: Kind, data: bytes, file_name: str) -> Document:
    """Convert a file and read the result; its format stays the one it came in."""
    if _is_encrypted(kind, data, file_name):
        raise encrypted(file_name)
    converted = convert(data, kind, file_name)
    read: Callable[[bytes, str], Document] = xlsx.read if kind.is_sheet else docx.read
    is_wps = kind is DOC and file_name.lower().endswith((".wps", ".wpt"))
    return replace(read(converted, file_name), format="wps" if is_wps else kind.format)


def _is_encrypted(kind: Kind, data: bytes, file_name: str) -> bool:
    """Tell whether a file asks for a password, from the marks of its own format."""
    if kind in (ODT, ODS):
        package = Package(data, file_name)
        has_list = package.has("META-INF/manifest.xml")
        return has_list and b"encryption-data" in package.read("META-INF/manifest.xml")
    if not data.startswith(COMPOUND_MARK):
        return False
    if _has_stream(data, "EncryptedPackage"):
        return True
    for start in range(SECTOR, len(data) - 32, SECTOR):
        if kind is DOC and data.startswith(WORD_HEADER, start):
            return bool(data[start + WORD_FLAGS] & WORD_ENCRYPTED)
        if kind is XLS and data.startswith(SHEET_HEADER, start):
            following = start + 4 + int.from_bytes(data[start + 2 : start + 4], "little")
            return data.startswith(SHEET_ENCRYPTED, following)
    return False


@cache
def program() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@cache
def _prefix() -> tuple[str, ...]:
    """Return the command that takes the network away, if it works here."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return ()
    tried = subprocess.run(  # noqa: S603 - a fixed command
        [*WITHOUT_NETWORK, "true"], check=False, capture_output=True
    )
    return WITHOUT_NETWORK if tried.returncode == 0 else ()


class _Office:
    """LibreOffice with a private profile; one conversion at a time, as a profile allows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._profile: Path | None = None

    def convert(self, source: Path, target: str, file_name: str) -> None:
        """Convert a file beside itself."""
        office = program()
        if office is None:
            raise UnreadableDocumentError(
                f"{file_name}: reading {source.suffix} files needs LibreOffice, which is not "
                "installed here; save the file as .docx or .xlsx and try again, or install "
                "LibreOffice (Debian: libreoffice-writer, libreoffice-calc)",
                code="converter_missing",
            )
        with self._lock:
            command = [
                *_prefix(), *LIMITED, office, f"-env:UserInstallation={self._made().as_uri()}",
                "--headless", "--norestore", "--nolockcheck", "--nodefault",
                "--convert-to", target, "--outdir", str(source.parent), str(source),
            ]  # fmt: skip
            if not _finishes(command, source.parent):
                self.forget()
                raise UnreadableDocumentError(
                    f"{file_name}: LibreOffice did not finish within "
                    f"{LIMITS.conversion_seconds:.0f} seconds; save the file as .docx or .xlsx "
                    "and try again",
                    code="limits_exceeded",
                )

    def _made(self) -> Path:
        """Return the profile, made on first use."""
        if self._profile is None or not self._profile.exists():
            self._profile = Path(tempfile.mkdtemp(prefix="gip-office-"))
            user = self._profile / "user"
            user.mkdir()
            (user / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        return self._profile

    def forget(self) -> None:
        """Remove the profile, which a killed program may have left in disorder."""
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
            self._profile = None


OFFICE = _Office()
atexit.register(OFFICE.forget)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), (_, value) in SETTINGS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )


def _finishes(command: list[str], folder: Path) -> bool:
    """Run a command with nothing of our environment; kill all of it when its time is over."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(  # noqa: S603 - our own command; the document's name is ours, too
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(LIMITS.conversion_seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _kill_group(process)
    return True


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def convert(data: bytes, kind: Kind, file_name: str) -> bytes:
    """Return a file as docx or xlsx.

    Raises UnreadableDocumentError: `converter_missing`, `limits_exceeded`, `broken_file`.
    """
    with tempfile.TemporaryDirectory(prefix="gip-document-") as folder:
        source = Path(folder) / f"document{kind.suffixes[0]}"
        source.write_bytes(data)
        OFFICE.convert(source, kind.target, file_name)
        result = source.with_suffix(f".{kind.target}")
        if not result.exists():
            raise broken(file_name, "LibreOffice cannot open it")
        if result.stat().st_size > LIMITS.unpacked_bytes:
            raise too_large(file_name, "it grows beyond all measure when opened")
        return result.read_bytes()


READERS = tuple(
    Reader(kind.format, kind.suffixes, partial(_recognizes, kind), partial(_read, kind))
    for kind in (DOC, XLS, ODT, ODS, RTF, WORD_XML)
)
