"""Edits of prose, found where templates wrote it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.letters.draft import Assertion
from reportgen.problems.model import Place
from reportgen.review.model import Edit
from reportgen.review.returned.patching import Section, replacement, section_of_its_own

SENTENCE = "It was detected in March."
LINE = f"It took a day. {SENTENCE}"
INCIDENT = """{% from "shared/words.md" import listed %}
{# What happened. #}
{% set alleged = incident.status == "alleged" %}
## The incident

{% if alleged %}
It took a day.
{% endif %}
{% if "detected" in incident %}
It was detected in {{ incident.detected }}.
{% endif %}
It was disclosed in {{ incident.disclosed }}.
"""


def edit(old: str, new: str) -> Edit:
    start = LINE.index(old, len(LINE) - len(SENTENCE))
    facts = len(LINE) - len("March.")
    said = Assertion("a-1", 6, SENTENCE, (), (), "ab" * 32, Place("incident.md"))
    return Edit(old, new, LINE, start, start + len(old), (0, facts), said, (), (), "", tracked=True)


def test_names_that_a_section_uses_come_below_its_heading_in_the_letter() -> None:
    own = section_of_its_own(INCIDENT, "incident")
    assert own is not None
    assert own.splitlines()[:5] == [
        "## The incident {#incident}",
        '{% from "shared/words.md" import listed %}',
        '{% set alleged = incident.status == "alleged" %}',
        "",
        "{% if alleged %}",
    ]


@pytest.mark.parametrize("beginning", ["", "{% set words %}a{% endset %}\n"])
def test_a_section_without_a_heading_of_its_own_is_none(beginning: str) -> None:
    assert section_of_its_own(f"{beginning}It was detected.\n", "opening") is None


def test_words_are_found_although_a_template_decides_on_what_stands_before_them() -> None:
    section = Section("incident.md", 1, INCIDENT)
    made = replacement(edit("It was", "The staff"), section)
    assert made is not None
    assert INCIDENT[made.start : made.end] == "It was"
    assert INCIDENT[made.end :].startswith(" detected in {{")
    elsewhere = replace(section, text=INCIDENT.replace("It was detected", "It was disclosed"))
    assert replacement(edit("It was", "The staff"), elsewhere) is None
