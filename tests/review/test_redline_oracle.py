"""Our redlines held against a peer's, over hundreds of letters that are made and edited by a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_redlines.engines import DocxodusEngine

from tests.review.letters_edited import EDITS
from tests.review.oracle import Compared, held_against, unavailable

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = 200
MORE = {34: "a paragraph is divided, and its second half becomes an item of a list"}
"""The seeds of pairs in which ours touches more words, and what was done there."""


def compared(folder: Path) -> list[Compared]:
    """Return what became of every pair; skip where the peer cannot run."""
    try:
        engine = DocxodusEngine(target_path=str(folder))
    except (ImportError, OSError) as error:
        pytest.skip(f"the peer is not here: {error}")
    reason = unavailable(engine)
    if reason is not None:
        pytest.skip(f"the peer does not run here: {reason}")
    return held_against(engine, range(PAIRS))


# One test, since the pairs take minutes and tests run in processes that share nothing.
@pytest.mark.slow
def test_our_redlines_give_back_both_letters_and_touch_no_more_words_than_the_peers(
    tmp_path: Path,
) -> None:
    pairs = compared(tmp_path)
    assert {name for each in pairs for name in each.edits} == set(EDITS)
    assert [each for each in pairs if each.wrong] == []
    right = [each for each in pairs if not each.peer_wrong]
    assert len(right) > 0.9 * PAIRS, "the peer gives back too few letters to be a measure"
    assert {each.seed for each in right if each.more} <= set(MORE)
    assert sum(each.ours for each in right) < sum(each.theirs for each in right)
