"""veraPDF's verdict on a PDF, for the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ABSENT = "veraPDF is not here; `tests/verapdf/install .cache/verapdf` makes it"

_MADE = Path(__file__).parents[2] / ".cache" / "verapdf" / "verapdf"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file and one profile.

    Attributes:
        compliant: Whether the file keeps to the profile.
        rules: How many rules were looked at; without any, everything would pass.
        failures: The broken rules: "6.1.3-1: Missing or empty ID in the document trailer".
    """

    compliant: bool
    rules: int
    failures: tuple[str, ...]


def command() -> str | None:
    """Return the command that REPORTGEN_VERAPDF names, that of the PATH, or what was made here."""
    named = os.environ.get("REPORTGEN_VERAPDF") or shutil.which("verapdf")
    return named or (str(_MADE) if _MADE.exists() else None)


def verify(verapdf: str, pdf: Path, profile: str) -> Verdict:
    """Return the verdict on a file.

    Args:
        verapdf: The command.
        pdf: The file.
        profile: `2a`, `3a`, `ua1`; veraPDF is never left to choose what the file declares.
    """
    call = [verapdf, "--format", "json", "--flavour", profile, str(pdf)]
    run = subprocess.run(call, capture_output=True, check=False)  # noqa: S603 - our own command
    if run.returncode not in {0, 1}:
        raise RuntimeError(f"veraPDF ended with {run.returncode}: {run.stderr.decode()[-2_000:]}")
    (job,) = json.loads(run.stdout)["report"]["jobs"]
    (result,) = job["validationResult"]
    details = result["details"]
    return Verdict(
        compliant=result["compliant"],
        rules=details["passedRules"] + details["failedRules"],
        failures=tuple(
            f"{rule['clause']}-{rule['testNumber']}: {_reason(rule)}"
            for rule in details["ruleSummaries"]
            if rule["ruleStatus"] == "FAILED"
        ),
    )


def _reason(rule: dict[str, object]) -> str:
    checks = rule["checks"]
    assert isinstance(checks, list)
    return str((checks[0].get("errorMessage") if checks else None) or rule["description"])
