"""The tags of a PDF: what WeasyPrint 70 leaves wrong though validators pass it, mended.

| WeasyPrint's tags | and here | why |
| --- | --- | --- |
| running header and page number are tagged, and hang off nothing | artifacts | heard once a page, in mid-sentence |
| a paragraph, list or table is a new one on each page | one | "table with 9 rows, table with 5 rows" |
| a table's head is tagged on each of its pages | the first is; the others are artifacts | as above |
| header cells have no Scope | they have | a cell is read with its headers |
| notes are spans at the page's end | `Note` with an ID, after the `Reference` | read where they are called |
| no IDTree | there is one | ISO 32000-1, table 322 |
| lists have no ListNumbering | they have | ISO 32000-1, table 347 |
| a figure's BBox is in pixels from the top | in points from the bottom | ISO 32000-1, table 344 |
| a link's Contents is its URL | its words, then the URL if it is another | links say what they are |
| a span around each line of text | the text is in its paragraph | smaller and plainer |

Nothing of WeasyPrint is patched. `RecordedPage` notes what is drawn under which number, `structure`
makes the tree of it, and `retag`, called in the public `finisher` hook, puts that tree in the place
of WeasyPrint's. What it relies on beside that (`Page._page_box`, `Stream._tags`, the order in which
objects are added) is private: the version is pinned, and tests/rendering/test_tagging.py reads the
tags of a real file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pydyf

from reportgen.rendering.engine import Page
from reportgen.rendering.structure import Annotation, Content, Part, Sheet, structure_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

Pdf: TypeAlias = Any
Stream: TypeAlias = Any
Entry: TypeAlias = Any
"""A document, a content stream and an object of pydyf's, which has no annotations."""


class RecordedPage(Page):  # type: ignore[misc] # WeasyPrint has no annotations
    """A laid-out page that remembers what was drawn of it, and where.

    Attributes:
        stream: What it was drawn into.
        drawn: The number of each box that was drawn.
    """

    def __init__(self, page: Page, over: Page | None = None) -> None:
        """Take over a page, and what is to be drawn over it."""
        self.__dict__.update(page.__dict__)
        self._over = over
        self.stream: Stream = None
        self.drawn: dict[Any, int] = {}

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Draw the page and note the number of each piece of marked content."""
        super().paint(stream, scale)
        self.stream = stream
        tags = stream._tags  # noqa: SLF001
        self.drawn = {box: entry["mcid"] for box, entry in tags.items()}
        if self._over is not None:
            with stream.artifact():
                stream._tags = None  # noqa: SLF001 - nothing of this is a part of the letter
                self._over.paint(stream, scale)
                stream._tags = tags  # noqa: SLF001

    @property
    def sheet(self) -> Sheet:
        """The page as `structure` wants it."""
        return Sheet(self._page_box, self.drawn, self.height * 0.75)


def retag(pages: Sequence[RecordedPage], pdf: Pdf, root: Element) -> Part:
    """Put the letter's own tree in the place of WeasyPrint's tags, and return it.

    Args:
        pages: The pages, drawn.
        pdf: The document as pydyf has it, not yet written.
        root: The `html` element that the pages were laid out from.
    """
    document, aside = structure_of([page.sheet for page in pages], root)
    for page_number, page in enumerate(pages):
        _set_aside(page.stream, {number for at, number in aside if at == page_number})
    _remove_tags(pdf)
    # pydyf looks through the whole document for its pages each time that it is asked.
    sheets = tuple(pdf.page_references)
    _Writer(pdf, sheets, [len(page.drawn) for page in pages]).write(document)
    return document


def _set_aside(stream: Stream, numbers: set[int]) -> None:
    """Mark content as an artifact of pagination instead of a part of the letter."""
    for index, entry in enumerate(stream.stream):
        if isinstance(entry, pydyf.Dictionary) and entry.get("MCID") in numbers:
            stream.stream[index - 1] = b"/Artifact"
            stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _remove_tags(pdf: Pdf) -> None:
    """Remove WeasyPrint's tree: its last objects but for the metadata, which moves up.

    Raises:
        ValueError: When the objects are not in the order in which WeasyPrint 70 adds them.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    first = _number(root["ParentTree"])
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    others = [entry for entry in pdf.objects[first + 2 :] if not _is_tag(entry)]
    if root.number != first + 1 or others != [metadata]:
        raise ValueError("the tags are not the last objects of the PDF")
    del pdf.objects[first:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def _is_tag(entry: Entry) -> bool:
    return isinstance(entry, pydyf.Dictionary) and entry.get("Type") in ("/StructElem", "/OBJR")


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


@dataclass(slots=True)
class _Writer:
    """Writes a tree as structure elements, with the indexes that lead back to them."""

    pdf: Pdf
    sheets: Sequence[bytes]
    counts: Sequence[int]
    owners: dict[Content, bytes] = field(default_factory=dict)
    annotations: list[tuple[Any, bytes]] = field(default_factory=list)
    names: dict[str, bytes] = field(default_factory=dict)

    def write(self, document: Part) -> None:
        """Write the tree and hang it into the catalog."""
        root = self._added({"Type": "/StructTreeRoot"})
        root["K"] = self._element(document, root.reference)
        numbers = pydyf.Array()
        for page, count in enumerate(self.counts):
            owners = (self.owners.get(Content(page, number)) for number in range(count))
            numbers += [page, pydyf.Array(owner or b"null" for owner in owners)]
        for key, (annotation, owner) in enumerate(self.annotations, len(self.counts)):
            annotation["StructParent"] = key
            numbers += [key, owner]
        root["ParentTree"] = self._added({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(self.counts) + len(self.annotations)
        if self.names:
            pairs = pydyf.Array()
            for name, reference in sorted(self.names.items()):
                pairs += [pydyf.String(name), reference]
            limits = pydyf.Array([pairs[0], pairs[-2]])
            leaf = self._added({"Limits": limits, "Names": pairs})
            root["IDTree"] = self._added({"Kids": pydyf.Array([leaf.reference])}).reference
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, part: Part, above: bytes) -> bytes:
        element = self._added({"Type": "/StructElem", "S": f"/{part.kind}", "P": above})
        for key, value in part.entries.items():
            element[key] = pydyf.String(value)
        if "ID" in part.entries:
            self.names[part.entries["ID"]] = element.reference
        if part.attributes:
            owners = [
                pydyf.Dictionary({"O": f"/{owner}", **{k: _value(v) for k, v in values.items()}})
                for owner, values in part.attributes.items()
            ]
            element["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)
        pages = [kid.page for kid in part.kids if not isinstance(kid, Part)]
        if pages:
            element["Pg"] = self.sheets[pages[0]]
        kids = pydyf.Array()
        for kid in part.kids:
            if isinstance(kid, Part):
                kids.append(self._element(kid, element.reference))
            elif isinstance(kid, Annotation):
                kids.append(self._annotated(kid, part, element.reference))
            else:
                self.owners[kid] = element.reference
                kids.append(self._content(kid, pages[0]))
        if kids:
            element["K"] = kids
        return bytes(element.reference)

    def _content(self, content: Content, page: int) -> Entry:
        """Return the entry for drawn content: a number, or on another page a reference to it."""
        if content.page == page:
            return content.number
        return pydyf.Dictionary(
            {
                "Type": "/MCR",
                "Pg": self.sheets[content.page],
                "MCID": content.number,
            }
        )

    def _annotated(self, link: Annotation, part: Part, owner: bytes) -> Entry:
        annotation = link.entry
        self.annotations.append((annotation, owner))
        words = " ".join(part.text.split())
        action = annotation.get("A")
        address = action["URI"].string if action else ""
        # An address that is written out, over several lines perhaps, is not said twice.
        plain = not address or words.replace(" ", "") == address
        annotation["Contents"] = pydyf.String(address or words if plain else f"{words}, {address}")
        return pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": annotation.reference,
                "Pg": self.sheets[link.page],
            }
        )

    def _added(self, values: dict[str, Any]) -> Entry:
        entry = pydyf.Dictionary(values)
        self.pdf.add_object(entry)
        return entry


def _value(value: Entry) -> Entry:
    return pydyf.Array(value) if isinstance(value, tuple) else value
