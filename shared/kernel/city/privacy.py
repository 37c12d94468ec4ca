"""What must not be read: so much that the desk must look at it, or so rare a fact that it tells who it is."""

from pydantic import Field

from shared.kernel.city.values import Value


class Privacy(Value):
    """What counts as unusual reading, and as rare; whoever leaves it out keeps what is given here."""

    files_an_hour: int = Field(
        25,
        ge=1,
        le=1000,
        description="Whoever opens the facts of more different families in one hour is shown to the desk.",
        examples=[25],
    )
    fresh_days: int = Field(
        180,
        ge=1,
        le=3650,
        description="So many days what a family told is not asked again; after that, whether it is still right.",
        examples=[180],
    )
    parties_a_month: int = Field(
        4,
        ge=1,
        le=100,
        description="From so many organisations in one month on that came to one family, its page warns.",
        examples=[4],
    )
    similar_families: int = Field(
        10,
        ge=1,
        le=1000,
        description=(
            "A partner reads school and language at home before its yes only where at least so many families have them"
            " in common, in that district and age band. And an example for a gathering looks like at least so many."
        ),
        examples=[10],
    )
    similar_months: int = Field(
        24,
        ge=1,
        le=120,
        description="Whom an example for a gathering looks like: families of so many whole months back.",
        examples=[24],
    )
