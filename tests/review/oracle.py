"""Our redlines against those of a peer (Docxodus, by way of python-redlines), letter by letter.

    python -m tests.review.oracle 200

Both get the same two Word files. Taken and left, the changes must give back both of them, in text,
tables, notes and heads; and ours must touch no more words than the peer's. Where the peer's redline
gives back another letter, it is counted, and its words are no measure: what it did not mark it did
not touch.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from python_redlines.engines import DocxodusEngine

from reportgen.jobs.redlining import compared
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition, Revision
from tests.rendering.letter_sample import stationery
from tests.review.letters_edited import pair
from tests.review.letters_made import draft, e, letter
from tests.review.word_changes import touched, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.letters.draft import Draft

LOOK = stationery(without_fonts=True)
AT_ONCE = 2


@dataclass(frozen=True)
class Compared:
    """A pair of letters, as both redlines tell it.

    Attributes:
        seed: What the pair is made from.
        edits: What was done to the letter.
        ours: How many words our redline touches.
        theirs: How many the peer's touches.
        wrong: The parts in which ours does not give back a draft.
        peer_wrong: Those in which the peer's does not.
    """

    seed: int
    edits: tuple[str, ...]
    ours: int
    theirs: int
    wrong: tuple[str, ...]
    peer_wrong: tuple[str, ...]

    @property
    def more(self) -> bool:
        return not self.peer_wrong and self.ours > self.theirs


def unavailable(engine: DocxodusEngine) -> str | None:
    """Why the peer cannot run here; None where it can."""
    content = _plain(draft(letter(e("section", e("p", "text")))))
    try:
        engine.run_redline("A", content, content)
    except (OSError, ValueError) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever a program of another's says
        return f"{type(error).__name__}: {error}"
    return None


def held_against(engine: DocxodusEngine, seeds: Iterable[int]) -> list[Compared]:
    """Both redlines of the pairs that seeds make."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda seed: _compared(engine, seed), seeds))


def _compared(engine: DocxodusEngine, seed: int) -> Compared:
    old, new, edits = pair(seed)
    before, after = _plain(old), _plain(new)
    ours = _tracked(old, new)
    theirs, _, _ = engine.run_redline("A", before, after)
    wrong, peer_wrong = (_wrong(content, before, after) for content in (ours, theirs))
    return Compared(seed, edits, touched(ours), touched(theirs), wrong, peer_wrong)


def _wrong(content: bytes, before: bytes, after: bytes) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for meant, accept in ((after, True), (before, False)):
        said, wanted = whole(content, accept=accept), whole(meant, accept=True)
        for part in sorted({*said, *wanted}):
            if said.get(part, []) != wanted.get(part, []):
                found[f"{part}, {'accepted' if accept else 'rejected'}"] = None
    return tuple(found)


def _plain(given: Draft) -> bytes:
    artifact, problems = render(given, LOOK)
    assert artifact is not None, problems
    return artifact.content


def _tracked(old: Draft, new: Draft) -> bytes:
    made = compared(old, new)
    tree = replace(new, document=made.document, charts=made.charts, pictures=made.pictures)
    artifact, problems = render(tree, LOOK, Edition(), Revision(new.author, new.date, made.heads))
    assert artifact is not None, problems
    return artifact.content


def main() -> None:
    """Print how many words both touch, and where one is wrong."""
    with TemporaryDirectory() as folder:
        engine = DocxodusEngine(target_path=str(Path(folder)))
        pairs = held_against(engine, range(int(sys.argv[1])))
    right = [each for each in pairs if not each.peer_wrong]
    lines = [
        (
            f"{len(pairs)} pairs; ours is wrong in {sum(bool(each.wrong) for each in pairs)}, "
            f"the peer in {len(pairs) - len(right)}"
        ),
        (
            f"words touched where both are right: {sum(each.ours for each in right):,} by ours, "
            f"{sum(each.theirs for each in right):,} by the peer's; "
            f"fewer in {sum(each.ours < each.theirs for each in right)}, "
            f"as many in {sum(each.ours == each.theirs for each in right)}, "
            f"more in {sum(each.more for each in right)}"
        ),
        *(f"more: {each}" for each in right if each.more),
        *(f"wrong: {each}" for each in pairs if each.wrong or each.peer_wrong),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
