"""How footnotes cite: in full, by Id., by Supra."""

from __future__ import annotations

import pytest

from reportgen.cases.model import Reference, Source
from reportgen.letters.citing import Cited, Footnotes
from reportgen.letters.markup import Element
from tests.letters.manuscripts import source


def cited(title: str = "A report", pin: str | None = None, **further: object) -> Cited:
    reference = Reference(id="report", pin=pin)
    return Cited(
        "north-2026", reference, Source.model_validate({**source(), "title": title, **further})
    )


def notes(*each: tuple[Cited, ...] | Cited | None) -> list[str]:
    """The texts of footnotes; None is a note in words of its own."""
    footnotes = Footnotes()
    return [
        Element(
            "aside", (), footnotes.text(number, one if isinstance(one, tuple) else (one,))
        ).text()
        for number, one in enumerate(each, 1)
        if one is not None
    ]


A, B = cited("A"), cited("B")


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (cited(), "A publisher, “A report,” June 10, 2026."),
        (cited(pin="p. 3"), "A publisher, “A report,” June 10, 2026, p. 3."),
        (cited(author="Ada"), "Ada, A publisher, “A report,” June 10, 2026."),
        (cited(author="A publisher"), "A publisher, “A report,” June 10, 2026."),
        (cited("Why?"), "A publisher, “Why?” June 10, 2026."),
        (cited(published=None), "A publisher, “A report”."),
        (cited(published=None, pin="p. 3"), "A publisher, “A report,” p. 3."),
        (
            cited(published=None, url="https://example.org/"),
            "A publisher, “A report,” https://example.org/.",
        ),
        (cited(published="2026-06"), "A publisher, “A report,” June 2026."),
        (
            cited(url="https://example.org/"),
            "A publisher, “A report,” June 10, 2026, https://example.org/.",
        ),
        (
            cited(after="A newspaper"),
            "A publisher, “A report,” June 10, 2026 (as reported by A newspaper).",
        ),
        (cited(citation="18 U.S.C. § 1001"), "18 U.S.C. § 1001."),
        (cited(citation="18 U.S.C.", pin="§ 1001"), "18 U.S.C., § 1001."),
    ],
)
def test_the_first_citation_is_full(one: Cited, text: str) -> None:
    assert notes(one) == [text]


def test_the_source_of_the_note_before_is_id() -> None:
    assert notes(A, A, A)[1:] == ["Id.", "Id."]


def test_id_names_its_pin() -> None:
    assert notes(A, cited("A", pin="p. 3"))[1] == "Id., p. 3."


def test_id_alone_is_the_same_place() -> None:
    third = cited("A", pin="p. 3")
    assert notes(third, third, cited("A", pin="p. 4"))[1:] == ["Id.", "Id., p. 4."]


def test_id_does_not_stand_for_the_whole_of_a_source_after_a_place_in_it() -> None:
    assert notes(cited("A", pin="p. 3"), A)[1] == "Supra note 1."


def test_an_earlier_source_is_supra() -> None:
    assert notes(A, B, A, cited("B", pin="p. 3"))[2:] == ["Supra note 1.", "Supra note 2, p. 3."]


def test_sources_of_one_note_are_told_apart_by_name_later() -> None:
    first, second, third = notes((A, B), (A, B), A)
    assert first == "A publisher, “A,” June 10, 2026; A publisher, “B,” June 10, 2026."
    assert second == "A publisher, “A,” supra note 1; A publisher, “B,” supra note 1."
    assert third == "A publisher, “A,” supra note 1."


def test_a_short_name_is_given_once_and_used_from_then_on() -> None:
    short = cited("C", short="Statement")
    first, _, third = notes(short, A, short)
    assert first.endswith(" [hereinafter Statement].")
    assert third == "Statement, supra note 1."


def test_id_does_not_follow_a_note_of_several_sources() -> None:
    assert notes((A, B), B)[1] == "A publisher, “B,” supra note 1."


def test_id_does_not_follow_a_note_that_cites_nothing() -> None:
    assert notes(A, None, A)[1] == "Supra note 1."


def test_a_source_cited_twice_in_a_note_is_cited_once() -> None:
    assert notes((A, A)) == ["A publisher, “A,” June 10, 2026."]


def test_two_places_of_one_source_in_a_note_are_both_named() -> None:
    (note,) = notes((cited("A", pin="p. 3"), cited("A", pin="p. 4")))
    assert note == "A publisher, “A,” June 10, 2026, p. 3; id., p. 4."


def test_the_same_source_of_two_cases_is_one() -> None:
    other = Cited("south-2026", Reference(id="its-own"), A.source)
    assert notes(A, other)[1] == "Id."


def test_two_sources_that_differ_in_their_address_are_two() -> None:
    first = cited("A", url="https://example.org/1")
    second = cited("A", url="https://example.org/2")
    assert notes(first, second)[1].startswith("A publisher, “A,”")


def test_no_two_full_stops_end_a_note() -> None:
    assert not any(text.endswith("..") for text in notes(A, A, B, A, (A, B), B))
