"""What tests of several rooms share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.verapdf import referee

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def verapdf() -> Callable[[Path, str], referee.Verdict]:
    """Ask veraPDF about a file and a profile; the test is skipped where there is none."""
    command = referee.command()
    if command is None:
        pytest.skip(referee.ABSENT)
    return partial(referee.verify, command)
