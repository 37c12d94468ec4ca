"""What can be refused, and how routes and the command line tell it apart from what went wrong.

A refusal is a fact about the world ("this partner is no longer active"), with a stable code for machines and a
Dutch sentence for people. Services name their own: `class PartnerNotActive(Refusal)`.
"""

from collections.abc import Sequence
from typing import ClassVar

from shared.kernel.translatable import to_translate


class Refusal(Exception):
    """The answer is no, and asking again in the same way will not help. Shown as 409 by default.

    `code` is kebab-case and part of the contract; `message` is a Dutch sentence, without anything that identifies a
    child or family.
    """

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Dit kan nu niet"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Missing(Refusal):
    """What was asked for is not there, or not for this person to see. Shown as 404."""

    status = 404
    title = "Niet gevonden"


class RequestPaused(Refusal):
    """A case stands still, and whatever is opened of it says no more than that: everywhere the same, for any reason."""

    title = "Deze aanvraag is gepauzeerd"

    def __init__(self) -> None:
        told = "Deze aanvraag is gepauzeerd. Je hoeft nu niets te doen. Gaat het verder, dan hoor je het."
        super().__init__("request-paused", told)


class NotAllowed(Refusal):
    """This person or system may not do this. Shown as 403."""

    status = 403
    title = "Dit mag niet"


class Gone(Refusal):
    """It was there, and its time is over (an expired link). Shown as 410."""

    status = 410
    title = to_translate("Niet meer geldig")


class Invalid(Refusal):
    """One field holds something that cannot be accepted, found only while handling it. Shown as 400 on that field.

    `field` is the dotted path as the caller wrote it (`child.birthDate`, `needs.0.category`); `example` is a good
    value.
    """

    status = 400
    title = "Niet goed ingevuld"

    def __init__(self, field: str, message: str, *, example: str | None = None, code: str = "invalid") -> None:
        super().__init__(code, message)
        self.field = field
        self.example = example

    @property
    def wrong(self) -> "tuple[Invalid, ...]":
        """Each field that is wrong: here one."""
        return (self,)


class SeveralInvalid(Invalid):
    """More than one field is wrong, all told at once."""

    def __init__(self, wrong: Sequence[Invalid]) -> None:
        super().__init__(wrong[0].field, f"Er kloppen {len(wrong)} dingen niet.", code="not-valid")
        self._wrong = tuple(wrong)

    @property
    def wrong(self) -> tuple[Invalid, ...]:
        """Each of them."""
        return self._wrong


def raise_all(wrong: Sequence[Invalid]) -> None:
    """Raises what is wrong, all at once; nothing when nothing is."""
    if wrong:
        raise wrong[0] if len(wrong) == 1 else SeveralInvalid(wrong)


class Transient(Exception):
    """It went wrong in a way that passes by itself; the same thing is tried again, in place."""


def is_transient(error: BaseException) -> bool:
    """Whether trying the same again later can help."""
    return isinstance(error, Transient | TimeoutError | OSError)
