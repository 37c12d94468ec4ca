"""The city: its name, its desk, its lists of codes with their words, its terms and its texts. All of it is data.

One file, `city.toml`, says it (`SCHAKEL_CITY` names that file; docs/city.md tells how to write one). It is read and
checked once, at start, and never changes while a process runs. Code takes codes, words, terms and the time zone from
the `City` that it is given, and holds none of them itself:

    city.districts["oost"].words          the label; `.in_sentence` inside a sentence
    city.districts.words(code)            the same for a stored code: of a retired one too
    city.district(code)                   the same for where a family lives, which may be secret
    city.districts.offered                what can be chosen now; `.options` as (code, words) for a form
    "oost" in city.districts.offered      whether something new may carry it; `in city.districts`: whether it has words
    city.categories[code].group, .search, .ask, .description;  city.categories_in_groups()
    city.languages, city.organisation_kinds, city.access, city.urgencies, city.category_groups
    city.signals[code].words, .ask
    city.terms.answer[urgency].expire_after, city.terms.inventory[urgency], city.follow_up.plan_weeks, city.retention
    city.entries.check_every_days
    city.day_of(instant), city.instant_of(day, time_of_day), city.zone
    city.consent.text(version, language), city.consent.current(today), city.desk, city.name
    city.read_in(language): the same city in the words of that language, as far as the file has them
"""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from shared.kernel.city.agreeing import whole
from shared.kernel.city.codes import (
    LANGUAGE_TAG,
    Access,
    CodeList,
    District,
    Language,
    ListName,
    OrganisationKind,
    PersonKind,
    Urgency,
)
from shared.kernel.city.keeping import EntryTerms, GatheringTerms, Retention
from shared.kernel.city.knowledge import ArticleTerms
from shared.kernel.city.needs import Category, FactToAsk, Group
from shared.kernel.city.privacy import Privacy
from shared.kernel.city.signals import Signal
from shared.kernel.city.site import Site
from shared.kernel.city.terms import AnswerTerms, ByUrgency, FollowUpPlan, Terms, WorkingDays
from shared.kernel.city.texts import Consent, Desk, SafetyLine, SearchWords, SharingText
from shared.kernel.city.translating import Translation
from shared.kernel.city.values import Table, Value, Words

Tag = Annotated[str, Field(pattern=LANGUAGE_TAG)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("there is no such time zone") from None
    return name


NOT_SHOWN: Final = "niet getoond"


class City(Value):
    """One city, whole and checked. Lists keep the order of the file."""

    name: Words = Field(max_length=60, description="What people call the city.", examples=["Schiewijk"])
    municipality: Words = Field(description="Who is responsible.", examples=["gemeente Schiewijk"])
    ambassador: Words = Field(
        "contactpersoon",
        description="What the contact person at a school or a practice is called here.",
        examples=["Bliep-ambassadeur"],
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        max_length=60, description="By which clock the city lives.", examples=["Europe/Amsterdam"]
    )
    desk: Desk = Field(description="Who answers questions.", examples=[{"name": "Schakelpunt Schiewijk"}])
    safety: SafetyLine = Field(
        default_factory=SafetyLine, description="Whom to call about a child's safety, beside 112."
    )
    site: Site = Field(default_factory=Site, description="Whose site it is, and where its map may be shown.")
    districts: CodeList[District] = Field(description="The parts of the city.", examples=[{"noord": "Noord"}])
    category_groups: CodeList[Group] = Field(
        description="What families need, the first level.", examples=[{"home": "Wonen"}]
    )
    categories: CodeList[Category] = Field(
        description="What families need, the second level.",
        examples=[{"bike": {"words": "Fiets", "group": "getting-around"}}],
    )
    languages: CodeList[Language] = Field(description="Languages that families speak.", examples=[{"nl": "Nederlands"}])
    language: Tag = Field(description="The city's own language: everybody who helps speaks it.", examples=["nl"])
    organisation_kinds: CodeList[OrganisationKind] = Field(
        description="What sorts of organisations there are.", examples=[{"fund": "Fonds"}]
    )
    person_kinds: CodeList[PersonKind] = Field(
        description="As what people take part in the network.", examples=[{"volunteer": "Vrijwilliger"}]
    )
    access: CodeList[Access] = Field(
        description="What makes a place easy to come to or to be in.",
        examples=[{"wheelchair": "Rolstoel kan naar binnen"}],
    )
    urgencies: CodeList[Urgency] = Field(
        description="How soon help is needed, in words: exactly today, soon and normal.",
        examples=[{"today": "Vandaag nog", "soon": "Binnen een paar dagen", "normal": "Geen spoed"}],
    )
    signals: CodeList[Signal] = Field(
        description="What somebody may worry about before a family asks anything.",
        examples=[{"too-little-food": {"words": "Te weinig eten", "ask": ["Lukt het om elke dag warm te eten?"]}}],
    )
    search: SearchWords = Field(
        default_factory=lambda: SearchWords(same=(), also={}, small=(), show_missed_from=3),
        description="Everyday words of the social map.",
    )
    terms: Terms = Field(description="The terms of the clocks.")
    follow_up: FollowUpPlan = Field(description="The plan of the follow-ups.")
    entries: EntryTerms = Field(description="How long what stands on the social map counts as checked.")
    gatherings: GatheringTerms = Field(
        default_factory=GatheringTerms, description="How often somebody is asked for gatherings.",
        examples=[{"expert_asks_per_quarter": 2, "kept_weeks": 26}],
    )  # fmt: skip
    knowledge: ArticleTerms = Field(
        default_factory=ArticleTerms, description="How long an article of the knowledge base counts as looked at.",
        examples=[{"review_weeks": 26}],
    )  # fmt: skip
    retention: Retention = Field(description="How long a case is kept after its end.")
    privacy: Privacy = Field(default_factory=Privacy, description="What counts as unusual reading.")
    consent: Consent = Field(description="What the family is asked to consent to.")
    translations: Table[Tag, Translation] = Field(
        {}, validate_default=True, max_length=20,
        description="What families read of this city in other languages; pages are offered in each that stands here.",
        examples=[{"en": {"categories": {"bike": "Bicycle"}}}],
    )  # fmt: skip

    _logo: bytes = PrivateAttr(b"")

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, given: object, validate: ModelWrapValidatorHandler[Self]) -> Self:
        found: Self = whole(given, validate)
        return found

    @property
    def owner(self) -> str:
        """Whose site it is."""
        return self.site.owner or self.municipality

    @property
    def logo(self) -> bytes:
        """Their picture, as SVG; empty: they have none."""
        return self._logo

    def with_logo(self, picture: bytes) -> Self:
        """The same city, with this picture: it stands in a file of its own."""
        seen = self.model_copy()
        seen._logo = picture  # noqa: SLF001 - of its own class
        return seen

    def read_in(self, language: str) -> Self:
        """This city in the words of that language; what has no words in it stays in the city's own."""
        said = self.translations.get(language)
        return self if said is None else said.of(self)

    def untranslated(self) -> list[str]:
        """What families still read in the city's own language on pages in another one: places in the file."""
        return [
            f"translations.{language}.{place}"
            for language, said in self.translations.items()
            if language != self.language
            for place in said.missing(self, language)
        ]

    def codes(self, of: ListName) -> CodeList[Any]:
        """One of the lists, by the name of its section."""
        found: CodeList[Any] = getattr(self, of)
        return found

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)

    def day_of(self, instant: datetime) -> date:
        """Which day it is in the city at this instant."""
        return instant.astimezone(self.zone).date()

    def instant_of(self, day: date, at: time) -> datetime:
        """The instant (UTC) at which clocks in the city show `at` on `day`.

        A time that summer time skips, or that comes twice, gives the later instant: never early.
        """
        zone = self.zone
        return max(datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))

    def district(self, code: str | None) -> str:
        """The words for where a family lives; None while its address is secret."""
        return NOT_SHOWN if code is None else self.districts.words(code)

    @property
    def small_basics(self) -> frozenset[str]:
        """The categories for which a partner may be asked before the talk with the family."""
        return frozenset(code for code, category in self.categories.items() if category.goes_first)

    def categories_in_groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What can be chosen now: the words of each group that has any, and its categories as (code, words)."""
        inside: dict[str, list[tuple[str, str]]] = {group: [] for group in self.category_groups}
        for code, words in self.categories.options:
            inside[self.categories[code].group].append((code, words))
        return [(self.category_groups.words(group), options) for group, options in inside.items() if options]


__all__ = [
    "Access", "AnswerTerms", "ArticleTerms", "ByUrgency", "Category", "City", "CodeList", "Consent", "Desk", "District",
    "EntryTerms", "FactToAsk", "FollowUpPlan", "Group", "Language", "ListName", "OrganisationKind", "PersonKind",
    "Retention", "SafetyLine", "SearchWords", "SharingText", "Signal", "Site", "Terms", "Translation", "Urgency",
    "WorkingDays",
]  # fmt: skip
