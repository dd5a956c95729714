"""The log of a review: whatever is in the file, every whole line counts, and once."""

from __future__ import annotations

import json
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.review.log.entries import Comment, identified, identity, line
from reportgen.review.log.lines import Log, read
from tests.review.speaking import ADA, GRACE, LETTER, PATH, at, comment, log

if TYPE_CHECKING:
    from reportgen.review.log.entries import Entry


def shown(found: Log) -> list[str]:
    return [
        f"{each.code} {each.place.span.line if each.place.span else '-'} {each.message}"
        for each in found.problems
    ]


def texts(found: Log) -> list[str]:
    return [each.text for each in found.of(Comment)]


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=60,
)
COMMENTS = st.lists(
    st.builds(comment, WORDS, st.integers(0, 9), st.sampled_from([ADA, GRACE])), max_size=8
)


@given(COMMENTS)
def test_what_was_written_is_what_is_read(said: list[Comment]) -> None:
    found = log(*said)
    assert found.problems == ()
    assert {each.entry for each in found.lines} == set(said)


@given(COMMENTS, COMMENTS, st.randoms(use_true_random=False))
def test_the_union_of_two_logs_is_a_log_whatever_the_order_of_its_lines(
    ours: list[Comment], theirs: list[Comment], chance: object
) -> None:
    lines = [line(each) for each in (*ours, *theirs, *ours)]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    merged = read(b"".join(lines), LETTER, PATH)
    assert merged.problems == ()
    assert [each.entry for each in merged.lines] == sorted(
        {each.id: each for each in (*ours, *theirs)}.values(), key=lambda e: (e.at, e.id)
    )


@given(st.lists(st.binary(max_size=80), max_size=6))
def test_no_bytes_between_lines_hide_a_line_or_break_the_reading(junk: list[bytes]) -> None:
    between = [b" ".join(each.split(b"\n")) + b"\n" for each in junk]
    found = read(line(comment("first")) + b"".join(between) + line(comment("last")), LETTER, PATH)
    assert {"first", "last"} <= set(texts(found))


def test_a_line_that_is_cut_off_is_told_with_its_number_and_hides_no_other() -> None:
    torn = line(comment("torn"))[:-40]
    found = read(line(comment("one")) + torn + b"\n" + line(comment("two", 1)), LETTER, PATH)
    assert texts(found) == ["one", "two"]
    assert shown(found) == ["review-line 2 this line is cut off"]


def test_a_line_that_was_edited_by_hand_is_told_and_does_not_count() -> None:
    edited = line(comment("The figure is right.")).replace(b"right", b"wrong")
    found = read(edited, LETTER, PATH)
    assert found.lines == ()
    assert shown(found) == [
        "review-line-altered 1 this line was changed after it was written: its id does not fit"
    ]


def test_times_of_several_zones_are_ordered_as_they_happened() -> None:
    tokyo, here = timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))
    later = identified(
        Comment(at=at(1).astimezone(here), by=ADA, letter=LETTER, text="later", draft="0" * 64)
    )
    earlier = identified(
        Comment(at=at(0).astimezone(tokyo), by=ADA, letter=LETTER, text="earlier", draft="0" * 64)
    )
    assert texts(log(later, earlier)) == ["earlier", "later"]


def test_what_a_later_version_wrote_is_kept_and_told() -> None:
    def said(**change: object) -> bytes:
        data = {**json.loads(line(comment("new"))), **change}
        data["id"] = identity(data)
        return json.dumps(data).encode() + b"\n"

    found = read(said(kind="applause") + said(mood="merry") + said(letter="a/b"), LETTER, PATH)
    assert texts(found) == ["new"]  # a further key is passed over
    assert shown(found) == [
        "review-kind-unknown 1 this version of reportgen knows no entry of the kind `applause`",
        "review-other-letter 3 this line speaks of the letter `a/b`",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe\x00", "this line is not UTF-8"),
        (b"nonsense", "this line is no entry of a review"),
        (b"[1]", "this line is no entry of a review"),
        (b'{"kind": 1}', "this line is no entry of a review"),
        (b'{"kind": "comment", "kind": "comment"}', "this line is no entry of a review"),
        (b'{"kind": NaN}', "this line is no entry of a review"),
        (b'{"kind": "comment", "n": ' + b"9" * 5000 + b"}", "this line is no entry of a review"),
        (b'{"kind": "\\ud800"}', "this line has a control character in it"),
        (b'{"kind": "comment", "text": "\\u001b[2J"}', "this line has a control character in it"),
    ],
)
def test_a_line_that_is_no_entry_is_told(text: bytes, said: str) -> None:
    found = read(text + b"\n" + line(comment("after")), LETTER, PATH)
    assert texts(found) == ["after"]
    assert shown(found) == [f"review-line 1 {said}"]


def test_a_line_nested_without_end_is_told() -> None:
    found = read(b'{"kind": ' + b"[" * 200_000 + b"\n" + line(comment("after")), LETTER, PATH)
    assert texts(found) == ["after"]
    assert [each.code for each in found.problems] == ["review-line"]


def test_a_line_without_what_an_entry_needs_is_told() -> None:
    data = json.loads(line(comment("x")))
    del data["by"]["email"]
    data["id"] = identity(data)
    found = read(json.dumps(data).encode(), LETTER, PATH)
    assert shown(found) == [
        "review-line 1 `by.email` of this line is missing, or is not what stands there"
    ]


def test_of_thousands_of_unreadable_lines_the_first_are_told_and_the_rest_counted() -> None:
    found = read(b"\x00\x01\n" * 100_000, LETTER, PATH)
    assert len(found.problems) == 21
    assert found.problems[-1].message == "99,980 further lines cannot be read"


def test_a_signed_copy_of_a_line_counts_before_one_that_lost_its_signature() -> None:
    plain = comment("signed")
    signed = plain.model_copy(update={"signature": "an armored signature"})
    for order in ((plain, signed), (signed, plain)):
        entries: list[Entry] = [each.entry for each in log(*order).lines]
        assert entries == [signed]
