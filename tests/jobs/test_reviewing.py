"""A letter through its review: checked, approved, held back, waived, sent, and changed afterwards."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from reportgen.archive.layout import Archive
from reportgen.jobs import papers
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.people.identifying import Identity, authors, identity
from reportgen.jobs.review import gating, keeping, reviewing
from reportgen.jobs.review.gating import Waiving
from reportgen.jobs.review.recording import Recorder
from reportgen.jobs.workspaces.starting import start
from reportgen.problems.model import Refusal
from reportgen.review import consistency
from reportgen.review.log.approvals import State
from reportgen.review.log.entries import Person
from reportgen.review.model import Ruling, Signature
from tests.archive import sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reportgen.jobs.building.ordering import Built
    from reportgen.jobs.review.reviewing import Review
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace

ADA = Identity(Person(name="Ada Example", email="ada@example.com"))
AUTHOR = Identity(Person(name="An Author", email="author@example.com"))
YAML = "cases/example-2026/letters/committee.yaml"
PROSE = """
Example Models writes of {{ incident.exchanges }} exchanges.

## Scale {#scale}

They came through {{ incident.accounts }} accounts.
"""
needs_ssh = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="OpenSSH's client is not installed"
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose organization asks for a review, and a letter that leaves nothing open."""
    workspace, problems = start(tmp_path / "house")
    assert workspace is not None, problems
    monkeypatch.chdir(workspace.root)
    path = workspace.root / YAML
    text = path.read_text().replace("[Signatory]", "Sam").replace("[Title]", "President")
    path.write_text(
        f"{text}authors: [author@example.com]\n"
        "omit: [incident, comparison, attribution, position, reservation, closing]\n"
    )
    path.with_suffix(".md").write_text(PROSE)
    with (workspace.root / "templates/organization/example-models.yaml").open("a") as file:
        file.write("review:\n  roles: [counsel]\n")
    return workspace


def clock() -> Callable[[], datetime]:
    minutes = count()
    return lambda: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=next(minutes))


CLOCK = clock()


def review(house: Workspace) -> Review:
    found, problems = reviewing.review(house, house.root / YAML)
    assert found is not None, problems
    return found


def recorder(house: Workspace, who: Identity = ADA) -> Recorder:
    return Recorder(review(house), who, CLOCK)


def check_all(house: Workspace, who: Identity = ADA) -> None:
    of = review(house)
    entries, problems = Recorder(of, who, CLOCK).verdicts(
        [(each, Ruling.OK, "") for each in of.draft.assertions]
    )
    assert (len(entries), problems) == (len(of.draft.assertions), ())


def final(house: Workspace, *waived: str, who: Identity | Refusal = ADA) -> Built:
    waiving = Waiving(waived, "the committee asked for it today", who, CLOCK) if waived else None
    order = Order(house, house.output, ("txt",), final=True, waiving=waiving)
    (built,) = drafting.build(order, [house.root / YAML])
    return built


def codes(problems: Sequence[Problem]) -> list[str]:
    return [each.code for each in problems if each.severity == "error"]


def changed(house: Workspace, path: str, old: str, new: str) -> None:
    file = house.root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


# --- the gate -----------------------------------------------------------------------------------


def test_a_final_letter_waits_for_checks_and_approvals_and_then_is_built(house: Workspace) -> None:
    assert set(codes(final(house).problems)) == {"unchecked-assertion", "approval-missing"}
    check_all(house)
    assert codes(final(house).problems) == ["approval-missing"]
    assert recorder(house).approve("counsel")[1] == ()
    built = final(house)
    assert (built.made, built.problems) == (True, ())
    assert not final(house).made  # nothing changed since


def test_one_changed_figure_makes_exactly_the_right_sentence_lapse(house: Workspace) -> None:
    check_all(house)
    assert recorder(house).approve("counsel")[1] == ()
    assert final(house).made
    changed(house, "cases/example-2026/case.yaml", "quantity: 1.2 million", "quantity: 1.3 million")
    why = "`example-2026.exchanges` was “1.2 million” and is “1.3 million”"
    assert [each.message for each in final(house).problems] == [
        f"the verdict on sentence 1 does not hold: {why}",
        "the approval of Ada Example <ada@example.com> for `counsel` lapsed: sentence 1: " + why,
    ]
    changed(house, "cases/example-2026/case.yaml", "quantity: 1.3 million", "quantity: 1.2 million")
    assert codes(final(house).problems) == []


def test_without_review_in_the_organizations_file_a_letter_needs_none(house: Workspace) -> None:
    changed(
        house, "templates/organization/example-models.yaml", "review:\n  roles: [counsel]\n", ""
    )
    assert final(house).made
    assert codes(final(house, "unchecked-assertion").problems) == []  # it is fresh


def test_a_comment_holds_a_letter_back_until_it_is_resolved(house: Workspace) -> None:
    check_all(house)
    recorder(house).approve("counsel")
    entry, _ = recorder(house).comment("Who counted?", on="1")
    assert entry is not None
    (problem,) = final(house).problems
    assert problem.code == "comment-open"
    assert problem.message == "a comment of Ada Example on sentence 1 is open: “Who counted?”"
    (unknown,) = recorder(house).resolve("zz")[1]
    assert unknown.help == f"those that are open are `{entry.id}`"
    assert recorder(house).resolve(entry.id[:6], "The vendor.")[1] == ()
    assert [each.help for each in recorder(house).resolve("zz")[1]] == ["none is open"]
    assert final(house).made


def test_what_is_waived_is_on_record_for_what_the_letter_says_and_no_longer(
    house: Workspace,
) -> None:
    check_all(house)
    built = final(house, "approval-missing")
    assert built.made
    assert [(each.code, each.severity) for each in built.problems] == [
        ("approval-missing", "warning")
    ]
    (waiver,) = review(house).status().waivers
    assert (waiver.code, waiver.reason) == ("approval-missing", "the committee asked for it today")
    assert waiver.findings == ("the role `counsel` has not approved this letter",)
    assert codes(final(house).problems) == []  # the waiver holds
    changed(house, YAML.replace("yaml", "md"), "They came", "They all came")
    check_all(house)
    assert codes(final(house).problems) == ["approval-missing"]
    (said,) = review(house).let_pass()
    assert said == (
        f"Let pass in a final copy: approval-missing, by {ADA.person}, 2026-06-01 (unsigned), "
        "of an earlier draft. the committee asked for it today"
    )


def test_a_waiver_that_does_not_suffice_is_not_recorded(house: Workspace) -> None:
    built = final(house, "approval-missing")
    assert "unchecked-assertion" in codes(built.problems)
    assert not papers.log_path(house.root / YAML).exists()
    assert codes(final(house, "no-such").problems)[-1] == "unknown-waiver"


def test_nobody_waives_anonymously(house: Workspace) -> None:
    check_all(house)
    nobody = Refusal("identity-unknown", "nobody has said who you are")
    assert codes(final(house, "approval-missing", who=nobody).problems) == ["identity-unknown"]


def test_an_unreadable_log_holds_a_letter_back(house: Workspace) -> None:
    check_all(house)
    recorder(house).approve("counsel")
    with papers.log_path(house.root / YAML).open("ab") as file:
        file.write(b'{"kind": "comm')
    assert codes(final(house).problems) == ["review-line"]


def test_a_log_that_is_too_large_is_told_and_nothing_of_it_counts(house: Workspace) -> None:
    path = papers.log_path(house.root / YAML)
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert [each.code for each in reviewing.read_log(house.root / YAML).problems] == [
        "file-too-large"
    ]
    entry, problems = recorder(house).comment("Hello?")
    assert (entry, codes(problems)) == (None, ["file-too-large"])
    assert path.stat().st_size == 100 * 1024 * 1024


def test_a_log_that_is_a_link_is_neither_read_nor_written(house: Workspace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("secret\n")
    papers.log_path(house.root / YAML).symlink_to(elsewhere)
    log = reviewing.read_log(house.root / YAML)
    assert [each.code for each in log.problems] == ["not-a-file"]
    assert codes(recorder(house).comment("Hello?")[1]) == ["not-a-file"]
    assert elsewhere.read_text() == "secret\n"


def test_drafts_are_kept_in_no_folder_elsewhere(house: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    keeping.path_of(house.root / YAML, "0" * 64).parent.symlink_to(tmp_path / "elsewhere")
    assert codes(recorder(house).approve("counsel")[1]) == ["cannot-write"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


# --- who may say what ---------------------------------------------------------------------------


def test_an_author_is_refused_and_nothing_is_recorded(house: Workspace) -> None:
    entry, problems = recorder(house, AUTHOR).verdict("1", Ruling.OK)
    assert entry is None
    assert codes(problems) == ["verdict-own"]
    assert not papers.log_path(house.root / YAML).exists()


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (lambda to: to.verdict("99", Ruling.OK), "unknown-assertion"),
        (lambda to: to.comment("x", on="a-nonsense"), "unknown-assertion"),
        (lambda to: to.comment(""), "entry-refused"),
        (lambda to: to.comment("\x1b[2J"), "entry-refused"),
        (lambda to: to.comment("x" * 20_001), "entry-refused"),
        (lambda to: to.resolve("abc"), "unknown-comment"),
        (lambda to: to.approve("councel"), "unknown-role"),
    ],
)
def test_what_cannot_be_recorded_is_a_problem(
    house: Workspace, say: Callable[[Recorder], tuple[object, Sequence[Problem]]], code: str
) -> None:
    entry, problems = say(recorder(house))
    assert entry is None
    assert codes(problems) == [code]


def test_authors_are_those_of_the_letters_file_or_else_those_whom_git_names(
    house: Workspace,
) -> None:
    letter = review(house).composed.manuscript.letter
    assert authors(house.root / YAML, letter) == {"author@example.com"}
    nobody = letter.model_copy(update={"authors": ()})
    assert authors(house.root / YAML, nobody) == frozenset()
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    who = ("-c", "user.name=Grace", "-c", "user.email=grace@example.com")
    for command in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "Begin")):
        subprocess.run(["git", *command], cwd=house.root, check=True)  # noqa: S603, S607 - git
    assert authors(house.root / YAML, nobody) == {"grace@example.com"}


@pytest.mark.parametrize("said", ["Ada", "Ada <ada>", "<ada@example.com>", "Ada <a@b> <c@d>"])
def test_an_identity_has_a_name_and_an_address(tmp_path: Path, said: str) -> None:
    refusal = identity(tmp_path, {"REPORTGEN_IDENTITY": said})
    assert isinstance(refusal, Refusal)
    assert refusal.code == "identity-unknown"


def test_an_identity_is_what_the_variable_says(tmp_path: Path) -> None:
    found = identity(tmp_path, {"REPORTGEN_IDENTITY": "Ada Example <ada@example.com>"})
    assert isinstance(found, Identity)
    assert found.person == ADA.person


# --- signatures ---------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    subprocess.run(  # noqa: S603 - OpenSSH's own
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)],  # noqa: S607
        check=True,
    )
    return path


def allow(house: Workspace, key: Path, email: str) -> None:
    public = key.with_suffix(".pub").read_text().strip()
    path = house.root / "templates/organization/allowed_signers"
    path.write_text(f'{email} namespaces="reportgen" {public}\n')


def signatures(house: Workspace) -> list[Signature]:
    found = review(house)
    return [found.terms.trust.of(each.entry) for each in found.log.lines]


@needs_ssh
def test_a_signature_is_good_bad_or_unverified_and_never_passed_over(
    house: Workspace, key: Path
) -> None:
    assert recorder(house).approve("counsel")[1] == ()
    assert recorder(house, Identity(ADA.person, key)).approve("counsel")[1] == ()
    assert signatures(house) == [Signature.UNSIGNED, Signature.UNVERIFIED]
    allow(house, key, "grace@example.com")
    assert signatures(house) == [Signature.UNSIGNED, Signature.BAD]
    assert "signature-bad" in codes(final(house).problems)
    allow(house, key, "ada@example.com")
    assert signatures(house) == [Signature.UNSIGNED, Signature.GOOD]
    (consent,) = review(house).status().consents
    assert (consent.state, consent.signature) == (State.GIVEN, Signature.GOOD)


@needs_ssh
def test_a_signature_of_another_entry_is_bad(house: Workspace, key: Path) -> None:
    signer = recorder(house, Identity(ADA.person, key))
    first, _ = signer.comment("One thing.")
    second, _ = signer.comment("Another thing.")
    assert first is not None
    assert second is not None
    allow(house, key, "ada@example.com")
    path = papers.log_path(house.root / YAML)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[1]["signature"] = lines[0]["signature"]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert signatures(house) == [Signature.GOOD, Signature.BAD]


@needs_ssh
def test_what_cannot_be_signed_is_not_recorded_unsigned(house: Workspace, tmp_path: Path) -> None:
    entry, problems = recorder(house, Identity(ADA.person, tmp_path / "none")).comment("Hello?")
    assert entry is None
    assert codes(problems) == ["cannot-sign"]
    assert not papers.log_path(house.root / YAML).exists()


# --- drafts, submissions, the status ------------------------------------------------------------


def test_an_approved_draft_is_kept_and_one_that_is_gone_is_told(house: Workspace) -> None:
    recorder(house).approve("counsel")
    digest = review(house).draft.digest
    changed(house, YAML.replace("yaml", "md"), "They came", "They all came")
    assert review(house).status().consents[0].state is State.LAPSED
    keeping.path_of(house.root / YAML, digest).unlink()
    assert review(house).status().consents[0].state is State.UNKNOWN
    assert "approval-unknown" in codes(final(house).problems)


def test_a_letter_that_was_sent_is_held_against_the_next(house: Workspace) -> None:
    changed(
        house, "templates/organization/example-models.yaml", "review:\n  roles: [counsel]\n", ""
    )
    said = consistency.submitted(review(house).draft, ("Alex Example",), ())
    facts = [(each.address, each.text, each.value, each.hedge) for each in said.facts]
    record = sealed.put(Archive(house.archive), facts=facts)
    other = house.root / "cases/example-2026/letters/second.yaml"
    other.write_text((house.root / YAML).read_text())
    other.with_suffix(".md").write_text(PROSE)
    changed(house, "cases/example-2026/case.yaml", "quantity: 1.2 million", "quantity: 1.3 million")

    def build(*, final: bool) -> list[tuple[str, str]]:
        (built,) = drafting.build(Order(house, house.output, ("txt",), final=final), [other])
        return [(each.code, each.severity) for each in built.problems]

    assert build(final=False) == [("said-otherwise", "warning")]
    assert build(final=True) == [("said-otherwise", "error")]
    (built,) = drafting.build(Order(house, house.output, ("txt",), final=True), [other])
    assert f"(record {record.id}) gave another value, “1.2 million”" in built.problems[0].message
    assert f"`corrects: {record.id}`" in str(built.problems[0].help)
    with other.open("a") as file:
        file.write("corrects: example-2026/committee\n")
    assert build(final=True) == []
    changed(house, YAML.replace("committee", "second"), "example-2026/committee", record.id)
    assert build(final=True) == []


def test_a_letter_corrects_and_answers_nothing_that_never_was(house: Workspace) -> None:
    def found() -> list[str]:
        return [f"{each.place.route} {each.code}" for each in final(house).problems]

    with (house.root / YAML).open("a") as file:
        file.write("corrects: [2026-01-01-nothing]\nanswers: q-00000000\n")
    unknown = ["('corrects', 0) corrects-unknown", "('answers', 0) answers-unknown"]
    assert set(unknown) <= set(found())
    sealed.put(Archive(house.archive))
    assert set(unknown) <= set(found())


def test_what_a_record_said_that_cannot_be_believed_stops_a_final_letter(house: Workspace) -> None:
    archive = Archive(house.archive)
    record = sealed.put(archive)
    shutil.rmtree(archive.bag(record.id))
    assert "facts-unreadable" in codes(final(house).problems)


def test_the_status_is_a_quiet_table(house: Workspace) -> None:
    to = recorder(house)
    to.verdict("1", Ruling.OK)
    to.verdict("2", Ruling.WRONG, "There were 901.")
    comment, _ = to.comment("Who counted?", on="2")
    to.approve("counsel")
    assert comment is not None
    changed(house, YAML.replace("yaml", "md"), "They came", "They all came")
    of = review(house)
    text, problems = gating.told(house, of, "table")
    assert text == (
        f"example-2026/committee, v{of.draft.digest[:6].upper()}\n"
        "\n"
        "Sentences: 1 of 2 checked\n"
        "  1      checked  by Ada Example <ada@example.com> (unsigned)\n"
        "  no. 2  lapsed   “They all came through approximately 900 accounts.”\n"
        "                  the words changed: + “all”\n"
        "                  wrong by Ada Example <ada@example.com>, 2026-06-01 (unsigned)\n"
        "                  There were 901.\n"
        "\n"
        "Approvals\n"
        "  counsel  lapsed  Ada Example <ada@example.com>, 2026-06-01 (unsigned)\n"
        "                   sentence 2: the words changed: + “all”\n"
        "\n"
        "Open\n"
        f"  {comment.id}  comment on “They came through approximately 900 accounts.”, which has "
        "changed, Ada Example, 2026-06-01\n"
        "                    Who counted?\n"
    )
    assert [each.severity for each in problems if each.severity == "error"] == []
    assert json.loads(gating.told(house, of, "json")[0])["approvals"][0]["state"] == "lapsed"
