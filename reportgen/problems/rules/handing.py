"""Handing records over: export, import and certificates."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "record-unsound",
        "A record is not as it was sealed",
        "What is handed over, or certified, vouches for itself elsewhere; so it is verified first. "
        "This record's bag or its line in the ledger does not hold.",
        "`reportgen verify RECORD` names what is wrong; restore the bag from a copy.",
    ),
    Rule(
        "handover-unreadable",
        "What was handed over cannot be read",
        "It is no zip file that reportgen made, or it is damaged: a part of it is missing, or has "
        "another checksum or size than it says. Nothing was taken in.",
        "Have it sent again, and compare its SHA-256 with the sender's.",
    ),
    Rule(
        "handover-unsafe",
        "What was handed over holds what no record has",
        "A name that leads out of the folder, stands twice or differs from another only by its "
        "case, a link, a device, an encrypted or packed part: reportgen writes none of these, and "
        "another program might be led by them to overwrite a file. Nothing was taken in.",
        "Ask the sender how it was made. Do not unpack it with another program.",
    ),
    Rule(
        "handover-too-large",
        "What was handed over is larger than what is taken in",
        "Its parts, or how many there are, or how far one of them was packed, are beyond any "
        "bound that records have. Nothing was taken in.",
        "Have fewer records exported into one file.",
    ),
    Rule(
        "handover-wrong",
        "What was handed over does not hold",
        "Each record is verified before it is taken in: its files against its manifests, its bag "
        "against its line in the ledger that it comes from, and that ledger up to its head. The "
        "message says what does not fit. Nothing was taken in.",
        "Have the sender verify the record, and export it again.",
    ),
    Rule(
        "record-differs",
        "There is another record of the same name",
        "The archive holds a record that is called the same and is not the same. Which one is "
        "right cannot be told from here. Nothing was taken in.",
        "Compare the two with `reportgen verify`, and settle with the sender which one holds.",
    ),
)
