"""The copy that is sent: nothing in it is the house's own business, and nothing of it is a draft."""

from __future__ import annotations

import getpass
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from reportgen.rendering import docx, html, pdf, text
from reportgen.rendering.model import Edition, Stationery
from tests.jobs.house import CASE, FORMATS, attempt, build, every_kind, house, letter_of
from tests.jobs.test_versions import strings_of_pdf, strings_of_zip
from tests.rendering.letter_sample import letter, stationery
from tests.rendering.web_sample import web_stationery

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.rendering.model import Artifact

HOUSE_MATTERS = (
    f"{CASE}.",  # addresses of facts
    "example-2025.",
    "data-fact",
    "data-statistic",
    'id="f-',
    '"f-1"',
    "a-1",
    "1150000",  # exact values
    'class="unbound',
    '"waiver',
)
TRACES = (
    *("reportgen", "weasyprint", "pydyf", "python", "matplotlib", "pillow", "harfbuzz"),
    *("generator", "producer", "creatortool", "quillcamera", "thumbnail"),
    *("<w:ins ", "<w:del ", "w:comment", "w:rsid", "lastmodifiedby>author", "w:trackrevisions"),
    *("/embeddedfile", "/javascript", "/pieceinfo", "/thumb "),
    *(".yaml", "committee.md", "cases/", "file:", "/home/"),
)
DRAFTING = ("DRAFT", "Open points", "to be filled in")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quillhouse")


@pytest.fixture(scope="module")
def sent(folder: Path) -> dict[str, bytes]:
    return build(house(folder / "house", every_kind()), final=True)


def strings(name: str, content: bytes) -> list[str]:
    if name.endswith(".pdf"):
        words = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
        return [*strings_of_pdf(content), *words]
    return list(strings_of_zip(content)) if name.endswith(".docx") else [content.decode()]


def test_there_is_a_copy_in_every_format(sent: dict[str, bytes]) -> None:
    assert set(sent) == {f"letter.{name}" for name in FORMATS}
    for name, content in sent.items():
        assert any("Casey Specimen" in each for each in strings(name, content)), name


@pytest.mark.parametrize("format_", FORMATS)
def test_a_final_copy_holds_nothing_of_the_house_and_its_tools(
    sent: dict[str, bytes], folder: Path, format_: str
) -> None:
    name = f"letter.{format_}"
    whole = "\n".join(strings(name, sent[name])).lower()
    personal = (str(folder), "quillhouse", f"/{getpass.getuser()}/")
    for secret in (*HOUSE_MATTERS, *TRACES, *personal, *DRAFTING):
        assert secret.lower() not in whole, secret


def test_the_search_finds_what_a_draft_has(folder: Path) -> None:
    """So that the search for traces in a final copy can be trusted."""
    draft = build(house(folder / "draft"))
    whole = {name: "\n".join(strings(name, content)) for name, content in draft.items()}
    assert len(whole) == len(FORMATS)
    assert all("DRAFT" in content for content in whole.values())
    assert 'id="f-1"' in whole["letter.html"]


def test_the_metadata_are_the_letters_own(sent: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(sent["letter.pdf"])) as document:
        assert set(document.docinfo) == {
            *("/Title", "/Author", "/Subject", "/CreationDate", "/ModDate"),
        }
        assert str(document.docinfo.Author) == "Example Models, Inc."
        assert str(document.docinfo.CreationDate).startswith("D:20260420")
        assert not {"/AF", "/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
        assert set(document.Root.Names.keys()) == {"/Dests"}


@pytest.mark.parametrize(
    ("place", "left_open"),
    [
        ("Casey Specimen", "[Name]"),
        ("General Counsel", "[Title, to be confirmed]"),
    ],
)
def test_a_letter_with_a_gap_is_not_sent(tmp_path: Path, place: str, left_open: str) -> None:
    workspace = house(tmp_path / "house")
    path = letter_of(workspace)
    path.write_text(path.read_text().replace(place, left_open))
    built = attempt(workspace, "pdf", final=True)
    assert built.failed
    assert [problem.code for problem in built.problems] == ["placeholder-left"]
    assert not list(workspace.output.rglob("letter.*"))
    assert not attempt(workspace, "pdf").failed


def test_a_letter_with_an_unbound_number_is_not_sent(tmp_path: Path) -> None:
    workspace = house(tmp_path / "house")
    letter_of(workspace).with_suffix(".md").write_text("There were 17 of them.\n")
    built = attempt(workspace, "txt", final=True)
    assert {problem.code for problem in built.problems} == {"unbound-number"}
    assert built.failed


def test_a_number_that_was_let_stand_in_its_sentence_is_sent(tmp_path: Path) -> None:
    workspace = house(tmp_path / "house")
    prose = letter_of(workspace).with_suffix(".md")
    said = '{{ waive("unbound-number", "the name of a rule") }}'
    prose.write_text(f"It is called Rule 17 of them{said}.\n")
    assert not attempt(workspace, "txt", final=True).failed
    prose.write_text(f"It is called Rule 17 of them{said}. There were 18 of them.\n")
    built = attempt(workspace, "txt", final=True)
    assert [problem.code for problem in built.problems] == ["unbound-number"]
    assert "18" in built.problems[0].message


# --- a copy is a draft or is sent, never both -----------------------------------------------------

ASKED = (
    Edition(line_numbers=True),
    Edition(assertion_numbers=True),
    Edition(open_points=("a point is open",)),
    Edition(line_numbers=True, open_points=("a point is open",), assertion_numbers=True),
)


def made(format_: str, edition: Edition) -> bytes:
    artifact: Artifact | None
    match format_:
        case "pdf":
            artifact, _ = pdf.render(letter(), stationery(), edition)
        case "docx":
            artifact, _ = docx.render(letter(), stationery(), edition)
        case "html":
            artifact, _ = html.render(letter(), web_stationery(), edition)
        case _:
            artifact, _ = text.render(letter(), Stationery((), {}), edition)
    assert artifact is not None
    return artifact.content


@pytest.mark.parametrize("format_", FORMATS)
def test_whatever_is_asked_of_it_a_final_copy_has_nothing_of_a_draft(format_: str) -> None:
    final = made(format_, Edition(final=True))
    for edition in ASKED:
        asked = Edition(True, edition.line_numbers, edition.open_points, edition.assertion_numbers)
        assert made(format_, asked) == final
    assert not any("DRAFT" in each for each in strings(f"letter.{format_}", final))


@pytest.mark.parametrize("format_", FORMATS)
def test_whatever_is_asked_of_it_a_draft_says_that_it_is_one(format_: str) -> None:
    for edition in (Edition(), *ASKED):
        content = made(format_, edition)
        assert any("DRAFT v" in each for each in strings(f"letter.{format_}", content))
