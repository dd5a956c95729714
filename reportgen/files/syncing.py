"""Files and folders forced to the disk: what was written there is there when the machine stops."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_AT_ONCE: Final = 8
"""How many are forced at a time: the disk then writes its journal once for several."""


def sync(path: Path) -> None:
    """Force a file to the disk, or which files a folder has.

    Raises:
        OSError: The disk does not take it.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[Path]) -> None:
    """Force files and folders to the disk, in no order; each is there when this returns.

    Raises:
        OSError: The disk does not take one; which of the others it took is not known.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - who writes one file has none

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(sync, paths):
            pass
