"""A child that is expected, and the day on which it is born."""

from datetime import date

from shared.kernel.errors import Invalid, Refusal


class NotExpectedThen(Invalid):
    """No child that is not born yet comes in this month."""

    def __init__(self, example: str) -> None:
        super().__init__(
            "child.expectedMonth",
            "De maand moet deze maand zijn, of een van de tien maanden daarna.",
            example=example,
            code="not-expected-then",
        )


class NotBornThen(Invalid):
    """A birth that is told was not long ago, and not in the future."""

    def __init__(self, example: date) -> None:
        super().__init__(
            "birthDate",
            "Kijk de geboortedatum na: het kind is net geboren.",
            example=example.isoformat(),
            code="not-born-then",
        )


class BornAlready(Refusal):
    """Its birth date is known."""

    def __init__(self) -> None:
        super().__init__("born-already", "Van dit kind staat de geboortedatum er al.")
