"""What is refused of a question to colleagues, by name."""

from services.community.domain.example_errors import TellsWhoItIs
from shared.kernel.errors import Gone, Missing


class QuestionNotFound(Missing):
    """There is no such question (any more), or it is not for this person."""

    def __init__(self) -> None:
        super().__init__("question-not-found", "Deze vraag kennen we niet (meer).")


class QuestionEnded(Gone):
    """Whoever asked has what they need: there is nothing to answer any more."""

    def __init__(self) -> None:
        super().__init__("question-ended", "Deze vraag is al klaar. Je hoeft niets meer te doen. Dank je wel.")


class AnswerNotFound(Missing):
    """There is no such answer (any more), or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("answer-not-found", "Dit antwoord kennen we niet (meer).")


class MayBeNames(TellsWhoItIs):
    """Words that look like names: whoever wrote them says whether they are. `names`: those words."""

    def __init__(self, field: str, names: tuple[str, ...]) -> None:
        self.names = names
        said = ", ".join(f"“{name}”" for name in names)
        super().__init__(field, f"Staat hier een naam van iemand? {said}. Haal namen weg, of zeg dat het geen naam is.")
