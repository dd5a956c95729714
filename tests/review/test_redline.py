"""The redline: it gives back both drafts, touches no more words than it must, and says what moved."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.letters.markup import Element, serialize
from reportgen.review.redlines.flowing import readings
from reportgen.review.redlines.marking import accepted, rejected
from reportgen.review.redlines.redlining import redline
from reportgen.review.redlines.sequences import common, length
from reportgen.review.redlines.tokens import reading
from reportgen.statistics.model import Chart
from tests.review.letters_made import documents, draft, e, fact, letter, note, pairs

if TYPE_CHECKING:
    from reportgen.review.model import Redline

Node = Element | str


def compared(old: tuple[Node, ...], new: tuple[Node, ...]) -> Redline:
    """The redline of two letters of one section each."""
    before, after = (draft(letter(e("section", *blocks))) for blocks in (old, new))
    return redline(before, after)


def body(made: Redline) -> str:
    section = next(node for node in made.document.walk() if node.has_class("body"))
    return "".join(
        serialize(child)
        for inner in section.children
        if isinstance(inner, Element)
        for child in inner.children
    )


# --- what always holds --------------------------------------------------------------------------


@given(pairs)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_accepting_gives_the_new_draft_and_rejecting_the_old(pair: tuple[Element, Element]) -> None:
    old, new = map(draft, pair)
    made = redline(old, new)  # raises unless it is proved; proved here once more, from outside
    assert reading(accepted(made.document), {}) == reading(new.document, {})
    assert readings(rejected(made.document), {}) == readings(old.document, {})


@pytest.mark.slow
@given(pairs)
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
    max_examples=400,
)
def test_hundreds_of_edited_letters_are_given_back_by_their_redlines(
    pair: tuple[Element, Element],
) -> None:
    old, new = map(draft, pair)
    redline(old, new)


@given(documents, documents)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_letters_that_have_nothing_in_common_are_compared_as_well(
    one: Element, other: Element
) -> None:
    redline(draft(one), draft(other))


@given(documents)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
def test_a_letter_against_itself_is_the_letter(document: Element) -> None:
    made = redline(draft(document), draft(document))
    assert not any(node.tag in {"ins", "del"} for node in made.document.walk())
    assert (made.tally.inserted, made.tally.deleted, made.tally.moved, made.facts) == (0, 0, 0, ())


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_what_is_common_is_common_in_order_and_the_longest_there_is(
    old: list[str], new: list[str]
) -> None:
    found = common(old, new)
    assert all(old[left] == new[right] for left, right in found)
    assert found == sorted(found)
    assert len({left for left, _ in found}) == len({right for _, right in found}) == len(found)
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for left, right in product(range(len(old)), range(len(new))):
        longer = max(table[left][right + 1], table[left + 1][right])
        met = table[left][right] + 1 if old[left] == new[right] else 0
        table[left + 1][right + 1] = max(longer, met)
    assert len(found) == length(old, new) == table[-1][-1]


# --- words --------------------------------------------------------------------------------------


def test_only_the_word_that_changed_is_touched() -> None:
    made = compared((e("p", "They counted exchanges."),), (e("p", "They measured exchanges."),))
    assert body(made) == "<p>They <del>counted</del><ins>measured</ins> exchanges.</p>"
    assert (made.tally.inserted, made.tally.deleted) == (1, 1)


def test_a_bound_figure_is_changed_whole() -> None:
    old = (e("p", "a scale of ", fact("28.8 million"), " exchanges"),)
    new = (e("p", "a scale of ", fact("29.8 million"), " exchanges"),)
    assert "<del>" in body(compared(old, new))
    assert [node.text() for node in compared(old, new).document.walk() if node.tag == "del"] == [
        "28.8 million"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("28.8 million", "28.9 million"),
        ("June 10, 2026", "June 11, 2026"),
        ("$25 billion", "$25 million"),
        ("20 to 30 percent", "20 to 40 percent"),
    ],
)
def test_an_unbound_number_is_changed_whole(old: str, new: str) -> None:
    made = compared((e("p", f"about {old} there"),), (e("p", f"about {new} there"),))
    assert body(made) == f"<p>about <del>{old}</del><ins>{new}</ins> there</p>"


def test_a_figure_that_has_come_to_be_bound_reads_the_same_and_is_not_touched() -> None:
    old = (e("p", "some ", e("mark", "25,000", class_="unbound"), " accounts"),)
    made = compared(old, (e("p", "some ", fact("25,000"), " accounts"),))
    assert made.tally.deleted == made.tally.inserted == 0
    assert [change.address for change in made.facts] == ["case.exchanges"]


def test_emphasis_that_is_taken_away_is_a_change_of_these_words_alone() -> None:
    made = compared((e("p", "a ", e("em", "grave"), " matter"),), (e("p", "a grave matter"),))
    assert body(made) == "<p>a <em><del>grave</del></em><ins>grave</ins> matter</p>"


def test_a_comma_costs_no_word() -> None:
    made = compared((e("p", "red green blue"),), (e("p", "red, green, blue"),))
    assert made.tally.inserted == made.tally.deleted == 0
    assert body(made).count("<ins>,</ins>") == 2


# --- blocks -------------------------------------------------------------------------------------


def test_a_paragraph_that_was_divided_is_divided_and_nothing_else() -> None:
    first, second = "The operators used proxy services.", "The accounts were closed in June."
    whole = (e("p", f"{first} {second}"),)
    made = compared(whole, (e("p", first), e("p", second)))
    assert made.tally.inserted == made.tally.deleted == 0
    assert '<ins class="break"></ins>' in body(made)
    joined = compared((e("p", first), e("p", second)), whole)
    assert '<del class="break"></del>' in body(joined)


def test_a_paragraph_that_changed_its_place_is_a_move() -> None:
    blocks = [e("p", f"Paragraph about {name} with some words of its own.") for name in "abc"]
    made = compared(tuple(blocks), (blocks[1], blocks[2], blocks[0]))
    assert made.tally.inserted == made.tally.deleted == 0
    assert made.tally.moved > 0
    assert '<p class="deleted moved"><del class="moved" value="1">' in body(made)
    assert '<p class="inserted moved"><ins class="moved" value="1">' in body(made)


def test_a_sentence_that_changed_its_place_is_a_move() -> None:
    moved = "The operators used commercial proxy services throughout. "
    one = "Anthropic counted the exchanges of every account in the window. "
    two = "No court has decided on any of this so far."
    other = "A paragraph of its own stands between them and stays."
    old = (e("p", moved, one), e("p", other), e("p", two))
    made = compared(old, (e("p", one), e("p", other), e("p", moved, two)))
    moves = [node for node in made.document.walk() if node.has_class("moved")]
    assert {node.tag for node in moves} == {"ins", "del"}
    assert all(moved.strip(" .") in node.text() for node in moves)
    assert made.tally.inserted == made.tally.deleted == 0


def _table(*rows: tuple[str, str]) -> Element:
    made = (e("tr", e("th", name, scope="row"), e("td", number)) for name, number in rows)
    return e("table", e("caption", "Exchanges"), e("tbody", *made), class_="data", id="table-1")


def test_a_row_that_was_put_in_is_a_row_and_a_cell_that_changed_a_cell() -> None:
    old = (_table(("DeepSeek", "150,000"), ("MiniMax", "13 million")),)
    new = (_table(("DeepSeek", "150,000"), ("Moonshot", "3.4 million"), ("MiniMax", "14 million")),)
    text = body(compared(old, new))
    assert '<tr class="inserted"><th class="inserted" scope="row"><ins>Moonshot</ins>' in text
    assert "<td><del>13 million</del><ins>14 million</ins></td>" in text
    assert text.count("inserted") == 3


def _columned(heads: str, *rows: str) -> Element:
    head = e("thead", e("tr", *(e("th", each, scope="col") for each in heads.split())))
    made = (e("tr", *(e("td", each) for each in row.split())) for row in rows)
    return e("table", head, e("tbody", *made), class_="data")


def test_a_column_that_was_put_in_is_a_column_and_not_another_table() -> None:
    narrow = _columned("Campaign Exchanges", "DeepSeek 150,000", "MiniMax 13")
    wider = _columned("Campaign Accounts Exchanges", "DeepSeek 20 150,000", "MiniMax 30 14")
    text = body(compared((narrow,), (wider,)))
    assert '<th scope="col">Campaign</th><th class="inserted" scope="col">' in text
    assert '<td>MiniMax</td><td class="inserted"><ins>30</ins></td><td><del>13</del>' in text
    back = compared((wider,), (narrow,)).tally
    assert (back.inserted, back.deleted) == (1, 4)


def test_a_row_that_comes_with_a_column_has_an_empty_cell_where_the_other_draft_has_one() -> None:
    old = _columned("Campaign Exchanges Basis", "DeepSeek 150,000 estimate")
    new = _columned("Campaign Exchanges", "DeepSeek 150,000", "MiniMax 13")
    text = body(compared((old,), (new,)))
    assert '<ins>13</ins></td><td class="deleted"></td></tr>' in text


def test_a_table_whose_cells_span_columns_is_another_table_when_it_has_more_of_them() -> None:
    narrow = e("table", e("tbody", e("tr", e("td", "a", colspan="2"))), class_="data")
    wider = e("table", e("tbody", e("tr", e("td", "a", colspan="3"))), class_="data")
    text = body(compared((narrow,), (wider,)))
    assert '<table class="data deleted">' in text
    assert '<table class="data inserted">' in text


def test_an_item_that_was_divided_is_divided_and_nothing_else() -> None:
    first, second = "The operators used proxy services.", "The accounts were closed in June."
    whole, parts = e("ul", e("li", f"{first} {second}")), e("ul", e("li", first), e("li", second))
    for made in (compared((whole,), (parts,)), compared((parts,), (whole,))):
        assert made.tally.inserted == made.tally.deleted == 0
        assert 'class="break"' in body(made)


def test_paragraphs_that_became_a_list_keep_their_words_and_say_what_they_were() -> None:
    said = ("The operators used proxy services.", "The accounts were closed in June.")
    prose, items = [e("p", each) for each in said], e("ol", *(e("li", each) for each in said))
    made = compared(tuple(prose), (items,))
    assert made.tally.inserted == made.tally.deleted == 0
    assert body(made).startswith('<ol><li class="was-p">The operators')
    back = compared((items,), tuple(prose))
    assert back.tally.inserted == back.tally.deleted == 0
    assert body(back).startswith('<p class="was-ol">The operators')


def test_a_section_that_lost_its_heading_keeps_its_paragraphs() -> None:
    def sections(*heads: str) -> tuple[Node, ...]:
        texts = ("The operators used proxy services.", "The accounts were closed in June.")
        made: list[list[Node]] = [[]]
        for head, text in zip(heads, texts, strict=True):
            made += [[e("h2", head)]] if head else []
            made[-1].append(e("p", text))
        return tuple(e("section", *some) for some in made if some)

    made = compared(sections("Scale", "Response"), sections("Scale", ""))
    assert (made.tally.inserted, made.tally.deleted) == (0, 1)


def test_the_outline_of_the_old_draft_comes_back_where_only_words_and_items_changed() -> None:
    old = (e("p", "Before."), e("ul", e("li", "One item."), e("li", "Another item here.")))
    new = (e("p", "Before all."), e("ul", e("li", "Another item, here."), e("li", "A third.")))
    made = compared(old, new)
    before = draft(letter(e("section", *old)))
    assert reading(rejected(made.document), {}) == reading(before.document, {})


def test_the_words_of_a_footnote_are_compared_where_it_is_called() -> None:
    old = (e("p", "As stated.", note(e("cite", "Statement, p. 3"), ".")),)
    new = (e("p", "As stated.", note(e("cite", "Statement, p. 4"), ".")),)
    text = body(compared(old, new))
    assert "<cite>Statement, p. <del>3</del><ins>4</ins></cite>" in text
    assert '<p>As stated.<aside id="note-1" value="1">' in text


def test_footnotes_of_a_redline_are_numbered_as_they_are_called() -> None:
    old = (e("p", "One.", note("first"), " Two.", note("second")),)
    new = (e("p", "Two.", note("second"), " Three.", note("third")),)
    made = compared(old, new)
    numbers = [node.get("value") for node in made.document.walk() if node.tag == "aside"]
    assert numbers == ["1", "2", "3"]


def test_a_drawing_that_was_drawn_anew_stands_beside_the_earlier_one() -> None:
    chart = Chart("comparison", "A", b"<svg/>", 10, 10, "A", (), (), ())
    figure = e("section", e("figure", e("img", src="chart:comparison", alt="A"), id="figure-1"))
    old = draft(letter(figure), charts=(chart,))
    new = draft(letter(figure), charts=(replace(chart, svg=b"<svg><g/></svg>"),))
    made = redline(old, new)
    assert [each.name for each in made.charts] == ["comparison", "earlier-comparison"]
    assert '<del><img src="chart:earlier-comparison" alt="A"></del>' in body(made)


# --- facts --------------------------------------------------------------------------------------


def test_it_says_which_facts_changed_from_what_to_what() -> None:
    old = (e("p", "a scale of ", fact("28.8 million", value="28750000..28850000")),)
    new = (e("p", "a scale of ", fact("29 million", value="28500000..29500000")),)
    (change,) = compared(old, new).facts
    assert change.address == "case.exchanges"
    assert [each.words for each in change.before] == ["28.8 million"]
    assert [each.value for each in change.after] == ["28500000..29500000"]


def test_a_value_that_changed_behind_the_same_words_is_a_changed_fact() -> None:
    old = (e("p", fact("28.8 million", value="28750000..28850000")),)
    made = compared(old, (e("p", fact("28.8 million", value="28800000")),))
    assert made.tally.inserted == 0
    assert [each.value for each in made.facts[0].after] == ["28800000"]


# --- heads and bounds ---------------------------------------------------------------------------


def test_the_heads_of_pages_are_compared_too() -> None:
    document = letter(e("section", e("p", "text")))
    heads = ((("name", "A"), ("date", "June 10, 2026")), (("name", "B"), ("date", "June 11, 2026")))
    made = redline(draft(document), draft(document), heads)
    assert serialize(made.heads) == (
        '<header><p class="name"><del>A</del><ins>B</ins></p>'
        '<p class="date"><del>June 10, 2026</del><ins>June 11, 2026</ins></p></header>'
    )


def test_a_long_letter_of_which_a_word_changed_here_and_there_is_touched_there_alone() -> None:
    def paragraph(number: int, word: str) -> Element:
        said = " ".join(f"The staff of office {number % 7} {word} the records." for _ in range(8))
        return e("p", f"Paragraph {number}. {said}")

    old = letter(e("section", *(paragraph(n, "read") for n in range(400))))
    new = letter(e("section", *(paragraph(n, "read" if n % 20 else "kept") for n in range(400))))
    made = redline(draft(old), draft(new))
    assert made.tally.inserted == made.tally.deleted == 20 * 8


@pytest.mark.parametrize("shared", [0, 1])
def test_a_letter_of_sixty_pages_that_was_rewritten_takes_seconds(shared: int) -> None:
    def pages(word: str) -> Element:
        paragraphs = (
            e(
                "p",
                " ".join(f"{word if (n + at) % 7 else 'the'}{at * shared}x{n}" for at in range(60)),
            )
            for n in range(450)
        )
        return letter(e("section", *paragraphs, id="scale"))

    made = redline(draft(pages("old")), draft(pages("new")))
    assert made.tally.deleted > 10_000
