"""A real browser, for the tests: Chromium without a window, a network or a memory."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ABSENT = "Chromium is not here; `tests/browser/install .cache/browser` installs it"
NO_RULES = "axe-core is not here; `tests/browser/install .cache/browser` fetches it"

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
    "--virtual-time-budget=20000",
)
_CONSOLE = re.compile(r"CONSOLE[:(].*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser made of a page.

    Attributes:
        output: The document after loading, as HTML, where it was asked for.
        console: What it wrote to its console: refusals of the content security policy, too.
    """

    output: str
    console: tuple[str, ...]


def command() -> str | None:
    """Return the browser of the PATH."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def rules() -> Path | None:
    """Return the file of axe-core, where it was fetched."""
    found = sorted((Path(__file__).parents[2] / ".cache" / "browser").glob("axe-*.js"))
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that starts anew for each page, with nothing of the last one.

    Attributes:
        command: The program.
        folder: Where it may keep its things.
    """

    command: str
    folder: Path

    def see(self, page: Path, *flags: str) -> Seen:
        """Load a page and return its document; flags say the window's size and the like."""
        return self._run("--dump-dom", *flags, page.as_uri())

    def print(self, page: Path, pdf: Path) -> Seen:
        """Print a page to a PDF, without the browser's own header and footer."""
        return self._run(f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())

    def picture(self, page: Path, png: Path, width: int, height: int) -> Seen:
        """Take a picture of a page in a window of a size."""
        size = f"--window-size={width},{height}"
        return self._run(f"--screenshot={png}", "--hide-scrollbars", size, page.as_uri())

    def _run(self, *arguments: str) -> Seen:
        profile = self.folder / f"profile-{len(list(self.folder.glob('profile-*')))}"
        call = [self.command, *_FLAGS, f"--user-data-dir={profile}", *arguments]
        run = subprocess.run(call, capture_output=True, check=True, timeout=120)  # noqa: S603
        console = tuple(_CONSOLE.findall(run.stderr.decode(errors="replace")))
        return Seen(run.stdout.decode(), console)
