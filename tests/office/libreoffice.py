"""A LibreOffice without a screen, and somebody who works in it; see `hands`."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDS: Final = Path(__file__).with_name("hands.py")
PYTHON: Final = "/usr/bin/python3"
"""The system's Python: the bridge is made for it alone."""
PATIENCE: Final = 300
ABSENT: Final = (
    "LibreOffice with Python's bridge to it is not there; tests/office/install brings it"
)

Step = dict[str, object]


@cache
def soffice() -> str | None:
    """Return the program, if it is there with its bridge."""
    program = shutil.which("soffice")
    if program is None or not Path(PYTHON).exists():
        return None
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)  # noqa: S603
    return program if asked.returncode == 0 else None


class Office:
    """An office that is open."""

    def __init__(self, pipe: str, folder: Path) -> None:
        self._pipe = pipe
        self._folder = folder

    def work(self, *steps: Step) -> list[object]:
        """Carry out steps, and return what each of them found."""
        listed = self._folder / "steps.json"
        listed.write_text(json.dumps(steps))
        done = subprocess.run(  # noqa: S603 - our own script
            [PYTHON, "-I", str(HANDS), self._pipe, str(listed)],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Open LibreOffice with a profile of its own, and close it at the end."""
    program = soffice()
    assert program is not None, ABSENT
    pipe = f"reportgen-{uuid4().hex}"
    process = subprocess.Popen(  # noqa: S603 - the program that was found above
        [
            program,
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Office(pipe, folder)
    finally:
        # The program is a script that starts another, which ends with its session alone.
        try:
            _end(process)
        finally:
            process.wait(30)


def _end(process: subprocess.Popen[bytes]) -> None:
    import os  # noqa: PLC0415 - here alone
    import signal  # noqa: PLC0415 - here alone

    os.killpg(process.pid, signal.SIGTERM)
