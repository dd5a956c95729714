"""Charts drawn once and kept: drawing one costs more than setting the letter around it.

A chart is kept under the digest of all that it was made from: its kind, its inputs, the typeface
and the program. What is kept is read back only whole; a file that was cut off or altered is drawn
anew.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.reading import read_bytes
from reportgen.jobs.drafts import freshness
from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed, nearest
from reportgen.statistics.model import Chart

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.statistics.model import Input

FOLDER = ".charts"
"""The folder, under the output, in which drawn charts are kept."""

KINDS = ("comparison", "activity", "timeline")
"""The charts that a letter can have."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws charts in a typeface, and keeps them.

    Attributes:
        regular: The typeface's upright.
        bold: Its bold.
        kept: The folder in which charts are kept; made when needed.
        afresh: Whether to draw what is kept already.
    """

    regular: Path
    bold: Path
    kept: Path
    afresh: bool = False

    def __call__(self, kind: str, inputs: tuple[Input, ...]) -> Chart | Refusal:
        """Return the chart of a kind over inputs, or why it cannot be drawn."""
        if kind not in KINDS:
            close = nearest(kind, KINDS)
            return Refusal(
                "unknown-chart",
                f"there is no chart `{kind}`",
                f"did you mean `{close}`?" if close else f"there are {listed(KINDS)}",
            )
        path = self.kept / f"{self._key(kind, inputs)}.json"
        chart = None if self.afresh else _read(path)
        if chart is None:
            drawn = self._draw(kind, inputs)
            if isinstance(drawn, Refusal):
                return drawn
            chart = drawn
            self._keep(path, chart)
        return chart

    def _draw(self, kind: str, inputs: tuple[Input, ...]) -> Chart | Refusal:
        from reportgen.statistics import charts  # noqa: PLC0415 - matplotlib, when it is needed

        typeface = charts.Typeface(self.regular, self.bold)
        match kind:
            case "comparison":
                return charts.comparison(inputs, typeface)
            case "activity":
                return charts.activity(inputs, typeface)
            case _:
                return charts.timeline(inputs, typeface)

    def _key(self, kind: str, inputs: tuple[Input, ...]) -> str:
        fonts = freshness.digests((self.regular, self.bold))
        known = (
            freshness.program(),
            kind,
            # A set has no order of its own, and repr would give it one that changes.
            [(repr(replace(each, actors=frozenset())), sorted(each.actors)) for each in inputs],
            sorted(map(str, fonts.values())),
        )
        return sha256(json.dumps(known).encode()).hexdigest()

    def _keep(self, path: Path, chart: Chart) -> None:
        """Keep a chart; a letter does not fail because its chart could not be kept."""
        try:
            self.kept.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        content = json.dumps({**asdict(chart), "svg": b64encode(chart.svg).decode()})
        atomic.write(path, f"{sha256(content.encode()).hexdigest()}\n{content}".encode())


def _read(path: Path) -> Chart | None:
    kept, _ = read_bytes(path)
    digest, _, content = (kept or b"").partition(b"\n")
    if not content or sha256(content).hexdigest() != digest.decode(errors="replace"):
        return None
    try:
        fields = json.loads(content)
        return Chart(
            **{
                **fields,
                "svg": b64decode(fields["svg"]),
                "columns": tuple(fields["columns"]),
                "rows": tuple(map(tuple, fields["rows"])),
                "inputs": tuple(fields["inputs"]),
            }
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
