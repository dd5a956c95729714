"""A letter that was submitted, a figure that changed, and the correction: from end to end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import ledger, records
from reportgen.archive.found import Sought
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.files.shelf import Shelf
from reportgen.jobs.archive.correcting import correct
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.archive.sealing import submit
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.catalog import retrieving
from reportgen.problems.printing import Format, render
from reportgen.workspace import Workspace
from tests.archive.conftest import copied
from tests.archive.sealed import clock
from tests.jobs.house import CASE, house, letter_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.archive.model import Record
    from reportgen.jobs.building.ordering import Built

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)
RECORD = "2026-05-01-example-2026-committee"
EXCHANGES = "example-2026.exchanges"


@pytest.fixture(scope="module")
def _sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = house(tmp_path_factory.mktemp("sent") / "house")
    assert final(workspace, letter_of(workspace), "txt", "pdf").made
    assert seal(workspace, letter_of(workspace), AT).id == RECORD
    return workspace.root


@pytest.fixture
def sent(_sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace of one's own, whose one letter was submitted."""
    copied(_sent, tmp_path / "house")
    monkeypatch.chdir(tmp_path / "house")
    return Workspace(tmp_path / "house")


def final(workspace: Workspace, letter: Path, *formats: str) -> Built:
    order = Order(workspace, workspace.output, formats or ("txt",), final=True)
    (built,) = drafting.build(order, [letter])
    return built


def seal(workspace: Workspace, letter: Path, at: datetime) -> Record:
    sending = Sending(at, "electronic mail", "Ada Example <ada@example.com>")
    sealed = submit(workspace, letter, sending, clock(at + timedelta(minutes=1)))
    assert sealed.record is not None, render(sealed.problems, Shelf(), Format.FULL)
    return sealed.record


def change(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.cases / CASE / "case.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def second_letter(workspace: Workspace, more: str = "") -> Path:
    path = letter_of(workspace).with_name("second.yaml")
    path.write_text(letter_of(workspace).read_text().replace("2026-04-20", "2026-05-20") + more)
    return path


def test_a_second_letter_that_says_another_number_of_the_same_fact_is_stopped(
    sent: Workspace,
) -> None:
    assert final(sent, second_letter(sent)).made
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    built = final(sent, second_letter(sent))
    assert not built.made
    (problem,) = (each for each in built.problems if each.severity == "error")
    assert problem.code == "said-otherwise"
    assert problem.message == (
        f"`{EXCHANGES}` is “1.4 million” here; the letter example-2026/committee of April 20, 2026 "
        f"to Alex Example and Robin Sample (record {RECORD}) gave another value, “1.2 million”"
    )
    assert f"`corrects: {RECORD}`" in str(problem.help)
    assert final(sent, second_letter(sent, f"corrects: {RECORD}\n")).made


def test_a_correction_says_what_was_and_what_is_to_all_who_were_told(sent: Workspace) -> None:
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, "example-2026/committee", TODAY)
    assert started.problems == ()
    assert started.letter == letter_of(sent).with_name("committee-correction.yaml")
    (corrigendum,) = started.corrigenda
    assert [(each.address, each.text) for each in corrigendum.said] == [(EXCHANGES, "1.2 million")]
    built = final(sent, started.letter)
    assert built.made, render(built.problems, Shelf(), Format.FULL)
    text = (built.folder / "letter.txt").read_text()
    assert "The Honorable Robin Sample" in text
    assert "1.2 million" in text
    assert "1.4 million" in text


def test_when_it_is_sealed_both_records_point_at_each_other_and_the_later_is_found_first(
    sent: Workspace,
) -> None:
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, RECORD, TODAY)
    assert started.letter is not None
    assert final(sent, started.letter).made
    later = seal(sent, started.letter, AT + timedelta(days=40))
    assert later.corrects == (RECORD,)
    archive = Archive(sent.archive)
    entry = ledger.read(archive.ledger.read_bytes()).entries[-1]
    assert (entry.event, entry.record, entry.details) == (
        Event.CORRECTED,
        RECORD,
        {"by": later.id},
    )
    text, count, _ = retrieving.search(archive, Sought('"1.2 million"'), "table")
    names = [line.split()[0] for line in text.splitlines() if line.startswith("2026-")]
    assert (count, names) == (2, [later.id, RECORD])
    # From here on every letter says what the correction said; the first one is bound to it too.
    assert final(sent, letter_of(sent)).made
    change(sent, "quantity: 1.4 million", "quantity: 1.2 million")
    assert [each.code for each in final(sent, letter_of(sent)).problems] == ["said-otherwise"]


def test_where_nothing_changed_there_is_nothing_to_correct(sent: Workspace) -> None:
    started = correct(sent, RECORD, TODAY)
    assert (started.letter, [each.code for each in started.problems]) == (
        None,
        ["nothing-to-correct"],
    )


def test_others_who_got_the_same_figure_are_addressed_too(sent: Workspace) -> None:
    other = second_letter(sent)
    other.write_text(other.read_text().replace("  - example-committee.ranking-member\n", ""))
    assert final(sent, other).made
    second = seal(sent, other, AT + timedelta(days=20))
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, second.id, TODAY)
    assert [each.record.id for each in started.corrigenda] == [second.id, RECORD]
    assert started.letter is not None
    assert '["example-committee.chair", "example-committee.ranking-member"]' in (
        started.letter.read_text()
    )


def test_a_correction_does_not_put_words_into_the_mouth_of_a_record(sent: Workspace) -> None:
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, RECORD, TODAY)
    assert started.letter is not None
    text = started.letter.read_text()
    started.letter.write_text(text.replace('said: "1.2 million"', 'said: "1.1 million"'))
    codes = {each.code for each in final(sent, started.letter).problems}
    assert codes == {"correction-altered"}


def test_a_correction_leaves_nothing_out(sent: Workspace) -> None:
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, RECORD, TODAY)
    assert started.letter is not None
    change(sent, "approximately 900", "approximately 950")
    found = final(sent, started.letter).problems
    assert "correction-incomplete" in {each.code for each in found}


def test_what_was_computed_is_left_open_to_be_stated_again(sent: Workspace) -> None:
    beside = letter_of(sent).with_suffix(".md")
    beside.write_text(
        "## Ratio {#ratio}\n\n"
        "That is {{ stats.per_day(incident.exchanges) | approximately }} exchanges a day.\n"
    )
    assert final(sent, letter_of(sent)).made
    later = seal(sent, letter_of(sent), AT + timedelta(days=10))
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    started = correct(sent, later.id, TODAY)
    assert started.letter is not None
    codes = {each.code for each in final(sent, started.letter).problems}
    assert codes == {"restatement-missing"}
    prose = started.letter.with_suffix(".md")
    text = prose.read_text()
    row = next(line for line in text.splitlines() if "[State it again]" in line)
    written = f"| {row.split('|')[1].strip()} | {{{{ stats.per_day(incident.exchanges) }}}} |"
    prose.write_text(text.replace(row, written))
    built = final(sent, started.letter)
    assert built.made, render(built.problems, Shelf(), Format.FULL)


def test_no_letter_is_written_over(sent: Workspace) -> None:
    change(sent, "quantity: 1.2 million", "quantity: 1.4 million")
    first, second = (correct(sent, RECORD, TODAY).letter for _ in range(2))
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("committee-correction.yaml", "committee-correction-2.yaml")
    taken = correct(sent, RECORD, TODAY, "committee")
    assert [each.code for each in taken.problems] == ["letter-exists"]


def test_what_a_record_says_that_was_altered_is_not_corrected(sent: Workspace) -> None:
    archive = Archive(sent.archive)
    assert records.read(archive.bag(RECORD))[0] is not None
    path = archive.bag(RECORD) / "data/proof/facts.json"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("1.2 million", "1.3 million"))
    started = correct(sent, RECORD, TODAY)
    assert [each.code for each in started.problems] == ["facts-unreadable"]
