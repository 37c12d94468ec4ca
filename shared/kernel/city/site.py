"""The city's site: whose it is, whom to tell of a leak, and where its map may be shown."""

from typing import Annotated, Final

from pydantic import Field

from shared.kernel.city.values import Value, Words

MOST_BYTES_OF_LOGO: Final = 200_000
LOGO: Final = "logo.svg"
# Without a certificate only on somebody's own machine, to try it.
ORIGIN: Final = r"^(https://[a-z0-9.-]+|http://localhost)(:[0-9]{1,5})?$"
ADDRESS: Final = r"^$|^(mailto:[^\s@<>\"]+@[^\s@<>\"]+|https://[^\s<>\"]+)$"
STATEMENT: Final = r"^$|^https://[^\s<>\"]+$"
Origin = Annotated[str, Field(pattern=ORIGIN, max_length=200)]


class Site(Value):
    """Whose site it is. Their picture is the file `logo.svg` beside the city's."""

    owner: Words | None = Field(
        None, description="The municipality or foundation that the site is of; left out: the municipality.",
        examples=["Stichting Schakel Schiewijk"],
    )  # fmt: skip
    security: str = Field(
        "", pattern=ADDRESS, max_length=254,
        description="Where to report a leak: mailto: or https:; left out: the desk's e-mail address.",
        examples=["mailto:veiligheid@gemeente.example"],
    )  # fmt: skip
    accessibility: str = Field(
        "", pattern=STATEMENT, max_length=254, description="Your own registered statement on accessibility.",
        examples=["https://www.toegankelijkheidsverklaring.nl/register/1"],
    )  # fmt: skip
    may_embed: tuple[Origin, ...] = Field(
        (), strict=False, max_length=50, description="Sites that may show the map inside their own pages.",
        examples=[["https://www.gemeente.example"]],
    )  # fmt: skip
    quick_exit: str = Field(
        "https://www.knmi.nl/nederland-nu/weer", pattern=r"^https://[^\s<>\"]+$", max_length=254,
        description="Where a family's own page leads at once when somebody looks along: something that anyone reads.",
        examples=["https://www.gemeente.example/nieuws"],
    )  # fmt: skip
