"""Where things lie in an archive, and in the bag of a record.

ledger.jsonl               one line for everything that happened
records/<record>/          the bag of a record (RFC 8493)
papers/<record>/           what came later: receipts, questions, certificates of disposal
papers/_origins/           what imported records brought along of the ledgers that they come from
heads/                     signatures over the ledger's head
catalog.sqlite             for finding; made from the bags, and may be deleted
.staging/                  what is being written and is no record yet
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LEDGER: Final = "ledger.jsonl"

# Within the bag of a record.
DATA: Final = "data"
RECORD: Final = "data/record.json"
README: Final = "data/README.txt"
"""What the bag is, for somebody who has nothing else."""
SENT: Final = "data/sent"
"""The bytes that went out: letter.pdf and its other formats, enclosures."""
ENCLOSURES: Final = "data/sent/enclosures"
"""What went with the letter and is not bound into it."""
SERIAL: Final = "data/sent/serial"
"""The copies of a letter that went to many, with the manifest that says whose each is."""
PROOF: Final = "data/proof"
COPIES: Final = "data/proof/copies"
"""The letter as PDF and as text, where these did not go out: so that it can always be read."""
FACTS: Final = "data/proof/facts.json"
"""What the letter said: see `review.consistency.Submitted`."""
DRAFTS: Final = "data/proof/drafts"
"""Each version's draft as it was composed: `<version>.json`, see `letters.keeping`."""
INDEX: Final = "data/proof/index"
"""The index with its verdicts: index.html, index.csv."""
APPROVALS: Final = "data/proof/approvals.jsonl"
"""The verdicts, approvals and waivers that the gate went by, as the log has them."""
INPUTS: Final = "data/proof/inputs.json"
"""Every file that the letter was made from, with its digest; null for one that was not there."""
VERSIONS: Final = "data/proof/versions.json"
"""The versions of everything that had a part in making the letter."""
SOURCES: Final = "data/sources"
"""The letter, its cases and its templates as they stood: `cases/...`, `templates/...`."""
REVIEW: Final = "data/review"
"""Comments and drafts; only where they were asked for, since they may be privileged."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive's folder.

    Attributes:
        root: The folder; it need not be there.
    """

    root: Path

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.root / LEDGER

    @property
    def records(self) -> Path:
        """The folder with one bag for each record."""
        return self.root / "records"

    @property
    def papers(self) -> Path:
        """The folder with what came later, one folder for each record."""
        return self.root / "papers"

    @property
    def heads(self) -> Path:
        """The folder with signatures over the ledger's head."""
        return self.root / "heads"

    @property
    def catalog(self) -> Path:
        """The file of the catalog."""
        return self.root / "catalog.sqlite"

    @property
    def staging(self) -> Path:
        """The folder of what is being written."""
        return self.root / ".staging"

    def bag(self, record: str) -> Path:
        """Return the folder of a record's bag."""
        return self.records / record
