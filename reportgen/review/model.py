"""What a review is made of: the index of a draft, and the verdicts on its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reportgen.letters.draft import Assertion, BoundFact, Draft, Picture
from reportgen.letters.markup import Element
from reportgen.statistics.model import Chart


class Ruling(StrEnum):
    """What a checker says of a sentence: its evidence bears it out, or does not."""

    OK = "ok"
    WRONG = "wrong"


class Signature(StrEnum):
    """What is known of who wrote an entry of the log; it is shown with whatever they said."""

    UNSIGNED = "unsigned"
    GOOD = "signed"
    BAD = "bad signature"
    UNVERIFIED = "signature not verified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody who did not write a sentence says of it, and of nothing else.

    Attributes:
        assertion: The sentence's id.
        digest: What it said when it was checked: `Assertion.digest`.
        ruling: Whether its evidence bears it out.
        by: Who checked it.
        at: When.
        note: What the checker adds; may be empty.
        lapsed: Why the verdict does not hold; None while it does.
        signature: What is known of who gave it.
    """

    assertion: str
    digest: str
    ruling: Ruling
    by: str
    at: datetime
    note: str = ""
    lapsed: str | None = None
    signature: Signature = Signature.UNSIGNED


@dataclass(frozen=True, slots=True)
class Marking:
    """A verdict as the table brings it back: without who and when, which its reader knows.

    Attributes:
        assertion: The sentence's id.
        digest: What the sentence says.
        ruling: What the checker chose; None where only a note was written.
        note: What the checker wrote; may be empty.
    """

    assertion: str
    digest: str
    ruling: Ruling | None
    note: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a sentence begins on paper: page and line, both from 1.

    Lines are those of the text, as counsel counts them: neither the header nor the foot of a page.
    """

    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of a fact, and where in it.

    Attributes:
        text: The source as a letter cites it, with the pin cite.
        pin: The pin cite; empty when there is none.
        quote: The words of the source that say it; empty when the case holds none.
        url: Where it can be read; empty when nowhere.
        exhibit: The file that the case keeps of it; empty when it keeps none.
        sha256: That file's digest.
    """

    text: str
    pin: str = ""
    quote: str = ""
    url: str = ""
    exhibit: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of a sentence that is bound to a fact, or to what follows from facts.

    Attributes:
        words: The words in the letter; empty for a fact that the sentence rests on unsaid.
        address: `<case>.<fact>`, or the formula of what was computed.
        value: The exact value; empty for words.
        rule: What the words leave open, and why; empty where they leave nothing open.
        citations: Where it comes from.
    """

    words: str
    address: str
    value: str
    rule: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How sure a case is that a sentence rests on.

    Attributes:
        case: The case's id.
        status: alleged, confirmed and so on.
        attributions: Who is said to have done it, how far and how surely, a line an actor.
    """

    case: str
    status: str
    attributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the draft and all that stands behind it."""

    assertion: Assertion
    position: Position | None
    evidence: tuple[Evidence, ...]
    standings: tuple[Standing, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Index:
    """The cite-check table of a draft.

    Attributes:
        letter: `<case>/<letter>`.
        title: Title of the letter.
        date: The date that it bears.
        digest: The draft's digest.
        rows: Its assertions in the order of reading.
        let_pass: What was ever let pass in a final copy of it, a sentence each.
    """

    letter: str
    title: str
    date: date
    digest: str
    rows: tuple[Row, ...]
    let_pass: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """How a draft says a fact: in which words, and which exact value these stand for."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that two drafts say otherwise, or that only one of them says.

    Attributes:
        address: The fact's address, or the formula of what was computed.
        before: How the old draft says it, each way once; none when it does not.
        after: How the new one does.
        left: The sentences of the old draft in which it was said as it no longer is.
        touched: The sentences of the new draft in which it is said as it was not.
    """

    address: str
    before: tuple[Saying, ...]
    after: tuple[Saying, ...]
    left: tuple[Assertion, ...]
    touched: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many words a redline touches; a word that was moved is counted once."""

    inserted: int
    deleted: int
    moved: int
    kept: int


@dataclass(frozen=True, slots=True)
class Redline:
    """What changed from one draft of a letter to another; see `review.redlines.marking` for its elements.

    Attributes:
        before: The earlier draft.
        after: The later one.
        document: Both as one tree.
        heads: The lines at the heads and feet of their pages, as one tree.
        charts: The drawings of both; the source of each image names one.
        pictures: The pictures of both.
        facts: What they say otherwise of facts.
        tally: How many words were touched.
    """

    before: Draft
    after: Draft
    document: Element
    heads: Element
    charts: tuple[Chart, ...]
    pictures: tuple[Picture, ...]
    facts: tuple[FactChange, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Edit:
    """Something that was changed in a Word file that came back.

    Attributes:
        old: The words that stood there; empty where something was put in.
        new: The words that stand there now; empty where something was taken out.
        line: The paragraph as it was.
        start: Where in it the change begins, in characters.
        end: Where it ends.
        bounds: The stretch around it in which no fact stands.
        sentence: The sentence that it is in; None outside of what is asserted.
        facts: The bound facts whose words it touches: each is disputed.
        by: Who is said to have made it; nobody where tracking was off.
        when: When, as the file says it.
        tracked: Whether it was made with tracking on.
    """

    old: str
    new: str
    line: str
    start: int
    end: int
    bounds: tuple[int, int]
    sentence: Assertion | None
    facts: tuple[BoundFact, ...]
    by: tuple[str, ...]
    when: str
    tracked: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, and the words that it is about.

    Attributes:
        id: What it is called in its file.
        author: Who is said to have made it.
        when: When, as the file says it.
        text: What it says.
        about: The words that it lies on; empty where it lies on none.
        before: Words that stand before these.
        after: Words that stand after them.
        instead: Whether it strikes these words out; `text` is what it would say in their place.
        where: The page that it is on; empty in a Word file, whose pages are as they are printed.
    """

    id: str
    author: str
    when: str
    text: str
    about: str
    before: str = ""
    after: str = ""
    instead: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file that came back says.

    Attributes:
        draft: The draft that it was made from.
        number: The number under which that was sent to review; None when it has none.
        edits: What was changed.
        remarks: The comments: open questions.
        patch: The edits of prose, as a patch to the letter's Markdown; empty when there is none.
        unplaced: The edits of prose that the patch does not make.
    """

    draft: Draft
    number: int | None
    edits: tuple[Edit, ...]
    remarks: tuple[Remark, ...]
    patch: str
    unplaced: tuple[Edit, ...]
