"""What comes back from review: every edit found, none merged, and nothing trusted."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reportgen.jobs.papers import log_path
from reportgen.jobs.review import returning, reviewing
from reportgen.review.log import drafts
from reportgen.review.returned import package, pdffile, wordfile
from tests.review.desk import WHO, Desk, sent, taken
from tests.review.speaking import at
from tests.review.word_editor import BODY, NOTES, Editor, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.review.model import Edit, Returned

ALLEGED = "What follows is alleged, not found"
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return sent(tmp_path_factory.mktemp("workspace"))


def read(desk: Desk, editor: Editor) -> Returned:
    result = taken(desk, editor.saved())
    assert result.problems == ()
    assert result.returned is not None
    return result.returned


def only(returned: Returned) -> Edit:
    (edit,) = returned.edits
    return edit


# --- edits --------------------------------------------------------------------------------------


def test_a_file_that_nobody_touched_says_nothing(desk: Desk) -> None:
    returned = read(desk, Editor(desk.sent))
    assert (returned.edits, returned.remarks, returned.patch) == ((), (), "")
    assert returned.number == 1


def test_a_tracked_edit_of_prose_becomes_a_patch_that_applies(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("no court or agency", "no court")
    returned = read(desk, editor)
    edit = only(returned)
    assert (edit.old, edit.new, edit.tracked, edit.by) == (
        "or agency",
        "",
        True,
        ("Counsel Example",),
    )
    assert edit.sentence is not None
    assert edit.sentence.text.startswith(ALLEGED)
    root = desk.workspace.root
    before = desk.markdown.read_text()
    git = shutil.which("git")
    assert git is not None
    subprocess.run([git, "apply", "-"], cwd=root, input=returned.patch.encode(), check=True)  # noqa: S603
    after = desk.markdown.read_text()
    desk.markdown.write_text(before)
    assert after == before.replace("no court or agency", "no court")


def test_an_insertion_keeps_the_spaces_between_words(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.insert("reportedly ", before="said to have used")
    returned = read(desk, editor)
    assert (only(returned).old, only(returned).new) == ("", "reportedly")
    assert "+The campaign" in returned.patch
    assert "are reportedly said to have used" in returned.patch


def test_an_edit_that_was_made_with_tracking_off_is_found(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("no court or agency", "no court", tracked=False)
    edit = only(read(desk, editor))
    assert (edit.old, edit.tracked, edit.by) == ("or agency", False, ())


@pytest.mark.parametrize("tracked", [True, False])
def test_an_edit_of_a_bound_figure_is_a_dispute_and_in_no_patch(desk: Desk, tracked: bool) -> None:  # noqa: FBT001
    editor = Editor(desk.sent)
    editor.replace("28.8 million", "29 million", after="Anthropic counted", tracked=tracked)
    returned = read(desk, editor)
    edit = only(returned)
    assert [fact.address for fact in edit.facts] == ["alibaba-2026.exchanges"]
    assert (edit.old, edit.new, edit.tracked) == ("28.8 million", "29 million", tracked)
    assert edit.sentence is not None
    assert returned.patch == ""
    assert returned.unplaced == ()


def test_half_a_figure_is_disputed_as_a_whole(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("28.8", "29", after="Anthropic counted")
    edit = only(read(desk, editor))
    assert (edit.old, edit.new) == ("28.8 million", "29 million")
    assert [fact.text for fact in edit.facts] == ["28.8 million"]


def test_a_figure_that_was_taken_out_is_a_dispute(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("28.8 million", "", after="Anthropic counted")
    assert [fact.text for fact in only(read(desk, editor)).facts] == ["28.8 million"]


def test_an_edit_in_a_footnote_is_told_and_left_to_be_made_by_hand(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.replace("after CNBC", "following CNBC", part=NOTES)
    returned = read(desk, editor)
    assert (only(returned).old, only(returned).new) == ("after", "following")
    assert returned.unplaced == returned.edits


def test_a_comment_is_a_question_on_its_sentence(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.comment("Has any agency?", on="no court or agency")
    result = taken(desk, editor.saved())
    assert result.returned is not None
    (remark,) = result.returned.remarks
    assert (remark.author, remark.about) == ("Counsel Example", "no court or agency")
    summary = next(path for path in result.paths if path.name == "summary.md").read_text()
    assert "Counsel Example on “no court or agency”, in sentence 3: Has any agency?" in summary


def test_nothing_but_the_log_is_written_under_cases(desk: Desk) -> None:
    def state() -> dict[str, bytes]:
        files = (desk.workspace.cases).rglob("*")
        return {
            str(path): path.read_bytes()
            for path in files
            if path.is_file() and path != log_path(desk.letter)
        }

    before = state()
    editor = Editor(desk.sent)
    editor.replace("no court or agency", "no court")
    editor.replace("28.8 million", "29 million", after="Anthropic counted")
    assert len(taken(desk, editor.saved()).paths) == 2
    assert state() == before


def test_what_an_editor_wrote_cannot_become_template_code(desk: Desk) -> None:
    editor = Editor(desk.sent)
    editor.insert("{{ incident }} ", before="said to have used")
    returned = read(desk, editor)
    assert returned.patch == ""
    assert len(returned.unplaced) == 1


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_edits_come_through_libreoffice(desk: Desk, tmp_path: Path) -> None:
    editor = Editor(desk.sent)
    editor.replace("no court or agency", "no court", tracked=False)
    editor.insert("reportedly ", before="said to have used")
    editor.replace("28.8 million", "29 million", after="Anthropic counted")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "letter.docx").write_bytes(editor.saved())
    assert SOFFICE is not None
    subprocess.run(  # noqa: S603 - the program that was found above
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "in" / "letter.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    result = taken(desk, (tmp_path / "letter.docx").read_bytes())
    assert result.returned is not None
    told = {(edit.old, edit.new): edit for edit in result.returned.edits}
    assert told.keys() == {("or agency", ""), ("", "reportedly"), ("28.8 million", "29 million")}
    assert not told["or agency", ""].tracked
    assert told["", "reportedly"].by == ("Counsel Example",)
    assert [fact.text for fact in told["28.8 million", "29 million"].facts] == ["28.8 million"]


# --- bad input ----------------------------------------------------------------------------------


def code(desk: Desk, content: bytes) -> str:
    result = taken(desk, content)
    assert result.returned is None
    assert result.paths == ()
    (problem,) = result.problems
    return problem.code


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_file_that_is_no_word_file_is_refused(desk: Desk) -> None:
    assert code(desk, b"Dear counsel,") == "word-file-unreadable"
    assert code(desk, b"") == "word-file-unreadable"
    assert code(desk, zipped({"content.xml": b"<a/>"})) == "word-file-unreadable"
    assert code(desk, desk.sent[: len(desk.sent) // 2]) == "word-file-unreadable"


def test_a_file_of_another_letter_is_refused(desk: Desk) -> None:
    text = b"".join(
        b'<w:p><w:r><w:t xml:space="preserve">Some other matter entirely.</w:t></w:r></w:p>'
        for _ in range(20)
    )
    root = b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>'
    body = root % (wordfile.W[1:-1].encode(), text)
    assert code(desk, zipped({BODY: body})) == "returned-unknown"


def test_a_draft_that_was_never_sent_is_not_taken_for_one_that_was(desk: Desk) -> None:
    draft = drafts.sent(reviewing.read_log(desk.letter))[0]
    version = drafts.version(draft.digest).encode()
    made = parts(desk.sent)
    assert any(version in content for content in made.values())
    other = zipped({name: each.replace(version, b"vABCDEF") for name, each in made.items()})
    result = taken(desk, other)
    assert result.paths == ()
    assert "its pages bear vABCDEF, of which no draft was kept" in result.problems[0].message
    file = desk.workspace.root / "other.docx"
    file.write_bytes(other)
    named = returning.take(desk.workspace, file, WHO, lambda: at(10), desk.letter)
    assert (named.problems, named.called) == ((), "draft 1")


def test_two_parts_of_one_name_are_refused(desk: Desk) -> None:
    stream = io.BytesIO(desk.sent)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(stream, "a") as file,
    ):
        file.writestr(BODY, b"<a/>")
    assert code(desk, stream.getvalue()) == "word-file-unreadable"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "https://example.com/a.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(desk: Desk, head: str) -> None:
    made = parts(desk.sent)
    made[BODY] = head.encode() + made[BODY].partition(b"?>")[2]
    assert code(desk, zipped(made)) == "word-file-unreadable"


def test_a_part_that_would_unpack_to_far_more_is_refused(desk: Desk) -> None:
    made = parts(desk.sent)
    made[BODY] = made[BODY].replace(b"</w:body>", b" " * 40_000_000 + b"</w:body>")
    content = zipped(made)
    assert len(content) < 2_000_000
    assert code(desk, content) == "word-file-unreadable"


def test_a_size_that_is_a_lie_unpacks_no_more_than_it_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_PART", 1000)
    assert code(desk, desk.sent) == "word-file-unreadable"


def test_elements_within_elements_without_end_are_refused(desk: Desk) -> None:
    made = parts(desk.sent)
    made[BODY] = b"<a>" * 100_000 + b"</a>" * 100_000
    assert code(desk, zipped(made)) == "word-file-unreadable"


def test_a_file_without_footnotes_or_comments_is_read(desk: Desk) -> None:
    made = parts(desk.sent)
    del made[NOTES]
    result = taken(desk, zipped(made))
    assert result.returned is not None
    assert result.returned.edits


# --- PDF ----------------------------------------------------------------------------------------


def test_comments_of_a_pdf_are_read_with_the_words_under_them() -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(300, 300)
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    text = pdfium.FPDFPageObj_CreateTextObj(document, font, 12.0)
    encoded = "the campaign is alleged\0".encode("utf-16-le")
    buffer = (pdfium.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
    pdfium.FPDFText_SetText(text, buffer)
    pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 50, 200)
    pdfium.FPDFPage_InsertObject(page, text)
    pdfium.FPDFPage_GenerateContent(page)
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    quad = pdfium.FS_QUADPOINTSF(45, 215, 250, 215, 45, 195, 250, 195)
    pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    for key, said in ((b"Contents", "By whom?"), (b"T", "Counsel Example")):
        wide = (said + "\0").encode("utf-16-le")
        value = (pdfium.FPDF_WCHAR * (len(wide) // 2)).from_buffer_copy(wide)
        pdfium.FPDFAnnot_SetStringValue(annotation, key, value)
    pdfium.FPDFPage_CloseAnnot(annotation)
    saved = io.BytesIO()
    document.save(saved)
    file, problems = pdffile.read(saved.getvalue(), "back.pdf")
    assert file is not None, problems
    (remark,) = file.remarks
    assert (remark.author, remark.text, remark.about) == (
        "Counsel Example",
        "By whom?",
        "the campaign is alleged",
    )


def test_a_file_that_is_no_pdf_is_refused(desk: Desk) -> None:
    assert code(desk, b"%PDF-1.7\nnothing") == "pdf-unreadable"
