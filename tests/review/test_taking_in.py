"""What comes back is put on record: disputes and questions, once, under whose name they came."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from reportgen.jobs import papers
from reportgen.jobs.review import reviewing
from reportgen.review.log.entries import Comment, Dispute
from tests.review.desk import Desk, sent, taken
from tests.review.paper_editor import Annotator
from tests.review.word_editor import Editor

FIGURE = "28.8 million"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return sent(tmp_path_factory.mktemp("workspace"))


@pytest.fixture
def desk(once: Desk) -> Desk:
    """A desk on which nothing lies but the letter that was sent."""
    log = papers.log_path(once.letter)
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    return once


def said(desk: Desk) -> tuple[tuple[Dispute, ...], tuple[Comment, ...]]:
    log = reviewing.read_log(desk.letter)
    assert log.problems == ()
    return log.of(Dispute), log.of(Comment)


def edited(desk: Desk) -> Editor:
    editor = Editor(desk.sent)
    editor.replace(FIGURE, "28.9 million", after="Anthropic counted")
    editor.comment("Has any agency?", on="no court or agency")
    return editor


def test_an_edit_of_a_figure_is_a_dispute_on_record(desk: Desk) -> None:
    assert taken(desk, edited(desk).saved()).recorded == 2
    ((dispute,), _) = said(desk)
    assert (dispute.fact, dispute.proposed) == ("alibaba-2026.exchanges", "28.9 million")
    assert dispute.text == f"`alibaba-2026.exchanges`: “{FIGURE}” became “28.9 million”"
    assert dispute.subject is not None
    assert FIGURE in dispute.subject.text


def test_an_edit_of_a_part_of_a_fact_proposes_the_whole_of_it(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("25,000", "26,000")
    editor.replace("approximately", "about")
    taken(desk, editor.saved())
    (disputes, _) = said(desk)
    assert {each.fact for each in disputes} == {"alibaba-2026.accounts"}
    assert {each.proposed for each in disputes} == {"about 26,000"}


def test_a_comment_is_a_question_by_whom_the_file_names(desk: Desk) -> None:
    taken(desk, edited(desk).saved())
    (_, (comment,)) = said(desk)
    assert (comment.text, comment.by.name) == ("Has any agency?", "Ada Example")
    assert comment.origin is not None
    assert (comment.origin.by, comment.origin.file) == ("Counsel Example", "back.docx")
    assert comment.origin.about == "no court or agency"
    assert comment.subject is not None
    assert comment.subject.number == 3


def test_the_same_file_asks_nothing_twice_whatever_it_is_called(desk: Desk) -> None:
    editor = edited(desk)
    assert taken(desk, editor.saved()).recorded == 2
    assert taken(desk, editor.saved()).recorded == 0
    assert taken(desk, editor.saved(), "again.docx").recorded == 0
    editor.comment("And since when?", on="What follows")
    assert taken(desk, editor.saved(), "later.docx").recorded == 1


def test_one_figure_in_several_sentences_is_questioned_where_it_stands(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.comment("By whose count?", on=FIGURE, after="Anthropic counted")
    taken(desk, editor.saved())
    (_, (comment,)) = said(desk)
    assert comment.subject is not None
    assert "Anthropic counted" in comment.subject.text


def test_what_a_file_says_is_no_more_than_words(desk: Desk) -> None:
    editor = Editor(desk.sent, author="A\u009fda\u202e" * 200)
    editor.comment("B\u0080ad\n" + "x" * 30_000, on="What follows")
    assert taken(desk, editor.saved()).problems == ()
    (_, (comment,)) = said(desk)
    assert comment.origin is not None
    assert len(comment.origin.by) <= 200
    assert len(comment.text) <= 20_000
    assert "\u0080" not in comment.text


def test_a_dispute_is_settled_when_the_case_says_what_was_proposed(desk: Desk) -> None:
    taken(desk, edited(desk).saved())
    case = desk.letter.parent.parent / "case.yaml"
    before = case.read_text()
    try:
        case.write_text(before.replace(FIGURE, "28.9 million"))
        assert opened(desk) == ["comment"]
    finally:
        case.write_text(before)
    assert opened(desk) == ["dispute", "comment"]


def opened(desk: Desk) -> list[str]:
    review, problems = reviewing.review(desk.workspace, desk.letter)
    assert review is not None, problems
    return sorted((each.entry.kind for each in review.status().open), reverse=True)


# --- an annotated PDF ---------------------------------------------------------------------------


def test_a_pdf_of_the_packet_is_known_by_the_version_on_its_pages(desk: Desk) -> None:
    annotator = Annotator((desk.packet / "review-copy.pdf").read_bytes())
    annotator.highlight("no court or agency", "Has any agency?")
    annotator.strike(FIGURE, "28.9 million")
    result = taken(desk, annotator.saved(), "annotated.pdf")
    assert (result.problems, result.recorded, result.called) == ((), 2, "draft 1")
    ((dispute,), (comment,)) = said(desk)
    assert (dispute.fact, dispute.proposed) == ("alibaba-2026.exchanges", "28.9 million")
    assert (comment.text, comment.origin and comment.origin.by) == (
        "Has any agency?",
        "Counsel Example",
    )
    assert comment.subject is not None
    assert comment.subject.number == 3
    assert taken(desk, annotator.saved(), "annotated.pdf").recorded == 0


def test_words_that_are_struck_out_of_a_pdf_are_a_question(desk: Desk) -> None:
    annotator = Annotator((desk.packet / "review-copy.pdf").read_bytes())
    annotator.strike("no court or agency", "no court")
    taken(desk, annotator.saved(), "annotated.pdf")
    (disputes, (comment,)) = said(desk)
    assert disputes == ()
    assert comment.text == "“no court or agency” was struck out, for “no court”"


def test_what_is_drawn_on_a_pdf_is_a_question_with_words_or_without(desk: Desk) -> None:
    annotator = Annotator((desk.packet / "review-copy.pdf").read_bytes())
    annotator.draw("/Ink", "no court or agency")
    annotator.draw("/Square", "no court or agency", "Since when?")
    annotator.draw("/Stamp", "no court or agency", "x" * 100_000)
    taken(desk, annotator.saved(), "annotated.pdf")
    (_, comments) = said(desk)
    assert [each.text[:12] for each in comments] == ["(drawing)", "Since when?", "x" * 12]
    assert len(comments[2].text) == 20_000
    assert [each.subject and each.subject.number for each in comments] == [3, 3, None]


# --- prose that is not the letter's own -----------------------------------------------------------


def test_an_edit_of_what_the_family_says_puts_its_section_into_the_letter(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("waives any privilege", "is a waiver of any privilege")
    before, own = sentences(desk), desk.markdown.read_text()
    result = taken(desk, editor.saved())
    assert result.returned is not None
    assert result.returned.unplaced == ()
    git = shutil.which("git")
    assert git is not None
    patch = result.returned.patch.encode()
    subprocess.run([git, "apply", "-"], cwd=desk.workspace.root, input=patch, check=True)  # noqa: S603
    after, patched = sentences(desk), desk.markdown.read_text()
    desk.markdown.write_text(own)
    assert patched.startswith(own.rstrip())
    assert "{#reservation}" in patched
    assert after == [
        text.replace("waives any privilege", "is a waiver of any privilege") for text in before
    ]


def test_a_sentence_is_patched_whole_or_not_at_all(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("affiliated with the company", "tied to the company")
    editor.replace("it is not a statement", "it is {{ no }} statement")
    editor.replace("goes beyond", "goes far beyond")
    result = taken(desk, editor.saved())
    assert result.returned is not None
    assert [each.new for each in result.returned.unplaced] == ["tied to", "{{ no }}"]
    assert "goes far beyond" in result.returned.patch
    assert "tied to" not in result.returned.patch
    told = result.paths[0].read_text()
    assert "; its section is written in `senate-banking.md`" in told
    assert "`git apply`" in told


def sentences(desk: Desk) -> list[str]:
    review, problems = reviewing.review(desk.workspace, desk.letter)
    assert review is not None, problems
    return [each.text for each in review.draft.assertions]
