"""What tests of several rooms share.

Hypothesis tries the same examples in every run and looks at no clock, so that a test fails only for
what was changed. `pytest --hypothesis-profile searching` tries others, and ten times as many.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.verapdf import referee

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.register_profile(
    "searching", derandomize=False, deadline=None, max_examples=1000, print_blob=True
)
settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are cores, since tests wait for other programs."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow, so that no process is left alone with it at the end.

    The process that has it begins with it, and the others take from its other tests (`worksteal`).
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def verapdf() -> Callable[[Path, str], referee.Verdict]:
    """Ask veraPDF about a file and a profile; the test is skipped where there is none."""
    command = referee.command()
    if command is None:
        pytest.skip(referee.ABSENT)
    return partial(referee.verify, command)
