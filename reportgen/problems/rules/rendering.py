"""Rendering: from the composed letter to its files."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "font-missing",
        "A typeface is not there",
        "Letters are set in the typefaces under `templates/fonts/`, never in those of the machine, "
        "so that every machine makes the same letter.",
        "Restore the files of the typeface.",
    ),
    Rule(
        "missing-glyph",
        "The typeface lacks a character of the letter",
        "The letter would show an empty box.",
        "Write it in letters that the typeface has, or add a typeface that has them.",
    ),
    Rule(
        "missing-alternative",
        "A drawing has no description in words",
        "Readers who cannot see the drawing would miss what it says (PDF/UA-1, 7.3).",
        "Say in words what it shows.",
    ),
    Rule(
        "resource-refused",
        "A letter asks for a file that it may not have",
        "A letter is made of its fonts and its charts; nothing is fetched from elsewhere.",
        "Leave the reference out, or put the file where the message says.",
    ),
    Rule(
        "layout-incomplete",
        "A letter could not be laid out as it was composed",
        "Something would be missing from the page, or look otherwise than meant.",
        "Look at what the message names in the templates and styles.",
    ),
    Rule(
        "style-ignored",
        "A part of a style sheet has no effect",
        "The rule is misspelled, or is none that the typesetting knows.",
        "Correct it or leave it out.",
        severity=Severity.WARNING,
    ),
)
