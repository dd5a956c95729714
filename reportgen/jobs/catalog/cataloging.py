"""The catalog of an archive, as it is today: made when it is not there, brought up to date when it lags.

What it takes from a bag is held against the bag's manifests first, and these against the ledger:
what somebody altered is listed as altered, and nothing of it is believed. Where the archive cannot
be written, the catalog is made in a temporary place each time, and that is said.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeVar

from reportgen.archive import ledger as ledgers
from reportgen.archive.finding import catalog as catalogs
from reportgen.archive.finding.catalog import Catalog, State, UnusableError
from reportgen.archive.found import Contents, Standing
from reportgen.archive.model import BEGINNING, Entry, Event
from reportgen.files.showing import show
from reportgen.files.syncing import sync
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from hashlib import _Hash
    from pathlib import Path
    from typing import BinaryIO

    from reportgen.archive.layout import Archive

T = TypeVar("T")
Opened = tuple[Catalog, "tuple[Problem, ...]"]
"""An open catalog, and what is to be known of it."""

_NEW: Final = ".catalog.new"
"""What a catalog is called while it is being made."""
_BLOCK: Final = 1024 * 1024
_LONGEST: Final = 16 * 1024 * 1024
"""How many bytes of one line of a ledger are ever read at once."""

_SPOILED: Final = (
    UnusableError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a catalog ends in when it is damaged, or holds what was never written into it."""

_NOTHING: Final = State(0, BEGINNING, 0, sha256().hexdigest(), "", "")


def ask(archive: Archive, question: Callable[[Catalog], T]) -> tuple[T, tuple[Problem, ...]]:
    """Ask the catalog something, after it was brought up to date.

    A catalog that turns out to be damaged is made again, and asked again.

    Returns:
        The answer; and as warnings what is to be known of it: `catalog-elsewhere`,
        `ledger-broken`, `ledger-unreadable`.
    """
    for known in (_current, _brought_up_to_date, _remade):
        with _locked(archive, when=known is not _current):
            found = known(archive)
            if found is None:
                continue
            catalog, problems = found
            try:
                return question(catalog), problems
            except _SPOILED:
                if known is _remade:
                    raise
            finally:
                catalog.close()
    raise AssertionError  # what was made just now answers, or says why not


def reindex(
    archive: Archive, told: Callable[[str], None] = lambda _: None
) -> tuple[int, tuple[str, ...], tuple[Problem, ...]]:
    """Make the catalog again, from the bags and the ledger alone.

    Args:
        archive: The archive.
        told: Is called with each record's name before its bag is read.

    Returns:
        How many records there are, the names of those that are not as the ledger says, and what
        is to be known.
    """
    with _locked(archive):
        catalog, problems = _remade(archive, told)
        try:
            known = catalog.brought_all()
        finally:
            catalog.close()
    lost = {Standing.MISSING, Standing.ALTERED}
    return len(known), tuple(name for _, name, how in known if how in lost), problems


@contextmanager
def _locked(archive: Archive, *, when: bool = True) -> Iterator[None]:
    """Hold the archive's folder, so that one at a time makes or changes the catalog."""
    try:
        descriptor = os.open(archive.root, os.O_RDONLY | os.O_DIRECTORY) if when else -1
    except OSError:  # there is no archive
        descriptor = -1
    try:
        if descriptor >= 0:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _current(archive: Archive) -> Opened | None:
    """Return the catalog when it is up to date."""
    try:
        catalog = catalogs.open_(archive.catalog)
    except UnusableError:
        return None
    try:
        state = catalog.state
        if _lag(archive, state) == "":
            return catalog, _faults(archive, state)
    except _SPOILED:
        pass
    catalog.close()
    return None


def _brought_up_to_date(archive: Archive) -> Opened | None:
    """Return the catalog with the lines that it did not know; None when it is of other lines."""
    found = _current(archive)  # somebody else may have done it meanwhile
    if found is not None:
        return found
    try:
        catalog = catalogs.open_(archive.catalog, write=True)
    except UnusableError:
        return None
    try:
        state = catalog.state
        if _lag(archive, state) == "more":
            with catalog.change():
                state = _follow(archive, catalog, state)
            return catalog, _faults(archive, state)
    except (*_SPOILED, OSError):
        pass
    catalog.close()
    return None


def _remade(archive: Archive, told: Callable[[str], None] = lambda _: None) -> Opened:
    """Return a new catalog, in its place or in a temporary one."""
    if not archive.root.is_dir():
        catalog = catalogs.create(None)
        with catalog.change():
            catalog.remember(_NOTHING)
        return catalog, ()
    new = archive.root / _NEW
    try:
        for beside in ("", "-journal", "-wal", "-shm"):
            new.with_name(f"{new.name}{beside}").unlink(missing_ok=True)
        catalog = catalogs.create(new)
        try:
            state = _filled(archive, catalog, told)
        finally:
            catalog.close()
        _put_in_place(new, archive.catalog)
        return catalogs.open_(archive.catalog), _faults(archive, state)
    except (UnusableError, OSError) as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        catalog = catalogs.create(None)
        state = _filled(archive, catalog, told)
        return catalog, (_elsewhere(archive, error), *_faults(archive, state))


def _filled(archive: Archive, catalog: Catalog, told: Callable[[str], None]) -> State:
    with catalog.change():
        return _follow(archive, catalog, _NOTHING, told)


def _put_in_place(new: Path, path: Path) -> None:
    sync(new)
    for beside in ("-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)
    new.replace(path)


# --- the ledger ---------------------------------------------------------------------------------


@contextmanager
def _ledger(archive: Archive) -> Iterator[BinaryIO | None]:
    """Open the ledger; None when there is none, or something else stands in its place."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(archive.ledger, flags)
    except OSError:
        yield None
        return
    with open(descriptor, "rb") as file:  # noqa: PTH123 - it is a descriptor, not a path
        yield file if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def _lag(archive: Archive, state: State) -> str:
    """Say how far a catalog lags: "" not at all, "more" when lines came, "other" otherwise."""
    with _ledger(archive) as file:
        if file is None:
            return "" if state.lines == 0 else "other"
        size = os.fstat(file.fileno()).st_size
        if size < state.octets or _prefix(file, state.octets).hexdigest() != state.prefix:
            return "other"
        # What stands after the last whole line was never a line.
        more = size > state.octets and b"\n" in file.read()
    return "more" if more or _bags(archive) != state.bags else ""


def _prefix(file: BinaryIO, octets: int) -> _Hash:
    digest = sha256()
    while octets and (block := file.read(min(octets, _BLOCK))):
        digest.update(block)
        octets -= len(block)
    return digest


def _follow(
    archive: Archive,
    catalog: Catalog,
    state: State,
    told: Callable[[str], None] = lambda _: None,
) -> State:
    """Enter the lines of the ledger that the catalog does not know, and see which bags are there."""
    bags = _bags(archive)
    number, digest, octets, fault = state.lines, state.digest, state.octets, state.fault
    with _ledger(archive) as file:
        prefix = sha256() if file is None else _prefix(file, octets)
        for line in _whole_lines(file):
            (each,) = ledgers.chained([line[:-1]], number, digest)
            number, digest, octets = each.line, each.digest, octets + len(line)
            prefix.update(line)
            if each.fault and not fault:
                fault = f"line {number} of the ledger does not hold: {each.fault}"
            if each.entry is not None:
                catalog.enter(number, each.entry, line[:-1])
                _take(archive, catalog, number, each.entry, told)
    if bags != state.bags and state.lines:
        _look_again(archive, catalog)
    after = State(number, digest, octets, prefix.hexdigest(), fault, bags)
    catalog.remember(after)
    return after


def _whole_lines(file: BinaryIO | None) -> Iterator[bytes]:
    """Yield the lines; what stands after the last whole one was never a line."""
    while file is not None and (line := file.readline(_LONGEST)).endswith(b"\n"):
        yield line


def _faults(archive: Archive, state: State) -> tuple[Problem, ...]:
    if not state.fault:
        return ()
    help_ = (
        "look into it with `reportgen verify --all`; what is found here may not be all there was"
    )
    place = Place(show(archive.ledger))
    return (Problem("ledger-broken", state.fault, place, help_, Severity.WARNING),)


def _elsewhere(archive: Archive, error: Exception) -> Problem:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return Problem(
        "catalog-elsewhere",
        f"the catalog cannot be kept in the archive: {reason}",
        Place(show(archive.catalog)),
        "it was made in a temporary place and is gone now; where the archive can be written, "
        "`reportgen archive reindex` keeps it",
        Severity.WARNING,
    )


# --- the bags -----------------------------------------------------------------------------------


def _take(
    archive: Archive, catalog: Catalog, number: int, entry: Entry, told: Callable[[str], None]
) -> None:
    """Take what a line of the ledger says of a record into the catalog."""
    if not entry.record:
        return
    if entry.event.brings_a_record:
        told(entry.record)
        catalog.put(number, entry, _contents(archive, entry))
    elif entry.event is Event.DISPOSED:
        brought = catalog.brought(entry.record)
        if brought is not None:
            first = Entry.model_validate_json(catalog.line(brought))
            catalog.put(brought, first, _disposed(entry))


def _contents(archive: Archive, entry: Entry) -> Contents:
    from reportgen.jobs.catalog.unpacking import contents  # noqa: PLC0415 - most often no bag is new

    return contents(archive, entry)


def _disposed(entry: Entry) -> Contents:
    return Contents(Standing.DISPOSED, fault=f"disposed of on {entry.at:%Y-%m-%d} by {entry.by}")


def _bags(archive: Archive) -> str:
    """Return what changes whenever a bag comes or goes."""
    try:
        return str(archive.records.stat().st_mtime_ns)
    except OSError:
        return ""


def _look_again(archive: Archive, catalog: Catalog) -> None:
    """See whether each bag is still there, or again."""
    for number, record, standing in catalog.brought_all():
        if standing is Standing.DISPOSED:
            continue
        if standing is not Standing.KEPT or not archive.bag(record).is_dir():
            entry = Entry.model_validate_json(catalog.line(number))
            catalog.put(number, entry, _contents(archive, entry))
