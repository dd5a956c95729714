"""What people said of a letter, as a record keeps it: verdicts, approvals, waivers; more when asked.

The lines are those of the log, byte for byte, so that their signatures hold. Comments, disputes and
earlier drafts may be privileged: they go into a record only when somebody asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.archive import layout
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.papers import log_path
from reportgen.jobs.review.keeping import SUFFIX
from reportgen.letters import keeping
from reportgen.review.log.entries import Approval, Checked, GateWaiver

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.jobs.archive.sourcing import Names
    from reportgen.jobs.review.reviewing import Review
    from reportgen.problems.model import Problem

_KINDS: Final = (Checked, Approval, GateWaiver)


def witnesses(
    review: Review, names: Names, *, with_review: bool = False
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return what goes into a record of a letter's review, by its places in the bag.

    Args:
        review: The review.
        names: Names for the places that kept drafts speak of.
        with_review: Whether comments and earlier drafts are asked for.
    """
    path = log_path(review.letter)
    if not path.exists():
        return {layout.APPROVALS: b""}, ()
    content, problems = read_bytes(path, show(path))
    lines = (content or b"").split(b"\n")
    wanted = sorted(each.line for each in review.log.lines if isinstance(each.entry, _KINDS))
    kept = b"".join(lines[number - 1] + b"\n" for number in wanted)
    found = {layout.APPROVALS: kept}
    if with_review:
        found[f"{layout.REVIEW}/{path.name}"] = content or b""
        drafts, more = _drafts(review.letter, names)
        found |= drafts
        problems += more
    return found, problems


def _drafts(letter: Path, names: Names) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the drafts that were kept of a letter, their places named as on any machine."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(letter.with_suffix(SUFFIX).glob("*.json")):
        content, wrong = read_bytes(path, show(path), keeping.LIMIT)
        problems += wrong
        if content is None:
            continue
        draft, wrong = keeping.read(content, show(path))
        problems += wrong
        if draft is not None:
            kept = keeping.keep(names.in_places(draft))
            found[f"{layout.REVIEW}/{letter.stem}{SUFFIX}/{path.name}"] = kept
    return found, tuple(problems)
