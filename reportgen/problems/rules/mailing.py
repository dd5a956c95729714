"""Serial letters: lists of recipients, and the copies that are made for them."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "recipients-columns",
        "A list of recipients lacks a column, or has one that means nothing",
        "The first row of the list names its columns: `name`, `title`, `salutation`, `office` and "
        "`address`, and if one likes `honorific`, `short`, `body`, `verified` and `source`.",
        "Name the columns so; their order does not matter.",
    ),
    Rule(
        "recipients-row",
        "A row of a list of recipients cannot be used",
        "Something that the letter needs is not there, or is longer than an inside address has "
        "room for. Nobody gets a letter before the whole list is right: one that is missing among "
        "hundreds is not noticed.",
        "Fill the row in, or delete it. The lines of an address are parted by `|`.",
    ),
    Rule(
        "duplicate-recipient",
        "Somebody is in a list of recipients twice",
        "Two rows have the same inside address, whatever their letters' case and spaces.",
        "Delete one of the rows.",
    ),
    Rule(
        "serial-differs",
        "A copy would say what the letter does not say",
        "Copies of a serial letter differ in whom they address, and in nothing else: what was "
        "checked and approved is the letter as its own file addresses it. A template that names "
        "the recipient in its text makes another statement for each.",
        "Let the text not depend on who is written to, or write this recipient a letter of their "
        "own.",
    ),
    Rule(
        "serial-stopped",
        "The making of serial letters was stopped from outside",
        "A process that made copies was killed, as a machine does that runs out of memory. What "
        "was done is kept.",
        "Run the command again: it goes on where it was. With `--jobs 1` it takes least memory.",
    ),
)
