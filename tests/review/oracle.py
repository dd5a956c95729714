"""Our redlines against those of a peer (Docxodus, by way of python-redlines), letter by letter.

    python -m tests.review.oracle 200           asks the peer
    python -m tests.review.oracle 200 --keep    and keeps its answers in peer.json

Asking takes the peer a second and a half a pair, more than all else; so its answers are kept, by the
digest of what it was asked, and tests ask only about what is new, and some again.

Both get the same two Word files. Taken and left, the changes must give back both of them, in text,
tables, notes and heads; and ours must touch no more words than the peer's. Where the peer's redline
gives back another letter, it is counted, and its words are no measure: what it did not mark it did
not touch.
"""

from __future__ import annotations

import json
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from python_redlines.engines import DocxodusEngine

from reportgen.jobs.review.redlining import compared
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition, Revision
from tests.rendering.letter_sample import stationery
from tests.review.letters_edited import pair
from tests.review.letters_made import draft, e, letter
from tests.review.word_changes import touched, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reportgen.letters.draft import Draft

LOOK = stationery(without_fonts=True)
AT_ONCE = 2
KEPT = Path(__file__).with_name("peer.json")


@dataclass(frozen=True)
class Answer:
    """What the peer made of two Word files.

    Attributes:
        words: How many words its redline touches.
        wrong: The parts in which it does not give back a draft.
    """

    words: int
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two Word files that are to be compared.

    Attributes:
        before: The earlier one.
        after: The later one.
    """

    before: bytes
    after: bytes

    @property
    def digest(self) -> str:
        """The digest of what the files say, whatever their styles and however they are packed."""
        digest = sha256()
        for content in (self.before, self.after):
            with zipfile.ZipFile(BytesIO(content)) as package:
                for name in sorted(package.namelist()):
                    if name.startswith(("word/document", "word/footnotes", "word/header")):
                        digest.update(f"{name}\n".encode() + package.read(name))
        return digest.hexdigest()

    def wrong(self, redline: bytes) -> tuple[str, ...]:
        """Return the parts in which a redline does not give back one of the files."""
        found: dict[str, None] = {}
        for meant, accept in ((self.after, True), (self.before, False)):
            said, wanted = whole(redline, accept=accept), whole(meant, accept=True)
            for part in sorted({*said, *wanted}):
                if said.get(part, []) != wanted.get(part, []):
                    found[f"{part}, {'accepted' if accept else 'rejected'}"] = None
        return tuple(found)


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


def kept() -> Mapping[str, Answer]:
    """What the peer has answered before, by the digests of pairs."""
    answers = json.loads(KEPT.read_text(encoding="utf-8"))
    return {digest: Answer(each["words"], tuple(each["wrong"])) for digest, each in answers.items()}


def files(seed: int) -> Pair:
    """The Word files of a pair of letters."""
    old, new, _ = pair(seed)
    return Pair(_plain(old), _plain(new))


def asked(engine: DocxodusEngine, given: Pair) -> Answer:
    """Ask the peer."""
    redline, _, _ = engine.run_redline("A", given.before, given.after)
    return Answer(touched(redline), given.wrong(redline))


def held_against(peer: Callable[[Pair], Answer], seeds: Iterable[int]) -> list[Compared]:
    """Both redlines of the pairs that seeds make."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda seed: _compared(peer, seed), seeds))


def _compared(peer: Callable[[Pair], Answer], seed: int) -> Compared:
    old, new, edits = pair(seed)
    given = Pair(_plain(old), _plain(new))
    ours, theirs = _tracked(old, new), peer(given)
    return Compared(seed, edits, touched(ours), theirs.words, given.wrong(ours), theirs.wrong)


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
    answers: dict[str, Answer] = {}
    with TemporaryDirectory() as folder:
        engine = DocxodusEngine(target_path=str(Path(folder)))

        def peer(given: Pair) -> Answer:
            return answers.setdefault(given.digest, asked(engine, given))

        pairs = held_against(peer, range(int(sys.argv[1])))
    if "--keep" in sys.argv:
        lasting = {digest: asdict(answers[digest]) for digest in sorted(answers)}
        KEPT.write_text(json.dumps(lasting, indent=0) + "\n", encoding="utf-8")
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
