"""The web page of a letter in a real browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from reportgen.rendering.model import Edition
from tests.browser import chromium
from tests.rendering.letter_sample import CHART, e, letter, note, sections, table
from tests.rendering.web_sample import FINAL, page_of, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft

pytestmark = pytest.mark.slow

# Loaded into a copy of the page, whose policy is taken away, since it would let no script run.
LOOK = """
addEventListener("load", async () => {
  const found = {width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches};
  const measure = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  found.overflow = measure();
  found.fonts = [...document.fonts].filter(font => font.status == "error").length;
  const spaced = document.createElement("style");
  spaced.textContent = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`;
  document.head.append(spaced);
  found.overflowSpaced = measure();
  found.cut = [...document.querySelectorAll("p, li, h1, h2, h3, address")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
    .map(each => each.textContent.slice(0, 60));
  spaced.remove();
  document.querySelectorAll("details").forEach(each => each.open = true);
  if (window.axe) {
    const result = await axe.run({runOnly: [
      "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]});
    found.passes = result.passes.length;
    found.violations = result.violations.map(
      each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).join(" ")}`);
  }
  parent.postMessage(JSON.stringify(found), "*");
});
"""
FRAME = """<!DOCTYPE html><title>frame</title><body style="margin: 0">
<iframe src="letter.html" style="border: 0" width="{width}" height="900"></iframe>
<script>
addEventListener("message", message => {{
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = message.data;
  document.body.append(told);
}});
</script>
"""


@pytest.fixture
def browser(tmp_path: Path) -> chromium.Browser:
    command = chromium.command()
    if command is None:
        pytest.skip(chromium.ABSENT)
    return chromium.Browser(command, tmp_path)


@pytest.fixture
def rules() -> str:
    """The source of axe-core."""
    file = chromium.rules()
    if file is None:
        pytest.skip(chromium.NO_RULES)
    return file.read_text()


def written(page: str, tmp_path: Path) -> Path:
    path = tmp_path / "letter.html"
    path.write_text(page)
    return path


def probed(
    page: str, browser: chromium.Browser, width: int, *flags: str, rules: str = ""
) -> dict[str, Any]:
    """What a page is like in a frame of a width: a window cannot be made as narrow as a phone."""
    free = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", page, count=1)
    assert free != page
    scripts = f"<script>{rules}</script><script>{LOOK}</script>"
    written(free.replace("</body>", f"{scripts}</body>"), browser.folder)
    frame = browser.folder / "frame.html"
    frame.write_text(FRAME.format(width=width))
    seen = browser.see(frame, "--window-size=1400,1000", *flags)
    (told,) = re.findall(r'<pre id="told">(.*?)</pre>', seen.output, re.DOTALL)
    answer = json.loads(unescape(told))
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("edition", [Edition(open_points=("“24” is bound to nothing",)), FINAL])
def test_a_browser_loads_the_page_without_a_complaint_and_reads_the_letter(
    browser: chromium.Browser, tmp_path: Path, edition: Edition
) -> None:
    page = page_of(letter(), edition)
    seen = browser.see(written(page, tmp_path))
    assert seen.console == ()
    assert words_of(seen.output) == words_of(page)


def test_the_browser_complains_where_a_page_has_what_its_policy_forbids(
    browser: chromium.Browser, tmp_path: Path
) -> None:
    """Else the test before this one would prove nothing."""
    page = page_of(letter()).replace("<main>", '<main style="color: red">')
    assert any(
        "Content Security Policy" in line for line in browser.see(written(page, tmp_path)).console
    )


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_keeps_the_rules_of_accessibility(
    browser: chromium.Browser, rules: str, width: int, *, dark: bool
) -> None:
    flags = ("--blink-settings=preferredColorScheme=0",) if dark else ()
    found = probed(page_of(letter()), browser, width, *flags, rules=rules)
    assert (found["width"], found["dark"]) == (width, dark)
    assert found["passes"] > 25
    assert found["violations"] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window_nor_cut_when_text_is_spaced(
    browser: chromium.Browser, width: int
) -> None:
    long_word = "https://example.org/" + "a-very-long-address-" * 12
    body = (*sections(), e("section", e("p", long_word, note(9, long_word)), id="long"))
    found = probed(page_of(letter(body)), browser, width)
    assert found["width"] == width
    assert found["overflow"] <= 0
    assert found["overflowSpaced"] <= 0
    assert found["cut"] == []
    assert found["fonts"] == 0


def printed(
    draft: Draft, browser: chromium.Browser, tmp_path: Path
) -> tuple[list[str], tuple[float, float]]:
    """The text of each printed page, and the size of the paper in points."""
    pdf = tmp_path / "printed.pdf"
    browser.print(written(page_of(draft, FINAL), tmp_path), pdf)
    document = pypdfium2.PdfDocument(pdf)
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    size = document[0].get_size()
    document.close()
    return pages, size


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_it_prints_on_the_letters_paper_with_its_marking_on_each_page(
    browser: chromium.Browser, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    draft = letter(paper=paper, marking="Specimen, never sent")
    pages, printed_size = printed(draft, browser, tmp_path)
    assert printed_size == pytest.approx(size, abs=1)
    assert len(pages) > 3
    assert all("specimen, never sent" in page.lower() for page in pages)
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page
        assert "The Honorable Avery Example" in page
    assert "Page 1 of" not in pages[0]
    assert "The numbers of Figure 1" not in " ".join(pages)


def test_a_letter_of_sixty_pages_prints_whole(browser: chromium.Browser, tmp_path: Path) -> None:
    body = tuple(
        replace(each, attributes=(("id", f"{each.get('id')}-{turn}"),))
        for turn in range(30)
        for each in sections()[::2]
    )
    draft = replace(letter((*body, e("section", table(500), id="end"))), charts=(CHART,))
    pages, _ = printed(draft, browser, tmp_path)
    assert len(pages) > 60
    heads = [page for page in pages if "Campaign Disclosed Exchanges Accounts" in page]
    assert len(heads) > 10
