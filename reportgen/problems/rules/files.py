"""Files: reading them and writing them."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "file-missing",
        "A file that is needed is not there",
        "A case is a folder with a `case.yaml` in it, and a path that is named has to exist.",
        "Look for a slip in the path, or for a file that was moved or never saved.",
    ),
    Rule(
        "file-empty",
        "A file says nothing",
        "The file has no entry: it is empty, or all of it is comments.",
        "Fill it in, or remove it. If it should not be empty, look for an earlier copy.",
    ),
    Rule(
        "file-unreadable",
        "A file cannot be read",
        "The operating system refuses to give the file out; the message says why.",
        "Check who may read the file and its folder.",
    ),
    Rule(
        "file-too-large",
        "A file is larger than what is read",
        "Files may come from anywhere, so each kind has a greatest size: 1 MiB for case files, "
        "letters and templates. A hundred times what people write fits.",
        "Keep bulky material in a file of its own beside the case, as an exhibit.",
    ),
    Rule(
        "not-a-file",
        "A folder, a pipe or a device stands where a file is needed",
        "Only regular files are read. A pipe or a device could have no end.",
        "Name the file itself: `cases/alibaba-2026/case.yaml` rather than a folder beneath it.",
    ),
    Rule(
        "path-escapes",
        "A path leads out of the folder that it belongs to",
        "A case names files of its own folder, and of no other. A path with `..`, an absolute path "
        "and a symbolic link that leads elsewhere are refused, since what they lead to "
        "could end up in a letter.",
        "Copy the file into the case's folder and name it relative to that folder.",
        example="exhibit:\n  file: exhibits/statement.pdf",
    ),
    Rule(
        "wrong-encoding",
        "A text is not in UTF-8",
        "The file was saved in another encoding, such as UTF-16 or Windows-1252, in which the same "
        "bytes mean other letters. Guessing would put wrong letters into names.",
        "Save the file again as UTF-8; most editors offer that under “Save as”.",
    ),
    Rule(
        "control-character",
        "A character that no text has stands in a text",
        "Null characters, escape sequences and their like come from damaged files, or from files "
        "that are no text. They can hide what a text says.",
        "Delete the character, or take the text from its source again.",
    ),
    Rule(
        "cannot-write",
        "A file cannot be written",
        "The disk is full, the folder is missing or may not be written to; the message says which. "
        "The file that was there before is unharmed: files are written whole or not at all.",
        "Make room, or choose another folder with `--output`.",
    ),
)
