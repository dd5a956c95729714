"""Texts with a form of their own: how a pattern is called, and how a slip is mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Form:
    """The form that a text must have.

    Attributes:
        name: What such a text is: "an identifier".
        pattern: The regular expression that it matches, anchored.
        rule: How it is written, as a sentence without a full stop.
        slip: Turns a text that somebody wrote into what they may have meant.
    """

    name: str
    pattern: str
    rule: str
    slip: Callable[[str], str]

    def mend(self, text: str) -> str | None:
        """Return what was probably meant by `text`; None when nothing of this form is near."""
        mended = self.slip(text.strip())
        return mended if re.search(self.pattern, mended) and mended != text else None


def _hyphenated(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _unaccented(text).lower()).strip("-")


def _underscored(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", _unaccented(text).lower()).strip("_")


def _dotted(text: str) -> str:
    return ".".join(_hyphenated(part) for part in text.split("."))


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _locale(text: str) -> str:
    language, _, country = text.replace("_", "-").partition("-")
    return f"{language.lower()}-{country.upper()}" if country else language.lower()


def _web_address(text: str) -> str:
    return text if "://" in text else f"https://{text}"


IDENTIFIER: Final = Form(
    "an identifier",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    "an identifier has lower-case letters and digits, joined by single hyphens",
    _hyphenated,
)
FACT_NAME: Final = Form(
    "the name of a fact",
    r"^[a-z][a-z0-9_]*$",
    "the name of a fact begins with a letter and has lower-case letters, digits and underscores",
    _underscored,
)
COUNTRY: Final = Form(
    "a country code",
    r"^[A-Z]{2}$",
    "a country is two capital letters of ISO 3166-1: CN, NO, US",
    str.upper,
)
SHA256: Final = Form(
    "a SHA-256",
    r"^[0-9a-f]{64}$",
    "a SHA-256 has 64 digits from 0 to 9 and a to f; `sha256sum FILE` prints it",
    str.lower,
)
WEB_ADDRESS: Final = Form(
    "a web address",
    r"^https?://\S+$",
    "a web address begins with https:// or http:// and has no blank in it",
    _web_address,
)
RECIPIENT: Final = Form(
    "an office in the directory",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$",
    "an office is written `recipient.office`: us-senate-banking.chair",
    _dotted,
)
LANGUAGE: Final = Form(
    "a language code",
    r"^[a-z]{2}(-[A-Z]{2})?$",
    "a language is written like en or en-US",
    _locale,
)

EMAIL = Form(
    "an e-mail address",
    r"^[^\s@<>]+@[^\s@<>]+$",
    "it is written name@example.com, without the name of the person",
    lambda text: text.partition("<")[2].partition(">")[0],
)
LETTER = Form(
    "the name of a letter",
    r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$",
    "it is written <case>/<letter>: alibaba-2026/senate-banking",
    lambda text: "/".join(_hyphenated(part) for part in text.removesuffix(".yaml").split("/")),
)
QUESTION = Form(
    "the number of a question",
    r"^[1-9][0-9]{0,2}[a-z]?$",
    "it is a number, with the letter of a part where it has one: 4, 4b",
    lambda text: text.lower().strip(" .()"),
)
SUBMITTED = Form(
    "the name of a record or of a letter",
    r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$",
    "a record is written like 2026-06-10-alibaba-2026-senate-banking, a letter <case>/<letter>",
    LETTER.slip,
)
ASKED = Form(
    "the id of a question",
    r"^q-[0-9a-f]{8}$",
    "it is written like q-3f9a0c1b; `reportgen questions` shows the ids",
    lambda text: text.lower(),
)
PERIOD = Form(
    "a period",
    r"^([1-9][0-9]{0,2}) (year|month)s?$",
    "it is written like 10 years or 18 months",
    lambda text: re.sub(r"[\s-]+", " ", text.lower()),
)

FORMS: Final[Mapping[str, Form]] = {
    form.pattern: form
    for form in (
        IDENTIFIER,
        FACT_NAME,
        COUNTRY,
        SHA256,
        WEB_ADDRESS,
        RECIPIENT,
        LANGUAGE,
        EMAIL,
        LETTER,
        QUESTION,
        SUBMITTED,
        ASKED,
        PERIOD,
    )
}
"""The forms by their patterns, which is what Pydantic's error tells of them."""
