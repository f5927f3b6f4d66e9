"""What a text repeats from an earlier one, in sentences of our own."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipcore.form.report import Passage
from gipcore.metrics import repeated
from gipcore.metrics.repeated import Change, Kind, Run, compare_texts, is_heading

WORK = "{year}年，我镇主动公开信息{items}条，比上年多出{more}%，栏目也更清楚了。"
TRAINING = "春天办了两次讲解，请村里的信息员一起学习条例。"
HOTLINE = "新设一部热线电话，由专人接听并逐件登记，当天答复。"
PROBLEM = "公开的渠道还不够多，群众查找起来不方便。"
PLAN = "明年再开两个栏目，并把目录重新编排一遍。"


def passages(*texts, section=1):
    return tuple(Passage(section, text, f"section {section}") for text in texts)


def kinds(comparison):
    return [passage.kind for passage in comparison.passages]


def words(passage, change):
    return [run.text for run in passage.runs if run.change is change]


def test_changed_figures_and_years_do_not_hide_a_repeated_passage():
    before = passages(WORK.format(year=2023, items="1,200", more=5))
    now = passages(WORK.format(year=2024, items="1,350", more="7.5"))
    found = compare_texts(before, now)
    assert found.share == 1
    (passage,) = found.passages
    assert passage.kind is Kind.CHANGED
    assert words(passage, Change.REMOVED) == ["2023", "1,200", "5%"]
    assert words(passage, Change.INSERTED) == ["2024", "1,350", "7.5%"]
    assert found.verbatim == found.characters - len("20241,3507.5%")


def test_years_in_chinese_numerals_count_as_years():
    found = compare_texts(
        passages("二〇二三年，本机关共收到申请，都按时答复了。"),
        passages("二〇二四年，本机关共收到申请，都按时答复了。"),
    )
    assert words(found.passages[0], Change.INSERTED) == ["二〇二四"]
    assert found.share == 1


def test_new_and_gone_passages_stand_where_they_stood():
    before = passages(WORK.format(year=2023, items=1, more=2), TRAINING, PROBLEM)
    now = passages(WORK.format(year=2023, items=1, more=2), PROBLEM, HOTLINE)
    found = compare_texts(before, now)
    assert kinds(found) == [Kind.UNCHANGED, Kind.GONE, Kind.UNCHANGED, Kind.NEW]
    assert found.passages[1].runs == (Run(Change.REMOVED, TRAINING),)
    assert found.passages[3].runs == (Run(Change.INSERTED, HOTLINE),)
    assert found.repeated == found.verbatim == found.characters - len(HOTLINE)


def test_paragraphs_joined_or_parted_are_still_repeated():
    apart, joined = passages(TRAINING, PROBLEM, PLAN), passages(TRAINING + PROBLEM + PLAN)
    for before, now in ((apart, joined), (joined, apart)):
        found = compare_texts(before, now)
        assert found.share == 1
        assert set(kinds(found)) == {Kind.UNCHANGED}


def test_sentence_gone_from_a_paragraph_is_struck_out_where_it_stood():
    found = compare_texts(passages(TRAINING + PROBLEM + PLAN), passages(TRAINING + PLAN))
    (passage,) = found.passages
    assert passage.kind is Kind.CHANGED
    assert [run.change for run in passage.runs] == [Change.KEPT, Change.REMOVED, Change.KEPT]
    assert words(passage, Change.REMOVED) == [PROBLEM]
    assert found.share == 1


def test_first_sentence_gone_stands_before_the_rest():
    found = compare_texts(passages(TRAINING + PROBLEM), passages(PROBLEM))
    assert [run.text for run in found.passages[0].runs] == [TRAINING, PROBLEM]


def test_sentence_added_to_a_paragraph_is_not_counted_as_repeated():
    found = compare_texts(passages(TRAINING), passages(TRAINING + HOTLINE))
    assert kinds(found) == [Kind.CHANGED]
    assert (found.repeated, found.characters) == (len(TRAINING), len(TRAINING + HOTLINE))


def test_reworded_sentence_is_marked_in_readable_chunks():
    found = compare_texts(
        passages("公开的渠道还不够多，群众查找起来不方便。"),
        passages("公开的渠道仍然偏少，群众查找起来不方便。"),
    )
    (passage,) = found.passages
    assert [(run.change, run.text) for run in passage.runs] == [
        (Change.KEPT, "公开的渠道"),
        (Change.REMOVED, "还不够多"),
        (Change.INSERTED, "仍然偏少"),
        (Change.KEPT, "，群众查找起来不方便。"),
    ]


def test_different_sentences_on_one_subject_are_not_alike():
    found = compare_texts(passages(TRAINING, PROBLEM), passages(HOTLINE, PLAN))
    assert found.share == 0
    assert kinds(found).count(Kind.NEW) == 2


def test_repeated_passage_in_another_section_says_where_it_stood():
    found = compare_texts(passages(PLAN, section=5), passages(PLAN, section=6))
    (passage,) = found.passages
    assert (passage.kind, passage.section, passage.moved_from) == (Kind.UNCHANGED, 6, 5)


def test_short_words_repeat_only_within_their_section():
    found = compare_texts(passages("无。", section=5), passages("无。", section=6))
    assert kinds(found) == [Kind.GONE, Kind.NEW]
    assert compare_texts(passages("无。"), passages("无。")).share == 1


def test_passage_repeated_twice_has_one_partner_each():
    found = compare_texts(passages(TRAINING), passages(TRAINING, TRAINING))
    assert kinds(found) == [Kind.UNCHANGED, Kind.NEW]
    assert found.share == 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体情况", True),
        ("（二）依申请公开情况：", True),
        ("青禾县柳塘镇人民政府2024年政府信息公开工作年度报告", True),
        ("无。", False),
        ("（一）主动公开。全年公开信息五条。", False),
        ("这一段没有标点但是写得很长很长" * 3, False),
    ],
)
def test_headings_take_no_part(text, expected):
    assert is_heading(Passage(1, text, "")) is expected


def test_share_is_of_the_text_without_headings():
    before = passages("一、总体情况", TRAINING)
    now = passages("一、基本情况", TRAINING)
    found = compare_texts(before, now)
    assert found.characters == found.repeated == len(TRAINING)


def test_blanks_and_the_width_of_signs_are_no_change():
    found = compare_texts(
        passages("全年公开１２条，其中 规章2件，其余都是通知。"),
        passages("全年公开12条,其中规章2件，其余都是通知。"),
    )
    assert kinds(found) == [Kind.UNCHANGED]


@pytest.mark.parametrize("nothing", [(), passages("一、总体情况", "  ")])
def test_without_text_there_is_no_share(nothing):
    assert compare_texts(nothing, passages(TRAINING)) is None
    assert compare_texts(passages(TRAINING), nothing) is None


TEXTS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.text(alphabet=st.sampled_from("公开信息条例 12，。；？\n（）aＡ\0ﷺ"), max_size=80),
    ),
    max_size=12,
).map(lambda found: tuple(Passage(section, text, "") for section, text in found))


@given(TEXTS)
def test_text_against_itself_is_repeated_word_for_word(text):
    found = compare_texts(text, text)
    if found is not None:
        assert found.repeated == found.verbatim == found.characters
        assert found.share == 1
        assert set(kinds(found)) == {Kind.UNCHANGED}


@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost_and_none_counted_twice(before, now):
    found = compare_texts(before, now)
    if found is None:
        return
    assert 0 <= found.verbatim <= found.repeated <= found.characters

    def letters(change):
        runs = (run for passage in found.passages for run in passage.runs)
        return sorted(repeated.BLANKS.sub("", "".join(r.text for r in runs if r.change in change)))

    def of(text):
        kept = (each.text for each in text if not is_heading(each))
        return sorted(repeated.BLANKS.sub("", "".join(kept)))

    assert letters((Change.KEPT, Change.INSERTED)) == of(now)
    # A kept sign may have changed its width, so the earlier text is counted, not spelled.
    assert len(letters((Change.KEPT, Change.REMOVED))) == len(of(before))


HOSTILE = {
    "one endless sentence": lambda mark: passages((mark + "公开信息") * 100_000),
    "a sentence a paragraph": lambda mark: passages(
        *(f"{chr(0x4E00 + i % 3000)}{mark}{'公开' * (i % 9 + 5)}。" for i in range(20_000))
    ),
    "all sentences in a paragraph": lambda mark: passages(
        "".join(f"{chr(0x4E00 + i % 3000)}{mark}{'公开' * (i % 9 + 5)}。" for i in range(20_000))
    ),
    "only marks": lambda mark: passages(mark + "。" * 500_000),
    "only blanks": lambda mark: passages(mark + "，" + " " * 500_000 + "x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_endless_text_is_cut_off_and_says_so(name):
    started = process_time()
    found = compare_texts(HOSTILE[name]("甲"), HOSTILE[name]("乙"))
    assert process_time() - started < 10  # a second or so; never minutes
    assert found.is_cut_off
    assert found.characters <= repeated.MOST_CHARACTERS
