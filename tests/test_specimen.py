"""The specimen: four cases, two letters, the directory, as they come with the project."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from pydantic import BaseModel

from reportgen.cases.model import (
    Answer,
    Case,
    Confidence,
    Counting,
    DateFact,
    NameFact,
    QuantityFact,
    Reference,
    Rung,
    Status,
    TextFact,
)
from reportgen.files import yaml
from reportgen.files.modelling import build
from reportgen.letters.model import Letter, Organization, Recipient, Tenure
from reportgen.quantities.bounds import Bounds
from reportgen.quantities.dates import PartialDate
from reportgen.quantities.quantity import Quantity, total

if TYPE_CHECKING:
    from datetime import date

ROOT = Path(__file__).parent.parent
CASES = ("alibaba-2026", "deepseek-2026", "minimax-2026", "moonshot-2026")
FEBRUARY = ("deepseek-2026", "moonshot-2026", "minimax-2026")
JUNE_LETTER = "cases/alibaba-2026/letters/senate-banking.yaml"
HOUSE_LETTER = "cases/minimax-2026/letters/house-select-committee.yaml"
LETTERS = (JUNE_LETTER, HOUSE_LETTER)

M = TypeVar("M", bound=BaseModel)


def load(model: type[M], path: str) -> M:
    document, problems = yaml.load(ROOT / path, path)
    assert problems == ()
    assert document is not None
    instance, problems = build(model, document)
    assert problems == ()
    assert instance is not None
    return instance


def case(name: str) -> Case:
    return load(Case, f"cases/{name}/case.yaml")


def quantity(name: str, fact: str) -> Quantity:
    stated = case(name).facts[fact]
    assert isinstance(stated, QuantityFact)
    return stated.quantity


def references(of: Case) -> tuple[Reference, ...]:
    """Every use that a case makes of a source."""
    return (
        *of.dates.source,
        *(use for fact in of.facts.values() for use in fact.source),
        *(use for actor in of.actors for use in actor.attribution.source),
        *(use for target in of.targets for use in target.source),
        *(use for technique in of.techniques for use in technique.source or ()),
        *(use for response in of.responses for use in response.source),
    )


def younger_than(day: date, of: Case, uses: tuple[Reference, ...]) -> bool:
    """Whether one of the sources may have been published after `day`."""
    published = (of.sources[use.id].published for use in uses)
    return any(when is None or when.latest > day for when in published)


def holding(tenures: tuple[Tenure, ...], day: date) -> tuple[str, ...]:
    return tuple(
        tenure.name
        for tenure in tenures
        if tenure.valid_from.earliest <= day
        and (tenure.valid_to is None or day <= tenure.valid_to.latest)
    )


def test_the_specimen_consists_of_these_files() -> None:
    found = {str(path.relative_to(ROOT)) for path in ROOT.glob("cases/**/*.yaml")}
    assert found == {f"cases/{name}/case.yaml" for name in CASES} | set(LETTERS)


@pytest.mark.parametrize("name", CASES)
def test_every_case_loads_under_its_own_name_and_alleges(name: str) -> None:
    loaded = case(name)
    assert loaded.id == name
    assert loaded.status is Status.ALLEGED


@pytest.mark.parametrize("path", [f"cases/{name}/case.yaml" for name in CASES])
def test_every_case_says_at_its_head_that_it_is_a_specimen(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    head = text.partition("\nid:")[0]
    modeline = "# yaml-language-server: $schema=../../docs/schemas/case.schema.json\n"
    assert text.startswith(modeline)
    assert "specimen" in head
    assert "not a finding" in head


@pytest.mark.parametrize("path", LETTERS)
def test_every_letter_has_the_modeline_of_its_schema(path: str) -> None:
    modeline = "# yaml-language-server: $schema=../../../docs/schemas/letter.schema.json\n"
    assert (ROOT / path).read_text(encoding="utf-8").startswith(modeline)


# --- what was reported ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fact", "low", "high", "floor"),
    [
        ("alibaba-2026", "exchanges", 28_750_000, 28_850_000, False),
        ("alibaba-2026", "accounts", 24_500, 25_500, False),
        ("deepseek-2026", "exchanges", 150_000, 160_000, True),
        ("moonshot-2026", "exchanges", 3_400_000, 3_500_000, True),
        ("minimax-2026", "exchanges", 13_000_000, 14_000_000, True),
        ("minimax-2026", "exchanges_together", 16_000_000, 17_000_000, True),
        ("minimax-2026", "accounts_together", 23_500, 24_500, False),
        ("minimax-2026", "proxy_accounts", 20_000, 30_000, True),
    ],
)
def test_every_figure_leaves_open_what_its_report_leaves_open(
    name: str, fact: str, low: int, high: int, *, floor: bool
) -> None:
    expected = Bounds(Fraction(low), Fraction(high), floor, floor, high_conventional=floor)
    assert quantity(name, fact).bounds == expected


def test_the_campaign_of_june_lasted_45_days_with_both_ends_counted() -> None:
    window = case("alibaba-2026").dates.occurred
    assert window is not None
    assert (str(window.first), str(window.last)) == ("2026-04-22", "2026-06-05")
    assert window.period.days == 45


@pytest.mark.parametrize("name", FEBRUARY)
def test_no_window_is_made_up_for_a_campaign_that_was_disclosed_without_one(name: str) -> None:
    dates = case(name).dates
    assert dates.occurred is None
    assert dates.detected is None
    assert dates.disclosed == PartialDate(2026, 2, 23)


@pytest.mark.parametrize(
    ("fact", "when"),
    [
        ("nstm_4_date", "2026-04-23"),
        ("directive_date", "2026-06-12"),
        ("made_public", "2026-06-24"),
    ],
)
def test_dates_of_the_policy_context_are_known_to_the_day(fact: str, when: str) -> None:
    stated = case("alibaba-2026").facts[fact]
    assert isinstance(stated, DateFact)
    assert str(stated.date) == when


def test_the_memorandum_is_named_without_expanding_its_abbreviation() -> None:
    facts = case("alibaba-2026").facts
    named = {name: fact.name for name, fact in facts.items() if isinstance(fact, NameFact)}
    assert named == {
        "nstm_4": "NSTM-4",
        "nstm_4_title": "Adversarial Distillation of American AI Models",
        "nstm_4_director": "Michael Kratsios",
    }


def test_there_are_five_requests_which_continue_a_sentence() -> None:
    asked = [
        fact.text
        for name, fact in case("alibaba-2026").facts.items()
        if name.startswith("ask_") and isinstance(fact, TextFact)
    ]
    assert len(asked) == 5
    assert all(text[0].islower() and text[-1] != "." for text in asked)


@pytest.mark.parametrize("name", CASES)
def test_what_is_counted_as_a_set_may_not_be_added(name: str) -> None:
    counted = [fact for fact in case(name).facts.values() if isinstance(fact, QuantityFact)]
    assert counted
    for fact in counted:
        distinct = fact.counts.startswith("accounts")
        assert (fact.counting is Counting.DISTINCT) == distinct


def test_the_total_of_february_agrees_with_its_parts_and_cannot_be_added_to_them() -> None:
    parts = [quantity(name, "exchanges") for name in FEBRUARY]
    summed = total(parts)
    assert isinstance(summed, Quantity)
    together = quantity("minimax-2026", "exchanges_together")
    assert summed.bounds.low == Fraction(16_550_000)
    assert together.bounds.low is not None
    assert together.bounds.low <= summed.bounds.low
    stated = case("minimax-2026").facts
    units = {
        fact.counts
        for name in ("exchanges", "exchanges_together")
        if isinstance(fact := stated[name], QuantityFact)
    }
    assert units == {"exchanges", "exchanges in three campaigns"}


# --- who is said to have done it ------------------------------------------------------------------


def test_the_attribution_of_june_stands_on_the_rung_that_all_reports_bear_out() -> None:
    loaded = case("alibaba-2026")
    (actor,) = loaded.actors
    assert actor.attribution.rung is Rung.AFFILIATED_WITH
    assert actor.attribution.confidence is Confidence.NOT_STATED
    assert loaded.title != actor.name


@pytest.mark.parametrize("name", FEBRUARY)
def test_the_attributions_of_february_have_the_confidence_that_was_stated(name: str) -> None:
    (actor,) = case(name).actors
    assert actor.attribution.rung is Rung.ATTRIBUTED_TO
    assert actor.attribution.confidence is Confidence.HIGH
    assert actor.attribution.by == "Anthropic"


@pytest.mark.parametrize("name", CASES)
def test_techniques_have_the_names_of_the_catalogue(name: str) -> None:
    named = {technique.id: technique.name for technique in case(name).techniques}
    assert named == {
        "AML.T0008.005": "AI Service Proxies",
        "AML.T0024.002": "Extract AI Model",
        "AML.T0040": "AI Model Inference API Access",
        "AML.T0048": "External Harms",
    }


def test_answers_that_contradict_each_other_stand_side_by_side() -> None:
    answers = {response.answer for response in case("alibaba-2026").responses}
    assert answers == {Answer.NO_RESPONSE, Answer.DECLINED, Answer.DENIED}


# --- sources --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_every_source_is_defined_used_and_dated(name: str) -> None:
    loaded = case(name)
    assert {use.id for use in references(loaded)} == set(loaded.sources)
    assert all(source.published for source in loaded.sources.values())


def test_the_letter_of_june_can_cite_all_but_what_nobody_knew_yet() -> None:
    loaded = case("alibaba-2026")
    day = load(Letter, JUNE_LETTER).date.latest
    refused = {
        name for name, fact in loaded.facts.items() if younger_than(day, loaded, fact.source)
    }
    assert refused == {"made_public", "directive", "directive_date"}
    assert not younger_than(day, loaded, loaded.dates.source)
    assert not any(younger_than(day, loaded, a.attribution.source) for a in loaded.actors)
    assert all(younger_than(day, loaded, response.source) for response in loaded.responses)


@pytest.mark.parametrize("name", FEBRUARY)
@pytest.mark.parametrize("path", LETTERS)
def test_both_letters_can_cite_every_fact_of_february(path: str, name: str) -> None:
    loaded = case(name)
    day = load(Letter, path).date.latest
    assert loaded.facts
    assert not any(younger_than(day, loaded, fact.source) for fact in loaded.facts.values())


def test_a_statement_that_nobody_has_seen_says_through_whom_it_is_known() -> None:
    sources = case("alibaba-2026").sources
    unseen = [source for name, source in sources.items() if name.startswith("letter-")]
    assert unseen
    for source in unseen:
        assert source.publisher == "Anthropic"
        assert str(source.published) == "2026-06-10"
        assert source.after is not None
        assert "2026" in source.after
    assert len({source.url for source in unseen}) == len(unseen)


# --- letters, recipients, sender ------------------------------------------------------------------


@pytest.mark.parametrize("path", LETTERS)
def test_every_letter_is_marked_and_signed_by_nobody(path: str) -> None:
    letter = load(Letter, path)
    assert letter.marking is not None
    assert letter.marking.startswith("SPECIMEN, reconstructed from public reporting; ")
    assert letter.signatory.name == "[Signatory]"
    assert {letter.cases.incident, *letter.cases.compared} <= set(CASES)


@pytest.mark.parametrize(
    ("path", "held_by"),
    [
        (JUNE_LETTER, ("Tim Scott", "Elizabeth Warren")),
        (HOUSE_LETTER, ("John Moolenaar", "Ro Khanna")),
    ],
)
def test_every_recipient_held_the_office_on_the_date_of_the_letter(
    path: str, held_by: tuple[str, ...]
) -> None:
    letter = load(Letter, path)
    holders: list[str] = []
    for recipient in letter.recipients:
        body, _, office = recipient.partition(".")
        directory = load(Recipient, f"templates/directory/{body}.yaml")
        holders.extend(holding(directory.offices[office], letter.date.latest))
    assert tuple(holders) == held_by


def test_nobody_in_the_directory_passes_for_looked_up_and_no_two_hold_one_office() -> None:
    paths = sorted(ROOT.glob("templates/directory/*.yaml"))
    assert paths
    for path in paths:
        directory = load(Recipient, str(path.relative_to(ROOT)))
        assert directory.verified is None
        for tenures in directory.offices.values():
            assert all(tenure.verified is None for tenure in tenures)
            for former, latter in pairwise(tenures):
                assert former.valid_to is not None
                assert former.valid_to.latest < latter.valid_from.earliest


def test_the_sender_has_no_address_or_contact_that_was_made_up() -> None:
    sender = load(Organization, "templates/organization/anthropic.yaml")
    assert sender.name == "Anthropic"
    assert sender.address[0] == "[Street address]"
    assert sender.contact == ()


# --- the page about it ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_the_page_about_the_specimen_explains_every_fact_and_every_source(name: str) -> None:
    page = (ROOT / "docs/specimen.md").read_text(encoding="utf-8")
    loaded = case(name)
    named = {*loaded.sources, *loaded.facts}
    assert {word for word in named if f"`{word}`" not in page and f".{word}`" not in page} == set()
    for fact in loaded.facts.values():
        if isinstance(fact, QuantityFact):
            assert f"{fact.quantity.text} {fact.counts}" in page
