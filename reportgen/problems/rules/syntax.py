"""YAML: how case files and letters are written down."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "yaml-syntax",
        "A file is not written as YAML has to be",
        "A bracket, a quotation mark or a colon is missing or out of place, or a line is not "
        "indented like its neighbors. Only the first such mistake can be shown: what follows "
        "could mean anything.",
        "Look at the line that is shown, and at the one above. Text with a colon, a quotation "
        "mark, or a sign such as `@`, `*`, `&`, `!`, `%` or `[` at its beginning goes in quotation "
        "marks.",
        example='title: "Re: the hearing of June 10"',
    ),
    Rule(
        "yaml-tab",
        "A tab stands where spaces are needed",
        "A tab has another width in every editor, so YAML takes only spaces for indentation.",
        "Replace the tab with spaces: two for each level. Most editors can do so for a whole file.",
    ),
    Rule(
        "yaml-tag",
        "A value has a tag",
        "A tag, a word that begins with `!`, would give a value a type of its own. What a value is "
        "follows from its key, so tags have no use here.",
        "Leave the tag out. Text that begins with `!` goes in quotation marks.",
    ),
    Rule(
        "duplicate-key",
        "A key stands twice in the same group",
        "YAML would keep the last of the two and drop the first without a word: a figure "
        "could disappear from a letter unnoticed.",
        "Keep one of them, or give one another name.",
    ),
    Rule(
        "merge-key",
        "A group is merged into another with `<<`",
        "Whoever reads a case file must see what an entry says without looking elsewhere.",
        "Write the keys out where they are needed.",
    ),
    Rule(
        "key-not-text",
        "Something other than a word stands as a key",
        "A key is a word. Often the braces of a template, `{{ … }}`, were written without quotation "
        "marks, and YAML read them as groups.",
        "Put text that begins with `{` or `[` in quotation marks.",
    ),
    Rule(
        "several-documents",
        "A file holds more than one document",
        "A line of three hyphens begins another document. One file is one case or one letter.",
        "Leave the `---` out, or make two files.",
    ),
    Rule(
        "recursive-alias",
        "A value contains itself by an alias",
        "An alias, `*name`, repeats the value marked `&name`. Here it stands within that very "
        "value, which would have no end.",
        "Write the value out.",
    ),
    Rule(
        "alias-bomb",
        "Aliases unfold to far more than the file says",
        "Aliases of aliases grow without bound: ten lines can mean a billion entries. Such a file "
        "is refused before it is unfolded.",
        "Write the values out. If the file came from elsewhere, ask why it is made so.",
    ),
    Rule(
        "too-deep",
        "Lists and groups are nested too deep",
        "A case file needs fewer than ten levels; 64 are read. Deeper nesting comes from "
        "damage, or from somebody who means harm.",
        "Take the file from its source again, or flatten it.",
    ),
)
