"""Web archives: the page of a browser's or Word's single file is read as the page itself."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from gipcore.documents import mhtml
from gipcore.documents.reader import read_document
from gipcore.errors import UnreadableDocumentError
from tests.documents.factory import Form, html_page, word_html
from tests.documents.test_every_format import every_cell_is_right


def archived(page: str, charset: str, *, encoding: str = "quoted-printable") -> bytes:
    """Return a page with a style sheet and a picture beside it, as a browser saves them."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["MIME-Version"] = "1.0"
    message.set_content(page.encode(charset), "text", "html", cte=encoding)
    message.replace_header("Content-Type", f'text/html; charset="{charset}"')
    message.add_related(b"td{color:red}", "text", "css", cid="<css-1@mhtml.blink>")
    message.add_related(b"\x89PNG", "image", "png", cid="<picture@mhtml.blink>")
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_page_saved_by_a_browser(form: Form, encoding: str):
    data = archived(html_page(form), "utf-8", encoding=encoding)
    document = read_document(data, "report.mht")
    assert document.format == "mhtml"
    every_cell_is_right(document, form)


def test_single_file_page_of_word(form: Form):
    every_cell_is_right(read_document(archived(word_html(form), "gb18030"), "report.mht"), form)


def test_page_whose_encoding_stands_beside_it(form: Form):
    page = html_page(form).replace('<meta charset="utf-8">', "")
    every_cell_is_right(read_document(archived(page, "utf-16"), "report.mht"), form)


def test_letters_without_a_page_are_refused():
    message = MIMEMultipart("related")
    message.attach(MIMEText("年度报告", "plain", "utf-8"))
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(message.as_bytes(), "letter.mht")
    assert caught.value.code == "broken_file"


def test_deeply_nested_parts_are_refused():
    part: MIMEMultipart | MIMEText = MIMEText("<p>1</p>", "html")
    for _ in range(200):
        outer = MIMEMultipart("related")
        outer.attach(part)
        part = outer
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(part.as_bytes(), "deep.mht")
    assert caught.value.code == "too_large"


def test_a_page_that_speaks_of_messages_is_no_archive(form: Form):
    page = html_page(form) + "MIME-Version: 1.0\nContent-Type: multipart/related"
    assert mhtml.recognizes(page.encode(), "a.html") == 0.0
