"""How a letter cites its sources: full the first time, `Id.` or `Supra note` afterwards.

The order of the parts follows what American letters do in footnotes: author, title, publisher,
date, pin cite, address, and at last whose report it rests on (The Bluebook, rules 4.1, 4.2, 18).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.quantities.dates import long_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.cases.model import Reference, Source


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a case, and where in it.

    Attributes:
        case: Id of the case whose file defines the source.
        reference: The use: id, pin cite, quoted words.
        source: The source itself.
    """

    case: str
    reference: Reference
    source: Source

    @property
    def address(self) -> str:
        """What tells the source from others: the same one in two cases' files is cited as one."""
        source = self.source
        return " | ".join(
            (
                source.publisher,
                source.title,
                str(source.published),
                source.url or source.after or "",
            )
        )


def full(cited: Cited) -> tuple[Element | str, ...]:
    """Return the first citation of a source."""
    source = cited.source
    pin = f", {cited.reference.pin}" if cited.reference.pin else ""
    when = ""
    if source.citation is not None:
        head = f"{source.citation}{pin}"
    else:
        who = source.publisher
        if source.author and source.author != source.publisher:
            who = f"{source.author}, {source.publisher}"
        # A comma stands within the quotation marks, where something follows that it sets apart.
        when = f" {long_form(source.published)}" if source.published else ""
        follows = when or pin or source.url
        ended = source.title.endswith((",", "?", "!"))
        title = f"{source.title}{',' if follows and not ended else ''}"
        head = f"{who}, “{title}”{when}{pin if when else pin.removeprefix(',')}"
    parts: list[Element | str] = [head]
    if source.url is not None:
        unseparated = source.citation is None and not when and not pin
        parts += [
            " " if unseparated else ", ",
            Element("a", (("href", source.url),), (source.url,)),
        ]
    if source.after is not None:
        parts.append(f" (as reported by {source.after})")
    if source.short is not None:
        parts.append(f" [hereinafter {source.short}]")
    return (Element("cite", (), tuple(parts)),)


@dataclass(frozen=True, slots=True)
class _Before:
    """What was cited last: in which note, which sources, and where in the last of them."""

    number: int
    which: frozenset[str]
    pin: str | None


class Footnotes:
    """The citations of one letter, in the order in which its footnotes are read."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._last = _Before(0, frozenset(), None)
        self._shared: set[int] = set()

    def text(self, number: int, sources: Sequence[Cited]) -> tuple[Element | str, ...]:
        """Return the text of footnote `number`, which cites `sources`, ended by a full stop."""
        unique = _once(sources)
        if len({cited.address for cited in unique}) > 1:
            self._shared.add(number)
        parts: list[Element | str] = []
        before = self._last
        for position, cited in enumerate(unique):
            if position:
                parts.append("; ")
            parts.extend(self._cite(cited, number, before, first=position == 0))
            self._first.setdefault(cited.address, number)
            before = _Before(number, frozenset({cited.address}), cited.reference.pin)
        self._last = replace(before, which=frozenset(cited.address for cited in unique))
        # "Id." brings its own full stop.
        ended = bool(parts) and isinstance(parts[-1], Element) and parts[-1].text().endswith(".")
        return tuple(parts) if ended else (*parts, ".")

    def _cite(
        self, cited: Cited, number: int, before: _Before, *, first: bool
    ) -> Iterator[Element | str]:
        """Yield a citation.

        `Id.` is the one source of the note before, or what was cited just before in this note, and
        the place in it that was cited there unless it names another; a note in words of its own
        between them ends that (The Bluebook, rule 4.1).
        """
        note = self._first.get(cited.address)
        if note is None:
            yield from full(cited)
            return
        named = cited.reference.pin
        pin = f", {named}" if named else ""
        same = before.which == {cited.address} and before.number >= number - 1
        if same and (named or not before.pin):
            id_ = Element("em", (), ("Id." if first else "id.",))
            yield Element("cite", (), (id_,) if named == before.pin else (id_, pin))
            return
        called = self._called(cited, note)
        word = "Supra" if first and not called else "supra"
        said = (called, Element("em", (), (word,)), f" note {note}{pin}")
        yield Element("cite", (), tuple(part for part in said if part))

    def _called(self, cited: Cited, note: int) -> str:
        """Return what tells the source from others that the note cites; nothing where it is alone.

        A short name is used from the note on that gives it (The Bluebook, rule 4.2(b)).
        """
        source = cited.source
        if source.short is not None:
            return f"{source.short}, "
        if note not in self._shared:
            return ""
        return f"{source.author or source.publisher}, “{source.title},” "


def _once(sources: Iterable[Cited]) -> tuple[Cited, ...]:
    unique: dict[tuple[str, str | None], Cited] = {}
    for cited in sources:
        unique.setdefault((cited.address, cited.reference.pin), cited)
    return tuple(unique.values())
