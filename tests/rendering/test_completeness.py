from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from reportgen.rendering.completeness import undrawn_characters
from reportgen.rendering.structure import Part

LETTER = fromstring(  # noqa: S314 - our own
    "<article><p>Of 28.8 <b>million</b>\n accounts\u00ad.</p><p>Źdźbło</p></article>"
)


def drawn(*texts: str) -> Part:
    return Part("Document", kids=[Part("P", text=text) for text in texts])


@pytest.mark.parametrize(
    "texts",
    [
        ("Of 28.8 million accounts.", "Źdźbło"),
        ("Of28.8", "million", "accounts.", "ŹDŹBŁO"),
        ("Źdźbło", "1. Of 28.8 million accounts.", "Page 1"),
    ],
)
def test_lines_capitals_order_and_what_is_added_make_no_difference(texts: tuple[str, ...]) -> None:
    assert undrawn_characters(drawn(*texts), LETTER) == 0


def test_every_character_that_is_nowhere_counts() -> None:
    assert undrawn_characters(drawn("Of 28. million accounts.", "Źdźbło"), LETTER) == 1
    assert undrawn_characters(drawn("Of 28.8 million accounts."), LETTER) == 6
    assert undrawn_characters(drawn(), LETTER) == 28
