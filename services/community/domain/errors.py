"""What community refuses, by name."""

from shared.kernel.errors import Gone, Invalid, Missing, NotAllowed, Refusal
from shared.kernel.translatable import to_translate


class GatheringNotFound(Missing):
    """There is no such gathering, or not for this person to see."""

    def __init__(self) -> None:
        super().__init__("gathering-not-found", to_translate("Deze bijeenkomst kennen we niet."))


class SeriesNotFound(Missing):
    """There is no such series."""

    def __init__(self) -> None:
        super().__init__("series-not-found", "Deze reeks kennen we niet.")


class PlaceNotFound(Missing):
    """There is no such place."""

    def __init__(self) -> None:
        super().__init__("place-not-found", "Deze plek kennen we niet.")


class NotReadyToAnnounce(Refusal):
    """Something is missing that people need to know or rely on; `lacks` says what, in words."""

    def __init__(self, lacks: tuple[str, ...]) -> None:
        self.lacks = lacks
        super().__init__("not-ready-to-announce", f"Je kunt nog niet aankondigen. {' '.join(lacks)}")


class NotInThisState(Refusal):
    """What is asked does not go with how the gathering stands now."""

    def __init__(self, message: str) -> None:
        super().__init__("gathering-in-another-state", message)


class SignUpClosed(Gone):
    """Its time is over."""

    def __init__(self) -> None:
        super().__init__("sign-up-closed", to_translate("Aanmelden kan niet meer. De tijd daarvoor is voorbij."))


class HostTurnNotFound(Missing):
    """There is no such turn, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("host-turn-not-found", "Deze vraag kennen we niet (meer).")


class SubjectNotFound(Missing):
    """There is no such subject of a round."""

    def __init__(self) -> None:
        super().__init__("subject-not-found", "Dit onderwerp kennen we niet.")


class TopicNotFound(Missing):
    """There is no such topic, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("topic-not-found", "Dit voorstel kennen we niet (meer).")


class ExpertAskNotFound(Missing):
    """There is no such question, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__("expert-ask-not-found", "Deze vraag kennen we niet (meer).")


class VisionNotFound(Missing):
    """There is no such version."""

    def __init__(self) -> None:
        super().__init__("vision-not-found", to_translate("Deze versie kennen we niet."))


class SeatNotFound(Missing):
    """There is no such seat (any more)."""

    def __init__(self) -> None:
        super().__init__("seat-not-found", to_translate("Deze aanmelding kennen we niet (meer)."))


class NotTheContact(NotAllowed):
    """What people need is for whoever answers questions about access."""

    def __init__(self) -> None:
        super().__init__("not-the-contact", "Wat mensen nodig hebben, leest alleen wie daarover gaat.")


class FeedNotFound(Missing):
    """There is no such calendar: its link was renewed, or switched off."""

    def __init__(self) -> None:
        super().__init__("feed-not-found", "Deze agenda-link kennen we niet (meer). Vraag een nieuwe aan.")


class InvitationNotFound(Missing):
    """There is no such invitation (any more)."""

    def __init__(self) -> None:
        super().__init__("invitation-not-found", to_translate("Deze uitnodiging kennen we niet (meer)."))


class FollowerNotFound(Missing):
    """Nobody follows themes behind this link (any more)."""

    def __init__(self) -> None:
        super().__init__(
            "follower-not-found", to_translate("Deze link kennen we niet (meer). Je krijgt hier geen mails meer over.")
        )


class AppointmentNotFound(Missing):
    """There is no such appointment (any more), or it is of others."""

    def __init__(self) -> None:
        super().__init__("appointment-not-found", to_translate("Deze afspraak kennen we niet (meer)."))


class IntroductionNotFound(Missing):
    """There is no such request (any more), or it is for others."""

    def __init__(self) -> None:
        super().__init__("introduction-not-found", "Deze vraag om kennis te maken kennen we niet (meer).")


class CompanyNotFound(Missing):
    """There is no such booking (any more), or it is of others."""

    def __init__(self) -> None:
        super().__init__("company-not-found", "Deze vraag om mee te gaan kennen we niet (meer).")


class NoticeNotFound(Missing):
    """There is no such ask or offer (any more), or it is not for this organisation."""

    def __init__(self) -> None:
        super().__init__("notice-not-found", "Deze vraag of dit aanbod kennen we niet (meer).")


class PassportNotFound(Missing):
    """It is not switched on for this person, or there is no such person."""

    def __init__(self) -> None:
        super().__init__("passport-not-found", "Dit paspoort staat niet aan.")


class SkillNotFound(Missing):
    """There is no such skill or endorsement (any more)."""

    def __init__(self) -> None:
        super().__init__("skill-not-found", "Dit staat niet (meer) in het paspoort.")


class TitleTaken(Invalid):
    """Another subject of the round is called so."""

    def __init__(self) -> None:
        super().__init__("title", "Een ander onderwerp heet al zo. Kies een andere naam.", code="title-taken")


class CheckInNotFound(Missing):
    """Nobody is to be asked how it goes (any more), or somebody else asks."""

    def __init__(self) -> None:
        super().__init__("check-in-not-found", "Deze vraag staat niet (meer) open voor jou.")


class NobodyToThank(Invalid):
    """Whoever is thanked is in the network, and is somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "address", "Vul het mailadres in van een ander in het netwerk.", example="noor@school.example",
            code="nobody-to-thank",
        )  # fmt: skip
