"""Each rule of the lint: what it catches, where, and how it is switched and waived."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems.catalog import RULES as CATALOG
from reportgen.problems.model import Place, Severity
from reportgen.review.formats.objections import listed
from reportgen.review.linting import objections, unknown_levels
from reportgen.review.rules.table import CODES
from tests.letters.manuscripts import shown
from tests.review.linted import actor, codes, incident, matter, problems
from tests.review.proper import SENTENCES
from tests.review.test_lint_contradictions import TABLE

CAUGHT = (
    ("unbound-number", "It made 12 million exchanges."),
    ("alleged-act-unhedged", "Acme created the accounts."),
    ("alleged-act-unhedged", "Acme, which is abroad, repeatedly accessed the models."),
    ("alleged-act-unhedged", "Operators affiliated with Acme harvested the output."),
    ("alleged-act-unhedged", "The models were accessed by operators affiliated with Acme."),
    ("alleged-act-unhedged", "The operators circumvented the controls."),
    ("alleged-act-unhedged", "Borealis copied the models."),
    ("alleged-act-unhedged", "Acme’s own engineers created the accounts."),
    ("alleged-act-unhedged", "It was Acme that ran the campaign."),
    ("alleged-act-unhedged", "Acme has been distilling our models since the spring."),
    ("attribution-above-case", "The campaign by Acme is alleged to have been long."),
    ("attribution-above-case", "We assess that Acme carried out the campaign."),
    ("attribution-above-case", "We assess that the campaign was orchestrated by Acme."),
    ("attribution-above-case", "The attribution of the campaign to Acme is firm."),
    ("attribution-above-case", "Acme’s campaign is alleged to have been long."),
    ("attribution-above-case", "The Acme attack is alleged to have been long."),
    ("attribution-above-case", "Borealis copied the models."),
    ("attribution-above-case", "## Acme’s campaign\n\nIt is alleged."),
    ("attribution-above-case", "| A | B |\n|:--|:--|\n| The Acme attack | alleged |\n"),
    ("state-not-in-case", "It was sponsored by the Norwegian government."),
    ("state-not-in-case", "We believe that Moscow knew of it."),
    (
        "likelihood-with-confidence",
        "We assess with high confidence that it was probably the work of a reseller.",
    ),
    ("likelihood-with-confidence", "It is very likely, a high-confidence judgment, so."),
    ("likelihood-terms-mixed", "It is likely to recur. It is probable that it grows."),
    ("hedge-not-borne-out", "It made at least {{ incident.exchanges }} exchanges."),
    ("hedge-not-borne-out", "It made nearly {{ incident.exchanges }} exchanges."),
    ("hedge-not-borne-out", "It made exactly {{ incident.exchanges }} exchanges."),
    ("hedge-not-borne-out", "It made {{ incident.exchanges }} or more exchanges."),
    ("hedge-doubled", "It made more than {{ incident.floor }} exchanges."),
    ("hedge-doubled", "It used almost {{ incident.accounts }} accounts."),
    ("hedge-contradicted", "It used over {{ incident.accounts }} accounts."),
    ("hedge-contradicted", "It made up to {{ incident.floor }} exchanges."),
    ("hedge-dropped", "The aim was {{ incident.motive }}."),
    ("hedge-dropped", "It made {{ incident.dropped }} exchanges."),
    (
        "fact-in-two-ways",
        "It made {{ incident.exchanges }}, that is approximately {{ incident.exchanges }}.",
    ),
    ("unit-of-another", "There were {{ incident.accounts }} fake users."),
    ("unit-of-another", "There were {{ incident.exchanges }} queries."),
    ("peak-as-total", "There were {{ incident.peak }} accounts."),
    (
        "total-does-not-tie",
        (
            "It made {{ incident.part }} and {{ incident.other }}, a total of "
            "{{ incident.exchanges }} exchanges."
        ),
    ),
    (
        "total-does-not-tie",
        (
            "| A | B |\n|:--|--:|\n| x | {{ incident.part }} |\n| y | {{ incident.other }} |\n"
            "| Total | 190 million |\n"
        ),
    ),
    (
        "total-does-not-tie",
        (
            "| A | B |\n|:--|--:|\n| x | {{ incident.part }} |\n| y | {{ incident.exchanges }} |\n"
            "| Together | {{ incident.wrong_whole }} |\n"
        ),
    ),
    ("day-counts-mixed", "It ran {{ stats.days(incident) }} days, both ends counted. The 44 days."),
    ("day-count-unexplained", "It ran {{ stats.days(incident) }} days."),
    ("superlative-unscoped", "This is an unprecedented campaign."),
    ("superlative-unscoped", "It is the largest known campaign."),
    ("superlative-unscoped", "It is the most sophisticated campaign on record."),
    ("superlative-unscoped", "It is the first such incident."),
    ("superlative-unscoped", "There was no comparable campaign."),
    ("growth-without-base", "Traffic increased by {{ incident.share }} and stayed there."),
    ("growth-without-base", "The volume has more than doubled."),
    (
        "term-before-definition",
        "A sham account was found. A “sham account” means an account that nobody owns.",
    ),
    ("term-before-definition", "The Campaign was long. There was a campaign (the “Campaign”)."),
    ("term-in-two-forms", "There was a campaign (the “Campaign”). We saw the campaign end."),
    ("term-in-two-forms", "A “model output” means an answer. The model-output was kept."),
    ("term-in-two-forms", "A “token” means a piece. A “token” means a word."),
    ("conclusory-word", "The output was stolen."),
    ("conclusory-word", "It is a theft of capabilities."),
    ("conclusory-word", "The evidence proves it."),
    ("conclusory-word", "They conspired to obtain it unlawfully."),
    ("conclusory-word", "Acme is alleged to have violated federal law."),
    ("conclusory-word", "It was a breach of contract."),
    ("conclusory-word", "They hacked the service and infringed our copyrights."),
    ("conclusory-word", "We ask whether it recurs, and the output was stolen."),
    ("conclusory-word", "Nothing was found on the servers, and the output was stolen."),
    ("conclusory-word", "## Theft\n\nIt is alleged."),
    ("quotation-not-in-source", "It is {{ incident.paraphrase }}."),
    ("quotation-not-in-source", "He called it “a thing that we have never seen before”."),
    ("quotation-of-another", "According to A publisher, it is {{ incident.economy }}."),
    ("position-undated", "Acme has not responded."),
    ("position-undated", "The company denies the allegation."),
    ("position-undated", "Acme says that it did nothing of the kind."),
    ("position-undated", "Acme has publicly called the claim baseless."),
    (
        "positions-contradict",
        (
            "As of {{ incident.responses[0].as_of }} Acme had not answered. As of "
            "{{ incident.responses[1].as_of }} it had declined to comment."
        ),
    ),
    ("source-may-be-younger", "We found {{ incident.vague }}."),
    ("stated-after-letter", "We found {{ incident.later }}."),
    ("relative-date", "It ended last month."),
    ("relative-date", "It was found on Tuesday."),
    ("relative-date", "It ended some weeks ago."),
    ("addressee-mismatch", "We write to the Committee on Commerce of the United States Senate."),
    ("personal-data", "Write to jane.doe@example.org."),
    ("personal-data", "It came from 198.51.100.23."),
    ("personal-data", "It came from 2001:db8::8a2e:370:7334."),
    ("personal-data", "It was acct_9f8e7d6c5b."),
    ("personal-data", "It was 3f2504e0-4f89-41d3-9a0c-0305e82c3301."),
    ("personal-data", "Call (415) 555-0132."),
    ("personal-data", "The number is 078-05-1120."),
    ("personal-data", "It was paid with 4111 1111 1111 1111."),
    ("personal-data", "{% call note() %}From 198.51.100.23.{% endcall %}It is so."),
    ("waiver-unknown", '{{ waive("conclusory-wrd", "cleared") }}The output was stolen.'),
    ("waiver-unused", '{{ waive("conclusory-word", "cleared") }}The output was obtained.'),
)


@pytest.mark.parametrize(("code", "prose"), CAUGHT)
def test_what_a_rule_objects_to_is_found(code: str, prose: str) -> None:
    assert code in codes(prose)


def test_every_rule_has_an_example() -> None:
    shown_by = {code for code, _ in CAUGHT}
    assert set(CODES) <= shown_by
    assert len(CODES) > 28


def test_every_rule_is_in_the_catalog() -> None:
    assert set(CODES) <= CATALOG.keys()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_proper_sentence_has_no_finding(sentence: str) -> None:
    assert [shown(each) for each in problems(sentence)] == []


def test_a_letter_of_proper_sentences_has_no_error() -> None:
    assert len(SENTENCES) >= 80
    found = problems("\n\n".join(SENTENCES))
    assert [shown(each) for each in found if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    "prose",
    [
        "Acme created the accounts.",
        "Operators affiliated with Acme harvested the output.",
        "The operators circumvented the controls.",
    ],
)
def test_what_was_admitted_needs_no_hedge(prose: str) -> None:
    admitted = incident(status="admitted", actors=[actor("Acme", "carried-out-by")])
    assert codes(prose, incident=admitted) == []


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "where"),
    [
        ("It is so. The output was stolen.", "1:26"),
        ("It is so.\n\n## End {#end}\n\nIt was so.\nThe *output* was\nstolen there.", "7:1"),
        ("The word stolen, in “stolen”: it was stolen.", "1:10"),
        # What a template computes is not prose: the words are found behind it.
        ('{{ cite(incident.means) if "stolen" else "" }}It was stolen.', "1:54"),
        ("## Theft {#theft}\n\nIt is alleged.", "1:4"),
    ],
)
def test_a_finding_stands_at_its_words(prose: str, where: str) -> None:
    (first, *_) = [each for each in problems(prose) if each.code == "conclusory-word"]
    assert first.place.span is not None
    assert f"{first.place.span.line}:{first.place.span.column}" == where


def test_a_finding_in_a_figure_stands_where_the_template_prints_it() -> None:
    (found,) = problems("It sent\n{{ incident.peak }} accounts.")
    assert shown(found).startswith("peak-as-total cases/north-2026/letters/committee.md:2:")


def test_counsel_reads_the_objections_sentence_by_sentence_without_files() -> None:
    looked_at, written = matter("## Theft\n\nIt is so. It was stolen, by a thief, last month.")
    found = objections(looked_at, {}, written.path, {})
    first, *lines = listed(found, looked_at.draft).splitlines()
    assert first.startswith("What a reader might object to in north-2026/committee, v")
    numbers = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    last = len(looked_at.draft.assertions)
    sentence = next(e.number for e in looked_at.draft.assertions if "thief" in e.text)
    assert numbers == [
        "",
        f"{len(CODES)} rules, {last} sentences",
        "",
        f"Sentence {sentence}",
        "",
        "The letter",
    ]
    codes = [line.rpartition("(")[2].rstrip(")") for line in lines if line.endswith(")")]
    assert codes.count("conclusory-word") == 3
    assert not [line for line in lines if written.path in line]


# --- settings and waivers -----------------------------------------------------------------------


def test_a_waiver_lets_a_finding_of_its_sentence_stand_and_no_other() -> None:
    prose = (
        'The output was stolen{{ waive("conclusory-word", "cleared by counsel") }}. '
        "The weights were stolen."
    )
    (found,) = problems(prose)
    column = prose.rindex("stolen") + 1
    assert shown(found).startswith(
        f"conclusory-word cases/north-2026/letters/committee.md:1:{column} "
    )


def test_a_number_that_is_bound_to_nothing_can_be_waived() -> None:
    assert codes('There were 12 of them{{ waive("unbound-number", "a count of ours") }}.') == []


def test_an_idle_waiver_stands_where_it_is_written() -> None:
    (found,) = problems('It is so. It was{{ waive("conclusory-word", "cleared") }} so.')
    assert shown(found).startswith("waiver-unused cases/north-2026/letters/committee.md:1:20")


def test_a_rule_can_be_switched_off_or_given_another_weight() -> None:
    prose = "The output was stolen last week."
    assert [each.severity for each in problems(prose)] == [Severity.ERROR, Severity.WARNING]
    levels = {"conclusory-word": "off", "relative-date": "error"}
    (found,) = problems(prose, levels)
    assert (found.code, found.severity) == ("relative-date", Severity.ERROR)


def test_a_waiver_of_a_rule_that_is_off_is_not_idle() -> None:
    prose = 'It was stolen{{ waive("conclusory-word", "cleared") }}.'
    assert problems(prose, {"conclusory-word": "off"}) == ()


def test_settings_name_rules_that_there_are() -> None:
    place = Place("templates/organization/example.yaml", ("lint",))
    (problem,) = unknown_levels({"conclusory-words": "off", "relative-date": "off"}, place)
    assert problem.code == "unknown-lint-rule"
    assert problem.place.route == ("lint", "conclusory-words")
    assert problem.help == "did you mean `conclusory-word`?"


# --- hostile prose ------------------------------------------------------------------------------


@given(st.text(st.sampled_from("Acme a,“”()-.:0123456789’ \n"), max_size=300))
def test_any_prose_is_linted_without_a_crash(prose: str) -> None:
    for problem in problems(f"Words. {prose}"):
        assert problem.code in CATALOG


@pytest.mark.parametrize(
    "piece",
    [
        "Acme and its the ",
        "“a” ",
        "1:2:3:",
        "a@b.",
        "attributed to ",
        "Committee on A, and ",
        "the ",
    ],
)
def test_long_sentences_are_linted_in_time(piece: str) -> None:
    prose = "\n\n".join(["It is said that " + piece * (4_000 // len(piece))] * 4)
    started = time.process_time()
    problems(prose)
    assert time.process_time() - started < 10


def test_the_table_of_contradictions_names_rules_that_there_are() -> None:
    assert {each.caught for each in TABLE if each.caught} <= CATALOG.keys()
