"""Our redlines held against a peer's, over hundreds of letters that are made and edited by a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_redlines.engines import DocxodusEngine

from tests.review.letters_edited import EDITS
from tests.review.oracle import Answer, Pair, asked, files, held_against, kept, unavailable

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = 200
AGAIN = range(0, PAIRS, 25)
"""The seeds of pairs of which the peer is asked again, to know that what it answered is so."""
MORE = {34: "a paragraph is divided, and its second half becomes an item of a list"}
"""The seeds of pairs in which ours touches more words, and what was done there."""


def engine(folder: Path) -> DocxodusEngine:
    """Return the peer; skip where it cannot run."""
    try:
        found = DocxodusEngine(target_path=str(folder))
    except (ImportError, OSError) as error:
        pytest.skip(f"the peer is not here: {error}")
    reason = unavailable(found)
    if reason is not None:
        pytest.skip(f"the peer does not run here: {reason}")
    return found


# One test, since the pairs take a minute and tests run in processes that share nothing.
@pytest.mark.slow
def test_our_redlines_give_back_both_letters_and_touch_no_more_words_than_the_peers(
    tmp_path: Path,
) -> None:
    answers, running = kept(), list[DocxodusEngine]()

    def peer(given: Pair) -> Answer:
        if given.digest in answers:
            return answers[given.digest]
        if not running:
            running.append(engine(tmp_path))
        return asked(running[0], given)

    pairs = held_against(peer, range(PAIRS))
    assert {name for each in pairs for name in each.edits} == set(EDITS)
    assert [each for each in pairs if each.wrong] == []
    right = [each for each in pairs if not each.peer_wrong]
    assert len(right) > 0.9 * PAIRS, "the peer gives back too few letters to be a measure"
    assert {each.seed for each in right if each.more} <= set(MORE)
    assert sum(each.ours for each in right) < sum(each.theirs for each in right)


@pytest.mark.slow
def test_what_the_peer_answered_it_answers_again(tmp_path: Path) -> None:
    answers, running = kept(), engine(tmp_path)
    assert len(AGAIN) >= 8
    for seed in AGAIN:
        given = files(seed)
        assert given.digest in answers, "the letters are others: `oracle 200 --keep` asks anew"
        assert asked(running, given) == answers[given.digest]
