"""On what was measured: the machine, and the versions that matter."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

_PACKAGES = ("pydantic", "pyyaml", "click", "jinja2", "matplotlib", "weasyprint", "typst")


def description() -> tuple[str, ...]:
    """Return lines that say what a reader needs to judge the figures."""
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores; {platform.platform(terse=True)}",
        f"Python {platform.python_version()}; {versions}",
        f"HarfBuzz's subset library: {'yes' if _has_subset_library() else 'no'}; {load()}",
    )


def load() -> str:
    """Return how busy the machine is: runnable processes over the last one and five minutes."""
    last, before, _ = os.getloadavg()
    return f"load {last:.1f} (1 min), {before:.1f} (5 min)"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass  # not a Linux machine
    return platform.processor() or platform.machine()


def _has_subset_library() -> bool:
    from weasyprint.text import ffi  # noqa: PLC0415 - loads Pango

    return ffi.harfbuzz_subset is not None
