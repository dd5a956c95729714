"""The review of a letter as it stands: its draft of today, its log, and whose word counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.papers import allowed_signers, log_path
from reportgen.jobs.people import signing
from reportgen.jobs.people.identifying import authors
from reportgen.jobs.review import keeping
from reportgen.letters.naming import name_of, whole
from reportgen.problems.model import Place, Problem
from reportgen.review.log import content
from reportgen.review.log import lines as logs
from reportgen.review.log.entries import Checked, GateWaiver
from reportgen.review.log.lines import Log
from reportgen.review.log.status import Terms, status
from reportgen.review.log.verdicts import Trust, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.letters.draft import Draft
    from reportgen.review.log.lines import Logged
    from reportgen.review.log.status import Status
    from reportgen.review.model import Signature, Verdict
    from reportgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a letter.

    Attributes:
        letter: The letter's file.
        composed: The letter as it is today.
        problems: What its draft leaves open.
        log: What was said of it.
        terms: What counts, and for whom.
    """

    letter: Path
    composed: Composition
    problems: tuple[Problem, ...]
    log: Log
    terms: Terms

    @property
    def draft(self) -> Draft:
        """The letter as it is today."""
        return self.composed.draft

    def status(self, findings: Iterable[Problem] = ()) -> Status:
        """Return how far it is; `findings` are those of the lint and of what was said before."""
        return status(self.draft, self.log, self.terms, findings)

    def let_pass(self) -> tuple[str, ...]:
        """Return what was ever let pass in a final copy, with who and why, a sentence each."""
        trust, today = self.terms.trust, content.digest(self.draft)
        acknowledged = tuple(
            f"Not looked up, and acknowledged: {each.recipient}, by {each.by}, {each.date}. "
            f"{each.reason}"
            for each in self.composed.manuscript.letter.acknowledged
        )
        return acknowledged + tuple(
            f"Let pass in a final copy: {each.code}, by {each.by}, {each.at:%Y-%m-%d} "
            f"({trust.of(each)}){'' if each.content == today else ', of an earlier draft'}. "
            f"{each.reason}"
            for each in self.log.of(GateWaiver)
        )

    def verdicts(self) -> Mapping[str, Verdict]:
        """Return the verdict on each sentence that has one, by the assertion's id."""
        return verdicts(self.draft, self.log.of(Checked), self.terms.trust)


def read_log(letter: Path) -> Log:
    """Read the log of a letter; an empty one when nobody has said anything."""
    path = log_path(letter)
    if path.is_symlink():
        # Where it leads is no business of a letter's, and no line of it is to be shown.
        message = "this is a symbolic link, and a log is a file of its own"
        return Log(
            show(path), (), (Problem("not-a-file", message, Place(show(path))),), readable=False
        )
    content, problems = read_bytes(path, show(path), logs.LIMIT)
    if content is None and path.exists():
        return Log(show(path), (), problems, readable=False)
    return logs.read(content or b"", name_of(letter), show(path))


def review(workspace: Workspace, letter: Path) -> tuple[Review | None, tuple[Problem, ...]]:
    """Compose a letter and read its review.

    Returns:
        The review and the draft's open points, as warnings; or None and all that is wrong with
        the letter.
    """
    composed, problems = composition(workspace, letter)
    if composed is None:
        return None, problems
    return review_of(workspace, letter, composed, problems), problems


def review_of(
    workspace: Workspace, letter: Path, composed: Composition, problems: tuple[Problem, ...]
) -> Review:
    """Return the review of a letter that is composed already, with what its draft leaves open."""
    letter = whole(letter)
    settings = composed.manuscript.organization.review
    log = read_log(letter)
    trust = Trust(
        authors(letter, composed.manuscript.letter),
        _signatures(log, workspace),
        settings is not None and settings.signatures,
    )
    terms = Terms(
        tuple(dict.fromkeys(settings.roles)) if settings else (),
        trust,
        lambda digest: keeping.kept(letter, digest)[0],
    )
    return Review(letter, composed, problems, log, terms)


def _signatures(log: Log, workspace: Workspace) -> Mapping[str, Signature]:
    """Return what is known of the signature of each entry that has one, by the entry's id."""
    allowed = allowed_signers(workspace)
    signed = [each for each in log.lines if each.entry.signature is not None]

    def verified(each: Logged) -> Signature:
        entry = each.entry
        return signing.verify(each.signed, entry.signature or "", entry.by, entry.at, allowed)

    # Each is a process of its own, which mostly waits.
    with ThreadPoolExecutor() as several:
        found = several.map(verified, signed)
        return {each.entry.id: known for each, known in zip(signed, found, strict=True)}
