"""Statistics: what may be computed from facts, and what may be claimed of it."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "nothing-to-count",
        "A statistic is made of no fact",
        "There is nothing to compute it from: no fact was named, or the cases do not state it.",
        "Name a fact that the cases state.",
    ),
    Rule(
        "not-a-quantity",
        "A statistic is made of something other than a quantity",
        "Only facts with a `quantity` can be computed with.",
        "Name a fact with a `quantity`.",
    ),
    Rule(
        "not-a-part",
        "A share is taken of a total that does not contain it",
        "A share names its base, and the base contains the part.",
        "Add the part to the total, or compare the two by a ratio.",
    ),
    Rule(
        "sum-of-distinct",
        "Members of a set cannot be added",
        "The same account or person may have been counted in several cases; the sum could count "
        "it twice. Events, such as exchanges, may be added.",
        "State the number for all cases together as a fact of its own, with its source.",
    ),
    Rule(
        "overlapping-windows",
        "Counts over windows that share days cannot be added",
        "What happened on the shared days could be in both counts.",
        "Use facts whose windows have no day in common.",
    ),
    Rule(
        "different-windows",
        "Two counts were not made over the same days",
        "A rate of one number to another has a meaning only if both were counted over the same "
        "days.",
        "Use facts of the same window, or give the facts their `window`.",
    ),
    Rule(
        "unknown-window",
        "Nobody says when something was counted",
        "A sum, a rate or a duration needs the days over which its numbers were counted.",
        "Give the fact its `window`, or the case its `dates.occurred`.",
    ),
    Rule(
        "comparison-not-borne-out",
        "A superlative or a comparison does not hold for every value within the bounds",
        "“Largest” and “more than twice” must hold whatever the true values are, "
        "within what the statements leave open. Otherwise the claim rests on luck.",
        "Say less, or find a source with a more exact number.",
    ),
    Rule(
        "chart-not-drawn",
        "There is nothing to draw, or more than a page holds",
        "A chart shows what the facts state. Without a date there is no timeline, without an upper "
        "end an average has no height, and more rows than a page holds cannot be read.",
        "Choose other facts or fewer of them, another chart, or a table.",
    ),
    Rule(
        "character-missing",
        "The typeface has no character for a letter of a name",
        "Charts are set in the letter’s own typeface and in no other, so that every machine draws "
        "them alike; a letter that it lacks would be an empty box.",
        "Write the name in letters that the typeface has, as in a transcription.",
    ),
)
