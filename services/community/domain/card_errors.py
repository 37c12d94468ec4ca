"""What cards refuse, by name."""

from datetime import date

from shared.kernel.errors import Invalid, Missing, Refusal


class NotInTheNetwork(Missing):
    """Nobody with this id is in the network (any more)."""

    def __init__(self) -> None:
        super().__init__("person-not-found", "Deze persoon kennen we niet (meer).")


class CannotBeMailed(Refusal):
    """This person takes no mails through the site."""

    def __init__(self) -> None:
        super().__init__("cannot-be-mailed", "Deze persoon krijgt geen berichten via de site.")


class MailNotFound(Missing):
    """There is no such mail (any more), or it is for somebody else."""

    def __init__(self) -> None:
        super().__init__("mail-not-found", "Dit bericht kennen we niet (meer). Berichten gaan na twee weken weg.")


class PhotoUnreadable(Invalid):
    """What was sent is no picture that can be shown."""

    def __init__(self) -> None:
        super().__init__(
            "file", "Deze foto kunnen wij niet lezen. Kies een JPEG, PNG of WebP.", code="photo-unreadable"
        )


class PhotoTooLarge(Invalid):
    """It has more dots than is reasonable for a photo."""

    def __init__(self) -> None:
        super().__init__("file", "Deze foto is te groot. Kies een kleinere.", code="photo-too-large")


class PhotoNotFound(Missing):
    """There is no such photo, or not for this viewer."""

    def __init__(self) -> None:
        super().__init__("photo-not-found", "Deze foto is er niet (meer).")


class NoTrustedPerson(Missing):
    """The training is of trusted persons alone."""

    def __init__(self) -> None:
        super().__init__("no-trusted-person", "Deze persoon is geen vertrouwenspersoon (meer).")


class TrainingTooLong(Invalid):
    """A training counts from today on, and for a few years."""

    def __init__(self, last: date) -> None:
        super().__init__(
            "validUntil", f"Kies een dag vanaf vandaag, tot en met {last:%d-%m-%Y}.", code="training-out-of-range"
        )
