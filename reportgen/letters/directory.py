"""Who holds an office of the directory on a day, and how a letter addresses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed, nearest
from reportgen.quantities.dates import long_form, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportgen.letters.model import Recipient, Tenure


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody in an office, on the day of a letter.

    Attributes:
        id: `us-senate-banking.chair`.
        recipient: The committee or agency.
        tenure: Who holds the office.
    """

    id: str
    recipient: Recipient
    tenure: Tenure

    @property
    def verified(self) -> bool:
        """Whether somebody looked up both the address and who holds the office."""
        return self.recipient.verified is not None and self.tenure.verified is not None

    @property
    def lines(self) -> tuple[str, ...]:
        """The inside address: name, title, committee, body, street, city."""
        honorific = f"{self.tenure.honorific} " if self.tenure.honorific else ""
        return (
            f"{honorific}{self.tenure.name}",
            *((self.tenure.title,) if self.tenure.title else ()),
            self.recipient.name,
            *((self.recipient.body,) if self.recipient.body else ()),
            *self.recipient.address,
        )


def addressee(office: str, recipient: Recipient, day: date) -> Addressee | Refusal:
    """Return who holds `office`, such as `us-senate-banking.chair`, on `day`.

    Returns:
        The addressee; or `unknown-recipient`, when the recipient has no such office;
        `office-vacant`, when it is known that nobody holds it on that day;
        `recipient-left-office`, when the last who is known to have held it has left; or
        `recipient-not-valid`, when nobody, or more than one, is known to hold it.
    """
    name, _, role = office.partition(".")
    tenures = recipient.offices.get(role)
    if tenures is None:
        offices = ", ".join(f"`{name}.{known}`" for known in recipient.offices)
        close = nearest(role, recipient.offices)
        return Refusal(
            "unknown-recipient",
            f"{recipient.name} has no office `{role}`",
            f"did you mean `{name}.{close}`?" if close else f"it has {offices}",
        )
    holders = [tenure for tenure in tenures if _holds(tenure, day)]
    if any(tenure.vacant for tenure in holders):
        return Refusal(
            "office-vacant",
            f"`{office}` is vacant on {long_form(day)}",
            "address the letter to another office, or wait until somebody holds this one",
        )
    if len(holders) == 1:
        return Addressee(office, recipient, holders[0])
    if holders:
        return Refusal(
            "recipient-not-valid",
            f"{listed(each.name for each in holders)} hold `{office}` on {long_form(day)}, as the "
            "directory has it",
            f"say in directory/{name}.yaml to the day when one ends and the next begins",
        )
    left = _left(tenures, day)
    if left is not None and left.valid_to is not None:
        return Refusal(
            "recipient-left-office",
            f"{left.name} left `{office}` {when(left.valid_to)}, and the letter is of {long_form(day)}",
            f"add who holds it now to directory/{name}.yaml",
        )
    return Refusal(
        "recipient-not-valid",
        f"nobody in the directory holds `{office}` on {long_form(day)}",
        f"{_known(tenures)}; add who held it then to directory/{name}.yaml",
    )


def _holds(tenure: Tenure, day: date) -> bool:
    begun = tenure.valid_from.earliest <= day
    return begun and (tenure.valid_to is None or day <= tenure.valid_to.latest)


def _left(tenures: Sequence[Tenure], day: date) -> Tenure | None:
    """Return the last holder, if all who are known had left before `day`."""
    if not tenures or any(each.valid_to is None or each.valid_to.latest >= day for each in tenures):
        return None
    return max(tenures, key=lambda each: each.valid_to.latest if each.valid_to else day)


def _known(tenures: Sequence[Tenure]) -> str:
    if not tenures:
        return "it is vacant there"
    spans = (
        f"{tenure.name} from {long_form(tenure.valid_from)}"
        + (f" to {long_form(tenure.valid_to)}" if tenure.valid_to else "")
        for tenure in tenures
    )
    return f"it has {', '.join(spans)}"


def salutation(addressees: Sequence[Addressee]) -> str:
    """Return "Dear Chairman Scott and Ranking Member Warren:"; nothing where nobody is addressed."""
    names = [each.tenure.salutation for each in addressees]
    if not names:
        return ""
    *most, last = names
    if not most:
        return f"Dear {last}:"
    return f"Dear {', '.join(most)}{',' if len(most) > 1 else ''} and {last}:"
