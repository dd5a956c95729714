"""Somebody at work in LibreOffice: run by the system's Python, which has the bridge to it.

`python3 hands.py PIPE STEPS.json` carries out steps, one after the other: each names what is done,
`open`, `replace`, and with what. What a step finds is printed as JSON, a line each.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

uno: Any = import_module("uno")

SAVED_AS = {
    "docx": "MS Word 2007 XML",
    "odt": "writer8",
    "xlsx": "Calc MS Excel 2007 XML",
    "txt": "Text (encoded)",
}


class Hands:
    """Works on one document after the other."""

    def __init__(self, pipe: str) -> None:
        self._context = _connected(pipe)
        self._services = self._context.ServiceManager
        self._desktop = self._made("com.sun.star.frame.Desktop")
        self._document: Any = None

    def open(self, path: str) -> None:
        """Open a file."""
        hidden = _property("Hidden", True)
        url = uno.systemPathToFileUrl(path)
        self._document = self._desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))

    def take(self, path: str) -> None:
        """Open a text without looking at it.

        LibreOffice without a screen has no window to show a comment in, and ends when it is to.
        """
        self._document = self._made("com.sun.star.text.TextDocument")
        filter_ = _property("FilterName", SAVED_AS[path.rpartition(".")[2]])
        self._document.load((_property("URL", uno.systemPathToFileUrl(path)), filter_))

    def save(self, path: str) -> None:
        """Save it under another name, as what the ending says."""
        filter_ = _property("FilterName", SAVED_AS[path.rpartition(".")[2]])
        self._document.storeToURL(uno.systemPathToFileUrl(path), (filter_,))
        self._document.close(True)

    def call_me(self, name: str) -> None:
        """Say who works here; LibreOffice writes it into tracked changes."""
        first, _, last = name.partition(" ")
        self._configure("/org.openoffice.UserProfile/Data", givenname=first, sn=last)

    def tracking(self) -> bool:
        """Tell whether changes are tracked."""
        return bool(self._document.RecordChanges)

    def track(self, *, on: bool) -> None:
        """Switch tracking on or off."""
        self._document.RecordChanges = on

    def replace(self, old: str, new: str, after: str = "") -> None:
        """Write other words in place of some."""
        found = self._found(old, after)
        found.setString(new)

    def comment(self, text: str, on: str, author: str) -> None:
        """Put a comment on words of a text that was taken, not opened."""
        note = self._document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content, note.Author = text, author
        found = self._found(on, "")
        found.getText().insertTextContent(found, note, True)

    def changes(self, what: str) -> None:
        """Take or leave all tracked changes: `AcceptAll`, `RejectAll`."""
        self._dispatch(f"{what}TrackedChanges")

    def write(self, sheet: str, head: str, value: str, row: str) -> None:
        """Write into a table: under a head, in the row whose first cell says so."""
        cells = self._document.Sheets.getByName(sheet)
        cursor = cells.createCursor()
        cursor.gotoEndOfUsedArea(False)
        across, down = cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow

        def text(column: int, line: int) -> str:
            return str(cells.getCellByPosition(column, line).getString())

        top, column = next(
            (line, at)
            for line in range(down + 1)
            for at in range(across + 1)
            if text(at, line) == head
        )
        line = next(each for each in range(top + 1, down + 1) if text(0, each) == row)
        cells.getCellByPosition(column, line).setString(value)

    def _configure(self, path: str, **values: object) -> None:
        provider = self._made("com.sun.star.configuration.ConfigurationProvider")
        access = "com.sun.star.configuration.ConfigurationUpdateAccess"
        node = provider.createInstanceWithArguments(access, (_property("nodepath", path),))
        for name, value in values.items():
            node.setPropertyValue(name, value)
        node.commitChanges()

    def _dispatch(self, command: str, *arguments: Any) -> None:  # noqa: ANN401 - its properties
        dispatcher = self._made("com.sun.star.frame.DispatchHelper")
        frame = self._document.getCurrentController().getFrame()
        dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, arguments)

    def _found(self, words: str, after: str) -> Any:  # noqa: ANN401 - a text range of LibreOffice
        """Return where words stand, in a stretch of text that is set alike."""
        passed = not after
        for portion in self._portions():
            text = str(portion.getString())
            passed = passed or after in text
            at = text.rfind(words) if after in text else text.find(words)
            if passed and at >= 0:
                cursor = portion.getText().createTextCursorByRange(portion.getStart())
                cursor.goRight(at, False)
                cursor.goRight(len(words), True)
                return cursor
        raise LookupError(words)

    def _portions(self) -> Iterator[Any]:
        """Yield stretches of text: those of the body, of tables, and of footnotes."""
        document = self._document
        tables = [document.TextTables.getByIndex(at) for at in range(document.TextTables.Count)]
        cells = (each.getCellByName(name) for each in tables for name in each.getCellNames())
        notes = (document.Footnotes.getByIndex(at) for at in range(document.Footnotes.Count))
        for text in (document.Text, *cells, *notes):
            for paragraph in _each(text):
                if paragraph.supportsService("com.sun.star.text.Paragraph"):
                    yield from (p for p in _each(paragraph) if p.TextPortionType == "Text")

    def _made(self, service: str) -> Any:  # noqa: ANN401 - an object of LibreOffice
        return self._services.createInstanceWithContext(service, self._context)


def _connected(pipe: str) -> Any:  # noqa: ANN401 - an object of LibreOffice
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - whatever it says, it is not ready yet
            time.sleep(0.25)
    raise TimeoutError(pipe)


def _each(holder: Any) -> Iterator[Any]:  # noqa: ANN401 - an object of LibreOffice
    """Yield what is in something, as it is when this is called."""
    listed, found = holder.createEnumeration(), []
    while listed.hasMoreElements():
        found.append(listed.nextElement())
    yield from found


def _property(name: str, value: object) -> Any:  # noqa: ANN401 - an object of LibreOffice
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def main() -> None:
    """Carry out the steps."""
    hands = Hands(sys.argv[1])
    for step in json.loads(Path(sys.argv[2]).read_text("utf-8")):
        print(json.dumps(getattr(hands, step.pop("do"))(**step)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
