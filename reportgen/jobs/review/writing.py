"""Entries written into the log of a letter: dated, signed where there is a key, all or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.files import appending
from reportgen.files.reading import is_control
from reportgen.files.showing import show
from reportgen.jobs.papers import log_path
from reportgen.jobs.people import signing
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import quoted
from reportgen.review.log.entries import identified, line, to_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from reportgen.jobs.people.identifying import Identity
    from reportgen.review.log.entries import Entry
    from reportgen.review.log.lines import Log

Said = tuple["type[Entry]", "Mapping[str, object]"]
"""What is to be put on record: the kind of entry, and what it says besides who, when and where."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes what one person says into the log of one letter.

    Attributes:
        letter: The letter's file.
        log: Its log, as it was read.
        identity: Who speaks.
        clock: Tells the time, with its offset from UTC.
    """

    letter: Path
    log: Log
    identity: Identity
    clock: Callable[[], datetime]

    def write(self, said: Iterable[Said]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        """Write entries into the log, all or none.

        Returns:
            The entries as they stand there; or none, and what stood in the way.
        """
        if not self.log.readable:
            return (), self.log.problems
        entries: list[Entry] = []
        for model, fields in said:
            entry = self._entry(model, fields)
            if isinstance(entry, Refusal):
                return (), (entry.at(Place(show(self.letter))),)
            entries.append(entry)
        if not entries:
            return (), ()
        path = log_path(self.letter)
        problems = appending.append(path, b"".join(map(line, entries)), show(path))
        return (() if problems else tuple(entries)), problems

    def _entry(self, model: type[Entry], said: Mapping[str, object]) -> Entry | Refusal:
        """Return an entry as it will stand in the log."""
        for text in filter(lambda each: isinstance(each, str), said.values()):
            if any(map(is_control, str(text))):
                message = "what you say has a control character in it"
                return Refusal("entry-refused", message, "say it in letters, digits and signs")
        head = {"at": self.clock(), "by": self.identity.person, "letter": name_of(self.letter)}
        try:
            entry = identified(model.model_validate({**head, **said}))
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = quoted(".".join(str(step) for step in detail["loc"]))
            message = f"{where} of this {model.kind} will not do: {detail['msg'].lower()}"
            return Refusal("entry-refused", message, "say something, in at most 20,000 characters")
        if self.identity.key is None:
            return entry
        signature = signing.sign(to_sign(entry), self.identity.key)
        if isinstance(signature, Refusal):
            return signature
        return entry.model_copy(update={"signature": signature})
