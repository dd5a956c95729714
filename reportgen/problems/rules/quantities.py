"""Quantities: numbers that know how sure they are, and what may be said of them."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "quantity-unreadable",
        "A number cannot be read",
        "A number is written the way a person says it: digits, `million` or `billion` after them, "
        "a hedge before them. What it leaves open is read off the way it is written.",
        "Write it in one of the forms of the example.",
        example="quantity: 28,812,345\nquantity: 28.8 million\nquantity: approximately 25,000\n"
        "quantity: more than 13 million\nquantity: { low: 20000, high: 30000 }",
    ),
    Rule(
        "bounds-reversed",
        "A range ends below where it begins",
        "The low end of a range is not greater than its high end.",
        "Write the lower number first.",
    ),
    Rule(
        "division-by-zero",
        "A number would be divided by zero",
        "The divisor is zero, or leaves zero open, so that the result could be anything.",
        "Divide by a number that excludes zero.",
    ),
    Rule(
        "different-units",
        "Numbers that count different things cannot be added or compared",
        "Exchanges are no accounts, and requests are no exchanges: their sum would count nothing.",
        "Use facts that count the same thing, in the same words under `counts`.",
    ),
    Rule(
        "wording-not-borne-out",
        "A phrase says more than its number does",
        "“More than 25,000” holds only if every value that the number leaves open is above 25,000; "
        "so with “nearly”, “at least”, “exactly” and the others. A letter is held to its hedges.",
        "Use the words of the case (`{{ fact }}`), or a phrase that the number's bounds bear out.",
    ),
)
