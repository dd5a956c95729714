"""One cold build, stage by stage: run in a process of its own, writes seconds of the processor as JSON.

    python -m tests.benchmarks.stages WORKSPACE LETTER OUTPUT

Everything is imported before anything is done, so that what a library costs to load is not taken
for the work that needs it first.
"""

from __future__ import annotations

import inspect
import json
import logging
import sys
import time
from collections import Counter
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

STAGES = ("imports", "load", "statistics", "charts", "compose", "layout", "writing")

_IMPORTS = (
    "reportgen.cli.main",
    "reportgen.jobs.building.making",
    "reportgen.letters.composing",
    "reportgen.letters.versions",
    "reportgen.rendering.pdf",
    "reportgen.statistics.charts",
)


class _Clock:
    """Seconds by stage; a stage within another is taken off the outer one."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._within: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.process_time()
        self._within.append(0.0)
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.spent[name] += whole - self._within.pop()  # type: ignore[assignment]
            if self._within:
                self._within[-1] += whole

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: object, **named: object) -> object:
            with self.stage(name):
                return function(*arguments, **named)

        return run

    def time_all_of(self, module: ModuleType, name: str) -> None:
        for attribute, value in inspect.getmembers(module, inspect.isfunction):
            if value.__module__ == module.__name__ and not attribute.startswith("_"):
                setattr(module, attribute, self.timed(name, value))


class _WritingBegins(logging.Handler):
    """Notes when WeasyPrint says that it begins to write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("Step 6"):
            self.at = time.process_time()


def main(root: Path, letter: Path, output: Path) -> None:
    """Build a letter once, and say where the time went."""
    clock = _Clock()
    with clock.stage("imports"):
        # What letters compute is wrapped before the templates' functions take hold of it.
        for name in ("reportgen.statistics.measures", "reportgen.statistics.comparing"):
            clock.time_all_of(import_module(name), "statistics")
        for name in _IMPORTS:
            import_module(name)
        from reportgen.jobs.building import making  # noqa: PLC0415
        from reportgen.jobs.building.ordering import Order  # noqa: PLC0415
        from reportgen.jobs.drafts import charting, gathering  # noqa: PLC0415
        from reportgen.letters import composing  # noqa: PLC0415
        from reportgen.rendering import pdf  # noqa: PLC0415
        from reportgen.workspace import Workspace  # noqa: PLC0415

    begins = _WritingBegins()
    progress = logging.getLogger("weasyprint.progress")
    progress.addHandler(begins)
    progress.setLevel(logging.INFO)

    def rendered(*arguments: Any) -> object:  # noqa: ANN401 - handed on
        start = time.process_time()
        result = render(*arguments)
        end = time.process_time()
        clock.spent["layout"] += begins.at - start  # type: ignore[assignment]
        clock.spent["writing"] += end - begins.at  # type: ignore[assignment]
        return result

    render = pdf.render
    pdf.render = rendered  # type: ignore[assignment]
    gathering.Gatherer.gather = clock.timed("load", gathering.Gatherer.gather)  # type: ignore[method-assign]
    charting.Drawer.__call__ = clock.timed("charts", charting.Drawer.__call__)  # type: ignore[method-assign]
    composing.compose = clock.timed("compose", composing.compose)

    built = making.Maker(Order(Workspace(root), output)).make(letter)
    if built.failed:
        raise SystemExit(f"{letter} could not be built")
    json.dump({"pages": built.pages, **{name: clock.spent[name] for name in STAGES}}, sys.stdout)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
