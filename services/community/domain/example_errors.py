"""What is refused of an example, by name."""

from shared.kernel.errors import Invalid, Missing, Refusal


class ExampleNotFound(Missing):
    """There is no such example (any more)."""

    def __init__(self) -> None:
        super().__init__("example-not-found", "Dit voorbeeld kennen we niet (meer).")


class ExampleChanged(Refusal):
    """Somebody changed it while this person read it."""

    def __init__(self) -> None:
        super().__init__("example-changed", "Dit voorbeeld is net veranderd. Lees het opnieuw.")


class OwnExample(Refusal):
    """Whoever wrote it does not approve it."""

    def __init__(self) -> None:
        super().__init__("own-example", "Jij schreef dit voorbeeld. Een collega kijkt ernaar.")


class NotCommonEnough(Refusal):
    """Too few families look like it now."""

    def __init__(self) -> None:
        super().__init__(
            "shape-too-rare", "Te weinig gezinnen lijken nu op dit voorbeeld. Wijzig het, en laat iets weg."
        )


class ShapeNotChecked(Refusal):
    """Intake cannot say now how many families look like it."""

    status = 503
    title = "Even geduld"

    def __init__(self) -> None:
        super().__init__(
            "shape-not-checked",
            "We kunnen nu niet nakijken hoe vaak dit voorkomt. Er is niets bewaard en niets goedgekeurd. "
            "Probeer het over een minuut weer.",
        )


class TellsWhoItIs(Invalid):
    """A text that should be invented holds something by which somebody can be found."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message, code="tells-who-it-is")
