"""The lint: what counsel would object to in a letter."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "alleged-act-unhedged",
        "A sentence states as a fact what is only alleged",
        "Until a court, an agency or the party itself has said so, what a party is said to have "
        "done is an allegation, and each sentence that tells it says whose.",
        "Say who alleges or assesses it, or write “is alleged to have …”. When the case is "
        "decided, change its `status`.",
    ),
    Rule(
        "attribution-above-case",
        "A sentence goes further than the attribution of its case",
        "Attribution has rungs: consistent with, linked to, affiliated with, attributed to, "
        "carried out by. “Operators affiliated with a company” becomes “the company” in one "
        "careless sentence.",
        "Use the words of the case's rung, or raise the attribution in the case file, with its "
        "basis and its source.",
    ),
    Rule(
        "state-not-in-case",
        "A sentence involves a state that no case names",
        "That a government directed, knew of or tolerated something is an attribution of its own, "
        "with a basis and a source of its own.",
        "Leave it out, or add the actor to the case file.",
    ),
    Rule(
        "likelihood-with-confidence",
        "A sentence says both how likely and how sure",
        "Confidence is about the evidence and the reasoning, likelihood about the event. Readers "
        "cannot tell which is which when they stand together (ICD 203, section D.6.e.(2)).",
        "Make two sentences of it.",
    ),
    Rule(
        "likelihood-terms-mixed",
        "A letter uses the terms of two scales of likelihood",
        "“Likely” and “probable” are of two rows of the same table; a reader who meets both looks "
        "for a difference (ICD 203, section D.6.e.(2)(a)).",
        "Keep to one row: likely, very likely, almost certain; or probable, highly probable, "
        "nearly certain.",
        severity=Severity.WARNING,
    ),
    Rule(
        "hedge-not-borne-out",
        "The prose hedges a figure in a way that does not hold",
        "“More than 28.8 million” is untrue when the source says 28.8 million, which may be 28.76.",
        "Leave the hedge to the figure: `{{ incident.exchanges }}` says it as the source does, and "
        "`{{ incident.exchanges | more_than }}` only if that holds.",
    ),
    Rule(
        "hedge-doubled",
        "A figure is hedged twice",
        "The case says “more than 13 million”, and the prose puts “over” before it.",
        "Leave out the hedge of the prose.",
    ),
    Rule(
        "hedge-contradicted",
        "The prose contradicts the hedge of a figure",
        "“More than nearly 25,000” says both above and below.",
        "Leave out the hedge of the prose.",
    ),
    Rule(
        "hedge-dropped",
        "A statement is firmer than its source",
        "The quoted words of the source say “over”, “likely” or “reportedly”, and the letter "
        "states it without.",
        "State it in the case file as the source does.",
    ),
    Rule(
        "fact-in-two-ways",
        "One fact is said in two ways",
        "Readers take two wordings for two numbers: the same rounding and the same hedge belong in "
        "text, table and chart.",
        "Choose one wording that the bounds bear out, and use it throughout.",
        severity=Severity.WARNING,
    ),
    Rule(
        "unit-of-another",
        "A figure is said to count something else than it does",
        "Exchanges are not requests, and accounts are not people: a figure is only true of what "
        "was counted.",
        "Use the word of the fact's `counts`.",
    ),
    Rule(
        "peak-as-total",
        "A number at one time reads as a total",
        "The source says “simultaneously” or “at peak”; without that the number seems to be of all "
        "there were.",
        "Add “at one time”, or “at its peak”.",
        severity=Severity.WARNING,
    ),
    Rule(
        "total-does-not-tie",
        "A total is not what its parts add up to",
        "Somebody will add them up. A part that is counted twice, or left out, shows.",
        "Let the template add: `stats.total(…)`. A sum of floors is a floor.",
    ),
    Rule(
        "day-counts-mixed",
        "One window is counted with both ends and without",
        "April 22 to June 5 is 45 days when both ends count and 44 elapsed; a letter that says "
        "both seems to speak of two windows.",
        "Use `stats.days(incident)`, which counts both ends, and say so once.",
    ),
    Rule(
        "day-count-unexplained",
        "Nothing says whether both ends of a window count",
        "Two careful readers count two numbers of days.",
        "Add “the first and the last day counted”.",
        severity=Severity.WARNING,
    ),
    Rule(
        "superlative-unscoped",
        "A superlative does not say known to whom, as of when",
        "“The largest” is a claim about all that nobody has seen. “The largest known to us as of "
        "June 10, 2026” can be true.",
        "Let the template prove it among the cases, `stats.largest(…)`, or say known to whom and "
        "as of when.",
        severity=Severity.WARNING,
    ),
    Rule(
        "growth-without-base",
        "A growth does not say over what",
        "80 percent more than the floors of February is not 80 percent more than their sum.",
        "Name the base in the sentence.",
        severity=Severity.WARNING,
    ),
    Rule(
        "term-before-definition",
        "A defined term is used before it is defined",
        "A reader who meets the term first takes it in its common meaning.",
        "Move the definition up to the first use.",
        severity=Severity.WARNING,
    ),
    Rule(
        "term-in-two-forms",
        "A defined term is used in another form, or defined twice",
        "Readers of letters like these take another form for another thing.",
        "Use the term as it is defined.",
        severity=Severity.WARNING,
    ),
    Rule(
        "conclusory-word",
        "A word draws a legal conclusion",
        "Stole, illegal, fraud, espionage: courts conclude so, letters allege facts. In quotation "
        "marks such a word is another's, and in a defined term it means what the definition says.",
        "Say what was done. Where counsel clears the word, the sentence says so: "
        '`{{ waive("conclusory-word", "why") }}`.',
    ),
    Rule(
        "quotation-not-in-source",
        "A quotation is not in the quoted words of its source",
        "What stands in quotation marks was said so, letter for letter. The case file holds the "
        "words under `quote` of the fact's source.",
        "Copy the words from the source into the case file, with a pin cite, or take the quotation "
        "marks away.",
        example=(
            "source: { id: disclosure, pin: para. 3, quote: a widely used and legitimate training "
            "method }"
        ),
    ),
    Rule(
        "quotation-of-another",
        "A quotation is given to somebody who did not say it",
        "The words are in a source, but the sentence names another speaker.",
        "Name the one who said it.",
    ),
    Rule(
        "position-undated",
        "The position of a party is stated without its date",
        "“Did not respond” is true on a day, and may be untrue on the next.",
        "Begin with “As of …”, and the day that the case file gives.",
        severity=Severity.WARNING,
    ),
    Rule(
        "positions-contradict",
        "One party is said to have given two answers on one day",
        "Reports disagree, and a letter cannot say both.",
        "Settle in the case file which of the answers stands.",
    ),
    Rule(
        "source-may-be-younger",
        "A source may be younger than the letter",
        "The date of the source is only known to the month or the year, and some of its days come "
        "after the letter.",
        "Look up the day on which it was published.",
        severity=Severity.WARNING,
    ),
    Rule(
        "stated-after-letter",
        "A fact was stated for a later day than the letter's",
        "A letter tells what was so on its day.",
        "Use the earlier value, or date the letter later.",
    ),
    Rule(
        "relative-date",
        "A day is named by the day of reading",
        "“Last week” is another week for whoever reads the letter in the archive.",
        "Write the date.",
        severity=Severity.WARNING,
    ),
    Rule(
        "addressee-mismatch",
        "The opening speaks to another committee",
        "The letter is addressed to one committee, and its first words name another: a letter that "
        "was copied, mostly.",
        "Print the recipient from the directory.",
    ),
    Rule(
        "personal-data",
        "A letter holds personal data",
        "E-mail addresses, IP addresses, telephone numbers and account ids are seldom needed for "
        "what a letter is for, and cannot be called back.",
        "Leave it out, or keep it in a restricted annex.",
    ),
    Rule(
        "waiver-unknown",
        "A waiver names a rule that there is not",
        "The finding that was meant is told all the same.",
        "Correct the code.",
    ),
    Rule(
        "waiver-unused",
        "A waiver waives nothing",
        "The sentence was changed, or never had the finding; the waiver would hide what comes "
        "later.",
        "Take it away.",
        severity=Severity.WARNING,
    ),
    Rule(
        "unknown-lint-rule",
        "The settings speak of a rule that there is not",
        "An organization switches the rules of the lint by their codes.",
        "Correct the code.",
        example="lint:\n  relative-date: off",
    ),
)
