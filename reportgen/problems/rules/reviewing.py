"""The review: what is kept for it, and what comes back from it."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "draft-unreadable",
        "A kept draft cannot be read",
        "A draft is kept as it was when it was sent to review, and comparisons are made with it. "
        "What stands in this file is no such draft.",
        "Restore the file from version control; kept drafts are never written by hand.",
    ),
    Rule(
        "draft-altered",
        "A kept draft is not what was kept",
        "The file holds the digest of the draft in it, and the two do not fit: somebody changed "
        "the file, or it was cut off.",
        "Restore the file from version control, or from whoever has it whole.",
    ),
    Rule(
        "unknown-draft",
        "There is no such draft",
        "A draft is kept, and gets its number, when the letter is sent to review. A redline needs "
        "two: one that was kept, and a later one or the letter as it is today.",
        "Name a draft that was kept, or send the letter to review first: `reportgen review LETTER`.",
    ),
    Rule(
        "draft-ambiguous",
        "Two drafts have one number",
        "Two people who worked apart sent the letter to review, and each counted on from what they "
        "had. Numbers are never changed afterwards, since they stand on what counsel has.",
        "Call the draft by its version, as its pages bear it: `--from v1A2B3C`.",
    ),
    Rule(
        "word-file-unreadable",
        "A file that came back is no Word document that can be read",
        "It is damaged, is locked, holds something that no letter does, or would be far larger "
        "than it looks. Nothing of it was read.",
        "Have it saved as a Word document (.docx) again, and sent again.",
    ),
    Rule(
        "pdf-unreadable",
        "A file that came back is no PDF that can be read",
        "It is damaged, is locked with a password, or has more pages than any letter.",
        "Have it saved without a password, and sent again.",
    ),
    Rule(
        "returned-unknown",
        "A file came back that was made from no draft that was kept",
        "Edits are found by comparing the file with the draft that was sent to review. No draft "
        "that was kept says what this file says.",
        "Name the letter with --letter, or restore its drafts from where they were kept.",
    ),
    Rule(
        "index-unreadable",
        "A table of verdicts cannot be read",
        "The index comes back as the XLSX or CSV file that `reportgen index` wrote. This file is "
        "none, is damaged, or is larger than any index.",
        "Open the index again in the spreadsheet program and save it as XLSX or CSV.",
    ),
    Rule(
        "index-columns",
        "A table of verdicts lacks a column",
        "Verdicts are matched by the identity of the sentence, which stands in a column of its "
        "own; without it, or without the verdicts, nothing can be taken over.",
        "Mark the table that `reportgen index` wrote, and leave its columns and heads as they are.",
    ),
    Rule(
        "index-moved",
        "The columns of a table of verdicts stand in another order",
        "What stands in them is found by their heads all the same.",
        "Nothing needs to be done, if the order was changed on purpose.",
        severity=Severity.WARNING,
    ),
    Rule(
        "index-edited",
        "Something else than a verdict or a note was changed in the index",
        "Only verdicts and notes are taken from the table. A sentence or a figure that is changed "
        "there changes nothing in the letter.",
        "Change the letter or the case file, or say in the note what should be changed.",
        severity=Severity.WARNING,
    ),
    Rule(
        "index-formula",
        "A cell of the index holds a formula",
        "What a formula shows depends on the program that opens it, so that no verdict can be one.",
        "Write the verdict as a word, `ok` or `wrong`, and the note as a text.",
    ),
    Rule(
        "unknown-verdict",
        "A verdict is neither ok nor wrong",
        "Whoever checks a sentence says that its evidence bears it out, or that it does not.",
        "Write `ok` or `wrong`, and anything else in the note.",
    ),
    Rule(
        "unknown-assertion",
        "A verdict is on a sentence that the letter does not have",
        "The sentence was changed or left out since the table was made; the verdict speaks of "
        "words that are no longer there.",
        "Make the index again, and have the changed sentence checked.",
    ),
    Rule(
        "duplicate-verdict",
        "Two rows have verdicts on one sentence",
        "Nobody can tell which of them holds.",
        "Delete one of the rows, or make them the same.",
    ),
)
