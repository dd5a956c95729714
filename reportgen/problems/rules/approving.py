"""Checking and approving: the log of a review, and what a final letter needs."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "review-line",
        "A line of a review's log cannot be read",
        "The log, `<letter>.review.jsonl`, holds an entry a line. This line was cut off, by a full "
        "disk or a power cut, or somebody wrote it by hand. It counts for nothing; the other "
        "lines are read all the same, and what is recorded next begins on a line of its own.",
        "Restore the line from version control, or have it said again and delete the line.",
    ),
    Rule(
        "review-line-altered",
        "A line of a review's log was changed after it was written",
        "An entry's id is made from all that it says, and this one does not fit what stands there "
        "now. A log is only ever added to: who said what, and when, is what a review is for.",
        "Restore the line from version control. Whoever wants to say something else says it again.",
    ),
    Rule(
        "review-kind-unknown",
        "A line of a review's log is of a kind that this version does not know",
        "A later version of reportgen wrote it. It is kept as it is, and counts for nothing here.",
        "Use the version of reportgen that the others use.",
        severity=Severity.WARNING,
    ),
    Rule(
        "review-other-letter",
        "A line of a review's log speaks of another letter",
        "What was said of one letter holds for no other, not even for a copy of it.",
        "Move the line to the log of its letter, or let the copy be reviewed anew.",
        severity=Severity.WARNING,
    ),
    Rule(
        "entry-refused",
        "What somebody wants to put on record cannot be",
        "A comment needs words, and no control characters; there is room for 20,000 characters.",
        "Say it in plain words; what is longer belongs into a document of its own.",
    ),
    Rule(
        "identity-unknown",
        "Nobody has said who is speaking",
        "Each entry of a review names who made it, by name and e-mail address.",
        "Set `REPORTGEN_IDENTITY`, or tell git who you are: `git config user.name`, `user.email`.",
        "REPORTGEN_IDENTITY='Ada Example <ada@example.com>'",
    ),
    Rule(
        "cannot-sign",
        "An entry cannot be signed",
        "A key is configured, by `REPORTGEN_SIGNING_KEY` or git's `reportgen.signingkey`, and "
        "`ssh-keygen` could not use it. Nothing was recorded: unsigned is not what you asked for.",
        "Name a key of yours, or its public half when an agent holds the key; or configure none.",
    ),
    Rule(
        "signature-bad",
        "A signature is not that of the person who is named",
        "The entry was changed, or signed with a key that the file of allowed signers does not "
        "give to that person for that day. It counts for nothing.",
        "Ask the person to say it again, and find out who wrote the line. Keys stand in "
        "`templates/organization/allowed_signers`, a line each.",
    ),
    Rule(
        "verdict-own",
        "Somebody would check their own letter",
        "Every sentence is checked by somebody who did not write it: that is what referencing is "
        "(GAO). Authors are those whom the letter's file names; if it names nobody, those who "
        "changed the letter's file or its prose, as git tells.",
        "Have somebody else check it. If git names people who only mended commas, name the authors.",
        "authors: [ada@example.com]",
    ),
    Rule(
        "authors-unknown",
        "Nobody is known as a letter's author",
        "The checker is not the author, and where no author is known nobody can tell.",
        "Name the authors in the letter's file.",
        "authors: [ada@example.com]",
    ),
    Rule(
        "unknown-comment",
        "There is no such comment or dispute",
        "It is answered by its id, or by the beginning of it as long as only one begins so.",
        "`reportgen status LETTER` shows what is open, with ids.",
    ),
    Rule(
        "unknown-role",
        "A role is none of those whose approval is asked for",
        "The roles stand in the organization's file, under `review`.",
        "Use one of them, or add the role there.",
        "review:\n  roles: [counsel, policy]",
    ),
    Rule(
        "unchecked-assertion",
        "A sentence of a final letter is unchecked",
        "A letter does not issue before each of its sentences was held against its evidence by "
        "somebody who did not write it. A verdict holds for the words, facts, values and sources "
        "of a sentence; when one of them changes it lapses, and the message says which.",
        "Check it, `reportgen verdict LETTER N ok`; or let it pass on record, `reportgen build "
        '--final --waive unchecked-assertion --reason "..."`.',
    ),
    Rule(
        "assertion-wrong",
        "A checker finds a sentence wrong",
        "One checker who says wrong outweighs those who say right.",
        "Mend the sentence or its case file. A finding is withdrawn by whoever made it, with "
        "`reportgen verdict LETTER N ok`.",
    ),
    Rule(
        "approval-missing",
        "A role has not approved a letter",
        "The organization's file says which roles approve a letter before it is final.",
        "Ask for it: `reportgen approve LETTER --role counsel`.",
        "review:\n  roles: [counsel, policy]",
    ),
    Rule(
        "approval-lapsed",
        "An approval has lapsed",
        "It was given to what the letter said then, and holds for nothing else. The message says "
        "which sentence changed, and how.",
        "Have the change looked at and the letter approved again; or undo the change, and the "
        "approval holds again.",
    ),
    Rule(
        "approval-unknown",
        "An approval is for a draft that nobody has",
        "When somebody approves a letter, the draft is kept beside it, in `<letter>.drafts/`. The "
        "one that this approval speaks of is not there, or is not what was approved.",
        "Restore the folder from version control, or have the letter approved again.",
    ),
    Rule(
        "comment-open",
        "A comment is open",
        "A question that counsel asked is answered before the letter is final.",
        'Answer it: `reportgen resolve LETTER ID "..."`.',
    ),
    Rule(
        "dispute-open",
        "A figure is disputed",
        "Somebody changed a figure in a file that came back. A figure changes in its case file, "
        "with a source, or not at all.",
        'Settle it there, and say how: `reportgen resolve LETTER ID "..."`.',
    ),
    Rule(
        "unknown-waiver",
        "What was to be waived does not stand in the way",
        "What the review leaves open and what the lint finds can be let pass on record, when it is "
        "there. An open point of the letter itself cannot, nor what contradicts an earlier letter.",
        "Look at the list without `--waive` first, and name what stands there.",
    ),
    Rule(
        "said-otherwise",
        "A letter says a fact otherwise than an earlier letter did",
        "An earlier letter was submitted that gives this fact another value, or other words or "
        "another hedge. Two statements that do not agree are what the readers of both will ask "
        "about. While one drafts this is a warning; it stops a final letter.",
        "Say it as it was said; or, if that was wrong, correct it openly and name the letter that "
        "is corrected.",
        "corrects: alibaba-2026/senate-banking",
        Severity.WARNING,
    ),
    Rule(
        "corrects-unknown",
        "A letter corrects one that was never submitted",
        "What is corrected is a record of the archive, or all records of a letter.",
        "Name the record as `reportgen archive list` shows it, or the letter as `<case>/<letter>`.",
        "corrects: 2026-06-10-alibaba-2026-senate-banking",
    ),
    Rule(
        "answers-unknown",
        "A letter answers a question that nobody asked",
        "A question for the record is entered with `reportgen question`, and has an id from then "
        "on. The letter that answers it names the id, and closes it when it is submitted.",
        "`reportgen questions` shows the questions and their ids.",
        "answers: q-3f9a0c1b",
    ),
    Rule(
        "final-missing",
        "There is no final copy of what a letter says today",
        "What is submitted is the final copy that the gate let through. There is none, or the "
        "letter has changed since it was built.",
        "Build it, `reportgen build LETTER --final`; or undo what changed since.",
    ),
    Rule(
        "facts-unreadable",
        "What a submitted letter said is not known",
        "What was said before is held against what is said now. The facts of this record are gone, "
        "or are not what was sealed, so that nothing can be held against them. While one drafts "
        "this is a warning; it stops a final letter.",
        "Look into it with `reportgen verify`, restore the bag from a copy, and call "
        "`reportgen archive reindex`.",
        severity=Severity.WARNING,
    ),
)
