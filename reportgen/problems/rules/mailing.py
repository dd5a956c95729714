"""Many letters: the sets of a case, lists of recipients and the copies made for them."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "set-disagrees",
        "Two letters of a case say a fact differently",
        "The same incident goes to several recipients, each in its own form. A figure, a date or a "
        "name that is another in one of them, or is said with another hedge or in other words, will "
        "be found by whoever has both.",
        "Say it in the same words in all of them, or correct one openly: `corrects:`.",
    ),
    Rule(
        "element-missing",
        "A letter under a reporting law lacks what that law requires",
        "The letter's file names a regime, and the case does not say something that the law's words "
        "ask for. The message says what, the help puts the question.",
        "State it in the case file with its source, or name the path that answers it under "
        "`answers` of the regime in the case. `reportgen complete` shows all of it.",
    ),
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
