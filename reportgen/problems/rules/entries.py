"""Entries: single keys and values of a case file, a letter or the directory."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "unknown-key",
        "A key is none that the group has",
        "A key that is not known would be read by nobody, and what stands there would be missing "
        "from every letter.",
        "Correct the key; the message names the nearest. `reportgen schema` writes down all keys, "
        "and an editor that knows YAML schemas completes them.",
    ),
    Rule(
        "missing-key",
        "A group lacks a key that it needs",
        "Some entries cannot be left out: a fact without a source could not be checked by anybody.",
        "Add the key.",
        example="exchanges:\n  quantity: 28.8 million\n  counts: exchanges\n  source: letter-aicnbc",
    ),
    Rule(
        "empty-value",
        "A key has no value",
        "Nothing stands after the colon. An empty entry is neither a value nor its absence.",
        "Write the value, or leave the key out if it is not needed.",
    ),
    Rule(
        "wrong-type",
        "A list, a group or a text stands where another of them is needed",
        "The key takes one kind of thing, and another stands there.",
        "Items of a list stand on lines of their own and begin with `- `; keys of a group stand "
        "on lines of their own, indented.",
        example="targets:\n  - name: software engineering\n    source: letter-decrypt",
    ),
    Rule(
        "wrong-value",
        "A value is none that its key can take",
        "The value has the right kind, and still does not fit; the message says which it is.",
        "Look the key up in the schema (`reportgen schema`).",
    ),
    Rule(
        "wrong-form",
        "A text is not written in the form that its key needs",
        "Identifiers, names of facts, country codes, digests and web addresses each have a form. "
        "A country is two capital letters, so Norway is `NO`: other YAML tools read `no` as “false”, "
        "here it is a text in the wrong case.",
        "Write it in the form that the message describes.",
        example="id: alibaba-2026\ncountry: NO",
    ),
    Rule(
        "unknown-value",
        "A word is none of those that the key may have",
        "The key takes one of a few words, so that cases can be compared and counted.",
        "Use one of the words that the message names.",
        example="status: alleged\nkind: model-extraction",
    ),
    Rule(
        "impossible-date",
        "A date does not exist, or is not written as dates are",
        "A date is written year, month, day, as far as it is known: `2026-04-22`, `2026-04` or "
        "`2026`. A day that the calendar does not have is no date.",
        "Correct it; leave out the day, or the month too, if nobody knows it.",
        example="occurred: { from: 2026-04-22, to: 2026-06-05 }",
    ),
    Rule(
        "impossible-time",
        "A time does not exist, or is not written as times are",
        "A time is written day, time and offset from UTC: `2026-03-16T10:20-07:00`.",
        "Correct it.",
        example="at: 2026-03-16T10:20-07:00",
    ),
    Rule(
        "time-without-zone",
        "A time does not say in which time zone it is",
        "A deadline of hours cannot be counted from a time that may be any of twenty-four.",
        "Add the offset from UTC that held there on that day.",
        example="at: 2026-03-16T10:20-07:00",
    ),
    Rule(
        "text-too-long",
        "A text is longer than its key has room for",
        "Names, labels and sentences that go into letters have a greatest length.",
        "Say it in fewer words; `notes` has room for what is not for letters.",
    ),
    Rule(
        "too-few",
        "A list has fewer entries than it needs",
        "The key needs an entry at least; an empty list says nothing.",
        "Add an entry.",
    ),
    Rule(
        "too-many",
        "A list has more entries than it may",
        "The key has room for a limited number.",
        "Leave some out.",
    ),
    Rule(
        "out-of-range",
        "A number is too small or too large for its key",
        "The key takes numbers within bounds.",
        "Use a number within the bounds that the message names.",
    ),
    Rule(
        "fact-kind",
        "A fact states nothing, or more than one thing",
        "A fact is one quantity, one date, one name or one text, so that each can be bound, sourced "
        "and corrected by itself.",
        "Give each statement a fact of its own.",
        example="accounts:\n  quantity: approximately 25,000\n  counts: accounts\n"
        "  counting: distinct\n  source: letter-aicnbc",
    ),
)
