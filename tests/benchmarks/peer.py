"""The same letter for Typst: a composed draft in Typst's markup, set by the `typst` package.

Typst gets what our own renderer gets: the same words, table, notes and drawing, the same typeface
and measure, running headers and numbered pages, and a tagged PDF/UA-1 to make. What a careful firm
would still see in the look of the page is not copied.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element

_HEAD = """\
#set document(title: {title}, author: {author}, date: datetime(year: {y}, month: {m}, day: {d}))
#set text(font: "Source Serif 4", size: 11pt, lang: "en", region: "us", hyphenate: true)
#set par(justify: true, leading: 0.7em, spacing: 1em)
#set page("us-letter", margin: 1in,
  header: context if counter(page).get().first() > 1 [{running}],
  footer: align(center, context counter(page).display("1 of 1", both: true)))
"""

_AROUND = {
    "h1": ("\n#heading(level: 1)[", "]\n"),
    "h2": ("\n#heading(level: 2)[", "]\n"),
    "h3": ("\n#heading(level: 3)[", "]\n"),
    "em": ("#emph[", "];"),
    "cite": ("#emph[", "];"),
    "strong": ("#strong[", "];"),
    "aside": ("#footnote[", "];"),
    "ol": ("\n#enum(", ")\n"),
    "ul": ("\n#list(", ")\n"),
    "li": ("[", "],"),
    "blockquote": ("\n#quote(block: true)[", "]\n"),
    "tr": ("", ""),
    "th": ("[#strong[", "]],"),
    "td": ("[", "],"),
    "thead": ("table.header(", "),"),
}
_PARAGRAPHS = frozenset({"p", "address", "div", "header", "section", "article"})


def package() -> Any | None:  # noqa: ANN401 - a package without annotations
    """Return the `typst` package, or None where it is not installed."""
    try:
        return import_module("typst")
    except ImportError:
        return None


def markup(draft: Draft) -> str:
    """Return a draft as a Typst file, which names its drawings `<chart>.svg`."""
    head = _HEAD.format(
        title=_quoted(draft.title),
        author=_quoted(draft.author),
        y=draft.date.year,
        m=draft.date.month,
        d=draft.date.day,
        running=_text(draft.title),
    )
    return head + _one(draft.document)


def write(draft: Draft, folder: Path) -> Path:
    """Write a draft and its drawings as Typst takes them, and return the file to compile."""
    folder.mkdir(parents=True, exist_ok=True)
    for chart in draft.charts:
        (folder / f"{chart.name}.svg").write_bytes(chart.svg)
    path = folder / "letter.typ"
    path.write_text(markup(draft), encoding="utf-8")
    return path


def _all(nodes: Iterable[Element | str]) -> str:
    return "".join(map(_one, nodes))


def _one(node: Element | str) -> str:
    if isinstance(node, str):
        return _text(node)
    match node.tag:
        case "br":
            return "#linebreak();"
        case "img":
            name = (node.get("src") or "").partition(":")[2]
            return f"#image({_quoted(f'{name}.svg')}, alt: {_quoted(node.get('alt') or '')})\n"
        case "table":
            return _table(node)
        case tag if tag in _PARAGRAPHS:
            return f"\n\n{_all(node.children)}\n\n"
        case tag:
            before, after = _AROUND.get(tag, ("", ""))
            inside = node.children
            if tag in {"ol", "ul", "tr", "thead"}:  # white space between entries says nothing
                inside = tuple(each for each in inside if not isinstance(each, str))
            return f"{before}{_all(inside)}{after}"


def _table(table: Element) -> str:
    parts = [each for each in table.children if not isinstance(each, str)]
    rows = [
        row
        for part in parts
        for row in part.children
        if part.tag in {"thead", "tbody"} and not isinstance(row, str)
    ]
    columns = sum(not isinstance(cell, str) for cell in rows[0].children)
    cells = "".join(
        _one(part) if part.tag == "thead" else _all(part.children)
        for part in parts
        if part.tag in {"thead", "tbody"}
    )
    caption = "".join(_all(part.children) for part in parts if part.tag == "caption")
    return f"\n{caption}\n\n#table(columns: {columns},{cells})\n"


def _text(words: str) -> str:
    return f"#{_quoted(words)};" if words.strip() else words


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
