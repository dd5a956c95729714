"""A referee who has no rules passes everything; so the referee is looked at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.verapdf.referee import Verdict

pytestmark = pytest.mark.slow


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    """A sound PDF that keeps to no standard."""
    path = tmp_path / "untagged.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


# veraPDF 1.31 has 153 and 106; a later one may have a few more or less.
@pytest.mark.parametrize(("profile", "rules"), [("2a", 140), ("ua1", 100)])
def test_the_referee_knows_all_rules_and_fails_a_file_that_keeps_to_none(
    verapdf: Callable[[Path, str], Verdict], untagged: Path, profile: str, rules: int
) -> None:
    verdict = verapdf(untagged, profile)
    assert not verdict.compliant
    assert verdict.failures
    assert verdict.rules > rules


def test_the_referee_says_when_it_cannot_read_a_file(
    verapdf: Callable[[Path, str], Verdict], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no PDF")
    with pytest.raises(RuntimeError, match="veraPDF ended with"):
        verapdf(broken, "2a")
