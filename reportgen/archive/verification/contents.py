"""A record against its bag: what it says was sent is what lies there, and nothing else does.

The record is read from a bag that somebody may have made up as a whole, so it is not believed: its
name, its files and its drafts have to agree with what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.archive import layout
from reportgen.archive.verdicts import Answer, Fault, named, size_of
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.archive.model import Record
    from reportgen.archive.verification.fixity import Fixity

SHIPPED: Final = "shipped/"
"""What the names of templates that came with reportgen begin with, among the inputs."""


def sent(
    name: str,
    record: Record,
    fixity: Fixity,
    drafts: Mapping[str, str | None],
    inputs: Mapping[str, str | None] | None,
) -> Answer:
    """Say whether a record tells of what lies in its bag.

    Args:
        name: The name of the bag's folder.
        record: The record as it was read.
        fixity: What lies in the bag.
        drafts: The digest that each draft in the bag bears, by its path; None of one that cannot
            be read.
        inputs: The digests of what the letter was made from, as `inputs.json` has them; None when
            it cannot be read.
    """
    faults = (
        *_named(name, record),
        *_files(record, fixity),
        *_drafts(record, drafts),
        *_sources(fixity, inputs),
    )
    size = sum(each.size for each in record.sent)
    return Answer(f"{counted(len(record.sent), 'file')}, {size_of(size)}", faults)


def _named(name: str, record: Record) -> Iterator[Fault]:
    if record.id != name:
        message = (
            f"{named(layout.RECORD)} is of {named(record.id)}, and lies in the bag {named(name)}"
        )
        yield Fault(layout.RECORD, message)


def _files(record: Record, fixity: Fixity) -> Iterator[Fault]:
    told = [each.path for each in record.sent]
    for path in _twice(told):
        yield Fault(layout.RECORD, f"{named(layout.RECORD)} has {named(path)} sent twice")
    for each in record.sent:
        if not each.path.startswith(f"{layout.SENT}/"):
            message = f"{named(layout.RECORD)} has {named(each.path)} sent, which lies elsewhere"
            yield Fault(layout.RECORD, message)
        elif each.path not in fixity.sizes:
            yield Fault(each.path, f"{named(each.path)} was sent, and is not in the bag")
        elif (fixity.digests.get(each.path), fixity.sizes[each.path]) != (each.sha256, each.size):
            message = f"{named(each.path)} is not what was sent: its digest or its size is another"
            yield Fault(each.path, message)
    for path in fixity.sizes:
        if path.startswith(f"{layout.SENT}/") and path not in told:
            yield Fault(path, f"{named(path)} lies among what was sent, and the record has it not")


def _drafts(record: Record, drafts: Mapping[str, str | None]) -> Iterator[Fault]:
    """Yield drafts that the record does not tell of, and those of it that are not there."""
    for path, digest in drafts.items():
        if digest is None:
            yield Fault(path, f"{named(path)} is no draft that can be read")
        elif digest not in record.drafts:
            yield Fault(path, f"{named(path)} is another draft than the record tells of")
    missing = [each for each in record.drafts if each not in drafts.values()]
    for digest in missing if None not in drafts.values() else ():
        message = f"the draft {digest[:16]}… that {named(layout.RECORD)} tells of is not in the bag"
        yield Fault(layout.RECORD, message)


def _sources(fixity: Fixity, inputs: Mapping[str, str | None] | None) -> Iterator[Fault]:
    """Yield sources that the letter was not made from: they say so themselves."""
    folder = f"{layout.SOURCES}/"
    there = [path for path in fixity.sizes if path.startswith(folder)]
    if inputs is None:
        if there:
            message = f"{named(layout.INPUTS)} does not tell what the letter was made from"
            yield Fault(layout.INPUTS, message)
        return
    for path in there:
        name = path.removeprefix(folder)
        # A template is the workspace's own, or the one that came with reportgen.
        told = {inputs.get(name), inputs.get(name.replace("templates/", SHIPPED, 1))} - {None}
        if fixity.digests.get(path) not in told:
            yield Fault(path, f"{named(path)} is not what {named(layout.INPUTS)} tells of")


def _twice(paths: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            yield path
        seen.add(path)
