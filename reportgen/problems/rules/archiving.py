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
)
