"""A letter made by hand that has every element of the closed tag set's letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from reportgen.letters.draft import Draft
from reportgen.letters.markup import Element
from reportgen.rendering.model import Stationery
from reportgen.statistics.model import Chart

ROOT = Path(__file__).parents[2]
STYLES = ("type", "page", "blocks", "tables", "figures", "letterhead")

Node = Element | str


def stationery(*, without_fonts: bool = False) -> Stationery:
    """The project's own styles and fonts."""
    styles = tuple(
        (f"{name}.css", (ROOT / f"templates/styles/{name}.css").read_text()) for name in STYLES
    )
    fonts = {path.name: path.read_bytes() for path in (ROOT / "templates/fonts").glob("*.ttf")}
    return Stationery(styles, {} if without_fonts else fonts)


def e(tag: str, *children: Node, **attributes: str) -> Element:
    """An element; `class_` and `data_fact` stand for `class` and `data-fact`."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return Element(tag, tuple(named.items()), children)


def note(number: int, *children: Node) -> Element:
    return e("aside", *children, id=f"note-{number}", value=str(number))


def fact(number: int, text: str) -> Element:
    return e(
        "data", text, class_="fact", id=f"f-{number}", data_fact=f"case.f{number}", value="9871234"
    )


def lines(*texts: str) -> tuple[Node, ...]:
    broken: list[Node] = []
    for text in texts:
        broken += [text, e("br")]
    return tuple(broken[:-1])


CHART = Chart(
    name="comparison",
    title="Exchanges observed",
    svg=(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="450pt" height="140pt" '
        b'viewBox="0 0 450 140"><path d="M90 10V120H440" fill="none" stroke="#000" '
        b'stroke-width=".6"/><rect x="90" y="16" width="330" height="20" fill="#333"/>'
        b'<rect x="90" y="42" width="149" height="20" fill="#777"/>'
        b'<rect x="90" y="68" width="39" height="20" fill="#777"/>'
        b'<rect x="90" y="94" width="3" height="20" fill="#777"/></svg>'
    ),
    width=450,
    height=140,
    alternative="Bar chart: four campaigns; the fourth is larger than the three before together.",
    columns=("Campaign", "Exchanges"),
    rows=(("A", "1"), ("B", "2")),
    inputs=("a.exchanges",),
)

FILLER = (
    "We write to bring to the Committee's attention a campaign that we detected and ended this "
    "spring, to set out what we know of it and how firmly we know it, and to say what we believe "
    "would help those who defend such systems. Nothing in this letter is a finding of fact by any "
    "tribunal; each figure below is stated with the source on which it rests."
)


def paragraph(*extra: Node) -> Element:
    return e("p", FILLER, " ", *extra)


def addressee(name: str, title: str) -> Element:
    return e(
        "address",
        *lines(
            name,
            title,
            "Committee on Public Works and Records",
            "United States Senate",
            "534 Example Senate Office Building",
            "Washington, D.C. 20510",
        ),
    )


def table(rows: int) -> Element:
    return e(
        "table",
        e(
            "caption",
            e("span", "Table 1.", class_="label"),
            " The campaigns compared, in the order in which they were disclosed",
        ),
        e(
            "thead",
            e(
                "tr",
                e("th", "Campaign", scope="col"),
                e("th", "Disclosed", scope="col"),
                e("th", "Exchanges", scope="col", class_="number"),
                e("th", "Accounts", scope="col", class_="number"),
            ),
        ),
        e(
            "tbody",
            *(
                e(
                    "tr",
                    e("th", f"Campaign {row}", scope="row"),
                    e("td", "February 23, 2026"),
                    e("td", f"{row * 1_111_111:,}", class_="number"),
                    e("td", f"{row * 713:,}", class_="number"),
                )
                for row in range(1, rows + 1)
            ),
        ),
        id="table-1",
        class_="data",
    )


def sections(rows: int = 14) -> tuple[Element, ...]:
    long_note = (
        "Office of Records, Memorandum on Adversarial Extraction (April 23, 2026), at 4. The "
        "memorandum speaks of attempts “at industrial scale” and asks agencies to share "
        "indicators; it does not name the operators described here, and we do not suggest that "
        "it does. See also the case study cited in note 2 and the sources collected there."
    )
    return (
        e(
            "section",
            e("h2", e("span", "1.", class_="number"), " What happened"),
            paragraph(
                "Between ",
                e("time", "April 22", datetime="2026-04-22"),
                " and ",
                e("time", "June 5, 2026", datetime="2026-06-05"),
                ", a period of 45 days counting both ends, we observed ",
                fact(1, "28.8 million"),
                " exchanges through ",
                fact(2, "approximately 25,000"),
                " accounts.",
                note(1, "Example Wire, June 24, 2026, ", e("em", "Labs report"), ", at 2."),
                " The accounts were closed as they were found.",
            ),
            e(
                "blockquote",
                e("p", "“The largest known campaign of its kind against the company to date.”"),
            ),
            paragraph(note(2, long_note), " So much for the facts; we turn to their weight."),
            e("h3", "How it was done"),
            paragraph(
                "The targets were three. ",
                e("a", "The technique", href="https://example.org/techniques/T0024"),
                " is catalogued.",
                note(3, "Catalogue entry AML.T0024.002, as of June 1, 2026."),
            ),
            e(
                "ul",
                e("li", "agentic reasoning;"),
                e("li", "software engineering; and"),
                e("li", "tasks over a long horizon."),
            ),
            id="incident",
        ),
        e(
            "section",
            e("h2", e("span", "2.", class_="number"), " Scale, and comparison"),
            paragraph("See ", e("a", "Table 1", href="#table-1"), ".", note(4, long_note)),
            table(rows),
            paragraph(note(5, "Figures may not sum due to rounding.")),
            e(
                "figure",
                e("img", src="chart:comparison", alt=CHART.alternative),
                e(
                    "figcaption",
                    e("span", "Figure 1.", class_="label"),
                    " Exchanges observed in each campaign",
                ),
                id="figure-1",
                class_="chart",
            ),
            paragraph(),
            id="scale",
        ),
        e(
            "section",
            e("h2", e("span", "3.", class_="number"), " What we ask"),
            e("p", "We respectfully ask the Committee to consider four measures:"),
            e(
                "ol",
                e("li", FILLER, note(6, long_note)),
                e("li", "guidance under which laboratories may share indicators;"),
                e(
                    "li",
                    "controls, namely",
                    e("ol", e("li", "on exports, and"), e("li", "on access abroad;")),
                ),
                e("li", "penalties for those responsible.", note(7, "On penalties, see note 4.")),
            ),
            paragraph(e("strong", "Nothing here"), " waives a privilege.", note(8, "Rule 502(b).")),
            paragraph(),
            id="requests",
        ),
    )


def letter(
    body: tuple[Element, ...] | None = None,
    *,
    addressees: tuple[Element, ...] | None = None,
    paper: str = "letter",
    marking: str | None = "Specimen, made by hand for the tests; never sent to anybody",
) -> Draft:
    """A draft of about four pages."""
    if addressees is None:
        addressees = (
            addressee("The Honorable Avery Example", "Chairman"),
            addressee("The Honorable Jordan Specimen", "Ranking Member"),
        )
    document = e(
        "article",
        e(
            "header",
            e("p", "Example Laboratories", class_="organization"),
            e("p", *lines("100 Sample Street, Suite 4, Springfield 00000"), class_="lines"),
            class_="letterhead",
        ),
        e("p", e("time", "June 10, 2026", datetime="2026-06-10"), class_="date"),
        e("p", "Via electronic mail", class_="delivery"),
        e("div", *addressees, class_="addressees"),
        e(
            "h1",
            e("span", "Re:", class_="label"),
            " A campaign of extraction against a language model, April 22 to June 5, 2026, and "
            "measures that would help",
            class_="subject",
        ),
        e("p", "Dear Chairman Example and Ranking Member Specimen:", class_="salutation"),
        e("section", *(sections() if body is None else body), class_="body"),
        e(
            "section",
            e("p", "Respectfully submitted,", class_="close"),
            e(
                "div",
                e("p", "[Signatory]", class_="name"),
                e("p", "Head of Policy", class_="title"),
                e("p", "Example Laboratories", class_="organization"),
                class_="signature",
            ),
            class_="closing",
        ),
        e(
            "section",
            e("p", "Enclosures", class_="label"),
            e("ol", e("li", "Table of observations"), e("li", "Statement of method")),
            class_="enclosures",
        ),
        e(
            "section",
            e("p", "cc:", class_="label"),
            e("ul", e("li", "The Honorable Casey Sample"), e("li", "Office of the Clerk")),
            class_="copies",
        ),
        class_="letter",
    )
    return Draft(
        name="example-2026/committee",
        family="committee",
        title="Letter of June 10, 2026 on a campaign of extraction",
        author="Example Laboratories",
        subject="A campaign of extraction against a language model",
        date=date(2026, 6, 10),
        language="en-US",
        paper=paper,
        marking=marking,
        continuation=(
            *(str(address.children[0]) for address in addressees),
            "June 10, 2026",
        ),
        document=document,
        charts=(CHART,),
        bound=(),
        assertions=(),
        unbound=(),
        digest="0" * 64,
    )


def with_paragraph(*children: Node) -> Draft:
    """The shortest letter that says something."""
    return letter((e("section", e("p", *children), id="only"),), marking=None)


def without_chart(draft: Draft) -> Draft:
    """The same draft, its drawings lost."""
    return replace(draft, charts=())
