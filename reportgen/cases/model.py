"""A case: one incident as its case file states it.

The models are what `case.yaml` may say, field by field; the JSON Schema for editors is made from
them. What a single field can tell is checked here; what needs two fields is a rule in `rules/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from reportgen.files import forms
from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed, nearest, quoted
from reportgen.quantities import reading
from reportgen.quantities.dates import PartialDate, Period
from reportgen.quantities.quantity import Quantity


class Model(BaseModel):
    """What every part of a case file has in common: frozen, and no unknown keys."""

    # A part is built with the whole that is asked for, not by itself: that halves the start.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


# --- single values ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)  # a type's metadata must have a hash
class _ReadBy:
    """Tells Pydantic to have a value read by a function of ours, and not to look into its type."""

    read: Callable[[object], object]
    schema: Mapping[str, object]

    def __get_pydantic_core_schema__(
        self, source: type[object], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return dict(self.schema)


def _read_date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.read(value if isinstance(value, str) else "")
    except ValueError as error:
        raise PydanticCustomError(
            "impossible-date",
            "{value} is no date",
            {"value": _said(value), "help": str(error)},
        ) from None


def _read_quantity(value: object) -> Quantity:
    if isinstance(value, Quantity):
        return value
    quantity = (
        reading.read(value)
        if isinstance(value, str | Mapping)
        else Refusal("quantity-unreadable", f"{_said(value)} is no number")
    )
    if isinstance(quantity, Refusal):
        raise PydanticCustomError(
            quantity.code,
            "{message}",
            {"message": quantity.message, "help": quantity.help},
        )
    return quantity


def _read_moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError(
            "impossible-time",
            "{value} is no time",
            {"value": _said(value), "help": "write day, time and offset: 2026-03-16T10:20-07:00"},
        ) from None
    if moment.tzinfo is None:
        raise PydanticCustomError(
            "time-without-zone",
            "{value} does not say in which time zone it is",
            {
                "value": _said(value),
                "help": "add the offset from UTC: `2026-03-16T10:20-07:00` in California in "
                "summer, `...Z` for UTC",
            },
        )
    return moment


def _said(value: object) -> str:
    return quoted(value) if isinstance(value, str) else "what stands here"


Identifier = Annotated[str, StringConstraints(pattern=forms.IDENTIFIER.pattern, max_length=80)]
"""Lower-case letters, digits and single hyphens: `alibaba-2026`."""

Name = Annotated[str, StringConstraints(pattern=forms.FACT_NAME.pattern, max_length=80)]
"""The name of a fact: lower-case letters, digits and underscores, so that templates can say it."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
"""A text of one line or a few, not empty."""

Country = Annotated[str, StringConstraints(pattern=forms.COUNTRY.pattern)]
"""ISO 3166-1 alpha-2: `CN`, `US`, `NO`."""

Sha256 = Annotated[str, StringConstraints(pattern=forms.SHA256.pattern)]

StatedDate = Annotated[
    PartialDate,
    _ReadBy(_read_date, {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
"""A date as far as it is known: 2026-04-22, 2026-04 or 2026."""


def _to_the_day(value: PartialDate) -> PartialDate:
    if value.day is None:
        raise PydanticCustomError("impossible-date", "this date needs its day: 2026-06-10")
    return value


FullDate = Annotated[StatedDate, AfterValidator(_to_the_day)]
"""A date known to the day."""

Moment = Annotated[datetime, _ReadBy(_read_moment, {"type": "string", "format": "date-time"})]
"""A day and time with its offset from UTC: 2026-03-16T10:20-07:00."""

StatedQuantity = Annotated[
    Quantity,
    _ReadBy(
        _read_quantity,
        {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "object"}]},
    ),
]
"""A number as a person says it: `28.8 million`, `nearly 25,000`, `{low: 20000, high: 30000}`."""


class Verified(Model):
    """Who looked an entry up, where and when."""

    date: FullDate = Field(description="The day on which it was looked up.")
    source: Line = Field(description="Where: a page, a directory, a call.")


# --- vocabularies -------------------------------------------------------------------------------


class Status(StrEnum):
    """What the world may call the incident; everything before `confirmed` is an allegation."""

    ALLEGED = "alleged"
    UNDER_INVESTIGATION = "under-investigation"
    CONFIRMED = "confirmed"
    ADMITTED = "admitted"
    ADJUDICATED = "adjudicated"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What sort of incident it is."""

    MODEL_EXTRACTION = "model-extraction"
    WEIGHT_EXFILTRATION = "weight-exfiltration"
    MISUSE = "misuse"
    SAFETY_INCIDENT = "safety-incident"
    DATA_BREACH = "data-breach"
    INTRUSION = "intrusion"
    RANSOMWARE = "ransomware"
    FRAUD = "fraud"
    DISRUPTION = "disruption"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure an attribution is (ICD 203, section D.6.e(2)); about the evidence, not the event."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    NOT_STATED = "not-stated"


class Rung(StrEnum):
    """How far an attribution goes, from the weakest to the strongest."""

    CONSISTENT_WITH = "consistent-with"
    LINKED_TO = "linked-to"
    AFFILIATED_WITH = "affiliated-with"
    ATTRIBUTED_TO = "attributed-to"
    CARRIED_OUT_BY = "carried-out-by"


class Counting(StrEnum):
    """Whether counts of the same unit may be added: events may, members of a set may not."""

    ADDITIVE = "additive"
    DISTINCT = "distinct"


class Answer(StrEnum):
    """What a party said when asked."""

    NO_RESPONSE = "no-response"
    DECLINED = "declined"
    DENIED = "denied"
    DISPUTED = "disputed"
    ACKNOWLEDGED = "acknowledged"
    ADMITTED = "admitted"


class SourceKind(StrEnum):
    """What sort of thing a source is."""

    ARTICLE = "article"
    STATEMENT = "statement"
    MEMORANDUM = "memorandum"
    DIRECTIVE = "directive"
    STATUTE = "statute"
    BILL = "bill"
    REPORT = "report"
    DATASET = "dataset"
    EXHIBIT = "exhibit"
    INTERVIEW = "interview"


class Event(StrEnum):
    """What a period of a reporting law can begin with; each is a moment of its own."""

    DISCOVERED = "discovered"
    AWARE = "aware"
    REASONABLE_BELIEF = "reasonable-belief"
    DETERMINED = "determined"
    CLASSIFIED_MAJOR = "classified-major"
    MATERIALITY_DETERMINED = "materiality-determined"
    IMMINENT_RISK = "imminent-risk"
    RANSOM_PAID = "ransom-paid"
    NOTICE_RECEIVED = "notice-received"
    INDIVIDUALS_NOTIFIED = "individuals-notified"
    RESOLVED = "resolved"


class Decision(StrEnum):
    """What was decided of a reporting law; the program decides none."""

    APPLIES = "applies"
    VOLUNTARY = "voluntary"
    NOT_REQUIRED = "not-required"
    UNDER_ASSESSMENT = "under-assessment"


class Framework(StrEnum):
    """Whose catalogue a technique's id belongs to."""

    ATLAS = "mitre-atlas"
    ATTACK = "mitre-attack"
    VERIS = "veris"


# --- sources ------------------------------------------------------------------------------------


class Exhibit(Model):
    """A file that comes with the case and proves something."""

    file: Line = Field(description="Path of the file, relative to the case's folder.")
    sha256: Sha256 = Field(description="SHA-256 of the file's bytes, 64 hexadecimal digits.")


class Source(Model):
    """Where facts come from."""

    title: Line = Field(description="Title of the document, or a description of it.")
    publisher: Line = Field(description="Who published or issued it.")
    kind: SourceKind = Field(description="What sort of thing it is.")
    author: Line | None = Field(None, description="Who wrote it, where that is known.")
    published: StatedDate | None = Field(
        None, description="When it was published, as far as known; a letter cites nothing younger."
    )
    accessed: StatedDate | None = Field(None, description="When the page was read.")
    url: Annotated[str, StringConstraints(pattern=forms.WEB_ADDRESS.pattern)] | None = Field(
        None, description="Where it can be read."
    )
    after: Line | None = Field(
        None, description="Whose reporting it repeats, when it is second-hand."
    )
    citation: Line | None = Field(
        None, description="How a letter cites it; made from the other fields when left out."
    )
    short: Line | None = Field(
        None, description="What later footnotes call it: `June 10 Statement`."
    )
    exhibit: Exhibit | None = Field(None, description="The file that the case keeps of it.")


class Reference(Model):
    """A use of a source: which one, where in it, in which words."""

    id: Identifier = Field(description="Key of the source under `sources`.")
    pin: Line | None = Field(None, description='Pin cite: "p. 3", "para. 7", "table 2".')
    quote: Line | None = Field(None, description="The few words of the source that say it.")


def _read_reference(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


SourceReference = Annotated[
    Reference,
    BeforeValidator(_read_reference, json_schema_input_type=str | Reference),
]
References = Annotated[
    tuple[SourceReference, ...],
    BeforeValidator(
        _one_or_more,
        json_schema_input_type=SourceReference | tuple[SourceReference, ...],
    ),
    Field(min_length=1),
]
"""One source or several: `cnbc`, `{id: cnbc, pin: para. 3}`, or a list of these."""


# --- dates --------------------------------------------------------------------------------------


class Window(Model):
    """A stretch of time, both ends in it."""

    first: StatedDate = Field(alias="from", description="First day, month or year.")
    last: StatedDate = Field(alias="to", description="Last day, month or year.")

    @property
    def period(self) -> Period:
        """The window as a period of the kernel; meaningless while `window-reversed` stands."""
        return Period(self.first, self.last)


class Dates(Model):
    """The separate dates of an incident; each as precise as it is known."""

    occurred: Window | None = Field(None, description="When it happened, from and to.")
    detected: StatedDate | None = Field(None, description="When it was noticed.")
    disclosed: StatedDate | None = Field(None, description="When it was first made public.")
    source: References = Field(description="Where these dates come from: one source or several.")


# --- facts --------------------------------------------------------------------------------------


class StatedFact(Model):
    """What every fact has: where it comes from, and what to know of it."""

    label: Line | None = Field(None, description="Name of the fact in tables and in the index.")
    source: References = Field(description="Where it comes from: one source or several.")
    as_of: StatedDate | None = Field(None, description="The day for which it was stated.")
    confidential: Line | None = Field(
        None,
        description="Why it may not stand in a public version: `FOIA Exemption 4`. Whatever is "
        "computed from it is confidential too.",
    )
    note: Line | None = Field(None, description="For the house; never in a letter.")


class QuantityFact(StatedFact):
    """A number with its unit."""

    quantity: StatedQuantity = Field(
        description="The number as it is stated: `28.8 million`, `nearly 25,000`."
    )
    counts: Line = Field(description="What is counted, in the plural: exchanges, accounts.")
    counting: Counting = Field(
        Counting.ADDITIVE,
        description="`additive` for events, which may be added up; `distinct` for members of a "
        "set (accounts, people), which may not.",
    )
    window: Window | None = Field(
        None, description="When it was counted, if not over `dates.occurred`."
    )


class DateFact(StatedFact):
    """A date."""

    date: StatedDate = Field(description="The date, as far as it is known.")


class NameFact(StatedFact):
    """A name: of a document, a product, a person in office."""

    name: Line = Field(description="The name as a letter writes it.")


class TextFact(StatedFact):
    """A statement in words."""

    text: Line = Field(description="The words as a letter writes them.")


_FACT_TAGS = {
    "quantity": "a quantity",
    "date": "a date",
    "name": "a name",
    "text": "a text",
}

_STATED_KEYS = frozenset({*StatedFact.model_fields, *QuantityFact.model_fields} - {"quantity"})


def _one_kind(value: object) -> object:
    """Refuse what states nothing or two things, since no kind of fact could say why."""
    if isinstance(value, StatedFact):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError(
            "fact-kind",
            "a fact is a group of keys: what it states, and its source",
            {"help": f"write {listed(_FACT_TAGS, 'or')} below the name, and `source`"},
        )
    stated = [key for key in _FACT_TAGS if key in value]
    if not stated:
        raise PydanticCustomError(
            "fact-kind",
            "this fact states nothing",
            {
                "help": _misspelled_kind(value)
                or f"give it one of {listed(_FACT_TAGS, 'or')}, which is what it states"
            },
        )
    if len(stated) > 1:
        raise PydanticCustomError(
            "fact-kind",
            "a fact states one thing, but this one states {stated}",
            {"stated": listed(stated), "help": "make a fact of each, with a name of its own"},
        )
    return value


def _misspelled_kind(value: Mapping[str, object]) -> str | None:
    for key in value:
        near = None if key in _STATED_KEYS else nearest(key, _FACT_TAGS)
        if near is not None:
            return f"{quoted(key)} is no key of a fact; did you mean {quoted(near)}?"
    return None


def _fact_tag(value: object) -> str | None:
    if isinstance(value, Mapping):
        return next((tag for key, tag in _FACT_TAGS.items() if key in value), None)
    return next((tag for key, tag in _FACT_TAGS.items() if hasattr(value, key)), None)


Fact = Annotated[
    Annotated[QuantityFact, Tag("a quantity")]
    | Annotated[DateFact, Tag("a date")]
    | Annotated[NameFact, Tag("a name")]
    | Annotated[TextFact, Tag("a text")],
    Discriminator(_fact_tag),
    BeforeValidator(_one_kind),
]
"""One stated quantity, date, name or text, with its source."""


# --- people and things --------------------------------------------------------------------------


class Attribution(Model):
    """Who is said to have done it: how far, how surely, on what ground."""

    rung: Rung = Field(description="How far it goes, from consistent-with to carried-out-by.")
    confidence: Confidence = Field(description="How sure it is: low, moderate, high, not-stated.")
    by: Line = Field(description="Who makes the attribution.")
    basis: Line = Field(description="On what it rests, as far as that was said.")
    source: References = Field(description="Where the attribution is made.")


class Actor(Model):
    """Somebody who is said to have done it."""

    name: Line = Field(description="The name as a letter writes it.")
    description: Line | None = Field(None, description="What a letter adds to the name.")
    country: Country | None = Field(None, description="ISO 3166-1 alpha-2 code, if it matters.")
    attribution: Attribution


class Party(Model):
    """Somebody whom the incident befell."""

    name: Line = Field(description="The name as a letter writes it.")
    country: Country | None = Field(None, description="ISO 3166-1 alpha-2 code.")


class Technique(Model):
    """A means, in the words of a catalogue."""

    framework: Framework = Field(description="Whose catalogue it is.")
    id: Line = Field(description="The id there: AML.T0024.002, T1078, hacking.Use of stolen creds.")
    name: Line | None = Field(None, description="The name there.")
    source: References | None = Field(None, description="Who says that it was used.")


class Target(Model):
    """What the incident was aimed at."""

    name: Line = Field(description="As a letter writes it: software engineering.")
    source: References = Field(description="Who says so.")


class Response(Model):
    """What a party that is accused said, and when."""

    party: Line = Field(description="Who was asked.")
    answer: Answer = Field(description="What came back.")
    as_of: StatedDate = Field(description="The day for which this is so.")
    source: References = Field(description="Who says so.")
    words: Line | None = Field(None, description="What was said, in few words.")


class Clock(Model):
    """That a period of a reporting law began: when, on whose decision, on what ground."""

    at: Moment = Field(description="When it began, with the offset: 2026-03-16T10:20-07:00.")
    by: Line = Field(description="Who decided that it began then.")
    because: Line = Field(description="On what ground.")


class Submission(Model):
    """A report that was submitted, where the archive does not know of it: through a portal, say."""

    at: Moment = Field(description="When it was submitted, with the offset.")
    by: Line = Field(description="Who submitted it.")
    receipt: Line | None = Field(None, description="What proves it: a reference number.")


class Assessment(Model):
    """What somebody decided of one reporting law for this incident."""

    decision: Decision = Field(description="applies, voluntary, not-required or under-assessment.")
    by: Line = Field(description="Who decided it.")
    date: FullDate = Field(description="When it was decided.")
    because: Line = Field(description="On what ground.")
    limb: Identifier | None = Field(
        None, description="Which of the law's cases it is, where its period depends on that: death."
    )
    place: Country | None = Field(
        None, description="Whose authority is told, where each Member State has its own."
    )
    relief: bool = Field(
        False,
        description="Whether a later hour that the law opens to some at weekends is open here.",
    )
    clocks: dict[Event, Clock] = Field(
        default_factory=dict, description="When its periods began, by what began them."
    )
    submitted: dict[Identifier, Submission] = Field(
        default_factory=dict, description="What was submitted, by the stage of the regime."
    )
    answers: dict[Identifier, Line] = Field(
        default_factory=dict,
        description="What answers an element that the regime requires: a path such as "
        "`facts.cause`, where the regime's own does not lead there.",
    )

    @property
    def reported(self) -> bool:
        """Whether reports are made: because the law applies, or although it asks for none."""
        return self.decision is Decision.APPLIES or self.decision is Decision.VOLUNTARY


class Case(Model):
    """One incident: `cases/<id>/case.yaml`."""

    id: Identifier = Field(description="The name of the case's folder.")
    title: Line = Field(description="What a table calls the incident.")
    kind: Kind
    status: Status = Field(description="What the world may call it; alleged until decided.")
    summary: Line = Field(description="The incident in a sentence or two.")
    dates: Dates
    affected: tuple[Party, ...] = Field(min_length=1, description="Whom it befell.")
    actors: tuple[Actor, ...] = Field((), description="Who is said to have done it.")
    techniques: tuple[Technique, ...] = Field((), description="By which means.")
    targets: tuple[Target, ...] = Field((), description="What it was aimed at.")
    facts: dict[Name, Fact] = Field(
        default_factory=dict, description="What is stated, each with its source."
    )
    responses: tuple[Response, ...] = Field((), description="What the accused said.")
    regimes: dict[Identifier, Assessment] = Field(
        default_factory=dict,
        description="What was decided of each reporting law that was looked at, and its clocks.",
    )
    sources: dict[Identifier, Source] = Field(
        default_factory=dict, description="Where facts come from."
    )
    notes: Annotated[str, StringConstraints(max_length=100_000)] | None = Field(
        None, description="For the house; never in a letter or any output."
    )

    def window_of(self, fact: QuantityFact) -> Period | None:
        """Return the period over which `fact` was counted, or None when nobody says."""
        window = fact.window or self.dates.occurred
        return None if window is None else window.period
