"""What each release sealed holds for ever, and is built again in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.archive.verdicts import State, Verification
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from tests.archive.sealed import clock
from tests.records import museum

if TYPE_CHECKING:
    from pathlib import Path

RELEASES = museum.releases()


def verified(folder: Path, release: str, *, rendering: bool) -> Verification:
    archive = museum.unpacked(release, folder / release)
    told = verify(Inquiry(archive, clock(), rendering=rendering))
    assert isinstance(told, Verification), told
    return told


def test_there_is_a_record_to_be_verified() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_sealed_holds(tmp_path: Path, release: str) -> None:
    told = verified(tmp_path, release, rendering=False)
    assert told.holds
    for record in told.records:
        assert record.papers.state is State.HOLDS
        assert record.rerendering.state is State.NOT_ASKED


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_sealed_still_gives_the_same_words(tmp_path: Path, release: str) -> None:
    """Its look may become another one day; that is told then, with how far it is off."""
    told = verified(tmp_path, release, rendering=True)
    for record in told.records:
        faults = [each.message for each in record.rerendering.faults]
        assert all("the same words;" in each for each in faults), faults
