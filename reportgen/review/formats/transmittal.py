"""The note that goes with a packet to counsel: what it holds, and that legal advice is asked.

Who asks whom, and by when, is for the sender to fill in; the places are marked by brackets. The
note says what it is for in so many words, since what was written in order to obtain legal advice
is protected only as far as that can be shown (Upjohn Co. v. United States, 449 U.S. 383 (1981)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.quantities.dates import long_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.letters.draft import Draft

_HEADING: Final = "Request for legal advice"
_LEGEND: Final = "Privileged and confidential. Attorney-client communication."
_ASKED: Final = (
    "whether each statement may be made as it stands, given the source that the index shows for it",
    "whether any statement could be taken for a finding that its evidence does not bear out",
    "whether anything in it should be withheld, or sent with a request for confidential treatment",
    "whether the letter agrees with what was said before to this addressee and to others",
)


def transmittal(draft: Draft, number: int, files: Mapping[str, str]) -> tuple[Element, ...]:
    """Return the note.

    Args:
        draft: The draft that is sent to review.
        number: The number under which it was kept.
        files: What each file of the packet is, by its name.
    """
    identity = f"Draft {number}, v{draft.digest[:6].upper()}"
    listed = (_e("li", _e("strong", name), f": {what}") for name, what in files.items())
    return (
        _e("h1", _HEADING),
        _e("p", _LEGEND),
        _e("p", "To: [Counsel]", _e("br"), "From: [Sender]", _e("br"), "Date: [Date]"),
        _e("p", f"Re: {draft.subject}, letter dated {long_form(draft.date)}. {identity}."),
        _e(
            "p",
            "I ask for your legal advice on the enclosed draft letter. This note and the packet "
            "were prepared in order to obtain that advice. In particular I ask:",
        ),
        _e("ol", *(_e("li", f"{each};") for each in _ASKED), _e("li", "[any further question].")),
        _e("p", "Please answer by [date]. The packet holds:"),
        _e("ul", *listed),
        _e(
            "p",
            "Edit the Word file with tracked changes, or write comments in it or in the PDF, and "
            "send it back whole. An edit to a figure is not taken over: it is settled in the case "
            "file, or by a new source. Verdicts on sentences go into the table of the index.",
        ),
        _e("p", "[Sender]"),
    )


def markdown(note: Sequence[Element]) -> str:
    """Return the note as Markdown."""
    return "\n\n".join(_block(element) for element in note) + "\n"


def _block(element: Element) -> str:
    match element.tag:
        case "h1":
            return f"# {_text(element.children)}"
        case "ol" | "ul":
            items = (each for each in element.children if isinstance(each, Element))
            return "\n".join(
                f"{f'{at}.' if element.tag == 'ol' else '-'} {_text(item.children)}"
                for at, item in enumerate(items, start=1)
            )
    return _text(element.children)


def _text(nodes: Iterable[Element | str]) -> str:
    return "".join(_pieces(nodes))


def _pieces(nodes: Iterable[Element | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            # What stands in brackets is a place to fill in, and no link.
            yield "".join(f"\\{sign}" if sign in "\\`*_[]<>" else sign for sign in node)
        elif node.tag == "br":
            yield "\\\n"
        else:
            yield f"**{_text(node.children)}**"


def _e(tag: str, *children: Element | str) -> Element:
    return Element(tag, (), children)
