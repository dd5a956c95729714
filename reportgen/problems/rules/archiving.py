"""The archive: records of what was submitted, and the ledger of what happened to them."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "record-unreadable",
        "A record does not say what was sent",
        "The bag of a record has a file `data/record.json` that says which letter it is of, who "
        "sent it to whom and when. This one cannot be read, or says something else.",
        "Find out what happened to it with `reportgen verify`, and restore the bag from a copy.",
    ),
    Rule(
        "final-altered",
        "A final copy was changed after it was built",
        "What is sealed is what went out, and what went out has to be what was composed, checked "
        "and approved. This file has other bytes than those that were built.",
        "Build it again with `reportgen build --final --force`, and send that. A letter that has "
        "to say something else is changed where it is written.",
    ),
    Rule(
        "sent-in-future",
        "A letter is said to have been sent later than now",
        "A record says when a letter left the house. What has not happened cannot be put on record.",
        "Submit the letter when it has been sent; see whether `--at` and the clock are right.",
    ),
    Rule(
        "sent-before-dated",
        "A letter is said to have been sent before the date that it bears",
        "That happens, and it is put on record as it was said; more often `--at` is wrong.",
        "See whether `--at` is right.",
        severity=Severity.WARNING,
    ),
    Rule(
        "already-submitted",
        "The very same letter was submitted to the same recipient already",
        "A letter is one record for each time that it was sent. To seal it twice would seem to say "
        "that it was sent twice.",
        "If it went to others later, name these with `--to`. If it says something else now, build "
        "it again. If the first submission was withdrawn, put that on record first.",
    ),
    Rule(
        "enclosure-twice",
        "Two enclosures have the same name",
        "Files that went with a letter lie in one folder of its record.",
        "Rename one of them, as the recipient would have had to.",
    ),
    Rule(
        "bag-unsound",
        "The bag that was written does not hold",
        "Before a record is put into the archive, another program reads what was written. It "
        "found a file that is missing, or that has other bytes than were written: the disk may be "
        "failing.",
        "Look at the disk and submit the letter again. Nothing was put into the archive.",
    ),
    Rule(
        "ledger-broken",
        "A line of the archive's ledger does not hold",
        "Each line of the ledger holds the digest of the line before. Where one does not fit, a "
        "line was altered, dropped or slipped in. Nothing is added to such a ledger, since what "
        "is added would seem to vouch for what stands before it.",
        "Look into it with `reportgen verify --all`, and restore the ledger from a copy.",
    ),
    Rule(
        "ledger-empty",
        "The ledger has no line yet",
        "The head of a ledger stands for all of its lines, and there is none.",
        "Submit a letter first: `reportgen submit`.",
    ),
    Rule(
        "clock-backwards",
        "The clock is behind the ledger's last line",
        "The times in a ledger are those of the machine's clock, which somebody may set. What "
        "happened is put on record all the same: its order is that of the lines, and is proved; "
        "its times are not.",
        "Set the clock. The line stays as it is.",
        severity=Severity.WARNING,
    ),
    Rule(
        "unknown-record",
        "There is no such record in the archive",
        "A record is called as its folder under `records/` is. The name of a letter, "
        "`<case>/<letter>`, stands for the latest record of that letter.",
        "`reportgen archive list` shows the records.",
    ),
    Rule(
        "query-refused",
        "Nothing can be looked for in this way",
        "A query has words that are all to be found, phrases in quotation marks, beginnings that "
        "end in `*`, and words with a `-` before them that are not to be found.",
        "Say at least one word that is to be found, in at most 1,000 characters.",
        "reportgen archive search '\"proxy services\" distil*'",
    ),
    Rule(
        "catalog-elsewhere",
        "The archive's catalog cannot be kept in the archive",
        "The archive may be read but not written. What is asked is answered from a catalog that is "
        "made in a temporary place, which takes longer, and is gone afterwards.",
        "Where the archive can be written, `reportgen archive reindex` keeps the catalog in it.",
        severity=Severity.WARNING,
    ),
    Rule(
        "receipt-untimely",
        "What came after a letter is said to have come at a time that cannot be",
        "A receipt is no earlier than the letter, and nothing happened later than now.",
        "See whether `--at` is right, and the clock.",
    ),
    Rule(
        "already-entered",
        "What is to be put on record is on record already",
        "The ledger has a line that says this. Nothing was added.",
        "There is nothing to do.",
        severity=Severity.WARNING,
    ),
    Rule(
        "not-held",
        "A record is to be released that is not held so",
        "A hold is for a matter, and a release ends the hold for one matter.",
        "`reportgen archive show RECORD` tells for what it is held; name that with `--matter`.",
    ),
    Rule(
        "nothing-to-correct",
        "Nothing that a record says is otherwise today",
        "A correction says what was stated and what is so. The cases state all of it as the record "
        "does.",
        "Change the case file first, with its source; then start the correction.",
    ),
    Rule(
        "letter-exists",
        "A letter of this name is there already",
        "No letter is written over.",
        "Choose another name with `--name`, or leave it out.",
    ),
    Rule(
        "recipient-elsewhere",
        "Somebody got a wrong figure whom the correction cannot be addressed to",
        "A record names somebody who is no office of the directory: a copy sent with `--to`.",
        "Write to them too, and submit the correction with `--to`.",
        severity=Severity.WARNING,
    ),
    Rule(
        "correction-altered",
        "A correction says of an earlier letter what that did not say",
        "What was said stands in the letter's file as the record has it. One of the two was altered, "
        "or the record is another one.",
        "Take it over from the record: `reportgen archive facts FACT` shows it.",
        severity=Severity.WARNING,
    ),
    Rule(
        "correction-incomplete",
        "A correction leaves out a statement that is wrong too",
        "The earlier letter stated more facts that the cases give otherwise today than the table "
        "of the correction has.",
        "Add it under `correction`, as the message has it; or start the correction anew with "
        "`reportgen correct`.",
        severity=Severity.WARNING,
    ),
    Rule(
        "restatement-missing",
        "A correction does not state again what was computed from a fact that changed",
        "The earlier letter gave a total, a share or a comparison that was made from the fact. The "
        "table of facts cannot say what it comes to now; a statistic in the letter's own prose can.",
        "State it in the section `computed` of the letter's Markdown, by the same statistic; or "
        "take the statement out of `correction`, where it need not be stated again.",
        severity=Severity.WARNING,
    ),
    Rule(
        "not-due",
        "A record is to be disposed of whose time is not over",
        "The organization's file says how long records are kept, by class. A period ends with the "
        "day of the same number in its last month, that day included, or with the last day of a "
        "month that has none; a record of no class is kept for ever.",
        "`reportgen archive due --all` tells until when each is kept.",
        "archive:\n  retention:\n    congress: { keep: 10 years, after: submitted }",
    ),
    Rule(
        "disposal-barred",
        "Something stands against the disposal of a record",
        "A record that is held for a matter, that a letter corrects which has not been submitted, "
        "or that has an open question is not disposed of, however old it is.",
        "Settle that first: `reportgen archive release`, submit the correction, answer the question.",
    ),
    Rule(
        "disposal-own",
        "Somebody would confirm the disposal that they proposed",
        "A disposal needs two people: one who proposes it, and another who confirms it.",
        "Have somebody else call `reportgen archive dispose RECORD`.",
    ),
)
