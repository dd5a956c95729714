"""The reporting laws of a workspace: each file read once, when a case names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.regimes import loading
from reportgen.regimes.assessing import assessed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from reportgen.cases.model import Case
    from reportgen.problems.model import Problem
    from reportgen.regimes.model import Regime, Regimes
    from reportgen.workspace import Workspace


@dataclass
class Laws:
    """The regimes of one workspace, with what is wrong with their files.

    Attributes:
        workspace: Whose; its own files win over those shipped with reportgen.
    """

    workspace: Workspace
    _read: dict[str, Regime | None] = field(default_factory=dict, repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all regimes that there are."""
        return loading.names(self.workspace)

    def named(self, cases: Iterable[Case]) -> tuple[Regimes, tuple[Problem, ...]]:
        """Return the regimes that cases name, as far as there are such.

        Returns:
            The regimes by name, and the problems of those files that were not read before.
        """
        return self.regimes(dict.fromkeys(name for case in cases for name in case.regimes))

    def regimes(self, wanted: Collection[str]) -> tuple[Regimes, tuple[Problem, ...]]:
        """Return those of the wanted regimes that there are; see `named`."""
        unread = [name for name in wanted if name not in self._read]
        found, problems = loading.load(self.workspace, unread)
        self._read |= dict.fromkeys(unread) | dict(found)
        known = {name: self._read[name] for name in wanted}
        return {name: each for name, each in known.items() if each is not None}, problems

    def problems(self, case: Case, document: str, now: datetime) -> tuple[Problem, ...]:
        """Return what is wrong with what a case says of reporting laws.

        Args:
            case: The case.
            document: Its file.
            now: The present, with its offset.
        """
        regimes, problems = self.named([case])
        return (*problems, *assessed(case, document, regimes, self.names, now))
