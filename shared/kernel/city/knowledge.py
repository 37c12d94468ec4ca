"""How long an article of the knowledge base counts as looked at."""

from pydantic import Field

from shared.kernel.city.values import Value


class ArticleTerms(Value):
    """When its owner is asked, and what readers see when nobody looks."""

    review_weeks: int = Field(
        26, ge=4, le=260, examples=[26], description="So long steps and who does what count as looked at."
    )
    slow_review_weeks: int = Field(
        52, ge=4, le=260, examples=[52], description="So long background and aids count as looked at."
    )
    ask_days_before: int = Field(
        14, ge=0, le=90, examples=[14], description="So long before the day its owner is asked."
    )
    banner_days: int = Field(
        60, ge=1, le=365, examples=[60], description="So long after it readers see that it is old."
    )
    hidden_days: int = Field(
        120,
        ge=1,
        le=730,
        examples=[120],
        description="So long after it an article is not shown beside a need any more.",
    )
    check_working_days: int = Field(
        5, ge=1, le=60, examples=[5], description="So soon somebody else looks at what was published at once."
    )
