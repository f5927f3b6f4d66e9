"""The form of the self-check page: what a visitor gives, and how long the result is kept."""

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from gipcore.ingest import CONVERTING_SECONDS, SECONDS
from gipcore.ui.html import element, join, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import empty, heading
from gipcore.ui.self_check import (
    MOST_DOCUMENTS,
    BusyError,
    Checked,
    Given,
    check_draft,
)

KEPT = "self_check_result"  # in the state of the session, which ends with the visit
DRAFT, PREVIOUS, TEXT = "self_check_draft", "self_check_previous", "self_check_text"
LONGEST_TEXT = 200_000  # characters; a whole report has some ten thousand
PASTED = "text.txt"
COMMAND = "python -m gipcore check FILE --previous FILE"


def ask() -> Checked | None:
    """Draw the form; return what was read of the draft last given, None when there is none."""
    _say_what_is_not_taken()
    with st.container(key="self_check"), st.form("self_check_form", clear_on_submit=True):
        first, second = st.columns(2)
        with first:
            draft = st.file_uploader(say("self_check.draft"), key=DRAFT)
            show(paragraph(say("self_check.draft_help"), css="gip-muted gip-small"))
        with second:
            previous = st.file_uploader(say("self_check.previous"), key=PREVIOUS)
            show(paragraph(say("self_check.previous_help"), css="gip-muted gip-small"))
        text = st.text_area(
            say("self_check.paste"),
            placeholder=say("self_check.paste_hint"),
            max_chars=LONGEST_TEXT,
            height=110,
            key=TEXT,
        )
        is_sent = st.form_submit_button(say("self_check.submit"), type="primary")
        show(_terms())
    if is_sent:
        st.session_state.pop(KEPT, None)
        given = _given(draft, text)
        if given is None:
            empty(say("self_check.nothing_given"), say("self_check.nothing_given_advice"))
        else:
            _check(given, _given(previous, ""))
    kept = st.session_state.get(KEPT)
    return kept if isinstance(kept, Checked) else None


def expectations() -> None:
    """Say what a visitor gets, before there is anything to show."""
    heading(say("self_check.expect"))
    pieces = ("expect_list", "expect_tables", "expect_files")
    items = join(element("li", say(f"self_check.{piece}")) for piece in pieces)
    command = join([say("self_check.expect_command"), " ", element("code", COMMAND)])
    show(element("ul", items) + paragraph(command))


def forget() -> None:
    """Let go of the result."""
    st.session_state.pop(KEPT, None)


def _check(given: Given, previous: Given | None) -> None:
    place = st.empty()

    def step(number: int) -> None:
        place.info(say("self_check.reading", number=number), icon="⏳")

    place.info(say("self_check.waiting"), icon="⏳")
    try:
        st.session_state[KEPT] = check_draft(given, previous, step)
    except BusyError:
        empty(say("self_check.busy"), say("self_check.busy_advice"))
    finally:
        place.empty()


def _given(upload: UploadedFile | None, text: str) -> Given | None:
    """Take a file out of the server's memory, or the text where there is no file."""
    if upload is None:
        pasted = text[:LONGEST_TEXT]
        return Given(PASTED, pasted.encode("utf-8", "replace")) if pasted.strip() else None
    given = Given(upload.name, upload.getvalue())
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, upload.file_id)
    return given


def megabytes() -> int:
    """Return how large a file may be; the server refuses more."""
    return int(st.get_option("server.maxUploadSize"))


def _terms() -> Markup:
    limits = say(
        "self_check.limits",
        megabytes=megabytes(),
        seconds=round(SECONDS),
        converting=round(CONVERTING_SECONDS),
        documents=MOST_DOCUMENTS,
    )
    terms = (say("self_check.privacy"), limits)
    return join(paragraph(words, css="gip-muted gip-small") for words in terms)


def _say_what_is_not_taken() -> None:
    """Give the style the words for a file that is too large; Streamlit's say no more than that."""
    words = say("self_check.not_taken", megabytes=megabytes())
    st.html(f'<style>.st-key-self_check {{--gip-refused: "{words}";}}</style>')
