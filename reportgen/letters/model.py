"""What a letter's file, a family, an organisation and the directory may say."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from reportgen.cases.model import (
    FullDate,
    Identifier,
    Line,
    Model,
    Name,
    SourceReference,
    StatedDate,
    Verified,
)
from reportgen.files import forms

RecipientId = Annotated[str, StringConstraints(pattern=forms.RECIPIENT.pattern)]
"""An office in the directory: `us-senate-banking.chair`."""


class Paper(StrEnum):
    """The sheet."""

    LETTER = "letter"
    A4 = "a4"


# --- the letter ---------------------------------------------------------------------------------


class LetterCases(Model):
    """The cases that a letter draws on, each in its role."""

    incident: Identifier = Field(description="The case that the letter is about.")
    compared: tuple[Identifier, ...] = Field(
        (), description="Cases that it is compared with, in the order of the table."
    )


class Signatory(Model):
    """Who signs; `[Signatory]` while nobody is known."""

    name: Line
    title: Line | None = None


class EnclosureEntry(Model):
    """An entry of the list of enclosures; its file, where one is named, travels with the letter."""

    title: Line = Field(description="What the list calls it.")
    file: Line | None = Field(
        None, description="A PDF, PNG, JPEG or CSV file, relative to the case's folder."
    )


def _read_enclosure(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


QuestionNumber = Annotated[str, StringConstraints(pattern=forms.QUESTION.pattern)]
"""The number of a question, with the letter of its part: `4`, `4b`."""


class Question(Model):
    """A question that somebody asked, in their words."""

    number: QuestionNumber = Field(description="Its number in the list that was sent: 4, or 4b.")
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


class Questions(Model):
    """Numbered questions that a letter answers, each quoted before its answer.

    The answers are sections of the letter's prose: `## {#question-4b}`.
    """

    source: SourceReference = Field(
        description="Where they were asked: a source of the incident's case."
    )
    asked: tuple[Question, ...] = Field(min_length=1, description="The questions, in their order.")


class Bates(Model):
    """Numbers that identify each page of a production: `ACME-000001`."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,12}$")] = Field(
        description="What stands before the number, without the hyphen."
    )
    first: Annotated[int, Field(ge=1, le=999_999)] = Field(
        1, description="The number of the first page."
    )


class Confidentiality(Model):
    """How the confidential version of a letter is marked (17 CFR 200.83(c)(2)).

    The marking belongs to the recipient: Congress is outside FOIA, and only asks and honors.
    """

    requested_by: Line = Field(description="Who asks for confidential treatment.")
    legend: Line = Field(
        "Confidential Treatment Requested by {requested_by} Pursuant to 17 C.F.R. 200.83",
        description="The line on every page; {requested_by} is filled in.",
    )
    bates: Bates


Email = Annotated[str, StringConstraints(pattern=forms.EMAIL.pattern, max_length=254)]


class Acknowledgement(Model):
    """That somebody lets a letter go to a recipient whom nobody has looked up."""

    recipient: RecipientId = Field(description="The office, as `recipients` names it.")
    by: Line = Field(description="Who acknowledges it.")
    date: FullDate = Field(description="When.")
    reason: Line = Field(description="Why it may go all the same; the index shows it.")


SubmittedName = Annotated[str, StringConstraints(pattern=forms.SUBMITTED.pattern, max_length=161)]
"""A record, or a letter that was submitted: `2026-06-10-alibaba-2026-senate-banking`."""

FACT_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9_-]+)+")
"""The address of a fact, and of no formula."""

QuestionId = Annotated[str, StringConstraints(pattern=forms.ASKED.pattern)]
"""A question for the record: `q-3f9a0c1b`."""


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Stretch = Annotated[str, StringConstraints(max_length=20_000)]
"""Words of a letter, of any length."""


class EarlierStatement(Model):
    """A statement of an earlier letter, as its record has it."""

    fact: Line = Field(description="The fact, `<case>.<fact>`, or the formula that it was made by.")
    said: Stretch = Field(description="The words.")
    value: Stretch = Field("", description="The exact value; nothing for words.")

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact itself, and not something computed."""
        return FACT_ADDRESS.fullmatch(self.fact) is not None


class Correction(Model):
    """What an earlier letter said that is otherwise now; `reportgen correct` writes it."""

    record: SubmittedName = Field(description="The record of the letter.")
    title: Line = Field(description="What the letter was about.")
    date: FullDate = Field(description="The date that it bears.")
    statements: tuple[EarlierStatement, ...] = Field(
        min_length=1, description="What it stated that is otherwise now."
    )


class Letter(Model):
    """One letter: `cases/<case>/letters/<letter>.yaml`, its prose in Markdown beside it."""

    family: Identifier = Field(description="Folder under templates/letters/.")
    date: FullDate = Field(description="The date that the letter bears.")
    organization: Identifier = Field(
        description="Who writes: a file under templates/organization/."
    )
    recipients: tuple[RecipientId, ...] = Field(
        (),
        description="Offices in the directory, the chair first; none for what is addressed to all.",
    )
    delivery: Line | None = Field(None, description='Delivery line: "Via electronic mail".')
    subject: Line = Field(description="What follows “Re:”.")
    cases: LetterCases
    regime: Identifier | None = Field(
        None, description="The reporting law that it is sent under: a file of templates/regimes/."
    )
    stage: Identifier | None = Field(
        None, description="Which of that law's reports it is: initial, final."
    )
    questions: Questions | Line | None = Field(
        None,
        description="The questions that it answers, or their file, relative to the case's folder.",
    )
    signatory: Signatory
    closing: Line = Field("Respectfully submitted,", description="Complimentary close.")
    enclosures: tuple[
        Annotated[
            EnclosureEntry,
            BeforeValidator(_read_enclosure, json_schema_input_type=str | EnclosureEntry),
        ],
        ...,
    ] = Field((), description="What is enclosed: titles, or titles with a file.")
    copies: tuple[Line, ...] = Field((), description="Who gets a copy (cc), one entry each.")
    confidentiality: Confidentiality | None = Field(
        None, description="Needed where passages or figures are confidential."
    )
    authors: tuple[Email, ...] = Field(
        (), description="Who wrote it, and cannot check it; else those whom git names."
    )
    corrects: Annotated[
        tuple[SubmittedName, ...],
        BeforeValidator(
            _one_or_more, json_schema_input_type=SubmittedName | tuple[SubmittedName, ...]
        ),
    ] = Field((), description="What this one corrects: a record, or a letter `<case>/<letter>`.")
    answers: Annotated[
        tuple[QuestionId, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=QuestionId | tuple[QuestionId, ...]),
    ] = Field((), description="The questions for the record that this one answers, by their ids.")
    correction: tuple[Correction, ...] = Field(
        (), description="What the letters that are corrected said, for a table of was and is."
    )
    marking: Line | None = Field(
        None, description="A line at the head of every page, such as that of a specimen."
    )
    acknowledged: tuple[Acknowledgement, ...] = Field(
        (), description="Recipients whom nobody has looked up, and who lets the letter go to them."
    )
    omit: tuple[Identifier, ...] = Field(
        (), description="Sections of the family that this letter leaves out."
    )
    paper: Paper = Paper.LETTER
    language: Annotated[str, StringConstraints(pattern=forms.LANGUAGE.pattern)] = Field(
        "en-US", description="Language of the letter, for readers and for hyphenation."
    )


# --- the family ---------------------------------------------------------------------------------


class Stated(StrEnum):
    """What sort of fact answers what a family requires."""

    QUANTITY = "quantity"
    DATE = "date"
    NAME = "name"
    TEXT = "text"


class Requirement(Model):
    """Something that every letter of a family has to say, and that its case has to state."""

    question: Line = Field(description="What to ask, where the case does not state it.")
    states: Stated = Field(Stated.TEXT, description="quantity, date, name or text.")
    citation: Line | None = Field(None, description="What asks for it: GDPR Art. 33(3)(a).")


class Family(Model):
    """A kind of letter: `templates/letters/<family>/family.yaml`.

    The `style.css` beside it comes after the style sheets that all families share.
    """

    title: Line = Field(description="What the kind of letter is called.")
    description: Line = Field(description="When one writes such a letter.")
    document: Line = Field("letter", description="What one of them is called: letter, notice.")
    numbered: bool = Field(True, description="Whether its headings are numbered.")
    max_addressees: Annotated[int, Field(ge=0, le=24)] = Field(
        2, description="How many inside addresses the form has room for; 0 when it is for all."
    )
    filed: bool = Field(
        False,
        description="Whether it is filed and not sent: its later pages name who files, not who is "
        "written to.",
    )
    sections: tuple[Identifier, ...] = Field(
        min_length=1, description="Its sections in order; each is a Markdown file in sections/."
    )
    answers: Identifier | None = Field(
        None,
        description="The section that is set once for each question that a letter answers; such a "
        "letter has `questions`.",
    )
    regimes: dict[Identifier, tuple[Identifier, ...]] = Field(
        default_factory=dict,
        description="The reporting laws that it is a form for, each with those of its reports, all "
        "when none is named; a family without any may be sent under each.",
    )
    requires: dict[Name, Requirement] = Field(
        default_factory=dict,
        description="What the case has to state, by the name of the fact: `window`, `detected`, "
        "`actors`, or one under `facts`.",
    )


# --- the organisation ---------------------------------------------------------------------------


RoleName = Annotated[str, StringConstraints(pattern=forms.IDENTIFIER.pattern, max_length=40)]
"""Who has to approve a letter: counsel, policy, security."""


class ReviewSettings(Model):
    """What an organization asks for before a letter is final."""

    roles: tuple[RoleName, ...] = Field(
        (), description="The roles that each have to approve a letter: counsel, policy."
    )
    signatures: bool = Field(False, description="Whether verdicts and approvals have to be signed.")


class LintLevel(StrEnum):
    """How much a finding of the lint weighs."""

    OFF = "off"
    WARNING = "warning"
    ERROR = "error"


WebAddress = Annotated[str, StringConstraints(pattern=forms.WEB_ADDRESS.pattern, max_length=500)]


class SignatureLevel(StrEnum):
    """What a signature holds (ETSI EN 319 142-1)."""

    BASIC = "B-B"
    TIME = "B-T"
    LONG_TERM = "B-LTA"


class SigningSettings(Model):
    """How final letters and the archive's ledger are signed."""

    key: Line = Field(
        description="A PKCS#12 file, relative to the workspace, or a key on a token: "
        "pkcs11:token=Letters;object=seal."
    )
    level: SignatureLevel | None = Field(
        None, description="B-B, B-T or B-LTA; B-T where an authority for time stamps is named."
    )
    timestamps: WebAddress | None = Field(
        None, description="The address of a time-stamping authority (RFC 3161)."
    )


class Trigger(StrEnum):
    """From what on a record is kept for a time."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


KeepingPeriod = Annotated[str, StringConstraints(pattern=forms.PERIOD.pattern)]
"""How long a record is kept: `10 years`, `18 months`."""


class RetentionClass(Model):
    """How long records of a kind are kept."""

    keep: KeepingPeriod = Field(description="How long: 10 years, 18 months.")
    after: Trigger = Field(
        Trigger.SUBMITTED,
        description="From what on: submitted, acknowledged (by the recipient), or closed (the "
        "matter, `reportgen archive close`).",
    )
    families: tuple[Identifier, ...] = Field(
        (), description="The kinds of letters that it is for; all that no other class names."
    )


class ArchiveSettings(Model):
    """How letters are archived when they are submitted, and how long they are kept."""

    signing: SigningSettings | None = Field(
        None, description="How they are signed; without it they are not, unless it is asked for."
    )
    retention: dict[Identifier, RetentionClass] = Field(
        default_factory=dict,
        description="How long records are kept, by class; one of no class is kept for ever.",
    )


class Registrant(Model):
    """What the cover of a filing under the Securities Exchange Act says of whoever files."""

    jurisdiction: Line = Field(description="State or other jurisdiction of incorporation.")
    file_number: Line = Field(description="Commission file number.")
    employer_number: Line = Field(description="IRS employer identification number.")
    telephone: Line = Field(description="Telephone number, with the area code.")


class Organization(Model):
    """Who writes: `templates/organization/<organization>.yaml`."""

    name: Line = Field(description="Full name, as the letterhead gives it.")
    short: Line = Field(description="Name in running text.")
    address: tuple[Line, ...] = Field((), description="Lines of the letterhead's address.")
    contact: tuple[Line, ...] = Field((), description="Further lines: telephone, web page.")
    registrant: Registrant | None = Field(
        None, description="What the cover of a filing says of it; null where it files none."
    )
    lint: dict[Identifier, LintLevel] = Field(
        default_factory=dict,
        description="What it makes of rules of the lint, by code: off, warning or error.",
    )
    review: ReviewSettings | None = Field(
        None, description="What a final letter needs; without it, nobody has to review a letter."
    )
    archive: ArchiveSettings | None = Field(None, description="How its letters are archived.")


# --- the directory ------------------------------------------------------------------------------


class Chamber(StrEnum):
    """A house of Congress."""

    SENATE = "senate"
    HOUSE = "house"


class Tenure(Model):
    """Somebody in an office, from and to."""

    name: Line = Field(description="Full name, without honorific.")
    honorific: Line | None = Field(
        "The Honorable", description="Before the full name; null where none belongs."
    )
    title: Line | None = Field(
        None, description="As the inside address has it: Chairman, Ranking Member."
    )
    salutation: Line = Field(description="As one says “Dear …”: Chairman Scott.")
    valid_from: StatedDate = Field(description="First day in office, as far as known.")
    valid_to: StatedDate | None = Field(None, description="Last day in office.")
    vacant: bool = Field(
        False, description="Whether nobody held the office then; `name` says so in words."
    )
    verified: Verified | None = Field(description="Who looked it up; null when nobody has.")


class Recipient(Model):
    """A committee, an agency or a person's office: `templates/directory/<recipient>.yaml`."""

    name: Line = Field(description="Committee on Banking, Housing, and Urban Affairs.")
    short: Line = Field(description="Name in running text: the Committee.")
    body: Line | None = Field(None, description="What it belongs to: United States Senate.")
    chamber: Chamber | None = Field(None, description="senate or house, for a committee.")
    jurisdiction: Line | None = Field(None, description="What it deals with, in a line.")
    address: tuple[Line, ...] = Field(min_length=1, description="Room and building, then city.")
    basis: Line | None = Field(
        None, description="What the entry rests on while nobody has looked it up."
    )
    verified: Verified | None = Field(description="Who looked it up; null when nobody has.")
    offices: dict[Identifier, tuple[Tenure, ...]] = Field(
        min_length=1, description="Who holds each office, one entry a tenure."
    )
