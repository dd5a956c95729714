"""Keeping a draft: the same bytes for the same draft, the same draft from the bytes, no crash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.draft import Picture, Production, Version, Waiver
from reportgen.letters.keeping import keep, read
from reportgen.letters.markup import Element
from reportgen.problems.model import Place, Span
from tests.letters.manuscripts import composed

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.letters.draft import Draft

PROSE = """\
Made {{ incident.exchanges }} of 3 things.{{ cite(incident.exchanges) }} {{ waive("a-b", "why") }}

{{ chart("comparison", incident.exchanges) }}

## Means {#means}

They are “{{ incident.means }}” — for *now*, since {{ incident.memorandum_date }}.
"""


def draft() -> Draft:
    return replace(
        composed(PROSE),
        version=Version.CONFIDENTIAL,
        production=Production("A legend", "ACME", 7),
        pictures=(Picture("sheet", "image/png", bytes(range(256))),),
    )


def told(content: bytes) -> str:
    kept, problems = read(content, "kept.json")
    assert kept is None
    (problem,) = problems
    assert problem.place == Place("kept.json")
    return f"{problem.code}: {problem.message}"


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A kept draft, changed and sealed again."""
    data = json.loads(keep(draft()))
    change(data["draft"])
    plain = json.dumps(data["draft"], ensure_ascii=False, separators=(",", ":"))
    data["sha256"] = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps(data).encode()


def test_a_draft_comes_back_as_it_was_kept() -> None:
    kept, problems = read(keep(draft()), "kept.json")
    assert problems == ()
    assert kept == draft()


def test_the_same_draft_gives_the_same_bytes() -> None:
    content = keep(draft())
    kept, _ = read(content, "kept.json")
    assert kept is not None
    assert keep(kept) == content


def test_a_kept_draft_says_at_its_head_what_it_is() -> None:
    head = keep(draft())[:80].decode()
    assert head.startswith(
        '{"format":"reportgen-draft","version":1,"letter":"north-2026/committee"'
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
spans = st.none() | st.builds(Span, *[st.integers(1, 9999)] * 4)
places = st.builds(Place, texts, st.tuples(texts, st.integers(0, 99)), span=spans)


@given(texts, places, st.lists(st.builds(Waiver, texts, texts)).map(tuple))
def test_any_words_and_places_come_back(
    words: str, place: Place, waivers: tuple[Waiver, ...]
) -> None:
    first, *rest = DRAFT.assertions
    one = replace(
        DRAFT,
        assertions=(replace(first, text=words, place=place, waivers=waivers), *rest),
        document=Element("article", (("class", words),), (words, Element("p", (), (words, words)))),
    )
    assert read(keep(one), "kept.json") == (one, ())


DRAFT = draft()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "draft-unreadable: this is no JSON from line 1, column 1"),
        (b"\xff\xfe", "draft-unreadable: this is not UTF-8"),
        (b"[]", "draft-unreadable: this is no kept draft"),
        (b'{"format":"x"}', "draft-unreadable: this is no kept draft"),
        (
            b'{"format":"reportgen-draft","version":2}',
            "draft-unreadable: this is a kept draft of version '2', and version 1 is read",
        ),
        (
            b'{"format":"reportgen-draft","version":1}',
            "draft-unreadable: this lacks a part of a kept draft, or has one too many",
        ),
        (b'{"a":1,"a":2}', "draft-unreadable: a key stands twice in one object"),
        (b'{"a":NaN}', "draft-unreadable: a number in this is not finite"),
        (b"[" * 100_000, "draft-unreadable: this is nested too deep for a draft"),
        (b"9" * 10_000, "draft-unreadable: a number in this has too many digits"),
    ],
)
def test_what_is_no_kept_draft_is_a_problem(content: bytes, said: str) -> None:
    assert told(content) == said


def test_a_draft_that_was_altered_is_known() -> None:
    content = keep(draft()).replace(b"28.8 million", b"29.8 million")
    assert told(content) == "draft-altered: this is not what was kept: its digest does not fit"


def test_a_draft_that_was_cut_off_anywhere_is_a_problem() -> None:
    content = keep(draft())
    cut = range(0, len(content) - 2, max(1, len(content) // 40))
    assert len(cut) > 20
    for length in cut:
        assert told(content[:length]).startswith("draft-unreadable: this is no JSON")


def nested(deep: int) -> dict[str, object]:
    node: dict[str, object] = {"tag": "p"}
    for _ in range(deep):
        node = {"tag": "div", "children": [node]}
    return node


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(extra=1), "`draft` has a key `extra` that a draft has not"),
        (lambda d: d.pop("title"), "`draft` lacks `title`"),
        (lambda d: d.update(title=7), "`title` is not what stands there in a draft"),
        (lambda d: d.update(date="June 10"), "`date` is not what stands there in a draft"),
        (lambda d: d.update(version="other"), "`version` is not what stands there in a draft"),
        (lambda d: d.update(marking=[]), "`marking` is not what stands there in a draft"),
        (lambda d: d.update(bound={}), "`bound` is no list"),
        (lambda d: d.update(charts=[1]), "`charts` is no group of keys"),
        (
            lambda d: d["pictures"][0].update(content="%%%"),
            "`content` is not what stands there in a draft",
        ),
        (lambda d: d["document"].update(tag="script"), "a letter has no <script>"),
        (
            lambda d: d["document"].update(attributes=[["onclick", "x"]]),
            "<article> has no attribute `onclick`",
        ),
        (
            lambda d: d["document"].update(attributes=[["href", "javascript:x"]]),
            "a link may not lead to 'javascript:x'",
        ),
        (
            lambda d: d["document"].update(attributes=[["class"]]),
            "`attributes` has 1 entries in place of 2",
        ),
        (
            lambda d: d.update(document=nested(64)),
            "elements lie more than 64 deep in each other",
        ),
        (lambda d: d.update(title="\ud800é"), "`title` is not what stands there in a draft"),
        (
            lambda d: d.update(name="other/letter"),
            "this names another letter than its draft is of",
        ),
    ],
)
def test_what_no_draft_holds_is_a_problem(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    assert told(changed(change)) == f"draft-unreadable: {said}"
