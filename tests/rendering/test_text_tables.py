"""Tables in plain text."""

from __future__ import annotations

from reportgen.rendering.tabulating import Cell, Table, tabulated


def row(*texts: str, numbers: bool = True) -> tuple[Cell, ...]:
    """A row whose first cell is words, and the others figures."""
    return tuple(Cell(text, number=numbers and at > 0) for at, text in enumerate(texts))


def drawn(table: Table, size: int = 40) -> list[str]:
    return list(tabulated(table, size))


def test_figures_stand_at_the_right_under_their_heads() -> None:
    table = Table(
        (row("Campaign", "Exchanges", "Accounts"),),
        (row("Alpha", "28,800,000", "25,000"), row("Beta", "150,000", "")),
        (row("Together", "28,950,000", "25,000"),),
    )
    assert drawn(table) == [
        "Campaign   Exchanges  Accounts",
        "--------  ----------  --------",
        "Alpha     28,800,000    25,000",
        "Beta         150,000",
        "--------  ----------  --------",
        "Together  28,950,000    25,000",
    ]


def test_heads_are_broken_before_cells_and_stand_at_the_bottom() -> None:
    table = Table((row("A", "Disclosed or reported to whom"),), (row("Alpha", "June 10"),), ())
    assert drawn(table, 20) == [
        "        Disclosed or",
        "         reported to",
        "A               whom",
        "-----  -------------",
        "Alpha        June 10",
    ]


def test_rows_of_several_lines_are_parted_by_blank_lines() -> None:
    body = (row("a word or two more", "1"), row("another", "2"))
    assert drawn(Table((), body, ()), 14) == [
        "a word or    1",
        "two more",
        "",
        "another      2",
    ]


def test_a_table_too_wide_for_the_line_is_a_list_of_heads_and_cells() -> None:
    table = Table(
        (row("Campaign", "Disclosed", "Exchanges"),),
        (row("Alpha-operators", "February-2026", "28,800,000"), row("Beta", "", "150,000")),
        (),
    )
    assert drawn(table, 30) == [
        "Campaign: Alpha-operators",
        "Disclosed: February-2026",
        "Exchanges: 28,800,000",
        "",
        "Campaign: Beta",
        "Exchanges: 150,000",
    ]


def test_a_table_with_cells_that_span_is_a_list_that_repeats_them() -> None:
    table = Table(
        (
            (Cell("Campaign", down=2), Cell("Exchanges", across=2)),
            (Cell("2025"), Cell("2026")),
        ),
        ((Cell("Alpha", down=2), Cell("1"), Cell("2")), (Cell("3", across=2),)),
        (),
    )
    assert drawn(table) == [
        "Campaign: Alpha",
        "Exchanges, 2025: 1",
        "Exchanges, 2026: 2",
        "",
        "Campaign: Alpha",
        "Exchanges, 2025: 3",
    ]


def test_wide_characters_keep_columns_under_each_other() -> None:
    body = (row("漢字", "1"), row("e\u0301", "22"))
    assert drawn(Table((), body, ())) == ["漢字   1", "e\u0301     22"]


def test_a_table_of_nothing_is_nothing() -> None:
    assert drawn(Table((), (), ())) == []


def test_rows_of_uneven_length_lose_nothing() -> None:
    table = Table((row("A"),), (row("x", "1"), row("y")), ())
    assert drawn(table) == ["A", "-  -", "x  1", "y"]
