"""To people of the network: what a colleague wrote, whether their card is right, and how long a training counts.

What was written and what stands on a card, community answers when the mail is sent.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.card_letters import CardOccasion
from shared.events.cards import CardCheckDue, CardMailed, TrainingExpired, TrainingExpiryDue
from shared.events.vocabulary import Audience

CARD_MAIL: Final = Mail(
    CardOccasion.MAIL.value, "Een bericht van een collega", Audience.ANYBODY, link=Link.CARD_MAIL,
    facts={"who": Form.PERSON}, of_card=True, only_for_reader=True, never_waits=True,
)  # fmt: skip
CARD_CHECK: Final = Mail(
    CardOccasion.CHECK.value, "Klopt je kaart nog?", Audience.ANYBODY, link=Link.OWN_CARD, of_card=True,
    only_for_reader=True, never_waits=True,
)  # fmt: skip
TRAINING_EXPIRING: Final = Mail(
    "training-expiring", "Je opleiding telt nog zestig dagen", Audience.ANYBODY, link=Link.TRUSTED,
    facts={"until": Form.DAY},
)  # fmt: skip
TRAINING_EXPIRED: Final = Mail(
    "training-expired", "Je opleiding telt niet meer", Audience.ANYBODY, link=Link.TRUSTED, facts={"until": Form.DAY}
)
TRAINING_OF_SOMEBODY_EXPIRED: Final = Mail(
    "training-of-somebody-expired", "De opleiding van een vertrouwenspersoon telt niet meer", Audience.COORDINATOR,
    link=Link.CARD, facts={"who": Form.PERSON, "until": Form.DAY},
)  # fmt: skip


def pass_mail_on(event: CardMailed) -> MessageDraft:
    """Who wrote, and what: nobody's address."""
    return about_directory(CARD_MAIL, event.person_id, event, event.subject, {"who": str(event.from_person_id)})


def ask_whether_card_is_right(event: CardCheckDue) -> MessageDraft:
    """With what each reads of it."""
    return about_directory(CARD_CHECK, event.subject, event, event.subject, {})


def tell_that_training_ends(event: TrainingExpiryDue) -> MessageDraft:
    """Time enough to follow another."""
    return about_directory(TRAINING_EXPIRING, event.subject, event, event.subject, _until(event))


def tell_that_training_ended(event: TrainingExpired, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The person hears what can be done no more, and the desk whose it is."""
    facts = {"who": str(event.subject), **_until(event)}
    desk = [one for one in coordinators if one != event.subject]
    return [
        about_directory(TRAINING_EXPIRED, event.subject, event, event.subject, _until(event)),
        *(about_directory(TRAINING_OF_SOMEBODY_EXPIRED, one, event, event.subject, facts) for one in desk),
    ]


def _until(event: TrainingExpiryDue | TrainingExpired) -> dict[str, str]:
    return {"until": event.valid_until.isoformat()}
