"""What is refused of the knowledge base, by name."""

from uuid import UUID

from shared.kernel.errors import Missing, NotAllowed, Refusal
from shared.kernel.translatable import to_translate


class ArticleNotFound(Missing):
    """There is no such article."""

    def __init__(self) -> None:
        super().__init__("article-not-found", to_translate("Dit artikel kennen we niet."))


class EditionNotFound(Missing):
    """There is no such proposal, or not for this person to see."""

    def __init__(self) -> None:
        super().__init__("edition-not-found", "Dit voorstel kennen we niet.")


class EditionChanged(Refusal):
    """Somebody changed it while this person read it."""

    def __init__(self) -> None:
        super().__init__("edition-changed", "De tekst is net veranderd. Lees wat er anders is, en kies dan opnieuw.")


class OwnEdition(Refusal):
    """Whoever wrote it does not approve it."""

    def __init__(self) -> None:
        super().__init__("own-edition", "Jij schreef hieraan mee. Iemand anders kijkt het na.")


class EditionInWork(Refusal):
    """Somebody works on this article already: write along, at `edition_id`."""

    def __init__(self, edition_id: UUID) -> None:
        self.edition_id = edition_id
        super().__init__("edition-in-work", "Iemand werkt al aan dit artikel. Je kunt meedoen.")


class NotTheAuthor(NotAllowed):
    """Only whoever wrote on it hands it in."""

    def __init__(self) -> None:
        super().__init__("not-the-author", "Alleen wie aan deze tekst schreef, dient hem in. Je kunt meeschrijven.")


class NotTheReviewer(NotAllowed):
    """Only the desk, the owner and the deputy decide."""

    def __init__(self) -> None:
        super().__init__("not-the-reviewer", "Alleen wie dit artikel beheert, beslist hierover.")
