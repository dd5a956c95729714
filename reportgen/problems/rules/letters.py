"""Letters: what they name, what they say, and the templates that say it."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "letter-misplaced",
        "A letter does not stand where letters stand",
        "A letter is `cases/<case>/letters/<letter>.yaml` of a workspace: from its place come its "
        "name, its templates and the folder of what is built from it.",
        "Move the file there, and give it a name of lower-case letters, digits and hyphens.",
    ),
    Rule(
        "unknown-case",
        "A letter draws on a case that is not there",
        "A letter names the cases that it draws on by their ids.",
        "Correct the id, or add the case.",
    ),
    Rule(
        "unknown-family",
        "A letter belongs to a family that is not there",
        "A family of letters is a folder under `templates/letters/`.",
        "Correct the name, or add the family.",
    ),
    Rule(
        "unknown-organization",
        "A letter comes from an organization that is not there",
        "Who writes is a file under `templates/organization/`.",
        "Correct the name, or add the file.",
    ),
    Rule(
        "unknown-recipient",
        "A letter goes to somebody who is not in the directory",
        "Recipients are offices of the files under `templates/directory/`, so that names, titles "
        "and addresses are looked up once and are the same in every letter.",
        "Correct the name, or add the office to the directory.",
        example="recipients:\n  - us-senate-banking.chair",
    ),
    Rule(
        "recipient-not-valid",
        "Nobody held the office on the date of the letter, or more than one",
        "The directory knows who holds an office from when to when. On the letter's date it knows "
        "nobody, or cannot tell which of two.",
        "Correct the date, or add the holder of the office to the directory.",
    ),
    Rule(
        "recipient-left-office",
        "A recipient had left office on the date of the letter",
        "The directory knows who held the office last, and that they left it before the letter's date.",
        "Add who holds the office now to the directory.",
    ),
    Rule(
        "office-vacant",
        "Nobody holds the office on the date of the letter",
        "The directory says that the office is vacant then; a letter cannot be addressed to it.",
        "Address another office, or wait.",
    ),
    Rule(
        "recipient-unverified",
        "Nobody has looked up an entry of the directory",
        "The entry has no `verified`. Names and addresses change; a letter to the wrong person "
        "is worse than a late one.",
        "Look the entry up and say when and where under `verified`. Where that cannot be done in time, "
        "somebody answers for it in the letter's file; the index shows who, and why.",
        example="acknowledged:\n  - recipient: us-senate-banking.chair\n    by: Counsel\n"
        "    date: 2026-06-09\n    reason: the office confirmed it by telephone",
        severity=Severity.WARNING,
    ),
    Rule(
        "acknowledgement-idle",
        "A recipient is acknowledged who need not be",
        "An acknowledgement is for a recipient of the letter whom nobody has looked up. One that is "
        "left behind would let pass what changes later.",
        "Take it away.",
        severity=Severity.WARNING,
    ),
    Rule(
        "too-many-addressees",
        "A letter has more addressees than its form has room for",
        "The family says how many inside addresses fit.",
        "Write several letters, or give copies (`copies`).",
    ),
    Rule(
        "addressee-missing",
        "A letter is addressed to nobody",
        "Only a family that says `max_addressees: 0` is for the public; any other has an inside "
        "address.",
        "Name an office of the directory under `recipients`.",
    ),
    Rule(
        "family-without-style",
        "A family of letters has no style sheet",
        "A family is a folder with `family.yaml`, `letter.html`, its sections and `style.css`. The "
        "style sheet comes after those that all families share, and says what is different here.",
        "Add `style.css`; a comment will do where nothing is different.",
        example="/* The common style sheets suffice. */",
    ),
    Rule(
        "required-fact-missing",
        "A case does not state what the letter has to say",
        "The family lists what a letter of its kind has to say, with the law that asks for it. In "
        "a draft the question stands in its place; a final letter has to answer it.",
        "Answer the question: state the fact in the case file, with its source.",
        severity=Severity.WARNING,
    ),
    Rule(
        "questions-missing",
        "A letter that answers questions has none",
        "Each question is quoted before its answer.",
        "Write the questions under `questions`, or name a file of the case that has them.",
        example="questions:\n  source: request\n  asked:\n    - number: 1\n      text: …",
    ),
    Rule(
        "questions-misplaced",
        "A letter has questions, and its family no place for them",
        "A family answers questions where its `family.yaml` says which section is set for each.",
        "Choose a family that answers questions, such as `answers`.",
    ),
    Rule(
        "question-out-of-order",
        "A list of questions skips a number, or repeats one",
        "A question that is left out by mistake looks like one that is evaded.",
        "Quote every question under its own number, in the order in which they were asked.",
    ),
    Rule(
        "question-unanswered",
        "A question has no answer",
        "The letter’s prose has no section for it, or an empty one.",
        "Write the answer below `## {#question-4}`, 4 being the number of the question.",
        severity=Severity.WARNING,
    ),
    Rule(
        "answer-unasked",
        "An answer belongs to no question",
        "A section is named after a question that the list does not have.",
        "Correct the number in the section’s name, or add the question.",
    ),
    Rule(
        "unknown-section",
        "A letter names a section that its family does not have",
        "A letter replaces or leaves out sections of its family by their names.",
        "Correct the name.",
    ),
    Rule(
        "source-younger-than-letter",
        "A letter cites a source that is younger than itself",
        "A letter can rest only on what was known on its date.",
        "Leave the statement out, find an older source, or date the letter later.",
    ),
    Rule(
        "undefined-name",
        "A template uses a name that nothing has",
        "A fact, a table or a figure is called by a name that is not there. Nothing is printed in "
        "its place.",
        "Correct the name; the message names the nearest.",
    ),
    Rule(
        "duplicate-name",
        "Two tables or figures have one name",
        "A reference to the name could mean either.",
        "Give one of them another name.",
    ),
    Rule(
        "unbound-number",
        "A number in a letter is bound to no fact",
        "A figure, a percentage or a date that is typed into prose has no source, and stays as it "
        "is when the case is corrected.",
        "Make it a fact of the case and name the fact.",
        severity=Severity.WARNING,
    ),
    Rule(
        "template-missing",
        "A template file is not there",
        "A letter needs a file that is neither in the workspace's `templates/` nor shipped with "
        "reportgen.",
        "Add the file, or correct the name.",
    ),
    Rule(
        "template-syntax",
        "A template is not written as templates have to be",
        "A brace, a bracket or a word of the template language is missing or unknown.",
        "Look at the line that is shown. `{{ … }}` prints, `{% … %}` decides.",
    ),
    Rule(
        "template-forbidden",
        "A template does what templates may not",
        "Templates print facts; they read no files, reach no network and see nothing of the "
        "program.",
        "Leave it out.",
    ),
    Rule(
        "template-failed",
        "A template could not be carried out",
        "The line that is shown failed while the letter was being made.",
        "Look at the line: often a value of the wrong kind is handed to a filter.",
    ),
    Rule(
        "not-printable",
        "A template prints something that is no text",
        "A case, a list or an entry that the letter leaves out has no words to print. Python's own "
        "name for it would stand in the letter.",
        "Print a fact of the case, or each entry of the list; ask first whether an entry is there.",
    ),
    Rule(
        "not-a-citation",
        "What is marked as a legal citation cites no law",
        "The numbers of a legal citation need no fact, so nothing else may pass for one: it names a "
        "code, a register, a bill, a court or an article.",
        "Cite as “18 U.S.C. 1001” or “H.R. 8283”, and print any other number as a fact.",
    ),
    Rule(
        "markup-not-allowed",
        "Prose holds something that letters do not have",
        "Letters are made of a closed set of parts: paragraphs, headings, lists, quotations, "
        "tables, figures, footnotes. HTML is shown as text, never run.",
        "Use Markdown for the parts that there are.",
    ),
    Rule(
        "chart-inside-text",
        "A chart stands within a paragraph",
        "A chart is a figure of its own, with a caption.",
        "Give it a paragraph of its own.",
    ),
    Rule(
        "duplicate-section",
        "Two sections of a letter have one name",
        "A letter replaces and leaves out sections by their names; the name could mean either.",
        "Give one of them another name: `## Heading {#name}`.",
    ),
    Rule(
        "form-without-body",
        "The form of a letter has no place for its text",
        'The form (`letter.html`) is one `<article>` with one `<section class="body">`, which takes '
        "the sections.",
        "Restore the two elements.",
    ),
    Rule(
        "unknown-chart",
        "A letter asks for a chart that is not there",
        "Charts are drawn from the facts; there are a few kinds of them.",
        "Use one of the kinds that the message names.",
    ),
    Rule(
        "regime-not-assessed",
        "A letter is sent under a law of which its case says otherwise",
        "Counsel says in the case which reporting laws apply, or are reported under without a duty. "
        "A letter that goes out under another law would say more than was decided.",
        "Let counsel say it under `regimes` in the case, or correct the letter’s `regime`.",
    ),
    Rule(
        "regime-not-of-family",
        "A letter is sent under a law that its family has no form for",
        "A family has the sections that one law asks for, in its order: `regimes` in its "
        "`family.yaml` says which law’s, and which of its reports.",
        "Choose the law’s own family, or correct `regime` and `stage`.",
        example="regimes:\n  eu-gpai-code: [initial, intermediate]",
    ),
)
