"""The text of two reports side by side: passages with what was written anew and what is gone.

Changed words are told apart by the elements `ins` and `del`, by underline and strike, and by words
for those who listen; never by colour alone.
"""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from gipcore.form.editions import SECTIONS
from gipcore.metrics.repeated import Change, Kind, PassageBeside, Run
from gipcore.ui.figures import place_words
from gipcore.ui.html import element, join, paragraph
from gipcore.ui.language import say, tell

TITLES = {section.number: section.title for section in SECTIONS}
TAGS = {
    Change.REMOVED: ("del", "changes.removed_mark"),
    Change.INSERTED: ("ins", "changes.inserted_mark"),
}


def text_changes(passages: Iterable[PassageBeside]) -> Markup:
    """Return passages under the headings of the sections they stand in."""
    return join(
        element("h3", section_words(section)) + join(map(_passage, together))
        for section, together in groupby(passages, key=lambda passage: passage.section)
    )


def section_words(section: int) -> str:
    """Say a section of the report by its title on the form."""
    return tell(TITLES[section]) if section in TITLES else say("changes.opening")


def _passage(passage: PassageBeside) -> Markup:
    tags = [element("span", say(f"changes.{passage.kind.value}"), css="gip-tag")]
    if passage.moved_from is not None:
        tags.append(
            element("span", say("changes.moved", section=section_words(passage.moved_from)))
        )
    tags.append(element("span", place_words(passage.place)))
    head = paragraph(join(tags, by=" · "), css="gip-muted gip-small")
    is_whole = passage.kind in (Kind.NEW, Kind.GONE)
    body = join(map(_run, passage.runs))
    return element(
        "div",
        head + paragraph(body, css="gip-words"),
        css=f"gip-passage gip-{passage.kind.value}" + " gip-whole" * is_whole,
    )


def _run(run: Run) -> Markup:
    if run.change is Change.KEPT:
        return join([run.text])
    tag, words = TAGS[run.change]
    return element(tag, run.text, data_before=say(words), data_after=say("changes.mark_end"))
