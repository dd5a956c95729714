"""A certificate of a record: one page on paper that tells a record from any other.

It says what was sent, when, to whom and how, and gives the digests that prove it in groups that two
people can read to each other; the square holds them for a machine. Paper proves nothing by itself,
so it says how to compare, with what every computer has, and what even that does not prove.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportgen.archive.model import Event
from reportgen.archive.verdicts import UNPROVEN, size_of
from reportgen.letters.markup import Element
from reportgen.problems.printing import counted
from reportgen.quantities.dates import long_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.archive.ledger import Head
    from reportgen.archive.model import Entry, Record, SentFile

SQUARE: Final = "record"
"""The name of the drawing that holds the digests for a machine."""
_FEW: Final = 4
"""How many of what could be many are told on the page."""
_TOLD: Final = 220
"""How many characters of a title are told."""
_PDF: Final = "application/pdf"

_LATER: Final = {
    Event.CORRECTED: "corrected",
    Event.WITHDRAWN: "withdrawn",
    Event.DELIVERED: "delivered",
    Event.ACKNOWLEDGED: "receipt acknowledged",
    Event.ASKED: "asked about",
    Event.ANSWERED: "answered",
}
"""What is told of what came later; holds and disposals are nobody else's business."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate is made of: all of it verified before.

    Attributes:
        record: The record.
        bag: The digest of its bag.
        entry: The line of the ledger with which it came into the archive.
        later: The lines about it since.
        head: The ledger's head.
        digest: The SHA-256 of the ledger's last line.
        signed: What is known of the signature of the letter, in sentences; empty without one.
    """

    record: Record
    bag: str
    entry: Entry
    later: tuple[Entry, ...]
    head: Head
    digest: str
    signed: tuple[str, ...] = ()

    @property
    def letter(self) -> SentFile:
        """The file that the certificate gives the digest of: the PDF, or else the first."""
        sent = self.record.sent
        return next((each for each in sent if each.media_type == _PDF), sent[0])


def code(certified: Certified) -> str:
    """Return what the square says: the record's name, its digests and the ledger's head."""
    return "\n".join(
        (
            "reportgen record 1",
            certified.record.id,
            f"bag {certified.bag}",
            f"file {certified.letter.sha256}",
            f"head {certified.head}",
        )
    )


def square(certified: Certified) -> bytes:
    """Return the square (QR code, ISO/IEC 18004) as SVG."""
    import segno  # noqa: PLC0415 - only a certificate needs it

    made = BytesIO()
    segno.make(code(certified), error="m", micro=False).save(
        made, kind="svg", border=2, xmldecl=False, title=_title(certified), svgclass=None
    )
    return made.getvalue()


def body(certified: Certified) -> tuple[Element, ...]:
    """Return the page: one `article`."""
    record = certified.record
    head = _e(
        "header",
        _e("p", record.organization, class_="organization"),
        _e("h1", "Certificate of record"),
        _e("p", record.id, class_="record"),
    )
    return (
        _e(
            "article",
            head,
            *_notice(certified),
            _e("section", _table(_particulars(certified))),
            _e("section", _e("h2", "What proves it"), _proof(certified), class_="proofs"),
            _e("section", _e("h2", "How to check it"), _how(certified)),
            _e("section", _e("h2", "What this does not prove"), *_not_proved()),
        ),
    )


def _title(certified: Certified) -> str:
    return f"QR code with the digests of record {certified.record.id}"


def _notice(certified: Certified) -> Iterator[Element]:
    """Say first what would make somebody rely on a letter that no longer stands."""
    ended = [each for each in certified.later if each.event is Event.WITHDRAWN]
    corrected = [each for each in certified.later if each.event is Event.CORRECTED]
    for each in (ended or corrected)[-1:]:
        by = f", by {each.details['by']}" if "by" in each.details else ""
        said = f"This letter was {_LATER[each.event]} on {_happened(each)}{by}."
        yield _e("p", said, class_="notice")


def _particulars(certified: Certified) -> Iterator[tuple[str, tuple[Element | str, ...]]]:
    """Yield the rows that say what was sent, when, to whom and how."""
    record = certified.record
    yield "Letter", (f"{_shortened(record.title)} ({record.letter})",)
    yield "Dated", (long_form(record.date),)
    to = record.addressees or record.recipients
    yield "Sent to", (_few(to),)
    at = record.submitted.at
    yield "Sent", (f"{_moment(at)}, by {record.submitted.via}",)
    yield "Submitted by", (record.submitted.by,)
    yield "What went out", (_few([_file(each) for each in record.sent]),)
    for sentence in certified.signed[:1]:
        yield "Signature", (f"{sentence[:1].upper()}{sentence[1:]}.",)
    told = [
        f"{_LATER[each.event]} on {_happened(each)}"
        for each in certified.later
        if each.event in _LATER
    ]
    if told:
        yield "Since then", (_few(told),)


def _proof(certified: Certified) -> Element:
    letter, entry = certified.letter, certified.entry
    name = letter.path.rpartition("/")[2]
    image = _e(
        "img",
        src=f"chart:{SQUARE}",
        alt=f"{_title(certified)}: {code(certified).replace(chr(10), ', ')}",
    )
    rows: list[tuple[str, tuple[Element | str, ...]]] = [
        (name, _digest(letter.sha256, "SHA-256 of the file that went out")),
        ("The bag", _digest(certified.bag, "SHA-256 of tagmanifest-sha256.txt, and so of it all")),
        (
            "The ledger",
            _digest(
                certified.digest,
                f"SHA-256 of line {certified.head.number:,}, its last; this record is line "
                f"{entry.number:,}, of {_moment(entry.at)}",
            ),
        ),
        ("Its head", (str(certified.head),)),
    ]
    return _e("div", _e("figure", image), _table(rows), class_="proof")


def _digest(digest: str, of: str) -> tuple[Element, ...]:
    """Return a digest in two rows of eight groups of four."""
    groups = [digest[at : at + 4] for at in range(0, len(digest), 4)]
    rows = (_e("span", *_grouped(groups[start : start + 8]), class_="row") for start in (0, 8))
    return (*rows, _e("span", of, class_="of"))


def _grouped(groups: Iterable[str]) -> Iterator[Element | str]:
    for number, group in enumerate(groups):
        if number:
            yield " "
        yield _e("span", group, class_="group")


def _how(certified: Certified) -> Element:
    letter = certified.letter.path.rpartition("/")[2]
    number = certified.head.number
    line = f"{certified.entry.number:,}"
    steps: tuple[tuple[Element | str, ...], ...] = (
        ("The file: ", f"sha256sum {letter}", " gives its digest."),
        (
            "The record, in the folder of its bag: ",
            "sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt",
            " says nothing, and ",
            "sha256sum tagmanifest-sha256.txt",
            f" gives the digest of the bag, which line {line} of the ledger gives too.",
        ),
        (
            "The ledger: each line holds the SHA-256 of the line before, and ",
            f"sed -n {number}p ledger.jsonl | tr -d '\\n' | sha256sum",
            " gives that of its last; or all at once, ",
            _e("span", "reportgen verify --head ", _e("span", str(certified.head), class_="whole")),
            ".",
        ),
    )
    return _e("ol", *(_e("li", *_commands(step)) for step in steps))


def _commands(step: Iterable[Element | str]) -> Iterator[Element | str]:
    """Yield a step's words, every second part being what one types."""
    for number, part in enumerate(step):
        yield _e("span", part, class_="command") if number % 2 else part


def _not_proved() -> tuple[Element, ...]:
    paper = "anything of itself: paper can be printed by anybody, and is to be compared"
    return (
        _e(
            "p",
            f"This page does not prove {paper}. An archive that agrees with it does not prove "
            f"{', '.join(UNPROVEN[:-1])}, or {UNPROVEN[-1]}.",
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _file(file: SentFile) -> str:
    pages = f"{counted(file.pages, 'page')}, " if file.pages else ""
    told = f"({pages}{size_of(file.size)})".replace(" ", "\u00a0")
    return f"{file.path.removeprefix('data/sent/')} {told}"


def _few(told: Iterable[str]) -> str:
    """Return the first of some, and how many more there are: the page has one page's room."""
    each = tuple(told)
    more = len(each) - _FEW
    if more <= 0:
        return "; ".join(each)
    return f"{'; '.join(each[:_FEW])}; and {more:,} more, in the record"


def _shortened(text: str) -> str:
    return text if len(text) <= _TOLD else f"{text[: _TOLD - 1].rstrip()}…"


def _day(at: datetime) -> str:
    return long_form(at.date())


def _happened(entry: Entry) -> str:
    """Return the day on which something happened, as whoever entered it says; else that of the line."""
    said = entry.details.get("at") or entry.details.get("origin-at") or ""
    try:
        return _day(datetime.fromisoformat(said))
    except ValueError:
        return _day(entry.at)


def _moment(at: datetime) -> str:
    offset = at.strftime("%z")
    zone = "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{_day(at)}, {at:%H:%M} {zone}"


def _table(rows: Iterable[tuple[str, tuple[Element | str, ...]]]) -> Element:
    return _e("table", _e("tbody", *(_row(name, content) for name, content in rows)))


def _row(name: str, content: tuple[Element | str, ...]) -> Element:
    kind = {"class_": "digest"} if any(isinstance(each, Element) for each in content) else {}
    return _e("tr", _e("th", name, scope="row"), _e("td", *content, **kind))


def _e(tag: str, *children: Element | str, **attributes: str) -> Element:
    named = tuple((name.rstrip("_"), value) for name, value in attributes.items())
    return Element(tag, named, children)
