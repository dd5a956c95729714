"""Versions: what is confidential, what is enclosed, and what is left open."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "placeholder-left",
        "Something in a letter is still to be filled in",
        "Words in brackets, such as “[Signatory]”, hold the place of what nobody knew yet.",
        "Write what belongs there.",
        severity=Severity.WARNING,
    ),
    Rule(
        "confidential-crosses",
        "A confidential passage begins in one paragraph and ends in another",
        "What is taken out of the public version must be beyond doubt, so a passage lies within one "
        "paragraph, or covers whole ones.",
        "Let it begin and end in one paragraph, or put blank lines around whole paragraphs.",
    ),
    Rule(
        "confidentiality-missing",
        "A letter has confidential passages and does not say how to mark them",
        "The confidential version bears a legend with the name of whoever requests the treatment, "
        "and a number on each page (17 CFR 200.83).",
        "Say under `confidentiality` who requests it, and how pages are numbered.",
    ),
    Rule(
        "redaction-leak",
        "A passage tells what is taken out elsewhere",
        "A fact that is confidential in one place stands open in another, or can be computed from "
        "what stands there.",
        "Mark the fact itself as confidential in its case file, which covers all that rests on it.",
        severity=Severity.WARNING,
    ),
    Rule(
        "enclosure-unknown",
        "A file of this kind cannot be enclosed",
        "PDF files, pictures (PNG, JPEG) and tables (CSV) can be bound into a letter.",
        "Save the file as PDF, and name that.",
    ),
    Rule(
        "enclosure-broken",
        "An enclosure cannot be read",
        "The file is damaged, or is not what its name says.",
        "Open it, print it to PDF anew, and name the new file.",
    ),
    Rule(
        "enclosure-encrypted",
        "An enclosure asks for a password",
        "What is sent must be open to whoever receives it.",
        "Save a copy without a password, and name that.",
    ),
    Rule(
        "enclosure-too-large",
        "An enclosure has more pages or points than can be bound in",
        "A letter is kept to what a reader, and the machine that makes it, can bear.",
        "Split it into several enclosures, or send it apart.",
    ),
)
