"""A process that is killed, or whose disk is full, at each of its steps in turn.

Run as a program, so that there is one thread to fork from: each attempt is a child of its own that
works on a copy of the same archive. A step is a call by which something is changed on the disk:
each open that makes a file, each write, fsync, rename, mkdir, truncate and removal. A write is
stopped after half of its bytes. Nothing is forced to the disk, though it is a step to ask for it:
what a process has written stays when it is killed, and when the power fails nobody is here to look.
"""

from __future__ import annotations

import errno
import gc
import itertools
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.archive import ledger, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.ledger import depositing
from tests.archive.sealed import book, payload, put, record_of

if TYPE_CHECKING:
    from collections.abc import Callable

FOREIGN = "2020-01-01-foreign-bag"
"""A folder that somebody else put among the records."""

_CHANGES = ("write", "fsync", "rename", "mkdir", "unlink", "rmdir", "ftruncate", "open")


def stop_at(step: int, how: str) -> itertools.count[int]:
    """Stop this process at a step, from 1: `kill` it, or let the disk be `full` once or `broken`.

    Returns:
        What counts the steps; the next one it gives is that of the next step.
    """
    steps = itertools.count(1)
    real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in _CHANGES}

    def stopping(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as os has them
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real[name](*arguments, **named)
            count = next(steps)
            removes = name in {"unlink", "rmdir", "ftruncate"}
            if count == step or (how == "broken" and count > step and not removes):
                if name == "write":
                    descriptor, content = arguments
                    real["write"](descriptor, bytes(content)[: len(content) // 2])
                if how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real[name](*arguments, **named)

        return call

    for name in _CHANGES:
        setattr(os, name, stopping(name))
    return steps


def attempt(archive: Archive, number: int) -> bool:
    """Put a record into an archive; return whether it is said to be there."""
    record = record_of(number=number)
    text = "Some words.\n" * 50
    whole = payload(record, text, ()) | {
        f"data/sources/cases/{case}/{name}": name.encode() * 40
        for case in ("one", "two")
        for name in ("case.yaml", "letters/a.yaml", "letters/a.md")
    }

    def stage(folder: Path) -> str:
        return bagging.write(folder, whole, [("External-Identifier", record.id)]).digest

    with book(archive, record.submitted.at).open() as pages:
        if pages.problems or depositing.tidy(pages):
            return False
        name = depositing.free(pages, record.id)
        entry, _ = depositing.deposit(pages, name, stage, Event.SUBMITTED, {"letter": "a/b"})
        return entry is not None


def in_child(work: Callable[[], bool]) -> int:
    """Return how a child ended: 0 done, 1 refused, -9 killed, 3 by an exception."""
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def stopped(archive: Archive, number: int, step: int, how: str) -> int:
    def work() -> bool:
        stop_at(step, how)
        return attempt(archive, number)

    return in_child(work)


def faults(archive: Archive, told: int) -> list[str]:
    """What is wrong with an archive, after somebody was told that a record is there, or not."""
    found: list[str] = []
    said = ledger.read(archive.ledger.read_bytes())
    found += [f"line {each.line}: {each.fault}" for each in said.faults]
    entries = {each.record: each for each in said.entries}
    if told == 0 and len(entries) != 2:
        found.append("told that there is a record, and there is none")
    if told == 1 and len(entries) != 1:
        found.append("told that there is no record, and there is one")
    for name, entry in entries.items():
        bag = archive.bag(name)
        if bagging.objections(bag) or records.read(bag)[0] is None:
            found.append(f"{name} is not whole")
        if bagging.digest((bag / bagging.TAG_MANIFEST).read_bytes()) != entry.bag:
            found.append(f"{name} is another bag")
    if (archive.bag(FOREIGN) / "theirs.txt").read_text() != "theirs":
        found.append("the foreign bag was touched")
    return found


def left_over(archive: Archive) -> list[str]:
    """What lies about that is neither a record nor anybody's."""
    known = {each.record for each in ledger.read(archive.ledger.read_bytes()).entries}
    found = [name for name in records.record_ids(archive) if name not in {*known, FOREIGN}]
    if archive.staging.exists():
        found += [each.name for each in archive.staging.iterdir()]
    expected = {"ledger.jsonl", "records", ".staging", "README.txt"}
    return found + [each.name for each in archive.root.iterdir() if each.name not in expected]


def begun(root: Path) -> Archive:
    """An archive with one record, a foreign bag, and something that is no intent of ours."""
    archive = Archive(root)
    put(archive, record_of(number=1))
    foreign = archive.bag(FOREIGN)
    foreign.mkdir()
    (foreign / "theirs.txt").write_text("theirs")
    return archive


def each_step(root: Path, how: str) -> tuple[int, list[str]]:
    """Stop a deposit at each of its steps in turn, and go on after it; return how many, and faults."""
    base = begun(root / "base")
    before = base.ledger.read_bytes()
    found: list[str] = []
    for step in range(1, 10_000):
        shutil.copytree(base.root, root / "try")
        archive = Archive(root / "try")
        ended = stopped(archive, 2, step, how)
        at = f"{how} at step {step}, ended {ended}: "
        found += [at + each for each in faults(archive, ended)]
        if ended == 3:
            found.append(f"{at}an exception")
        if how == "full" and ended == 1:
            # What could be undone was, at once and without whoever comes next.
            found += [f"{at}left {each}" for each in left_over(archive)]
            if archive.ledger.read_bytes() != before:
                found.append(f"{at}the ledger is another one")
        known = len(ledger.read(archive.ledger.read_bytes()).entries)
        if in_child(lambda again=archive: attempt(again, 3)):  # type: ignore[misc]
            found.append(f"{at}whoever comes next is refused")
        if len(ledger.read(archive.ledger.read_bytes()).entries) != known + 1:
            found.append(f"{at}whoever comes next is not put on record")
        found += [at + each for each in faults(archive, -1)]
        found += [f"{at}left {each}" for each in left_over(archive)]
        shutil.rmtree(archive.root)
        if ended == 0:
            return step, found
    raise AssertionError


def each_step_of_undoing(root: Path) -> tuple[int, list[str]]:
    """Kill whoever undoes what another one left, at each step, for each state that one can leave."""
    base = begun(root / "base")
    found: list[str] = []
    count = 0
    last = steps_of(base, root / "measured")
    # Many states are alike; those about the renaming are not.
    for first in (*range(1, last - 12, 20), *range(last - 12, last)):
        shutil.copytree(base.root, root / "left")
        stopped(Archive(root / "left"), 2, first, "kill")
        for step in range(1, 40, 2):
            shutil.copytree(root / "left", root / "try")
            archive = Archive(root / "try")
            ended = stopped(archive, 3, step, "kill")
            at = f"killed at {first}, then at {step}: "
            found += [at + each for each in faults(archive, -1)]
            if in_child(lambda again=archive: attempt(again, 4)):  # type: ignore[misc]
                found.append(f"{at}whoever comes next is refused")
            found += [at + each for each in faults(archive, -1)]
            found += [f"{at}left {each}" for each in left_over(archive)]
            shutil.rmtree(archive.root)
            count += 1
            if ended == 0:
                break
        shutil.rmtree(root / "left")
    return count, found


def steps_of(base: Archive, folder: Path) -> int:
    """How many steps a deposit takes that nobody stops, and one more."""
    shutil.copytree(base.root, folder)
    counted, counting = os.pipe()

    def work() -> bool:
        steps = stop_at(0, "")
        done = attempt(Archive(folder), 2)
        os.write(counting, str(next(steps)).encode())
        return done

    assert in_child(work) == 0
    return int(os.read(counted, 20))


def at_once(root: Path, several: int, each: int) -> tuple[int, list[str]]:
    """Let several put records of the same name into one archive, all at the same time."""
    archive = begun(root / "base")
    children = []
    for _ in range(several):
        pid = os.fork()
        if pid == 0:
            done = [attempt(archive, 2) for _ in range(each)]
            os._exit(0 if all(done) else 1)
        children.append(pid)
    ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    found = [f"one ended with {code}" for code in ended if code]
    found += [*faults(archive, -1), *left_over(archive)]
    return len(ledger.read(archive.ledger.read_bytes()).entries), found


def main(arguments: list[str]) -> None:
    import bagit  # noqa: F401, PLC0415 - once, and not in each child

    gc.freeze()  # so that a child has no memory to copy that it only looks at
    gc.disable()
    os.fsync = lambda _: None  # type: ignore[assignment]
    what, root = arguments[0], Path(arguments[1])
    match what:
        case "undoing":
            result = each_step_of_undoing(root)
        case "at-once":
            result = at_once(root, 6, 5)
        case _:
            result = each_step(root, what)
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
