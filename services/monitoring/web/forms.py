"""What people fill in on monitoring's pages. Nothing is chosen beforehand."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.events.case_codes import CallTime, FamilyMood
from shared.events.monitoring import FollowUpAnswer
from shared.kernel.contact_details import phone_number
from shared.privacy.bsn import holds_bsn
from shared.web.forms import Form, Seen, read_form

MOST_LETTERS = 800


Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(phone_number)]


def no_bsn(typed: str) -> str:
    """Refuses what holds a citizen service number."""
    if holds_bsn(typed):
        raise ValueError("Hier lijkt een burgerservicenummer te staan. Laat dat weg.")
    return typed


Line = Annotated[str, StringConstraints(max_length=MOST_LETTERS), Seen, AfterValidator(no_bsn)]


class WordsForm(BaseModel):
    """What is added in words: it goes to the vault of intake, and stays nowhere here."""

    model_config = ConfigDict(extra="forbid")

    phone: Phone | None = Field(None, title="Op welk nummer?", examples=["06 12 34 56 78"], repr=False)
    line: Line | None = Field(
        None,
        title="Wil je er iets bij zeggen?",
        examples=["De moeder is in de ochtend thuis."],
        repr=False,
    )

    def in_words(self) -> str:
        """Both together; empty when nothing was added."""
        return "\n".join(part for part in (f"Bel op {self.phone}." if self.phone else "", self.line or "") if part)


class FollowUpForm(WordsForm):
    """How it goes with the child, and with the family when it wants to say."""

    answer: FollowUpAnswer = Field(title="Je antwoord", examples=["Het gaat goed"])
    call_at: CallTime | None = Field(None, title="Wanneer?", examples=["In de ochtend"])
    family: FamilyMood | None = Field(None, title="Hoe gaat het met het gezin zelf?", examples=["Ongeveer hetzelfde"])


async def _read_answer(request: Request) -> Form[FollowUpForm]:
    return await read_form(request, FollowUpForm)


async def _read_words(request: Request) -> Form[WordsForm]:
    return await read_form(request, WordsForm)


# Dependencies, so that the whole form is here before a transaction begins.
PostedAnswer = Annotated[Form[FollowUpForm], Depends(_read_answer)]
PostedWords = Annotated[Form[WordsForm], Depends(_read_words)]
