"""When somebody reads so much that the desk must look at it."""

from pydantic import Field

from shared.kernel.city.values import Value


class Privacy(Value):
    """What counts as unusual reading; whoever leaves it out keeps what is given here."""

    files_an_hour: int = Field(
        25,
        ge=1,
        le=1000,
        description="Whoever opens the facts of more different families in one hour is shown to the desk.",
        examples=[25],
    )
