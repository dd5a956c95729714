"""Submit a letter: seal its final copy, and what proves it, as a record of the archive.

What the letter says, what it was made from and what made it are gathered into the payload of a
bag. The same letter, sent by the same person at the same time in the same way, gives the same bag.
A letter whose record cannot be made has not been submitted, and nothing looks as if it had.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from mimetypes import MimeTypes
from typing import TYPE_CHECKING, Final

from reportgen.archive import layout, notes, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event, Record, SentFile, Submission
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.archive import dispatching, linking, sourcing, witnessing
from reportgen.jobs.building import finals
from reportgen.jobs.drafts import installed
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.ledger import depositing
from reportgen.jobs.ledger.booking import Book
from reportgen.jobs.review import indexing
from reportgen.jobs.review.reviewing import review_of
from reportgen.jobs.series import mailed
from reportgen.letters import keeping
from reportgen.problems.model import Place, Problem, Refusal, has_errors
from reportgen.review import consistency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.ledger import Head
    from reportgen.jobs.archive.dispatching import Sending
    from reportgen.jobs.archive.sourcing import Names
    from reportgen.jobs.building.finals import FinalCopy
    from reportgen.jobs.drafts.composing import Composition
    from reportgen.jobs.review.reviewing import Review
    from reportgen.jobs.series.mailed import Mailing
    from reportgen.letters.draft import Draft
    from reportgen.workspace import Workspace

_LIMIT: Final = 120
"""How many characters of a letter's name stand in that of its record."""

# Python's own table: that of the machine may say otherwise.
_TYPES: Final = MimeTypes(filenames=())
_TYPES.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What became of a submission.

    Attributes:
        record: The record; None when there is none, and the letter was not submitted.
        bag: Its folder.
        head: The ledger's head, its line included.
        problems: What is wrong, and what needs attention.
    """

    record: Record | None = None
    bag: Path | None = None
    head: Head | None = None
    problems: tuple[Problem, ...] = ()


def submit(
    workspace: Workspace, letter: Path, sending: Sending, clock: Callable[[], datetime]
) -> Sealed:
    """Seal the final copy of a letter.

    Args:
        workspace: Where the letter is, and the archive.
        letter: The letter's file.
        sending: How it left the house.
        clock: Tells the time, with its offset from UTC.

    Problems: those of `finals.final`, of the letter, `unknown-recipient`, `sent-in-future`,
    `already-submitted`, `cannot-write`, `bag-unsound`, `ledger-broken`.
    """
    copy, problems = finals.final(workspace, letter)
    if copy is None:
        return Sealed(problems=problems)
    composed, found = composition(workspace, letter, ("pdf", "docx", "html", "txt", "index.html"))
    problems = (*problems, *(each for each in found if each not in problems))
    if composed is None:
        return Sealed(problems=problems)
    drafts, wrong = _drafts(composed, copy, letter)
    many, refused = mailed.mailing(workspace, letter, copy.drafts) if sending.serial else (None, ())
    problems += refused
    sent, contents, more = _sent(copy, sending, many)
    problems += (*wrong, *more, *dispatching.timed(sending, composed, clock()))
    to, refused = dispatching.recipients(workspace, composed, sending.to)
    problems += refused
    if has_errors(problems):
        return Sealed(problems=problems)
    record = _record(composed, sending, to, drafts, sent)
    if many is not None:
        record = record.model_copy(update={"addressees": many.names})
    review, names = review_of(workspace, letter, composed, ()), sourcing.Names(workspace)
    payload, found = _payload(review, names, copy, drafts, record)
    said, more = witnessing.witnesses(review, names, with_review=sending.with_review)
    problems += (*found, *more)
    if has_errors(problems):
        return Sealed(problems=problems)
    return _deposited(workspace, record, payload | said | contents, clock, problems)


# --- what is sealed -------------------------------------------------------------------------------


def _drafts(
    composed: Composition, copy: FinalCopy, letter: Path
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    from reportgen.letters.versions import versions  # noqa: PLC0415 - only here

    manuscript = composed.manuscript
    drafts, problems = versions(composed.draft, manuscript.letter.confidentiality, manuscript.path)
    if tuple(each.digest for each in drafts) == copy.drafts:
        return drafts, problems
    message = "the letter was changed while it was being submitted"
    return (), (Problem("final-missing", message, Place(show(letter)), "submit it again"),)


def _sent(
    copy: FinalCopy, sending: Sending, many: Mailing | None
) -> tuple[tuple[SentFile, ...], dict[str, bytes], tuple[Problem, ...]]:
    """Return the files that went out, and their bytes by their places in the bag.

    Of a letter to many its copies went out; the letter as its own file addresses it, which was
    approved, is kept beside them.
    """
    problems: list[Problem] = []
    kept = copy.copies if many is None else {**copy.copies, **copy.files}
    contents = {f"{layout.COPIES}/{name}": content for name, content in kept.items()}
    sent: list[SentFile] = []
    if many is None:
        first = next((name for name in copy.files if name.endswith(".pdf")), "")
        out = {f"{layout.SENT}/{name}": each for name, each in copy.files.items()}
        pages = {f"{layout.SENT}/{first}": copy.pages}  # those of the first PDF are known
    else:
        out = {f"{layout.SERIAL}/{name}": each for name, each in many.files.items()}
        pages = {f"{layout.SERIAL}/{name}": count for name, count in many.pages.items()}
    for place, built in out.items():
        content, unsigned = built, None
        if sending.sign is not None and place.endswith(".pdf"):
            signed = sending.sign(built)
            if isinstance(signed, Refusal):
                problems.append(signed.at(Place(place.removeprefix(f"{layout.SENT}/"))))
                continue
            content, unsigned = signed.content, signed.unsigned
        sent.append(_file(place, content, pages=pages.get(place), unsigned=unsigned))
        contents[place] = content
    for path in sending.enclosures:
        enclosed, wrong = read_bytes(path, show(path))
        problems += wrong
        name = f"{layout.ENCLOSURES}/{path.name}"
        if name in contents:
            message = f"two enclosures are called {path.name}"
            problems.append(Problem("enclosure-twice", message, Place(show(path)), "rename one"))
        elif enclosed is not None:
            sent.append(_file(name, enclosed))
            contents[name] = enclosed
    return tuple(sent), contents, tuple(problems)


def _file(path: str, content: bytes, **said: object) -> SentFile:
    fields = {
        "path": path,
        "media_type": _TYPES.guess_type(path, strict=True)[0] or "application/octet-stream",
        "sha256": sha256(content).hexdigest(),
        "size": len(content),
    }
    return SentFile.model_validate({**fields, **said})


def _record(
    composed: Composition,
    sending: Sending,
    to: tuple[str, ...],
    drafts: Iterable[Draft],
    sent: tuple[SentFile, ...],
) -> Record:
    """Return the record, under the name that it has if no other has it."""
    draft, letter = composed.draft, composed.manuscript.letter
    name = draft.name.replace("/", "-")[:_LIMIT].rstrip("-")
    return Record(
        id=f"{sending.at:%Y-%m-%d}-{name}",
        letter=draft.name,
        family=draft.family,
        title=draft.subject,
        date=draft.date,
        organization=draft.author,
        recipients=to,
        addressees=tuple(
            each.tenure.name for each in composed.manuscript.addressees if each.id in to
        ),
        cases=tuple(composed.cases),
        submitted=Submission(at=sending.at.replace(microsecond=0), via=sending.via, by=sending.by),
        drafts=tuple(each.digest for each in drafts),
        sent=sent,
        corrects=letter.corrects,
        answers=letter.answers,
        regime=letter.regime,
        stage=letter.stage,
    )


def _payload(
    review: Review, names: Names, copy: FinalCopy, drafts: Iterable[Draft], record: Record
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return all that proves what was sent, by its places in the bag."""
    composed = review.composed
    index, problems = indexing.indexed(composed, review.verdicts(), copy.places or None)
    index = replace(index, let_pass=review.let_pass())
    said = consistency.submitted(composed.draft, record.addressees, record.corrects)
    made_from = sourcing.sources(names, composed)
    payload: dict[str, bytes] = {
        layout.FACTS: consistency.written(said),
        layout.INPUTS: _json(made_from.inputs),
        layout.VERSIONS: _json(installed.versions()),
        **made_from.contents,
    }
    for draft in drafts:
        payload[f"{layout.DRAFTS}/{draft.version}.json"] = keeping.keep(names.in_places(draft))
    for format_ in ("html", "csv"):
        table, found = indexing.rendered(index, composed, format_)
        problems += found
        if table is not None:
            payload[f"{layout.INDEX}/{table.name}"] = table.content
    return payload, problems


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


# --- into the archive -----------------------------------------------------------------------------


def _deposited(
    workspace: Workspace,
    record: Record,
    payload: Mapping[str, bytes],
    clock: Callable[[], datetime],
    problems: tuple[Problem, ...],
) -> Sealed:
    archive = Archive(workspace.archive)
    with Book(archive, record.submitted.by, clock).open() as pages:
        found = pages.problems or depositing.tidy(pages)
        found = found or dispatching.submitted_before(record, pages.ledger, show(archive.ledger))
        if found:
            return Sealed(problems=(*problems, *found))
        names = {
            "id": depositing.free(pages, record.id),
            "corrects": linking.corrected(pages, record.corrects),
        }
        record = record.model_copy(update=names)
        whole = {
            **payload,
            layout.RECORD: records.written(record),
            layout.README: notes.of_the_record(record).encode(),
        }
        entry, found = depositing.deposit(
            pages,
            record.id,
            lambda folder: bagging.write(folder, whole, _info(record)).digest,
            Event.SUBMITTED,
            dispatching.details(record),
        )
        if entry is None:
            return Sealed(problems=(*problems, *found))
        found += linking.link(pages, record)
        return Sealed(record, archive.bag(record.id), pages.ledger.head, (*problems, *found))


def _info(record: Record) -> tuple[tuple[str, str], ...]:
    """Return what `bag-info.txt` says (RFC 8493, 2.2.2), nothing of it from the clock."""
    version = installed.version()
    return (
        ("Source-Organization", record.organization),
        ("Contact-Name", record.submitted.by),
        ("External-Description", record.title),
        ("External-Identifier", record.id),
        ("Internal-Sender-Identifier", record.letter),
        ("Bagging-Date", f"{record.submitted.at:%Y-%m-%d}"),
        ("Bag-Software-Agent", f"reportgen {version}"),
    )
