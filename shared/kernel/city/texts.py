"""The texts of a city that are no words of a code: its desk, what the family consents to, what people search for."""

from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from shared.kernel.city.codes import LANGUAGE_TAG
from shared.kernel.city.values import Day, SearchWord, SmallWord, Table, Text, Value, Words

# The year of the text and its number in that year.
CONSENT_VERSION = r"^20[0-9]{2}-[1-9][0-9]?$"
MAIL_ADDRESS = r"^[^\s@<>\"]+@[^\s@<>\"]+$"
Version = Annotated[str, Field(pattern=CONSENT_VERSION)]
Tag = Annotated[str, Field(pattern=LANGUAGE_TAG)]
Row = Annotated[tuple[SearchWord, ...], Field(strict=False, min_length=1, max_length=60)]


SHARING_EXAMPLE = {
    "question": "Wat mogen partners lezen die ons helpen?", "yes": "Ja", "no": "Nee",
    "reach": "Onze naam en ons telefoonnummer", "child": "De naam en de geboortedatum van ons kind",
    "story": "Wat wij zelf vertelden", "household": "Onze taal, wijk en school",
    "finances": "Wat wij vertelden over geld",
    "stop": "Nee is ook goed.", "every_kind": "Alle partners die ons helpen", "signed": "Datum en handtekening",
}  # fmt: skip


class SafetyLine(Value):
    """Whom people call when they worry about a child's safety and nothing happens at this moment."""

    name: Words = Field("Veilig Thuis", max_length=60, description="What it is called.", examples=["Veilig Thuis"])
    phone: str = Field("0800-2000", pattern=r"^[0-9+() -]{3,20}$", description="Its number.", examples=["0800-2000"])
    when: Words = Field(
        "gratis, dag en nacht", max_length=60, description="When one can call.", examples=["gratis, dag en nacht"]
    )


class Desk(Value):
    """Who answers questions of people and of schools' systems; `phone` and `email` may be empty."""

    name: Words = Field(max_length=60, description="The desk's own name.", examples=["Schakelpunt Schiewijk"])
    in_sentence: Words = Field(
        default_factory=lambda data: str(data["name"]), max_length=60,
        description="The same in the middle of a sentence, where that differs.", examples=["het Schakelpunt"],
    )  # fmt: skip
    phone: str = Field(
        "", pattern=r"^[0-9+() -]{0,20}$", description="The number for questions.", examples=["010 123 45 67"]
    )
    email: str = Field(
        "", pattern=rf"^$|{MAIL_ADDRESS}", max_length=254, description="Where answers to mails go.",
        examples=["regie@gemeente.example"],
    )  # fmt: skip
    signed_by: str = Field(
        "", max_length=60, description="Who at the desk signs its mails; left out: the desk itself does.",
        examples=["Hassan Kaaimuur"],
    )  # fmt: skip
    second_factor: Literal["in-production", "always", "never"] = Field(
        "in-production",
        description="Whether coordinators and operators sign in with an app on their telephone as well.",
        examples=["in-production"],
    )

    def asks_second_factor(self, *, in_production: bool) -> bool:
        """Whether the code from the mail is not enough for the desk."""
        return self.second_factor == "always" or (in_production and self.second_factor == "in-production")


class Sharing(Value):
    """What a family is asked before a partner reads something: the question, both answers, and what it is about."""

    question: Text = Field(description="The question.", examples=["Wat mogen partners lezen die ons helpen?"])
    yes: Words = Field(description="The answer that allows something.", examples=["Ja"])
    no: Words = Field(description="The answer that allows nothing.", examples=["Nee"])
    reach: Text = Field(description="How to reach the family.", examples=["Onze naam en ons telefoonnummer"])
    child: Text = Field(description="Who the child is.", examples=["De naam en de geboortedatum van ons kind"])
    story: Text = Field(description="What the family told.", examples=["Wat wij zelf vertelden"])
    household: Text = Field(description="About the family.", examples=["Onze taal, wijk en school"])
    finances: Text = Field(description="About money.", examples=["Wat wij over geld vertelden"])
    stop: Text = Field(description="That it may stop, and that no is fine.", examples=["Nee is ook goed."])
    every_kind: Words = Field(description="For all partners alike.", examples=["Alle partners die ons helpen"])
    signed: Words = Field(description="Where the family signs on paper.", examples=["Datum en handtekening"])


class SharingText(NamedTuple):
    """A text as it is read: which version, in which language, and what it says."""

    version: str
    language: str
    says: Sharing


class Consent(Value):
    """What a family is asked to consent to: each version that was ever used, in each language that it was given in."""

    texts: Table[Version, Table[Tag, Text]] = Field(
        min_length=1, max_length=50, description="The text by version (the year and a number) and language.",
        examples=[{"2026-1": {"nl": "Schakel bewaart onze gegevens in een kluis."}}],
    )  # fmt: skip
    first_days: Table[Version, Day] = Field(
        min_length=1, max_length=50, description="From which day families are asked each version.",
        examples=[{"2026-1": "2026-01-01"}],
    )  # fmt: skip

    sharing: Table[Version, Table[Tag, Sharing]] = Field(
        {}, validate_default=True, max_length=50,
        description="What it is asked of partners, by version and language; without it partners read nothing.",
        examples=[{"2026-1": {"nl": SHARING_EXAMPLE}}],
    )  # fmt: skip

    def sharing_on(self, today: date, *languages: str) -> "SharingText | None":
        """What families are asked on this day about partners, in the first of these languages in which it is written.

        None: the city has no text for it, so that nobody can say yes.
        """
        version = next((each for each in reversed(self.asked_until(today)) if each in self.sharing), None)
        texts = self.sharing[version] if version else {}
        written = next((each for each in languages if each in texts), None)
        return SharingText(version, written, texts[written]) if version and written else None

    def current(self, today: date) -> str:
        """The version that families are asked on this day."""
        return (self.asked_until(today) or [min(self.first_days, key=self.first_days.__getitem__)])[-1]

    def asked_until(self, day: date) -> list[str]:
        """The versions that a family may have consented to on this day, the newest last."""
        began = [version for version, first in self.first_days.items() if first <= day and version in self.texts]
        return sorted(began, key=self.first_days.__getitem__)

    def text(self, version: str, language: str) -> str | None:
        """What this version says in this language; None: it was never written in it."""
        return self.texts.get(version, {}).get(language)


class SearchWords(Value):
    """Everyday words of the social map that belong to no category."""

    same: tuple[Row, ...] = Field(
        (), strict=False, max_length=200, description="Rows of words that mean the same.",
        examples=[[["kind", "kinderen", "jeugd"]]],
    )  # fmt: skip
    also: Table[SearchWord, Row] = Field(
        {}, validate_default=True, max_length=500,
        description="Whoever types the word on the left also means those on the right; not the other way round.",
        examples=[{"geld": ["schulden", "toeslagen"]}],
    )  # fmt: skip
    small: tuple[SmallWord, ...] = Field(
        (), strict=False, max_length=400, examples=[["my", "has", "mam"]],
        description="Small words of other languages, which say nothing in a question. Those of Dutch are known.",
    )  # fmt: skip
    show_missed_from: int = Field(
        3, ge=2, le=100, examples=[3],
        description="How often a word must have found nothing before the desk sees it.",
    )  # fmt: skip
