"""A letter with confidential passages, built from a workspace: what the public version must not hold.

The secrets are put where a letter can say them: a fact, what is computed from it, a table, a chart,
a passage within a paragraph, whole paragraphs, a footnote. The public files are then searched as
bytes, decompressed, and part by part.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest

from reportgen.files.shelf import Shelf
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.workspaces.starting import start
from reportgen.problems.printing import Format, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.jobs.building.ordering import Built
    from reportgen.workspace import Workspace

REASON = "FOIA Exemption 4"
FIGURE = "7.3 million"
SECRETS = (
    FIGURE,
    "7300000",
    "7250000",
    "7,300,000",
    "182,500",  # a day, computed
    "Quillfeather",  # in a passage within a paragraph
    "Marrowgate",  # in whole paragraphs
    "Osterholm",  # in a footnote of a passage
    "Brackenridge",  # in a table within a passage
)
PROSE = """
Example Models writes of {{ incident.exchanges }} exchanges.{{ cite(incident.exchanges) }} They were
found by {% call confidential("FOIA Exemption 4") %}the Quillfeather classifier{% call note() %}Its
author is Osterholm.{% endcall %}{% endcall %} in the spring.

## The incident {#incident}

{% call confidential("FOIA Exemption 4") %}

The Marrowgate cluster sent most of it.

Table: Clusters {#clusters}

| Cluster | Place |
|:--------|:------|
| Brackenridge | unknown |

{% endcall %}

A day saw {{ stats.per_day(incident.exchanges) }} exchanges. {{ ref("comparison") }} shows more.

{{ chart("comparison", cases.exchanges) }}
"""


def workspace_with_secrets(folder: Path) -> Workspace:
    workspace, problems = start(folder)
    assert workspace is not None, problems
    case = workspace.cases / "example-2026/case.yaml"
    text = case.read_text()
    marked = f"quantity: {FIGURE}\n    confidential: {REASON}"
    case.write_text(text.replace("quantity: 1.2 million", marked))
    letters = workspace.cases / "example-2026/letters"
    (letters / "committee.md").write_text(PROSE)
    with (letters / "committee.yaml").open("a") as file:
        file.write(
            "omit: [scale, comparison]\nconfidentiality:\n  requested_by: Example Models, Inc.\n"
        )
        file.write("  bates: { prefix: EXAMPLE, first: 41 }\n")
    return workspace


def build(workspace: Workspace, *formats: str) -> Built:
    order = Order(workspace, workspace.output, formats)
    letter = workspace.cases / "example-2026/letters/committee.yaml"
    (built,) = drafting.build(order, [letter])
    assert not built.failed, render(built.problems, Shelf(), Format.FULL)
    return built


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = workspace_with_secrets(tmp_path_factory.mktemp("house") / "house")
    return build(workspace, "pdf", "docx", "html", "txt").folder


def strings_of_pdf(content: bytes) -> Iterator[str]:
    """Yield the raw bytes, every object, and every stream that can be decompressed, as text."""
    yield content.decode("latin-1")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for found in pdf.objects:
            yield repr(found)
            if isinstance(found, pikepdf.Stream):
                yield found.read_bytes().decode("latin-1")
                yield found.read_bytes().decode("utf-16-be", errors="ignore")


def strings_of_zip(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name
            yield parts.read(name).decode("utf-8", errors="replace")


def words_of_pdf(path: Path) -> str:
    import pypdfium2  # noqa: PLC0415 - its import is slow

    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_two_versions_are_told_apart_by_their_names(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"letter-confidential.pdf", "letter-public.pdf", "letter-public.docx"} <= names
    assert "letter.pdf" not in names


def test_the_confidential_version_says_all_in_brackets(folder: Path) -> None:
    words = " ".join(words_of_pdf(folder / "letter-confidential.pdf").split())
    assert f"[{FIGURE}]" in words
    assert "[the Quillfeather classifier" in words
    assert "Marrowgate" in words
    assert "EXAMPLE-000041" in words
    assert "Confidential Treatment Requested by Example Models, Inc." in words


def test_the_public_version_gives_the_reason_in_its_place(folder: Path) -> None:
    for name in ("letter-public.txt", "letter-public.html"):
        assert (folder / name).read_text().count(f"[{REASON}]") >= 5, name
    words = words_of_pdf(folder / "letter-public.pdf")
    assert words.count(REASON) >= 5
    assert "EXAMPLE-0000" not in words


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "txt"])
@pytest.mark.parametrize("secret", SECRETS)
def test_the_public_version_holds_no_secret_anywhere(
    folder: Path, format_: str, secret: str
) -> None:
    content = (folder / f"letter-public.{format_}").read_bytes()
    strings = {"pdf": strings_of_pdf, "docx": strings_of_zip}.get(
        format_, lambda raw: iter((raw.decode(),))
    )
    assert not any(secret in string for string in strings(content))
    if format_ == "pdf":
        assert secret not in words_of_pdf(folder / "letter-public.pdf")
    # The search can find what is there: the confidential version has it.
    confidential = (folder / f"letter-confidential.{format_}").read_bytes()
    shown = not secret[:1].isdigit() or secret == FIGURE
    if shown and format_ in {"docx", "txt"}:
        assert any(secret.split(maxsplit=1)[0] in string for string in strings(confidential))


def test_bars_are_of_one_width_whatever_they_cover(folder: Path) -> None:
    text = (folder / "letter-public.txt").read_text()
    before = text.split(f"[{REASON}]")[:-1]
    assert len(before) >= 5
    assert len({part.split()[-1] for part in before}) == 1


def test_a_letter_that_became_confidential_leaves_no_whole_copy_behind(tmp_path: Path) -> None:
    workspace, _ = start(tmp_path / "house")
    assert workspace is not None
    folder = build(workspace, "pdf").folder
    assert (folder / "letter.pdf").exists()
    case = workspace.cases / "example-2026/case.yaml"
    case.write_text(
        case.read_text().replace(
            "quantity: 1.2 million", f"quantity: 1.2 million\n    confidential: {REASON}"
        )
    )
    with (workspace.cases / "example-2026/letters/committee.yaml").open("a") as file:
        file.write("confidentiality: { requested_by: Example, bates: { prefix: EX } }\n")
    build(workspace, "pdf")
    assert not (folder / "letter.pdf").exists()
    assert (folder / "letter-public.pdf").exists()


def test_a_letter_must_say_how_its_confidential_version_is_marked(tmp_path: Path) -> None:
    workspace = workspace_with_secrets(tmp_path / "house")
    letter = workspace.cases / "example-2026/letters/committee.yaml"
    letter.write_text(letter.read_text().partition("confidentiality:")[0])
    (built,) = drafting.build(Order(workspace, workspace.output), [letter])
    assert [p.code for p in built.problems if p.severity == "error"] == ["confidentiality-missing"]
    assert not built.artifacts
