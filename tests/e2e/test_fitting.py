"""Words have the room that they take."""

from playwright.sync_api import expect

from tests.e2e.browser import NARROW

LINES = """(head) => {
  const words = document.createRange()
  words.selectNodeContents(head)
  return new Set([...words.getClientRects()].map((line) => line.top)).size
}"""


def test_short_heads_of_the_form_stand_on_one_line(visitor, past):
    one = visitor(site=past)
    one.open("report", report="xigong-2024")
    for words in ("总计", "其他", "自然人"):
        head = one.page.locator(".gip-form-3 thead th").filter(has_text=words).last
        assert head.evaluate(LINES) == 1, words


def test_nothing_is_written_over_the_words_in_an_empty_box(visitor):
    one = visitor(width=NARROW)
    one.open()
    box, hint = one.page.get_by_label("查找机关"), one.page.get_by_test_id("InputInstructions")
    box.focus()
    expect(box).to_be_focused()
    one.page.wait_for_timeout(500)
    assert not hint.is_visible()
    box.fill("西")
    hint.wait_for()
