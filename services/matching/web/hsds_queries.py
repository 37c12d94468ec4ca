"""What the HSDS API can be asked: the parameters of HSDS 3.1, by their own names."""

from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from typing_extensions import override

from services.matching.domain.map_query import MapQuery
from services.matching.web.hsds_terms import categories_of, taxonomy_of
from shared.kernel.city import City
from shared.web.city_codes import city_of
from shared.web.parameters import KnownParameters

MOST_PER_PAGE: Final = 100
# Of ids and moments alone, so that a city fits on one page.
MOST_MINIMAL: Final = 2_000
MOST_PAGES_OF_DATA: Final = 10_000
PER_PAGE: Final = 20


def _known_term(term: UUID, info: ValidationInfo) -> UUID:
    if not categories_of(city_of(info), term):
        raise ValueError("Deze soort hulp kennen wij niet. Ze staan op /hsds/taxonomy_terms.")
    return term


def _known_taxonomy(taxonomy: UUID, info: ValidationInfo) -> UUID:
    if taxonomy != taxonomy_of(city_of(info)).id:
        raise ValueError("Deze indeling kennen wij niet. Ze staat op /hsds/taxonomies.")
    return taxonomy


def _with_plus(written: object) -> object:
    """In an address a plus sign is a space, and whoever writes a time zone forgets it."""
    return written.replace(" ", "+") if isinstance(written, str) and "T" in written else written


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("Dit is geen datum met tijd die bestaat.") from None


Words = Annotated[str, Field(max_length=200, description="Woorden om naar te zoeken, in het Nederlands.")]
Term = Annotated[
    UUID,
    AfterValidator(_known_term),
    Field(description="Een soort hulp, of een groep: het id van een taxonomy_term."),
]
TaxonomyId = Annotated[
    UUID, AfterValidator(_known_taxonomy), Field(description="De indeling: het id van een taxonomy.")
]
Since = Annotated[
    datetime,
    BeforeValidator(_with_plus),
    AfterValidator(_in_utc),
    Field(
        description="Wat op dit moment of later veranderde; ook wat ophield (inactive). Zonder tijdzone: UTC.",
        examples=["2026-03-02T09:00:00Z"],
    ),
]


def categories_meant(term: UUID | None, city: City) -> frozenset[str]:
    """The kinds of help of this term; without one none, which filters nothing."""
    return categories_of(city, term) if term else frozenset()


Full = Annotated[bool, Field(description="Met alle delen.")]


class NoParameters(KnownParameters):
    """Nothing."""


class Paged(KnownParameters):
    """Which page, in which form."""

    page: int = Field(1, ge=1, le=MOST_PAGES_OF_DATA, description="Welke bladzijde, vanaf 1.")
    per_page: int = Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Hoeveel op een bladzijde.")
    format: Literal["json"] = Field("json", description="In welke vorm.")


class AboutServices(Paged):
    """Which services."""

    search: Words = ""
    taxonomy_term_id: Term | None = None
    taxonomy_id: TaxonomyId | None = None
    organization_id: UUID | None = Field(None, description="Van deze organisatie.")
    modified_after: Since | None = None
    full: Full = False

    @property
    def size(self) -> int:
        """How many on a page."""
        return self.per_page

    def on_map(self, city: City, *, has_place: bool = False) -> MapQuery:
        """The same as a question to the map. Whoever keeps a copy asks what changed, and then reads of what ended."""
        keeps_copy = self.modified_after is not None
        return MapQuery(
            text=self.search,
            categories=categories_meant(self.taxonomy_term_id, city),
            organisation_id=self.organization_id,
            changed_since=self.modified_after,
            include_inactive=keeps_copy,
            include_hidden=keeps_copy,
            has_place=has_place,
            page=self.page,
            per_page=self.size,
        )


class Places(AboutServices):
    """Of `/service_at_locations`."""


class Services(AboutServices):
    """Of `/services`."""

    minimal: bool = Field(
        default=False, description=f"Alleen id en modified_date: {MOST_MINIMAL} op een bladzijde, zonder per_page."
    )

    @property
    @override
    def size(self) -> int:
        """How many on a page."""
        return MOST_MINIMAL if self.minimal and "per_page" not in self.model_fields_set else self.per_page


class OneOrganization(KnownParameters):
    """Of `/organizations/{id}`."""

    full_service: bool = Field(default=False, description="Met het hele aanbod erin.")


class Organizations(Paged):
    """Of `/organizations`."""

    search: Words = ""
    taxonomy_term_id: Term | None = None
    taxonomy_id: TaxonomyId | None = None
    full: Full = False
    full_service: bool = Field(default=False, description="Met alle delen, en het hele aanbod erin.")


class Taxonomies(Paged):
    """Of `/taxonomies`."""

    search: Words = ""


class TaxonomyTerms(Taxonomies):
    """Of `/taxonomy_terms`."""

    taxonomy_id: TaxonomyId | None = None
    top_only: bool = Field(default=False, description="Alleen de groepen.")
    parent_id: UUID | None = Field(None, description="Alleen wat onder deze groep staat.")
