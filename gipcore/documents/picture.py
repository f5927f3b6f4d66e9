"""Pictures of reports: told apart, so that the message can say what to do."""

from gipcore.documents.limits import without_text
from gipcore.documents.model import Document
from gipcore.documents.reader import Reader

MARKS = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM",
)  # fmt: skip
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")
TEXT_LIKE = b"BM"  # two letters that a text may begin with, too


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are a picture."""
    if data.startswith(TEXT_LIKE):
        return 0.9 if b"\x00" in data[:16] else 0.0
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return 0.9 if is_webp or data.startswith(MARKS) else 0.0


def read(data: bytes, file_name: str) -> Document:
    """Raise UnreadableDocumentError (`scan_without_text`): text in a picture is not read here."""
    raise without_text(file_name, "this is a picture")


READER = Reader("picture", SUFFIXES, recognizes, read)
