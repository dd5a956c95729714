"""The records of each release, sealed by that release and verified for ever.

    python -m tests.records.museum

seals one more, for the release that this checkout is: the letter of a new workspace, a receipt that
came later. It is done once, when a release is made; what is there already is never made again.

A record is kept as a zip of its archive, but for the typefaces, which are half of it and change
seldom: these are found by their digests, in `templates/fonts/`, or in `fonts/` beside this file,
where whoever replaces a typeface puts the old one.
"""

from __future__ import annotations

import sys
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.archive.following import Follower
from tests.archive.sealed import BY, clock
from tests.jobs import house

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
ARCHIVE: Final = "archive.zip"
TYPEFACES: Final = "typefaces.txt"
"""Within the zip: a digest and a path for each typeface that was left out."""

_SHELVES: Final = (HERE.parents[1] / "templates/fonts", HERE / "fonts")
_SENT: Final = datetime.fromisoformat("2026-06-10T15:04-04:00")
_ENTERED: Final = datetime.fromisoformat("2026-06-11T09:00-04:00")
_DELIVERED: Final = datetime.fromisoformat("2026-06-10T15:06-04:00")


def releases() -> list[str]:
    """The releases of which there is a record."""
    return sorted(path.parent.name for path in HERE.glob(f"*/{ARCHIVE}"))


def unpacked(release: str, folder: Path) -> Archive:
    """Unpack the archive of a release, as it was when it was sealed, into a new folder."""
    shelf = {
        sha256(path.read_bytes()).hexdigest(): path
        for place in _SHELVES
        if place.is_dir()
        for path in place.iterdir()
        if path.is_file()
    }
    with ZipFile(HERE / release / ARCHIVE) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    for line in contents.pop(TYPEFACES).decode().splitlines():
        digest, path = line.split("  ")
        assert digest in shelf, f"put the typeface of {release} that {path} was into {_SHELVES[1]}"
        contents[path] = shelf[digest].read_bytes()
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return Archive(folder)


def packed(archive: Archive) -> bytes:
    """Pack an archive: the same bytes for the same archive."""
    files = dict(_files(archive.root))
    faces = {name for name in files if "/fonts/SourceSerif" in name}
    listed = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(faces))
    whole = {name: files[name] for name in files if name not in faces}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in {TYPEFACES: listed.encode(), **whole}.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, content)
    return buffer.getvalue()


def sealed(folder: Path) -> Archive:
    """Seal the letter of a new workspace, and put a receipt on record."""
    workspace = house.house(folder)
    house.build(workspace, "pdf", "txt", final=True)
    sending = Sending(_SENT, "electronic mail", BY)
    made = sealing.submit(workspace, house.letter_of(workspace), sending, clock(_ENTERED))
    assert made.record is not None, made.problems
    archive = Archive(workspace.archive)
    slip = folder / "slip.txt"
    slip.write_text("Delivered to the office of the committee.\n")
    entry, problems = Follower(archive, BY, clock(_ENTERED)).received(
        made.record.id, slip, Event.DELIVERED, _DELIVERED
    )
    assert entry is not None, problems
    return archive


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith((".", "catalog")):
            yield name, path.read_bytes()


def main() -> None:
    """Seal the record of this release."""
    place = HERE / version("reportgen")
    if place.exists():
        sys.exit(f"{place} is there: what a release sealed is never made again")
    with TemporaryDirectory() as folder:
        content = packed(sealed(Path(folder) / "house"))
    place.mkdir()
    (place / ARCHIVE).write_bytes(content)
    sys.stdout.write(f"{place / ARCHIVE}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
