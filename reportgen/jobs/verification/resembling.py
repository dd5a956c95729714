"""Whether a file that was built again is the one that was sent: its bytes, its words, its look.

Whether it may be another in its bytes is for others to say. The look is measured of PDFs alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from reportgen.archive.verdicts import named
from reportgen.problems.printing import counted


@dataclass(frozen=True, slots=True)
class Compared:
    """How a file that was built again compares with the one that was sent.

    Attributes:
        same: `bytes`; `text` or `look`, which take the words for granted; empty when it differs.
        told: What is to be said of it, where the bytes differ.
    """

    same: str
    told: str = ""


def compare(path: str, content: bytes, again: bytes) -> Compared:
    """Compare a file that was sent with one that was built again.

    Args:
        path: Its path in the bag, whose ending says what it is.
        content: What was sent, as it was before it was signed.
        again: What was built again.
    """
    if content == again:
        return Compared("bytes")
    if path.endswith(".pdf"):
        return _compare_pdf(content, again)
    ours, theirs = _words(path, content), _words(path, again)
    if ours is None or theirs is None:
        return Compared("", "its words cannot be read")
    if ours == theirs:
        return Compared("text", "the same words in other bytes")
    return Compared("", f"its words differ{_first(ours, theirs)}")


def _compare_pdf(content: bytes, again: bytes) -> Compared:
    from reportgen.rendering import likeness  # noqa: PLC0415 - only what comes out otherwise

    try:
        found = likeness.likeness(content, again)
    except likeness.UnreadablePdfError as error:
        return Compared("", f"it cannot be compared: {error}")
    if found.pages[0] != found.pages[1]:
        return Compared("", f"{counted(found.pages[1], 'page')} in the place of {found.pages[0]}")
    if found.text is not None:
        return Compared("", f"its words differ on page {found.text}")
    measured = (
        f"{found.distance:.2%} of the dots of page {found.worst} differ in sight, at "
        f"{likeness.DOTS} dots an inch; up to {likeness.THRESHOLD:.2%} count as the same look"
    )
    return Compared("look" if found.same_look else "", f"the same words; {measured}")


def _words(path: str, content: bytes) -> tuple[str, ...] | None:
    """Return the words of a letter in another format than PDF; None when it cannot be read."""
    if path.endswith(".docx"):
        from reportgen.review.returned import wordfile  # noqa: PLC0415 - as above

        document, _ = wordfile.read(content, path)
        if document is None:
            return None
        lines = (*document.lines(accepted=True), *document.running(accepted=True))
        return tuple(word for line in lines for word in line.text.split())
    text = content.decode(errors="replace")
    if path.endswith(".html"):
        reader = _Page()
        reader.feed(text)
        text = " ".join(reader.said)
    return tuple(text.split())


class _Page(HTMLParser):
    """The words of a page, without its style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._passing_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._passing_over = tag in {"style", "script"}
        self.said += [value for name, value in attrs if name == "alt" and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own call
        self._passing_over = False

    def handle_data(self, data: str) -> None:
        if not self._passing_over:
            self.said.append(data)


def _first(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """Say where two texts part."""
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False), 1):
        if one != other:
            return f" from word {number:,} on: {named(one[:40])} was sent, {named(other[:40])} comes out"
    return f": {len(ours):,} were sent, {len(theirs):,} come out"
