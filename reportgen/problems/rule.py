"""A rule: what a code stands for, why it is a rule, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.problems.model import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What `reportgen explain CODE` tells.

    Attributes:
        code: The kebab-case name that problems carry.
        title: What is wrong, as a sentence without a full stop.
        explanation: Why it is a problem, in one or more sentences.
        way_out: What to do, in one or more sentences.
        example: A few lines of a file that do it right; empty where words suffice.
        severity: Whether it stops the work.
    """

    code: str
    title: str
    explanation: str
    way_out: str
    example: str = ""
    severity: Severity = Severity.ERROR
