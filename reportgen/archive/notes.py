"""What an archive says of itself, to somebody who has nothing but its files, in many years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.archive.model import Record

NAME: Final = "README.txt"

OF_THE_ARCHIVE: Final = """\
An archive of letters that were sent
====================================

Each folder in records/ is one letter as it left the house, with what proves it. Nothing in such a
folder is ever changed. You need no special program to read this archive or to check it.

What lies here
  records/       one folder for each letter that was sent: a "bag" (RFC 8493, BagIt 1.0)
  ledger.jsonl   one line for each thing that happened, in order; it is only ever added to
  papers/        what came later: receipts, questions that were asked, certificates of disposal
  heads/         signatures over the state of the ledger
  catalog.sqlite an index for searching; made from the bags, and may be deleted
  .staging/      what was being written when the machine stopped; of no account

How to check that a letter is unchanged
  Go into its folder, records/<record>/, and say:
      sha256sum --check --strict tagmanifest-sha256.txt
      sha256sum --check --strict manifest-sha256.txt
  Each file must be "OK". Then list the files (find . -type f): under data/ there must be none
  that manifest-sha256.txt does not name. manifest-sha512.txt does the same with SHA-512.

How to check that no letter was slipped in, altered together with its manifests, or dropped
  1. Every line of ledger.jsonl holds, as "before", the SHA-256 of the line before, without the line
     feed at its end; the first holds 64 zeros. For line 7 that is what this prints:
         sed -n 6p ledger.jsonl | tr -d '\\n' | sha256sum
  2. The line "submitted" of a record holds, as "bag", what this prints in the record's folder:
         sha256sum tagmanifest-sha256.txt
  3. Every record has such a line; a record without one was put here by other means. A record that
     the ledger names and that is not here was disposed of, which a later line says, or is missing.
  4. The head of the ledger, which may stand in a minute book or in a letter, is the number of the
     last line and the first 16 bytes of that line's SHA-256 in base 32 (RFC 4648), in small
     letters and without "=". For a ledger of 7 lines that is 7- and what this prints:
         sed -n 7p ledger.jsonl | tr -d '\\n' | sha256sum | cut -c1-32 | tr a-f A-F \\
           | basenc --base16 --decode | base32 | tr -d = | tr A-Z a-z
     If it is what was written down, everything up to that line is what it was on that day.

What this does not prove: that what the letters say is true, who sat at the keyboard, or that the
machine's clock was right.
"""


def of_the_record(record: Record) -> str:
    """Return what a bag says of itself, in plain words: the same for the same record."""
    sent = record.submitted
    files = "\n".join(
        f"  {each.path.removeprefix('data/')}  ({each.media_type}, {each.size:,} bytes)"
        for each in record.sent
    )
    return f"""\
A letter that was sent, and what proves it
==========================================

Record     {record.id}
Letter     {record.letter}
About      {record.title}
Dated      {record.date.isoformat()}
From       {record.organization}
To         {", ".join(record.recipients) or "the public"}
Sent       {sent.at.isoformat()}, by {sent.by}, via {sent.via}

What went out
{files}

What lies beside it
  record.json       the above, and more, for programs
  proof/            what proves it:
    facts.json      each figure, date and name that the letter states
    copies/         the letter as PDF and as text, where these did not go out
    drafts/         the letter as it was composed, each figure bound to its fact
    index/          each sentence with its facts, their sources, and who checked it
    approvals.jsonl who checked and approved it, and what was let pass
    inputs.json     every file that it was made from, by its SHA-256; null: it was not there
    versions.json   the programs that had a part in making it
  sources/          the letter, its cases and its templates as they stood
  review/           comments and earlier drafts, only where they were asked for

Exhibits are evidence, and are kept elsewhere: sources/cases/*/case.yaml and inputs.json hold their
digests. To check this folder without any special program, go into the one above this and say
  sha256sum --check --strict tagmanifest-sha256.txt
  sha256sum --check --strict manifest-sha256.txt
"""
