"""What a review's log can say: comments, verdicts, approvals, each with who, when and of what.

An entry is made once and never changed. Its id is a digest of all that it says, so that a line
that was edited by hand is known, and the same line merged twice is one entry.
"""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from reportgen.review.model import Ruling  # noqa: TC001 - Pydantic needs it at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.letters.draft import Assertion, Draft

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Role = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Part(BaseModel):
    """What entries are made of: frozen; keys of a later version are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Person(Part):
    """Who wrote an entry, as they call themselves. People are told apart by their address."""

    name: Name
    email: Annotated[str, StringConstraints(pattern=r"^[^\s@<>]+@[^\s@<>]+$", max_length=254)]

    def __str__(self) -> str:
        """Return `Ada Example <ada@example.com>`."""
        return f"{self.name} <{self.email}>"

    def is_(self, email: str) -> bool:
        """Whether an address is theirs."""
        return self.email.casefold() == email.casefold()


class Said(Part):
    """A bound piece of a sentence: its words, and the exact value."""

    address: str
    text: str
    value: str


class Rest(Part):
    """A source that a fact of a sentence came from; see `letters.draft.Ground`."""

    fact: str
    source: str
    pin: str = ""
    quote: str = ""
    exhibit: str = ""


class Subject(Part):
    """A sentence as it stood: enough to say later what has changed in it."""

    number: Annotated[int, Field(ge=1, description="Its number in the draft of that day.")]
    text: str
    digest: Digest
    context: str = ""
    bound: tuple[Said, ...] = ()
    grounds: tuple[Rest, ...] = ()


def subject(assertion: Assertion, draft: Draft) -> Subject:
    """Return a sentence of a draft as the log keeps it."""
    by_id = {piece.id: piece for piece in draft.bound}
    pieces = (by_id[identity] for identity in assertion.bound)
    return Subject(
        number=assertion.number,
        text=assertion.text,
        digest=assertion.digest,
        context=assertion.context,
        bound=tuple(Said(address=p.address, text=p.text, value=p.value) for p in pieces),
        grounds=tuple(
            Rest(fact=g.fact, source=g.source, pin=g.pin, quote=g.quote, exhibit=g.exhibit)
            for g in assertion.grounds
        ),
    )


class Entry(Part):
    """What all entries have."""

    kind: ClassVar[str]

    at: AwareDatetime = Field(description="When, with the offset from UTC.")
    by: Person
    letter: str = Field(description="`<case>/<letter>`.")
    id: str = Field("", description="The first 16 digits of the digest of all else.")
    signature: str | None = Field(None, description="An SSH signature over all else, armored.")


class Origin(Part):
    """Who said something in a file that came back, as the file has it: a claim, and no proof."""

    file: str = ""
    by: str = ""
    when: str = ""
    about: str = Field("", description="The words that it is about.")
    where: str = Field("", description="The page of a PDF.")


class Comment(Entry):
    """A question or a remark; open until it is resolved."""

    kind = "comment"

    text: Words
    draft: Digest = Field(description="The content that it was written on.")
    subject: Subject | None = Field(None, description="The sentence; None for the whole letter.")
    origin: Origin | None = Field(None, description="Whose words these are, when they came back.")


class Dispute(Entry):
    """An edit to a bound figure, to be settled in the case file or by a new source."""

    kind = "dispute"

    text: Words = Field(description="What is disputed, and why.")
    draft: Digest
    subject: Subject | None = None
    fact: str = Field("", description="The address of the fact.")
    proposed: str = Field("", description="What the edit would say.")
    origin: Origin | None = None


def asker(entry: Comment | Dispute) -> str:
    """Return who asks: whoever wrote the entry, or whom a file names that they took in."""
    origin = entry.origin
    if origin is None:
        return entry.by.name
    where = f"{origin.where} of {origin.file}" if origin.where else origin.file
    return f"{origin.by or 'somebody'} in {where} (taken in by {entry.by.name})"


class Resolution(Entry):
    """The end of a comment or a dispute."""

    kind = "resolution"

    of: str = Field(description="Id of the comment or dispute.")
    text: str = ""


class Checked(Entry):
    """A verdict on a sentence."""

    kind = "verdict"

    subject: Subject
    ruling: Ruling
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""


class Approval(Entry):
    """A role's consent to the whole draft, and to nothing else."""

    kind = "approval"

    role: Role
    content: Digest = Field(description="Digest of all that a reader sees, and what it rests on.")
    draft: Digest = Field(description="The draft's own digest, under which it is kept.")
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""


class GateWaiver(Entry):
    """A finding that somebody let pass in a final letter."""

    kind = "waiver"

    code: Name
    reason: Words
    content: Digest
    findings: tuple[str, ...] = Field((), description="What was let pass, a sentence each.")


class KeptDraft(Entry):
    """A draft that was sent to review, and is kept under its digest."""

    kind = "draft"

    number: Annotated[int, Field(ge=1, lt=1_000_000, description="What people call it.")]
    draft: Digest = Field(description="The draft's own digest, under which it is kept.")
    content: Digest


KINDS: Final[Mapping[str, type[Entry]]] = MappingProxyType(
    {
        model.kind: model
        for model in (Comment, Dispute, Resolution, Checked, Approval, GateWaiver, KeptDraft)
    }
)
"""The kinds of entries, as their lines name them."""

EntryT = TypeVar("EntryT", bound=Entry)


def identified(entry: EntryT) -> EntryT:
    """Return the entry with its id."""
    return entry.model_copy(update={"id": identity(_plain(entry))})


def line(entry: Entry) -> bytes:
    """Return the line of an entry, ended by a line feed: the same bytes for the same entry."""
    return f"{json.dumps(_plain(entry), ensure_ascii=False)}\n".encode()


def to_sign(entry: Entry) -> bytes:
    """Return the bytes over which an entry is signed."""
    return canonical(_plain(entry))


def canonical(data: Mapping[str, object]) -> bytes:
    """Return what is signed of an entry as JSON has it: all but the signature, keys sorted."""
    signed = {key: value for key, value in data.items() if key != "signature"}
    return json.dumps(
        signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def identity(data: Mapping[str, object]) -> str:
    """Return the id that an entry must have, from what JSON has of it."""
    named = {key: value for key, value in data.items() if key != "id"}
    return hashlib.sha256(canonical(named)).hexdigest()[:16]


def _plain(entry: Entry) -> dict[str, object]:
    """Return the entry as JSON has it: what tells it first, what proves it last."""
    dumped = entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    head = {"kind": entry.kind, "id": entry.id, "at": dumped.pop("at"), "by": dumped.pop("by")}
    dumped.pop("id", None)
    signature = dumped.pop("signature", None)
    tail = {} if signature is None else {"signature": signature}
    return {**head, **dumped, **tail}
