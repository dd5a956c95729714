"""What review costs, for the specimen letter and for one of sixty pages.

python -m tests.benchmarks.reviewing [RUNS]

Each command stands beside a peer or a floor of the same run, in turns: the index beside the making
of the PDF, whose layout it needs; the lint beside `reportgen check`, which composes no letter; the
redline beside Docxodus, a compiled program that gets the Word files of both drafts ready-made; and
what comes back beside python-docx, which reads the file's paragraphs and nothing more.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from python_redlines.engines import DocxodusEngine

from reportgen.jobs.drafts.freshness import NAME as RECORD
from tests.benchmarks import machine
from tests.benchmarks.timing import medians, process
from tests.review.letters_edited import Writer
from tests.review.word_editor import Editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.timing import Cost

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = Path(sys.executable).with_name("reportgen")
LETTERS: Final = Path("cases/alibaba-2026/letters")
SPECIMEN: Final = "senate-banking"
PARTS: Final = 46
"""How many sections are added to the specimen to make sixty pages of it."""
RUNS: Final = 5
EDITS: Final = 20
PARAGRAPHS: Final = "import docx, sys; [p.text for p in docx.Document(sys.argv[1]).paragraphs]"


def main() -> None:
    """Measure both letters, in a copy of the workspace."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for line in machine.description():
        say(line)
    with TemporaryDirectory() as folder:
        house = Path(folder).resolve()
        for name in ("cases", "templates"):
            shutil.copytree(ROOT / name, house / name)
        engine = DocxodusEngine(target_path=str(house / "peer"))
        lengthen(house, "sixty-pages")
        for name in (SPECIMEN, "sixty-pages"):
            Bench(house, name, engine).measure(runs)
    say(f"\n{machine.load()}")


def lengthen(house: Path, name: str) -> None:
    """Write a letter that is the specimen with many sections more, each figure bound and cited."""
    folder = house / LETTERS
    shutil.copy(folder / f"{SPECIMEN}.yaml", folder / f"{name}.yaml")
    random = Random(1)  # noqa: S311 - repeatable, and no secret
    writer = Writer(random)
    lines = [(folder / f"{SPECIMEN}.md").read_text(encoding="utf-8")]
    for part in range(PARTS):
        lines.append(f"## {writer.clause()} {{#part-{part}}}")
        lines += (" ".join(_sentences(writer, random)) for _ in range(8))
    (folder / f"{name}.md").write_text("\n\n".join(lines), encoding="utf-8")


def _sentences(writer: Writer, random: Random) -> list[str]:
    made = []
    for _ in range(random.randint(2, 6)):
        figure = ", that is {{ incident.exchanges }} exchanges" if random.random() < 0.3 else ""
        note = "{{ cite(incident.exchanges) }}" if random.random() < 0.15 else ""
        made.append(f"{writer.clause()}{figure}.{note}")
    return made


class Bench:
    """One letter, sent to review and edited since, and its Word file come back."""

    def __init__(self, house: Path, name: str, engine: DocxodusEngine) -> None:
        """Send the letter to review, edit it, and edit the Word file that was sent."""
        self._house, self._engine = house, engine
        self._letter = LETTERS / f"{name}.yaml"
        self._folder = house / "output" / LETTERS.parts[1] / name
        self._run("review", self._letter)
        self._sent = self._folder / "review" / "1" / "letter.docx"
        prose = (house / self._letter).with_suffix(".md")
        text = prose.read_text(encoding="utf-8")
        words = ("The campaign", "The Company", "in writing", "without delay")
        for number, word in enumerate(words):
            text = text.replace(word, f"{word} further", 1 + 10 * number)
        prose.write_text(text, encoding="utf-8")
        self._run("build", "--format", "docx", self._letter)
        self._edited = self._folder / "letter.docx"
        editor = Editor(self._sent.read_bytes())
        for number in range(EDITS):
            editor.replace(" the ", " that ", tracked=number % 2 == 0)
        self._returned = house / f"{name}.docx"
        self._returned.write_bytes(editor.saved())

    def _run(self, *arguments: str | Path) -> None:
        process((COMMAND, *arguments), self._house)()

    def _building(self) -> Cost:
        (self._folder / RECORD).unlink(missing_ok=True)
        return process((COMMAND, "build", "--format", "pdf", self._letter), self._house)()

    def _linting(self) -> Callable[[], Cost]:
        # What it objects to ends it with 1.
        command = f"{COMMAND} lint {self._letter} || test $? -eq 1"
        return process(("/bin/sh", "-c", command), self._house)

    def _peer(self) -> Callable[[], Cost]:
        program, target = self._engine.extracted_binaries_path, self._house / "peer.docx"
        return process((program, self._sent, self._edited, target, "--author=A"), self._house)

    def measure(self, runs: int) -> None:
        """Measure each command against its own, and print a table."""
        letter, returned = self._letter, self._returned
        took = medians(
            {
                "pdf": self._building,
                "index": process((COMMAND, "index", letter, "--format", "html"), self._house),
                "check": process((COMMAND, "check"), self._house),
                "lint": self._linting(),
                "docxodus": self._peer(),
                "redline": process((COMMAND, "redline", letter, "--format", "docx"), self._house),
                "python-docx": process((sys.executable, "-c", PARAGRAPHS, returned), self._house),
                "returned": process(
                    (COMMAND, "returned", returned, "--letter", letter), self._house
                ),
            },
            runs,
        )
        say(f"\n{letter.stem}\n  {'':<44} {'wall ms':>9} {'cpu ms':>8}  against the one above")
        for first, second in (
            ("pdf", "index"),
            ("check", "lint"),
            ("docxodus", "redline"),
            ("python-docx", "returned"),
        ):
            row(first, took[first])
            row(second, took[second], f"{took[second].cpu / took[first].cpu:.2f} x")


WORDS: Final = {
    "pdf": "reportgen build --format pdf, its chart kept",
    "index": "reportgen index --format html",
    "check": "reportgen check, of all cases and letters",
    "lint": "reportgen lint, of the letter",
    "docxodus": "Docxodus, two Word files given",
    "redline": "reportgen redline --format docx",
    "python-docx": "python-docx, the paragraphs",
    "returned": f"reportgen returned, {EDITS} edits",
}


def row(name: str, cost: Cost, remark: str = "") -> None:
    """Print a line of a table."""
    line = f"  {WORDS[name]:<44} {1_000 * cost.wall:>9,.0f} {1_000 * cost.cpu:>8,.0f}  {remark}"
    say(line.rstrip())


def say(line: str) -> None:
    """Print a line at once, since the next one may take a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
