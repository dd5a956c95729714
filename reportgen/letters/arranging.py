"""Which sections a letter has, in which order: the family's, and the letter's own in or between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.letters import prose
from reportgen.letters.asking import UNANSWERED, section_of
from reportgen.problems.model import Place, Problem
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.letters.loading import Manuscript


def arranged(manuscript: Manuscript) -> tuple[tuple[prose.Section, ...], tuple[Problem, ...]]:
    """Return the sections of a letter, as they are written, in their order.

    Returns:
        The sections, and problems: `unknown-section` for one that is to be left out, or to stand
        after another, and is not there; `duplicate-section` for a name used twice.
    """
    own, problems = _own(manuscript)
    problems += tuple(_omitted_in_vain(manuscript))
    omitted = manuscript.letter.omit
    sections = [
        section
        for name in manuscript.family.sections
        if name not in omitted
        for section in _of_family(manuscript, name)
    ]
    problems += tuple(_unasked(manuscript, own, sections))
    position = -1
    for section in own:
        names = [each.name for each in sections]
        if section.name in names:
            position = names.index(section.name)
            sections[position] = replace(section, frame=sections[position].frame)
            continue
        if section.after is not None and section.after not in names:
            problems += (_no_such_section(section, names),)
        elif section.after is not None:
            position = names.index(section.after)
        position += 1
        sections.insert(position, section)
    return tuple(sections), problems


def _of_family(manuscript: Manuscript, name: str) -> Iterator[prose.Section]:
    """Yield a section of the family; that of the questions once for each, without an answer."""
    template = f"sections/{name}.md"
    source = manuscript.templates[template]
    if name != manuscript.family.answers:
        yield prose.Section(name, source.path, _without_names(source.text), 1)
        return
    for question in manuscript.questions.asked if manuscript.questions else ():
        yield prose.Section(
            section_of(question.number), manuscript.path, UNANSWERED, 1, frame=template
        )


def _unasked(
    manuscript: Manuscript, own: Iterable[prose.Section], sections: Iterable[prose.Section]
) -> Iterator[Problem]:
    """Yield a problem for each answer to a question that nobody asked."""
    asked = [section.name for section in sections if section.frame]
    for section in own if manuscript.family.answers else ():
        if section.name.startswith(section_of("")) and section.name not in asked:
            yield Problem(
                "answer-unasked",
                f"there is no question `{section.name.removeprefix(section_of(''))}`",
                section.place,
                suggestion(section.name, asked, "answers wanted"),
            )


def _without_names(text: str) -> str:
    """Return a family's section with the name taken from its heading."""
    sections = prose.split(text, "")
    return "".join(s.text.removeprefix("\n" * (s.line - 1)) for s in sections) or text


def _own(manuscript: Manuscript) -> tuple[tuple[prose.Section, ...], tuple[Problem, ...]]:
    if manuscript.prose is None:
        return (), ()
    sections: dict[str, prose.Section] = {}
    problems = tuple(
        Problem(
            "duplicate-section",
            f"two sections are named {quoted(section.name)}",
            section.place,
            "give one of them another name: `## Heading {#name}`",
        )
        for section in prose.split(manuscript.prose.text, manuscript.prose.path)
        if sections.setdefault(section.name, section) is not section
    )
    return tuple(sections.values()), problems


def _omitted_in_vain(manuscript: Manuscript) -> Iterator[Problem]:
    letter, family = manuscript.letter, manuscript.family
    for index, name in enumerate(letter.omit):
        if name not in family.sections:
            yield Problem(
                "unknown-section",
                f"the family {quoted(letter.family)} has no section {quoted(name)}",
                Place(manuscript.path, ("omit", index)),
                suggestion(name, family.sections, "sections"),
            )


def _no_such_section(section: prose.Section, names: Sequence[str]) -> Problem:
    return Problem(
        "unknown-section",
        f"`{section.name}` is to stand after a section {quoted(section.after)}, which there is not",
        section.place,
        suggestion(section.after or "", names, "sections"),
    )
